//! `docs/rules/` holds a page for each rule and an index; this test writes them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use cardlint::render::markdown;
use cardlint::rules;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::rewrite;

/// Name and content of every file that should be there.
fn wanted() -> BTreeMap<String, String> {
    let metas = rules::ALL.iter().map(|rule| &rule.meta);
    let pages = metas.clone().map(|meta| (format!("{}.md", meta.id), markdown::page(meta)));
    pages.chain([("README.md".to_owned(), markdown::index(metas))]).collect()
}

#[test]
fn the_pages_of_the_rules_are_what_the_rules_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    fs::create_dir_all(&folder).unwrap();
    let wanted = wanted();
    let mut changed = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !wanted.contains_key(&name) {
            fs::remove_file(folder.join(&name)).unwrap();
            changed.push(name);
        }
    }
    for (name, text) in &wanted {
        if rewrite(&folder.join(name), text) {
            changed.push(name.clone());
        }
    }
    assert!(
        changed.is_empty(),
        "docs/rules was out of date and has been written anew ({}): run the tests again and commit it",
        changed.join(", ")
    );
}
