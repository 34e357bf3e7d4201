//! Where a text comes from, and what that says about it.

use super::Settings;
use crate::diagnostic::{Diagnostic, Group};
use crate::kind::{FileHint, Forced, Kind, Subject};
use crate::snippets::Place;
use crate::syntax::{Document, has_variable};
use crate::text::Origin;

/// How a text came to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The path of its file, with `/`.
    pub path: &'a str,
    /// Whether the file was found by walking a directory, not named.
    pub walked: bool,
    /// Where the text starts in the file.
    pub origin: Origin,
    /// Whether it is one of many texts of its file, as a line of JSON Lines is.
    pub is_line: bool,
    /// What it is part of, where its file is of another format.
    pub snippet: Option<Place>,
}

impl<'a> Input<'a> {
    /// A file that was named.
    pub fn named(path: &'a str) -> Self {
        Self { path, walked: false, origin: Origin::default(), is_line: false, snippet: None }
    }

    /// What the request states that the text is the body of. The user knows better.
    pub(super) fn forced(&self, settings: &Settings) -> Forced {
        // What it states about the body says nothing about a value inside it.
        let place = self.snippet.filter(|_| settings.at.is_none());
        let operation = place.map(Place::operation).unwrap_or_default();
        let Forced { kind, version, mode } = settings.forced;
        Forced { kind: kind.or(operation.kind), version, mode: mode.or(operation.mode) }
    }

    pub(super) fn has_variables(&self) -> bool {
        self.snippet.is_some_and(Place::has_variables)
    }

    /// What recognition may know of the file.
    pub fn hint(&self) -> FileHint<'a> {
        FileHint { path: self.path, walked: self.walked }
    }
}

/// Says of the documents that a request states the kind of why they are of that kind.
pub(super) fn explain_by_request(subjects: &mut [Subject], kind: Option<Kind>) {
    for subject in subjects.iter_mut().filter(|subject| !subject.embedded) {
        let subject_kind = subject.profile.kind();
        if Some(subject_kind) == kind {
            subject.reason = format!("is the body of a request for {}", subject_kind.title());
        }
    }
}

/// Whether a finding is about a key or a value that contains a `{{variable}}`. Only credentials are certain there.
pub(super) fn is_about_variable(text: &str, found: &Diagnostic) -> bool {
    let is_certain = matches!(found.rule.group, Group::Security | Group::Syntax);
    !is_certain && text.get(found.span.range()).is_some_and(has_variable)
}

/// Whether a text inside a file of another format is skipped: unless it holds a document, or its request names one.
pub(super) fn is_foreign_snippet(place: Place, document: &Document<'_>) -> bool {
    // A variable may hold the whole body.
    let is_unknown = document.root().is_damaged() && document.faults().is_empty();
    place.operation().kind.is_none() || is_unknown
}
