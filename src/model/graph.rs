//! Microsoft Graph objects: the entities of a document, everything in it by type, and the values that Graph gives a form.

use super::agent::Agent;
use super::value::{Text, Value};
use crate::kind::{Kind, Mode, Profile};
use crate::schema::{Member, ObjectType, Types, ValueType, bundled};
use std::borrow::Cow;

/// A Graph entity: the document, or one that stands inside it.
pub struct Entity<'d> {
    /// What it is.
    pub kind: Kind,
    /// The object.
    pub value: Value<'d>,
}

/// An object of which the schema knows the type.
#[derive(Clone, Copy)]
pub struct Typed<'d> {
    /// The object.
    pub value: Value<'d>,
    /// Its type.
    pub object: &'static ObjectType,
    /// The further type that one of its members chooses.
    chosen: Option<&'static ObjectType>,
}

impl<'d> Agent<'d> {
    /// Whether it is the body of a Graph request.
    pub fn is_request(&self) -> bool {
        self.graph().is_some_and(|(_, mode)| mode != Mode::Response)
    }

    /// The Graph entities in the document, the outermost first.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'d>> + use<'d> {
        let root = match self.profile {
            Profile::Graph(kind, _) => Some(Entity { kind, value: self.root }),
            Profile::Card(_) => None,
        };
        let (inside, manifest) = match root.as_ref().map(|root| root.kind) {
            Some(Kind::GraphAgentInstance) => (Some((Kind::GraphAgentCollection, "collections")), self.card),
            Some(Kind::GraphAgentCollection) => (Some((Kind::GraphAgentInstance, "members")), None),
            _ => (None, None),
        };
        let manifest = manifest.map(|value| Entity { kind: Kind::GraphAgentCardManifest, value });
        let root_value = self.root;
        let related = inside
            .into_iter()
            .flat_map(move |(kind, name)| root_value.list(name).map(move |value| Entity { kind, value }));
        root.into_iter().chain(manifest).chain(related)
    }

    /// Calls `visit` for every object of a Graph document whose type the schema knows.
    pub fn visit_types(&self, visit: &mut impl FnMut(Typed<'d>)) {
        if self.graph().is_none() {
            return;
        }
        for schema in bundled(self.profile) {
            let types = schema.types();
            if let Some(root) = types.root() {
                walk(types, &ValueType::Object(root), self.root, visit);
            }
        }
    }
}

/// Walks down by types; the depth is that of the schema.
fn walk<'d>(
    types: &'static Types,
    expected: &ValueType,
    value: Value<'d>,
    visit: &mut impl FnMut(Typed<'d>),
) {
    let node = value.node();
    match expected {
        ValueType::Object(id) if node.is_object() => {
            let typed = Typed::new(types, types.get(*id), value);
            visit(typed);
            for (name, child) in value.raw_members() {
                if let Some(member) = typed.member(&name) {
                    walk(types, &member.value, child, visit);
                }
            }
        }
        ValueType::Array(inner) if node.is_array() => {
            value.items().for_each(|item| walk(types, inner, item, visit));
        }
        ValueType::Map(inner) if node.is_object() => {
            let named = value.raw_members().filter(|(name, _)| !name.contains('@'));
            named.for_each(|(_, child)| walk(types, inner, child, visit));
        }
        _ => {}
    }
}

impl<'d> Typed<'d> {
    fn new(types: &'static Types, object: &'static ObjectType, value: Value<'d>) -> Self {
        let choice = object.choice.as_ref();
        let chosen = choice.and_then(|choice| {
            let stated = value.text(&choice.member)?;
            let (_, id) = choice.options.iter().find(|(name, _)| *name == stated.text)?;
            Some(types.get(*id))
        });
        Self { value, object, chosen }
    }

    /// What the schema says of the member called `name`.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.object.member(name).or_else(|| self.chosen?.member(name))
    }

    /// Whether all of its members are known: its further type, if it needs one, could be told.
    pub fn is_settled(&self) -> bool {
        self.object.choice.is_none() || self.chosen.is_some()
    }
}

impl<'d> Entity<'d> {
    /// Whether the service itself sets the times and the creator, and ignores what a request says of them.
    pub fn sets_creator(&self) -> bool {
        matches!(self.kind, Kind::GraphAgentInstance | Kind::GraphAgentCardManifest)
    }

    /// The members that hold ids of directory objects or applications, with the owners last.
    pub fn ids(&self) -> impl Iterator<Item = Text<'d>> + use<'d> {
        let names: &[&str] = match self.kind {
            Kind::GraphAgentInstance => {
                &["managedBy", "createdBy", "agentIdentityId", "agentIdentityBlueprintId", "agentUserId"]
            }
            Kind::GraphAgentCardManifest | Kind::GraphAgentCollection => &["managedBy", "createdBy"],
            Kind::GraphAgentRegistration => &[
                "managedByAppId",
                "createdBy",
                "lastPublishedBy",
                "agentIdentityId",
                "agentIdentityBlueprintId",
            ],
            Kind::A2aCard => &[],
        };
        let value = self.value;
        names.iter().filter_map(move |name| value.text(name)).chain(value.texts("ownerIds"))
    }

    /// The names of the two times: when it was made and when it was changed.
    pub fn time_names(&self) -> [&'static str; 2] {
        match self.kind {
            Kind::GraphAgentRegistration => ["sourceCreatedDateTime", "sourceLastModifiedDateTime"],
            _ => ["createdDateTime", "lastModifiedDateTime"],
        }
    }
}

/// Whether `text` is a GUID in its usual form: 8-4-4-4-12 hexadecimal digits.
pub fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The GUID that `text` holds among other things, or without its hyphens; none if it holds two.
pub fn embedded_guid(text: &str) -> Option<Cow<'_, str>> {
    if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let parts = [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]];
        return Some(Cow::Owned(parts.join("-")));
    }
    let alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        let after = text.as_bytes().get(at + 36);
        ![before, after].into_iter().flatten().any(u8::is_ascii_alphanumeric)
    };
    // A GUID takes 36 bytes, so a text that is much longer is no id.
    let last = text.len().checked_sub(36).filter(|last| *last <= 128)?;
    let mut found = (0..=last).filter(|&at| text.get(at..at + 36).is_some_and(is_guid) && alone(at));
    let first = found.next()?;
    found.next().is_none().then(|| Cow::Borrowed(&text[first..first + 36]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guid_is_known_alone_and_among_other_text() {
        let guid = "3f0e7a52-93c4-4D5B-8a61-0f2b7c9d3e58";
        assert!(is_guid(guid));
        assert_eq!(embedded_guid(&format!("identity-{guid}")).as_deref(), Some(guid));
        assert_eq!(embedded_guid(&format!("{{{guid}}}")).as_deref(), Some(guid));
        assert_eq!(embedded_guid(&guid.replace('-', "")).as_deref(), Some(guid));
        let short = "7e1f0a2-93c4-4d5b-8a61-0f2b7c9d3e58";
        for text in [short, "", "\u{e9}", &format!("{guid} {guid}"), &format!("a{guid}")] {
            assert!(!is_guid(text) && embedded_guid(text).is_none(), "{text}");
        }
    }
}
