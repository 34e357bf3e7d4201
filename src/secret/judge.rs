//! What tells a credential from a sample of one.

/// Words in values that were made up for documentation.
const SAMPLE_WORDS: [&str; 20] = [
    "example",
    "sample",
    "placeholder",
    "your",
    "change",
    "replace",
    "redacted",
    "dummy",
    "fake",
    "insert",
    "xxxx",
    "todo",
    "demo",
    "1234567",
    "abcdefg",
    "removed",
    "hidden",
    "secret-here",
    "token-here",
    "foobar",
];

/// Passwords that stand for one in documentation.
const SAMPLE_PASSWORDS: [&str; 10] =
    ["pass", "password", "passwd", "pwd", "pw", "secret", "token", "key", "apikey", "api_key"];

/// Whether `value` was made up to show the form of one: it says so, is a template, or has little variety.
pub(super) fn is_sample(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_template =
        value.contains(['{', '}', '<', '>', '$', '*', '[', ']', '\u{2026}']) || value.contains("...");
    let is_shell = value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    is_template || is_shell || SAMPLE_WORDS.iter().any(|word| lower.contains(word)) || variety(value) < 5
}

/// How many different characters `value` has.
fn variety(value: &str) -> usize {
    let mut seen = [false; 256];
    value.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count()
}

/// Whether `value` has at least `length` characters and looks drawn by lot: many different characters, digits among
/// letters, and not in words.
pub(super) fn is_random(value: &str, length: usize) -> bool {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=_-.~%".contains(&byte);
    if value.len() < length || !value.bytes().all(is_fit) || is_sample(value) || variety(value) < 8 {
        return false;
    }
    let letters: Vec<u8> = value.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let changes =
        letters.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    let has = |class: fn(&u8) -> bool| letters.iter().any(class);
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    if is_mixed { changes >= 2 && 2 * in_words(value) < value.len() } else { changes >= 4 }
}

/// How many bytes of `value` are in runs of small letters that are as long as words.
fn in_words(value: &str) -> usize {
    let runs = value.split(|char: char| !char.is_ascii_lowercase());
    runs.map(str::len).filter(|length| *length >= 3).map(|length| length + 1).sum()
}

/// Whether `value` can be a password that somebody made up, in a place where passwords stand.
pub(super) fn is_password(value: &str) -> bool {
    let classes: [fn(&u8) -> bool; 4] =
        [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, u8::is_ascii_punctuation];
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let mixed =
        has_digit && classes.iter().filter(|class| value.bytes().any(|byte| class(&byte))).count() >= 3;
    let has_word = value.to_ascii_lowercase().contains("ssw");
    value.len() >= 8 && mixed && !has_word && !is_sample(value) && !value.contains([' ', ':'])
}

/// Whether `value` stands in a URL, behind a user's name, only to show where a password goes.
pub(super) fn is_sample_password(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    SAMPLE_PASSWORDS.contains(&lower.as_str())
        || value.contains(['{', '}', '<', '>', '$', '*'])
        || ["example", "your", "placeholder", "xxx", "...", "password", "redacted"]
            .iter()
            .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_drawn_by_lot_is_known() {
        for value in [
            "9fK2mQ7xLw4Zr8TnVb3Y",
            "a81f09c3d57e4b26a0c9f1d3e5b78246",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzq19kT",
            "3f0e7a52-93c4-4d5b-8a61-0f2b7c9d3e58",
        ] {
            assert!(is_random(value, 16), "{value}");
        }
        for value in [
            "jwt_token_for_authenticated_users",
            "api_key_for_private_recipes",
            "gpt-4o-mini-2024-07-18",
            "YOUR_API_KEY_0123456789ab",
            "xxxxxxxxxxxxxxxxxxxxxxxx1a2b",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "enterprise_jwt_token_or_certificate",
            "00000000-0000-0000-0000-000000000000",
            "https://login.example.com/v2.0",
            "agent.v1.internal.service.v2",
            "OAuth2.0-ClientCredentials-v2",
            "Tides2Harbour4Night17",
            "short1A2",
        ] {
            assert!(!is_random(value, 16), "{value}");
        }
    }

    #[test]
    fn passwords_are_told_from_words() {
        for value in ["Tr0ub4dor&3", "kX9!vQ2m"] {
            assert!(is_password(value), "{value}");
        }
        for value in
            ["password", "P4ssw0rd", "header", "X-API-Key", "P@ssword1", "${DB_PASS1}", "in Header 1!"]
        {
            assert!(!is_password(value), "{value}");
        }
    }
}
