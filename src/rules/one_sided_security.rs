use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Value};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "one-sided-security",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "A2A cards of both generations, 0.x and 1.0",
        summary: "a card for readers of both generations states its security in the form of one alone",
        why: "Readers of 0.x know only `security` and schemes with a `type`, readers of 1.0 only `securityRequirements` and \
              wrapped schemes. Whoever finds nothing in the own form takes the agent for an open one, and its calls fail.",
        fixing: Fixing::Never(
            "One form follows from the other, but requirements and schemes have to change together: `cardlint \
             migrate --to dual` writes both.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
  "security": [{ "key": [] }] }
  ^^^^^^^^^^ warning: security is stated in the 0.x form alone, so readers of 1.0 see an open agent
"#,
            ).shows(&["A2A-N155"]),
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-Key" } } },
                       ^^^^^ warning: the scheme is written in the 1.0 form alone, so readers of 0.x cannot use it
  "security": [{ "key": [] }],
  "securityRequirements": [{ "schemes": { "key": { "list": [] } } }],
  "skills": [{ "id": "tides", "securityRequirements": [{ "schemes": { "key": { "list": [] } } }] }] }
                              ^^^^^^^^^^^^^^^^^^^^^^ warning: security is stated in the 1.0 form alone, so readers of 0.x see an open skill
"#,
            ).shows(&["A2A-N132"]),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "securitySchemes": {
    "key": {
      "type": "apiKey", "in": "header", "name": "X-Key",
      "apiKeySecurityScheme": { "location": "header", "name": "X-Key" }
    }
  },
  "security": [{ "key": [] }],
  "securityRequirements": [{ "schemes": { "key": {} } }] }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "securitySchemes": {
    "key": {
      "tpye": "apiKey", "in": "header", "name": "X-Key",
      "api_key_security_scheme": { "location": "header", "name": "X-Key" }
    }
  } }
"#,
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } }, "security": [{ "key": [] }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// The form in which something is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Old,
    New,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Old => "0.x",
            Form::New => "1.0",
        }
    }

    fn other(self) -> Self {
        match self {
            Form::Old => Form::New,
            Form::New => Form::Old,
        }
    }
}

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(card) = agent.card.filter(|_| agent.is_legacy() && agent.is_modern()) else { return };
    let of_card = one_sided_requirements(card);
    if let Some((form, stated)) = of_card {
        requirements(form, stated, "agent", report);
    }
    // Where the card as a whole is one-sided in a form, its parts are so for the same reason.
    let is_news = |form: Form| of_card.is_none_or(|(said, _)| said != form);
    for scheme in &agent.schemes {
        if let Some(form) = one_sided_scheme(scheme.entry).filter(|form| is_news(*form)) {
            let (name, other) = (form.name(), form.other().name());
            report
                .at(
                    scheme.entry.node().at_key(),
                    format!(
                        "the scheme is written in the {name} form alone, so readers of {other} cannot use it"
                    ),
                )
                .help(format!("write the members of the {other} form beside those of {name}"));
        }
    }
    for skill in &agent.skills {
        if let Some((form, stated)) = one_sided_requirements(*skill).filter(|(form, _)| is_news(*form)) {
            requirements(form, stated, "skill", report);
        }
    }
}

fn requirements(form: Form, stated: Value<'_>, whose: &str, report: &mut Report<'_>) {
    let (name, other) = (form.name(), form.other().name());
    let message =
        format!("security is stated in the {name} form alone, so readers of {other} see an open {whose}");
    let help = match form {
        Form::Old => "state the same in `securityRequirements`, and add the wrapped form to each scheme",
        Form::New => "state the same in `security`, and add the members of the 0.x form to each scheme",
    };
    report.at(stated.node().at_key(), message).help(help);
}

/// The requirements of `owner`, if one form asks for something and the other is not there or empty.
fn one_sided_requirements<'d>(owner: Value<'d>) -> Option<(Form, Value<'d>)> {
    let asks =
        |list: &Value<'_>| list.node().is_array() && list.node().children().any(|entry| !entry.is_empty());
    let some = |name: &str| owner.get(name).filter(asks);
    let none = |name: &str| owner.lacks(name) || owner.get(name).is_some_and(|list| list.node().is_empty());
    match (some("security"), some("securityRequirements")) {
        (Some(old), None) if none("securityRequirements") => Some((Form::Old, old)),
        (None, Some(new)) if none("security") => Some((Form::New, new)),
        _ => None,
    }
}

/// The only form in which a scheme is written, if it is written in one alone.
fn one_sided_scheme(scheme: Value<'_>) -> Option<Form> {
    let wrapped = scheme.raw_members().any(|(name, _)| name.ends_with("SecurityScheme"));
    match (scheme.has("type"), wrapped) {
        (true, false) => Some(Form::Old),
        (false, true) => Some(Form::New),
        _ => None,
    }
}
