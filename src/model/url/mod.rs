//! URLs: where they stand in a document, and the gravest thing that is the matter with each.

mod encrypted;
mod flaw;
mod host;
mod lookalike;
mod placeholder;
mod places;

pub(super) use places::flawed_urls;

pub use encrypted::encrypted;
pub use flaw::{UrlFlaw, flaw, host, scheme};
pub use host::{HostKind, are_related};
pub use lookalike::Lookalike;
pub use placeholder::placeholder;
pub use places::{FlawedUrl, Login, Purpose, UrlPlace};
