//! Findings that are not reported, because the configuration allows them.

use crate::diagnostic::Diagnostic;
use crate::syntax::PointerPattern;

/// What is allowed in a file.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The rule.
    pub rule: &'static str,
    /// Where; anywhere in the file where absent.
    pub pointer: Option<PointerPattern>,
    /// Which entry of the configuration says so.
    pub entry: usize,
}

impl Allowance {
    pub(crate) fn covers(&self, found: &Diagnostic) -> bool {
        self.rule == found.rule.id
            && self.pointer.as_ref().is_none_or(|pointer| {
                let inside = || found.inner_pointer().map(|inner| [&found.pointer, inner].concat());
                pointer.matches(&found.pointer) || inside().is_some_and(|inside| pointer.matches(&inside))
            })
    }
}

/// Takes out what is allowed, and tells how much that was and which entries allowed it. An entry counts also if another
/// one allows the same finding, since neither is at fault.
pub fn allow(found: &mut Vec<Diagnostic>, allowances: &[Allowance]) -> (u64, Vec<usize>) {
    if allowances.is_empty() {
        return (0, Vec::new());
    }
    let (before, mut used) = (found.len(), vec![false; allowances.len()]);
    found.retain(|found| {
        let mut is_allowed = false;
        for (allowance, used) in allowances.iter().zip(&mut used) {
            let covers = allowance.covers(found);
            *used |= covers;
            is_allowed |= covers;
        }
        !is_allowed
    });
    let used = allowances.iter().zip(used).filter(|(_, used)| *used);
    let mut used: Vec<usize> = used.map(|(allowance, _)| allowance.entry).collect();
    used.sort_unstable();
    used.dedup();
    ((before - found.len()) as u64, used)
}
