//! The containers that are known: what tells them, where they hold documents, and what they say of them.

use super::super::names::{fold, member};
use super::super::request::Operation;
use super::super::{Kind, Mode};
use crate::syntax::Node;
use std::borrow::Cow;
use std::sync::LazyLock;

/// An object that holds documents in known places.
pub(in crate::kind) struct Container {
    /// Its name in messages.
    pub(super) words: &'static str,
    /// Members that it has, in camelCase or snake_case.
    pub(super) marks: &'static [&'static str],
    /// What the text of one of its members is.
    pub(super) says: Option<Says>,
    /// Where the documents are.
    pub(super) slots: &'static [Slot],
    /// Whether it holds documents whatever the user says they are. The others may be documents of that kind themselves.
    pub(super) is_foreign: bool,
}

/// Names of members of which one, the first that is there, has one of these texts, in any letter case.
#[derive(Clone, Copy)]
pub(super) struct Says(&'static [&'static str], &'static [&'static str]);

/// A place in a container.
pub(super) struct Slot {
    /// The steps to it. `*` is any member or element.
    pub(super) at: &'static [&'static str],
    pub(super) holds: Holds,
}

/// What a place in a container holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// A document if it is recognised as one, or another container.
    Anything,
    /// An agent card, whatever is there.
    Card,
    /// A Graph object of this kind.
    Graph(Kind),
    /// The body of a request or an answer. The function says what that is; nothing where the value is not a body.
    Body(fn(Node<'_>) -> Option<Operation>),
}

use Holds::{Anything, Body, Card, Graph};

const fn slot(at: &'static [&'static str], holds: Holds) -> Slot {
    Slot { at, holds }
}

/// A container that is told by its members.
const fn by_members(
    words: &'static str,
    marks: &'static [&'static str],
    slots: &'static [Slot],
) -> Container {
    Container { words, marks, says: None, slots, is_foreign: true }
}

/// A container that is told by the text of a member.
const fn by_text(words: &'static str, says: Says, slots: &'static [Slot]) -> Container {
    Container { words, marks: &[], says: Some(says), slots, is_foreign: true }
}

/// Its body is a template.
pub(super) const POSTMAN_REQUEST: &str = "a Postman request";

const CATALOG_ENTRY: &str = "an AI catalog entry";
const MEDIA_TYPE: &[&str] = &["mediaType", "type"];
pub(super) const IS_CARD: Says = Says(MEDIA_TYPE, &["application/a2a-agent-card+json"]);
const TERRAFORM: &str = "a Terraform file";
const PLAN: &str = "a Terraform plan";
const WORKFLOW: &str = "a Logic Apps workflow";

