//! Fixes that rename or move a member whose value is wrong.
//!
//! Under its wrong name nobody reads the value. Under the right one readers do, and refuse the document for it. So such a
//! fix is only safe once nothing else is wrong with the value.

use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::syntax::{Document, NodeId};

/// Makes the fixes of `findings` unsafe that rename or move a member while an error speaks of its value.
pub(crate) fn doubt_misfits(findings: &mut [Diagnostic], document: &Document<'_>) {
    let carries = |found: &Diagnostic| found.fixes.iter().any(|fix| fix.carries.is_some());
    if !findings.iter().any(carries) {
        return;
    }
    let errors = findings.iter().enumerate().filter(|(_, found)| found.severity == Severity::Error);
    let mut errors: Vec<(NodeId, usize)> =
        errors.filter_map(|(index, found)| Some((found.node?, index))).collect();
    errors.sort_unstable();
    for (index, found) in findings.iter_mut().enumerate() {
        for fix in &mut found.fixes {
            let Some(carried) = fix.carries else { continue };
            let member = document.node(carried.member);
            let inner = if carried.to_other_object { member.inner_count() } else { 0 };
            let last = member.id().index() + inner;
            let from = errors.partition_point(|(node, _)| *node < member.id());
            let mut inside = errors.iter().skip(from).take_while(|(node, _)| node.index() <= last);
            if inside.any(|(_, error)| *error != index) {
                fix.safety = Safety::Unsafe;
            }
        }
    }
}
