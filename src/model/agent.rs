//! An agent as a document describes it: card, Graph instance with its manifest, or manifest alone.

use super::security::{self, Requirement, Scheme};
use super::signature::Signature;
use super::url::{self, FlawedUrl};
use super::value::{Text, Value};
use crate::kind::{CardVersion, Kind, Mode, Profile, Subject, Version};
use crate::syntax::Node;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// One described agent.
pub struct Agent<'d> {
    /// The document: the card, or the Graph object.
    pub root: Value<'d>,
    /// What it is checked as.
    pub profile: Profile,
    /// Whether it stands in the `agentCard` of a registration.
    pub embedded: bool,
    /// Whether the mode of a Graph object is a guess.
    pub guessed_mode: bool,
    /// The other kinds that its members fit as well.
    pub rivals: Vec<Kind>,
    /// The object that holds skills, modes and security: the card, or the manifest.
    pub card: Option<Value<'d>>,
    /// The skills.
    pub skills: Vec<Value<'d>>,
    /// The places at which the agent can be reached, in the order in which a client reads them.
    pub endpoints: Vec<Endpoint<'d>>,
    /// The declared security schemes; of a mixed card each once.
    pub schemes: Vec<Scheme<'d>>,
    /// The security requirements, those of skills included.
    pub requirements: Vec<Requirement<'d>>,
    /// The URLs that something is the matter with.
    pub flawed_urls: Vec<FlawedUrl<'d>>,
    /// The signatures, decoded; none in a version that does not have them.
    pub jws: Vec<Signature<'d>>,
}

/// Where an endpoint is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndpointRole {
    /// The root `url` of a 0.x card or a Graph instance.
    Main,
    /// An entry of `additionalInterfaces`.
    Additional,
    /// An entry of `supportedInterfaces`.
    Supported,
}

/// A place at which the agent can be reached.
pub struct Endpoint<'d> {
    /// Where it is stated.
    pub role: EndpointRole,
    /// The object that states it.
    pub entry: Value<'d>,
    /// The URL.
    pub url: Option<Text<'d>>,
    /// The transport or protocol binding.
    pub transport: Option<Text<'d>>,
    /// The protocol version, in `supportedInterfaces`.
    pub version: Option<Text<'d>>,
}

impl<'d> Agent<'d> {
    /// The agent that `root` describes.
    pub fn new(root: Value<'d>, subject: &Subject) -> Self {
        let profile = subject.profile;
        let card = match profile.kind() {
            Kind::A2aCard | Kind::GraphAgentCardManifest => Some(root),
            Kind::GraphAgentInstance => root.object("agentCardManifest"),
            Kind::GraphAgentRegistration | Kind::GraphAgentCollection => None,
        };
        let skills: Vec<Value<'d>> = card
            .into_iter()
            .flat_map(|card| card.list("skills"))
            .filter(|skill| skill.node().is_object())
            .collect();
        let version = profile.card();
        let mut agent = Self {
            root,
            profile,
            embedded: subject.embedded,
            guessed_mode: subject.guessed_mode,
            rivals: subject.rivals.clone(),
            card,
            endpoints: endpoints(root, profile),
            schemes: card.map(|card| security::schemes(card)).unwrap_or_default(),
            requirements: card.map(|card| security::requirements(card, &skills, version)).unwrap_or_default(),
            skills,
            flawed_urls: Vec::new(),
            jws: jws(root, profile),
        };
        agent.flawed_urls = url::flawed_urls(&agent);
        agent
    }

    /// The version, for a card.
    pub fn version(&self) -> Option<CardVersion> {
        self.profile.card()
    }

    /// Kind and mode, for a Graph object.
    pub fn graph(&self) -> Option<(Kind, Mode)> {
        match self.profile {
            Profile::Graph(kind, mode) => Some((kind, mode)),
            Profile::Card(_) => None,
        }
    }

    /// Whether it is a card with a 1.0 half.
    pub fn is_modern(&self) -> bool {
        self.version().is_some_and(|version| version.modern)
    }

    /// Whether it is a card with a 0.x half.
    pub fn is_legacy(&self) -> bool {
        self.version().is_some_and(|version| version.legacy.is_some())
    }

