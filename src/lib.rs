//! cardlint checks the JSON documents that describe AI agents, offline.

pub mod syntax;
pub mod text;
