use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Kind, Mode};
use crate::model::{Agent, Entity};
use crate::rule::{Check, Report, Rule};

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "read-only-member",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "Graph requests",
        summary: "a request sends a member that the service sets itself or never changes",
        why: "The service ignores the value, so what is stored differs from what was sent, and a later comparison of the two \
              always finds a difference.",
        fixing: Fixing::Sometimes(
            "The member goes; unsafe, since the document may be an answer that somebody keeps. Whether the \
             service takes `agentUserId` has to be tried.",
        ),
        examples: &[
            Example::bad(
                Setup::INSTANCE,
                r#"
{ "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82",
  ^^^^^^^^^^^ warning: `createdBy` is set by the service, which ignores the value sent
  "createdDateTime": "2026-02-15T10:00:00Z",
  ^^^^^^^^^^^^^^^^^ warning: `createdDateTime` is set by the service, which ignores the value sent
  "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d",
  ^^^^^^^^^^^^^ note: `agentUserId` is read-only by one page of the documentation and an input by another
  "agentCardManifest": { "lastModifiedDateTime": "2026-02-15T10:00:00Z" } }
                         ^^^^^^^^^^^^^^^^^^^^^^ warning: `lastModifiedDateTime` is set by the service, which ignores the value sent
"#,
            ).shows(&["graph 1.1", "graph 1.2", "graph 4.8", "graph 4.9"]),
            Example::fixed(
                Setup::graph(Kind::GraphAgentRegistration, Mode::Update),
                r#"
{ "id": "9d2f7a54-6c1e-4b0a-8f53-2f6d1c7e0b91", "sourceCreatedDateTime": "2026-02-15T10:00:00Z" }
  ^^^^ note: `id` cannot be changed after the registration
                                                ^^^^^^^^^^^^^^^^^^^^^^^ warning: `sourceCreatedDateTime` cannot be changed after the registration
"#,
                r#"
{}
"#,
            ).shows(&["graph 1.4"]),
            Example::good(
                Setup::graph(Kind::GraphAgentCardManifest, Mode::Update),
                r#"
{ "agentUserId": "0a9b8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d", "createdBy": null }
"#,
            ),
            Example::good(
                Setup::graph(Kind::GraphAgentInstance, Mode::Response),
                r#"
{ "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "createdDateTime": "2026-02-15T10:00:00Z" }
"#,
            ),
            Example::good(
                Setup::REGISTRATION,
                r#"
{ "createdBy": "4f0c2b1d-8e57-4d7a-9a61-0d3b5c6e7f82", "sourceCreatedDateTime": "2026-02-15T10:00:00Z" }
"#,
            ),
        ],
    },
    check: Check::Agent(check),
};

const SET: &[&str] = &["createdBy", "createdDateTime", "lastModifiedDateTime"];

fn check(agent: &Agent<'_>, report: &mut Report<'_>) {
    let Some((_, mode)) = agent.graph().filter(|_| agent.is_request()) else { return };
    for entity in agent.entities() {
        if entity.sets_creator() {
            for name in SET {
                let why = "is set by the service, which ignores the value sent";
                sent(&entity, name, why, agent.guessed_mode, report);
            }
            if entity.kind == Kind::GraphAgentInstance {
                doubtful(&entity, report);
            }
        } else if entity.kind == Kind::GraphAgentRegistration && mode == Mode::Update {
            for name in ["createdBy", "sourceCreatedDateTime"] {
                sent(&entity, name, "cannot be changed after the registration", agent.guessed_mode, report);
            }
            key(&entity, report);
        }
    }
}

/// A misnamed member is left to the diagnostic about its name. What a body that is `guessed` to be an update has too much may
/// be what it needs to create the object.
fn sent(entity: &Entity<'_>, name: &str, why: &str, guessed: bool, report: &mut Report<'_>) {
    if let Some(member) = entity.value.node().member(name).filter(|member| !member.is_null()) {
        let found = report.at(member.at_key(), format!("`{name}` {why}"));
        if guessed {
            found.help("set the mode of the file: in a saved response the member is right, in a request it has no effect");
            return;
        }
        found
            .help("take it out of the request; if this is a response, check it with `--mode response`")
            .remove(Safety::Unsafe, format!("take `{name}` out of the request"), member);
    }
}

/// An answer that was changed and is sent back holds it, and mostly nobody minds.
fn key(entity: &Entity<'_>, report: &mut Report<'_>) {
    if let Some(member) = entity.value.node().member("id").filter(|member| !member.is_null()) {
        report
            .at(member.at_key(), "`id` cannot be changed after the registration")
            .severity(Severity::Note)
            .help("take it out of the request, whose URL says which registration it is")
            .remove(Safety::Unsafe, "take `id` out of the request", member);
    }
}

fn doubtful(entity: &Entity<'_>, report: &mut Report<'_>) {
    if let Some(member) = entity.value.node().member("agentUserId").filter(|member| !member.is_null()) {
        report
            .at(
                member.at_key(),
                "`agentUserId` is read-only by one page of the documentation and an input by another",
            )
            .severity(Severity::Note)
            .help("read the instance back to see whether the service took it");
    }
}
