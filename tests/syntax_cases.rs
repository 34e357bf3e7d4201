//! Single mistakes, and what is said and kept.

use cardlint::syntax::{Document, Node, NodeKind, parse};

/// The tree in short: `!` after what is damaged, `~` after a container that is incomplete.
fn tree(node: Node<'_>) -> String {
    let damaged = if node.is_damaged() { "!" } else { "" };
    let incomplete = if node.is_incomplete() { "~" } else { "" };
    let children = |format: fn(Node<'_>) -> String| node.children().map(format).collect::<Vec<_>>().join(",");
    let content = match node.kind() {
        NodeKind::Object => format!(
            "{{{}}}",
            children(|member| { format!("{}:{}", member.key().unwrap_or_default(), tree(member)) })
        ),
        NodeKind::Array => format!("[{}]", children(tree)),
        NodeKind::String => format!("{:?}", node.string().unwrap_or_default()),
        NodeKind::Null => "null".to_owned(),
        NodeKind::True => "true".to_owned(),
        NodeKind::False => "false".to_owned(),
        NodeKind::Number => node.raw().to_owned(),
    };
    format!("{content}{damaged}{incomplete}")
}

/// The faults in short: the kind and the text it is at, or what stands before an empty span.
fn faults(document: &Document<'_>) -> String {
    let text = document.text();
    let one = |fault: &cardlint::syntax::Fault| {
        let kind = format!("{:?}", fault.kind);
        if fault.span.is_empty() {
            let before =
                text[..fault.span.start as usize].chars().next_back().map_or(String::new(), String::from);
            return format!("{kind} after {before:?}");
        }
        format!("{kind} at {:?}", &text[fault.span.range()])
    };
    document.faults().iter().map(one).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (text, expected_faults, expected_tree) in cases {
        let document = parse(text.as_bytes());
        let found = (faults(&document), tree(document.root()));
        if found.0 != *expected_faults || found.1 != *expected_tree {
            wrong += &format!("        ({text:?}, {:?}, {:?}),\n", found.0, found.1);
        }
    }
    assert!(wrong.is_empty(), "found instead:\n{wrong}");
}

#[test]
fn separators() {
    check(&[
        (r#"{"a": 1 "b": 2}"#, r#"MissingComma after "1""#, "{a:1,b:2}"),
        (r#"["a" "b"]"#, r#"MissingComma after "\"""#, r#"["a","b"]"#),
        (r#"{"a" 1, "b": 2}"#, r#"MissingColon after "\"""#, "{a:1,b:2}"),
        (r#"{"a" "x"}"#, r#"MissingColon after "\"""#, r#"{a:"x"}"#),
        (r#"{"a": 1,, "b": 2}"#, r#"ExtraComma at ",""#, "{a:1,b:2}"),
        (r#"[,1]"#, r#"ExtraComma at ",""#, "[1]"),
        (r#"[1, 2,]"#, r#"TrailingComma at ",""#, "[1,2]"),
        (r#"{"a": 1,}"#, r#"TrailingComma at ",""#, "{a:1}"),
        (r#"{"a": 1; "b": 2}"#, r#"WrongSeparator(';', ',') at ";""#, "{a:1,b:2}"),
        (
            r#"{"a" = 1, "b" => 2}"#,
            r#"WrongSeparator('=', ':') at "="; WrongSeparator('=', ':') at "=>""#,
            "{a:1,b:2}",
        ),
        (
            "{\"a\"\u{ff1a} 1\u{ff0c} \"b\": 2}",
            "WrongSeparator('\u{ff1a}', ':') at \"\u{ff1a}\"; WrongSeparator('\u{ff0c}', ',') at \"\u{ff0c}\"",
            "{a:1,b:2}",
        ),
        (r#"{"a":: 1}"#, r#"UnexpectedCharacter at ":""#, "{a:1}"),
    ]);
}

#[test]
fn brackets() {
    check(&[
        (r#"[{"a": 1, {"b": 2}]"#, r#"UnclosedContainer('}') after "1""#, "[{a:1}~,{b:2}]"),
        (r#"{"t": ["x", "y", "u": 1}"#, r#"UnclosedContainer(']') after "\"""#, r#"{t:["x","y"]~,u:1}"#),
        (r#"{"a": {"b": 1], "c": 2}"#, r#"WrongCloser('}') at "]""#, "{a:{b:1},c:2}"),
        (r#"{"a": {"b": 1}}, "c": 2}"#, r#"StrayCloser at "}""#, "{a:{b:1},c:2}"),
        (r#"{"a": "b": 1}, "c": 2}"#, r#"MissingOpener('{') after " ""#, "{a:{b:1},c:2}"),
        (r#"{"t": {"x", "y"], "u": 1}"#, r#"MissingOpener('[') at "{""#, r#"{t:["x","y"],u:1}"#),
        (
            r#"{"t": {1, 2}, "u": 3}"#,
            r#"MissingOpener('[') at "{"; WrongCloser(']') at "}""#,
            "{t:[1,2],u:3}",
        ),
        (r#"{"t": ["x": 1, "y": 2}, "u": 3}"#, r#"MissingOpener('{') at "[""#, "{t:{x:1,y:2},u:3}"),
        (r#"{"t": "x", "y"], "u": 1}"#, r#"MissingOpener('[') after " ""#, r#"{t:["x","y"],u:1}"#),
        (r#"{"t": {"x": 1}, {"x": 2}], "u": 1}"#, r#"MissingOpener('[') after " ""#, "{t:[{x:1},{x:2}],u:1}"),
        (r#"{"a": 1]"#, r#"WrongCloser('}') at "]""#, "{a:1}"),
        (r#"{"a": {"b": [1, 2"#, r#"UnclosedContainer(']') after "2""#, "{a:{b:[1,2!]~}~}~"),
        (
            r#"{"a": {"b": "half of a te"#,
            r#"UnclosedContainer('}') after "e""#,
            r#"{a:{b:"half of a te"!}~}~"#,
        ),
        (r#"{"a": 1, "b"#, r#"UnclosedContainer('}') after "b""#, "{a:1,b:null!}~"),
        (r#"{"a": 1, "b":"#, r#"UnclosedContainer('}') after ":""#, "{a:1,b:null!}~"),
        (r#"{"a": tru"#, r#"UnclosedContainer('}') after "u""#, "{a:true!}~"),
        (
            "{\n  \"a\": {\n    \"b\": 1\n  ,\n  \"c\": 2\n}",
            r#"UnclosedContainer('}') after "1""#,
            "{a:{b:1}~,c:2}",
        ),
        (
            "{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}",
            r#"UnclosedContainer('}') after "1""#,
            "{a:{b:1}~,c:2}",
        ),
        (r#"{"a": 1}}"#, r#"StrayCloser at "}""#, "{a:1}"),
        (r#"{"a": 1} {"b": 2}"#, r#"TextAfterEnd at "{\"b\": 2}""#, "{a:1}"),
        (
            "{\"a\": 1}\n\n{\"b\": [1, 2, 3, 4], \"c\": {\"d\": null}}\n",
            r#"TextAfterEnd at "{\"b\": [1, 2, 3, 4], \"c\": {\"d\": null}}""#,
            "{a:1}",
        ),
        ("{\"a\": 1}\nThanks!", r#"TextAfterEnd at "Thanks!""#, "{a:1}"),
    ]);
}

#[test]
fn strings() {
    check(&[
        (r#"{'a': 'it's', "b": 1}"#, r#"WrongQuotes at "'a'"; WrongQuotes at "'it's'""#, r#"{a:"it's",b:1}"#),
        ("{\u{201c}a\u{201d}: 1}", "WrongQuotes at \"\u{201c}a\u{201d}\"", "{a:1}"),
        (r#"{name": 1}"#, r#"MissingOpeningQuote at "name\"""#, "{name:1}"),
        (r#"{"name: 1, "b": 2}"#, r#"UnterminatedString at "\"name""#, "{name:1,b:2}"),
        (
            "{\"a\": Hello, world\", \"b\": 2}",
            r#"MissingOpeningQuote at "Hello, world\"""#,
            r#"{a:"Hello, world",b:2}"#,
        ),
        (
            "{\"a\": \"Hello, world,\n \"b\": 2}",
            r#"UnterminatedString at "\"Hello, world""#,
            r#"{a:"Hello, world"!,b:2}"#,
        ),
        (r#"{"a": "x, "b": 2}"#, r#"UnterminatedString at "\"x""#, r#"{a:"x"!,b:2}"#),
        (r#"["a, "b"]"#, r#"UnterminatedString at "\"a""#, r#"["a"!,"b"]"#),
        (
            r#"{"a": "say "hi", then (or before) go", "b": 2}"#,
            r#"StrayQuote at "\"""#,
            r#"{a:"say \"hi\", then (or before) go"!,b:2}"#,
        ),
        (
            r#"{"a": "the tide", that is "high", it (mostly) goes", "b": 2}"#,
            r#"StrayQuote at "\"""#,
            r#"{a:"the tide\", that is \"high\", it (mostly) goes"!,b:2}"#,
        ),
        (r#"{"a": "say "hi" to all", "b": 2}"#, r#"StrayQuote at "\"""#, r#"{a:"say \"hi\" to all"!,b:2}"#),
        (
            "{\"a\": \"one\ntwo\nthree\", \"b\": 2}",
            r#"ControlCharacter('\n') at "\n""#,
            r#"{a:"one\ntwo\nthree",b:2}"#,
        ),
        ("{\"a\": \"tab\there\"}", r#"ControlCharacter('\t') at "\t""#, r#"{a:"tab\there"}"#),
        (
            r#"{"a": "C:\dir", "b": "\ud800"}"#,
            r#"BadEscape at "\\d"; LoneSurrogate at "\\ud800""#,
            "{a:\"C:dir\"!,b:\"\u{fffd}\"!}",
        ),
        (r#"{"a": "C:\", "b": 2}"#, r#"BadEscape at "\\\"""#, r#"{a:"C:\""!,b:2}"#),
        ("{\"a\": \"\\\nx\"}", r#"BadEscape at "\\\n""#, r#"{a:"\nx"!}"#),
    ]);
}

#[test]
fn words() {
    check(&[
        (r#"{a: 1, b-c: 2}"#, r#"UnquotedKey at "a"; UnquotedKey at "b-c""#, "{a:1,b-c:2}"),
        (
            r#"{"a": True, "b": None, "c": NaN, "d": undefined}"#,
            r#"MisspeltLiteral("true") at "True"; MisspeltLiteral("null") at "None"; NoSuchLiteral at "NaN"; NoSuchLiteral at "undefined""#,
            "{a:true,b:null,c:null!,d:null!}",
        ),
        (
            r#"{"a": falsse, "b": falsely}"#,
            r#"MisspeltLiteral("false") at "falsse"; UnquotedText at "falsely""#,
            r#"{a:false,b:"falsely"!}"#,
        ),
        (r#"{"a": hello there, "b": 2}"#, r#"UnquotedText at "hello there""#, r#"{a:"hello there"!,b:2}"#),
        (
            r#"{"u": https://a.example/x?y=1, "b": 2}"#,
            r#"UnquotedText at "https://a.example/x?y=1""#,
            r#"{u:"https://a.example/x?y=1"!,b:2}"#,
        ),
        (
            r#"[+1, .5, 1., 01, 0x1F, 1_000, -, 1e]"#,
            r#"BadNumber at "+1"; BadNumber at ".5"; BadNumber at "1."; BadNumber at "01"; BadNumber at "0x1F"; BadNumber at "1_000"; BadNumber at "-"; BadNumber at "1e""#,
            "[+1!,.5!,1.!,01!,0x1F!,1_000!,-!,1e!]",
        ),
        (r#"[1e400]"#, r#"HugeNumber at "1e400""#, "[1e400]"),
        (
            r#"{"a": {{ name }}, "b": ${B}, "c": <C>}"#,
            r#"Template at "{{ name }}"; Template at "${B}"; Template at "<C>""#,
            r#"{a:"{{ name }}"!,b:"${B}"!,c:"<C>"!}"#,
        ),
        (
            r#"{"a": [1, ...], "b": {...}, "c": ...}"#,
            r#"Ellipsis at "..."; Ellipsis at "..."; Ellipsis at "...""#,
            "{a:[1]~,b:{}~,c:null!}",
        ),
        (r#"{"a": , "b": 2}"#, r#"MissingValue after ":""#, "{a:null!,b:2}"),
        (r#"{"a": }"#, r#"MissingValue after ":""#, "{a:null!}"),
        (r#"{: 1, "b": 2}"#, r#"MissingKey at ":""#, "{:1,b:2}~"),
        (r#"{"a": 1 @ , "b": 2}"#, r#"UnquotedText at "1 @""#, r#"{a:"1 @"!,b:2}"#),
    ]);
}

#[test]
fn around_the_document() {
    check(&[
        ("", r#"Empty after """#, "null!"),
        (" \n", r#"Empty after """#, "null!"),
        ("\u{feff}{\"a\": 1}", r#"ByteOrderMark at "\u{feff}""#, "{a:1}"),
        ("```json\n{\"a\": 1}\n```\n", r#"MarkdownFence at "```json"; MarkdownFence at "```""#, "{a:1}"),
        (
            "Here is your card:\n```json\n{\"a\": 1}\n```\nHave fun.",
            r#"MarkdownFence at "Here is your card:\n```json"; MarkdownFence at "```\nHave fun.""#,
            "{a:1}",
        ),
        (
            "// card\n{\"a\": /* one */ 1} # end",
            "Comment at \"// card\"; Comment at \"/* one */\"; Comment at \"# end\"",
            "{a:1}",
        ),
        ("{\"a\":\u{a0}1}", r#"OddWhitespace at "\u{a0}""#, "{a:1}"),
        ("// nothing", r#"Comment at "// nothing""#, "null!"),
        ("x", r#"UnquotedText at "x""#, r#""x"!"#),
        ("x\"", r#"MissingOpeningQuote at "x\"""#, r#""x""#),
        ("hello", r#"UnquotedText at "hello""#, r#""hello"!"#),
        ("]", r#"MissingOpener('[') after """#, "[]"),
        ("\"a\": 1}", r#"MissingOpener('{') after """#, "{a:1}"),
        (
            "{\\\"a\\\": \\\"b\\\"}",
            r#"UnquotedText at "\\"; BadEscape at "\\\""; UnquotedText at "\\"; UnexpectedCharacter at "\"b\\\""; BadEscape at "\\\"""#,
            r#"{a":"\\"!}~"#,
        ),
        ("{\"a\": 1,\0 \"b\": 2}", r#"UnexpectedCharacter at "\0""#, "{a:1,b:2}"),
    ]);
}

#[test]
fn bytes_that_are_no_text() {
    let document = parse(b"{\"a\": \"x\xff\xfey\", \"b\": 1}");
    assert_eq!(faults(&document), "InvalidUtf8 at \"??\"");
    assert_eq!(tree(document.root()), "{a:\"x??y\"!,b:1}");
    let document = parse(b"{\"a\": 1}\xff");
    assert_eq!(faults(&document), "InvalidUtf8 at \"?\"");
    let wide: Vec<u8> = "{\"a\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let document = parse(&wide);
    assert_eq!(document.faults().len(), 1);
    assert_eq!(tree(document.root()), "null!");
}

#[test]
fn a_fault_names_the_innermost_value_that_was_being_read() {
    let cases = [
        (r#"{"a": {"b": "x\q"}}"#, "/a/b"),
        (r#"{"a": {"b": 1 "c": 2}}"#, "/a"),
        (r#"{"a": {"b": }}"#, "/a/b"),
        (r#"{"a": {b: 1}}"#, "/a"),
        (r#"{"a": [1, 2,]}"#, "/a"),
        (r#"{"a": [1, tru]}"#, "/a/1"),
        (r#"{"a": [{"b": 1]}"#, "/a/0"),
        (r#"{"a": 1} x"#, ""),
    ];
    for (text, pointer) in cases {
        let document = parse(text.as_bytes());
        let found: Vec<_> =
            document.faults().iter().map(|fault| document.node(fault.node).pointer()).collect();
        assert_eq!(found, [pointer], "{text}: {:?}", document.faults());
    }
}
