//! The schemas under `schemas/` are what the tables under `schemas/source/` say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/schema_source.rs"]
mod schema_source;

use std::{collections::BTreeSet, fs};

use schema_source::{render_all, schemas_dir};

#[test]
fn schemas_match_their_tables() {
    let mut rewritten = Vec::new();
    for (file, text) in render_all() {
        let path = schemas_dir().join(&file);
        if fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            rewritten.push(file);
        }
    }
    assert!(
        rewritten.is_empty(),
        "these schemas were out of date and have been rewritten; run again: {rewritten:?}"
    );
}

#[test]
fn every_schema_comes_from_the_tables() {
    let named: BTreeSet<String> = render_all().into_iter().map(|(file, _)| file).collect();
    for family in ["a2a", "graph"] {
        for entry in fs::read_dir(schemas_dir().join(family)).unwrap() {
            let file = format!("{family}/{}", entry.unwrap().file_name().to_str().unwrap());
            assert!(named.contains(&file), "{file} is not in schemas/source/documents.tsv");
        }
    }
}
