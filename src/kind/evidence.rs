//! Weighs what speaks for and against each kind. What is decided here is decided once: nobody looks again.

use super::formats::{self, Format};
use super::graph::{self, Named};
use super::marks::{
    AT_CARD_PATH, CARD, DOUBTS, FILE_NAMES, GRAPH, Look, MARKS, MET_CARD, MET_GRAPH, Mark, NAMED_LIKE_CARD,
    SMALL_BODIES, STRONG,
};
use super::names::{Members, count, has, is_one_of, means, member};
use super::spelling::Letters;
use super::{Certainty, FileHint, Kind};
use crate::syntax::Node;
use std::borrow::Cow;

/// What an object is, by itself.
pub(super) enum Verdict {
    /// One kind fits best.
    Is(Recognized),
    /// It is a body of the Graph agent registry, and fits these kinds alike.
    Several(Vec<Kind>),
    /// It is in another format, in words that continue "this is".
    Other(Cow<'static, str>),
    /// It is like nothing that is known.
    Nothing,
}

/// A kind that fits.
pub(super) struct Recognized {
    pub(super) kind: Kind,
    /// Why, in words that continue "it ...".
    pub(super) reason: String,
    pub(super) certainty: Certainty,
    /// The kinds that fit as well, if there are any.
    pub(super) rivals: Vec<Kind>,
}

impl Verdict {
    /// One kind, and no other fits as well.
    fn is(kind: Kind, reason: String, certainty: Certainty) -> Self {
        Verdict::Is(Recognized { kind, reason, certainty, rivals: Vec::new() })
    }
}

/// What `value` is; `file` is the one that it fills, or nothing but how it was met where it is a part.
pub(super) fn judge(value: Node<'_>, file: FileHint<'_>) -> Verdict {
    if !value.is_object() {
        return Verdict::Nothing;
    }
    match graph::named(value) {
        Some(Named::Ours(kind, reason)) => return Verdict::is(kind, reason, Certainty::Certain),
        Some(Named::Other(words)) => return Verdict::Other(words.into()),
        None => {}
    }
    let members = Members::of(value);
    let format = formats::of(&members);
    let mut verdict = weigh(&members, format, false).verdict(value, file);
    // What speaks for nothing may do so with its names in another case, or with a slip.
    if matches!(verdict, Verdict::Nothing | Verdict::Several(_)) && !has(value, "name") {
        let near = weigh(&members, format, true).verdict(value, file);
        if matches!(near, Verdict::Is(_)) {
            verdict = near;
        }
    }
    match (verdict, format) {
        (verdict @ Verdict::Is(_), _) => verdict,
        (_, Some(format)) => Verdict::Other(format.words.into()),
        (Verdict::Several(kinds), None) => by_file_name(kinds, file),
        (verdict, None) => verdict,
    }
}

/// The sums of the marks of an object.
struct Weighed {
    scores: [i32; 5],
    /// Which of the marks were found, a bit for each.
    seen: u64,
    /// Whether every member is one that some kind has.
    knows_all: bool,
}

fn weigh(members: &Members<'_>, format: Option<&Format>, near: bool) -> Weighed {
    let against = format.map_or(0, |format| format.weight);
    let mut weighed = Weighed { scores: [-against; 5], seen: 0, knows_all: true };
    let letters: Vec<Letters> =
        if near { MARKS.iter().map(|mark| Letters::of(mark.member)).collect() } else { Vec::new() };
    members.iter().for_each(|(name, value)| weighed.member(name, *value, &letters));
    weighed
}

impl Weighed {
    /// Adds what the member called `name` says; with the letters of all marks also if its name is only nearly one of them.
    fn member(&mut self, name: &str, value: Node<'_>, near: &[Letters]) {
        let letters = Letters::of(name);
        let is_meant = |index: usize, mark: &Mark| match near.get(index) {
            None => mark.member == name,
            Some(wanted) => letters.may_be(*wanted) && means(name, mark.member),
        };
        let mut is_known = name.contains('@');
        for (index, mark) in MARKS.iter().enumerate().filter(|(index, mark)| is_meant(*index, mark)) {
            is_known = true;
            let bit = 1 << index;
            if self.seen & bit == 0 && (mark.look)(value) {
                self.seen |= bit;
                self.scores.iter_mut().zip(mark.weights).for_each(|(score, weight)| *score += weight);
            }
        }
        self.knows_all &= is_known;
    }

