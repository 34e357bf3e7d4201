//! A document beside the bundled schemas that describe it: each value with what they say about it.

use cardlint::kind::{Mode, Profile};
use cardlint::schema::bundled;
use cardlint::syntax::{Node, escape_token};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A value of a document that the schemas describe.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Where it stands.
    pub(crate) pointer: String,
    /// Its way through the types: `AgentSkill.tags[]`, `AgentCard.securitySchemes{}`.
    pub(crate) path: String,
    pub(crate) role: Role,
    /// The hash of what the schemas say of the object that holds it.
    definition: u64,
    /// Whether one of the schemas demands it.
    pub(crate) required: bool,
    /// Whether one demands it that takes an empty value for none.
    pub(crate) demanded_full: bool,
    /// Whether one of several members is demanded, of which it is the only one there.
    pub(crate) only_variant: bool,
    /// The JSON types that every schema takes.
    pub(crate) types: BTreeSet<String>,
    /// The values that it may have, where they are few.
    pub(crate) allowed: Vec<String>,
    /// What the schemas say of the object that it is, if it is one.
    pub(crate) object: Option<Object>,
    /// What the object would be asked for if it held nothing.
    pub(crate) when_empty: Object,
    /// Whether the schemas themselves refuse it when it is empty.
    pub(crate) nonempty: bool,
    /// The document that it belongs to.
    pub(crate) root: String,
    pub(crate) profile: Profile,
    /// Whether the document is signed.
    pub(crate) signed: bool,
    /// The mode of the registration in which it stands as a card.
    pub(crate) embedded: Option<Mode>,
}

impl Place {
    /// What places that are alike to the schemas have in common. Releases of one generation that define a type in the same
    /// words count once.
    pub(crate) fn sort(&self) -> String {
        let generation = match self.profile {
            Profile::Card(version) if !version.modern && !version.protojson => String::from("0.x"),
            profile => bundled(profile).iter().map(|schema| schema.name).collect(),
        };
        format!("{generation} {} {} {} {:?}", self.definition, self.path, self.only_variant, self.embedded)
    }

    /// Whether it is the document or one of its members.
    pub(crate) fn is_outermost(&self) -> bool {
        match &self.role {
            Role::Root => true,
            Role::Member { holder, .. } => *holder == self.root,
            Role::Entry | Role::Item => false,
        }
    }
}

/// What a value is to the container that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    Root,
    /// A member with a name that the schemas know.
    Member {
        name: String,
        holder: String,
        types: Vec<String>,
        siblings: BTreeSet<String>,
    },
    /// A member with a name of the writer's choosing.
    Entry,
    Item,
}

/// An object type, or several at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Object {
    /// The names of the types.
    pub(crate) types: Vec<String>,
    pub(crate) members: BTreeSet<String>,
    pub(crate) required: BTreeSet<String>,
    /// Whether exactly one of the members has to be there.
    pub(crate) one_of: bool,
}

/// A place in a schema: the schema as a whole, the part that describes a value, and the name of its type.
#[derive(Clone)]
struct View<'s> {
    schema: &'s Value,
    part: &'s Value,
    name: String,
    or_null: bool,
}

impl<'s> View<'s> {
    fn resolve(mut self) -> Self {
        loop {
            let other = self.part.get("else").filter(|_| self.part["if"]["type"] == "null");
            if let Some(other) = other {
                self.part = other;
                self.or_null = true;
            } else if let Some(target) = self.part["$ref"].as_str() {
                self.name = target.rsplit('/').next().unwrap_or_default().to_owned();
                self.part = self.schema.pointer(&target[1..]).expect("the reference leads somewhere");
            } else {
                return self;
            }
        }
    }

    fn inside(&self, part: &'s Value) -> Self {
        View { schema: self.schema, part, name: String::new(), or_null: false }.resolve()
    }

    /// The type itself and the one that the deciding member of `node` chooses.
    fn with_choice(&self, node: Node<'_>) -> Vec<Self> {
        let branches = self.part["allOf"].as_array().into_iter().flatten();
        let holds = |branch: &&Value| {
            let conditions = branch["if"]["properties"].as_object().into_iter().flatten();
            conditions.into_iter().all(|(member, condition)| {
                node.member(member).and_then(Node::string).as_deref() == condition["const"].as_str()
            })
        };
        let chosen = branches.filter(holds).map(|branch| self.inside(&branch["then"]));
        std::iter::once(self.clone()).chain(chosen).collect()
    }

    /// Readers of protocol buffers and Graph cannot tell an empty value from none.
    fn takes_empty_for_none(&self) -> bool {
        let id = self.schema["$id"].as_str().unwrap_or_default();
        id.contains("/graph/") || id.ends_with("/1.0.json")
    }

    fn types(&self) -> Option<BTreeSet<String>> {
        let mut types: BTreeSet<String> = match &self.part["type"] {
            Value::String(one) => BTreeSet::from([one.clone()]),
            Value::Array(all) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ if self.part["const"].is_string() => BTreeSet::from(["string".to_owned()]),
            _ => return None,
        };
        if self.or_null {
            types.insert("null".to_owned());
        }
        Some(types)
    }
}

fn strings(value: &Value) -> impl Iterator<Item = String> + '_ {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

