//! Text and settings in, diagnostics out: runs what stands below, in order.

use crate::diagnostic::{Diagnostic, Edit, Group, Inner, Safety, Severity};
use crate::fingerprint::Places;
use crate::fit::hold_back_misfits;
use crate::kind::{
    Detection, FileHint, Forced, JsonString, Kind, Mode, Outcome, Profile, Subject, detect, missing_from_card,
};
use crate::model::{Agent, Value};
use crate::rule::{Check, Claim, Context, File, Report, Rule};
use crate::schema::shape;
use crate::secret::{Secret, is_masked, mask_again};
pub use crate::selection::{Choices, Selection, Selector, UnknownSelector, closest, find_rule};
use crate::siblings;
use crate::snippets::Place;
use crate::suppress::{Allowance, allow};
use crate::syntax::{Document, Fault, MAX_DEPTH, Node, NodeId, Pointer, parse_within};
use crate::text::{FileRange, Origin, Source, Span};
use std::collections::HashSet;
use std::ops::Range;

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
    fn forced(&self, settings: &Settings) -> Forced {
        // What it states about the body says nothing about a value inside it.
        let place = self.snippet.filter(|_| settings.at.is_none());
        let operation = place.map(Place::operation).unwrap_or_default();
        let Forced { kind, version, mode } = settings.forced;
        Forced { kind: kind.or(operation.kind), version, mode: mode.or(operation.mode) }
    }

    fn has_variables(&self) -> bool {
        self.snippet.is_some_and(Place::has_variables)
    }

    /// What recognition may know of the file.
    pub fn hint(&self) -> FileHint<'a> {
        FileHint { path: self.path, walked: self.walked }
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
    /// Whether it was passed over because it holds no document.
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
    let passed_over = |linked| Checked { origin: input.origin, skipped: true, linked, ..Checked::default() };
    let root = match &settings.at {
        Some(pointer) => pointer.resolve(document.root()),
        None => Some(document.root()),
    };
    let Some(root) = root else { return passed_over(0) };
    let forced = input.forced(settings);
    let mut detection = detect(root, input.hint(), &forced);
    if forced.kind != settings.forced.kind {
        explain_by_request(&mut detection.subjects, forced.kind);
    }
    if is_passed_over(input, document, &detection, settings) {
        return passed_over(detection.linked);
    }
    let mut run = Run { settings, diagnostics: Vec::new(), left_out: 0, updates: false, claims: Vec::new() };
    run.text(input, root, &detection, secrets);
    for (index, subject) in detection.subjects.iter().enumerate() {
        run.subject(input, root, index, subject);
    }
    detection.strings.iter().for_each(|string| run.string(input, document, string, 0));
    let mut diagnostics = run.diagnostics;
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
    let documents = describe_all(document, &detection);
    let (text, origin, claims, left_out) = (String::new(), input.origin, run.claims, run.left_out);
    Checked {
        text,
        origin,
        documents,
        diagnostics,
        skipped: false,
        linked: 0,
        suppressed,
        left_out,
        used,
        places,
        claims,
        secrets: Vec::new(),
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

/// Says of the documents that a request states the kind of why they are of that kind.
fn explain_by_request(subjects: &mut [Subject], kind: Option<Kind>) {
    for subject in subjects.iter_mut().filter(|subject| !subject.embedded) {
        let subject_kind = subject.profile.kind();
        if Some(subject_kind) == kind {
            subject.reason = format!("is the body of a request for {}", subject_kind.title());
        }
    }
}

/// Whether a finding is about a key or a value that contains a `{{variable}}`. Only credentials are certain there.
fn is_about_variable(text: &str, found: &Diagnostic) -> bool {
    let is_certain = matches!(found.rule.group, Group::Security | Group::Syntax);
    !is_certain && text.get(found.span.range()).is_some_and(|part| part.contains("{{"))
}

/// Whether a text inside a file of another format is skipped: unless it holds a document, or its request names one.
fn is_foreign_snippet(place: Place, document: &Document<'_>) -> bool {
    // A variable may hold the whole body.
    let is_unknown = document.root().is_damaged() && document.faults().is_empty();
    place.operation().kind.is_none() || is_unknown
}

/// Whether nobody is told of a text, since it holds nothing to check.
fn is_passed_over(
    input: Input<'_>,
    document: &Document<'_>,
    detection: &Detection,
    settings: &Settings,
) -> bool {
    match (detection.outcome, input.snippet) {
        (Outcome::Documents, _) => false,
        (_, Some(place)) => is_foreign_snippet(place, document),
        (Outcome::Foreign, None) => true,
        (Outcome::Unrecognized, None) => settings.skip_unrecognized,
        (Outcome::Broken, None) => settings.skip_unrecognized && !detection.is_meant_as_card,
    }
}

/// The rules at work on one text.
struct Run<'s> {
    settings: &'s Settings,
    diagnostics: Vec<Diagnostic>,
    /// How many findings there were beyond those that are kept.
    left_out: u64,
    /// Whether the last document that stands by itself is the body of an update.
    updates: bool,
    claims: Vec<Claim>,
}

