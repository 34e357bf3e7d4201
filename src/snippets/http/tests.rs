use super::*;
use crate::kind::{Kind, Mode};

/// The texts of the bodies in `file`.
fn bodies(file: &str) -> Vec<&str> {
    snippets(file.as_bytes()).into_iter().map(|found| &file[found.range]).collect()
}

/// The kind and the mode of each body.
fn operations(file: &str) -> Vec<(Option<Kind>, Option<Mode>)> {
    let found = snippets(file.as_bytes());
    found.iter().map(|found| found.place.operation()).map(|found| (found.kind, found.mode)).collect()
}

const SESSION: &str = r#"@graph = https://graph.microsoft.com/beta
@token = {{$aadV2Token}}

# @name create
# @prompt owner
POST {{graph}}/copilot/agentRegistrations HTTP/1.1
Authorization: Bearer {{token}}
Content-Type: application/json

{
  "displayName": "Tides",
  "ownerIds": ["{{owner}}"]
}

### Read it back
GET {{graph}}/copilot/agentRegistrations/{{create.response.body.id}}
    ?$select=id,displayName
    &$top=1
Authorization: Bearer {{token}}

### Change it
// @no-log
PATCH {{graph}}/copilot/agentRegistrations/{{id}}
Content-Type: application/json

{ "displayName": "Tides and moon" }

> {%
  client.test("done", () => {
    client.assert(response.status === 200);
  });

  const other = { "name": "no body" };
%}

<> 2026-11-01T101500.200.json

###

DELETE {{graph}}/copilot/agentRegistrations/{{id}}
"#;

#[test]
fn each_request_with_a_body_gives_one_snippet() {
    let found = bodies(SESSION);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("{\n  \"displayName\": \"Tides\",") && found[0].ends_with("\n}"));
    assert_eq!(found[1], r#"{ "displayName": "Tides and moon" }"#);
    let registration = Some(Kind::GraphAgentRegistration);
    assert_eq!(operations(SESSION), [(registration, Some(Mode::Create)), (registration, Some(Mode::Update))]);
}

#[test]
fn snippets_know_their_lines_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let file = SESSION.replace('\n', end);
        let origins: Vec<_> = snippets(file.as_bytes()).iter().map(|found| found.origin).collect();
        let lines: Vec<_> = origins.iter().map(|origin| origin.line).collect();
        assert_eq!(lines, [9, 25], "{end:?}");
        for found in snippets(file.as_bytes()) {
            assert_eq!(found.origin.offset as usize, found.range.start);
            assert!(file[found.range].starts_with('{'));
        }
        assert_eq!(bodies(&file).len(), 2);
    }
}

#[test]
fn files_without_bodies_give_nothing() {
    for file in [
        "",
        "\n\n",
        "# only\n// comments\n### and a separator\n@a = {\"x\": 1}\n",
        "GET https://a.example/\n",
        "https://a.example/\n\n\n",
        "###\n###\n",
        "POST https://a.example/\n\n",
        "POST https://a.example/\nContent-Type: application/json",
        "\u{feff}",
        "\0\0\0",
    ] {
        assert!(bodies(file).is_empty(), "{file:?}");
    }
}

#[test]
fn a_last_line_without_an_end_and_other_alphabets_are_kept() {
    let file = "\u{feff}POST /agentRegistry/agentInstances\n\n{ \"displayName\": \"Gezeiten für Århus 🌊\" }";
    assert_eq!(bodies(file), ["{ \"displayName\": \"Gezeiten für Århus 🌊\" }"]);
    assert_eq!(operations(file), [(Some(Kind::GraphAgentInstance), Some(Mode::Create))]);
    assert_eq!(snippets(b"POST /a\n\n{\"a\": \"\xFF\"}\n").len(), 1);
}

#[test]
fn the_request_line_is_read_as_clients_read_it() {
    let operation = |head: &str| operations(&format!("{head}\n\n{{}}"))[0];
    let update = (Some(Kind::GraphAgentInstance), Some(Mode::Update));
    for head in [
        "PATCH /agentRegistry/agentInstances/1",
        "patch\t/agentRegistry/agentInstances/1   HTTP/2",
        "  PATCH https://{{host}}/beta/agentRegistry/agentInstances/1?x=HTTP/1.1 HTTP/1.1",
        "PATCH https://graph.microsoft.com/beta\n  /agentRegistry\n  /agentInstances\n  /1\nA: b",
        "PATCH /agentRegistry/agentInstances/1\n  ?a=b\n  &c=d HTTP/1.1\nContent-Type: application/json",
        "PATCH /agentRegistry/agentInstances/1\n?a=b\n# a comment\nAccept: */*",
    ] {
        assert_eq!(operation(head), update, "{head}");
    }
    assert_eq!(operation("/agentRegistry/agentInstances/1").1, None);
}

