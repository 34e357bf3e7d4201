use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::{Agent, EndpointRole};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "empty-tenant",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Note,
        applies_to: "A2A 1.0",
        summary: "the tenant of an interface is empty",
        why: "Clients echo the tenant exactly as the card states it, and leave it out where there is none. An empty one is \
              both at once, and clients differ in what they send.",
        fixing: Fixing::Always("The member goes; without it the interface has no tenant just as well."),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "tenant": "", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
                                                        ^^ note: `tenant` is empty, which means no tenant
  ] }
"#,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            )
            .shows(&["A2A-N084"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "supportedInterfaces": [
    { "url": "https://tides.example.com/a2a", "tenant": "harbour", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" }
  ] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let entries = agent.endpoints.iter().filter(|endpoint| endpoint.role == EndpointRole::Supported);
    let tenants = entries.filter_map(|endpoint| endpoint.entry.text("tenant"));
    for tenant in tenants.filter(|tenant| tenant.text.is_empty()) {
        let help = "take `tenant` out";
        report.at(tenant.node.whole(), "`tenant` is empty, which means no tenant").help(help).remove(
            Safety::Safe,
            help,
            tenant.node,
        );
    }
}
