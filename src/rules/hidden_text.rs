use crate::diagnostic::{Edit, Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::Node;
use crate::text::Span;
use crate::words::{push_visible, quoted};
use memchr::{memchr3, memmem};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "hidden-text",
        aliases: &[],
        group: Group::Security,
        severity: Severity::Warning,
        applies_to: "every kind and version",
        summary: "a text or a name holds characters that nobody sees, or that show it in another order",
        why: "People review what they see, models and programs read what is there. Hidden characters carry instructions past \
              a reviewer, make two names look like one, and keep searches from finding a word.",
        fixing: Fixing::Sometimes(
            "In a text the characters go; unsafe, since nobody sees what changes, and whoever put them there \
             may have had a reason. In a name they stay, since under another name the value means something \
             else.",
        ),
        examples: &[
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Ti\u200bdes", "description": "Tells \u202eedit eht\u202c today.",
             ^^^^^^ warning: `Ti\u{200b}des` holds the hidden character U+200B (zero width space)
                                               ^^^^^^ warning: `Tells \u{202e}edit eht\u{202c} today.` holds 2 hidden characters: U+202E (right-to-left override), U+202C (end of an override)
  "skills": [{ "tags": ["a\ufeffb", "\u2068left open"] }] }
                          ^^^^^^ warning: `a\u{feff}b` holds the hidden character U+FEFF (zero width no-break space)
                                     ^^^^^^ warning: `\u{2068}left open` holds the hidden character U+2068 (isolate without an end)
"#,
                r#"
{ "name": "Tides", "description": "Tells edit eht today.",
  "skills": [{ "tags": ["ab", "left open"] }] }
"#,
            )
            .shows(&["UTS 55 s3", "CWE-1007"]),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", "sk\u2060ills": [] }
                      ^^^^^^ warning: `sk\u{2060}ills` holds the hidden character U+2060 (word joiner)
"#,
            ),
            Example::bad(
                Setup::V0_3,
                "
{ \"description\": \"Tells the tide\u{200b}.\\udb40\\udc69\\udb40\\udc67\\udb40\\udc6e\\udb40\\udc6f\\udb40\\udc72\\udb40\\udc65\" }
                                ^ warning: `Tells the tide\\u{200b}.\\u{e0069}\\u{e0067}\\u{e006e}\\u{e006f}\\u{e0072}\\u{e0065}` hides `ignore` in tag characters
",
            ),
            Example::good(
                Setup::V0_3,
                r#"
{ "name": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \ud83d\udc68\u200d\ud83d\udc69",
  "description": "\u2067\u05e9\u05dc\u05d5\u05dd\u2069\u200e \ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f caf\u00e9" }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.holds_nothing() || !may_hide(file.document.text()) {
        return;
    }
    for node in file.root.subtree() {
        let texts = [node.key_span(), node.is_string().then(|| node.span())];
        for (number, span) in texts.into_iter().enumerate() {
            if span.is_some_and(|span| may_hide(&file.document.text()[span.range()])) {
                let is_name = number == 0;
                let letters = if is_name { node.key_letters().collect() } else { node.letters().collect() };
                look(node, &letters, is_name, report);
            }
        }
    }
}

/// Whether one of the first bytes of hidden characters stands in `text`, or an escape that may be one.
fn may_hide(text: &str) -> bool {
    memchr3(0xE2, 0xEF, 0xF3, text.as_bytes()).is_some() || memmem::find(text.as_bytes(), b"\\u").is_some()
}

type Letters = Vec<(Span, char)>;

fn look(node: Node<'_>, letters: &Letters, is_name: bool, report: &mut Report<'_>) {
    let runs = runs(&hidden(letters));
    let Some(&(first, last)) = runs.first() else { return };
    let span = |&(first, last): &(usize, usize)| Span::new(letters[first].0.start, letters[last].0.end);
    let all: Vec<char> =
        runs.iter().flat_map(|&(first, last)| &letters[first..=last]).map(|(_, char)| *char).collect();
    let message = format!("{} {}", around(letters, first, last), words(&all));
    let mut found = report
        .at_span(span(&(first, last)), node, message)
        .help("take them out, so that programs read what people see");
    for run in runs.iter().skip(1).take(8) {
        found = found.related_span(span(run), node, "and here");
    }
    // Under another name the value may mean something else.
    if is_name {
        return;
    }
    let edits = runs.iter().map(|run| Edit { span: span(run), text: String::new() }).collect();
    found.fix(Safety::Unsafe, "take the hidden characters out", edits);
}

/// The text around the characters `first..=last`, with all that is hidden made visible.
fn around(letters: &Letters, first: usize, last: usize) -> String {
    const NEAR: usize = 16;
    let (from, to) = (first.saturating_sub(NEAR), (last.min(first + 4) + NEAR).min(letters.len() - 1));
    let mut shown = String::from("`");
    if from > 0 {
        shown.push_str("...");
    }
    letters[from..=to].iter().for_each(|(_, char)| push_visible(&mut shown, *char));
    shown.push_str(if to + 1 < letters.len() { "...`" } else { "`" });
    shown
}

/// What is hidden, in words that follow the text.
fn words(hidden: &[char]) -> String {
    let tagged: String = hidden.iter().filter_map(|char| meaning(*char)).collect();
    if !tagged.trim().is_empty() {
        return format!("hides {} in tag characters", quoted(&tagged));
    }
    let mut kinds: Vec<char> = Vec::new();
    hidden.iter().for_each(|char| {
        if !kinds.contains(char) {
            kinds.push(*char)
        }
    });
    let names: Vec<String> =
        kinds.iter().take(4).map(|char| format!("U+{:04X} ({})", u32::from(*char), name(*char))).collect();
    match hidden.len() {
        1 => format!("holds the hidden character {}", names.concat()),
        count => format!("holds {count} hidden characters: {}", names.join(", ")),
    }
}

/// The letter that a tag character stands for.
fn meaning(char: char) -> Option<char> {
    let code = u32::from(char).checked_sub(0xE0000)?;
    char::from_u32(code).filter(|letter| matches!(letter, ' '..='~'))
}

fn name(char: char) -> &'static str {
    match char {
        '\u{200B}' => "zero width space",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "zero width no-break space",
        '\u{202C}' => "end of an override",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2066}'..='\u{2068}' => "isolate without an end",
        '\u{2069}' => "end of no isolate",
        _ => "tag character",
    }
}