impl Run<'_> {
    /// Calls `each` for every one of `rules`.
    fn rules(&mut self, rules: &[&'static Rule], mut each: impl FnMut(&'static Rule, &mut Report<'_>)) {
        let Some(first) = rules.first() else { return };
        // Equal notes are counted as one against the limit, so there is room for some more until they are merged.
        let most = self.settings.limits.findings.max(Limits::default().findings);
        let mut report = Report::limited(&first.meta, &mut self.diagnostics, most);
        for rule in rules {
            report.turn_to(&rule.meta);
            each(rule, &mut report);
        }
        self.left_out += report.left_out();
    }

    fn text(&mut self, input: Input<'_>, root: Node<'_>, detection: &Detection, secrets: &[Secret]) {
        let document = root.document();
        let file = File { path: input.path, document, root, detection, walked: input.walked, secrets };
        let other_format = file.is_of_another_format();
        // What stands around the value that was chosen with `--at` is not what was asked about.
        let asked = |fault: &&Fault| root.parent().is_none() || root.span().covers(fault.span);
        self.rules(self.settings.selection.of_texts(), |rule, report| match rule.check {
            // The faults of a document in another format are its own affair.
            Check::Fault(check) if !other_format => {
                document.faults().iter().filter(asked).for_each(|fault| check(fault, document, report))
            }
            Check::File(check) => check(&file, report),
            _ => {}
        });
        self.limit();
    }

    fn subject(&mut self, input: Input<'_>, root: Node<'_>, index: usize, subject: &Subject) {
        let from = self.diagnostics.len();
        let document = root.document();
        let node = document.node(subject.node);
        let shape = shape(root, subject);
        self.diagnostics.reserve(shape.findings.len().min(self.settings.limits.findings));
        let context = Context { document, subject, shape: &shape };
        let agent = Agent::new(Value::new(node, &shape), subject);
        self.rules(self.settings.selection.of_documents(), |rule, report| match rule.check {
            Check::Finding(check) => {
                shape.findings.iter().for_each(|finding| check(finding, &context, report))
            }
            Check::Agent(check) => check(&agent, report),
            _ => {}
        });
        self.claim(input, index, &agent);
        doubt(&mut self.diagnostics[from..], shape.aliases.guessed(), document);
        hold_back_misfits(&mut self.diagnostics[from..], document);
        if subject.embedded {
            self.diagnostics[from..].iter_mut().for_each(soften);
            if self.updates && missing_from_card(node).next().is_some() {
                // That it is a part is one mistake, of which the rules for the registration speak.
                let opening = node.at_opening().span();
                let kept = self.diagnostics.split_off(from);
                self.diagnostics.extend(kept.into_iter().filter(|found| found.span != opening));
            }
        } else {
            self.updates = subject.profile.mode() == Some(Mode::Update);
            if input.snippet == Some(Place::CodeBlock) {
                self.allow_excerpt(from, node);
            }
        }
        self.settle(from, node, subject.profile);
    }

    /// A code block often shows a part of a document. One that lacks this many members is an excerpt, and is not asked for them.
    fn allow_excerpt(&mut self, from: usize, document: Node<'_>) {
        const LACKING: usize = 3;
        let opening = document.at_opening().span();
        let is_lack = |found: &&Diagnostic| found.span == opening && found.severity == Severity::Error;
        if self.diagnostics[from..].iter().filter(is_lack).count() >= LACKING {
            let kept = self.diagnostics.split_off(from);
            self.diagnostics.extend(kept.into_iter().filter(|found| found.span != opening));
        }
    }

    /// Lets the findings of `document`, those from `from` on, take notice of each other.
    fn settle(&mut self, from: usize, document: Node<'_>, profile: Profile) {
        let Settings { severities, allowances, .. } = self.settings;
        let mut found = self.diagnostics.split_off(from.min(self.diagnostics.len()));
        replace_severities(&mut found, severities);
        let is_allowed = |found: &Diagnostic| allowances.iter().any(|allowance| allowance.covers(found));
        self.diagnostics.extend(siblings::merge(found, document, profile, is_allowed));
        self.limit();
    }

    /// Leaves out the findings that are too many.
    fn limit(&mut self) {
        let most = self.settings.limits.findings;
        self.left_out += self.diagnostics.len().saturating_sub(most) as u64;
        self.diagnostics.truncate(most);
    }

    /// Checks the JSON in a string. What is found gets its place in the text around the string, and cannot be fixed there.
    /// The findings of that text begin at `since`.
    fn string(&mut self, input: Input<'_>, around: &Document<'_>, string: &JsonString, since: usize) {
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
            let kept = self.diagnostics.split_off(from);
            let kept = kept.into_iter().filter(|found| !is_about_variable(document.text(), found));
            self.diagnostics.extend(kept);
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

    /// The rules that read the whole text have seen the string, too. What they found is where it is in the content, and only
    /// once.
    fn merge_with_string(&mut self, around: &Document<'_>, string: &JsonString, around_it: Range<usize>) {
        let from = around_it.end;
        let mut told = HashSet::new();
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
            told.insert((found.span, found.rule.id));
        }
        if !told.is_empty() {
            let kept = self.diagnostics.split_off(from);
            self.diagnostics
                .extend(kept.into_iter().filter(|found| !told.contains(&(found.span, found.rule.id))));
        }
    }

    /// Notes what `agent` says it is, for the other files of the run.
    fn claim(&mut self, input: Input<'_>, index: usize, agent: &Agent<'_>) {
        let document = agent.root.node().document();
        if input.is_line || !document.faults().is_empty() {
            return;
        }
        let mut identities = agent.identities(input.path);
        // Ids that were masked all look alike.
        identities.retain(|found| !found.identity.texts().iter().any(|text| is_masked(text)));
        if identities.is_empty() {
            return;
        }
        let source = Source::new(document.text(), input.origin);
        let places = self.settings.places.then(|| Places::new(document, false));
        self.claims.extend(identities.into_iter().map(|found| {
            let span = found.stated.at_opening().span();
            Claim {
                identity: found.identity,
                // A card is the same card before and after it was signed.
                content: found.essentials.map(|node| node.map(|node| node.digest(&["signatures"]))),
                document: index,
                pointer: found.stated.pointer(),
                span,
                range: FileRange::new(&source, span),
                place: places.as_ref().map(|places| places.path(found.stated)).unwrap_or_default(),
            }
        }));
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

/// What a fix does to the value of a member whose name is a guess is a guess too.
fn doubt(diagnostics: &mut [Diagnostic], guessed: &[NodeId], document: &Document<'_>) {
    if guessed.is_empty() {
        return;
    }
    let mut spans: Vec<Span> = guessed.iter().map(|member| document.node(*member).span()).collect();
    spans.sort_unstable();
    // Of those that lie in each other the outermost says it all.
    spans.dedup_by(|inner, outer| outer.covers(*inner));
    let is_inside = |edit: &Edit| {
        let before = spans.partition_point(|span| span.start <= edit.span.start);
        before.checked_sub(1).is_some_and(|last| spans[last].covers(edit.span))
    };
    for fix in diagnostics.iter_mut().flat_map(|found| &mut found.fixes) {
        if fix.edits.iter().any(is_inside) {
            fix.safety = Safety::Unsafe;
        }
    }
}

/// An edit that would write a masked credential would destroy it.
fn withdraw_masked_fixes(diagnostic: &mut Diagnostic) {
    diagnostic.fixes.retain(|fix| !fix.edits.iter().any(|edit| is_masked(&edit.text)));
}

/// The `agentCard` of a registration is free-form JSON for Graph: what is wrong with it as a card is a warning there.
fn soften(diagnostic: &mut Diagnostic) {
    let hard = matches!(diagnostic.rule.group, Group::Syntax | Group::Security);
    if diagnostic.severity == Severity::Error && !hard {
        diagnostic.severity = Severity::Warning;
    }
}
