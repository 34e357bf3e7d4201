use crate::diagnostic::{Example, Fixing, Group, Meta, Setup, Severity};
use crate::rule::{Check, File, Report, Rule};
use crate::syntax::{Fault, FaultKind};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "wrong-encoding",
        aliases: &[],
        group: Group::Syntax,
        severity: Severity::Error,
        applies_to: "every kind and version",
        summary: "a file is not written in UTF-8",
        why: "JSON that is exchanged is UTF-8. Readers take bytes of another encoding for broken text and refuse the file, or \
              show people other letters than those that were written.",
        fixing: Fixing::Never(
            "The bytes of a text in another encoding do not say which one it is, and an edit of text cannot \
             change them all; an editor saves the file anew.",
        ),
        examples: &[
            Example::bad(Setup::V1_0, "{\0}\0\n| error: the file is written in UTF-16LE, not in UTF-8\n")
                .shows(&["A2A-N004", "RFC 8259 s8.1", "RFC 7493 s2.1"]),
            Example::bad(Setup::V1_0, "\0{\0}\n| error: the file is written in UTF-16BE, not in UTF-8\n"),
            Example::good(
                Setup::V1_0,
                "{ \"name\": \"Gr\u{f6}\u{df}e der Wellen \u{1f30a}\", \"note\": \"\u{fffd}\" }\n",
            ),
        ],
    },
    check: Check::File(check),
};

/// Places that are named besides the first.
const MOST_PLACES: usize = 8;

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.is_of_another_format() {
        return;
    }
    let faults = file.document.faults();
    for fault in faults {
        if let FaultKind::WrongEncoding(name) = fault.kind {
            let start = Span::at(fault.span.start);
            report
                .at_span(start, file.root, format!("the file is written in {name}, not in UTF-8"))
                .help("save the file as UTF-8 without a byte order mark");
        }
    }
    let bad: Vec<&Fault> = faults.iter().filter(|fault| fault.kind == FaultKind::InvalidUtf8).collect();
    if let [first, others @ ..] = bad.as_slice() {
        invalid(file, first, others, report);
    }
}

/// A file in an encoding of one byte a letter has bad bytes in many places, and is one mistake.
fn invalid(file: &File<'_>, first: &Fault, others: &[&Fault], report: &mut Report<'_>) {
    let bytes = first.span.len();
    let here = if bytes == 1 {
        "a byte that is not UTF-8".to_owned()
    } else {
        format!("{bytes} bytes that are not UTF-8")
    };
    let message = match others.len() {
        0 => here,
        1 => format!("{here}, and more in 1 other place"),
        more => format!("{here}, and more in {more} other places"),
    };
    let node = file.document.node(first.node);
    let mut found = report
        .at_span(first.span, node, message)
        .help("save the file as UTF-8; letters in Latin-1 or Windows-1252 are often the cause");
    for other in others.iter().take(MOST_PLACES) {
        found = found.related_span(other.span, file.document.node(other.node), "here as well");
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::{Input, Settings, lint};

    #[test]
    fn a_file_in_latin_1_is_one_mistake() {
        let card = b"{\"supportedInterfaces\": [], \"name\": \"Gr\xf6\xdfe\", \"description\": \"\xe4\", \"version\": \"1\"}";
        let checked = lint(Input::named("agent-card.json"), card.to_vec(), &Settings::default());
        let found: Vec<_> =
            checked.diagnostics.iter().filter(|found| found.rule.id == "wrong-encoding").collect();
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(only.message, "2 bytes that are not UTF-8, and more in 1 other place");
        assert_eq!((only.pointer.as_str(), only.span.range()), ("/name", 39..41));
        assert_eq!(only.related.len(), 1);
    }
}
