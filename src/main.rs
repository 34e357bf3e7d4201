//! The `cardlint` command.

fn main() {}
