use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, Report, Rule};
use crate::syntax::{Document, Fault, FaultKind};

mod fix;
mod words;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-json",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a text is not JSON by RFC 8259",
        why: "A reader of JSON refuses the whole file at the first such place, so to its clients the agent does not exist. \
              Editors and JavaScript let much of it pass, which is why it goes unnoticed.",
        fixing: Fixing::Sometimes(
            "Where one way of writing is meant without doubt, the text is put right: trailing commas, \
             quotation marks, fences, misspelt literals. Where the repair is a guess or drops something, as \
             with comments and lost brackets, it is unsafe. What was cut off cannot be restored.",
        ),
        examples: &[
            Example::bad(
                Setup::V1_0,
                r#"

| error: the file holds nothing but white space
"#,
            ).shows(&["A2A-N001", "A2A-N004", "RFC 8259 s2"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides", "capabilities": { "streaming": true, }, }
                                                      ^ error: trailing comma before `}`
                                                         ^ error: trailing comma before `}`
"#,
                r#"
{ "name": "Tides", "capabilities": { "streaming": true } }
"#,
            ).shows(&["RFC 8259 s4"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "skills": [,{ "id": "now" },, { "id": "next" }], , "name": "Tides" }
             ^ error: comma without an element before it
                              ^ error: comma without an element before it
                                                   ^ error: comma without a member before it
"#,
                r#"
{ "skills": [{ "id": "now" }, { "id": "next" }],  "name": "Tides" }
"#,
            ).shows(&["RFC 8259 s5"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "name": "Tides"
                 | error: missing comma between two members
  "skills": [{ "id": "now", "tags": ["tide" "sea"] }]
                                           | error: missing comma between two elements
}
"#,
                r#"
{
  "name": "Tides",
  "skills": [{ "id": "now", "tags": ["tide", "sea"] }]
}
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name" "Tides", "version": "1.0.0" }
        | error: missing colon after `name`
"#,
                r#"
{ "name": "Tides", "version": "1.0.0" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name" = "Tides"; "version" => "1.0.0", "description": "Tells the tide." }
         ^ error: `=` where a colon belongs
                  ^ error: `;` where a comma belongs
                              ^^ error: `=>` where a colon belongs
"#,
                r#"
{ "name" : "Tides", "version" : "1.0.0", "description": "Tells the tide." }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides", "skills": ["now": "next"] }
                                   ^ error: `:` where a comma belongs
"#,
                r#"
{ "name": "Tides", "skills": ["now", "next"] }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": , "version": "1.0.0" }
         | error: `name` has no value
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", : "1.0.0" }
                   ^ error: member without a key
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
// The card of the tide agent.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: comment in JSON
{
  "name": "Tides", # not final
                   ^^^^^^^^^^^ error: comment in JSON
  /* no version yet */
  ^^^^^^^^^^^^^^^^^^^^ error: comment in JSON
  "description": "Tells the tide."
}
"#,
                r#"
{
  "name": "Tides",
  "description": "Tells the tide."
}
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides" /* of today }
                  ^^^^^^^^^^^^^ error: comment without its end
                               | error: the text ends before the closing `}`
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", "skills": [{ "id": "now" }, ...] }
                                               ^^^ error: `...` in place of what was left out
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": {{ name }}, "url": ${AGENT_URL} }
          ^^^^^^^^^^ error: template `{{ name }}` that was not filled in
                             ^^^^^^^^^^^^ error: template `${AGENT_URL}` that was not filled in
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ 'name': 'Tides', “version”: “1.0.0”, "description": `Tells "the" tide, it\'s said` }
  ^^^^^^ error: `'name'` is in single quotation marks
          ^^^^^^^ error: `'Tides'` is in single quotation marks
                   ^^^^^^^^^ error: `“version”` is in typographic quotation marks
                              ^^^^^^^ error: `“1.0.0”` is in typographic quotation marks
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: ``Tells "the" tide, it\'s said`` is in backticks
                                                                           ^^ error: `\'` is no JSON escape
"#,
                r#"
{ "name": "Tides", "version": "1.0.0", "description": "Tells \"the\" tide, it's said" }
"#,
            ).shows(&["RFC 8259 s7"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ name: "Tides", default-modes: [] }
  ^^^^ error: key `name` without quotation marks
                 ^^^^^^^^^^^^^ error: key `default-modes` without quotation marks
"#,
                r#"
{ "name": "Tides", "default-modes": [] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": Tides of today, "version": "1.0.0" }
          ^^^^^^^^^^^^^^ error: `Tides of today` without quotation marks
"#,
                r#"
{ "name": "Tides of today", "version": "1.0.0" }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
module.exports = { "name": "Tides" };
^^^^^^^^^^^^^^^^ error: `module.exports =` before the document
                                    ^ error: text after the end of the document
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
Tides of today
^^^^^^^^^^^^^^ error: `Tides of today` in place of a JSON document
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "capabilities": { "streaming": True, "pushNotifications": fasle }, "provider": None }
                                 ^^^^ error: `True` is no JSON value
                                                            ^^^^^ error: `fasle` is no JSON value
                                                                                 ^^^^ error: `None` is no JSON value
"#,
                r#"
{ "capabilities": { "streaming": true, "pushNotifications": false }, "provider": null }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "provider": undefined, "limit": NaN }
              ^^^^^^^^^ error: `undefined` is no JSON value
                                  ^^^ error: `NaN` is no JSON value
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "limit": +1, "share": .5, "id": 0x1F, "version": 1.0.0 }
           ^^ error: `+1` is no JSON number
                        ^^ error: `.5` is no JSON number
                                  ^^^^ error: `0x1F` is no JSON number
                                                   ^^^^^ error: `1.0.0` is no JSON number
"#,
                r#"
{ "limit": 1, "share": 0.5, "id": 31, "version": "1.0.0" }
"#,
            ).shows(&["RFC 8259 s6"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "version": 01 }
             ^^ error: `01` is no JSON number
"#,
                r#"
{ "version": 1 }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                "{ \"name\": \"Tides\tof today\", \"description\": \"Tells\n                ^ error: tab inside a string\n                                                 | error: line break inside a string\nthe tide.\" }\n",
                r#"
{ "name": "Tides\tof today", "description": "Tells\nthe tide." }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                "{ \"name\": \"Tides \u{1f}\" }\n                 ^ error: control character U+001F inside a string\n",
                r#"
{ "name": "Tides \u001f" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "the tide\'s agent", "description": "Reads C:\Tides and \u12" }
                   ^^ error: `\'` is no JSON escape
                                                       ^^ error: `\T` is no JSON escape
                                                                  ^^ error: `\u` without four hexadecimal digits
"#,
                r#"
{ "name": "the tide's agent", "description": "Reads C:\\Tides and \\u12" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "description": "Reads C:\tides\", "name": "Tides" }
                                ^^ error: the backslash takes the quotation mark that ends the text
"#,
                r#"
{ "description": "Reads C:\tides\\", "name": "Tides" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "description": "Tells "the" tide." }
                        ^ error: quotation mark inside a string
"#,
                r#"
{ "description": "Tells \"the\" tide." }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "name": "Tides,
          ^^^^^^ error: `"Tides` has no closing quotation mark
  "version": "1.0.0"
}
"#,
                r#"
{
  "name": "Tides",
  "version": "1.0.0"
}
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": Tides", version": "1.0.0" }
          ^^^^^^ error: `Tides"` has no opening quotation mark
                  ^^^^^^^^ error: `version"` has no opening quotation mark
"#,
                r#"
{ "name": "Tides", "version": "1.0.0" }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", "skills": [{ "id": "now" }
                                             | error: the text ends before the closing `]`
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{
  "skills": [{ "id": "now" },
                            | error: missing `]`
  "name": "Tides"
}
"#,
                r#"
{
  "skills": [{ "id": "now" }],
  "name": "Tides"
}
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
"name": "Tides" }
| error: missing `{`
"#,
                r#"
{"name": "Tides" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "skills": {{ "id": "now" }, { "id": "next" }] }
            ^ error: `{` where `[` belongs
"#,
                r#"
{ "skills": [{ "id": "now" }, { "id": "next" }] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides" }}
                  ^ error: `}` closes nothing
"#,
                r#"
{ "name": "Tides" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "skills": [{ "id": "now" }} }
                            ^ error: `}` where `]` belongs
"#,
                r#"
{ "skills": [{ "id": "now" }] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "skills": [{ "id": "now" ] }
                          | error: missing `}`
"#,
                r#"
{ "skills": [{ "id": "now"} ] }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                "{ \"name\":\u{a0}\"Tides\",\u{200b}\"version\": \"1.0.0\" }\n         ^ error: U+00A0 (no-break space) between values\n                  ^ error: U+200B (zero-width space) between values\n",
                r#"
{ "name": "Tides", "version": "1.0.0" }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name"::"Tides", "streaming" }
         ^ error: unexpected `:`
                   ^^^^^^^^^^^ error: `"streaming"` without a colon and a value
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides", "version": "1.0.0" "beta" }
                                      ^^^^^^ error: `"beta"` without a colon and a value
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "skills": [ { "id": "now" } @ ] }
                              ^ error: `@` without quotation marks
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides" }
That is the card.
^^^^^^^^^^^^^^^^^ error: text after the end of the document
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
{ "name": "Tides" }
{ "name": "Waves" }
^^^^^^^^^^^^^^^^^^^ error: another value after the end of the document
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
Here is the card:
^^^^^^^^^^^^^^^^^ error: fence of Markdown around the document
```json
{ "name": "Tides" }
```
Anything else?
"#,
                r#"
{ "name": "Tides" }
"#,
            ),
            Example::fixed(
                Setup::V1_0,
                r#"
{ "name": "Tides" }
```
^^^ error: fence of Markdown around the document
"#,
                r#"
{ "name": "Tides" }
"#,
            ),
            Example::bad(
                Setup::V1_0,
                r#"
<<<<<<< ours
^^^^^^^^^^^^ error: merge conflict marker `<<<<<<<`
{ "name": "Tides" }
=======
^^^^^^^ error: merge conflict marker `=======`
{ "name": "Waves" }
>>>>>>> theirs
"#,
            ),
            Example::fixed(
                Setup::INSTANCE,
                r#"
{ "displayName": "Tides", "ownerIds": ['4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82',] }
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: `'4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82'` is in single quotation marks
                                                                             ^ error: trailing comma before `]`
"#,
                r#"
{ "displayName": "Tides", "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
"#,
            )
            .shows(&["graph 5"]),
            Example::fixed(
                Setup::V1_0,
                r#"
{ name: 'Tides', version: '1.0.0', url: 'https://tides.example.com' }
  ^^^^ error: key `name` and 2 more keys without quotation marks
        ^^^^^^^ error: `'Tides'` and 2 more strings in single quotation marks
"#,
                r#"
{ "name": "Tides", "version": "1.0.0", "url": "https://tides.example.com" }
"#,
            ),
            Example::good(
                Setup::V1_0,
                r#"
{ "name": "Tides", "description": "Tells \"the\" tide, // not ``` the 'weather'.\n", "limit": -0.5e+3, "more": [] }
"#,
            ),
            Example::good(
                Setup { kind: None, ..Setup::V1_0 },
                r#"
{
  // Another format: its syntax is its own affair.
  "compilerOptions": { "strict": true, },
}
"#,
            ),
        ],
    },
    check: Check::Fault(check),
};

