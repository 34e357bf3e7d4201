//! Text and settings in, diagnostics out: runs the modules below, in order.

mod input;
mod run;
mod strings;

use crate::diagnostic::{Diagnostic, Severity};
use crate::fingerprint::Places;
use crate::kind::{Detection, Forced, Outcome, Profile, Subject, detect};
use crate::rule::Claim;
use crate::secret::{Secret, is_masked, mask_again};
pub use crate::selection::{Choices, Selection, Selector, UnknownSelector, closest, find_rule};
use crate::suppress::{Allowance, allow};
use crate::syntax::{Document, MAX_DEPTH, Pointer, parse_within};
use crate::text::{Origin, Span};
pub use input::Input;
use input::{explain_by_request, is_about_variable, is_foreign_snippet};
use run::Run;

/// How texts are checked.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Which rules run.
    pub selection: Selection,
    /// Rules that are switched on by their own names, so that what they only note is fixed too.
    pub named: Vec<&'static str>,
    /// Rules whose findings all have another severity than the rule gives them.
    pub severities: Vec<(&'static str, Severity)>,
    /// Findings that are not reported.
    pub allowances: Vec<Allowance>,
    /// Whether to tell the places of findings, which outlive changes elsewhere in the text.
    pub places: bool,
    /// What the documents are said to be.
    pub forced: Forced,
    /// The value to check inside each text; the root where absent.
    pub at: Option<Pointer>,
    /// Whether a text that holds no document is passed over, though it was named.
    pub skip_unrecognized: bool,
    /// How much a text may ask for.
    pub limits: Limits,
}

/// What keeps a hostile text from taking more time and memory than its length accounts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep objects and lists may nest; at most [`MAX_DEPTH`].
    pub depth: usize,
    /// How many findings of a text are kept; the others are counted.
    pub findings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: MAX_DEPTH, findings: 100_000 }
    }
}

/// A text that was checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The text as it may be shown: bytes that are not UTF-8 are replaced by `?`, and those of credentials are masked.
    pub text: String,
    /// Where it starts in its file.
    pub origin: Origin,
    /// The documents in it.
    pub documents: Vec<CheckedDocument>,
    /// What was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it was skipped because it holds no document.
    pub skipped: bool,
    /// How many agent cards it links to, if it is a catalog without documents.
    pub linked: usize,
    /// How many findings were taken out, since they are allowed or known.
    pub suppressed: u64,
    /// How many findings were left out, since there were too many.
    pub left_out: u64,
    /// The entries of the allowances that took something out.
    pub used: Vec<usize>,
    /// The place of each diagnostic, where the settings ask for it.
    pub places: Vec<String>,
    /// What its documents say they are, for [`crate::run::Files`]; of a line of JSON Lines nothing.
    pub claims: Vec<Claim>,
    /// The credentials that are masked in `text`.
    pub secrets: Vec<Secret>,
}

/// A document in a text, as reports show it.
#[derive(Debug, Clone)]
pub struct CheckedDocument {
    /// Its JSON Pointer.
    pub pointer: String,
    /// What it was checked as.
    pub profile: Profile,
    /// Why.
    pub reason: String,
    /// Its bytes.
    pub span: Span,
}

/// Checks one text. Credentials in it are masked before anything looks at it, so that no finding can show them.
pub fn lint(input: Input<'_>, bytes: Vec<u8>, settings: &Settings) -> Checked {
    lint_again(input, bytes, Vec::new(), settings)
}

/// Checks a text that was made of another one, with the credentials that were known there where they are now.
pub fn lint_again(
    input: Input<'_>,
    mut bytes: Vec<u8>,
    carried: Vec<Secret>,
    settings: &Settings,
) -> Checked {
    let secrets = mask_again(&mut bytes, carried);
    let mut document = parse_within(&bytes, settings.limits.depth.clamp(1, MAX_DEPTH));
    if input.has_variables() {
        document.accept_variables();
    }
    let checked = check(input, &document, &secrets, settings);
    let text = document.into_replaced_text().unwrap_or_else(|| String::from_utf8(bytes).unwrap_or_default());
    Checked { text, secrets, ..checked }
}

