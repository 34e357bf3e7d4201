//! Raw facts about the shape of a document, without words.

use super::renames::Reason;
use crate::syntax::NodeId;

/// A raw fact about a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The value; for a missing member the object that lacks it, for a name the member that has it.
    pub node: NodeId,
    /// What is the matter.
    pub fact: Fact,
}

/// What can be the matter with the shape of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A required member is missing.
    Missing {
        /// Its name.
        member: String,
        /// What the schema says about it.
        about: &'static str,
    },
    /// The value is of the wrong JSON type.
    WrongType {
        /// The types that would be right, by their JSON Schema names.
        expected: Vec<&'static str>,
    },
    /// The value is null where null is not allowed.
    Null {
        /// Whether the member is required.
        required: bool,
    },
    /// The value of a member that is called otherwise here, or has no place here, is null.
    ForeignNull,
    /// The value is none of those listed.
    NotAllowed {
        /// The list.
        allowed: Vec<String>,
    },
    /// The array has to hold something.
    EmptyArray,
    /// The string has to hold something.
    EmptyString,
    /// None of the members of which one is needed is there.
    NoVariant {
        /// Their names.
        variants: Vec<String>,
    },
    /// A second one of the members of which only one may be there.
    ExtraVariant {
        /// The first one.
        first: NodeId,
    },
    /// A member stands for another one.
    Misnamed {
        /// The name it should have, or a JSON Pointer where it belongs into another object; `*` stands for every entry.
        means: String,
        /// Why it is taken for that.
        reason: Reason,
        /// Whether the member meant is required and otherwise missing.
        needed: bool,
        /// Whether the value is written differently under the right name.
        reshaped: bool,
    },
    /// A member that this kind of document no longer has.
    Gone {
        /// What to do instead.
        instead: &'static str,
        /// Whose name it is.
        whose: &'static str,
    },
    /// The same member twice, in two spellings.
    DoubleSpelling {
        /// The one with the right name.
        other: NodeId,
    },
    /// An embedded card is wrapped in an object once more.
    Wrapped,
    /// A member that nobody knows.
    Unknown {
        /// The type of the object it stands in.
        object: String,
    },
}
