//! The rules at work on the documents of a text.

use super::input::Input;
use super::{Limits, Settings, replace_severities};
use crate::diagnostic::{Diagnostic, Edit, Group, Safety, Severity};
use crate::fingerprint::Places;
use crate::fit::hold_back_misfits;
use crate::kind::{Detection, Mode, Profile, Subject, missing_from_card};
use crate::model::{Agent, Value};
use crate::rule::{Check, Claim, Context, File, Report, Rule};
use crate::schema::shape;
use crate::secret::{Secret, is_masked};
use crate::siblings;
use crate::snippets::Place;
use crate::syntax::{Document, Fault, Node, NodeId};
use crate::text::{FileRange, Source, Span};

/// The rules at work on one text.
pub(super) struct Run<'s> {
    pub(super) settings: &'s Settings,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many findings there were beyond those that are kept.
    pub(super) left_out: u64,
    /// Whether the last document that stands by itself is the body of an update.
    updates: bool,
    pub(super) claims: Vec<Claim>,
}

impl<'s> Run<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Self { settings, diagnostics: Vec::new(), left_out: 0, updates: false, claims: Vec::new() }
    }

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

    /// Runs the rules that look at a text as a whole.
    pub(super) fn text(
        &mut self,
        input: Input<'_>,
        root: Node<'_>,
        detection: &Detection,
        secrets: &[Secret],
    ) {
        let document = root.document();
        let file = File { path: input.path, document, root, detection, walked: input.walked, secrets };
        let other_format = file.is_of_another_format();
        // Only the value that `at` chooses is checked.
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

    /// Runs the rules that look at a document.
    pub(super) fn subject(&mut self, input: Input<'_>, root: Node<'_>, index: usize, subject: &Subject) {
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
                // That it is a part is one mistake, which the rules for the registration report.
                let opening = node.at_opening().span();
                self.retain_from(from, |found| found.span != opening);
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
            self.retain_from(from, |found| found.span != opening);
        }
    }

    /// Merges equal notes among the findings of `document`, those from `from` on, and keeps as many findings as may be kept.
    fn settle(&mut self, from: usize, document: Node<'_>, profile: Profile) {
        let Settings { severities, allowances, .. } = self.settings;
        let mut found = self.diagnostics.split_off(from);
        replace_severities(&mut found, severities);
        let is_allowed = |found: &Diagnostic| allowances.iter().any(|allowance| allowance.covers(found));
        self.diagnostics.extend(siblings::merge(found, document, profile, is_allowed));
        self.limit();
    }

    /// Drops the findings from `from` on that `keep` does not hold for.
    pub(super) fn retain_from(&mut self, from: usize, keep: impl Fn(&Diagnostic) -> bool) {
        let found = self.diagnostics.split_off(from);
        self.diagnostics.extend(found.into_iter().filter(keep));
    }

    /// Leaves out the findings that are too many.
    fn limit(&mut self) {
        let most = self.settings.limits.findings;
        self.left_out += self.diagnostics.len().saturating_sub(most) as u64;
        self.diagnostics.truncate(most);
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

/// The `agentCard` of a registration is free-form JSON for Graph: what is wrong with it as a card is a warning there.
fn soften(diagnostic: &mut Diagnostic) {
    let hard = matches!(diagnostic.rule.group, Group::Syntax | Group::Security);
    if diagnostic.severity == Severity::Error && !hard {
        diagnostic.severity = Severity::Warning;
    }
}
