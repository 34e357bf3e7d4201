//! The numbers of RFC 8259.

/// What stands at the start of a text.
pub(super) struct Number {
    /// Its length in bytes.
    pub(super) len: usize,
    /// Whether it has an exponent or so many digits that it might exceed a double.
    pub(super) may_be_huge: bool,
}

/// More integer digits than this may exceed a double.
const SAFE_DIGITS: usize = 308;

/// The number at the start of `bytes`, if there is a well-formed one.
pub(super) fn scan(bytes: &[u8]) -> Option<Number> {
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let integer = digits(bytes, at)?;
    if integer > 1 && bytes.get(at) == Some(&b'0') {
        return None;
    }
    at += integer;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        at += digits(bytes, at)?;
    }
    let mut may_be_huge = integer > SAFE_DIGITS;
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        may_be_huge = true;
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at += digits(bytes, at)?;
    }
    Some(Number { len: at, may_be_huge })
}

/// How many digits stand at `at`; `None` without any.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(count)
}

/// Whether a well-formed number is beyond the range of a double.
pub(super) fn is_huge(number: &str) -> bool {
    number.parse::<f64>().is_ok_and(f64::is_infinite)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_numbers_of_the_grammar_are_read() {
        for good in ["0", "-0", "10", "1.5", "1E5", "1e+05", "-0.0e-1", "123456789012345678901234567890"] {
            assert_eq!(scan(good.as_bytes()).map(|number| number.len), Some(good.len()), "{good}");
        }
        for bad in ["", "-", "+1", ".5", "1.", "01", "-01", "1e", "1e+", "x"] {
            assert!(scan(bad.as_bytes()).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_number_is_huge_beyond_the_largest_double() {
        assert!(is_huge("1e309") && is_huge("-1e400"));
        assert!(!is_huge("1.7976931348623157e308") && !is_huge("1e-400") && !is_huge("0e999"));
    }
}