/// Every value of `document`, which stands at `pointer`, of which the schemas of `profile` say something.
pub(crate) fn places(document: Node<'_>, profile: Profile, embedded: Option<Mode>) -> Vec<Place> {
    let schemas: Vec<Value> = bundled(profile)
        .iter()
        .map(|schema| serde_json::from_str(schema.text).expect("a bundled schema is JSON"))
        .collect();
    let views = schemas
        .iter()
        .map(|schema| View { schema, part: schema, name: String::new(), or_null: false }.resolve());
    let signed = document.member("signatures").is_some();
    let mut walk =
        Walk { places: Vec::new(), root: document.pointer(), profile, signed, embedded, definition: 0 };
    let name = views.clone().map(|view| view.name).next().unwrap_or_default();
    walk.value(document, document.pointer(), &name, Role::Root, true, &views.collect::<Vec<_>>());
    walk.places
}

struct Walk {
    places: Vec<Place>,
    root: String,
    profile: Profile,
    signed: bool,
    embedded: Option<Mode>,
    definition: u64,
}

impl Walk {
    fn value(
        &mut self,
        node: Node<'_>,
        pointer: String,
        path: &str,
        role: Role,
        required: bool,
        views: &[View<'_>],
    ) {
        let types = views.iter().filter_map(View::types).reduce(|one, two| &one & &two).unwrap_or_default();
        let allowed = views.iter().find(|view| !view.part["enum"].is_null());
        let is_map = views.iter().any(|view| view.part.get("properties").is_none());
        let chosen: Vec<View<'_>> = views.iter().flat_map(|view| view.with_choice(node)).collect();
        let object = (node.is_object() && !is_map).then(|| object(&chosen));
        let nonempty = views
            .iter()
            .any(|view| view.part.get("minLength").is_some() || view.part.get("minItems").is_some());
        self.places.push(Place {
            pointer: pointer.clone(),
            path: path.to_owned(),
            role,
            definition: self.definition,
            required,
            demanded_full: false,
            only_variant: false,
            types,
            allowed: allowed.map(|view| strings(&view.part["enum"]).collect()).unwrap_or_default(),
            object: object.clone(),
            when_empty: self::object(views),
            nonempty,
            root: self.root.clone(),
            profile: self.profile,
            signed: self.signed,
            embedded: self.embedded,
        });
        match object {
            Some(object) => self.members(node, &pointer, &object, &chosen),
            None => self.entries(node, &pointer, path, views),
        }
    }

    fn members(&mut self, node: Node<'_>, pointer: &str, object: &Object, views: &[View<'_>]) {
        let mut hasher = DefaultHasher::new();
        views.iter().for_each(|view| view.part.to_string().hash(&mut hasher));
        let definition = hasher.finish();
        let variants =
            node.children().filter_map(Node::key).filter(|key| object.members.contains(&**key)).count();
        for child in node.children() {
            let Some(name) = child.key() else { continue };
            let by_type: BTreeMap<&str, View<'_>> = views
                .iter()
                .filter_map(|view| {
                    Some((view.name.as_str(), view.inside(view.part["properties"].get(&*name)?)))
                })
                .collect();
            // The variant says more than the union.
            let Some(owner) = by_type.keys().next_back().copied() else { continue };
            let role = Role::Member {
                name: name.to_string(),
                holder: pointer.to_owned(),
                types: object.types.clone(),
                siblings: object.members.clone(),
            };
            let inner: Vec<View<'_>> = views
                .iter()
                .filter_map(|view| Some(view.inside(view.part["properties"].get(&*name)?)))
                .collect();
            let path = format!("{owner}.{name}");
            let at = format!("{pointer}/{}", escape_token(&name));
            let index = self.places.len();
            self.definition = definition;
            self.value(child, at, &path, role, object.required.contains(&*name), &inner);
            self.places[index].demanded_full = views.iter().any(|view| {
                view.takes_empty_for_none() && strings(&view.part["required"]).any(|other| *other == *name)
            });
            self.places[index].only_variant = object.one_of && variants == 1;
        }
    }

    fn entries(&mut self, node: Node<'_>, pointer: &str, path: &str, views: &[View<'_>]) {
        let (keyword, role, marks) = match (node.is_array(), node.is_object()) {
            (true, _) => ("items", Role::Item, "[]"),
            (_, true) => ("additionalProperties", Role::Entry, "{}"),
            _ => return,
        };
        let inner: Vec<View<'_>> = views
            .iter()
            .filter_map(|view| Some(view.inside(view.part.get(keyword).filter(|part| part.is_object())?)))
            .collect();
        if inner.is_empty() {
            return;
        }
        for (index, child) in node.children().enumerate() {
            if child.key().is_some_and(|key| key.contains('@')) {
                continue;
            }
            let token = child.key().map_or_else(|| index.to_string(), |key| escape_token(&key).into_owned());
            self.value(
                child,
                format!("{pointer}/{token}"),
                &format!("{path}{marks}"),
                role.clone(),
                false,
                &inner,
            );
        }
    }
}

fn object(views: &[View<'_>]) -> Object {
    let mut object = Object::default();
    for view in views {
        if !object.types.contains(&view.name) {
            object.types.push(view.name.clone());
        }
        object
            .members
            .extend(view.part["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        object.required.extend(strings(&view.part["required"]));
        object.one_of |= view.part.get("dependentSchemas").is_some();
    }
    object
}
