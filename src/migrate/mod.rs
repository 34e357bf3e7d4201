//! Cards of one release as cards of another, and as Graph objects and back, written in the manner of the input.
//!
//! Nothing is lost silently and nothing is invented. What does not come along, what was taken for granted and what only a
//! person can decide are diagnostics with a place in the input; so is whatever the check of the result finds.

mod card;
mod draft;
mod graph;
mod interfaces;
mod names;
mod old;
mod options;
mod print;
mod security;
mod verify;
mod work;

pub use options::{Flows, Options, Registry, RestUrl, Target};

use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::edit::{Style, indent_at};
use crate::kind::{CardVersion, Forced, Kind, Mode, Subject, Version, detect};
use crate::lint::{Checked, Input, Settings, describe, lint};
use crate::rule::{Assumption, Check, Question, Report, Step, StepKind};
use crate::rules;
use crate::schema::{Fact, Reason, Shape, shape};
use crate::secret::mask;
use crate::syntax::{Node, parse};
use crate::text::Span;
use draft::Draft;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use work::{At, Work};

/// What became of a text.
#[derive(Debug)]
pub struct Migrated {
    /// The text and what there is to say of it, as after a check.
    pub checked: Checked,
    /// What the text becomes.
    pub outcome: Outcome,
    /// The new text as it may be shown: what is secret in the old one is masked.
    pub shown: String,
}

/// What a text becomes.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Another text. With an error among the diagnostics, it is as far as it goes.
    Text(String),
    /// Nothing else: all of its cards are what they are to become.
    Same,
    /// Nothing: there is no card in it, or it cannot be read.
    Nothing,
}

impl Migrated {
    /// Whether something is needed before the result is whole.
    pub fn has_gaps(&self) -> bool {
        self.checked.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }
}

/// Migrates every card in a text.
pub fn migrate(input: Input<'_>, bytes: Vec<u8>, options: &Options) -> Migrated {
    let mut masked = bytes.clone();
    mask(&mut masked);
    let document = parse(&masked);
    let detection = detect(document.root(), input.hint(), &options.forced);
    let cards: Vec<&Subject> =
        detection.subjects.iter().filter(|subject| is_asked(subject, options.to)).collect();
    let documents = cards.iter().map(|subject| describe(&document, subject)).collect();
    let text = String::from_utf8(bytes).ok().filter(|_| document.faults().is_empty() && !cards.is_empty());
    let Some(text) = text else { return unreadable(input, masked, options, !detection.subjects.is_empty()) };
    let broken = wrong_types(input, &masked, options);

    let mut diagnostics = Vec::new();
    let mut written = String::with_capacity(text.len() + text.len() / 2);
    // The text in which nothing is secret takes the same steps, so that it has its masks where the other has credentials.
    let mut shown = String::new();
    let mut cards_done = Vec::new();
    let style = Style::of(&document);
    let mut done = 0;
    for subject in cards {
        let node = document.node(subject.node);
        if let Some(card) = one(input, node, subject, &text, style, options) {
            let span = node.span().range();
            written.push_str(&text[done..span.start]);
            written.push_str(&card.printed);
            shown.push_str(&document.text()[done..span.start]);
            shown.push_str(&card.shown);
            done = span.end;
            cards_done.push((node, card));
        }
    }
    written.push_str(&text[done..]);
    shown.push_str(&document.text()[done..]);
    let same = written == text;
    let mut asked = Vec::new();
    let mut drafts = HashMap::new();
    for (node, card) in cards_done {
        diagnostics.extend(card.said);
        asked.push((node.span(), card.asked));
        drafts.insert(node.id(), card.draft);
    }
    if !options.to.is_graph() {
        let mut errors = verify::errors_of_whole(&shown, document.root(), drafts);
        errors.retain(|found| !is_asked_for(&asked, found));
        diagnostics.extend(errors);
    }
    if !same {
        let told: HashSet<_> = broken.iter().map(|found| (found.span, found.rule.id)).collect();
        diagnostics.retain(|found| !told.contains(&(found.span, found.rule.id)));
        diagnostics.extend(broken);
    }
    let mut said = HashSet::new();
    diagnostics.retain(|found| said.insert((found.span, found.rule.id, found.message.clone())));
    diagnostics.sort_by(|a, b| (a.span, a.rule.id).cmp(&(b.span, b.rule.id)));
    let outcome = if same { Outcome::Same } else { Outcome::Text(written) };
    let text = document.text().to_owned();
    let checked = Checked { text, origin: input.origin, documents, diagnostics, ..Checked::default() };
    Migrated { checked, outcome, shown }
}

