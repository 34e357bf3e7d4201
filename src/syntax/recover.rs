//! The slow path: reads a text that is not JSON, in three steps. It is cut into tokens, the fewest repairs that make
//! sense of them are found, and the tree is built.

use super::{Fault, NodeData, build, lex, repair};
use crate::text::Span;

/// The tree of a broken text, and its faults; the bytes in `bad` were not UTF-8.
pub(super) fn parse(text: &str, bad: &[Span]) -> (Vec<NodeData>, Vec<Fault>) {
    let (tokens, findings) = lex::tokens(text, bad);
    let plan = repair::plan(&tokens);
    build::build(text, &tokens, &plan, findings)
}