    /// The `protocolVersion` of the 0.x half of a card.
    pub fn root_version(&self) -> Option<Text<'d>> {
        self.root.text("protocolVersion").filter(|_| self.is_legacy())
    }

    /// The declared security schemes by their names.
    pub fn schemes_by_name(&self) -> HashMap<&str, &Scheme<'d>> {
        self.schemes.iter().map(|scheme| (scheme.name.as_ref(), scheme)).collect()
    }

    /// The names under which security schemes are declared, also of those that something was reported about. `None` where
    /// that cannot be told.
    pub fn declared_schemes(&self) -> Option<HashSet<Cow<'d, str>>> {
        let card = self.card?;
        match card.object("securitySchemes") {
            Some(schemes) if schemes.node().is_incomplete() => None,
            Some(schemes) => Some(schemes.node().children().filter_map(Node::key).collect()),
            None => card.lacks("securitySchemes").then(HashSet::new),
        }
    }

    /// Calls `take` for every input and output mode, the agent's before the skills'.
    pub fn each_mode(&self, mut take: impl FnMut(Text<'d>)) {
        let mut take_all = |owner: &Value<'d>, names: [&str; 2]| {
            names.into_iter().for_each(|name| owner.texts(name).for_each(&mut take));
        };
        self.card.iter().for_each(|card| take_all(card, ["defaultInputModes", "defaultOutputModes"]));
        self.skills.iter().for_each(|skill| take_all(skill, ["inputModes", "outputModes"]));
    }

    /// The entries of `capabilities.extensions`.
    pub fn extensions(&self) -> impl Iterator<Item = Value<'d>> + '_ {
        let capabilities = self.card.and_then(|card| card.object("capabilities"));
        capabilities
            .into_iter()
            .flat_map(|capabilities| capabilities.list("extensions"))
            .filter(|item| item.node().is_object())
    }

    /// Whether something graver is the matter with the URL at `node` than a rule of its own looks for.
    pub fn has_flawed_url(&self, node: Node<'d>) -> bool {
        self.flawed_urls.iter().flat_map(FlawedUrl::places).any(|place| place.text.node == node)
    }

    /// The entries of `signatures`.
    pub fn signatures(&self) -> impl Iterator<Item = Value<'d>> + '_ {
        self.root.list("signatures").filter(|item| item.node().is_object())
    }
}

/// The signatures of a document that has them: cards from 0.3.0 on, and Graph instances.
fn jws(root: Value<'_>, profile: Profile) -> Vec<Signature<'_>> {
    match profile {
        Profile::Card(version) if version.modern || version.legacy == Some(Version::V0_3_0) => {
            Signature::all(root, version.modern, false)
        }
        Profile::Graph(Kind::GraphAgentInstance, _) => Signature::all(root, false, true),
        Profile::Card(_) | Profile::Graph(..) => Vec::new(),
    }
}

fn endpoints<'d>(root: Value<'d>, profile: Profile) -> Vec<Endpoint<'d>> {
    let (legacy, modern) = match profile {
        Profile::Card(version) => (version.legacy.is_some(), version.modern),
        Profile::Graph(kind, _) => (kind == Kind::GraphAgentInstance, false),
    };
    let mut endpoints = Vec::new();
    if legacy {
        let (url, transport) = (root.text("url"), root.text("preferredTransport"));
        if url.is_some() || transport.is_some() {
            endpoints.push(Endpoint { role: EndpointRole::Main, entry: root, url, transport, version: None });
        }
        endpoints.extend(entries(root, "additionalInterfaces").map(|entry| Endpoint {
            role: EndpointRole::Additional,
            entry,
            url: entry.text("url"),
            transport: entry.text("transport"),
            version: None,
        }));
    }
    if modern {
        endpoints.extend(entries(root, "supportedInterfaces").map(|entry| Endpoint {
            role: EndpointRole::Supported,
            entry,
            url: entry.text("url"),
            transport: entry.text("protocolBinding"),
            version: entry.text("protocolVersion"),
        }));
    }
    endpoints
}

fn entries<'d>(root: Value<'d>, name: &str) -> impl Iterator<Item = Value<'d>> + use<'d> {
    root.list(name).filter(|entry| entry.node().is_object())
}