/// In this order: what says most of its content comes first.
static CONTAINERS: &[Container] = &[
    // Microsoft Graph: JSON batching, and requests as recorders and workflows write them (graph.md 8.3).
    by_members("a Graph batch request", &["requests"], &[slot(&["requests", "*"], Anything)]),
    by_members("a Graph batch response", &["responses"], &[slot(&["responses", "*", "body"], Body(answer))]),
    by_members(POSTMAN_REQUEST, &["method", "body"], &[slot(&["body", "raw"], Body(postman))]),
    by_members("an HTTP request", &["method", "body"], &[slot(&["body"], Body(request))]),
    by_members(WORKFLOW, &["inputs"], &[slot(&["inputs"], Anything)]),
    by_members(WORKFLOW, &["definition"], &[slot(&["definition"], Anything)]),
    by_members(WORKFLOW, &["actions"], &[slot(&["actions", "*"], Anything), slot(&["else"], Anything)]),
    by_members(WORKFLOW, &["cases"], &[slot(&["cases", "*"], Anything), slot(&["default"], Anything)]),
    // Postman collections 2.1 nest folders.
    by_members("a Postman collection", &["item"], &[slot(&["item", "*"], Anything)]),
    by_members(POSTMAN_REQUEST, &["request"], &[slot(&["request"], Anything)]),
    by_members(
        TERRAFORM,
        &["resource"],
        &[
            slot(&["resource", "msgraph_resource", "*", "body"], Body(terraform_create)),
            slot(&["resource", "msgraph_resource", "*", "*", "body"], Body(terraform_create)),
            slot(&["resource", "msgraph_update_resource", "*", "body"], Body(terraform_update)),
            slot(&["resource", "msgraph_update_resource", "*", "*", "body"], Body(terraform_update)),
            slot(&["resource", "msgraph_resource_action", "*", "body"], Body(terraform_action)),
            slot(&["resource", "msgraph_resource_action", "*", "*", "body"], Body(terraform_action)),
        ],
    ),
    by_members(PLAN, &["plannedValues"], &[slot(&["plannedValues", "rootModule"], Anything)]),
    by_members(PLAN, &["values"], &[slot(&["values", "rootModule"], Anything)]),
    by_members(PLAN, &["values"], &[slot(&["values", "body"], Body(planned))]),
    by_members(PLAN, &["childModules"], &[slot(&["childModules", "*"], Anything)]),
    // Templates of Azure Resource Manager name their resources by position or, since language version 2.0, by name.
    by_members(
        "an Azure template",
        &["resources"],
        &[
            slot(&["resources", "*"], Anything),
            slot(&["resources", "*", "properties"], Body(deployed)),
            slot(&["resources", "*", "properties", "template"], Anything),
            slot(&["resources", "*", "properties", "definition"], Anything),
        ],
    ),
    // The registry with its sets, as `$expand` gives it and export scripts write it.
    Container {
        words: "an agentRegistry",
        marks: &[],
        says: None,
        is_foreign: true,
        slots: &[
            slot(&["agentInstances"], Graph(Kind::GraphAgentInstance)),
            slot(&["agentCardManifests"], Graph(Kind::GraphAgentCardManifest)),
            slot(&["agentCollections"], Graph(Kind::GraphAgentCollection)),
            slot(&["agentRegistrations"], Graph(Kind::GraphAgentRegistration)),
            slot(&["agentRegistration"], Graph(Kind::GraphAgentRegistration)),
            slot(&["registrations"], Graph(Kind::GraphAgentRegistration)),
        ],
    },
    // Registries of cards (a2a.md 1.9).
    by_members("an AI catalog", &["entries"], &[slot(&["entries", "*"], Anything)]),
    by_text(CATALOG_ENTRY, IS_CARD, &[slot(&["data"], Card)]),
    by_text(CATALOG_ENTRY, Says(MEDIA_TYPE, &["application/ai-catalog+json"]), &[slot(&["data"], Anything)]),
    by_members("a card with attestations", &["agentCard", "attestations"], &[slot(&["agentCard"], Card)]),
    by_members(
        "a card with verification material",
        &["agentCard", "verificationMaterial"],
        &[slot(&["agentCard"], Card)],
    ),
    by_text("a Google agent service", Says(&["type"], &["A2A_AGENT_CARD"]), &[slot(&["content"], Card)]),
    by_members(
        "a Google agent service",
        &["agentSpec"],
        &[slot(&["agentSpec"], Anything), slot(&["agentSpec", "content"], Anything)],
    ),
    by_members("an input of the OASF translator", &["a2aCard"], &[slot(&["a2aCard"], Card)]),
    by_members("an OASF record", &["modules"], &[slot(&["modules", "*"], Anything)]),
    by_text(
        "an OASF module",
        Says(&["name"], &["integration/a2a", "runtime/a2a"]),
        &[slot(&["data", "cardData"], Card)],
    ),
    by_members(
        "a Gemini Enterprise agent",
        &["a2aAgentDefinition"],
        &[slot(&["a2aAgentDefinition", "jsonAgentCard"], Card)],
    ),
    by_members("a Gemini Enterprise agent", &["jsonAgentCard"], &[slot(&["jsonAgentCard"], Card)]),
    by_members(
        "an AWS registry record",
        &["descriptors"],
        &[
            slot(&["descriptors"], Anything),
            slot(
                &["descriptors", "optionalValue", "a2aAgentCard", "optionalValue", "data", "optionalValue"],
                Card,
            ),
        ],
    ),
    by_members("an AWS registry record", &["a2aAgentCard"], &[slot(&["a2aAgentCard", "data"], Card)]),
    // Bodies that hold a document beside what they say of it.
    Container {
        words: "a wrapper object",
        marks: &[],
        says: None,
        is_foreign: false,
        slots: &[
            slot(&["agentCard"], Anything),
            slot(&["card"], Anything),
            slot(&["rawCard"], Anything),
            slot(&["a2aCard"], Anything),
            slot(&["agentCardJson"], Anything),
            slot(&["a2aAgentCard"], Anything),
            slot(&["cardData"], Anything),
            slot(&["cardJson"], Anything),
            slot(&["body"], Anything),
        ],
    },
];

/// For each name by which a container may be known, which of [`CONTAINERS`] have it, as bits. Most objects have no such
/// member, so that nothing more has to be asked of them.
static NAMES: LazyLock<Vec<(&str, u64)>> = LazyLock::new(|| {
    let mut names: Vec<(&str, u64)> = Vec::new();
    for (index, container) in CONTAINERS.iter().enumerate() {
        for name in container.names() {
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, containers)) => *containers |= 1 << index,
                None => names.push((name, 1 << index)),
            }
        }
    }
    names.sort_unstable();
    names
});

