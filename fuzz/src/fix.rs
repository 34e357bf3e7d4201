//! What `fix` writes: no worse than before, and the same when it is fixed again.

use cardlint::diagnostic::Severity;
use cardlint::fix::{self, Options};
use cardlint::lint::{Input, Settings, lint};
use cardlint::syntax;

/// Fixes a document. The first byte says with which options.
pub fn fix(bytes: &[u8]) {
    let Some((&way, bytes)) = bytes.split_first() else { return };
    let options = Options { unsafe_fixes: way & 1 == 1, allow_signed: way & 2 == 2 };
    let (input, settings) = (Input::named("agent-card.json"), Settings::default());
    let apply = |bytes: &[u8]| fix::fix(input, bytes.to_vec(), &settings, options, &|_| Vec::new()).1;
    let fixed = apply(bytes);
    assert!(fixed.thrown_away.is_empty(), "{:?}", fixed.thrown_away);
    assert_eq!(fixed.fixed > 0, fixed.bytes != bytes);
    let faults = |bytes: &[u8]| syntax::parse(bytes).faults().len();
    assert!(faults(&fixed.bytes) <= faults(bytes), "more of it is not JSON");
    let errors = |bytes: &[u8]| {
        let found = lint(input, bytes.to_vec(), &settings).diagnostics;
        found.iter().filter(|found| found.severity == Severity::Error).count()
    };
    let (before, after) = (errors(bytes), errors(&fixed.bytes));
    assert!(after <= before, "{after} errors instead of {before}");
    if !fixed.left.unfinished {
        assert_eq!(apply(&fixed.bytes).bytes, fixed.bytes, "it is not fixed at once");
    }
}
