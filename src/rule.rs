//! What a rule is, and how it reports.

use crate::diagnostic::{Diagnostic, Edit, Fix, Meta, Related, Safety, Severity};
use crate::kind::{Detection, Subject};
use crate::model::Agent;
use crate::schema::{Finding, Shape};
use crate::syntax::{Document, Fault, FaultKind, Node, Place};
use crate::text::Span;
use std::borrow::Cow;

/// A rule: what a user sees of it, and what it looks at.
pub struct Rule {
    /// What a user sees.
    pub meta: Meta,
    /// What it looks at.
    pub check: Check,
}

/// What a rule looks at. The engine calls it once for each.
pub enum Check {
    /// A fault of the syntax.
    Fault(fn(&Fault, &Document<'_>, &mut Report<'_>)),
    /// A file: its path, its tree and what was found in it.
    File(fn(&File<'_>, &mut Report<'_>)),
    /// A fact about the shape of a document.
    Finding(fn(&Finding, &Context<'_>, &mut Report<'_>)),
    /// An agent that a document describes.
    Agent(fn(&Agent<'_>, &mut Report<'_>)),
}

/// A file, for rules about files.
pub struct File<'d> {
    /// Its path, with `/`.
    pub path: &'d str,
    /// Its tree.
    pub document: &'d Document<'d>,
    /// The value that was looked at: the root of the tree unless `--at` says otherwise.
    pub root: Node<'d>,
    /// The documents in it.
    pub detection: &'d Detection,
    /// Whether it was found by walking a directory, not named.
    pub walked: bool,
}

impl File<'_> {
    /// Whether it holds no document, not even an empty page of them.
    pub fn holds_nothing(&self) -> bool {
        self.detection.subjects.is_empty() && self.detection.wrapped.is_none()
    }

    /// Whether it is something else altogether, so that its syntax is its own affair: text in another format, or
    /// JSON that is intact as far as its outermost value goes. A broken scalar or an empty container says nothing.
    pub fn is_of_another_format(&self) -> bool {
        let root = self.root;
        let is_whole = || !root.is_damaged() && !root.is_incomplete();
        let keeps_structure =
            |fault: &Fault| matches!(fault.kind, FaultKind::HugeNumber | FaultKind::ByteOrderMark);
        let tells = || !root.is_empty() || self.document.faults().iter().all(keeps_structure);
        self.holds_nothing() && (self.detection.is_other_text || (is_whole() && tells()))
    }
}

/// Whether a path ends in `.well-known/agent-card.json`, where nothing but a card may stand.
pub fn is_well_known_card(path: &str) -> bool {
    path == ".well-known/agent-card.json" || path.ends_with("/.well-known/agent-card.json")
}

/// The document that a [`Finding`] is about.
pub struct Context<'d> {
    /// The tree.
    pub document: &'d Document<'d>,
    /// What it is checked as.
    pub subject: &'d Subject,
    /// Its shape as a whole.
    pub shape: &'d Shape,
}

impl<'d> Context<'d> {
    /// The node of `finding`.
    pub fn node(&self, finding: &Finding) -> Node<'d> {
        self.document.node(finding.node)
    }

    /// The document itself.
    pub fn root(&self) -> Node<'d> {
        self.document.node(self.subject.node)
    }

    /// Whether it is a card with a 1.0 half.
    pub fn is_modern(&self) -> bool {
        self.subject.profile.card().is_some_and(|version| version.modern)
    }

    /// Whether it is a Graph object.
    pub fn is_graph(&self) -> bool {
        self.subject.profile.kind().is_graph()
    }
}

/// Takes what one rule finds.
pub struct Report<'r> {
    rule: &'static Meta,
    found: &'r mut Vec<Diagnostic>,
}

impl<'r> Report<'r> {
    /// A report for `rule` that adds to `found`.
    pub fn new(rule: &'static Meta, found: &'r mut Vec<Diagnostic>) -> Self {
        Self { rule, found }
    }

    /// Reports `message` at `place`, with the severity of the rule.
    pub fn at(&mut self, place: Place<'_>, message: impl Into<String>) -> Found<'_> {
        self.at_span(place.span(), place.node(), message)
    }

    /// Reports `message` at bytes that are no part of a value; `node` is the value concerned.
    pub fn at_span(&mut self, span: Span, node: Node<'_>, message: impl Into<String>) -> Found<'_> {
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: self.rule.severity,
            message: message.into(),
            help: Cow::Borrowed(""),
            pointer: node.pointer(),
            span,
            related: Vec::new(),
            fixes: Vec::new(),
        };
        Found(self.found.push_mut(diagnostic))
    }
}

/// A diagnostic that was just reported, to say more about it.
pub struct Found<'a>(&'a mut Diagnostic);

impl Found<'_> {
    /// Lowers the severity; a higher one than the rule's is capped.
    pub fn severity(self, severity: Severity) -> Self {
        self.0.severity = severity.min(self.0.rule.severity);
        self
    }

    /// Makes it a warning at most, where `lenient` holds.
    pub fn warning_if(self, lenient: bool) -> Self {
        if lenient {
            self.0.severity = self.0.severity.min(Severity::Warning);
        }
        self
    }

    /// What to do, in the imperative.
    pub fn help(self, help: impl Into<Cow<'static, str>>) -> Self {
        self.0.help = help.into();
        self
    }

    /// Another place that matters.
    pub fn related(self, place: Place<'_>, message: impl Into<String>) -> Self {
        self.related_span(place.span(), place.node(), message)
    }

    /// Another place that matters, at bytes that are no part of a value; `node` is the value concerned.
    pub fn related_span(self, span: Span, node: Node<'_>, message: impl Into<String>) -> Self {
        let pointer = node.pointer();
        self.0.related.push(Related { message: message.into(), path: None, pointer, span });
        self
    }

    /// A way to mend it: the bytes of `span` become `text`.
    pub fn replace(
        self,
        safety: Safety,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        self.fix(safety, title, vec![Edit { span, text: text.into() }])
    }

    /// A way to mend it by several edits, in the order of the text.
    pub fn fix(self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.0.fixes.push(Fix { title: title.into(), safety, edits });
        self
    }
}
