//! What a rule is, and how it reports.

use crate::diagnostic::{Carried, Diagnostic, Edit, Fix, Meta, OtherFile, Related, Safety, Severity};
use crate::edit::{self, Where};
use crate::kind::{Detection, Outcome, Subject};
use crate::model::{Agent, Identity};
use crate::schema::{Finding, Shape};
use crate::secret::Secret;
use crate::syntax::{Document, Fault, Node, NodeId, Place};
use crate::text::{FileRange, Span};
use std::borrow::Cow;

/// A rule: what a user sees of it, and what it looks at.
pub struct Rule {
    /// What a user sees.
    pub meta: Meta,
    /// What it looks at.
    pub check: Check,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.meta.id)
    }
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
    /// Two files of one run that contradict each other.
    Run(fn(&Encounter<'_>, &mut Report<'_>)),
    /// A remark about a configuration file.
    Configuration(fn(&Remark<'_>, &mut Report<'_>)),
    /// A step of a migration that somebody has to know of.
    Migration(fn(&Step<'_>, &mut Report<'_>)),
}

/// What a document says it is, kept when its text is gone.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it says it is.
    pub identity: Identity,
    /// Digests of what other documents that are the same have to say in the same way, as far as they say it.
    pub content: [Option<u64>; 2],
    /// Which document of its text it is.
    pub document: usize,
    /// The JSON Pointer of the value that says so.
    pub pointer: String,
    /// Its bytes.
    pub span: Span,
    /// The same in lines and columns.
    pub range: FileRange,
    /// Its place, where the settings ask for places.
    pub place: String,
}

impl Claim {
    /// Whether `other` says something else where both say something.
    pub fn contradicts(&self, other: &Claim) -> bool {
        let mut pairs = self.content.iter().zip(&other.content);
        pairs.any(|(own, other)| own.is_some() && other.is_some() && own != other)
    }
}

/// A document that claims to be what one of an earlier file is, and says something else.
pub struct Encounter<'r> {
    /// What it claims.
    pub claim: &'r Claim,
    /// The path of its file.
    pub path: &'r str,
    /// What the earlier document claimed.
    pub earlier: &'r Claim,
    /// The path of the earlier file.
    pub earlier_path: &'r str,
}

impl Check {
    /// Whether it takes several files to tell, so that one of them alone proves nothing.
    pub const fn compares_files(&self) -> bool {
        matches!(self, Check::Run(_))
    }
}

/// Something to say about a configuration file.
pub struct Remark<'c> {
    /// Where it is in that file.
    pub span: Span,
    /// The JSON Pointer of the setting, as if the file were JSON.
    pub pointer: &'c str,
    /// What it is.
    pub kind: RemarkKind<'c>,
}

/// What there is to say about a configuration file.
pub enum RemarkKind<'c> {
    /// It cannot be understood; what is wrong, and what to write instead.
    Fault(&'c str, &'c str),
    /// An allowance of a rule's findings has suppressed none; whether that is because none of its files is there.
    UnusedAllowance(&'static str, bool),
    /// An allowance of a rule's findings has ended, with this day.
    ExpiredAllowance(&'static str, &'c str),
}

/// A step of a migration that somebody has to know of.
pub struct Step<'d> {
    /// What it is about, in the document that is migrated.
    pub place: Place<'d>,
    /// What the document becomes, such as `A2A 1.0`.
    pub target: &'static str,
    /// What it is.
    pub kind: StepKind,
}

/// What there is to say about a step of a migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepKind {
    /// Something does not come along.
    Lost(Loss),
    /// Only a person knows how to go on.
    Open(Question),
    /// Something was taken for granted.
    Assumed(Assumption),
}

/// What a migration loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// A member that the target does not have.
    Member,
    /// The same, but it said no more than its absence does.
    Formality,
    /// That a skill asks for nothing, while its card does.
    OpenSkill,
    /// Signatures, which hold for the text that they were made for.
    Signatures,
    /// What a login needs, in words.
    Credentials,
    /// An endpoint of another protocol version.
    Interface,
    /// A flow of a security scheme.
    Flow,
    /// The only flow of a security scheme.
    OnlyFlow,
    /// A kind of security scheme.
    Scheme,
    /// A member of one half of a mixed card, which says something else than the other half under this name.
    Half(&'static str),
    /// A member that readers of the target do not look at, though it is kept.
    Unread,
    /// What a registry knows of an agent besides its card.
    Registry,
}

