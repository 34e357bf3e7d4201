//! JSON Web Signatures (RFC 7515) as they stand in cards, decoded once for all rules.

use super::agent::Agent;
use super::value::{Text, Value};
use crate::syntax::{FaultKind, Node, NodeKind, Place, parse};
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use base64::{DecodeError, Engine};

/// One entry of `signatures`.
pub struct Signature<'d> {
    /// The entry.
    pub entry: Value<'d>,
    /// The protected header.
    pub protected: Option<Protected<'d>>,
    /// The signature value.
    pub value: Option<Encoded<'d>>,
    /// The unprotected header.
    pub unprotected: Option<Value<'d>>,
    /// Whether a 1.0 card holds it.
    pub is_modern: bool,
    /// Whether a Graph object holds it. The service takes any text for a signature, so that the worst there is a warning.
    pub is_graph: bool,
}

/// A protected header.
pub struct Protected<'d> {
    /// The member.
    pub text: Text<'d>,
    /// Its parameters, as far as they can be read.
    pub header: Option<Header>,
    /// What is wrong with it.
    pub flaw: Option<HeaderFlaw>,
}

/// The parameters of a protected header, in their order.
pub struct Header(Vec<(String, Parameter)>);

/// The value of a header parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parameter {
    /// `null`
    Null,
    /// A string.
    Text(String),
    /// An array; elements that are no strings are `None`.
    List(Vec<Option<String>>),
    /// Anything else.
    Other,
}

/// Why a protected header cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderFlaw {
    /// The text is not base64url.
    Encoding(Flaw),
    /// The bytes are not UTF-8, from this one on.
    NotUtf8(usize),
    /// The text is not JSON; the text, and the bytes that are wrong in it.
    NotJson(String, usize, usize),
    /// The JSON is no object but this.
    NotObject(NodeKind),
    /// A name stands twice; the name, and the bytes of the second one.
    Duplicate(String, usize, usize),
}

/// A base64url text and what it stands for.
pub struct Encoded<'d> {
    /// The member.
    pub text: Text<'d>,
    /// The bytes, unless a flaw hides them.
    pub bytes: Option<Vec<u8>>,
    /// What is wrong with the text.
    pub flaw: Option<Flaw>,
}

/// Why a text is not base64url (RFC 7515 section 2). Offsets are bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// There is nothing.
    Empty,
    /// Dots separate parts, as in the compact form.
    Compact,
    /// A character that base64url does not have.
    Character(usize, char),
    /// Padding from here on.
    Padding(usize),
    /// One character too many or too few: no number of bytes has this length.
    Length,
    /// The last character, which is here, says more than fits into the last byte.
    TrailingBits(usize),
}

impl<'d> Signature<'d> {
    /// The signatures of the document, of the kinds and versions that have them.
    pub(super) fn all(root: Value<'d>, modern: bool, graph: bool) -> Vec<Self> {
        let entries = root.list("signatures").filter(|entry| entry.node().is_object());
        entries
            .map(|entry| Self {
                entry,
                protected: entry.text("protected").map(Protected::read),
                value: entry.text("signature").map(decode),
                unprotected: entry.object("header"),
                is_modern: modern,
                is_graph: graph,
            })
            .collect()
    }

    /// The protected header, if it can be read.
    pub fn header(&self) -> Option<(&Protected<'d>, &Header)> {
        let protected = self.protected.as_ref()?;
        Some((protected, protected.header.as_ref()?))
    }

    /// The header parameter called `name`, from the protected header or else from the other one, and where it stands.
    pub fn parameter(&self, name: &str) -> Option<(Place<'d>, Parameter)> {
        let protected = self.header().and_then(|(protected, header)| {
            header.get(name).map(|value| (protected.text.node.whole(), value.clone()))
        });
        let unprotected = || {
            let text = self.unprotected?.text(name)?;
            Some((text.node.whole(), Parameter::Text(text.text.into_owned())))
        };
        protected.or_else(unprotected)
    }

    /// The algorithm that the protected header names.
    pub fn algorithm(&self) -> Option<&str> {
        self.header().and_then(|(_, header)| header.text("alg"))
    }
}

impl<'d> Agent<'d> {
    /// The signatures whose protected header can be read, with that header.
    pub fn readable_signatures(&self) -> impl Iterator<Item = (&Signature<'d>, &Protected<'d>, &Header)> {
        self.jws.iter().filter_map(|signature| {
            signature.header().map(|(protected, header)| (signature, protected, header))
        })
    }
}

impl<'d> Protected<'d> {
    fn read(text: Text<'d>) -> Self {
        let Encoded { text, bytes, flaw } = decode(text);
        let encoding = flaw.map(HeaderFlaw::Encoding);
        let Some(bytes) = bytes else { return Self { text, header: None, flaw: encoding } };
        match Header::read(&bytes) {
            Ok(header) => Self { text, header: Some(header), flaw: encoding },
            Err(flaw) => Self { text, header: None, flaw: Some(flaw) },
        }
    }