/// All but the text, which its tree still borrows.
fn check(input: Input<'_>, document: &Document<'_>, secrets: &[Secret], settings: &Settings) -> Checked {
    let skipped = |linked| Checked { origin: input.origin, skipped: true, linked, ..Checked::default() };
    let root = match &settings.at {
        Some(pointer) => pointer.resolve(document.root()),
        None => Some(document.root()),
    };
    let Some(root) = root else { return skipped(0) };
    let forced = input.forced(settings);
    let mut detection = detect(root, input.hint(), &forced);
    if forced.kind != settings.forced.kind {
        explain_by_request(&mut detection.subjects, forced.kind);
    }
    if is_skipped(input, document, &detection, settings) {
        return skipped(detection.linked);
    }
    let mut run = Run::new(settings);
    run.text(input, root, &detection, secrets);
    for (index, subject) in detection.subjects.iter().enumerate() {
        run.subject(input, root, index, subject);
    }
    detection.strings.iter().for_each(|string| run.string(input, document, string, 0));
    let Run { mut diagnostics, left_out, claims, .. } = run;
    if input.has_variables() {
        diagnostics.retain(|found| !is_about_variable(document.text(), found));
    }
    if !secrets.is_empty() {
        diagnostics.iter_mut().for_each(withdraw_masked_fixes);
    }
    diagnostics.sort_by(|a, b| (a.span, a.rule.id).cmp(&(b.span, b.rule.id)));
    replace_severities(&mut diagnostics, &settings.severities);
    let (suppressed, used) = allow(&mut diagnostics, &settings.allowances);
    let places = if settings.places { places(document, input.is_line, &diagnostics) } else { Vec::new() };
    Checked {
        origin: input.origin,
        documents: describe_all(document, &detection),
        diagnostics,
        suppressed,
        left_out,
        used,
        places,
        claims,
        ..Checked::default()
    }
}

/// Gives findings the severities that the settings ask for.
pub fn replace_severities(diagnostics: &mut [Diagnostic], severities: &[(&'static str, Severity)]) {
    if severities.is_empty() {
        return;
    }
    for found in diagnostics {
        let asked = severities.iter().find(|(rule, _)| *rule == found.rule.id);
        found.severity = asked.map_or(found.severity, |(_, severity)| *severity);
    }
}

/// Adds a finding that other files of the run led to, as if it had been there from the start; `place` is its place.
pub fn add(checked: &mut Checked, found: Diagnostic, place: &str, settings: &Settings) {
    let mut found = vec![found];
    replace_severities(&mut found, &settings.severities);
    let (suppressed, used) = allow(&mut found, &settings.allowances);
    checked.suppressed += suppressed;
    checked.used.extend(used);
    for found in found {
        let at = checked
            .diagnostics
            .partition_point(|other| (other.span, other.rule.id) <= (found.span, found.rule.id));
        checked.diagnostics.insert(at, found);
        if settings.places {
            checked.places.insert(at, place.to_owned());
        }
    }
}

fn places(document: &Document<'_>, is_line: bool, diagnostics: &[Diagnostic]) -> Vec<String> {
    let places = Places::new(document, is_line);
    diagnostics.iter().map(|found| places.place(found)).collect()
}

/// How reports show `subject`.
pub(crate) fn describe(document: &Document<'_>, subject: &Subject) -> CheckedDocument {
    let node = document.node(subject.node);
    CheckedDocument {
        pointer: node.pointer(),
        profile: subject.profile,
        reason: subject.reason.clone(),
        span: node.span(),
    }
}

/// How reports show the documents of a text, in its order. Those in a string have the pointer of the string.
fn describe_all(document: &Document<'_>, detection: &Detection) -> Vec<CheckedDocument> {
    let mut all: Vec<_> = detection.subjects.iter().map(|subject| describe(document, subject)).collect();
    for string in &detection.strings {
        let pointer = document.node(string.node).pointer();
        all.extend(describe_all(string.text.document(), &string.detection).into_iter().map(|inside| {
            CheckedDocument { pointer: pointer.clone(), span: string.text.outer_span(inside.span), ..inside }
        }));
    }
    if !detection.strings.is_empty() {
        all.sort_by_key(|document| document.span.start);
    }
    all
}

/// Whether a text is skipped, since it holds nothing to check.
fn is_skipped(input: Input<'_>, document: &Document<'_>, detection: &Detection, settings: &Settings) -> bool {
    match (detection.outcome, input.snippet) {
        (Outcome::Documents, _) => false,
        (_, Some(place)) => is_foreign_snippet(place, document),
        (Outcome::Foreign, None) => true,
        (Outcome::Unrecognized, None) => settings.skip_unrecognized,
        (Outcome::Broken, None) => settings.skip_unrecognized && !detection.is_meant_as_card,
    }
}

/// An edit that would write a masked credential would destroy it.
fn withdraw_masked_fixes(diagnostic: &mut Diagnostic) {
    diagnostic.fixes.retain(|fix| !fix.edits.iter().any(|edit| is_masked(&edit.text)));
}
