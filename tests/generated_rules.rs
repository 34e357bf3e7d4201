//! `src/rules/mod.rs` lists the files of its folder; this test writes it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn the_list_of_rules_is_that_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| {
            entry.unwrap().file_name().into_string().unwrap().strip_suffix(".rs").map(str::to_owned)
        })
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    let mut text = String::from(
        "// Generated from the files of this folder by `cargo test`; do not edit.\n\n//! The rules, one file each.\n\n",
    );
    for name in &names {
        writeln!(text, "mod {name};").unwrap();
    }
    text.push_str("\nuse crate::rule::Rule;\n\n/// Every rule, by name.\npub static ALL: &[&Rule] = &[\n");
    for name in &names {
        writeln!(text, "    &{name}::RULE,").unwrap();
    }
    text.push_str("];\n");
    let path = folder.join("mod.rs");
    if fs::read_to_string(&path).unwrap_or_default() != text {
        fs::write(&path, text).unwrap();
        panic!("src/rules/mod.rs was out of date and has been written anew: run the tests again");
    }
    for (name, rule) in names.iter().zip(cardlint::rules::ALL) {
        assert_eq!(rule.meta.id, name.replace('_', "-"), "a rule is called like its file");
    }
}
