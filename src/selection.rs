//! What is chosen for rules: by their names, their groups, or for all.

use crate::diagnostic::{Group, Meta};
use crate::rule::{Check, Rule};
use crate::rules;
use std::fmt;

/// What a choice names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// Every rule.
    All,
    /// The rules of a group.
    Group(Group),
    /// The rule of this name.
    Rule(&'static str),
}

/// A name that is no rule and no group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSelector {
    /// What was written.
    pub name: String,
    /// The name of a rule or group that comes closest.
    pub closest: Option<&'static str>,
}

impl fmt::Display for UnknownSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule or group `{}`", self.name)?;
        match self.closest {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => f.write_str("; `cardlint rules` lists them"),
        }
    }
}

impl std::error::Error for UnknownSelector {}

impl Selector {
    /// Reads the name of a rule or a group, or `all`.
    pub fn parse(name: &str) -> Result<Self, UnknownSelector> {
        if name == "all" {
            return Ok(Self::All);
        }
        if let Ok(group) = name.parse() {
            return Ok(Self::Group(group));
        }
        let rule = find_rule(name).map(|rule| Self::Rule(rule.meta.id));
        rule.ok_or_else(|| UnknownSelector { name: name.to_owned(), closest: closest(name) })
    }

    /// The name, as it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Group(group) => group.name(),
            Self::Rule(name) => name,
        }
    }
}

/// The rule called `name`, now or before.
pub fn find_rule(name: &str) -> Option<&'static Rule> {
    rules::ALL.iter().copied().find(|rule| rule.meta.id == name || rule.meta.aliases.contains(&name))
}

/// The rule or group whose name comes closest to `name`, if one is close.
pub fn closest(name: &str) -> Option<&'static str> {
    let names = rules::ALL.iter().map(|rule| rule.meta.id).chain(Group::ALL.map(Group::name));
    // The table of edits is as large as both names together: not for a text that is far too long.
    let names = names.filter(|known| name.len() <= 8 * known.len());
    let near = names.map(|known| (strsim::damerau_levenshtein(known, name), known)).min();
    near.filter(|(edits, known)| *edits <= known.len() / 3).map(|(_, known)| known)
}

/// Values for rules, in layers. The last layer that speaks of a rule decides: the last choice in it that names the rule,
/// else its group, else `all`.
#[derive(Debug, Clone)]
pub struct Choices<T> {
    layers: Vec<Vec<(Selector, T)>>,
}

impl<T> Default for Choices<T> {
    fn default() -> Self {
        Self { layers: Vec::new() }
    }
}

impl<T> Choices<T> {
    /// Begins a layer above those that are there.
    pub fn layer(&mut self) {
        self.layers.push(Vec::new());
    }

    /// Chooses `value` in the topmost layer.
    pub fn choose(&mut self, selector: Selector, value: T) {
        match self.layers.last_mut() {
            Some(layer) => layer.push((selector, value)),
            None => self.layers.push(vec![(selector, value)]),
        }
    }

    /// What is chosen for a rule.
    pub fn get(&self, rule: &Meta) -> Option<&T> {
        self.decisive(rule).map(|(_, value)| value)
    }

    /// Whether what is chosen for a rule was chosen by its name.
    pub fn is_by_name(&self, rule: &Meta) -> bool {
        self.decisive(rule).is_some_and(|(selector, _)| *selector == Selector::Rule(rule.id))
    }

    fn decisive(&self, rule: &Meta) -> Option<&(Selector, T)> {
        let names = [Selector::Rule(rule.id), Selector::Group(rule.group), Selector::All];
        self.layers.iter().rev().find_map(|layer| {
            let last = |wanted| layer.iter().rev().find(|(selector, _)| *selector == wanted);
            names.into_iter().find_map(last)
        })
    }
}

/// Which rules run: choices that switch from the defaults.
#[derive(Debug, Clone)]
pub struct Selection {
    choices: Choices<bool>,
    /// Those that run, so that nothing is looked up for each text.
    running: Vec<&'static Rule>,
    /// Those of them that look at a text as a whole, and those that look at each document in it.
    of_texts: Vec<&'static Rule>,
    of_documents: Vec<&'static Rule>,
}

impl Default for Selection {
    fn default() -> Self {
        Self::new(Choices::default())
    }
}

impl Selection {
    /// The rules that `choices` leave on.
    pub fn new(choices: Choices<bool>) -> Self {
        let (running, of_texts, of_documents) = Default::default();
        let mut selection = Self { choices, running, of_texts, of_documents };
        selection.settle();
        selection
    }

    /// Switches a rule, a group or `all` on or off, after what was switched before.
    pub fn switch(&mut self, name: &str, on: bool) -> Result<(), UnknownSelector> {
        self.choices.choose(Selector::parse(name)?, on);
        self.settle();
        Ok(())
    }

    /// Whether the rule runs.
    pub fn is_on(&self, rule: &Meta) -> bool {
        self.choices.get(rule).copied().unwrap_or(rule.group.on_by_default())
    }

    /// The rules that run.
    pub fn running(&self) -> impl Iterator<Item = &'static Rule> {
        self.running.iter().copied()
    }

    /// Those that look at a text as a whole.
    pub(crate) fn of_texts(&self) -> &[&'static Rule] {
        &self.of_texts
    }

    /// Those that look at each document in a text.
    pub(crate) fn of_documents(&self) -> &[&'static Rule] {
        &self.of_documents
    }

    fn settle(&mut self) {
        self.running = rules::ALL.iter().copied().filter(|rule| self.is_on(&rule.meta)).collect();
        let those = |looks: fn(&Check) -> bool| self.running().filter(|rule| looks(&rule.check)).collect();
        let of_texts = those(|check| matches!(check, Check::Fault(_) | Check::File(_)));
        let of_documents = those(|check| matches!(check, Check::Finding(_) | Check::Agent(_)));
        (self.of_texts, self.of_documents) = (of_texts, of_documents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(name: &str) -> &'static Meta {
        &find_rule(name).unwrap().meta
    }

    #[test]
    fn a_name_counts_for_more_than_a_group_and_a_group_for_more_than_all() {
        let mut selection = Selection::default();
        for (name, on) in [("duplicate-key", true), ("syntax", false), ("all", false), ("security", true)] {
            selection.switch(name, on).unwrap();
        }
        assert!(selection.is_on(meta("duplicate-key")));
        assert!(!selection.is_on(meta("malformed-json")));
        assert!(selection.is_on(meta("plaintext-endpoint")));
        assert!(!selection.is_on(meta("missing-member")));
    }

    #[test]
    fn a_layer_counts_for_more_than_those_below_it() {
        let mut choices = Choices::default();
        choices.choose(Selector::Rule("duplicate-key"), 1);
        choices.layer();
        choices.choose(Selector::Group(Group::Syntax), 2);
        choices.layer();
        choices.choose(Selector::Group(Group::Security), 3);
        let value = |name| choices.get(meta(name)).copied();
        assert_eq!(value("duplicate-key"), Some(2));
        assert_eq!(value("plaintext-endpoint"), Some(3));
        assert_eq!(value("missing-member"), None);
    }
}
