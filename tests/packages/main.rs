//! What the packages install and what the integrations run, with the real pip, maturin, pre-commit and bash.
//!
//! The first test that needs a tool installs it into `target/tools`, and the first that needs the wheel builds it, once.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../support/command.rs"]
#[allow(dead_code, reason = "the binary of the package is run, not that of the tests")]
mod command;

mod action;
mod files;
mod gitlab;
mod hooks;
mod tools;
mod wheel;
