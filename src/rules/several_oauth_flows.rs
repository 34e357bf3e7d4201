use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Scheme, SchemeKind, Value};
use crate::rule::{Check, Report, Rule};
use crate::words::{list, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "several-oauth-flows",
        aliases: &[],
        group: Group::Portability,
        severity: Severity::Warning,
        applies_to: "A2A cards of both generations, 0.x and 1.0",
        summary: "in a card for both generations, the 0.x form of an OAuth scheme has several flows",
        why: "0.3 allows several flows in one scheme, 1.0 allows one. a2a-sdk 1.x moves the 0.x members of a scheme into the 1.0 \
              wrapper before it reads the card, so that it refuses the whole card for a second flow.",
        fixing: Fixing::Never(
            "Each flow needs a scheme of its own, and the requirements have to name the schemes as alternatives.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "name": "Tides", "url": "https://tides.example.com/a2a",
  "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ],
  "securitySchemes": { "club": { "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} },
    "authorizationCode": {
    ^^^^^^^^^^^^^^^^^^^ warning: the scheme `club` has the flows `clientCredentials` and `authorizationCode`; a2a-sdk 1.x refuses a card with two flows in a scheme
      "authorizationUrl": "https://login.example.com/authorize",
      "tokenUrl": "https://login.example.com/token",
      "scopes": {}
    }
  } } } }
"#,
            )
            .shows(&["A2A-N148"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "club": { "type": "oauth2", "flows": {
    "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} },
    "password": { "tokenUrl": "https://login.example.com/token", "scopes": {} }
  } } } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    if !agent.version().is_some_and(|version| version.is_mixed()) {
        return;
    }
    for scheme in agent.schemes.iter().filter(|scheme| is_flat(scheme)) {
        let flows = scheme.entry.object("flows").into_iter().flat_map(Value::members);
        let mut flows: Vec<_> = flows.filter(|(_, flow)| flow.node().is_object()).take(MOST).collect();
        // A flow that is there twice is a duplicate key. The order stays, since the second flow is the one to report.
        let mut seen = Vec::new();
        flows.retain(|(name, _)| {
            let is_new = !seen.contains(name);
            seen.push(name.clone());
            is_new
        });
        let [(_, first), (_, second), ..] = flows.as_slice() else { continue };
        let names: Vec<_> = flows.iter().map(|(name, _)| name.clone()).collect();
        let message = format!(
            "the scheme {} has the flows {}; a2a-sdk 1.x refuses a card with two flows in a scheme",
            quoted(&scheme.name),
            list(&names, "and")
        );
        report
            .at(second.node().at_key(), message)
            .help("declare a scheme for each flow, and name the schemes as alternatives in the requirements")
            .related(first.node().at_key(), "the first flow");
    }
}

/// No release has more flows.
const MOST: usize = 8;

/// Whether the scheme is written as before 1.0, besides the form of 1.0 or without it.
fn is_flat(scheme: &Scheme<'_>) -> bool {
    let stated = scheme.entry.text("type").and_then(|kind| SchemeKind::of_type(&kind.text));
    stated == Some(SchemeKind::OAuth2)
}