/// What only a person can decide or knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Which versions of the protocol the server speaks, since what the card says of it contradicts its shape or is no
    /// version.
    ServerVersion,
    /// Whether the endpoints of a 1.0 card speak 0.3 too.
    OldServer,
    /// Which binding an endpoint of 0.3 in a 1.0 card has, where it names none.
    Binding,
    /// Which flows of a security scheme are kept, and how.
    Flows,
    /// How a requirement is to be met whose schemes have so many flows that there would be more alternatives than this.
    Alternatives(usize),
    /// Which interface is of which version, where a draft of 1.0 names more than these for all of them.
    Versions(usize),
    /// Whether the URL of an HTTP+JSON endpoint has to change with its version.
    RestUrl,
    /// What a security scheme needs to be declared, of which a 0.1 card only says the name.
    Scheme,
    /// What a Graph body needs and no card says: the member, and the option that tells it.
    Option(&'static str, &'static str),
    /// Where the card is, since the registration holds none.
    Card,
}

/// What a migration takes for granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assumption {
    /// The endpoint speaks what the card was written for.
    OldServer,
    /// The name of a scheme in a 0.1 card means that there is no login.
    Open,
    /// Any one of the schemes of a 0.1 card will do.
    AnyScheme,
    /// A registration does without the id of the agent in the platform that it comes from.
    NoSourceId,
    /// A member is meant to be another one.
    Name(String),
    /// The file stays under a name where no client of the target looks.
    FileName,
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
    /// The credentials in it; the text shows only that they were there.
    pub secrets: &'d [Secret],
}

impl File<'_> {
    /// Whether it holds no document, not even an empty page of them.
    pub fn holds_nothing(&self) -> bool {
        self.detection.subjects.is_empty() && self.detection.wrapped.is_none()
    }

    /// Whether it is something else altogether, so that its syntax is its own affair.
    pub fn is_of_another_format(&self) -> bool {
        self.detection.outcome == Outcome::Unrecognized
    }
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
    /// How many diagnostics there may be.
    most: usize,
    /// The last one that was too many, for a rule to go on with.
    spare: Option<Diagnostic>,
    left_out: u64,
}

impl<'r> Report<'r> {
    /// A report for `rule` that adds to `found`.
    pub fn new(rule: &'static Meta, found: &'r mut Vec<Diagnostic>) -> Self {
        Self::limited(rule, found, usize::MAX)
    }

    /// The same as long as `found` holds fewer than `most` diagnostics; the others are only counted.
    pub fn limited(rule: &'static Meta, found: &'r mut Vec<Diagnostic>, most: usize) -> Self {
        Self { rule, found, most, spare: None, left_out: 0 }
    }

    /// Goes on with `rule`.
    pub fn turn_to(&mut self, rule: &'static Meta) {
        self.rule = rule;
    }

