//! The JSON in strings: checked like a text of its own, and reported where it is in the text around the string.

use super::input::{Input, is_about_variable};
use super::run::Run;
use crate::diagnostic::{Diagnostic, Inner};
use crate::fingerprint::Places;
use crate::kind::JsonString;
use crate::syntax::Document;
use std::collections::HashSet;
use std::ops::Range;

impl Run<'_> {
    /// Checks the JSON in a string. Each finding gets its place in the text around the string, and loses its fixes.
    /// The findings of that text begin at `since`.
    pub(super) fn string(
        &mut self,
        input: Input<'_>,
        around: &Document<'_>,
        string: &JsonString,
        since: usize,
    ) {
        let (from, claims) = (self.diagnostics.len(), self.claims.len());
        // The content is not what the path of the file names.
        let input = Input { path: "", ..input };
        let document = string.text.document();
        self.text(input, document.root(), &string.detection, &[]);
        for (index, subject) in string.detection.subjects.iter().enumerate() {
            self.subject(input, document.root(), index, subject);
        }
        string.detection.strings.iter().for_each(|inside| self.string(input, document, inside, from));
        if string.is_template {
            self.retain_from(from, |found| !is_about_variable(document.text(), found));
        }
        // Other files are compared with what is a document by itself.
        self.claims.truncate(claims);
        let places = self.settings.places.then(|| Places::new(document, false));
        let pointer = around.node(string.node).pointer();
        for found in &mut self.diagnostics[from..] {
            move_out(found, string, &pointer, places.as_ref());
        }
        self.merge_with_string(around, string, since..from);
    }

    /// The rules that read the whole text have read the string, too. Their findings get the pointer inside the content, and
    /// equal findings of the content are dropped.
    fn merge_with_string(&mut self, around: &Document<'_>, string: &JsonString, around_it: Range<usize>) {
        let from = around_it.end;
        let mut reported = HashSet::new();
        for found in self.diagnostics[around_it].iter_mut().filter(|found| found.node == Some(string.node)) {
            let is_whole = found.span == around.node(string.node).span();
            if is_whole || found.inner.is_some() {
                continue;
            }
            let content = string.text.document();
            let node = content.node_at(string.text.inner_offset(found.span.start));
            let place = Places::new(content, false).path(node);
            found.inner = Some(Inner { pointer: node.pointer(), place });
            found.fixes.clear();
            reported.insert((found.span, found.rule.id));
        }
        if !reported.is_empty() {
            self.retain_from(from, |found| !reported.contains(&(found.span, found.rule.id)));
        }
    }
}

/// Gives a finding in the content of a string its place in the text around the string.
fn move_out(found: &mut Diagnostic, string: &JsonString, pointer: &str, places: Option<&Places<'_>>) {
    let place = places.map(|places| places.place(found)).unwrap_or_default();
    let mut inside = std::mem::replace(&mut found.pointer, pointer.to_owned());
    if let Some(inner) = found.inner.take() {
        inside.push_str(&inner.pointer);
    }
    found.inner = Some(Inner { pointer: inside, place });
    found.node = Some(string.node);
    // They are values of the content, which the place knows already.
    found.siblings.clear();
    found.span = string.text.outer_span(found.span);
    found.fixes.clear();
    for related in found.related.iter_mut().filter(|related| related.file.is_none()) {
        related.span = string.text.outer_span(related.span);
        pointer.clone_into(&mut related.pointer);
    }
}