/// A text without a card, or one that cannot be read: its own faults come first.
fn unreadable(input: Input<'_>, masked: Vec<u8>, options: &Options, is_other: bool) -> Migrated {
    let settings = Settings { forced: options.forced, ..Settings::default() };
    let mut checked = lint(input, masked, &settings);
    // What is wrong with a document that is no card is of no interest here, but for what hides its cards.
    let is_asked = |found: &Diagnostic| {
        let is_inside_string = found.inner.is_some();
        !is_inside_string && (!is_other || found.rule.group == Group::Syntax)
    };
    checked.diagnostics.retain(|found| found.severity == Severity::Error && is_asked(found));
    Migrated { checked, outcome: Outcome::Nothing, shown: String::new() }
}

/// Values of another type than they have to be: nothing can be made of them, whatever the target.
fn wrong_types(input: Input<'_>, masked: &[u8], options: &Options) -> Vec<Diagnostic> {
    let settings = Settings { forced: options.forced, ..Settings::default() };
    let mut found = lint(input, masked.to_vec(), &settings).diagnostics;
    found.retain(|found| {
        found.severity == Severity::Error && found.rule.id == "wrong-type" && found.inner.is_none()
    });
    found.iter_mut().for_each(|found| found.fixes.clear());
    found
}

/// Whether a document is of those that become `to`.
fn is_asked(subject: &Subject, to: Target) -> bool {
    match to {
        Target::Card => matches!(
            subject.profile.kind(),
            Kind::GraphAgentRegistration | Kind::GraphAgentInstance | Kind::GraphAgentCardManifest
        ),
        Target::GraphRegistration | Target::GraphInstance => {
            subject.profile.kind() == Kind::A2aCard && !subject.embedded
        }
        _ => subject.profile.kind() == Kind::A2aCard,
    }
}

/// A document that was migrated.
struct Done {
    draft: Draft,
    printed: String,
    /// The same with what is secret masked.
    shown: String,
    said: Vec<Diagnostic>,
    asked: Vec<Asked>,
}

/// Something that only a person knows, and the place where it matters.
type Asked = (Question, Span);

/// Migrates one document, and tells what there is to say; nothing where it stays as it is.
fn one(
    input: Input<'_>,
    node: Node<'_>,
    subject: &Subject,
    text: &str,
    style: Style<'_>,
    options: &Options,
) -> Option<Done> {
    let document = node.document();
    let shape = shape(document.root(), subject);
    if is_there(subject, node, &shape, options.to) {
        return None;
    }
    let mut work = Work::new(node, options);
    let draft = steps(&mut work, subject, &shape, node);
    let asks = work.noted.iter().any(|noted| matches!(noted.kind, StepKind::Open(_)));
    if draft.is_intact(node) && !asks && is_of(subject, options.to) {
        return None;
    }
    if node.id() == document.root().id() && keeps_old_name(input.path, options.to) {
        work.assume(Some(node.id()), At::Opening, Assumption::FileName);
    }
    let print = |text: &str| print::print(&draft, document, style, text, indent_at(text, node.span().start));
    let printed = print(text);
    let shown = if text == document.text() { printed.clone() } else { print(document.text()) };
    let mut errors = verify::errors(&draft, &shown, forced(options.to, subject), node);
    if options.to == Target::Dual {
        errors.extend(verify::missing_halves(&draft, &shown, node));
    }
    let noted = work.noted.iter();
    let target = options.to.words();
    let steps: Vec<Step<'_>> =
        noted.map(|noted| Step { place: noted.place(document), target, kind: noted.kind.clone() }).collect();
    let asked = asked(&steps);
    errors.retain(|found| !asked.iter().any(|asked| explains(*asked, found)));
    if !options.fill_empty {
        errors.iter_mut().for_each(mention_fill);
    }
    let mut said = report(&steps);
    said.extend(errors);
    Some(Done { draft, printed, shown, said, asked })
}

/// What the steps ask, each question once.
fn asked(steps: &[Step<'_>]) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for step in steps {
        if let StepKind::Open(question) = step.kind
            && !asked.iter().any(|(other, _)| *other == question)
        {
            asked.push((question, step.place.span()));
        }
    }
    asked
}

/// Whether an error of the whole result only repeats what was asked of the document in which it is; these stand in the order
/// of the text.
fn is_asked_for(documents: &[(Span, Vec<Asked>)], found: &Diagnostic) -> bool {
    let next = documents.partition_point(|(span, _)| span.end <= found.span.start);
    let inside = documents.get(next).filter(|(span, _)| span.covers(found.span));
    inside.is_some_and(|(_, asked)| asked.iter().any(|asked| explains(*asked, found)))
}

