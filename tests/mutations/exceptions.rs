//! Faults of which the facts demand something else than the schemas suggest.

use crate::faults::{Expect, Mutation};

/// What has to be said of `mutation`, and whether it is an exception.
pub(crate) fn expectation(mutation: &Mutation) -> (Expect, bool) {
    (mutation.expect.clone(), false)
}
