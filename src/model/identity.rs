//! What tells one agent from all others, where a document says so without a doubt.

use super::agent::Agent;
use super::placeholder::is_unfilled;
use super::value::Value;
use crate::kind::{Kind, Mode, Profile};
use crate::syntax::Node;

/// Something that two files of one run should not both claim with different content.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The `id` under which a Graph object of a kind is created.
    Object(Kind, String),
    /// The `originatingStore` and the `sourceAgentId` under which an agent of a kind is created.
    Source(Kind, String, String),
    /// Being the card that a folder is asked for, for these versions: as `agent.json` or as `agent-card.json`.
    Folder(String, Vec<&'static str>),
}

impl Identity {
    /// The texts of the document that it is made of.
    pub fn texts(&self) -> [&str; 2] {
        match self {
            Identity::Object(_, id) => [id, ""],
            Identity::Source(_, store, id) => [store, id],
            Identity::Folder(..) => ["", ""],
        }
    }
}

/// An identity that a document claims.
pub struct Identified<'d> {
    /// What it is.
    pub identity: Identity,
    /// The value that says so; the document where its place does.
    pub stated: Node<'d>,
    /// What other documents with the identity have to say in the same way, as far as they say it.
    pub essentials: [Option<Node<'d>>; 2],
}

impl<'d> Agent<'d> {
    /// What the agent claims to be, as a document in the file at `path`; the surest first.
    ///
    /// Only bodies that create something are asked for ids: what a service answers may be answered twice, and an update
    /// says only what it changes. A request and its answer look alike and differ in details, so that of an object only its
    /// name and its URL count. A card has no id, and cards of other agents may well name the same URL.
    pub fn identities(&self, path: &str) -> Vec<Identified<'d>> {
        match self.profile {
            Profile::Card(version) if !self.embedded => {
                let node = self.root.node();
                let folder = shared_folder(path).filter(|_| node.parent().is_none());
                let versions = || version.releases().into_iter().map(|release| release.name()).collect();
                let identity = folder.map(|folder| Identity::Folder(folder.to_owned(), versions()));
                identity
                    .map(|identity| Identified { identity, stated: node, essentials: [Some(node), None] })
                    .into_iter()
                    .collect()
            }
            Profile::Graph(_, Mode::Create) => self.created(),
            Profile::Card(_) | Profile::Graph(..) => Vec::new(),
        }
    }

    fn created(&self) -> Vec<Identified<'d>> {
        let mut found = Vec::new();
        for entity in self.entities() {
            let essentials = ["displayName", "url"].map(|name| entity.value.text(name).map(|text| text.node));
            if let Some((id, stated)) = filled(entity.value, "id") {
                found.push(Identified { identity: Identity::Object(entity.kind, id), stated, essentials });
            }
            let is_agent = matches!(entity.kind, Kind::GraphAgentInstance | Kind::GraphAgentRegistration);
            let store = filled(entity.value, "originatingStore").filter(|_| is_agent);
            let source = filled(entity.value, "sourceAgentId");
            if let (Some((store, _)), Some((source, stated))) = (store, source) {
                let identity = Identity::Source(entity.kind, store, source);
                found.push(Identified { identity, stated, essentials });
            }
        }
        found
    }
}

/// The text called `name`, unless it says nothing.
fn filled<'d>(value: Value<'d>, name: &str) -> Option<(String, Node<'d>)> {
    let text = value.text(name).filter(|text| !text.text.trim().is_empty() && !is_unfilled(&text.text))?;
    Some((text.text.into_owned(), text.node))
}

/// The folder of a file whose name is one of the two under which cards are served.
fn shared_folder(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("agent-card.json").or_else(|| path.strip_suffix("agent.json"))?;
    (folder.is_empty() || folder.ends_with('/')).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_names_share_a_folder() {
        assert_eq!(shared_folder("agent.json"), Some(""));
        assert_eq!(shared_folder("a/.well-known/agent-card.json"), Some("a/.well-known/"));
        assert_eq!(shared_folder("a/my-agent.json"), None);
        assert_eq!(shared_folder("a/agent.json.bak"), None);
    }
}
