//! What a document is: its kind, its version or mode, and why.
//!
//! Shape decides before version strings, since no reader of cards trusts a single marker.

mod card;
mod container;
mod evidence;
mod formats;
mod graph;
mod marks;
mod names;
pub mod request;
mod spelling;
mod wrapper;

pub use container::JsonString;
pub use evidence::is_well_known_card;
pub use graph::required_to_create;
pub use names::fold;
pub use spelling::{edits, is_slip, same_but_for_case};
pub use wrapper::{Detection, Outcome, Wrapped, describe, detect, foreign_to_page};

use crate::syntax::{Node, NodeId};
use std::fmt;
use std::str::FromStr;

/// The kinds of documents that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An A2A agent card.
    A2aCard,
    /// A Microsoft Graph `agentInstance`.
    GraphAgentInstance,
    /// A Microsoft Graph `agentCardManifest`.
    GraphAgentCardManifest,
    /// A Microsoft Graph `agentRegistration`.
    GraphAgentRegistration,
    /// A Microsoft Graph `agentCollection`.
    GraphAgentCollection,
}

/// A release of A2A that a card may be written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say the release")]
pub enum Version {
    V0_1_0,
    V0_2_0,
    V0_2_1,
    V0_2_2,
    V0_2_3,
    V0_2_4,
    V0_2_5,
    V0_2_6,
    V0_3_0,
    V1_0,
}

/// What a Graph body is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// The body of a POST.
    Create,
    /// The body of a PATCH.
    Update,
    /// What the service answers.
    Response,
}

/// A name that is none of those known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What was asked for.
    pub name: String,
    /// What there is.
    pub known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of {}", self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownName {}

fn by_name<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Result<T, UnknownName> {
    let known = || all.iter().map(|&item| name(item)).collect();
    let found = all.iter().copied().find(|&item| name(item) == text);
    found.ok_or_else(|| UnknownName { name: text.to_owned(), known: known() })
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Kind; 5] = [
        Kind::A2aCard,
        Kind::GraphAgentInstance,
        Kind::GraphAgentCardManifest,
        Kind::GraphAgentRegistration,
        Kind::GraphAgentCollection,
    ];

    /// The name used by `--kind` and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::A2aCard => "a2a-card",
            Kind::GraphAgentInstance => "graph-agent-instance",
            Kind::GraphAgentCardManifest => "graph-agent-card-manifest",
            Kind::GraphAgentRegistration => "graph-agent-registration",
            Kind::GraphAgentCollection => "graph-agent-collection",
        }
    }

    /// What people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::A2aCard => "A2A agent card",
            Kind::GraphAgentInstance => "Graph agentInstance",
            Kind::GraphAgentCardManifest => "Graph agentCardManifest",
            Kind::GraphAgentRegistration => "Graph agentRegistration",
            Kind::GraphAgentCollection => "Graph agentCollection",
        }
    }

    /// Whether it is a Microsoft Graph object.
    pub const fn is_graph(self) -> bool {
        !matches!(self, Kind::A2aCard)
    }
}

impl FromStr for Kind {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        by_name(&Self::ALL, Self::name, text)
    }
}

impl Version {
    /// Every release, oldest first.
    pub const ALL: [Version; 10] = [
        Version::V0_1_0,
        Version::V0_2_0,
        Version::V0_2_1,
        Version::V0_2_2,
        Version::V0_2_3,
        Version::V0_2_4,
        Version::V0_2_5,
        Version::V0_2_6,
        Version::V0_3_0,
        Version::V1_0,
    ];

    /// The name of the release, as in reports and for `--a2a-version`.
    pub const fn name(self) -> &'static str {
        match self {
            Version::V0_1_0 => "0.1.0",
            Version::V0_2_0 => "0.2.0",
            Version::V0_2_1 => "0.2.1",
            Version::V0_2_2 => "0.2.2",
            Version::V0_2_3 => "0.2.3",
            Version::V0_2_4 => "0.2.4",
            Version::V0_2_5 => "0.2.5",
            Version::V0_2_6 => "0.2.6",
            Version::V0_3_0 => "0.3.0",
            Version::V1_0 => "1.0",
        }
    }
}

impl FromStr for Version {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        let text = match text {
            "0.1" => "0.1.0",
            "0.3" => "0.3.0",
            "1.0.0" | "1.0.1" => "1.0",
            other => other,
        };
        by_name(&Self::ALL, Self::name, text)
    }
}

impl Mode {
    /// Every mode.
    pub const ALL: [Mode; 3] = [Mode::Create, Mode::Update, Mode::Response];

    /// The name used by `--mode` and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Create => "create",
            Mode::Update => "update",
            Mode::Response => "response",
        }
    }
}

