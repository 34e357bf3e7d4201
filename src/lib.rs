//! cardlint checks the JSON documents that describe AI agents, offline: A2A agent cards and Microsoft Graph agent
//! registry objects.
//!
//! Data flows one way: text, tree, kind, schema facts and model, rules, diagnostics, renderers. `docs/architecture.md`
//! tells which module does what.

pub mod baseline;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod edit;
pub mod fingerprint;
mod fit;
pub mod fix;
pub mod kind;
pub mod lint;
pub mod migrate;
pub mod model;
pub mod render;
pub mod rule;
pub mod rules;
pub mod run;
pub mod schema;
pub mod secret;
pub mod selection;
mod siblings;
pub mod snippets;
pub mod statements;
pub mod suppress;
pub mod syntax;
pub mod text;
pub mod words;