#[test]
fn the_media_type_decides_what_is_json() {
    let count = |kind: &str, body: &str| bodies(&format!("POST /a\nContent-Type: {kind}\n\n{body}\n")).len();
    for kind in ["application/json", "Application/JSON; charset=utf-8", "application/a2a+json", "{{type}}"] {
        assert_eq!(count(kind, "{}"), 1, "{kind}");
    }
    for kind in ["application/xml", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
    {
        assert_eq!(count(kind, "{}"), 0, "{kind}");
    }
    assert_eq!(bodies("POST /a\n\n[1]\n"), ["[1]"]);
    assert_eq!(bodies("POST /a\n\na=b\n{}\n"), Vec::<&str>::new());
    assert_eq!(count("application/json", "{{body}}"), 1);
}

#[test]
fn bodies_from_files_are_not_read() {
    for body in ["< ./card.json", "< card.json\n", "<@ card.json", "<@latin1 card.json", "<a>{}</a>"] {
        assert!(bodies(&format!("POST /a\nContent-Type: application/json\n\n{body}\n")).is_empty(), "{body}");
    }
    let file = "POST /a\n\n\n\n< a.json\n\n###\nPOST /b\n\n{}\n";
    assert_eq!(bodies(file), ["{}"]);
}

#[test]
fn scripts_and_answers_end_a_body() {
    for after in [
        "> {% client.log('x') %}",
        "> ./handler.js",
        ">> saved.json",
        ">>! saved.json",
        "<> 2026.200.json",
        "?? status == 200",
        "{{\n  console.log({});\n}}",
        "{{@response\n}}",
        "```\n{}\n```",
    ] {
        let file =
            format!("POST /a\n\n{{ \"a\": [\n1 ] }}\n\n{after}\n{{ \"b\": 2 }}\n### next\nPOST /b\n\n[]\n");
        assert_eq!(bodies(&file), ["{ \"a\": [\n1 ] }", "[]"], "{after}");
    }
    let before = "< {%\n  request.variables.set('a', {});\n\n  POST /x\n\n  {}\n%}\nPOST /b\n\n[]\n";
    assert_eq!(bodies(before), ["[]"]);
    assert_eq!(bodies("< ./before.js\nPOST /b\n\n[]\n"), ["[]"]);
    assert_eq!(bodies("GET /b\nAccept: */*\n> {%\n\n{}\n%}\n"), Vec::<&str>::new());
}

#[test]
fn comments_around_and_inside_a_body_stay_outside_of_its_ends() {
    let file = "POST /a\n\n# before\n{\n  // inside\n  \"a\": 1\n}\n\n# after\n// it\n###\n";
    assert_eq!(bodies(file), ["{\n  // inside\n  \"a\": 1\n}"]);
}

#[test]
fn blank_lines_inside_a_body_belong_to_it() {
    assert_eq!(bodies("POST /a\n\n\n  {\n\n  \"a\": 1\n\n}\n\n\n"), ["  {\n\n  \"a\": 1\n\n}"]);
}

#[test]
fn a_body_may_follow_the_headers_at_once() {
    let file = "POST /a\nContent-Type: application/json\n{{header}}: 1\n{\n  \"a\": 1\n}\n\n###\nPOST /b\n[1]\n\nGET /c\n";
    assert_eq!(bodies(file)[0], "{\n  \"a\": 1\n}");
    assert!(bodies(file)[1].starts_with("[1]"));
}

#[test]
fn json_parts_of_a_multipart_body_are_read() {
    let file = r#"POST /upload
Content-Type: multipart/form-data; boundary="xyz"

--xyz
Content-Disposition: form-data; name="card"
Content-Type: application/json

{ "name": "Tides" }
--xyz
Content-Disposition: form-data; name="icon"
Content-Type: image/png

< ./icon.png
--xyz
Content-Disposition: form-data; name="manifest"
Content-Type: application/json

< ./manifest.json
--xyz
Content-Disposition: form-data; name="instance"
Content-Type: application/json

[2]
--xyz
Content-Disposition: form-data; name="note"
Content-Type: text/plain

{ no json }
--xyz--
"#;
    assert_eq!(bodies(file), ["{ \"name\": \"Tides\" }", "[2]"]);
    let file =
        file.replace("Content-Type: image/png\n\n< ./icon.png", "Content-Type: application/json\n\n[1]");
    assert_eq!(bodies(&file), ["{ \"name\": \"Tides\" }", "[1]", "[2]"]);
    assert_eq!(operations(&file), [(None, None); 3]);
}

#[test]
fn an_answer_below_its_request_is_a_response() {
    let file = "PATCH /copilot/agentRegistrations/1\n\n{}\n\n###\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n{ \"id\": \"1\" }\n";
    let registration = Some(Kind::GraphAgentRegistration);
    assert_eq!(operations(file), [(registration, Some(Mode::Update)), (registration, Some(Mode::Response))]);
}

#[test]
fn a_large_file_is_cut_in_one_pass() {
    let request = "### next\nPOST {{host}}/agentRegistry/agentInstances\nContent-Type: application/json\n\n{ \"displayName\": \"Tides\" }\n\n";
    let file = request.repeat(10 << 20 >> 7);
    assert!(file.len() > 8 << 20);
    let found = snippets(file.as_bytes());
    assert_eq!(found.len(), 10 << 20 >> 7);
    assert_eq!(found.last().map(|found| found.origin.line), Some((found.len() as u64 - 1) * 6 + 4));
}
