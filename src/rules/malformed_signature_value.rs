use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::model::{Agent, Encoded, Flaw, Signature, to_base64url};
use crate::rule::{Check, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-signature-value",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the `signature` member of a signature is not base64url, or has a length that its algorithm never gives",
        why: "No verifier can accept such a signature, so clients that check signatures refuse the card.",
        fixing: Fixing::Sometimes(
            "The same bytes are written in base64url without padding, where their number fits the algorithm, \
             and a signature is cut out of a compact JWS with the same header. What is cut off or of the \
             wrong length needs a new signature.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "signatures": [{ "signature": "Ndb3B5tln4dQBb_FRSV73Y7wEjpjlZQA2j4wPBD-aVxfb86hyCEmoLmspKhwo4Fnvk47afQxOcdaeIR1GRzcIQ==" }] }
                                                                                                                       ^^ error: `signature` is padded with `=`, which base64url in a signature is not
"#,
                r#"
{ "signatures": [{ "signature": "Ndb3B5tln4dQBb_FRSV73Y7wEjpjlZQA2j4wPBD-aVxfb86hyCEmoLmspKhwo4Fnvk47afQxOcdaeIR1GRzcIQ" }] }
"#,
            ).shows(&["A2A-N159", "RFC 7515 s2"]),
            Example::fixed(
                Setup::V0_3,
                r#"
{ "signatures": [{ "signature": "c2ln+/8A" }, { "signature": "YR" }] }
                                     ^ error: `signature` has `+` in it, which base64url does not have
                                                               ^ warning: the last character of `signature` has bits set that stand for nothing, which strict decoders refuse
"#,
                r#"
{ "signatures": [{ "signature": "c2ln-_8A" }, { "signature": "YQ" }] }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "signature": "" }, { "signature": "eyJ9.eyJ9.c2ln" }, { "signature": "c2lna" }, { "signature": "<sig>" }] }
                                ^^ error: `signature` is empty
                                                     ^^^^^^^^^^^^^^^^ error: `signature` holds a whole compact JWS, not the signature alone
                                                                                        ^^^^^^^ error: `signature` is cut: no bytes have a base64url text of 5 characters
                                                                                                                   ^ error: `signature` has `<` in it, which base64url does not have
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [
  { "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "MEQCIFpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaAiBra2tra2tra2tra2tra2tra2tra2tra2tra2tra2traw" },
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `signature` is in ASN.1 DER (70 bytes), while ES256 takes R and S alone (64 bytes)
  { "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "Ndb3B5tln4dQBb_FRSV73Y7wEjpjlZQA2j4wPBD-aVxfb86hyCEmoLmspKhwo4Fnvk47afQxOcdaeIR1GRzc" }
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `signature` has 63 bytes, while ES256 gives 64
] }
"#,
            ).shows(&["RFC 7518 s3.4"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJSUzI1NiJ9", "signature": "Ndb3B5tln4dQBb_FRSV73Y7wEjpjlZQA2j4wPBD-aVxfb86hyCEmoLmspKhwo4Fnvk47afQxOcdaeIR1GRzcIQ" }] }
                                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `signature` has 64 bytes, while RS256 gives 256 or more
"#,
            ).shows(&["RFC 7518 s3.3"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "signature": "BASE64URL(signature)" }] }
                                          ^ warning: `signature` has `(` in it, which base64url does not have
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9", "signature": "Ndb3B5tln4dQBb_FRSV73Y7wEjpjlZQA2j4wPBD-aVxfb86hyCEmoLmspKhwo4Fnvk47afQxOcdaeIR1GRzcIQ" },
                 { "protected": "eyJhbGciOiJub25lIn0", "signature": "" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const SIGN: &str = "write the bytes of the signature in base64url without padding";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for signature in &agent.jws {
        // What an algorithm that signs nothing leaves behind does not matter.
        let is_void = signature.algorithm().is_some_and(|algorithm| algorithm.eq_ignore_ascii_case("none"));
        let Some(value) = signature.value.as_ref().filter(|_| !is_void) else { continue };
        if let Some(flaw) = value.flaw {
            encoding(signature, value, flaw, report);
        } else if let (Some(bytes), Some(algorithm)) = (&value.bytes, signature.algorithm()) {
            length(signature, value, bytes, algorithm, report);
        }
    }
}

