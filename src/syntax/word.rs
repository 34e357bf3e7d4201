//! Text without quotation marks: literals, numbers, and what people write in their place.

use super::number;
use super::token::TokenKind;
use super::{FaultKind, NodeKind};

const LITERALS: [(&str, NodeKind); 3] =
    [("true", NodeKind::True), ("false", NodeKind::False), ("null", NodeKind::Null)];

/// What other languages call `null`.
const NULLS: [&str; 3] = ["none", "nil", "nul"];

const NOT_IN_JSON: [&str; 4] = ["undefined", "nan", "infinity", "inf"];

/// What a run of letters, digits, signs, dots and underscores is; a [`TokenKind::Word`] if it is nothing else.
pub(super) fn classify(run: &str) -> TokenKind {
    if let Some(&(_, kind)) = LITERALS.iter().find(|(name, _)| *name == run) {
        return TokenKind::Literal(kind);
    }
    if number::scan(run.as_bytes()).is_some_and(|number| number.len == run.len()) {
        return if number::is_huge(run) { TokenKind::HugeNumber } else { TokenKind::Number };
    }
    let unsigned = run.trim_start_matches(['+', '-']);
    if NOT_IN_JSON.iter().any(|name| unsigned.eq_ignore_ascii_case(name)) {
        return TokenKind::NoSuchLiteral;
    }
    if let Some(kind) = misspelt(run) {
        return TokenKind::Misspelt(kind);
    }
    if looks_like_number(run) { TokenKind::BadNumber } else { TokenKind::Word }
}

fn misspelt(run: &str) -> Option<NodeKind> {
    // Longer runs are no slip of the finger, and lower-casing them would cost time.
    if run.len() > 6 {
        return None;
    }
    let lower = run.to_ascii_lowercase();
    if NULLS.contains(&lower.as_str()) {
        return Some(NodeKind::Null);
    }
    LITERALS.iter().find(|(name, _)| is_slip(&lower, name)).map(|&(_, kind)| kind)
}

/// Whether `typed` is `meant` with one letter left out, put in, or swapped with its neighbour.
fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    if typed == meant {
        return true;
    }
    let same_start = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (a, b) = (typed.get(same_start..).unwrap_or_default(), meant.get(same_start..).unwrap_or_default());
    match (a, b) {
        ([a0, a1, a_rest @ ..], [b0, b1, b_rest @ ..]) if a0 == b1 && a1 == b0 && a_rest == b_rest => true,
        (a, [_, b_rest @ ..]) if a == b_rest => true,
        ([_, a_rest @ ..], b) if a_rest == b => true,
        _ => false,
    }
}

fn looks_like_number(run: &str) -> bool {
    let unsigned = run.trim_start_matches(['+', '-']);
    let starts_well = unsigned.trim_start_matches('.').starts_with(|char: char| char.is_ascii_digit());
    let only_digits =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit() || b"xX_.+-oO".contains(&byte));
    (unsigned.is_empty() && !run.is_empty()) || (starts_well && only_digits(unsigned))
}

/// The fault of a token that stands for a value, if it has one of its own.
pub(super) fn value_fault(kind: TokenKind) -> Option<FaultKind> {
    match kind {
        TokenKind::Misspelt(NodeKind::True) => Some(FaultKind::MisspeltLiteral("true")),
        TokenKind::Misspelt(NodeKind::False) => Some(FaultKind::MisspeltLiteral("false")),
        TokenKind::Misspelt(_) => Some(FaultKind::MisspeltLiteral("null")),
        TokenKind::NoSuchLiteral => Some(FaultKind::NoSuchLiteral),
        TokenKind::HugeNumber => Some(FaultKind::HugeNumber),
        TokenKind::BadNumber => Some(FaultKind::BadNumber),
        TokenKind::Template => Some(FaultKind::Template),
        TokenKind::Word => Some(FaultKind::UnquotedText),
        TokenKind::Dots => Some(FaultKind::Ellipsis),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_is_told_from_what_is_not() {
        use TokenKind::*;
        let cases = [
            ("true", Literal(NodeKind::True)),
            ("True", Misspelt(NodeKind::True)),
            ("tru", Misspelt(NodeKind::True)),
            ("ture", Misspelt(NodeKind::True)),
            ("flase", Misspelt(NodeKind::False)),
            ("NULL", Misspelt(NodeKind::Null)),
            ("None", Misspelt(NodeKind::Null)),
            ("-Infinity", NoSuchLiteral),
            ("undefined", NoSuchLiteral),
            ("-1.5e3", Number),
            ("1e999", HugeNumber),
            ("+1", BadNumber),
            (".5", BadNumber),
            ("1.", BadNumber),
            ("01", BadNumber),
            ("0x1F", BadNumber),
            ("1_000", BadNumber),
            ("-", BadNumber),
            ("1e", BadNumber),
            ("10s", Word),
            ("full", Word),
            ("text", Word),
        ];
        for (run, kind) in cases {
            assert_eq!(classify(run), kind, "{run}");
        }
    }
}
