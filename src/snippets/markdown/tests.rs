use super::*;

fn texts(file: &str) -> Vec<&str> {
    snippets(file.as_bytes()).into_iter().map(|found| &file[found.range]).collect()
}

#[test]
fn only_json_blocks_are_read() {
    let file = "# Cards\n\n```json\n{ \"a\": 1 }\n```\n\n```js\n{ \"b\": 1 }\n```\n\n```\n{ \"c\": 1 }\n```\n\n    { \"d\": 1 }\n\n`{}`\n";
    assert_eq!(texts(file), ["{ \"a\": 1 }"]);
    for info in
        ["json", "JSON", " json ", "json title=\"card\"", "json{1,3}", "json:card.json", "json,ignore"]
    {
        assert_eq!(texts(&format!("```{info}\n[]\n```\n")), ["[]"], "{info}");
    }
    for info in ["jsonc", "json5", "jsonl", "text json", "{.json}", "http", ""] {
        assert!(texts(&format!("```{info}\n[]\n```\n")).is_empty(), "{info}");
    }
}

#[test]
fn all_fences_of_commonmark_are_known() {
    assert_eq!(texts("~~~json\n[1]\n~~~\n"), ["[1]"]);
    assert_eq!(texts("````json\n[\n```\n]\n````\n"), ["[\n```\n]"]);
    assert_eq!(texts("````md\n```json\n[]\n```\n````\n"), Vec::<&str>::new());
    assert_eq!(texts("  ```json\n  [2]\n  ```\n"), ["  [2]"]);
    assert_eq!(texts("```json\n[3]"), ["[3]"]);
    assert_eq!(texts("    ```json\n    []\n    ```\n"), Vec::<&str>::new());
    assert_eq!(texts("<!--\n```json\n[]\n```\n-->\n"), Vec::<&str>::new());
    assert_eq!(texts("```json\n```\n\n```json\n\n  \n```\n"), Vec::<&str>::new());
}

#[test]
fn blocks_in_lists_keep_their_indentation() {
    let file = "1. Write a card:\n\n   ```json\n   {\n     \"name\": \"Tides\"\n\n   }\n   ```\n\n   - then\n     ~~~json\n     []\n     ~~~\n";
    let found = snippets(file.as_bytes());
    assert_eq!(texts(file), ["   {\n     \"name\": \"Tides\"\n\n   }", "     []"]);
    let lines: Vec<_> = found.iter().map(|found| found.origin.line).collect();
    assert_eq!(lines, [3, 11]);
    for found in found {
        assert_eq!(found.origin.offset as usize, found.range.start);
        assert_eq!(file.as_bytes()[found.range.start - 1], b'\n');
    }
}

#[test]
fn blocks_in_quotes_are_left_out() {
    assert_eq!(texts("> ```json\n> {}\n> ```\n"), Vec::<&str>::new());
    assert_eq!(texts("> ```json\n> {\n>   \"a\": 1\n> }\n> ```\n\n```json\n[]\n```\n"), ["[]"]);
}

#[test]
fn line_ends_and_other_alphabets_keep_the_lines() {
    let file = "# Überblick 🌊\n\n```json\n{ \"name\": \"Gezeiten für Århus\" }\n```\n\ntext\n\n```json\n[\n1\n]\n```\n";
    for end in ["\n", "\r\n"] {
        let file = file.replace('\n', end);
        let found = snippets(file.as_bytes());
        let lines: Vec<_> = found.iter().map(|found| found.origin.line).collect();
        assert_eq!(lines, [3, 9], "{end:?}");
        let second = format!("[{end}1{end}]");
        assert_eq!(texts(&file), ["{ \"name\": \"Gezeiten für Århus\" }", second.as_str()]);
    }
    let broken = b"\xFF\xFE\n\n```json\n{ \"a\": \"\xC3\" }\n```\n";
    let found = snippets(broken);
    assert_eq!(&broken[found[0].range.clone()], b"{ \"a\": \"\xC3\" }");
    assert!(snippets(b"").is_empty());
}

#[test]
fn a_large_file_is_cut_in_one_pass() {
    let block =
        "Some words about the next card.\n\n```json\n{ \"name\": \"Tides\", \"skills\": [] }\n```\n\n";
    let count = (4 << 20) / block.len();
    let found = snippets(block.repeat(count).as_bytes());
    assert_eq!(found.len(), count);
    assert_eq!(found.last().map(|found| found.origin.line), Some((count as u64 - 1) * 6 + 3));
}