const _: () = assert!(CONTAINERS.len() <= u64::BITS as usize);

/// The containers that `object` is, as far as can be told without its content.
pub(super) fn fitting(object: Node<'_>) -> impl Iterator<Item = &'static Container> {
    let known = |key: Cow<'_, str>| {
        let name = fold(&key);
        let at = NAMES.binary_search_by(|(known, _)| (*known).cmp(&name)).ok()?;
        NAMES.get(at).map(|(_, containers)| *containers)
    };
    let names = object.children().filter_map(|child| known(child.key()?));
    let candidates = names.fold(0, |all, containers| all | containers);
    let all = CONTAINERS.iter().enumerate();
    all.filter(move |(index, container)| candidates >> index & 1 == 1 && container.fits(object))
        .map(|(_, container)| container)
}

impl Container {
    /// Names of which it has at least one.
    fn names(&self) -> Vec<&'static str> {
        match (self.marks, &self.says) {
            ([mark, ..], _) => vec![mark],
            ([], Some(Says(names, _))) => names.to_vec(),
            ([], None) => self.slots.iter().filter_map(|slot| slot.at.first().copied()).collect(),
        }
    }

    /// Whether it holds documents whatever the user says they are.
    pub(in crate::kind) fn is_foreign(&self) -> bool {
        self.is_foreign
    }

    /// Whether `object` is one, as far as can be told without its content.
    fn fits(&self, object: Node<'_>) -> bool {
        self.marks.iter().all(|mark| member(object, mark).is_some())
            && self.says.as_ref().is_none_or(|says| says.holds(object))
    }
}

impl Says {
    pub(super) fn holds(&self, object: Node<'_>) -> bool {
        let Some(text) = self.0.iter().find_map(|name| member(object, name)?.string()) else { return false };
        // A media type may have parameters.
        let text = text.split(';').next().unwrap_or_default().trim();
        self.1.iter().any(|known| text.eq_ignore_ascii_case(known))
    }
}

fn text<'d>(object: Node<'d>, names: &[&str]) -> Option<Cow<'d, str>> {
    names.iter().find_map(|name| member(object, name)?.string())
}

/// The body of `{method, url, body}`. That of a Postman request is one level deeper.
fn request(body: Node<'_>) -> Option<Operation> {
    let request = body.parent()?;
    let is_postman = ["mode", "raw"].iter().any(|name| body.member(name).is_some_and(Node::is_string))
        && body.member("raw").is_none_or(Node::is_string);
    (!is_postman).then_some(())?;
    Some(Operation::of_request(&text(request, &["method"])?, &text(request, &["url", "uri"])?))
}

/// The `raw` body of a Postman request, whose URL may be taken apart.
fn postman(raw: Node<'_>) -> Option<Operation> {
    let request = raw.parent()?.parent()?;
    let url = member(request, "url")?;
    let url = url.string().or_else(|| text(url, &["raw"]))?;
    Some(Operation::of_request(&text(request, &["method"])?, &url))
}

/// The body of an answer in a batch.
fn answer(_: Node<'_>) -> Option<Operation> {
    Some(Operation { kind: None, mode: Some(Mode::Response) })
}

fn terraform_create(body: Node<'_>) -> Option<Operation> {
    terraform(body.parent()?, "POST")
}

fn terraform_update(body: Node<'_>) -> Option<Operation> {
    terraform(body.parent()?, "PATCH")
}

fn terraform_action(body: Node<'_>) -> Option<Operation> {
    let block = body.parent()?;
    let method = text(block, &["method"]).unwrap_or("POST".into());
    terraform(block, &method)
}

fn terraform(block: Node<'_>, method: &str) -> Option<Operation> {
    Some(Operation::of_request(method, &text(block, &["url", "resourceUrl"])?))
}

/// The body of a resource of a Terraform plan, which names the type of the resource.
fn planned(body: Node<'_>) -> Option<Operation> {
    let resource = body.parent()?.parent()?;
    match text(resource, &["type"])?.as_ref() {
        "msgraph_resource" => terraform_create(body),
        "msgraph_update_resource" => terraform_update(body),
        "msgraph_resource_action" => terraform_action(body),
        _ => None,
    }
}

/// The properties of a resource of a template, whose type is such as `Microsoft.Graph/agentRegistrations@beta`.
fn deployed(properties: Node<'_>) -> Option<Operation> {
    let written = text(properties.parent()?, &["type"])?;
    let name = written.split('@').next().unwrap_or_default();
    let kind = Operation::of_request("POST", name.strip_prefix("Microsoft.Graph/")?).kind?;
    Some(Operation { kind: Some(kind), mode: Some(Mode::Create) })
}