fn check(fault: &Fault, document: &Document<'_>, report: &mut Report<'_>) {
    match repeated(fault, document) {
        Repeated::No => {}
        Repeated::Later => return,
        Repeated::First(all) => return many(&all, document, report),
    }
    let Some(words) = words::of(fault, document) else { return };
    if is_second_fence(fault, document) {
        return;
    }
    let node = document.node(fault.node);
    let mut found = report.at_span(fault.span, node, words.message).help(words.help);
    match fault.kind {
        FaultKind::UnclosedContainer(_) | FaultKind::WrongCloser(_) => {
            let opening = node.at_opening();
            if opening.span().end <= fault.span.start {
                found = found.related(opening, "opened here");
            }
        }
        FaultKind::MarkdownFence => {
            if let Some(last) = fix::closing_fence(document).filter(|last| last.span != fault.span) {
                found = found.related_span(last.span, document.node(last.node), "and its end");
            }
        }
        _ => {}
    }
    fix::offer(fault, document, found);
}

/// Whether a fault is one of many of its sort: the whole text is then written in another notation, which is one mistake.
enum Repeated<'d> {
    No,
    /// The first one, and the others after it.
    First(Vec<&'d Fault>),
    Later,
}

/// How many faults of one sort are a notation.
const NOTATION: usize = 3;

