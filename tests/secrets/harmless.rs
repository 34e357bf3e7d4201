//! Strings that are no credentials, in documents as people write them.

use super::formats::Lots;

const WORDS: [&str; 48] = [
    "agent",
    "booking",
    "harbour",
    "tides",
    "search",
    "token",
    "secret",
    "password",
    "key",
    "api",
    "the",
    "a",
    "of",
    "with",
    "client",
    "credentials",
    "authorization",
    "header",
    "risk",
    "task",
    "scheduler",
    "desk",
    "ask",
    "skill",
    "monkey",
    "basic",
    "bearer",
    "access",
    "private",
    "public",
    "user",
    "login",
    "oauth2",
    "v2",
    "2024",
    "gpt-4o",
    "is",
    "in",
    "for",
    "uses",
    "rotate",
    "keyword",
    "tokenizer",
    "author",
    "signature",
    "code",
    "webhook",
    "vault",
];

const HEX: &str = "0123456789abcdef";
const ALL: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// What a string is, and how one is made.
type Kind = (&'static str, fn(&mut Lots) -> String);

/// A document with a string that is no credential, and what it is.
pub(crate) fn document(lots: &mut Lots) -> (&'static str, String) {
    let kinds: [Kind; 23] = [
        ("a description", |lots| member("description", &sentence(lots, 24))),
        ("a description with signs", |lots| {
            member(
                "description",
                &sentence(lots, 8).replace(' ', lots.one(&[": ", "=", ", ", "/", "-", "_", ". "])),
            )
        }),
        ("an id", |lots| member("id", &slug(lots))),
        ("a GUID", |lots| {
            member(
                lots.one(&[
                    "agentIdentityId",
                    "clientId",
                    "appId",
                    "tenantId",
                    "sourceAgentId",
                    "id",
                    "managedBy",
                ]),
                &guid(lots),
            )
        }),
        ("a hash", |lots| {
            member(lots.one(&["sha256", "digest", "etag", "checksum", "commit"]), &lots.text(HEX, 64))
        }),
        ("a hash with its name", |lots| member("integrity", &format!("sha384-{}", lots.text(ALL, 64)))),
        ("an address", |lots| {
            member(lots.one(&["walletAddress", "token", "agentWallet"]), &format!("0x{}", lots.text(HEX, 40)))
        }),
        ("a public key", |lots| {
            member(
                "publicKey",
                &format!("-----BEGIN PUBLIC KEY-----\\n{}\\n-----END PUBLIC KEY-----", lots.text(ALL, 64)),
            )
        }),
        ("a public web key", |lots| {
            let (x, y) = (lots.text(ALL, 43), lots.text(ALL, 43));
            format!(
                r#""jwk": {{"kty": "EC", "crv": "P-256", "kid": "{}", "x": "{x}", "y": "{y}"}}"#,
                lots.text(ALL, 20)
            )
        }),
        ("a public RSA key", |lots| {
            format!(
                r#""keys": [{{"kty": "RSA", "use": "sig", "e": "AQAB", "n": "{}"}}]"#,
                lots.text(ALL, 342)
            )
        }),
        ("a digest of a type or token", |lots| {
            let name = lots.one(&[
                "AWS::SecretsManager::Secret",
                "Cloud::Key::SigningKey",
                "hashed_token",
                "hashedToken",
            ]);
            member(name, &lots.text(HEX, 16))
        }),
        ("a key id", |lots| member("kid", &lots.text(ALL, 32))),
        ("a decentralised identifier", |lots| member("did", &format!("did:key:z6Mk{}", lots.text(ALL, 44)))),
        ("a signature", |lots| {
            let (protected, signature) =
                ("eyJhbGciOiJFUzI1NiIsInR5cCI6IkpPU0UiLCJraWQiOiJhIn0", lots.text(ALL, 86));
            format!(r#""signatures": [{{"protected": "{protected}", "signature": "{signature}"}}]"#)
        }),
        ("a whole signature", |lots| {
            let name = lots.one(&["jws", "signature", "proofValue"]);
            member(name, &format!("eyJhbGciOiJFUzI1NiJ9.{}.{}", lots.text(ALL, 40), lots.text(ALL, 86)))
        }),
        ("a sample", |lots| {
            let samples = [
                "AKIAIOSFODNN7EXAMPLE",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "sk-your-key-here-1234567890abcdef",
                "YOUR_API_KEY",
                "<token>",
                "${TOKEN}",
                "{{token}}",
                "...",
                "Bearer <token>",
                "Basic authentication",
                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
                "https://user:password@host.example/",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
                "********",
                "REPLACE_ME_1234567",
                "process.env.OPENAI_API_KEY",
                "env:OPENAI_API_KEY",
                "@Microsoft.KeyVault(SecretUri=https://tides.vault.azure.net/secrets/key/)",
                "projects/tides/secrets/openai-key/versions/3",
            ];
            let name = lots.one(&[
                "apiKey",
                "OPENAI_API_KEY",
                "clientSecret",
                "token",
                "password",
                "description",
                "example",
                "Authorization",
            ]);
            member(name, lots.one(&samples))
        }),
        ("a URL", |lots| {
            let query = lots.one(&[
                "page=2&sort=asc",
                "id=",
                "q=token",
                "code=200",
                "state=",
                "api-version=2024-10-21&id=",
                "v=",
            ]);
            member(
                "url",
                &format!(
                    "https://{}.tides.example.com:8443/{}/{}?{query}{}",
                    slug(lots),
                    slug(lots),
                    guid(lots),
                    lots.below(90_000)
                ),
            )
        }),
        ("a scheme", |lots| {
            let name = lots.one(&["X-API-Key", "api_key", "Authorization", "access_token", "X-Auth-Token"]);
            format!(
                r#""securitySchemes": {{"{}": {{"type": "apiKey", "name": "{name}", "in": "header", "description": "{}"}}}}"#,
                slug(lots),
                sentence(lots, 9)
            )
        }),
        ("an OAuth scheme", |lots| {
            let tenant = guid(lots);
            format!(
                r#""securitySchemes": {{"oauth": {{"type": "oauth2", "flows": {{"clientCredentials": {{"tokenUrl": "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token", "scopes": {{"api://{tenant}/.default": "{}"}}}}}}}}}}"#,
                sentence(lots, 5)
            )
        }),
        ("what 0.1.0 calls credentials", |lots| {
            let tenant = guid(lots);
            format!(
                r#""authentication": {{"schemes": ["OAuth2"], "credentials": "{{\"authorizationUrl\": \"https://login.example.com/{tenant}/authorize\", \"tokenUrl\": \"https://login.example.com/{tenant}/token\"}}"}}"#
            )
        }),
        ("a model", |lots| {
            member(
                "model",
                &format!(
                    "{}-{}-20{}-0{}-1{}",
                    lots.one(&["gpt-4o-mini", "claude-sonnet", "sk-small", "o3", "gemini-2.5-pro"]),
                    lots.below(9),
                    10 + lots.below(20),
                    1 + lots.below(9),
                    lots.below(10)
                ),
            )
        }),
        ("a publishable key", |lots| {
            member(
                lots.one(&["publishableKey", "publicKey", "siteKey"]),
                &format!("pk_live_{}", lots.text(ALL, 24)),
            )
        }),
        ("a picture", |lots| {
            member(
                "iconUrl",
                &format!("data:image/png;base64,iVBORw0KGgo{}", lots.text(&format!("{ALL}+/"), 200)),
            )
        }),
    ];
    let (about, make) = kinds[lots.below(kinds.len())];
    (about, format!("{{\"name\": \"Tides\", {}, \"version\": \"1.0.0\"}}", make(lots)))
}

fn member(name: &str, value: &str) -> String {
    format!("\"{name}\": \"{value}\"")
}

fn sentence(lots: &mut Lots, length: usize) -> String {
    (0..length).map(|_| lots.one(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn slug(lots: &mut Lots) -> String {
    let words: Vec<&str> = (0..2 + lots.below(3)).map(|_| lots.one(&WORDS)).collect();
    format!("{}-{}-{}", words.join("-"), lots.below(100), lots.text(HEX, 3))
}

fn guid(lots: &mut Lots) -> String {
    [8, 4, 4, 4, 12].map(|length| lots.text(HEX, length)).join("-")
}