/// Takes the steps to the target.
fn steps(work: &mut Work<'_>, subject: &Subject, shape: &Shape, node: Node<'_>) -> Draft {
    let draft = Draft::of(node);
    // What is no card by itself is one of 0.3.0 in parts.
    let version = subject.profile.card().unwrap_or(CardVersion::stated(Version::V0_3_0));
    match work.options.to {
        Target::GraphRegistration => graph::registration(work, draft),
        Target::GraphInstance => {
            work.to = Target::Legacy(Version::V0_3_0);
            let card = card::migrate(work, version, shape, draft);
            graph::instance(work, card)
        }
        Target::Card if subject.profile.kind() == Kind::GraphAgentRegistration => {
            let mut draft = draft;
            names::settle(work, &mut draft, shape);
            graph::registered_card(work, draft.clone()).unwrap_or_else(|| {
                work.ask(Some(node.id()), At::Opening, Question::Card);
                draft
            })
        }
        Target::Card => {
            work.to = Target::Legacy(Version::V0_3_0);
            let mut draft = draft;
            names::settle(work, &mut draft, shape);
            let card = graph::card_of(work, draft);
            card::migrate(work, version, &Shape::default(), card)
        }
        _ => card::migrate(work, version, shape, draft),
    }
}

/// What the rules say of `steps`.
fn report(steps: &[Step<'_>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in rules::ALL {
        if let Check::Migration(check) = rule.check {
            steps.iter().for_each(|step| check(step, &mut Report::new(&rule.meta, &mut diagnostics)));
        }
    }
    diagnostics
}

/// What the result is checked as.
fn forced(to: Target, subject: &Subject) -> Forced {
    let card = |version| Forced { kind: Some(Kind::A2aCard), version, mode: None };
    let body = |kind| Forced { kind: Some(kind), version: None, mode: Some(Mode::Create) };
    match to {
        Target::Modern => card(Some(Version::V1_0)),
        Target::Legacy(release) => card(Some(release)),
        Target::Dual => card(None),
        Target::GraphRegistration => body(Kind::GraphAgentRegistration),
        Target::GraphInstance => body(Kind::GraphAgentInstance),
        Target::Card if subject.profile.kind() == Kind::GraphAgentRegistration => card(None),
        Target::Card => card(Some(Version::V0_3_0)),
    }
}

/// Whether a card reads as one of the generation, or of both, that `to` is for.
fn is_of(subject: &Subject, to: Target) -> bool {
    let Some(version) = subject.profile.card() else { return false };
    match to {
        Target::Modern => version.modern && version.legacy.is_none(),
        Target::Dual => version.is_mixed(),
        Target::Legacy(_) => version.legacy.is_some() && !version.modern,
        Target::GraphRegistration | Target::GraphInstance | Target::Card => false,
    }
}

/// Whether a card is what it is to become, and has nothing of another release in it.
fn is_there(subject: &Subject, node: Node<'_>, shape: &Shape, to: Target) -> bool {
    let Some(version) = subject.profile.card() else { return false };
    let fits = match to {
        Target::Modern => true,
        Target::Legacy(release) => {
            let is_sure = version.stated && !version.raised && !version.protojson;
            is_sure && version.legacy == Some(release)
        }
        _ => false,
    };
    let foreign = |fact: &Fact| match fact {
        Fact::Misnamed { reason: Reason::Elsewhere(whose), .. } => !whose.is_empty(),
        Fact::Gone { .. } => true,
        Fact::NoVariant { variants } => variants.iter().any(|name| name.ends_with("SecurityScheme")),
        _ => false,
    };
    let in_card = |id| node.span().covers(node.document().node(id).span());
    fits && is_of(subject, to)
        && !shape.findings.iter().any(|finding| in_card(finding.node) && foreign(&finding.fact))
}

/// Whether a card stays in a file where clients of the target do not look.
fn keeps_old_name(path: &str, to: Target) -> bool {
    let is_new = matches!(to, Target::Modern | Target::Dual | Target::Legacy(Version::V0_3_0));
    is_new && path.rsplit('/').next() == Some("agent.json")
}

/// Whether an error of the result only repeats what was asked.
fn explains((question, place): Asked, found: &Diagnostic) -> bool {
    let misses =
        |member: &str| found.rule.id == "missing-member" && found.message.contains(&format!("`{member}`"));
    match question {
        Question::ServerVersion => misses("protocolVersion") || found.span == place,
        Question::Versions(_) => misses("protocolVersion") || found.span == place,
        // Members of a 0.x half look strange as long as it has no endpoint.
        Question::OldServer | Question::Binding => {
            misses("url") || misses("protocolVersion") || found.rule.id == "misnamed-member"
        }
        Question::Flows | Question::Alternatives(_) => found.rule.id == "oauth-flow-count",
        Question::Option(member, _) => misses(member) || found.rule.id == "ownerless-registration",
        Question::Card => true,
        Question::RestUrl | Question::Scheme => false,
    }
}

/// Says how to leave open what is only formally needed.
fn mention_fill(found: &mut Diagnostic) {
    let is_fillable = found.rule.id == "missing-member"
        && ["`description`", "`tags`"].iter().any(|name| found.message.contains(name));
    if is_fillable {
        found.help = Cow::Owned(format!("{}; --fill-empty leaves it empty", found.help));
    }
}