/// How many other places of a notation are given.
const SHOWN: usize = 16;

/// The sort of a fault that is a matter of notation: the quotation marks of strings, keys without any, the literals of Python.
fn notation(fault: &Fault, text: &str) -> Option<&'static str> {
    let written = text.get(fault.span.range()).unwrap_or_default();
    match fault.kind {
        FaultKind::UnquotedKey => Some("no quotation marks"),
        FaultKind::MisspeltLiteral(_) if ["True", "False", "None"].contains(&written) => Some("literals"),
        FaultKind::WrongQuotes => Some(words::quotes(written)),
        _ => None,
    }
}

/// Looks at the neighbours of `fault` alone, so that very many faults cost no more than a look at each.
fn repeated<'d>(fault: &Fault, document: &'d Document<'_>) -> Repeated<'d> {
    let text = document.text();
    let Some(sort) = notation(fault, text) else { return Repeated::No };
    let faults = document.faults();
    let at = faults
        .partition_point(|other| (other.span.start, other.span.end) < (fault.span.start, fault.span.end));
    let is_same = |other: &&Fault| notation(other, text) == Some(sort);
    let mut before = faults[..at].iter().rev().filter(is_same);
    let after = || faults[at..].iter().filter(is_same);
    match (before.next(), before.next()) {
        (Some(_), Some(_)) => Repeated::Later,
        (Some(_), None) if after().nth(NOTATION - 2).is_some() => Repeated::Later,
        (None, _) if after().nth(NOTATION - 1).is_some() => Repeated::First(after().collect()),
        _ => Repeated::No,
    }
}

fn many(all: &[&Fault], document: &Document<'_>, report: &mut Report<'_>) {
    let [first, others @ ..] = all else { return };
    let Some(words) = words::of_many(first, document, others.len() as u64) else { return };
    let mut found = report.at_span(first.span, document.node(first.node), words.message).help(words.help);
    for other in others.iter().take(SHOWN) {
        found = found.related_span(other.span, document.node(other.node), "the same here");
    }
    fix::offer_all(all, document, found);
}

/// Whether it is the fence behind the document, and the one before it speaks for both.
fn is_second_fence(fault: &Fault, document: &Document<'_>) -> bool {
    let start = document.root().span().start;
    // A byte order mark may come before it, and little else.
    let mut first = document.faults().iter().take(4);
    fault.kind == FaultKind::MarkdownFence
        && fault.span.start >= start
        && first.any(|other| other.kind == FaultKind::MarkdownFence && other.span.end <= start)
}
