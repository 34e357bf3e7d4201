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

/// Parts of the samples of jwt.io, RFC 7519 and RFC 7617, which are encoded.
const KNOWN_SAMPLES: [&str; 3] =
    ["eyJzdWIiOiIxMjM0NTY3ODkw", "eyJpc3MiOiJqb2UiLA0KICJleHAi", "QWxhZGRpbjpvcGVuIHNlc2FtZQ"];

/// The longest value in which such words are looked for: random letters that are longer hold one of them by chance.
const SHORT: usize = 100;

/// Passwords that stand for one in documentation.
const SAMPLE_PASSWORDS: [&str; 10] =
    ["pass", "password", "passwd", "pwd", "pw", "secret", "token", "key", "apikey", "api_key"];

/// Whether `value` was made up to show the form of one: it says so, is a template, or has little variety.
pub(super) fn is_sample(value: &str) -> bool {
    let says_so = || {
        let lower = value.to_ascii_lowercase();
        SAMPLE_WORDS
            .iter()
            .any(|word| lower.match_indices(word).any(|(at, word)| is_written_as_word(value, at, word)))
    };
    is_template(value) || variety(value) < 5 || (value.len() <= SHORT && says_so()) || is_known_sample(value)
}

/// Whether the letters of the word that `value` has at `at` are all small, all capitals, or a capital and small ones: among letters
/// that were drawn by lot a word is rarely written so.
fn is_written_as_word(value: &str, at: usize, word: &str) -> bool {
    let written = value.get(at..at + word.len()).unwrap_or_default();
    let rest = written.get(1..).unwrap_or_default();
    let is_small = |text: &str| !text.bytes().any(|byte| byte.is_ascii_uppercase());
    is_small(rest) || !written.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether `value` holds a sample that everybody knows.
pub(super) fn is_known_sample(value: &str) -> bool {
    KNOWN_SAMPLES.iter().any(|known| value.contains(known))
}

/// Whether the body of a private key was made up.
pub(super) fn is_sample_key(body: &str) -> bool {
    let letters: String = body.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_short = letters.len() <= SHORT;
    body.contains("...") || body.contains(['\u{2026}', '<', '{', '*']) || variety(&letters) < 12 || {
        is_short && is_sample(&letters)
    }
}

/// Whether something has to be put in the place of `value`, or of a part of it.
fn is_template(value: &str) -> bool {
    let encloses = |open, close| value.contains(open) && value.contains(close);
    let is_shell = value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    let is_variable = value.strip_prefix('$').is_some_and(|name| {
        name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    });
    encloses('<', '>')
        || encloses('{', '}')
        || encloses('[', ']')
        || value.contains("$(")
        || value.contains("...")
        || value.contains('\u{2026}')
        || super::is_masked(value)
        || is_shell
        || is_variable
}

/// How many different characters `value` has.
pub(super) fn variety(value: &str) -> usize {
    let mut seen = [false; 256];
    value.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    seen.iter().filter(|seen| **seen).count()
}

/// Whether `byte` can be part of a value that was drawn by lot.
pub(super) fn is_random_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/=_-.~%".contains(&byte)
}

/// Whether `value` has at least `length` characters and looks drawn by lot: many different characters, digits among
/// letters, and not in words.
pub(super) fn is_random(value: &str, length: usize) -> bool {
    let is_list = value.trim_end_matches('=').contains('=');
    if value.len() < length || is_list || !value.bytes().all(is_random_byte) || variety(value) < 8 {
        return false;
    }
    if is_sample(value) {
        return false;
    }
    let letters: Vec<u8> = value.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let count =
        |differ: fn(u8, u8) -> bool| letters.windows(2).filter(|pair| differ(pair[0], pair[1])).count();
    let changes = count(|one, other| one.is_ascii_digit() != other.is_ascii_digit());
    let has = |class: fn(&u8) -> bool| letters.iter().any(class);
    let in_words = 2 * in_words(value) >= value.len();
    if has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) {
        // Words have few capitals beside each other.
        let of_case = || {
            let is_capital = |byte: u8| byte.is_ascii_uppercase();
            let capitals =
                letters.windows(2).filter(|pair| is_capital(pair[0]) && is_capital(pair[1])).count();
            capitals >= 3 && 5 * count(|one, other| class(one) != class(other)) >= 2 * letters.len()
        };
        !in_words && (changes >= 2 || of_case())
    } else {
        let is_joined = value.contains(['-', '_', '.', '/']);
        changes >= 4 && !(is_joined && in_words)
    }
}

