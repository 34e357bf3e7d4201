//! Catalogs that link to cards instead of holding them.

use super::super::names::member;
use super::table::IS_CARD;
use super::{DEEPEST, LISTS};
use crate::syntax::Node;

/// How many cards a catalog links to.
pub(in crate::kind) fn linked_cards(root: Node<'_>) -> usize {
    linked(root, 0)
}

fn linked(catalog: Node<'_>, depth: usize) -> usize {
    if depth >= DEEPEST {
        return 0;
    }
    let named = ["entries"].iter().chain(&LISTS).filter_map(|name| catalog.member(name));
    let itself = Some(catalog).filter(|root| root.is_array() || IS_CARD.holds(*root));
    let lists = named.chain(itself);
    let entry = |entry: Node<'_>| match member(entry, "data") {
        // A catalog may be an entry of another one.
        Some(data) => linked(data, depth + 1),
        None => usize::from(links_to_card(entry)),
    };
    lists.map(|list| if IS_CARD.holds(list) { entry(list) } else { list.children().map(entry).sum() }).sum()
}

/// Whether an entry is a link to a card, or has one.
fn links_to_card(entry: Node<'_>) -> bool {
    if IS_CARD.holds(entry) {
        return ["url", "href"].iter().any(|name| member(entry, name).is_some_and(Node::is_string));
    }
    is_link(entry) || (entry.is_object() && entry.children().any(is_link))
}

/// Whether a string is the URL of a place where cards are published.
fn is_link(value: Node<'_>) -> bool {
    let is_published = |url: &str| {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        ["/.well-known/agent-card.json", "/.well-known/agent.json"].iter().any(|end| path.ends_with(end))
    };
    value.string().is_some_and(|text| is_published(&text))
}
