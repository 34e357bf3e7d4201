//! Cards of one release as cards of another, written in the manner of the input.
//!
//! Nothing is lost silently and nothing is invented. What does not come along, what was taken for granted and what only a
//! person can decide are diagnostics with a place in the input; so is whatever the check of the result finds.

mod card;
mod draft;
mod interfaces;
mod names;
mod old;
mod options;
mod print;
mod security;
mod verify;
mod work;

pub use options::{Flows, Options, RestUrl, Target};

use crate::diagnostic::{Diagnostic, Group, Severity};
use crate::edit::indent_at;
use crate::kind::{CardVersion, Forced, Kind, Subject, Version, detect};
use crate::lint::{Checked, Input, Settings, describe, lint};
use crate::rule::{Assumption, Check, Question, Report, Step, StepKind};
use crate::rules;
use crate::schema::{Fact, Reason, Shape, shape};
use crate::secret::mask;
use crate::syntax::{Document, Node, parse};
use draft::Draft;
use std::borrow::Cow;
use work::{At, Work};

/// What became of a text.
#[derive(Debug)]
pub struct Migrated {
    /// The text and what there is to say of it, as after a check.
    pub checked: Checked,
    /// What the text becomes.
    pub outcome: Outcome,
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
    let detection = detect(document.root(), &options.forced);
    let cards: Vec<(&Subject, CardVersion)> =
        detection.subjects.iter().filter_map(|subject| Some((subject, subject.profile.card()?))).collect();
    let documents = cards.iter().map(|(subject, _)| describe(&document, subject)).collect();
    let text = String::from_utf8(bytes).ok().filter(|_| document.faults().is_empty() && !cards.is_empty());
    let Some(text) = text else { return unreadable(input, masked, options, !detection.subjects.is_empty()) };
    let broken = wrong_types(input, &masked, options);

    let mut diagnostics = Vec::new();
    let mut written = String::with_capacity(text.len() + text.len() / 2);
    let mut done = 0;
    for (subject, version) in cards {
        let node = document.node(subject.node);
        let result = one(input, &document, node, subject, version, &text, options, &mut diagnostics);
        if let Some(result) = result {
            let span = node.span().range();
            written.push_str(&text[done..span.start]);
            written.push_str(&result);
            done = span.end;
        }
    }
    written.push_str(&text[done..]);
    let same = written == text;
    if !same {
        let is_told = |found: &Diagnostic| {
            broken.iter().any(|other| (other.span, other.rule.id) == (found.span, found.rule.id))
        };
        diagnostics.retain(|found| !is_told(found));
        diagnostics.extend(broken);
    }
    diagnostics.sort_by(|a, b| (a.span, a.rule.id).cmp(&(b.span, b.rule.id)));
    diagnostics.dedup_by(|a, b| (a.span, a.rule.id, &a.message) == (b.span, b.rule.id, &b.message));
    let outcome = if same { Outcome::Same } else { Outcome::Text(written) };
    let text = document.text().to_owned();
    let checked = Checked { text, origin: input.origin, documents, diagnostics, ..Checked::default() };
    Migrated { checked, outcome }
}

/// A text without a card, or one that cannot be read: its own faults come first.
fn unreadable(input: Input<'_>, masked: Vec<u8>, options: &Options, is_other: bool) -> Migrated {
    let settings = Settings { forced: options.forced, ..Settings::default() };
    let mut checked = lint(input, masked, &settings);
    // What is wrong with a document that is no card is of no interest here, but for what hides its cards.
    let is_asked = |found: &Diagnostic| !is_other || found.rule.group == Group::Syntax;
    checked.diagnostics.retain(|found| found.severity == Severity::Error && is_asked(found));
    Migrated { checked, outcome: Outcome::Nothing }
}

