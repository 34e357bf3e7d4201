//! What the rules of the group `security` are about, in the terms of catalogues that code scanning knows.
//!
//! Sources of the columns: a CWE number and its name are those of <https://cwe.mitre.org>; a category of the OWASP Top 10
//! (`A02:2021`) is the one that lists the CWE at <https://owasp.org/Top10/>; `LLM01:2025` and the like are the OWASP Top 10
//! for LLM applications, <https://genai.owasp.org/llm-top-10/>. The score is ours, in the bands of GitHub's
//! `security-severity`: above 9.0 critical, from 7.0 high, from 4.0 medium, else low. It says how bad it is if the rule is
//! right, not how sure that is.

use crate::diagnostic::{Group, Meta, Severity};

/// A row: the rule, the score, CWE numbers, OWASP categories.
type Row = (&'static str, &'static str, &'static [u16], &'static [&'static str]);

const TABLE: &[Row] = &[
    // Insufficiently Protected Credentials.
    ("deprecated-oauth-flow", "5.3", &[522], &["A04:2021"]),
    // Interpretation Conflict.
    ("differing-security", "5.3", &[436], &[]),
    // Missing Authentication for Critical Function.
    ("empty-requirement", "5.3", &[306], &["A07:2021"]),
    // Use of GET Request Method With Sensitive Query Strings.
    ("exposed-api-key", "5.3", &[598], &["A04:2021"]),
    // Use of Hard-coded Credentials.
    ("exposed-secret", "9.1", &[798], &["A07:2021"]),
    ("flowless-scheme", "3.1", &[], &[]),
    // User Interface Misrepresentation of Critical Information.
    ("hidden-text", "6.5", &[451], &["A04:2021", "LLM01:2025"]),
    // Exposure of Sensitive Information to an Unauthorized Actor.
    ("internal-host", "3.1", &[200], &["A01:2021"]),
    // Insufficient Visual Distinction of Homoglyphs Presented to User.
    ("lookalike-host", "7.4", &[1007], &[]),
    // Server-Side Request Forgery.
    ("metadata-address", "8.6", &[918], &["A10:2021"]),
    // Interpretation Conflict.
    ("one-sided-security", "5.3", &[436], &[]),
    // Authentication Bypass by Capture-replay.
    ("optional-pkce", "4.8", &[294], &["A07:2021"]),
    // Cleartext Transmission of Sensitive Information.
    ("plaintext-endpoint", "6.5", &[319], &["A02:2021"]),
    ("plaintext-login-url", "7.4", &[319], &["A02:2021"]),
    // Exposure of Sensitive Information to an Unauthorized Actor.
    ("published-prompt", "4.3", &[200], &["A01:2021", "LLM07:2025"]),
    ("scopes-without-oauth", "3.1", &[], &[]),
    // Exposure of Resource to Wrong Sphere.
    ("tunnel-host", "5.3", &[668], &["A01:2021"]),
    ("undeclared-scope", "3.1", &[], &[]),
    // Missing Authentication for Critical Function.
    ("unstated-authentication", "4.3", &[306], &["A07:2021"]),
    ("unused-scheme", "2.0", &[], &[]),
];

/// The score of a rule of the group `security`; others have none.
pub(super) fn score(rule: &Meta) -> Option<&'static str> {
    let by_severity = match rule.severity {
        Severity::Error => "7.0",
        Severity::Warning => "5.0",
        Severity::Note => "3.0",
    };
    (rule.group == Group::Security).then(|| row(rule).map_or(by_severity, |(_, score, _, _)| *score))
}

/// The tags of a rule, with its group as the first.
pub(super) fn tags(rule: &Meta) -> Vec<String> {
    let mut tags = vec![rule.group.name().to_owned()];
    if let Some((_, _, cwe, owasp)) = row(rule) {
        tags.extend(cwe.iter().map(|number| format!("external/cwe/cwe-{number:03}")));
        tags.extend(owasp.iter().map(|category| format!("OWASP-{category}")));
    }
    tags
}

fn row(rule: &Meta) -> Option<&'static Row> {
    TABLE.iter().find(|(id, ..)| *id == rule.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::find_rule;

    #[test]
    fn each_row_is_about_a_rule_of_the_group() {
        for (id, score, ..) in TABLE {
            let rule = find_rule(id).unwrap();
            assert_eq!((rule.meta.id, rule.meta.group), (*id, Group::Security));
            assert!(score.parse::<f32>().is_ok_and(|score| (0.1..=10.0).contains(&score)), "{id}");
        }
        assert!(TABLE.is_sorted_by_key(|(id, ..)| *id));
    }
}
