use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Scheme, SchemeKind, Value};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "differing-security",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A cards of both generations, 0.x and 1.0",
        summary: "the two halves of a card ask for different security",
        why: "Readers of 0.x follow `security` and the members beside `type`, readers of 1.0 follow `securityRequirements` and \
              the wrapped form. Where these differ, one of them brings credentials that the agent does not take.",
        fixing: Fixing::Never(
            "Which of the two halves asks for what the server wants, has to be looked up at the server.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ],
  "securitySchemes": {
    "key": {
      "type": "apiKey", "in": "header", "name": "X-Key",
      "apiKeySecurityScheme": { "location": "query", "name": "X-Key" }
                                            ^^^^^^^ warning: `location` is `query`, but `in` of the 0.x form is `header`
    },
    "login": { "type": "http", "scheme": "basic", "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } }
                                                  ^^^^^^^^^^^^^^^^^^^^^^ warning: the scheme is an `apiKeySecurityScheme` for 1.0, but of the type `http` for 0.x
  },
  "security": [{ "key": [] }],
  "securityRequirements": [{ "schemes": { "key": {} } }, { "schemes": { "login": {} } }] }
  ^^^^^^^^^^^^^^^^^^^^^^ warning: `securityRequirements` asks for something else than `security`
"#,
            )
            .shows(&["a2a-python agent_card_to_dict"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "0.3" }
  ],
  "securitySchemes": {
    "key": {
      "type": "apiKey", "in": "header", "name": "X-Key",
      "apiKeySecurityScheme": { "location": "header", "name": "X-Key" }
    },
    "login": { "type": "http", "scheme": "Bearer", "httpAuthSecurityScheme": { "scheme": "bearer" } }
  },
  "security": [{ "key": [] }, { "login": ["b", "a"] }],
  "securityRequirements": [{ "schemes": { "login": { "list": ["a", "b"] } } }, { "schemes": { "key": {} } }] }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"{ "securityRequirements": [{ "schemes": { "key": {} } }], "security": [{ "login": [] }] }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(card) = agent.card.filter(|_| agent.is_legacy() && agent.is_modern()) else { return };
    for owner in std::iter::once(card).chain(agent.skills.iter().copied()) {
        requirements(owner, report);
    }
    agent.schemes.iter().for_each(|scheme| forms(scheme, report));
}

/// The schemes of one requirement with their scopes.
type Demand<'d> = BTreeMap<Cow<'d, str>, BTreeSet<Cow<'d, str>>>;

fn requirements(owner: Value<'_>, report: &mut Report<'_>) {
    let (Some(old), Some(new)) = (owner.get("security"), owner.get("securityRequirements")) else { return };
    // An entry that asks for nothing lets everybody in before 1.0, and is a mistake of its own from then on.
    let is_open = |entry: Value<'_>| entry.node().is_empty();
    let old_demands = demands(old, Some, Some);
    let is_known = !new.items().any(|entry| is_open(entry) || entry.object("schemes").is_some_and(is_open));
    let new_demands = demands(new, |entry| entry.object("schemes"), |member| member.get("list"));
    let new_demands = new_demands.filter(|_| is_known);
    let (Some(old_demands), Some(new_demands)) = (old_demands, new_demands) else { return };
    // That one of them asks for nothing at all is told elsewhere.
    if old_demands.is_empty() || new_demands.is_empty() || old_demands == new_demands {
        return;
    }
    report
        .at(new.node().at_key(), "`securityRequirements` asks for something else than `security`")
        .help("name the same schemes with the same scopes in both")
        .related(old.node().at_key(), "what readers of 0.x are asked for");
}

/// What a list of requirements asks for; `None` where a part of it cannot be read.
fn demands<'d>(
    list: Value<'d>,
    schemes: impl Fn(Value<'d>) -> Option<Value<'d>>,
    scopes: impl Fn(Value<'d>) -> Option<Value<'d>>,
) -> Option<BTreeSet<Demand<'d>>> {
    let is_whole =
        |value: Value<'_>, usable: usize| !value.node().is_incomplete() && usable == value.node().len();
    if !list.node().is_array() || !is_whole(list, list.items().count()) {
        return None;
    }
    let mut demands = BTreeSet::new();
    for entry in list.items().filter(|entry| !entry.node().is_empty()) {
        let schemes = schemes(entry)?;
        let mut demand = Demand::new();
        for (name, member) in schemes.members() {
            let mut asked = BTreeSet::new();
            if let Some(list) = scopes(member) {
                asked.extend(list.items().filter_map(Value::as_text).map(|scope| scope.text));
                if !is_whole(list, list.items().count()) || asked.contains("") {
                    return None;
                }
            } else if !member.lacks("list") {
                return None;
            }
            demand.insert(name, asked);
        }
        if !is_whole(schemes, demand.len()) {
            return None;
        }
        demands.insert(demand);
    }
    Some(demands)
}

/// A member of the 0.x form and the one that says the same in the 1.0 form.
const TWINS: [(&str, &str); 4] =
    [("in", "location"), ("name", "name"), ("scheme", "scheme"), ("openIdConnectUrl", "openIdConnectUrl")];

fn forms(scheme: &Scheme<'_>, report: &mut Report<'_>) {
    let Some(stated) = scheme.entry.text("type").filter(|_| scheme.details.node() != scheme.entry.node())
    else {
        return;
    };
    let (Some(kind), Some(old)) = (scheme.kind, SchemeKind::of_type(&stated.text)) else { return };
    if kind != old {
        let message = format!(
            "the scheme is an `{}` for 1.0, but of the type {} for 0.x",
            kind.wrapper(),
            quoted(&stated.text)
        );
        let help = format!("write `{}` instead, or the members of the other type", old.wrapper());
        say(scheme.details.node(), true, message, help, stated.node, report);
        return;
    }
    for (old_name, new_name) in TWINS {
        let (Some(old), Some(new)) = (scheme.entry.text(old_name), scheme.details.text(new_name)) else {
            continue;
        };
        if old.text.is_empty() || new.text.is_empty() {
            continue;
        }
        // The names of HTTP schemes are the same in any case.
        let same = if new_name == "scheme" {
            old.text.eq_ignore_ascii_case(&new.text)
        } else {
            old.text == new.text
        };
        if !same {
            let message = format!(
                "`{new_name}` is {}, but `{old_name}` of the 0.x form is {}",
                quoted(&new.text),
                quoted(&old.text)
            );
            let help = "write the same in both forms of the scheme".to_owned();
            say(new.node, false, message, help, old.node, report);
        }
    }
}

fn say(node: Node<'_>, key: bool, message: String, help: String, other: Node<'_>, report: &mut Report<'_>) {
    let place = if key { node.at_key() } else { node.whole() };
    report.at(place, message).help(help).related(other.whole(), "the 0.x form");
}
