//! Fixes that rename or move a member whose value is wrong.
//!
//! Under its wrong name a member is ignored. Under the right one clients read its value, and refuse the document if that is
//! wrong. So such a fix has to wait until nothing else is wrong with the value.

use crate::diagnostic::{Carried, Diagnostic, Safety, Severity};
use crate::syntax::{Document, NodeId};

/// Withdraws the fixes of `findings` that move a member while an error is about its value, and makes those unsafe that
/// rename it where it is.
pub(crate) fn hold_back_misfits(findings: &mut [Diagnostic], document: &Document<'_>) {
    let carries = |found: &Diagnostic| found.fixes.iter().any(|fix| fix.carries.is_some());
    if !findings.iter().any(carries) {
        return;
    }
    let errors = findings.iter().enumerate().filter(|(_, found)| found.severity == Severity::Error);
    let mut errors: Vec<(NodeId, usize)> =
        errors.filter_map(|(index, found)| Some((found.node?, index))).collect();
    errors.sort_unstable();
    for (index, found) in findings.iter_mut().enumerate() {
        // Whether an error other than the finding itself is about the value, or about anything inside it where that matters.
        let is_misfit = |carried: &Carried| {
            let member = document.node(carried.member);
            let inner = if carried.to_other_object { member.inner_count() } else { 0 };
            let last = member.id().index() + inner;
            let from = errors.partition_point(|(node, _)| *node < member.id());
            let mut inside = errors.iter().skip(from).take_while(|(node, _)| node.index() <= last);
            inside.any(|(_, error)| *error != index)
        };
        found.fixes.retain_mut(|fix| match fix.carries.filter(is_misfit) {
            Some(carried) => {
                fix.safety = Safety::Unsafe;
                !carried.to_other_object
            }
            None => true,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Safety;
    use crate::lint::{Input, Settings, lint};

    /// The safety of the fix for the misnamed member at `pointer`.
    fn safety(text: &str, pointer: &str) -> Option<Safety> {
        let checked = lint(Input::named("agent-card.json"), text.into(), &Settings::default());
        let is_it = |rule: &str, at: &str| rule == "misnamed-member" && at == pointer;
        let found = checked.diagnostics.iter().find(|found| is_it(found.rule.id, &found.pointer));
        found.unwrap().fixes.first().map(|fix| fix.safety)
    }

    fn card(more: &str) -> String {
        format!(
            r#"{{ "name": "Tides", "url": "https://tides.harbour.io/a2a", "preferredTransport": "JSONRPC", "skills": [], "capabilities": {{}}, {more} }}"#
        )
    }

    #[test]
    fn a_value_that_is_sound_is_carried_safely() {
        let sound =
            card(r#""extensions": [{ "uri": "https://x.harbour.io/v1" }], "protocol_version": "0.3.0""#);
        assert_eq!(safety(&sound, "/extensions"), Some(Safety::Safe));
        assert_eq!(safety(&sound, "/protocol_version"), Some(Safety::Safe));
    }

    #[test]
    fn a_value_with_an_error_waits() {
        let raised = card(r#""protocol_version": "1.0""#);
        assert_eq!(safety(&raised, "/protocol_version"), Some(Safety::Unsafe));
        for extensions in [r#"["x"]"#, r#"[{ "required": true }]"#, r#"{ "x": {} }"#, "true"] {
            let extensions = format!(r#""protocolVersion": "0.3.0", "extensions": {extensions}"#);
            assert_eq!(safety(&card(&extensions), "/extensions"), None, "{extensions}");
            let registration = format!(
                r#"{{ "displayName": "Tides", "sourceAgentId": "t", "agentCard": {} }}"#,
                card(&extensions)
            );
            assert_eq!(safety(&registration, "/agentCard/extensions"), None, "{extensions}");
        }
    }
}