    /// The characters that stand for the bytes `start..end`.
    pub fn bytes(&self, start: usize, end: usize) -> Place<'d> {
        let end = (end.max(start + 1) * 4).div_ceil(3).min(self.text.text.len());
        self.text.node.inside((start * 4 / 3).min(end), end)
    }
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, HeaderFlaw> {
        let text = std::str::from_utf8(bytes).map_err(|error| HeaderFlaw::NotUtf8(error.valid_up_to()))?;
        let document = parse(bytes);
        let fault = document.faults().iter().find(|fault| fault.kind != FaultKind::HugeNumber);
        if let Some(fault) = fault {
            let span = fault.span.range();
            return Err(HeaderFlaw::NotJson(text.to_owned(), span.start, span.end));
        }
        let root = document.root();
        if !root.is_object() {
            return Err(HeaderFlaw::NotObject(root.kind()));
        }
        let mut parameters: Vec<(String, Parameter)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for member in root.children() {
            let name = member.key().unwrap_or_default();
            if !seen.insert(name.clone()) {
                let span = member.key_span().unwrap_or_default().range();
                return Err(HeaderFlaw::Duplicate(name.into_owned(), span.start, span.end));
            }
            parameters.push((name.into_owned(), parameter(member)));
        }
        Ok(Self(parameters))
    }

    /// The parameter called `name`.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// All names with the strings that they have for values.
    pub fn texts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(name, value)| {
            let text = match value {
                Parameter::Text(text) => Some(text.as_str()),
                _ => None,
            };
            (name.as_str(), text)
        })
    }

    /// The string parameter called `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Parameter::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The names of the parameters.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

fn parameter(node: Node<'_>) -> Parameter {
    match node.kind() {
        NodeKind::Null => Parameter::Null,
        NodeKind::String => Parameter::Text(node.string().unwrap_or_default().into_owned()),
        NodeKind::Array => {
            Parameter::List(node.children().map(|item| item.string().map(String::from)).collect())
        }
        NodeKind::True | NodeKind::False | NodeKind::Number | NodeKind::Object => Parameter::Other,
    }
}

/// Reads over bits that do not fit into the last byte.
const LENIENT: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));

/// Decodes base64url as RFC 7515 section 2 wants it.
fn decode(text: Text<'_>) -> Encoded<'_> {
    let (bytes, flaw) = match URL_SAFE_NO_PAD.decode(text.text.as_ref()) {
        Ok(bytes) if bytes.is_empty() => (None, Some(Flaw::Empty)),
        Ok(bytes) => (Some(bytes), None),
        Err(DecodeError::InvalidLastSymbol(..)) => {
            let last = text.text.len().saturating_sub(1);
            (LENIENT.decode(text.text.as_ref()).ok(), Some(Flaw::TrailingBits(last)))
        }
        Err(_) => (None, Some(flaw(&text.text))),
    };
    Encoded { text, bytes, flaw }
}

/// The first thing that is wrong in a text that is not base64url.
fn flaw(text: &str) -> Flaw {
    let body = text.trim_end_matches('=');
    let is_known = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    let is_compact = body.matches('.').count() == 2 && body.chars().all(|char| is_known(char) || char == '.');
    match body.char_indices().find(|&(_, char)| !is_known(char)) {
        Some(_) if is_compact => Flaw::Compact,
        Some((at, char)) => Flaw::Character(at, char),
        None if body.is_empty() && text.is_empty() => Flaw::Empty,
        None if body.len() < text.len() => Flaw::Padding(body.len()),
        None => Flaw::Length,
    }
}

/// The base64url form of a text that differs from it in padding, white space, the standard alphabet or trailing bits.
pub fn to_base64url(text: &str) -> Option<String> {
    let body: String = text
        .trim_end_matches(['=', ' ', '\n', '\r', '\t'])
        .chars()
        .filter(|char| !char.is_ascii_whitespace())
        .map(|char| match char {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .collect();
    let bytes = LENIENT.decode(&body).ok().filter(|bytes| !bytes.is_empty())?;
    Some(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_flaw_of_a_text_is_told() {
        let cases = [
            ("ab+d", Flaw::Character(2, '+')),
            ("ab/d==", Flaw::Character(2, '/')),
            ("ab\ncd", Flaw::Character(2, '\n')),
            ("YQ==", Flaw::Padding(2)),
            ("====", Flaw::Padding(0)),
            ("abcde", Flaw::Length),
            ("abc.def.ghi", Flaw::Compact),
            ("a\u{e9}", Flaw::Character(1, '\u{e9}')),
            ("", Flaw::Empty),
        ];
        for (text, expected) in cases {
            assert_eq!(flaw(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_meant_is_written_in_base64url() {
        assert_eq!(to_base64url("-_+/\n YQ=="), Some("-_-_YQ".to_owned()));
        assert_eq!(to_base64url("YR"), Some("YQ".to_owned()));
        assert_eq!(to_base64url("a.b"), None);
    }
}
