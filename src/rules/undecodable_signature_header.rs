use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::model::{Agent, Flaw, HeaderFlaw, Protected, Signature};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Place;
use crate::words::{article, quoted};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "undecodable-signature-header",
        aliases: &[],
        group: Group::Signature,
        severity: Severity::Error,
        applies_to: "A2A 0.3.0 and later, Graph agentInstance",
        summary: "the `protected` member of a signature is not the base64url form of a JSON object",
        why: "Who verifies the card takes algorithm and key from this header. Without it the signature proves nothing and \
              the card counts as unsigned or as forged. Decoders disagree about sloppy base64, so that the same card \
              passes in one library and fails in another.",
        fixing: Fixing::Never(
            "The signature covers the text as it stands, so that another text needs a new signature; and what \
             a header that cannot be read was meant to say, nobody can check.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ==" }] }
                                                                   ^^ error: `protected` is padded with `=`, which the signed text must not be
"#,
            ).shows(&["A2A-N158", "RFC 7515 s2"]),
            Example::bad(
                Setup::V0_3,
                r#"
{ "signatures": [{ "protected": "ES256.key-1" }, { "protected": "ab/d" }, { "protected": "abcde" },
                                      ^ error: `protected` has `.` in it, which base64url does not have
                                                                   ^ error: `protected` has `/` in it, which base64url does not have
                                                                                         ^^^^^^^ error: `protected` is cut: no bytes have a base64url text of 5 characters
  { "protected": "" }, { "protected": "eyJ9.eyJ9.c2ln" }] }
                 ^^ error: `protected` is empty
                                      ^^^^^^^^^^^^^^^^ error: `protected` holds a whole compact JWS, not its header alone
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "YWxnPUVTMjU2" }, { "protected": "WyJFUzI1NiJd" }, { "protected": "eyL_In0" }] }
                                 ^^^^^^^^^^^^ error: `protected` decodes to `alg=ES256`, which is not JSON
                                                                 ^^^^^^^^^^^^^^ error: `protected` decodes to an array, not to an object
                                                                                                     ^^ error: `protected` decodes to bytes that are not UTF-8, from byte 2 on
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEiLCJhbGciOiJub25lIn0" }] }
                                                                  ^^^^^^^ error: `protected` decodes to an object that has `alg` twice
"#,
            ).shows(&["A2A-N183", "RFC 7515 s4"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiJ9IB" }] }
                                                      ^ warning: the last character of `protected` has bits set that stand for nothing, which strict decoders refuse
"#,
            ).shows(&["RFC 4648 s3.5"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "signatures": [{ "protected": "BASE64URL(header)" }] }
                                          ^ warning: `protected` has `(` in it, which base64url does not have
"#,
            ).shows(&["graph 3.6"]),
            Example::good(
                Setup::V1_0,
                r#"
{ "signatures": [{ "protected": "eyJhbGciOiJFUzI1NiIsImtpZCI6InRpZGVzLTEiLCJ0eXAiOiJKT1NFIn0" }] }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const ENCODE: &str = "write the JSON header in base64url without padding, and sign the card with that text";

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    for signature in &agent.jws {
        if let Some(protected) = &signature.protected
            && let Some(flaw) = &protected.flaw
        {
            describe(signature, protected, flaw, report);
        }
    }
}

fn describe(
    signature: &Signature<'_>,
    protected: &Protected<'_>,
    flaw: &HeaderFlaw,
    report: &mut Report<'_>,
) {
    let node = protected.text.node;
    let (place, message, help): (Place<'_>, String, &'static str) = match flaw {
        HeaderFlaw::Encoding(flaw) => encoding(protected, *flaw),
        HeaderFlaw::NotUtf8(at) => (
            protected.bytes(*at, at + 1),
            format!("`protected` decodes to bytes that are not UTF-8, from byte {at} on"),
            ENCODE,
        ),
        HeaderFlaw::NotJson(text, start, end) => (
            protected.bytes(*start, *end),
            format!("`protected` decodes to {}, which is not JSON", quoted(text)),
            ENCODE,
        ),
        HeaderFlaw::NotObject(kind) => (
            node.whole(),
            format!("`protected` decodes to {}, not to an object", article(kind.type_name())),
            ENCODE,
        ),
        HeaderFlaw::Duplicate(name, start, end) => (
            protected.bytes(*start, *end),
            format!("`protected` decodes to an object that has {} twice", quoted(name)),
            "name each header parameter once, and sign the card again",
        ),
    };
    let is_bits = matches!(flaw, HeaderFlaw::Encoding(Flaw::TrailingBits(_)));
    let severity = if is_bits { Severity::Warning } else { Severity::Error };
    report.at(place, message).severity(severity).warning_if(signature.is_graph).help(help);
}

fn encoding<'d>(protected: &Protected<'d>, flaw: Flaw) -> (Place<'d>, String, &'static str) {
    let node = protected.text.node;
    match flaw {
        Flaw::Empty => (node.whole(), "`protected` is empty".to_owned(), ENCODE),
        Flaw::Compact => (
            node.whole(),
            "`protected` holds a whole compact JWS, not its header alone".to_owned(),
            "keep the part before the first dot",
        ),
        Flaw::Character(at, char) => (
            node.inside(at, at + char.len_utf8()),
            format!("`protected` has {} in it, which base64url does not have", quoted(char.encode_utf8(&mut [0; 4]))),
            ENCODE,
        ),
        Flaw::Padding(at) => (
            node.inside(at, protected.text.text.len()),
            "`protected` is padded with `=`, which the signed text must not be".to_owned(),
            "sign the card again with a header without padding; the signature covers the text as it stands",
        ),
        Flaw::Length => (
            node.whole(),
            format!("`protected` is cut: no bytes have a base64url text of {} characters", protected.text.text.len()),
            "copy the whole header, or sign the card again",
        ),
        Flaw::TrailingBits(at) => (
            node.inside(at, at + 1),
            "the last character of `protected` has bits set that stand for nothing, which strict decoders refuse"
                .to_owned(),
            "sign the card with a library that writes canonical base64url",
        ),
    }
}