/// The class of a letter or digit.
fn class(byte: u8) -> u8 {
    u8::from(byte.is_ascii_digit()) + 2 * u8::from(byte.is_ascii_uppercase())
}

/// How many bytes of `value` are in runs of small letters that are as long as words.
fn in_words(value: &str) -> usize {
    let runs = value.split(|char: char| !char.is_ascii_lowercase());
    runs.map(str::len).filter(|length| *length >= 4).map(|length| length + 1).sum()
}

/// Whether `value` can be the beginning of a credential that the end of the text cut off.
pub(super) fn is_fragment(value: &str) -> bool {
    value.len() >= 6
        && value.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || !byte.is_ascii())
        && !value.contains(char::is_whitespace)
        && !is_sample(value)
}

/// Whether `value` can be a password that somebody made up, in a place where passwords stand.
pub(super) fn is_password(value: &str) -> bool {
    let classes: [fn(char) -> bool; 5] = [
        |char| char.is_ascii_lowercase(),
        |char| char.is_ascii_uppercase(),
        |char| char.is_ascii_digit(),
        |char| char.is_ascii_punctuation(),
        |char| !char.is_ascii(),
    ];
    let kinds = classes.iter().filter(|class| value.chars().any(class)).count();
    let has_digit = value.chars().any(char::is_numeric);
    let is_foreign = !value.is_ascii();
    let mixed = (has_digit && kinds >= 3) || (is_foreign && has_digit && kinds >= 2);
    let has_word = value.to_ascii_lowercase().contains("ssw");
    // A path, or words of a list.
    let parts = value.split(['/', '-', '_', '.', '=']).count();
    let is_joined = parts >= 3 && 2 * in_words(value) >= value.len();
    value.chars().count() >= 8
        && mixed
        && !has_word
        && !is_joined
        && !is_sample(value)
        && !value.contains([' ', ':'])
}

/// Whether `value` stands in a URL, behind a user's name, only to show where a password goes.
pub(super) fn is_sample_password(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    // A mask that short could not be told from text.
    value.chars().count() < 3
        || SAMPLE_PASSWORDS.contains(&lower.as_str())
        || is_template(value)
        || value.chars().all(|char| char == '*')
        || ["example", "your", "placeholder", "xxx", "password", "redacted"]
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
            "iLPoZvQIUpfMXjbSCRsO",
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
            "keyvault-ref-2024-prod-v2-x1",
            "OAuth2.0-ClientCredentials-v2",
            "getIdOfTheUserForTheApi",
            "Tides2Harbour4Night17",
            "short1A2",
        ] {
            assert!(!is_random(value, 16), "{value}");
        }
    }

    #[test]
    fn passwords_are_distinguished_from_words() {
        for value in [
            "Tr0ub4dor&3",
            "kX9!vQ2m",
            "pa$$T0wn",
            "\u{41f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}42",
            "\u{79d8}\u{5bc6}\u{7684}\u{94a5}\u{5319}\u{4e00}\u{4e8c}7!",
        ] {
            assert!(is_password(value), "{value}");
        }
        for value in [
            "password",
            "P4ssw0rd",
            "header",
            "X-API-Key",
            "P@ssword1",
            "${DB_PASS1}",
            "in Header 1!",
            "$DB_PASS1",
        ] {
            assert!(!is_password(value), "{value}");
        }
    }

    #[test]
    fn words_in_long_random_texts_say_nothing() {
        let random = "9fK2mQ7xLw4Zr8TnVb3Y".repeat(8);
        assert!(!is_sample(&format!("{random}demo{random}")));
        assert!(is_sample("9fK2mQ7xLw4demo"));
        assert!(!is_sample_key(&format!("{random}xxxx")));
        assert!(is_sample_key("MIIEexampleR4nD0mT0k3nF0rT3sts9XyZq"));
        assert!(is_sample_key(&format!("{random}...")));
    }
}