/// Values of another type than they have to be: nothing can be made of them, whatever the target.
fn wrong_types(input: Input<'_>, masked: &[u8], options: &Options) -> Vec<Diagnostic> {
    let settings = Settings { forced: options.forced, ..Settings::default() };
    let mut found = lint(input, masked.to_vec(), &settings).diagnostics;
    found.retain(|found| found.severity == Severity::Error && found.rule.id == "wrong-type");
    found.iter_mut().for_each(|found| found.fixes.clear());
    found
}

/// Migrates one card; nothing where it stays as it is.
#[allow(clippy::too_many_arguments, reason = "each is another thing")]
fn one(
    input: Input<'_>,
    document: &Document<'_>,
    node: Node<'_>,
    subject: &Subject,
    version: CardVersion,
    text: &str,
    options: &Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let shape = shape(document.root(), subject);
    if is_there(version, node, &shape, document, options.to) {
        return None;
    }
    let mut work = Work::new(node, options);
    let draft = card::migrate(&mut work, version, &shape, Draft::of(node));
    let asks = work.noted.iter().any(|noted| matches!(noted.kind, StepKind::Open(_)));
    if draft.is_intact(node) && !asks {
        return None;
    }
    if node.id() == document.root().id() && keeps_old_name(input.path, options.to) {
        work.assume(Some(node.id()), At::Opening, Assumption::FileName);
    }
    let printed = print::print(&draft, document, text, indent_at(text, node.span().start));
    let mut errors = verify::errors(&draft, &printed, forced(options.to), node);
    let steps: Vec<Step<'_>> = work
        .noted
        .iter()
        .map(|noted| Step {
            place: noted.place(document),
            target: options.to.words(),
            kind: noted.kind.clone(),
        })
        .collect();
    errors.retain(|found| !steps.iter().any(|step| explains(step, found)));
    if !options.fill_empty {
        errors.iter_mut().for_each(mention_fill);
    }
    diagnostics.extend(report(&steps));
    diagnostics.extend(errors);
    Some(printed)
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
const fn forced(to: Target) -> Forced {
    let version = match to {
        Target::Modern => Some(Version::V1_0),
        Target::Legacy(release) => Some(release),
        Target::Dual => None,
    };
    Forced { kind: Some(Kind::A2aCard), version, mode: None }
}

/// Whether a card is what it is to become, and has nothing of another release in it.
fn is_there(
    version: CardVersion,
    node: Node<'_>,
    shape: &Shape,
    document: &Document<'_>,
    to: Target,
) -> bool {
    let fits = match to {
        Target::Modern => version.modern && version.legacy.is_none(),
        Target::Legacy(release) => {
            let is_of = version.legacy == Some(release) && !version.modern && version.stated;
            is_of && !version.raised && !version.protojson
        }
        Target::Dual => return false,
    };
    let foreign = |fact: &Fact| match fact {
        Fact::Misnamed { reason: Reason::Elsewhere(whose), .. } => !whose.is_empty(),
        Fact::Gone { .. } => true,
        Fact::NoVariant { variants } => variants.iter().any(|name| name.ends_with("SecurityScheme")),
        _ => false,
    };
    let in_card = |id| node.span().covers(document.node(id).span());
    fits && !shape.findings.iter().any(|finding| in_card(finding.node) && foreign(&finding.fact))
}

/// Whether a card stays in a file where clients of the target do not look.
fn keeps_old_name(path: &str, to: Target) -> bool {
    let is_new = matches!(to, Target::Modern | Target::Dual | Target::Legacy(Version::V0_3_0));
    is_new && path.rsplit('/').next() == Some("agent.json")
}

/// Whether an error of the result only repeats what was asked.
fn explains(step: &Step<'_>, found: &Diagnostic) -> bool {
    let StepKind::Open(question) = step.kind else { return false };
    let misses =
        |member: &str| found.rule.id == "missing-member" && found.message.contains(&format!("`{member}`"));
    match question {
        Question::ServerVersion => misses("protocolVersion") || found.span == step.place.span(),
        Question::OldServer => misses("url") || misses("protocolVersion"),
        Question::Flows => found.rule.id == "oauth-flow-count",
        Question::RestUrl | Question::Scheme | Question::Option(..) => false,
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
