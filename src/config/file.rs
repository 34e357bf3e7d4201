//! What stands in a configuration file. The JSON Schema is made from these types and their comments.

use super::patterns::FileGlob;
use super::{Date, FailOn};
use crate::diagnostic::Severity;
use crate::kind::{Kind, Mode, Version};
use crate::lint::Selector;
use crate::syntax::PointerPattern;
use crate::text::Span;

#[cfg(test)]
use super::schema;

/// A value, and where it was written.
#[derive(Debug, Clone)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Span,
}

/// How agent cards and Graph agent objects are checked in the folder of this file and below.
#[derive(Debug, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename_all = "kebab-case", deny_unknown_fields, default, title = "cardlint.toml"))]
pub struct File {
    /// Rules, groups or `all` to switch on. A rule counts for more than its group, and a group for more than `all`.
    #[cfg_attr(test, schemars(schema_with = "schema::selectors"))]
    pub select: Vec<Written<Selector>>,
    /// Rules, groups or `all` to switch off.
    #[cfg_attr(test, schemars(schema_with = "schema::selectors"))]
    pub ignore: Vec<Written<Selector>>,
    /// The severity of every finding of a rule, of the rules of a group, or of `all`.
    #[cfg_attr(test, schemars(schema_with = "schema::severities"))]
    pub severity: Vec<(Written<Selector>, Severity)>,
    /// The lowest severity that makes the exit status 1.
    #[cfg_attr(test, schemars(schema_with = "schema::fail_on"))]
    pub fail_on: Option<Written<FailOn>>,
    /// What is passed over while folders are walked: lines as of a .gitignore in this folder.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub exclude: Vec<Written<String>>,
    /// Settings for some of the files. All entries that match a file hold, the later ones above the earlier.
    pub per_file: Vec<PerFile>,
    /// Findings that are not reported.
    pub allow: Vec<Allow>,
}

/// Settings for some of the files.
#[derive(Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename_all = "kebab-case", deny_unknown_fields))]
pub struct PerFile {
    /// Globs of paths relative to the folder of this file; `*` stays within a folder, `**/` is any number of folders.
    #[cfg_attr(test, schemars(schema_with = "schema::globs"))]
    pub files: Vec<Written<FileGlob>>,
    /// Rules, groups or `all` to switch on.
    #[cfg_attr(test, schemars(schema_with = "schema::selectors", default))]
    pub select: Vec<Written<Selector>>,
    /// Rules, groups or `all` to switch off.
    #[cfg_attr(test, schemars(schema_with = "schema::selectors", default))]
    pub ignore: Vec<Written<Selector>>,
    /// The severity of every finding of a rule, of the rules of a group, or of `all`.
    #[cfg_attr(test, schemars(schema_with = "schema::severities", default))]
    pub severity: Vec<(Written<Selector>, Severity)>,
    /// What kind of document it is, instead of detecting it.
    #[cfg_attr(test, schemars(schema_with = "schema::kind", default))]
    pub kind: Option<Written<Kind>>,
    /// For which release of A2A the cards are written, instead of detecting it.
    #[cfg_attr(test, schemars(schema_with = "schema::version", default))]
    pub a2a_version: Option<Written<Version>>,
    /// What the Graph bodies are for, instead of detecting it.
    #[cfg_attr(test, schemars(schema_with = "schema::mode", default))]
    pub mode: Option<Written<Mode>>,
}

/// Findings that are not reported.
#[derive(Debug)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename_all = "kebab-case", deny_unknown_fields))]
pub struct Allow {
    /// The rule.
    #[cfg_attr(test, schemars(schema_with = "schema::rule"))]
    pub rule: &'static str,
    /// Globs of paths relative to the folder of this file; every file where absent.
    #[cfg_attr(test, schemars(schema_with = "schema::globs", default))]
    pub files: Vec<Written<FileGlob>>,
    /// The JSON Pointer of the finding, in which `*` stands for any one step; anywhere where absent.
    #[cfg_attr(test, schemars(schema_with = "schema::pointer", default))]
    pub pointer: Option<PointerPattern>,
    /// Why the findings are allowed.
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub reason: String,
    /// The last day on which they are.
    #[cfg_attr(test, schemars(schema_with = "schema::date", default))]
    pub expires: Option<Written<Date>>,
    /// The name of the rule, as bytes of the file.
    #[cfg_attr(test, schemars(skip))]
    pub span: Span,
}
