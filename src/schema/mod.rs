//! The bundled JSON Schemas, and what they say of a tree.
//!
//! They are the only list of member names, types and required members in the project. Validation gives raw facts about
//! nodes; rules put them into words.

mod aliases;
mod catalog;
mod fact;
mod names;
mod near;
mod renames;
mod shape;
mod tree;
mod typed;
mod types;
mod validate;

pub use aliases::Aliases;
pub use catalog::{Bundled, bundled, catalog, find, release_with};
pub use fact::{Fact, Finding};
pub use renames::{Means, Reason, renames};
pub use shape::{Shape, shape};
pub use types::{Member, ObjectType, TypeId, Types, ValueType};
