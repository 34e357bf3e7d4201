//! The bundled JSON Schemas, and what they say of a tree.
//!
//! They are the only list of member names, types and required members in the project. Validation gives raw facts about
//! nodes; rules put them into words.

mod catalog;
mod renames;
mod shape;
mod tree;
mod types;
mod validate;

pub use catalog::{Bundled, bundled, catalog, find, release_with};
pub use renames::Reason;
pub use shape::{Aliases, Fact, Finding, Shape, shape};
pub use types::{Member, ObjectType, TypeId, Types, ValueType};
