use super::unlisted_value::OPEN_HELP;
use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::Version;
use crate::model::{Agent, SchemeKind, Text, says_open};
use crate::rule::{Check, Report, Rule};
use crate::words::{closest, quoted, same_letters};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unregistered-http-scheme",
        aliases: &[],
        group: Group::Protocol,
        severity: Severity::Warning,
        applies_to: "A2A cards",
        summary: "an HTTP authentication scheme is not in IANA's registry",
        why: "A client builds the `Authorization` header from the name. It knows the registered schemes; any other one it can \
              only guess.",
        fixing: Fixing::Sometimes(
            "Another spelling of a registered scheme is put right; one that comes close is replaced as \
             unsafe. A scheme of one's own may be what the server speaks.",
        ),
        examples: &[
            Example::bad(
                Setup::V0_3,
                r#"
{ "securitySchemes": { "web": { "type": "http", "scheme": "token" } } }
                                                          ^^^^^^^ warning: `token` is not a registered HTTP authentication scheme
"#,
            ).shows(&["A2A-N136", "RFC 9110 s16.4.1"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "web": { "httpAuthSecurityScheme": { "scheme": "baerer" } } } }
                                                                      ^^^^^^^^ warning: `baerer` is not a registered HTTP authentication scheme
"#,
                r#"
{ "securitySchemes": { "web": { "httpAuthSecurityScheme": { "scheme": "Bearer" } } } }
"#,
            ),
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["Bearer", "wallet-signature"] } }
                                            ^^^^^^^^^^^^^^^^^^ note: `wallet-signature` is not a scheme that OpenAPI or IANA knows
"#,
            ).shows(&["A2A-N120"]),
            Example::bad(Setup::card(Version::V0_2_5), r#"
{ "securitySchemes": { "web": { "type": "http", "scheme": "jwt" } } }
                                                          ^^^^^ warning: `jwt` is not a registered HTTP authentication scheme
"#).shows(&["A2A-N135"]),
Example::good(
                Setup::V1_0,
                r#"
{ "securitySchemes": { "web": { "httpAuthSecurityScheme": { "scheme": "BEARER" } } } }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

/// IANA, "Hypertext Transfer Protocol (HTTP) Authentication Scheme Registry".
const REGISTERED: &[&str] = &[
    "Basic",
    "Bearer",
    "Concealed",
    "Digest",
    "DPoP",
    "GNAP",
    "HOBA",
    "Mutual",
    "Negotiate",
    "OAuth",
    "PrivateToken",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "vapid",
];

/// What OpenAPI calls the other kinds, as 0.1.0 lists them (A2A-N120).
const OF_OPENAPI: &[&str] = &["ApiKey", "OAuth2", "OpenIDConnect", "MutualTLS", "None"];

fn is_one_of(name: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some(version) = agent.version() else { return };
    let http = agent.schemes.iter().filter(|scheme| scheme.kind == Some(SchemeKind::Http));
    for name in http.filter_map(|scheme| scheme.details.text("scheme")) {
        if !name.text.is_empty() && !is_one_of(&name.text, REGISTERED) {
            unregistered(&name, report);
        }
    }
    if version.legacy == Some(Version::V0_1_0) {
        let names = agent
            .root
            .object("authentication")
            .into_iter()
            .flat_map(|authentication| authentication.texts("schemes"));
        for name in
            names.filter(|name| !is_one_of(&name.text, REGISTERED) && !is_one_of(&name.text, OF_OPENAPI))
        {
            report
                .at(
                    name.node.whole(),
                    format!("{} is not a scheme that OpenAPI or IANA knows", quoted(&name.text)),
                )
                .severity(Severity::Note)
                .help(match says_open(&name.text) {
                    true => "remove it: a card without `authentication` asks for no login",
                    false => "name a standard scheme, such as `Bearer`, `Basic` or `ApiKey`",
                });
        }
    }
}

fn unregistered(name: &Text<'_>, report: &mut Report<'_>) {
    let found = report.at(
        name.node.whole(),
        format!("{} is not a registered HTTP authentication scheme", quoted(&name.text)),
    );
    if says_open(&name.text) {
        found.help(OPEN_HELP);
        return;
    }
    match closest(&name.text, REGISTERED) {
        Some(meant) => {
            let safety = if same_letters(meant, &name.text) { Safety::Safe } else { Safety::Unsafe };
            found.help(format!("write `{meant}`")).replace(
                safety,
                format!("write `{meant}`"),
                name.node.span(),
                format!("\"{meant}\""),
            );
        }
        None => {
            found.help("name a scheme of IANA's registry, such as `Bearer` or `Basic`");
        }
    }
}
