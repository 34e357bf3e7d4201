//! The statements that rules cover: each row of `docs/coverage.tsv`, and nothing of it in memory before somebody asks.

/// The table. Its columns are the fields of [`Statement`].
const TABLE: &str = include_str!("../docs/coverage.tsv");

/// Something that a specification says, or that goes wrong in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Its name in the examples of rules: `A2A-Nnnn`, `graph x.y`, `real ...`, or an issue thread.
    pub id: &'static str,
    /// The versions it holds for.
    pub versions: &'static str,
    /// What it says, in our words.
    pub text: &'static str,
    /// Where it is to be found: a URL, or how often it was seen.
    pub source: &'static str,
    /// Why no rule covers it; empty where one does.
    pub reason: &'static str,
}

/// Every statement, in the order of the table.
pub fn all() -> impl Iterator<Item = Statement> {
    TABLE.lines().skip(1).filter_map(statement)
}

/// The statement called `id`.
pub fn find(id: &str) -> Option<Statement> {
    all().find(|statement| statement.id == id)
}

fn statement(line: &'static str) -> Option<Statement> {
    let mut cells = line.split('\t');
    let statement = Statement {
        id: cells.next()?,
        versions: cells.next()?,
        text: cells.next()?,
        source: cells.next()?,
        reason: cells.next()?,
    };
    cells.next().is_none().then_some(statement)
}

impl Statement {
    /// The place of the statement on the page `docs/coverage.md`.
    pub fn anchor(&self) -> String {
        let word = |char: char| if char.is_ascii_alphanumeric() { char.to_ascii_lowercase() } else { '-' };
        self.id.chars().map(word).collect()
    }
}