    /// How many diagnostics were not added.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Reports `message` at `place`, with the severity of the rule.
    pub fn at(&mut self, place: Place<'_>, message: impl Into<String>) -> Found<'_> {
        self.at_span(place.span(), place.node(), message)
    }

    /// Reports `message` at bytes that are no part of a value; `node` is the value concerned.
    pub fn at_span(&mut self, span: Span, node: Node<'_>, message: impl Into<String>) -> Found<'_> {
        self.push(span, Some(node.id()), node.pointer(), message.into())
    }

    /// Reports `message` where `remark` is.
    pub fn at_remark(&mut self, remark: &Remark<'_>, message: impl Into<String>) -> Found<'_> {
        self.push(remark.span, None, remark.pointer.to_owned(), message.into())
    }

    /// Reports `message` where `step` is.
    pub fn at_step(&mut self, step: &Step<'_>, message: impl Into<String>) -> Found<'_> {
        self.at(step.place, message)
    }

    /// Reports `message` at the later of two documents that contradict each other.
    pub fn at_encounter(&mut self, encounter: &Encounter<'_>, message: impl Into<String>) -> Found<'_> {
        self.push(encounter.claim.span, None, encounter.claim.pointer.clone(), message.into())
    }

    fn push(&mut self, span: Span, node: Option<NodeId>, pointer: String, message: String) -> Found<'_> {
        let diagnostic = Diagnostic {
            rule: self.rule,
            severity: self.rule.severity,
            message,
            help: Cow::Borrowed(""),
            pointer,
            inner: None,
            node,
            span,
            siblings: Vec::new(),
            related: Vec::new(),
            fixes: Vec::new(),
        };
        if self.found.len() < self.most {
            return Found(self.found.push_mut(diagnostic));
        }
        self.left_out += 1;
        Found(self.spare.insert(diagnostic))
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
        self.0.related.push(Related { message: message.into(), file: None, pointer, span });
        self
    }

    /// The earlier of two documents that contradict each other, as another place that matters.
    pub fn related_earlier(self, encounter: &Encounter<'_>, message: impl Into<String>) -> Self {
        let Encounter { earlier, earlier_path, .. } = encounter;
        let file = OtherFile { path: (*earlier_path).to_owned(), range: earlier.range };
        let (pointer, span) = (earlier.pointer.clone(), earlier.span);
        self.0.related.push(Related { message: message.into(), file: Some(file), pointer, span });
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

    /// Further places that are in the same state.
    pub fn also<'d>(self, places: impl Iterator<Item = Place<'d>>, message: &str) -> Self {
        places.fold(self, |found, place| found.related(place, message))
    }

    /// A way to mend it: the bytes of each of `spans`, which are in order, become `text`.
    pub fn replace_all(self, safety: Safety, title: impl Into<String>, spans: &[Span], text: &str) -> Self {
        let edits = spans.iter().map(|span| Edit { span: *span, text: text.to_owned() }).collect();
        self.fix(safety, title, edits)
    }

    /// A way to mend it: a member before the others of `object`, in the manner of the document. `value` is JSON.
    pub fn insert(
        self,
        safety: Safety,
        title: impl Into<String>,
        object: Node<'_>,
        name: &str,
        value: &str,
    ) -> Self {
        self.insert_at(safety, title, (object, Where::First), name, value)
    }

    /// A way to mend it: a member of an object at a place, in the manner of the document. `value` is JSON.
    pub fn insert_at(
        self,
        safety: Safety,
        title: impl Into<String>,
        (object, place): (Node<'_>, Where<'_>),
        name: &str,
        value: &str,
    ) -> Self {
        self.offer(safety, title, edit::insert_member(object, place, name, value).map(|edit| vec![edit]))
    }

    /// A way to mend it: an element behind the others of `array`, in the manner of the document. `value` is JSON.
    pub fn append(self, safety: Safety, title: impl Into<String>, array: Node<'_>, value: &str) -> Self {
        self.offer(safety, title, edit::insert_element(array, Where::Last, value).map(|edit| vec![edit]))
    }

    /// A way to mend it: `item`, a member or an element, goes, with the comma that parts it from its neighbour.
    pub fn remove(self, safety: Safety, title: impl Into<String>, item: Node<'_>) -> Self {
        self.offer(safety, title, edit::removal(item).map(|edit| vec![edit]))
    }

    /// A way to mend it: `item` of a list goes, if it is written like another one, `first`.
    pub fn remove_copy(
        self,
        title: impl Into<String>,
        item: Option<Node<'_>>,
        first: Option<Node<'_>>,
    ) -> Self {
        match (item, first) {
            (Some(item), Some(first)) if !item.is_member() && item != first && item.raw() == first.raw() => {
                self.remove(Safety::Safe, title, item)
            }
            _ => self,
        }
    }

    /// A way to mend it: `member` gets the key `name`.
    pub fn rename(self, safety: Safety, member: Node<'_>, name: &str) -> Self {
        let edit = edit::rename(member, name);
        self.offer(safety, format!("rename it to `{name}`"), edit.map(|edit| vec![edit]))
            .carrying(member, false)
    }

    /// A way to mend it: `member` goes to a place in an object, there called `name`.
    pub fn move_to(
        self,
        safety: Safety,
        title: impl Into<String>,
        member: Node<'_>,
        (object, place): (Node<'_>, Where<'_>),
        name: &str,
    ) -> Self {
        self.offer(safety, title, edit::move_member(member, object, place, name)).carrying(member, true)
    }

    /// Notes that the last fix renames or moves `member`.
    fn carrying(self, member: Node<'_>, to_other_object: bool) -> Self {
        if let Some(fix) = self.0.fixes.last_mut() {
            fix.carries = Some(Carried { member: member.id(), to_other_object });
        }
        self
    }

    /// A way to mend it, if there are edits for it.
    pub fn offer(self, safety: Safety, title: impl Into<String>, edits: Option<Vec<Edit>>) -> Self {
        match edits.and_then(edit::in_order) {
            Some(edits) => self.fix(safety, title, edits),
            None => self,
        }
    }

    /// A way to mend it by several edits, in the order of the text.
    pub fn fix(self, safety: Safety, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.0.fixes.push(Fix { title: title.into(), safety, edits, carries: None });
        self
    }
}
