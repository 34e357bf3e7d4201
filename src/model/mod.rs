//! Typed views of documents. What differs between versions and kinds ends here: rules ask for skills, endpoints, schemes
//! and requirements, whatever these are called in the document at hand.
//!
//! Nothing here fails. A value that a finding about shape already speaks for is not shown.

mod agent;
mod coverage;
mod graph;
mod identity;
mod moment;
mod placeholder;
mod security;
mod signature;
mod transport;
pub mod url;
mod value;
pub mod version;

pub use agent::{Agent, Endpoint, EndpointRole};
pub use coverage::{Coverage, Doubtful, Weight};
pub use graph::{Entity, Typed, embedded_guid, is_guid};
pub use identity::{Identified, Identity};
pub use moment::{Moment, MomentFlaw};
pub use placeholder::{is_placeholder, is_unfilled, is_unfilled_guid};
pub use security::{
    Flow, Requirement, RequirementPart, Scheme, SchemeKind, SchemeUse, requirement_part, says_open,
};
pub use signature::{Encoded, Flaw, Header, HeaderFlaw, Parameter, Protected, Signature, to_base64url};
pub use transport::{Spelling, Transport};
pub use value::{Text, Value};