/// Neighbours among the places, each run by its first and last.
fn runs(places: &[usize]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &place in places {
        match runs.last_mut().filter(|(_, last)| last + 1 == place) {
            Some((_, last)) => *last = place,
            None => runs.push((place, place)),
        }
    }
    runs
}

/// The places of the hidden characters, in their order.
fn hidden(letters: &Letters) -> Vec<usize> {
    let mut found = Vec::new();
    let mut directions: Vec<bool> = Vec::new();
    let mut isolates: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(&(_, char)) = letters.get(at) {
        match char {
            '\u{200B}' | '\u{2060}' | '\u{FEFF}' => found.push(at),
            '\u{202A}' | '\u{202B}' => directions.push(false),
            '\u{202D}' | '\u{202E}' => {
                directions.push(true);
                found.push(at);
            }
            // The end of an embedding is as visible as its start.
            '\u{202C}' if directions.pop() == Some(true) => found.push(at),
            '\u{2066}'..='\u{2068}' => isolates.push(at),
            '\u{2069}' if isolates.pop().is_none() => found.push(at),
            // What a paragraph leaves open ends with it.
            '\n' | '\r' | '\u{85}' | '\u{2029}' => {
                found.append(&mut isolates);
                directions.clear();
            }
            '\u{E0000}'..='\u{E007F}' => {
                let count = letters[at..].iter().take_while(|(_, char)| is_tag(*char)).count();
                let is_flag =
                    at > 0 && letters[at - 1].1 == '\u{1F3F4}' && is_region(&letters[at..at + count]);
                if !is_flag {
                    found.extend(at..at + count);
                }
                at += count - 1;
            }
            _ => {}
        }
        at += 1;
    }
    found.append(&mut isolates);
    found.sort_unstable();
    found
}

fn is_tag(char: char) -> bool {
    matches!(char, '\u{E0000}'..='\u{E007F}')
}

/// Whether tag characters name a region, as in the flags of England, Scotland and Wales: a code and an end.
fn is_region(tags: &[(Span, char)]) -> bool {
    let Some(((_, '\u{E007F}'), code)) = tags.split_last() else { return false };
    let is_letter = |char: char| {
        meaning(char).is_some_and(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    };
    (3..=6).contains(&code.len()) && code.iter().all(|(_, char)| is_letter(*char))
}
