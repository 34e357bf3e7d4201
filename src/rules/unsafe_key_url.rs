use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::url::HostKind;
use crate::model::{Agent, Parameter};
use crate::rule::{Check, Report, Rule};
use crate::secret::is_masked;
use crate::words::quoted;
use url::Url;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "unsafe-key-url",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the `jku` or `x5u` of a signature is no URL that a key can be fetched from safely",
        why: "Over plain http anyone on the way can hand out another key, and then the forged card verifies. A URL that is \
              null, empty or no URL makes libraries stumble that fetch the key.",
        fixing: Fixing::Never(
            "The protected header cannot change without a new signature, and where the keys are published is \
             decided outside the document.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6Imh0dHA6Ly90aWRlcy5leGFtcGxlLmNvbS9qd2tzLmpzb24ifQ" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `jku` is `http://tides.example.com/jwks.json`, which is not encrypted
                 { "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6Imp3a3MuanNvbiJ9" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `jku` is `jwks.json`, which is not an absolute URL
                 { "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6Imh0dHBzOi8vdTpwQHRpZGVzLmV4YW1wbGUuY29tL2p3a3MuanNvbiJ9" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `jku` is a URL with a user name or password in it
                 { "protected": "eyJhbGciOiJFUzI1NiIsIng1dSI6N30" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `x5u` is not a string
"#,
            ).shows(&["A2A-N164", "A2A-N176", "A2A-N185", "RFC 7515 s4.1.2", "RFC 7515 s4.1.5"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6bnVsbH0" },
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `jku` is null
                 { "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6IiJ9" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `jku` is empty
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "header": { "jku": "http://localhost:8080/jwks.json" } },
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ note: `jku` is `http://localhost:8080/jwks.json`, which is not encrypted
                 { "protected": "eyJhbGciOiJFUzI1NiIsImprdSI6Imh0dHA6Ly8xMC4wLjAuNy9qd2tzLmpzb24ifQ" }] }
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `jku` is `http://10.0.0.7/jwks.json`, which is not encrypted
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJqa3UiOiJodHRwczovL3RpZGVzLmV4YW1wbGUuY29tL2p3a3MuanNvbiJ9" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for signature in &agent.jws {
        for name in ["jku", "x5u"] {
            if let Some((place, value)) = signature.parameter(name)
                && let Some((severity, message)) = fault(name, &value)
            {
                report
                    .at(place, message)
                    .severity(severity)
                    .warning_if(signature.is_graph)
                    .help("write the `https` address of the key set, or leave the parameter out and sign the card again");
            }
        }
    }
}

fn fault(name: &str, value: &Parameter) -> Option<(Severity, String)> {
    let text = match value {
        Parameter::Null => return Some((Severity::Warning, format!("`{name}` is null"))),
        Parameter::Text(text) if text.is_empty() => {
            return Some((Severity::Warning, format!("`{name}` is empty")));
        }
        Parameter::Text(text) => text,
        Parameter::List(_) | Parameter::Other => {
            return Some((Severity::Error, format!("`{name}` is not a string")));
        }
    };
    let shown = quoted(text);
    let Ok(url) = Url::parse(text) else {
        return Some((Severity::Error, format!("`{name}` is {shown}, which is not an absolute URL")));
    };
    if url.scheme() == "http" {
        return Some((of_plaintext(&url), format!("`{name}` is {shown}, which is not encrypted")));
    }
    if url.scheme() != "https" {
        return Some((Severity::Error, format!("`{name}` is {shown}, which is not an `https` URL")));
    }
    let has_login = !url.username().is_empty() || url.password().is_some();
    // A password that can be read as it stands is told as a credential.
    (has_login && !is_masked(text))
        .then(|| (Severity::Error, format!("`{name}` is a URL with a user name or password in it")))
}

/// On the machine itself nobody is on the way, and inside a network people may know what they do.
fn of_plaintext(url: &Url) -> Severity {
    match url.host_str().map(HostKind::of) {
        Some(HostKind::Loopback) => Severity::Note,
        Some(HostKind::Public) | None => Severity::Error,
        Some(_) => Severity::Warning,
    }
}