fn encoding(signature: &Signature<'_>, value: &Encoded<'_>, flaw: Flaw, report: &mut Report<'_>) {
    let node = value.text.node;
    let (place, message, help) = match flaw {
        Flaw::Empty => (node.whole(), "`signature` is empty".to_owned(), "sign the card, or take the entry out"),
        Flaw::Compact => (
            node.whole(),
            "`signature` holds a whole compact JWS, not the signature alone".to_owned(),
            "keep the part behind the last dot",
        ),
        Flaw::Character(at, char) => (
            node.inside(at, at + char.len_utf8()),
            format!("`signature` has {} in it, which base64url does not have", quoted(char.encode_utf8(&mut [0; 4]))),
            SIGN,
        ),
        Flaw::Padding(at) => (
            node.inside(at, value.text.text.len()),
            "`signature` is padded with `=`, which base64url in a signature is not".to_owned(),
            "take the padding off",
        ),
        Flaw::Length => (
            node.whole(),
            format!("`signature` is cut: no bytes have a base64url text of {} characters", value.text.text.len()),
            "copy the whole signature, or sign the card again",
        ),
        Flaw::TrailingBits(at) => (
            node.inside(at, at + 1),
            "the last character of `signature` has bits set that stand for nothing, which strict decoders refuse"
                .to_owned(),
            "write the last character with those bits clear",
        ),
    };
    let severity = if matches!(flaw, Flaw::TrailingBits(_)) { Severity::Warning } else { Severity::Error };
    let found = report.at(place, message).severity(severity).warning_if(signature.is_graph).help(help);
    // The signature does not cover its own text, so that the same bytes may be written anew.
    let right = to_base64url(&value.text.text).filter(|text| fits(text, signature.algorithm()));
    if let Some(text) = right {
        found.replace(Safety::Safe, "write it in base64url", node.span(), format!("\"{text}\""));
    } else if let Some(last) = cut_out(signature, &value.text.text) {
        found.replace(Safety::Safe, "keep the last part", node.span(), format!("\"{last}\""));
    }
}

/// The signature in a compact JWS that has the header of `signature`.
fn cut_out<'t>(signature: &Signature<'_>, text: &'t str) -> Option<&'t str> {
    let parts: Vec<&str> = text.splitn(4, '.').collect();
    let [header, _, last] = parts.as_slice() else { return None };
    let is_its_own = signature.protected.as_ref().is_some_and(|own| own.text.text == *header);
    let is_right =
        to_base64url(last).is_some_and(|right| right == *last) && fits(last, signature.algorithm());
    (is_its_own && is_right).then_some(*last)
}

/// Whether a base64url text has a length that the algorithm gives; otherwise more is wrong with it.
fn fits(text: &str, algorithm: Option<&str>) -> bool {
    let bytes = text.len() * 3 / 4;
    match algorithm.and_then(size) {
        Some(Size::Bytes(sizes)) => sizes.contains(&bytes),
        Some(Size::AtLeast(least)) => bytes >= least,
        None => true,
    }
}

/// What a signature by an algorithm measures.
enum Size {
    Bytes(&'static [usize]),
    AtLeast(usize),
}

fn size(algorithm: &str) -> Option<Size> {
    Some(match algorithm {
        "ES256" | "ES256K" | "Ed25519" => Size::Bytes(&[64]),
        "ES384" => Size::Bytes(&[96]),
        "ES512" => Size::Bytes(&[132]),
        "Ed448" => Size::Bytes(&[114]),
        "EdDSA" => Size::Bytes(&[64, 114]),
        // As long as the modulus of the key, which has 2048 bits or more.
        "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" => Size::AtLeast(256),
        _ => return None,
    })
}

fn length(
    signature: &Signature<'_>,
    value: &Encoded<'_>,
    bytes: &[u8],
    algorithm: &str,
    report: &mut Report<'_>,
) {
    let expected = match size(algorithm) {
        Some(Size::Bytes(sizes)) if !sizes.contains(&bytes.len()) => match sizes {
            [one, other] => format!("{one} or {other}"),
            sizes => sizes.iter().map(usize::to_string).collect(),
        },
        Some(Size::AtLeast(least)) if bytes.len() < least => format!("{least} or more"),
        _ => return,
    };
    let len = bytes.len();
    let (message, help) = if algorithm.starts_with("ES") && is_der(bytes) {
        (
            format!(
                "`signature` is in ASN.1 DER ({len} bytes), while {algorithm} takes R and S alone ({expected} bytes)"
            ),
            format!("write R and S, each with leading zeros, one behind the other: {expected} bytes"),
        )
    } else {
        (
            format!("`signature` has {len} bytes, while {algorithm} gives {expected}"),
            "copy the whole signature, or correct `alg` and sign the card again".to_owned(),
        )
    };
    report.at(value.text.node.whole(), message).warning_if(signature.is_graph).help(help);
}

/// Whether the bytes are one DER sequence, as most crypto libraries give ECDSA signatures.
fn is_der(bytes: &[u8]) -> bool {
    match bytes {
        [0x30, 0x81, len, rest @ ..] | [0x30, len, rest @ ..] => rest.len() == usize::from(*len),
        _ => false,
    }
}
