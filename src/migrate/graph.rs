//! Between cards and Microsoft Graph. A registration holds a card as it is; an instance and its manifest are a 0.3.0 card in two
//! parts, under other names.

use super::draft::{Draft, Member, Value};
use super::options::Registry;
use super::work::{At, Work};
use crate::kind::{Kind, Mode, Profile};
use crate::model::SchemeKind;
use crate::rule::{Assumption, Loss, Question};
use crate::schema::{ObjectType, Types, ValueType, bundled};

/// The members of a 0.3.0 card that stand on the instance; all others stand on the manifest.
const OF_INSTANCE: [&str; 4] = ["url", "preferredTransport", "additionalInterfaces", "signatures"];

/// The members of instances and manifests that are those of the card.
const OF_CARD: [&str; 17] = [
    "displayName",
    "description",
    "url",
    "preferredTransport",
    "additionalInterfaces",
    "signatures",
    "protocolVersion",
    "version",
    "iconUrl",
    "documentationUrl",
    "provider",
    "capabilities",
    "supportsAuthenticatedExtendedCard",
    "defaultInputModes",
    "defaultOutputModes",
    "skills",
    "securitySchemes",
];

/// The body of a request that registers `card`.
pub(super) fn registration(work: &mut Work<'_>, card: Draft) -> Draft {
    let registry = work.options.registry.clone();
    let mut body = Body { work, members: Vec::new() };
    body.copy(&card, "name", "displayName");
    body.copy(&card, "description", "description");
    body.owners(&registry, registry.managed_by.is_none(), "--owner or --managed-by");
    body.option("managedByAppId", registry.managed_by.as_deref());
    body.needed("createdBy", registry.created_by.as_deref(), "--created-by");
    body.needed("sourceCreatedDateTime", registry.created.as_deref(), "--created");
    body.needed("sourceLastModifiedDateTime", registry.modified.as_deref(), "--modified");
    body.option("sourceAgentId", registry.source_agent_id.as_deref());
    if registry.source_agent_id.is_none() {
        body.work.assume(Some(body.work.root), At::Opening, Assumption::NoSourceId);
    }
    body.option("originatingStore", registry.originating_store.as_deref());
    let mut members = body.members;
    let origin = card.origin;
    members.push(Member::new("agentCard", card));
    Draft::object(members).standing_for(origin)
}

/// The body of a request that creates an instance with its manifest, of a 0.3.0 card.
pub(super) fn instance(work: &mut Work<'_>, card: Draft) -> Draft {
    let registry = work.options.registry.clone();
    let mut body = Body { work, members: Vec::new() };
    body.copy(&card, "name", "displayName");
    body.owners(&registry, true, "--owner");
    body.option("managedBy", registry.managed_by.as_deref());
    body.option("sourceAgentId", registry.source_agent_id.as_deref());
    body.option("originatingStore", registry.originating_store.as_deref());
    let mut members = body.members;
    let origin = card.origin;
    let (own, of_manifest): (Vec<Member>, Vec<Member>) = match card.value {
        Value::Object(all) => all.into_iter().partition(|member| OF_INSTANCE.contains(&member.name.as_str())),
        _ => Default::default(),
    };
    members.extend(own);
    let mut manifest = Draft::object(of_manifest).standing_for(origin);
    name_for_graph(&mut manifest);
    members.push(Member::new("agentCardManifest", manifest));
    let mut body = Draft::object(members).standing_for(origin);
    for schema in bundled(Profile::Graph(Kind::GraphAgentInstance, Mode::Create)) {
        if let Some(root) = schema.types().root() {
            close(work, &mut body, schema.types(), &ValueType::Object(root));
        }
    }
    body
}

/// A body being written.
struct Body<'w, 'd> {
    work: &'w mut Work<'d>,
    members: Vec<Member>,
}

impl Body<'_, '_> {
    fn copy(&mut self, card: &Draft, name: &str, called: &str) {
        let value = card.get(name).cloned();
        self.members.extend(value.map(|value| Member::new(called, value)));
    }

    fn option(&mut self, name: &str, value: Option<&str>) {
        self.members.extend(value.map(|value| Member::new(name, Draft::string(value))));
    }

    fn needed(&mut self, name: &'static str, value: Option<&str>, option: &'static str) {
        self.option(name, value);
        if value.is_none() {
            self.ask(name, option);
        }
    }

    fn owners(&mut self, registry: &Registry, needed: bool, option: &'static str) {
        if !registry.owners.is_empty() {
            let owners = registry.owners.iter().map(|owner| Draft::string(owner)).collect();
            self.members.push(Member::new("ownerIds", Draft::array(owners)));
        } else if needed {
            self.ask("ownerIds", option);
        }
    }

    fn ask(&mut self, name: &'static str, option: &'static str) {
        self.work.ask(Some(self.work.root), At::Opening, Question::Option(name, option));
    }
}

