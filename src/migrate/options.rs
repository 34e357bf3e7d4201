//! What a migration is told.

use crate::kind::{Forced, Version};
use std::fmt;
use std::str::FromStr;

/// What a document becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A card of 1.0.
    Modern,
    /// A card that readers of 0.3 and of 1.0 understand.
    Dual,
    /// A card of a release from 0.2.0 to 0.3.0.
    Legacy(Version),
    /// The request that registers a card with Microsoft Graph.
    GraphRegistration,
    /// The request that creates a Graph agentInstance with its manifest.
    GraphInstance,
    /// The card in a registration, or the one that an instance or a manifest is.
    Card,
}

/// What a Graph body needs and no card knows.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The ids of the owners.
    pub owners: Vec<String>,
    /// The id of the managing application.
    pub managed_by: Option<String>,
    /// The id of who created the agent.
    pub created_by: Option<String>,
    /// When the agent was created.
    pub created: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Its id in the platform that it comes from.
    pub source_agent_id: Option<String>,
    /// That platform.
    pub originating_store: Option<String>,
}

/// How a security scheme with several OAuth flows becomes one or several with one flow each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flows {
    /// A scheme for each flow; requirements name them as alternatives.
    Split,
    /// The one that SDKs take: authorization code, client credentials, implicit, password.
    First,
}

/// How the URL of an HTTP+JSON endpoint changes with the version that is spoken there. In 0.3, clients put `/v1` behind it
/// themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestUrl {
    /// Not at all: the server answers under the same URL.
    Same,
    /// For 1.0, `/v1` belongs to the URL.
    V1,
}

/// What a migration is told.
#[derive(Debug, Clone)]
pub struct Options {
    /// What the document becomes.
    pub to: Target,
    /// The protocol versions that the server speaks, such as `0.3`; what the card says where empty.
    pub server_speaks: Vec<String>,
    /// What becomes of schemes with several flows.
    pub flows: Option<Flows>,
    /// What becomes of the URLs of HTTP+JSON endpoints whose version changes.
    pub rest_url: Option<RestUrl>,
    /// Whether required texts and lists that a 0.1 card may lack are put in, empty.
    pub fill_empty: bool,
    /// The default modes of cards that have none.
    pub default_modes: Vec<String>,
    /// Security schemes, as JSON, by the names that a 0.1 card calls them.
    pub schemes: Vec<(String, String)>,
    /// What a Graph body needs.
    pub registry: Registry,
    /// What the document is said to be.
    pub forced: Forced,
}

impl Options {
    /// Nothing but the target.
    pub fn new(to: Target) -> Self {
        Self {
            to,
            server_speaks: Vec::new(),
            flows: None,
            rest_url: None,
            fill_empty: false,
            default_modes: Vec::new(),
            schemes: Vec::new(),
            registry: Registry::default(),
            forced: Forced::default(),
        }
    }

    /// Whether somebody said that the server speaks `version`.
    pub(super) fn speaks(&self, version: &str) -> bool {
        self.server_speaks.iter().any(|spoken| spoken == version)
    }
}

impl Target {
    /// Every target, in the order of the documentation.
    pub const ALL: [Target; 13] = [
        Target::Modern,
        Target::Dual,
        Target::Legacy(Version::V0_3_0),
        Target::Legacy(Version::V0_2_6),
        Target::Legacy(Version::V0_2_5),
        Target::Legacy(Version::V0_2_4),
        Target::Legacy(Version::V0_2_3),
        Target::Legacy(Version::V0_2_2),
        Target::Legacy(Version::V0_2_1),
        Target::Legacy(Version::V0_2_0),
        Target::GraphRegistration,
        Target::GraphInstance,
        Target::Card,
    ];

    /// The name for `--to`.
    pub const fn name(self) -> &'static str {
        match self {
            Target::Modern => Version::V1_0.name(),
            Target::Dual => "dual",
            Target::Legacy(version) => version.name(),
            Target::GraphRegistration => "graph-registration",
            Target::GraphInstance => "graph-instance",
            Target::Card => "card",
        }
    }

    /// What it is, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Target::Modern => "A2A 1.0",
            Target::Dual => "a card for both generations",
            Target::Legacy(Version::V0_2_0) => "A2A 0.2.0",
            Target::Legacy(Version::V0_2_1) => "A2A 0.2.1",
            Target::Legacy(Version::V0_2_2) => "A2A 0.2.2",
            Target::Legacy(Version::V0_2_3) => "A2A 0.2.3",
            Target::Legacy(Version::V0_2_4) => "A2A 0.2.4",
            Target::Legacy(Version::V0_2_5) => "A2A 0.2.5",
            Target::Legacy(Version::V0_2_6) => "A2A 0.2.6",
            Target::Legacy(_) => "A2A 0.3.0",
            Target::GraphRegistration => "a Graph agentRegistration",
            Target::GraphInstance => "a Graph agentInstance",
            Target::Card => "an agent card",
        }
    }

    /// Whether it is the body of a request to Microsoft Graph.
    pub(super) const fn is_graph(self) -> bool {
        matches!(self, Target::GraphRegistration | Target::GraphInstance)
    }

    /// Whether it has a 1.0 half.
    pub(super) const fn is_modern(self) -> bool {
        matches!(self, Target::Modern | Target::Dual)
    }

    /// Whether it has a 0.x half.
    pub(super) const fn is_legacy(self) -> bool {
        matches!(self, Target::Dual | Target::Legacy(_))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = match text {
            "0.3" => "0.3.0",
            "1.0.0" | "1.0.1" => "1.0",
            other => other,
        };
        let found = Self::ALL.into_iter().find(|target| target.name() == text);
        found.ok_or_else(|| format!("`{text}` is none of {}", Self::ALL.map(Self::name).join(", ")))
    }
}
