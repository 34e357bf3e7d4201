//! The object types that a bundled schema defines, made ready for looking up names.

use super::near::words_of;
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// The address of an object type in its [`Types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeId(usize);

/// The object types of one schema.
#[derive(Debug, Default)]
pub struct Types {
    objects: Vec<ObjectType>,
    root: Option<TypeId>,
    empty_is_unset: bool,
    modern: bool,
}

/// An object type: an entry of `$defs`.
#[derive(Debug)]
pub struct ObjectType {
    /// Its name, as in A2A or Graph.
    pub name: String,
    /// Its members, by name.
    pub members: Vec<Member>,
    /// The member whose value says which further type the object is of, and the types by value.
    pub choice: Option<Choice>,
    /// Whether it has to hold exactly one of its members.
    pub exactly_one: bool,
    /// The words of the names of its members, made when the first name is compared with them.
    words: OnceLock<Vec<Vec<String>>>,
}

/// A member of an object type.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What its value holds.
    pub value: ValueType,
    /// Whether the schema demands it.
    pub required: bool,
    /// What the member is, in a sentence or two.
    pub description: String,
}

/// What a value holds, as far as names inside it are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// A string.
    String,
    /// A number or truth value.
    Scalar,
    /// An object of a type.
    Object(TypeId),
    /// An array of such values.
    Array(Box<ValueType>),
    /// An object with names of the writer's choosing.
    Map(Box<ValueType>),
    /// Anything; what is inside is nobody's business.
    Free,
}

/// A discriminated union.
#[derive(Debug)]
pub struct Choice {
    /// The member that decides.
    pub member: String,
    /// Which value leads to which type.
    pub options: Vec<(String, TypeId)>,
}

impl Types {
    /// Reads the types of a schema that keeps to the conventions of `schemas/README.md`; of another one, what it can.
    pub(super) fn read(schema: &Value) -> Self {
        let Some(definitions) = schema.get("$defs").and_then(Value::as_object) else {
            return Self::default();
        };
        let names: Vec<&String> = definitions.keys().collect();
        let by_name = |reference: &str| {
            let name = reference.strip_prefix("#/$defs/")?;
            names.iter().position(|known| *known == name).map(TypeId)
        };
        let objects = definitions.iter().map(|(name, body)| read_object(name, body, &by_name)).collect();
        let root = schema.get("$ref").and_then(Value::as_str).and_then(by_name);
        // The 0.x schemas are the only ones whose readers take an empty text for a text.
        let id = schema.get("$id").and_then(Value::as_str).unwrap_or_default();
        let modern = id.ends_with("/a2a/1.0.json");
        Self { objects, root, empty_is_unset: modern || id.contains("/graph/"), modern }
    }

    /// The type of the document itself.
    pub fn root(&self) -> Option<TypeId> {
        self.root
    }

    /// Whether an empty text or list in a required member counts as none.
    pub fn empty_is_unset(&self) -> bool {
        self.empty_is_unset
    }

    /// Whether they are those of A2A 1.0.
    pub(super) fn is_modern(&self) -> bool {
        self.modern
    }

    /// The type at `id`, which must be of this schema.
    pub fn get(&self, id: TypeId) -> &ObjectType {
        &self.objects[id.0]
    }

    /// The type called `name`.
    pub fn by_name(&self, name: &str) -> Option<&ObjectType> {
        self.objects.iter().find(|object| object.name == name)
    }

    /// Whether any type has a member called `name`.
    pub fn has_member(&self, name: &str) -> bool {
        self.objects.iter().any(|object| object.member(name).is_some())
    }
}

impl ObjectType {
    /// The member called `name`.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The members with the words of their names.
    pub(super) fn members_in_words(&self) -> impl Iterator<Item = (&Member, &[String])> {
        let words = self
            .words
            .get_or_init(|| self.members.iter().map(|member| words_of(&member.name, &self.name)).collect());
        self.members.iter().zip(words.iter().map(Vec::as_slice))
    }
}

fn read_object(name: &str, body: &Value, by_name: &impl Fn(&str) -> Option<TypeId>) -> ObjectType {
    let required: Vec<&str> = strings(body.get("required")).collect();
    let empty = Map::new();
    let properties = body.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    let member = |(name, property): (&String, &Value)| Member {
        name: name.clone(),
        value: read_value(property, by_name),
        required: required.contains(&name.as_str()),
        description: property.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
    };
    ObjectType {
        name: name.to_owned(),
        members: properties.iter().map(member).collect(),
        choice: read_choice(body, by_name),
        exactly_one: body.get("dependentSchemas").is_some(),
        words: OnceLock::new(),
    }
}

fn strings(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn read_value(property: &Value, by_name: &impl Fn(&str) -> Option<TypeId>) -> ValueType {
    let reference = property.get("$ref").or_else(|| property.get("else").and_then(|other| other.get("$ref")));
    if let Some(id) = reference.and_then(Value::as_str).and_then(by_name) {
        return ValueType::Object(id);
    }
    if let Some(items) = property.get("items") {
        return ValueType::Array(Box::new(read_value(items, by_name)));
    }
    match property.get("additionalProperties") {
        Some(Value::Bool(_)) => return ValueType::Free,
        Some(inner) => return ValueType::Map(Box::new(read_value(inner, by_name))),
        None => {}
    }
    let of_type = property.get("type").or_else(|| property.get("const"));
    let is_string = match of_type {
        Some(Value::String(name)) => name == "string" || property.get("const").is_some(),
        Some(list) => strings(Some(list)).any(|name| name == "string"),
        None => false,
    };
    if is_string { ValueType::String } else { ValueType::Scalar }
}

/// `allOf` of `if` a member is a constant `then` a type.
fn read_choice(body: &Value, by_name: &impl Fn(&str) -> Option<TypeId>) -> Option<Choice> {
    let branches = body.get("allOf")?.as_array()?;
    let mut choice: Option<Choice> = None;
    for branch in branches {
        let (member, condition) = branch.get("if")?.get("properties")?.as_object()?.iter().next()?;
        let value = condition.get("const")?.as_str()?;
        let target = by_name(branch.get("then")?.get("$ref")?.as_str()?)?;
        let options = choice.get_or_insert_with(|| Choice { member: member.clone(), options: Vec::new() });
        options.options.push((value.to_owned(), target));
    }
    choice
}
