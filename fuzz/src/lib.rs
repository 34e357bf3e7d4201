//! What has to hold whatever the bytes are. A fuzz target hands its bytes to one of these functions, which panic where
//! something does not hold. An input that once broke something becomes a test of the package, beside those of its part.

mod check;
mod config;
mod parse;
mod render;

pub use check::check;
pub use config::config;
pub use parse::parse;
pub use render::render;
