use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::kind::Version;
use crate::rule::{Check, File, Report, Rule};
use crate::secret::{Secret, SecretKind};
use crate::words::quoted;
use std::collections::HashMap;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "exposed-secret",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a key, a token or a password stands in the document",
        why: "A card is published, and registries copy it: whoever reads it can act with the credential, and taking it out \
              later does not take it back. No report shows the value, whichever rule speaks of the place.",
        fixing: Fixing::Never(
            "What was published stays known when it is taken out: the secret has to be revoked first, by a \
             person. And an edit could not show what it changes.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1", "params": {
    "github": "ghp_R4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl",
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `ghp_...` is a GitHub token
    "aws": "key AKIAQ7XK2MVWT4LZN8RB of us",
                ^^^^^^^^^^^^^^^^^^^^ error: `AKIA...` is an AWS access key
    "api_key": "9fK2mQ7xLw4Zr8TnVb3Y",
                ^^^^^^^^^^^^^^^^^^^^ error: the value of `api_key` is a credential
    "ghp_An0th3rR4nD0mT0k3nF0rT3sts8XyZqWvUtS": true,
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `ghp_...` is a GitHub token
    "jwk": { "kty": "EC", "crv": "P-256", "d": "s7Jk2mQ9xLw4Zr8TnVb3YcHgFdPaUeRtXyWvMoNqBiE" }
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `d` of the JSON Web Key is its private part
  } }] },
  "supportedInterfaces": [
    { "url": "https://tides:h1gh-w4ter@tides.example.com/a2a", "protocolBinding": "JSONRPC", "protocolVersion": "1.0" },
                            ^^^^^^^^^^ error: a password stands in the URL
    { "url": "https://tides.example.com/?token=Zr8TnVb3Y9fK2mQ7xLw4", "protocolBinding": "GRPC", "protocolVersion": "1.0" }
                                               ^^^^^^^^^^^^^^^^^^^^ error: the query parameter `token` holds a credential
  ] }
"#,
            )
            .shows(&["A2A-N125", "A2A-N126"]),
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["Bearer"], "credentials": "9fK2mQ7xLw4Zr8TnVb3Y" } }
                                                             ^^^^^^^^^^^^^^^^^^^^ error: the value of `credentials` is a credential
"#,
            )
            .shows(&["A2A-N122", "A2A-N124"]),
            Example::bad(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["Bearer"], "credentials": "{\"client_secret\": \"9fK2mQ7xLw4Zr8TnVb3Y\"}" } }
                                                                                   ^^^^^^^^^^^^^^^^^^^^ error: the value of `client_secret` is a credential
"#,
            )
            .shows(&["A2A-N122"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "description": "Call it with `Bearer 9fK2mQ7xLw4Zr8TnVb3Y`.",
                                       ^^^^^^^^^^^^^^^^^^^^ error: a credential follows `Bearer`
  "documentationUrl": "https://tides.example.com/docs?token=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ0aWRlcyIsInN1YiI6IjQyIn0.R4nD0mT0k3nF0rT3sts9",
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `eyJ...` is a JSON Web Token
  "skills": [{ "examples": ["-----BEGIN PRIVATE KEY-----\nMIIEvR4nD0mT0k3nF0rT3sts9XyZqWvUtSrQpOnMl\n-----END PRIVATE KEY-----",
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: a private key stands here
                            "Bearer 9fK2mQ7xLw4Zr8TnVb3Y"] }] }
"#,
            )
            .shows(&["A2A-N124"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "url": "https://tides.blob.example.com/a2a?sv=2024-11-04&sig=k3Jx9%2FQm2vLr7TnZ4wYb8HcGd6Fs%2BXpWq1Ue5RtI0A%3D" }
                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the query parameter `sig` holds a credential
"#,
            )
            .shows(&["graph 5"]),
            Example::good(
                Setup::card(Version::V0_1_0),
                r#"
{ "authentication": { "schemes": ["OAuth2"],
    "credentials": "{\"authorizationUrl\": \"https://login.example.com/authorize\", \"tokenUrl\": \"https://login.example.com/token\"}" } }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "description": "Send `Bearer <token>`; keys look like sk-... or AKIAIOSFODNN7EXAMPLE, logins like https://user:password@host/.",
  "securitySchemes": { "key": { "apiKeySecurityScheme": { "location": "header", "name": "X-API-Key" } } },
  "capabilities": { "extensions": [{ "uri": "https://tides.example.com/ext/v1", "params": {
    "apiKey": "${TIDES_API_KEY}", "token": "YOUR_TOKEN_1234567890", "password": "********" } }] },
  "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ", "signature": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ0aWRlcyIsInN1YiI6IjQyIn0.R4nD0mT0k3nF0rT3sts9" }] }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.holds_nothing() {
        return;
    }
    // With `--at` the rest of the text is nobody's business.
    let is_inside =
        |secret: &Secret| file.root == file.document.root() || file.root.span().covers(secret.span);
    let is_first =
        |(index, secret): &(usize, &Secret)| secret.first == *index && is_told(secret) && is_inside(secret);
    let mut repeated: HashMap<usize, Vec<&Secret>> = HashMap::new();
    for (_, secret) in file.secrets.iter().enumerate().filter(|(index, secret)| secret.first != *index) {
        repeated.entry(secret.first).or_default().push(secret);
    }
    for (index, secret) in file.secrets.iter().enumerate().filter(is_first) {
        let node = file.document.node_at(secret.span.start);
        let mut found = report.at_span(secret.span, node, message(secret)).help(help(secret));
        for again in repeated.get(&index).into_iter().flatten().take(8) {
            found = found.related_span(again.span, file.document.node_at(again.span.start), "the same again");
        }
    }
}

/// Whether it is a finding by itself; the further numbers of a private key are not.
fn is_told(secret: &Secret) -> bool {
    matches!(secret.kind, SecretKind::WebKey("d" | "k")) || !matches!(secret.kind, SecretKind::WebKey(_))
}

fn message(secret: &Secret) -> String {
    match &secret.kind {
        SecretKind::Token(what) if secret.prefix.is_empty() => format!("the text contains {what}"),
        SecretKind::Token(what) => format!("`{}...` is {what}", secret.prefix),
        SecretKind::WebToken => format!("`{}...` is a JSON Web Token", secret.prefix),
        SecretKind::PrivateKey => "a private key stands here".to_owned(),
        SecretKind::WebKey(name) => format!("`{name}` of the JSON Web Key is its private part"),
        SecretKind::Header(scheme) => format!("a credential follows `{scheme}`"),
        SecretKind::UserInfo => "a password stands in the URL".to_owned(),
        SecretKind::Query(name) => format!("the query parameter {} holds a credential", quoted(name)),
        SecretKind::Named(name) => format!("the value of {} is a credential", quoted(name)),
    }
}

fn help(secret: &Secret) -> &'static str {
    match secret.kind {
        SecretKind::PrivateKey | SecretKind::WebKey(_) => {
            "make a new key pair, and publish nothing but the public key: this one is known to whoever read the document"
        }
        _ => "revoke it, take it out, and say in `securitySchemes` how clients get a credential of their own",
    }
}