    fn score(&self, kind: Kind) -> i32 {
        self.scores[kind as usize]
    }

    fn verdict(&self, object: Node<'_>, file: FileHint<'_>) -> Verdict {
        // A name under another name counts where an address says that it is the name of an agent.
        let is_renamed = !has(object, "name") && has(object, "displayName") && has(object, "url");
        let card = self.score(Kind::A2aCard) + i32::from(is_renamed);
        let graph = Kind::ALL.into_iter().filter(|kind| kind.is_graph());
        let most = graph.clone().map(|kind| self.score(kind)).max().unwrap_or_default();
        let tied: Vec<Kind> = graph.filter(|kind| self.score(*kind) == most).collect();
        let is_at_card_path = object.parent().is_none() && is_well_known_card(file.path);
        let place = if is_at_card_path { AT_CARD_PATH } else { 0 };
        // A file that is called like a card needs nothing beside skills and a name.
        let called = i32::from(is_named_like_card(file.path) && has(object, "skills"));
        if card + called >= CARD && card + place > most {
            let certainty =
                if is_likely_card(object, card, file) { Certainty::Likely } else { Certainty::Guess };
            return Verdict::is(Kind::A2aCard, self.reason(Kind::A2aCard), certainty);
        }
        if is_at_card_path && card + place >= most {
            return Verdict::Nothing;
        }
        if !file.walked
            && let Some(kind) = small_body(object)
        {
            return Verdict::is(kind, self.reason(kind), Certainty::Guess);
        }
        if most < GRAPH {
            // Nothing but common members of the registry, as in the update of a name.
            let is_plausible = most > 0 && self.knows_all && has(object, "displayName");
            return if is_plausible { Verdict::Several(fitting(object, tied)) } else { Verdict::Nothing };
        }
        let certainty = if most >= MET_GRAPH { Certainty::Likely } else { Certainty::Guess };
        match tied.as_slice() {
            [kind] => Verdict::is(*kind, self.reason(*kind), certainty),
            // Nobody creates a manifest by itself.
            [Kind::GraphAgentCardManifest, Kind::GraphAgentCollection]
                if count(object, &["displayName", "ownerIds"]) == 2 =>
            {
                let reason = "has displayName, ownerIds and nothing but what a collection has".to_owned();
                Verdict::is(Kind::GraphAgentCollection, reason, certainty)
            }
            // Of the kinds that have such members only registrations are in use.
            kinds
                if kinds.contains(&Kind::GraphAgentRegistration)
                    && !kinds.contains(&Kind::GraphAgentInstance) =>
            {
                let rivals =
                    kinds.iter().copied().filter(|kind| *kind != Kind::GraphAgentRegistration).collect();
                Verdict::Is(Recognized {
                    kind: Kind::GraphAgentRegistration,
                    reason: "fits several kinds, of which agentRegistration is in use".to_owned(),
                    certainty: Certainty::Guess,
                    rivals,
                })
            }
            _ => Verdict::Several(fitting(object, tied)),
        }
    }

