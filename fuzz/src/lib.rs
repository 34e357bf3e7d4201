//! What has to hold whatever the bytes are. A fuzz target hands its bytes to one of these functions, which panic where
//! something does not hold; `tests/fuzzed.rs` does the same with the inputs that once broke something.

mod check;
mod config;
mod parse;
mod render;

pub use check::check;
pub use config::config;
pub use parse::parse;
pub use render::render;
