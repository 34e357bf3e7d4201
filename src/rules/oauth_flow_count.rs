use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Context, Report, Rule};
use crate::schema::{Fact, Finding};
use crate::syntax::Node;
use crate::words::list;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "oauth-flow-count",
        aliases: &[],
        group: Group::Schema,
        severity: Severity::Error,
        applies_to: "A2A 1.0, and 0.3.0 as a gRPC gateway prints it",
        summary: "an OAuth scheme has no flow, or more than one",
        why: "0.3 allowed several flows in one scheme, 1.0 allows exactly one. Readers that are made from the protocol buffers \
              refuse the card or keep one of the flows, and not all keep the same one.",
        fixing: Fixing::Never(
            "Each flow needs a scheme under a name of its own, and the requirements have to name them; a \
             missing flow has URLs that stand nowhere in the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "securitySchemes": {
    "club": { "oauth2SecurityScheme": { "flows": {
      "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} },
      "authorizationCode": {
      ^^^^^^^^^^^^^^^^^^^ error: one scheme holds two flows, `clientCredentials` and `authorizationCode`
        "authorizationUrl": "https://login.example.com/authorize",
        "tokenUrl": "https://login.example.com/token",
        "scopes": {}
      }
    } } },
    "guest": { "oauth2SecurityScheme": { "flows": {} } }
                                                  ^ error: the scheme has no flow
  } }
"#,
            )
            .shows(&["A2A-N148"]),
            Example::good(
                Setup::V0_3,
                r#"
{ "securitySchemes": {
    "club": { "type": "oauth2", "flows": {
      "clientCredentials": { "tokenUrl": "https://login.example.com/token", "scopes": {} },
      "authorizationCode": {
        "authorizationUrl": "https://login.example.com/authorize",
        "tokenUrl": "https://login.example.com/token",
        "scopes": {}
      }
    } },
    "guest": { "type": "oauth2", "flows": {} }
  } }
"#,
            ),
        ],
    },
    check: Check::Finding(check),
};

fn check(finding: &Finding, context: &Context<'_>, report: &mut Report<'_>) {
    let node = context.node(finding);
    let is_wrapper = |name: &str| name.ends_with("SecurityScheme");
    match &finding.fact {
        Fact::NoVariant { variants } if !variants.iter().any(|name| is_wrapper(name)) => {
            report
                .at(node.at_opening(), "the scheme has no flow")
                .help("write the one flow that the agent accepts, such as `authorizationCode`");
        }
        Fact::ExtraVariant { first }
            if context.shape.aliases.called(node).is_some_and(|name| !is_wrapper(&name)) =>
        {
            two(context.document.node(*first), node, report);
        }
        _ => {}
    }
}

fn two(one: Node<'_>, other: Node<'_>, report: &mut Report<'_>) {
    let (first, second) = if one.id() < other.id() { (one, other) } else { (other, one) };
    let Some(flows) = second.parent() else { return };
    let keys = [first, second].map(|member| member.key().unwrap_or_default());
    report
        .at_span(second.at_key().span(), flows, format!("one scheme holds two flows, {}", list(&keys, "and")))
        .help("declare a scheme for each flow, and name them as alternatives in the requirements")
        .related(first.at_key(), "the first flow");
}
