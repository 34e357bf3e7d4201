//! Texts whose `{{variables}}` a client replaces before they are read as JSON.

use super::{Document, Fault, FaultKind, Flags, NodeKind};
use crate::text::Span;

impl Document<'_> {
    /// Accepts `{{variables}}` in and outside of strings, and lines with nothing but a `//` or `#` comment. A value with a
    /// variable counts as damaged: what it will be is not known.
    pub fn accept_variables(&mut self) {
        let Self { text, nodes, faults, .. } = self;
        let outside: Vec<Span> = faults
            .iter()
            .filter(|fault| fault.kind == FaultKind::Template && has_variable(slice(text, fault.span)))
            .map(|fault| fault.span)
            .collect();
        // What is missing around a variable may be part of its value.
        let is_filled = |fault: &Fault| {
            let span = fault.span;
            let after = outside.partition_point(|variable| variable.end < span.start);
            outside.get(after).is_some_and(|variable| variable.start <= span.end)
        };
        faults.retain(|fault| match fault.kind {
            FaultKind::Comment => !fills_line(text, fault.span),
            FaultKind::Template
            | FaultKind::MissingColon
            | FaultKind::MissingComma
            | FaultKind::MissingKey
            | FaultKind::MissingValue => !is_filled(fault),
            _ => true,
        });
        for node in nodes.iter_mut().filter(|node| node.kind == NodeKind::String) {
            if has_variable(slice(text, node.span)) {
                node.flags.0 |= Flags::DAMAGED;
            }
        }
    }
}

/// Whether `text` contains a `{{variable}}`.
pub fn has_variable(text: &str) -> bool {
    text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.range()).unwrap_or_default()
}

/// Whether a line has nothing but a line comment.
fn fills_line(text: &str, comment: Span) -> bool {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let comment = slice(text, comment);
    line.trim().is_empty() && (comment.starts_with('#') || comment.starts_with("//"))
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;

    fn faults(text: &str) -> usize {
        let mut document = parse(text.as_bytes());
        document.accept_variables();
        document.faults().len()
    }

    #[test]
    fn variables_are_values_that_are_not_known() {
        for text in [
            r#"{ "count": {{n}}, "id": "{{id}}" }"#,
            r#"{{body}}"#,
            r#"{ "a": [ {{first}}, {{second}} ] }"#,
            r#"{ "version": {{major}}.0, "b": {{$randomInt 1 10}} }"#,
            r#"{ "at": {{login.response.body.$.items[0].id}} }"#,
            r#"{ {{key}}: 1 }"#,
            r#"{ "a": 1, {{members}} }"#,
            r#"{ {{members}} "b": 2 }"#,
            r#"{ "a": [ {{list}} 3 ] }"#,
            "{\n  // a comment\n  \"a\": 1\n  # another one\n}",
            "{ \"é\": {{ñ}}, \"b\": \"{{ü}}\" }",
        ] {
            assert_eq!(faults(text), 0, "{text}");
        }
    }

    #[test]
    fn other_faults_stay() {
        for text in [
            r#"{ "count": {{n}}, "a": tru }"#,
            r#"{ "count": ${n} }"#,
            r#"{ "a": 1 // behind a value
}"#,
            r#"{ "id": "{{id}}", }"#,
            r#"{ "id": {{id}}, }"#,
            r#"{ "ids": [{{id}},] }"#,
        ] {
            assert!(faults(text) > 0, "{text}");
        }
    }

    #[test]
    fn strings_with_variables_are_damaged_and_others_are_not() {
        let mut document = parse(br#"{ "a": "{{x}}", "b": "x {{y}}", "c": "{x}", "d": "}} {{" }"#);
        document.accept_variables();
        let is_damaged = |name: &str| document.root().member(name).unwrap().is_damaged();
        assert!(is_damaged("a") && is_damaged("b") && !is_damaged("c") && !is_damaged("d"));
    }
}