/// Gives a manifest, whose members are those of a card, the names and the members that Graph asks for.
fn name_for_graph(manifest: &mut Draft) {
    manifest.rename("name", "displayName");
    let extended = "supportsAuthenticatedExtendedCard";
    if !manifest.has(extended) {
        manifest.put_after(&["capabilities"], Member::new(extended, Draft::boolean(false)));
    }
    if let Some(capabilities) = manifest.get_mut("capabilities").filter(|object| object.is_object()) {
        for name in ["streaming", "pushNotifications", "stateTransitionHistory"] {
            if !capabilities.has(name) {
                let known = ["streaming", "pushNotifications", "stateTransitionHistory"];
                capabilities.put_after(&known, Member::new(name, Draft::boolean(false)));
            }
        }
    }
    let skills = manifest.get_mut("skills").and_then(Draft::items_mut).into_iter().flatten();
    skills.for_each(|skill| skill.rename("name", "displayName"));
    let schemes = manifest.get_mut("securitySchemes").and_then(Draft::members_mut).into_iter().flatten();
    for scheme in schemes {
        let kind = scheme.value.get("type").and_then(Draft::text).and_then(SchemeKind::of_type);
        if let (Some(kind), Some(members)) = (kind, scheme.value.members_mut()) {
            let name = format!("#microsoft.graph.{}", kind.graph_type());
            members.insert(0, Member::new("@odata.type", Draft::string(&name)));
        }
    }
}

/// Takes out what Graph does not know: its types are closed.
fn close(work: &mut Work<'_>, draft: &mut Draft, types: &'static Types, value: &ValueType) {
    match value {
        ValueType::Object(id) => {
            let object = types.get(*id);
            let chosen = chosen(draft, types, object);
            let member =
                |name: &str| object.member(name).or_else(|| chosen.and_then(|object| object.member(name)));
            let Some(members) = draft.members_mut() else { return };
            members.retain(|own| {
                let known = own.name.contains('@') || member(&own.name).is_some();
                if !known {
                    work.lost(own, Loss::Member);
                }
                known
            });
            for own in members {
                if let Some(known) = member(&own.name) {
                    close(work, &mut own.value, types, &known.value);
                }
            }
        }
        ValueType::Array(items) => {
            draft.items_mut().into_iter().flatten().for_each(|item| close(work, item, types, items));
        }
        ValueType::Map(values) => {
            let members = draft.members_mut().into_iter().flatten();
            members.for_each(|member| close(work, &mut member.value, types, values));
        }
        ValueType::String | ValueType::Scalar | ValueType::Free => {}
    }
}

/// The further type that a member of `draft` chooses.
fn chosen(draft: &Draft, types: &'static Types, object: &'static ObjectType) -> Option<&'static ObjectType> {
    let choice = object.choice.as_ref()?;
    let stated = draft.get(&choice.member)?.text()?;
    let (_, id) = choice.options.iter().find(|(value, _)| value == stated)?;
    Some(types.get(*id))
}

/// The card in a registration, as it is; nothing where there is none.
pub(super) fn registered_card(work: &mut Work<'_>, mut registration: Draft) -> Option<Draft> {
    let mut card = registration.take("agentCard").filter(|card| card.value.is_object())?.value;
    drop_annotations(&mut card);
    let mut left = registration.members().iter().filter(|member| !member.name.contains('@'));
    if left.any(|member| !matches!(member.name.as_str(), "displayName" | "description")) {
        work.lost_opening(Loss::Registry);
    }
    Some(card)
}

/// The 0.3.0 card that an instance and its manifest are, under the names of A2A, or a manifest alone.
pub(super) fn card_of(work: &mut Work<'_>, mut body: Draft) -> Draft {
    let origin = body.origin;
    drop_annotations(&mut body);
    let manifest = body.take("agentCardManifest").map(|member| member.value).filter(Draft::is_object);
    let of_card = |member: &Member| OF_CARD.contains(&member.name.as_str()) || member.name == "security";
    let mut dropped = false;
    let mut members: Vec<Member> = Vec::new();
    // What the manifest says of the agent counts for more than what the instance is called.
    let parts = manifest.into_iter().chain([body]);
    for part in parts {
        let Value::Object(own) = part.value else { continue };
        for member in own {
            if !of_card(&member) {
                dropped = true;
            } else if !members.iter().any(|other| other.name == member.name) {
                members.push(member);
            }
        }
    }
    if dropped {
        work.lost_opening(Loss::Registry);
    }
    let mut card = Draft::object(members).standing_for(origin);
    card.rename("displayName", "name");
    let skills = card.get_mut("skills").and_then(Draft::items_mut).into_iter().flatten();
    skills.for_each(|skill| skill.rename("displayName", "name"));
    card
}

/// Takes OData annotations out, also those of scheme objects.
fn drop_annotations(draft: &mut Draft) {
    match &mut draft.value {
        Value::Object(members) => {
            members.retain(|member| !member.name.contains("@odata."));
            members.iter_mut().for_each(|member| drop_annotations(&mut member.value));
        }
        Value::Array(items) => items.iter_mut().for_each(drop_annotations),
        Value::Scalar(_) => {}
    }
}