impl FromStr for Mode {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        by_name(&Self::ALL, Self::name, text)
    }
}

/// What a card is written for. A mixed card has a 0.x half and a 1.0 half.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CardVersion {
    /// The release of the 0.x half, if there is one.
    pub legacy: Option<Version>,
    /// Whether there is a 1.0 half.
    pub modern: bool,
    /// Whether the card, or the user, states the version of its 0.x half; where not, it is a guess.
    pub stated: bool,
    /// Whether the 0.x half is in the shape that the 0.3 protocol buffers print.
    pub protojson: bool,
    /// Whether the card claims a 1.x version at its root while it has no 1.0 half.
    pub raised: bool,
}

impl CardVersion {
    /// A card of one release, stated by the card or by the user.
    pub const fn stated(version: Version) -> Self {
        let modern = matches!(version, Version::V1_0);
        let legacy = if modern { None } else { Some(version) };
        Self { legacy, modern, stated: true, protojson: false, raised: false }
    }

    /// Whether it has both halves.
    pub const fn is_mixed(self) -> bool {
        self.modern && self.legacy.is_some()
    }

    /// The releases, oldest first: one, or two for a mixed card.
    pub fn releases(self) -> Vec<Version> {
        self.legacy.into_iter().chain(self.modern.then_some(Version::V1_0)).collect()
    }
}

/// What a document is checked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// An A2A card.
    Card(CardVersion),
    /// A Graph object in a mode; never [`Kind::A2aCard`].
    Graph(Kind, Mode),
}

impl Profile {
    /// The kind.
    pub const fn kind(self) -> Kind {
        match self {
            Profile::Card(_) => Kind::A2aCard,
            Profile::Graph(kind, _) => kind,
        }
    }

    /// The mode, for a Graph object.
    pub const fn mode(self) -> Option<Mode> {
        match self {
            Profile::Card(_) => None,
            Profile::Graph(_, mode) => Some(mode),
        }
    }

    /// The version, for a card.
    pub const fn card(self) -> Option<CardVersion> {
        match self {
            Profile::Card(version) => Some(version),
            Profile::Graph(..) => None,
        }
    }

    /// The names of the releases, as in reports; empty for a Graph object.
    pub fn versions(self) -> Vec<&'static str> {
        match self {
            Profile::Card(version) => version.releases().into_iter().map(Version::name).collect(),
            Profile::Graph(..) => Vec::new(),
        }
    }
}

/// One document to check: a value, what it is, and why it is taken for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The value.
    pub node: NodeId,
    /// What it is checked as.
    pub profile: Profile,
    /// Why, in words that continue "checked as X: it ...".
    pub reason: String,
    /// Whether it stands in the `agentCard` of a registration, where most errors are warnings.
    pub embedded: bool,
    /// How sure the kind is.
    pub certainty: Certainty,
    /// Whether the mode of a Graph object is a guess.
    pub guessed_mode: bool,
    /// The other kinds that its members fit as well.
    pub rivals: Vec<Kind>,
}

impl Subject {
    /// A document that is surely what `profile` says and stands by itself.
    pub fn new(node: Node<'_>, profile: Profile, reason: String) -> Self {
        let certainty = Certainty::Certain;
        Self {
            node: node.id(),
            profile,
            reason,
            embedded: false,
            certainty,
            guessed_mode: false,
            rivals: Vec::new(),
        }
    }
}

/// How sure it is that a document is of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Enough for a file that somebody names, not for one that is met in a directory.
    Guess,
    /// Enough for any file.
    Likely,
    /// The document or the user says so, or nothing else has such members.
    Certain,
}

/// The file that a text comes from, as far as it helps to recognise what the text holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileHint<'p> {
    /// Its path, with `/`.
    pub path: &'p str,
    /// Whether it was met in a directory rather than named.
    pub walked: bool,
}

/// What every card has and `card`, which may be a part of one, lacks. A card that lost members to a fault of the syntax may
/// have had them.
pub fn missing_from_card<'d>(card: Node<'d>) -> impl Iterator<Item = &'static str> + use<'d> {
    // A name under the wrong name is somebody else's business.
    let spellings: [(_, &[&str]); 2] = [("name", &["name", "displayName"]), ("skills", &["skills"])];
    let lacks = move |names: &[&str]| names.iter().all(|name| card.member(name).is_none());
    spellings
        .into_iter()
        .filter(move |(_, names)| !card.is_incomplete() && lacks(names))
        .map(|(name, _)| name)
}

/// What the user says instead of letting it be detected.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forced {
    /// `--kind`
    pub kind: Option<Kind>,
    /// `--a2a-version`
    pub version: Option<Version>,
    /// `--mode`
    pub mode: Option<Mode>,
}
