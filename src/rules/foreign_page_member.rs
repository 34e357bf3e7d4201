use crate::diagnostic::{Example, Fixing, Group, Meta, Safety, Setup, Severity};
use crate::kind::{Wrapped, foreign_to_page};
use crate::rule::{Check, File, Report, Rule};
use crate::words::quoted;

pub(super) static RULE: Rule = Rule {
    meta: Meta {
        id: "foreign-page-member",
        aliases: &[],
        group: Group::Graph,
        severity: Severity::Warning,
        applies_to: "pages of Graph objects",
        summary: "a page of Graph objects has members beside `value` that are no annotations",
        why: "The service sends `value` and annotations such as `@odata.nextLink`, and nothing else. Clients look for exactly \
              these, so that a `nextLink` without `@odata.` ends the list after its first page.",
        fixing: Fixing::Sometimes(
            "The annotations of a page get the prefix that they lack. Another member may hold something that \
             belongs into the objects.",
        ),
        examples: &[
            Example::bad(
                Setup::DETECTED,
                r#"
{ "value": [{ "id": "tides", "displayName": "Tides", "agentUserId": null }], "count": 1, "total": 1,
                                                                             ^^^^^^^ warning: `count` is not a member of a page
                                                                                         ^^^^^^^ warning: `total` is not a member of a page
  "nextLink": "https://graph.microsoft.com/beta/agentRegistry/agentInstances?$skiptoken=2" }
  ^^^^^^^^^^ warning: `nextLink` is not a member of a page
"#,
            )
            .shows(&["graph 2.2"]),
            Example::fixed(
                Setup::DETECTED,
                r#"
{ "value": [{ "id": "tides", "displayName": "Tides", "agentUserId": null }], "count": 1 }
                                                                             ^^^^^^^ warning: `count` is not a member of a page
"#,
                r#"
{ "value": [{ "id": "tides", "displayName": "Tides", "agentUserId": null }], "@odata.count": 1 }
"#,
            ),
            Example::good(
                Setup::DETECTED,
                r#"
{ "@odata.context": "https://graph.microsoft.com/beta/$metadata#agentRegistry/agentInstances", "@odata.count": 1,
  "value": [{ "id": "tides" }], "@odata.nextLink": "https://graph.microsoft.com/beta/agentRegistry/agentInstances?$skiptoken=2" }
"#,
            ),
        ],
    },
    check: Check::File(check),
};

fn check(file: &File<'_>, report: &mut Report<'_>) {
    if file.detection.wrapped != Some(Wrapped::Page) {
        return;
    }
    for member in foreign_to_page(file.root) {
        let Some(name) = member.key().filter(|name| !name.is_empty()) else { continue };
        let annotation =
            ["nextLink", "count", "deltaLink", "context"].into_iter().find(|known| name == *known);
        let help = match annotation {
            Some(known) => format!("write `@odata.{known}`"),
            None => "take it out".to_owned(),
        };
        let message = format!("{} is not a member of a page", quoted(&name));
        let found = report.at(member.at_key(), message).help(help);
        let right = annotation.map(|known| format!("@odata.{known}"));
        if let Some(right) = right.filter(|right| file.root.member(right).is_none()) {
            found.rename(Safety::Safe, member, &right);
        }
    }
}