    /// What speaks for `kind` more than for its neighbours, in words.
    fn reason(&self, kind: Kind) -> String {
        let seen = || {
            let marks = MARKS.iter().enumerate();
            marks.filter(|(index, _)| self.seen & 1 << index != 0).map(|(_, mark)| mark)
        };
        let others = |mark: &Mark| {
            Kind::ALL.into_iter().filter(|other| other.is_graph()).map(|other| mark.weight(other)).min()
        };
        let tells = |mark: &&Mark| {
            mark.weight(kind) > 1 && (!kind.is_graph() || others(mark) < Some(mark.weight(kind)))
        };
        let names: Vec<&str> = seen().filter(tells).map(|mark| mark.member).take(2).collect();
        match names.as_slice() {
            ["supportedInterfaces", ..] => "has supportedInterfaces".to_owned(),
            [one] if !kind.is_graph() => format!("has {one}, name and url"),
            [] => {
                let names: Vec<&str> =
                    seen().filter(|mark| mark.weight(kind) > 0).map(|mark| mark.member).take(2).collect();
                if names.is_empty() {
                    "has nothing but members of its kind".to_owned()
                } else {
                    format!("has {}", names.join(" and "))
                }
            }
            names => format!("has {}", names.join(" and ")),
        }
    }
}

/// The kind of a body that is so small that its members have to be all there is.
fn small_body(object: Node<'_>) -> Option<Kind> {
    let fits = |(all, needed, _): &&(&[&str], &[&str], Kind)| {
        object.len() <= all.len()
            && !object.is_incomplete()
            && count(object, needed) == needed.len()
            && object.children().all(|child| child.key().is_some_and(|key| is_one_of(&key, all)))
    };
    SMALL_BODIES.iter().find(fits).map(|(.., kind)| *kind)
}

/// Those of `kinds` that have every member of the body; all of them if none has.
fn fitting(object: Node<'_>, kinds: Vec<Kind>) -> Vec<Kind> {
    let is_alien = |mark: &&Mark, kind: Kind| mark.weight(kind) < 0 && has(object, mark.member);
    let fits = |kind: &Kind| !MARKS.iter().any(|mark| is_alien(&mark, *kind));
    let fit: Vec<Kind> = kinds.iter().copied().filter(fits).collect();
    if fit.is_empty() { kinds } else { fit }
}

/// A file that is called `agent-collection.json` holds one, if its members do not say otherwise.
fn by_file_name(kinds: Vec<Kind>, file: FileHint<'_>) -> Verdict {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect();
    let named = FILE_NAMES.iter().find(|(part, kind)| plain.contains(part) && kinds.contains(kind));
    match named {
        Some((_, kind)) => {
            Verdict::is(*kind, "has the name of its kind in its path".to_owned(), Certainty::Guess)
        }
        None => Verdict::Several(kinds),
    }
}

/// Whether a card with the score `card` says enough of itself for a file that is only met.
fn is_likely_card(object: Node<'_>, card: i32, file: FileHint<'_>) -> bool {
    let weight = |(name, look, weight): &(&str, Look, i32)| {
        let has_form = member(object, name).is_some_and(look);
        if has_form { *weight } else { 0 }
    };
    let strong = STRONG.iter().map(weight).max().unwrap_or_default();
    let doubt: i32 = DOUBTS.iter().map(weight).sum();
    // The name is shared with other formats, so it adds to what makes a card, but makes none.
    let is_shared_name = file.path.rsplit('/').next() == Some("agent.json");
    let called = if is_shared_name || is_named_like_card(file.path) { NAMED_LIKE_CARD } else { 0 };
    card + strong + called - doubt >= MET_CARD
}

/// Whether the path is one at which cards are served, or has their name in it.
fn is_named_like_card(path: &str) -> bool {
    is_card_path(path) || path.ends_with(".well-known/agent.json")
}

/// Whether the name of a file says that it is an agent card.
pub(super) fn is_card_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    ["agent-card", "agent_card", "agentcard"].iter().any(|part| name.contains(part))
}

/// Whether a path ends in `.well-known/agent-card.json`, where nothing but a card may be.
pub fn is_well_known_card(path: &str) -> bool {
    path == ".well-known/agent-card.json" || path.ends_with("/.well-known/agent-card.json")
}
