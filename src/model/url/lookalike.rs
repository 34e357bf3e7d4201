//! Host names that pass for others: letters of two scripts in one label, or a known name in letters of another script.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use std::borrow::Cow;

/// A host name that passes for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// The host as a person sees it.
    pub host: String,
    /// What gives it away.
    pub sign: Sign,
}

/// What gives a lookalike away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// A label has letters of two scripts; the second one begins with the letter.
    Mixed(&'static str, &'static str, char),
    /// A label of this script reads like the name of somebody known.
    Reads(&'static str, &'static str),
}

/// The scripts whose letters pass for each other's. Others stand beside Latin letters in honest names.
const SCRIPTS: [(Script, &str); 5] = [
    (Script::Latin, "Latin"),
    (Script::Cyrillic, "Cyrillic"),
    (Script::Greek, "Greek"),
    (Script::Armenian, "Armenian"),
    (Script::Cherokee, "Cherokee"),
];

/// Letters that cannot be told from a Latin one in most fonts.
const TWINS: [(char, char); 17] = [
    ('\u{430}', 'a'),
    ('\u{441}', 'c'),
    ('\u{501}', 'd'),
    ('\u{435}', 'e'),
    ('\u{4bb}', 'h'),
    ('\u{456}', 'i'),
    ('\u{458}', 'j'),
    ('\u{4cf}', 'l'),
    ('\u{43e}', 'o'),
    ('\u{440}', 'p'),
    ('\u{51b}', 'q'),
    ('\u{455}', 's'),
    ('\u{475}', 'v'),
    ('\u{51d}', 'w'),
    ('\u{445}', 'x'),
    ('\u{443}', 'y'),
    ('\u{44c}', 'b'),
];

/// Names that can be written with [`TWINS`] alone, and are no words of a language that uses them.
const KNOWN: [&str; 9] = ["apple", "paypal", "yahoo", "ebay", "cisco", "spacex", "alibaba", "sap", "adobe"];

/// What gives `host` away, if it passes for another one. Names in ASCII are taken for what they are.
pub(super) fn lookalike(host: &str) -> Option<Lookalike> {
    let is_encoded = |label: &str| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    if host.is_ascii() && !host.split('.').any(is_encoded) {
        return None;
    }
    let (host, _) = idna::domain_to_unicode(host);
    let sign = host.split('.').find_map(sign)?;
    Some(Lookalike { host, sign })
}

fn sign(label: &str) -> Option<Sign> {
    let scripts = CodePointMapData::<Script>::new();
    let name = |char| SCRIPTS.iter().find(|(script, _)| *script == scripts.get(char)).map(|(_, name)| *name);
    let mut found: Option<&'static str> = None;
    for char in label.chars() {
        match (found, name(char)) {
            (Some(first), Some(other)) if first != other => return Some(Sign::Mixed(first, other, char)),
            (None, Some(first)) => found = Some(first),
            _ => {}
        }
    }
    let read: Option<String> = label.chars().map(twin).collect();
    let known = KNOWN.iter().find(|known| read.as_deref() == Some(**known))?;
    Some(Sign::Reads(found?, known))
}

fn twin(char: char) -> Option<char> {
    TWINS.iter().find(|(own, _)| *own == char).map(|(_, twin)| *twin)
}

impl Lookalike {
    /// What gives it away, in words that follow its name.
    pub fn words(&self) -> Cow<'static, str> {
        match self.sign {
            Sign::Mixed(first, second, char) => {
                let code = u32::from(char);
                format!("has {first} and {second} letters in one name, such as `{char}` (U+{code:04X})")
                    .into()
            }
            Sign::Reads(script, name) => format!("reads like `{name}`, in {script} letters").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_pass_for_others_are_known() {
        let sign = |host: &str| lookalike(host).map(|found| found.sign);
        assert_eq!(sign("p\u{430}ypal.example"), Some(Sign::Mixed("Latin", "Cyrillic", '\u{430}')));
        assert_eq!(sign("a.xn--pypal-4ve.example"), Some(Sign::Mixed("Latin", "Cyrillic", '\u{430}')));
        assert_eq!(sign("g\u{3bf}ogle.example"), Some(Sign::Mixed("Latin", "Greek", '\u{3bf}')));
        assert_eq!(
            sign("\u{430}\u{440}\u{440}\u{4cf}\u{435}.example"),
            Some(Sign::Reads("Cyrillic", "apple"))
        );
    }

    #[test]
    fn honest_names_are_not() {
        for host in [
            "m\u{fc}nchen.example",
            "xn--mnchen-3ya.example",
            "\u{65e5}\u{672c}.example",
            "\u{65e5}\u{672c}go.example",
            "\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
            "api.\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.com",
            "\u{441}\u{430}\u{445}\u{430}\u{440}.com",
            "\u{3c0}\u{3b1}\u{3c1}\u{3ac}\u{3b4}\u{3b5}\u{3b9}\u{3b3}\u{3bc}\u{3b1}-1.example",
            "\u{645}\u{62b}\u{627}\u{644}.example",
            "xn--.example",
            "paypal.example",
        ] {
            assert_eq!(lookalike(host), None, "{host}");
        }
    }
}
