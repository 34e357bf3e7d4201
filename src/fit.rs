//! Fixes that rename or move a member whose value is wrong.
//!
//! Under its wrong name nobody reads the value. Under the right one readers do, and refuse the document for it. So such a
//! fix has to wait until nothing else is wrong with the value.

use crate::diagnostic::{Carried, Diagnostic, Safety, Severity};
use crate::syntax::{Document, NodeId};

/// Withdraws the fixes of `findings` that move a member while an error speaks of its value, and makes those unsafe that
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
        // Whether an error other than the finding itself speaks of the value, or of anything inside it where that matters.
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
