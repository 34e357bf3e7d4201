use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Text, embedded_guid, is_guid, is_unfilled_guid};
use crate::rule::{Check, Report, Rule};
use crate::syntax::Node;
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "malformed-guid",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "every Graph kind",
        summary: "an id of a directory object or an application is not a GUID",
        why: "The service takes any text there, so that nothing fails at first; the owner, the application or the identity is \
              never found, and nobody can manage the agent.",
        fixing: Fixing::Sometimes(
            "A GUID that stands in the text among other things, or without its hyphens, is written alone; \
             unsafe where more than white space and brackets is lost. Another text is no id at all.",
        ),
        examples: &[
            Example::fixed(
                Setup::REGISTRATION,
                r#"
{ "agentIdentityId": "identity-4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82",
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `agentIdentityId` is `identity-4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82`, not the GUID alone
  "ownerIds": ["4f0c2b1d8e574d7a9a610d3b5c6e7f82"] }
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: an entry of `ownerIds` is `4f0c2b1d8e574d7a9a610d3b5c6e7f82`, not the GUID alone
"#,
                r#"
{ "agentIdentityId": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82",
  "ownerIds": ["4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82"] }
"#,
            ).shows(&["graph 4.15", "graph 3.1"]),
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "ownerIds": ["anna@harbour.example.com", "4f0c2b1-8e57-4d7a-9a61-0d3b5c6e7f82"], "managedBy": "",
               ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: an entry of `ownerIds` is `anna@harbour.example.com`, a mail address or sign-in name where an object id belongs
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: an entry of `ownerIds` is `4f0c2b1-8e57-4d7a-9a61-0d3b5c6e7f82`, which is not a GUID
                                                                                                ^^ warning: `managedBy` is empty
  "agentCardManifest": { "managedBy": "Harbour Office" } }
                                      ^^^^^^^^^^^^^^^^ warning: `managedBy` is `Harbour Office`, which is not a GUID
"#,
            ).shows(&["graph 3.1", "graph 4.16", "graph 5"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Response),
                r#"
{ "managedByAppId": "Harbour", "createdBy": "anna", "lastPublishedBy": "u-17",
                    ^^^^^^^^^ warning: `managedByAppId` is `Harbour`, which is not a GUID
                                            ^^^^^^ warning: `createdBy` is `anna`, which is not a GUID
                                                                       ^^^^^^ warning: `lastPublishedBy` is `u-17`, which is not a GUID
  "agentIdentityBlueprintId": "blueprint-2b6e8f10-3c4d-4a5b-9e7f-1a2b3c4d5e6f" }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `agentIdentityBlueprintId` is `blueprint-2b6e8f10-3c4d-4a5b-9e7f-1a2b3c4d5e6f`, not the GUID alone
"#,
            )
            .shows(&["graph 3.1", "graph 4.15"]),
            Example::bad(
                Setup::graph(Kind::GraphAgentCollection, Mode::Create),
                r#"
{ "displayName": "Boats", "createdBy": "anna", "managedBy": "harbour-office" }
                                       ^^^^^^ warning: `createdBy` is `anna`, which is not a GUID
                                                            ^^^^^^^^^^^^^^^^ warning: `managedBy` is `harbour-office`, which is not a GUID
"#,
            )
            .shows(&["graph 3.1"]),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "id": "harbour 7: tides", "agentCardManifest": { "id": "tides manifest" }, "agentIdentityBlueprintId": null }
"#,
            ),
            Example::good(
                Setup::INSTANCE,
                r#"
{ "id": "harbour: 7", "ownerIds": ["4F0C2B1D-8E57-4D7A-9A61-0D3B5C6E7F82"], "sourceAgentId": "00222" }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"{ "agentIdentityId": "${IDENTITY}", "agentIdentityBlueprintId": "YOUR_BLUEPRINT_ID", "managedByAppId": "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" }"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let is_request = agent.is_request();
    for entity in agent.entities() {
        // Another rule says that the service ignores who created these.
        let ignores_creator = is_request && entity.sets_creator();
        let is_ignored = |text: &Text<'_>| ignores_creator && text.node.key_is("createdBy");
        for text in entity.ids().filter(|text| !is_ignored(text)) {
            if !is_guid(&text.text) && !is_unfilled_guid(&text.text) {
                describe(&text, report);
            }
        }
    }
}

fn describe(text: &Text<'_>, report: &mut Report<'_>) {
    let (node, name) = (text.node, owner(text.node));
    let shown = quoted(&text.text);
    let place = node.whole();
    if text.text.is_empty() {
        report.at(place, format!("{name} is empty")).help("write the id, or leave the member out");
    } else if let Some(guid) = embedded_guid(&text.text) {
        let is_bracket = |char: char| char.is_whitespace() || matches!(char, '{' | '}' | '(' | ')');
        let alone = text.text.trim_matches(is_bracket).len() <= guid.len();
        let safety = if alone { Safety::Safe } else { Safety::Unsafe };
        report
            .at(place, format!("{name} is {shown}, not the GUID alone"))
            .help(format!("write `{guid}`"))
            .replace(safety, format!("write `{guid}`"), node.span(), format!("\"{guid}\""));
    } else if text.text.contains('@') {
        report
            .at(
                place,
                format!("{name} is {shown}, a mail address or sign-in name where an object id belongs"),
            )
            .help("look up the object id of the account in Entra and write that");
    } else {
        report.at(place, format!("{name} is {shown}, which is not a GUID")).help(help(node));
    }
}

/// Sources disagree on which of its two ids names a blueprint.
fn help(node: Node<'_>) -> &'static str {
    if node.key_is("agentIdentityBlueprintId") {
        "write the object id of the blueprint as Entra shows it, 8-4-4-4-12 hexadecimal digits; some tools send its \
         application id, which has the same form"
    } else {
        "write the id as Entra shows it: 8-4-4-4-12 hexadecimal digits"
    }
}

fn owner(node: Node<'_>) -> String {
    match node.key() {
        Some(key) => quoted(&key),
        None => "an entry of `ownerIds`".to_owned(),
    }
}
