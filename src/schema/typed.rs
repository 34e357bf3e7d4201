//! What a value is in one schema, and which type of a union an object chooses.

use super::aliases::Aliases;
use super::types::{Member, ObjectType, Types, ValueType};
use crate::syntax::Node;

/// A value's type in one of the schemas.
#[derive(Clone, Copy)]
pub(super) struct Typed<'s> {
    pub(super) types: &'s Types,
    pub(super) value: &'s ValueType,
}

/// An object's type in one of the schemas.
#[derive(Clone, Copy)]
pub(super) struct TypedObject<'s> {
    pub(super) types: &'s Types,
    pub(super) object: &'s ObjectType,
}

impl<'s> Typed<'s> {
    /// The type of the values inside: of an object that is a map, or else of an array.
    pub(super) fn inside(self, map: bool) -> Option<Typed<'s>> {
        match (self.value, map) {
            (ValueType::Array(inner), false) | (ValueType::Map(inner), true) => {
                Some(Typed { types: self.types, value: inner })
            }
            _ => None,
        }
    }

    pub(super) fn object(self) -> Option<TypedObject<'s>> {
        match self.value {
            ValueType::Object(id) => Some(TypedObject { types: self.types, object: self.types.get(*id) }),
            _ => None,
        }
    }

    /// The type of what `pointer` leads to, by names of members alone.
    pub(super) fn at(self, pointer: &str) -> Option<Typed<'s>> {
        pointer.split('/').skip(1).try_fold(self, |typed, name| {
            let TypedObject { types, object } = typed.object()?;
            Some(Typed { types, value: &object.member(name)?.value })
        })
    }

    /// Whether there are names to compare inside.
    pub(super) fn has_names(&self) -> bool {
        match self.value {
            ValueType::Object(_) => true,
            ValueType::Array(inner) | ValueType::Map(inner) => {
                Typed { types: self.types, value: inner }.has_names()
            }
            ValueType::String | ValueType::Scalar | ValueType::Free => false,
        }
    }
}

/// What a discriminated union says of an object.
pub(super) enum Chosen<'s> {
    Type(TypedObject<'s>),
    Unsure,
    Nothing,
}

impl<'s> TypedObject<'s> {
    pub(super) fn chosen(self, node: Node<'_>, aliases: &Aliases) -> Chosen<'s> {
        if self.object.exactly_one {
            // What stands where a wrapper belongs is no mistake besides its absence: one finding says so.
            return if self.object.members.iter().any(|member| node.member(&member.name).is_some()) {
                Chosen::Nothing
            } else {
                Chosen::Unsure
            };
        }
        let Some(choice) = &self.object.choice else { return Chosen::Nothing };
        let value = aliases.member(node, &choice.member).and_then(Node::string);
        let option = value.and_then(|value| choice.options.iter().find(|(name, _)| *name == value));
        let chosen = option.map(|(_, id)| self.types.get(*id));
        match chosen {
            Some(object) if !contradicts(node, object, self.types) => {
                Chosen::Type(TypedObject { types: self.types, object })
            }
            _ => Chosen::Unsure,
        }
    }
}

/// Whether the `@odata.type` of a security scheme says that it is of another type than `object`, to which its `type` leads.
pub(super) fn contradicts(node: Node<'_>, object: &ObjectType, types: &Types) -> bool {
    let is_scheme = |name: &str| name.ends_with("SecurityScheme");
    if !is_scheme(&object.name) {
        return false;
    }
    let Some(stated) = node.member("@odata.type").and_then(Node::string) else { return false };
    let name = stated.rsplit(['.', '#']).next().unwrap_or_default();
    name != object.name && is_scheme(name) && types.by_name(name).is_some()
}

/// What the schemas say of the member called `name`.
pub(super) fn members_called<'s>(
    known: &[TypedObject<'s>],
    name: &str,
) -> impl Iterator<Item = (&'s Types, &'s Member)> {
    known.iter().filter_map(move |typed| Some((typed.types, typed.object.member(name)?)))
}
