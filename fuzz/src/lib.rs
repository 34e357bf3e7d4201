//! What has to hold whatever the bytes are. A fuzz target hands its bytes to one of these functions, which panic where
//! something does not hold. An input that once broke something becomes a test of the package, beside those of its part.

mod check;
mod config;
mod fix;
mod parse;
mod render;

pub use check::check;
pub use config::config;
pub use fix::fix;
pub use parse::parse;
pub use render::render;
