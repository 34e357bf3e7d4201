//! From TOML to [`File`], with every fault on the way.

use super::file::{Allow, File, PerFile, Written};
use super::patterns::FileGlob;
use super::{Date, FailOn};
use crate::diagnostic::Severity;
use crate::kind::{Kind, Mode, Version};
use crate::lint::{Selector, find_rule};
use crate::syntax::PointerPattern;
use crate::text::Span;
use crate::words::{closest, list, quoted};
use std::ops::Range;
use std::str::FromStr;
use toml::de::{DeTable, DeValue};

/// How many faults are looked for.
pub const MOST_FAULTS: usize = 1000;

/// Something that cannot be understood.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Span,
    /// The JSON Pointer of the setting.
    pub(super) pointer: String,
    pub(super) message: String,
    pub(super) help: String,
    /// Whether this is not TOML.
    pub(super) is_syntax: bool,
}

/// Reads what can be read.
pub(super) fn read(text: &str) -> (File, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, faults: Vec::new() };
    let file = reader.file(Table::new(text, table.get_ref(), String::new(), Span::at(0)));
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let line = |fault: &Fault| ends.partition_point(|end| *end < fault.span.start as usize);
    let syntax = unrelated(errors.iter().map(|error| syntax(text, error)).collect(), line);
    // Behind a fault of the syntax, keys may have ended up in the wrong table.
    let first = syntax.first().map_or(usize::MAX, line);
    let mut faults = reader.faults;
    faults.retain(|fault| line(fault) < first);
    faults.extend(syntax);
    (file, faults)
}

/// The faults of the syntax that are not just the consequence of one before: something that is not closed lets every
/// following line look wrong.
fn unrelated(mut faults: Vec<Fault>, line: impl Fn(&Fault) -> usize) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.span);
    let mut last = None;
    faults.retain(|fault| {
        let line = line(fault);
        let follows = last.is_some_and(|last| line <= last + 1);
        last = Some(line);
        !follows
    });
    faults
}

fn syntax(text: &str, error: &toml::de::Error) -> Fault {
    let span = span(text, error.span().unwrap_or_default());
    Fault {
        span,
        pointer: String::new(),
        message: format!("this is not TOML: {}", error.message()),
        help: "fix the syntax; see https://toml.io".to_owned(),
        is_syntax: true,
    }
}

fn span(text: &str, range: Range<usize>) -> Span {
    let on_boundary = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    let (start, end) = (on_boundary(range.start).unwrap_or(0), on_boundary(range.end).unwrap_or(0));
    Span::new(start as u32, end.max(start) as u32)
}

/// A value and where it is.
#[derive(Clone)]
struct Item<'t> {
    name: &'t str,
    value: &'t DeValue<'t>,
    span: Span,
    pointer: String,
}

/// A table, from which keys are taken one by one.
struct Table<'t> {
    items: Vec<(Span, Item<'t>)>,
    asked: Vec<&'static str>,
    pointer: String,
    span: Span,
}

impl<'t> Table<'t> {
    fn new(text: &str, table: &'t DeTable<'t>, pointer: String, at: Span) -> Self {
        let items = table.iter().map(|(key, value)| {
            let name = key.get_ref().as_ref();
            let pointer = format!("{pointer}/{}", crate::syntax::escape_token(name));
            let item = Item { name, value: value.get_ref(), span: span(text, value.span()), pointer };
            (span(text, key.span()), item)
        });
        Self { items: items.collect(), asked: Vec::new(), pointer, span: at }
    }

    /// The value of a key; it becomes one of those that are known.
    fn take(&mut self, name: &'static str) -> Option<Item<'t>> {
        self.asked.push(name);
        self.items.iter().find(|(_, item)| item.name == name).map(|(_, item)| item.clone())
    }
}

struct Reader<'t> {
    text: &'t str,
    faults: Vec<Fault>,
}

impl<'t> Reader<'t> {
    /// Whether so much is wrong that more would help nobody.
    fn is_full(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    fn fault(&mut self, span: Span, pointer: &str, message: String, help: impl Into<String>) {
        let (pointer, help) = (pointer.to_owned(), help.into());
        self.faults.push(Fault { span, pointer, message, help, is_syntax: false });
    }

    fn file(&mut self, mut table: Table<'t>) -> File {
        let file = File {
            select: self.list(table.take("select"), Self::selector),
            ignore: self.list(table.take("ignore"), Self::selector),
            severity: self.severities(table.take("severity")),
            fail_on: self.named(table.take("fail-on"), &FailOn::ALL, FailOn::name),
            exclude: self.list(table.take("exclude"), |_, item, text| {
                Some(Written { value: text.to_owned(), span: item.span })
            }),
            per_file: self.tables(table.take("per-file"), Self::per_file),
            allow: self.tables(table.take("allow"), Self::allow),
        };
        self.finish(&table);
        file
    }

    fn per_file(&mut self, mut table: Table<'t>) -> Option<PerFile> {
        let entry = PerFile {
            files: self.list(table.take("files"), Self::glob),
            select: self.list(table.take("select"), Self::selector),
            ignore: self.list(table.take("ignore"), Self::selector),
            severity: self.severities(table.take("severity")),
            kind: self.named(table.take("kind"), &Kind::ALL, Kind::name),
            a2a_version: self.version(table.take("a2a-version")),
            mode: self.named(table.take("mode"), &Mode::ALL, Mode::name),
        };
        if let (Some(kind), Some(mode)) = (&entry.kind, &entry.mode)
            && !kind.value.is_graph()
        {
            let message = format!("{} is for Graph objects, not for a2a-card", quoted(mode.value.name()));
            self.fault(mode.span, &table.pointer, message, "take `mode` out, or name another kind");
        }
        self.require(&table, "files", "`files = [\"cards/*.json\"]`");
        self.finish(&table);
        Some(entry)
    }

    fn allow(&mut self, mut table: Table<'t>) -> Option<Allow> {
        let rule = table.take("rule");
        let span = rule.as_ref().map(|item| item.span);
        let rule = rule.and_then(|item| self.rule(&item));
        let entry = (
            self.list(table.take("files"), Self::glob),
            table.take("pointer").and_then(|item| self.pointer(&item)),
            table.take("reason").and_then(|item| self.reason(&item)),
            table.take("expires").and_then(|item| self.date(&item)),
        );
        self.require(&table, "rule", "`rule = \"plaintext-endpoint\"`");
        self.require(
            &table,
            "reason",
            "`reason = \"...\"`: why the finding is no mistake, for whoever reads this next",
        );
        self.finish(&table);
        let (files, pointer, reason, expires) = entry;
        Some(Allow { rule: rule?, files, pointer, reason: reason?, expires, span: span? })
    }

    /// Reports a key that is not there, under its name or one that is close to it.
    fn require(&mut self, table: &Table<'t>, name: &str, help: &str) {
        let free = free(table);
        let is_meant = |item: &Item<'_>| item.name == name || closest(item.name, &free) == Some(name);
        if !table.items.iter().any(|(_, item)| is_meant(item)) {
            let message = format!("this entry has no `{name}`");
            self.fault(table.span, &table.pointer, message, format!("write {help}"));
        }
    }

    /// Reports the keys that were not asked for.
    fn finish(&mut self, table: &Table<'t>) {
        let free = free(table);
        for (span, item) in &table.items {
            if self.is_full() {
                break;
            }
            if table.asked.contains(&item.name) {
                continue;
            }
            let help = match closest(item.name, &free) {
                Some(near) => format!("write `{near}`"),
                None => format!("take it out; the keys here are {}", list(&table.asked, "and")),
            };
            let message = format!("there is no setting {}", quoted(item.name));
            self.fault(*span, &item.pointer, message, help);
        }
    }

    /// Reports that `item` is no `expected`.
    fn wrong_type(&mut self, item: &Item<'_>, expected: &str, help: String) {
        let found = match item.value {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let message = format!("`{}` takes {expected}, not {found}", item.name);
        self.fault(item.span, &item.pointer, message, help);
    }

    fn text(&mut self, item: &Item<'t>) -> Option<&'t str> {
        match item.value {
            DeValue::String(text) => Some(text.as_ref()),
            _ => {
                self.wrong_type(item, "a string", "write it in quotes".to_owned());
                None
            }
        }
    }

    fn list<T>(
        &mut self,
        item: Option<Item<'t>>,
        each: impl Fn(&mut Self, &Item<'t>, &'t str) -> Option<T>,
    ) -> Vec<T> {
        let Some(item) = item else { return Vec::new() };
        let DeValue::Array(values) = item.value else {
            let example = format!("write it in brackets: `{} = [\"...\"]`", item.name);
            self.wrong_type(&item, "an array of strings", example);
            return Vec::new();
        };
        if values.is_empty() && item.name == "files" {
            let help = "write a path or a glob, or take the entry out";
            self.fault(item.span, &item.pointer, "without a glob this entry is for no file".to_owned(), help);
        }
        let mut all = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let span = span(self.text, value.span());
            let pointer = format!("{}/{index}", item.pointer);
            let element = Item { name: item.name, value: value.get_ref(), span, pointer };
            if self.is_full() {
                break;
            }
            match element.value {
                DeValue::String(text) => all.extend(each(self, &element, text)),
                _ => self.wrong_type(&element, "strings", "write it in quotes".to_owned()),
            }
        }
        all
    }

    fn tables<T>(
        &mut self,
        item: Option<Item<'t>>,
        each: impl Fn(&mut Self, Table<'t>) -> Option<T>,
    ) -> Vec<T> {
        let Some(item) = item else { return Vec::new() };
        let help = || format!("write a heading `[[{}]]` before each entry", item.name);
        let DeValue::Array(values) = item.value else {
            self.wrong_type(&item, "an array of tables", help());
            return Vec::new();
        };
        let mut all = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let at = self.first_line(span(self.text, value.span()));
            let pointer = format!("{}/{index}", item.pointer);
            if self.is_full() {
                break;
            }
            match value.get_ref() {
                DeValue::Table(table) => all.extend(each(self, Table::new(self.text, table, pointer, at))),
                other => {
                    let element = Item { name: item.name, value: other, span: at, pointer };
                    self.wrong_type(&element, "tables", help());
                }
            }
        }
        all
    }

    /// As much of `span` as stands on one line.
    fn first_line(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        Span::new(span.start, span.start + text.lines().next().unwrap_or_default().len() as u32)
    }

    fn selector(&mut self, item: &Item<'t>, name: &'t str) -> Option<Written<Selector>> {
        match Selector::parse(name) {
            Ok(value) => Some(Written { value, span: item.span }),
            Err(error) => {
                let help = near_rule(error.closest);
                let message = format!("there is no rule or group {}", quoted(name));
                self.fault(item.span, &item.pointer, message, help);
                None
            }
        }
    }

    fn severities(&mut self, item: Option<Item<'t>>) -> Vec<(Written<Selector>, Severity)> {
        let Some(item) = item else { return Vec::new() };
        let DeValue::Table(table) = item.value else {
            let help = "write `severity = { plaintext-endpoint = \"error\" }`".to_owned();
            self.wrong_type(&item, "a table", help);
            return Vec::new();
        };
        let table = Table::new(self.text, table, item.pointer.clone(), item.span);
        let mut all = Vec::new();
        for (key, item) in &table.items {
            if self.is_full() {
                break;
            }
            let named = Item { span: *key, ..item.clone() };
            let selector = self.selector(&named, item.name);
            let severity = self.named(Some(item.clone()), &Severity::ALL, Severity::name);
            all.extend(selector.zip(severity).map(|(selector, severity)| (selector, severity.value)));
        }
        all
    }

    /// One of a few names.
    fn named<T: Copy>(
        &mut self,
        item: Option<Item<'t>>,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<Written<T>> {
        let item = item?;
        let text = self.text(&item)?;
        let found = all.iter().copied().find(|&value| name(value) == text);
        if found.is_none() {
            self.unknown_name(&item, text, &all.iter().map(|&value| name(value)).collect::<Vec<_>>());
        }
        found.map(|value| Written { value, span: item.span })
    }

    fn version(&mut self, item: Option<Item<'t>>) -> Option<Written<Version>> {
        let item = item?;
        let text = self.text(&item)?;
        match Version::from_str(text) {
            Ok(value) => Some(Written { value, span: item.span }),
            Err(error) => {
                self.unknown_name(&item, text, &error.known);
                None
            }
        }
    }

    fn unknown_name(&mut self, item: &Item<'t>, text: &str, known: &[&str]) {
        let help =
            match closest(text, known).or_else(|| known.iter().copied().find(|name| begins(name, text))) {
                Some(near) => format!("write `{near}`"),
                None => format!("write {}", list(known, "or")),
            };
        let message = format!("{} is none of {}", quoted(text), known.join(", "));
        self.fault(item.span, &item.pointer, message, help);
    }

    fn glob(&mut self, item: &Item<'t>, text: &'t str) -> Option<Written<FileGlob>> {
        match FileGlob::parse(text) {
            Ok(value) => Some(Written { value, span: item.span }),
            Err((message, help)) => {
                self.fault(item.span, &item.pointer, message, help);
                None
            }
        }
    }

    fn rule(&mut self, item: &Item<'t>) -> Option<&'static str> {
        let name = self.text(item)?;
        if let Some(rule) = find_rule(name) {
            return Some(rule.meta.id);
        }
        let (message, help) = match Selector::parse(name) {
            Ok(_) => (
                format!("{} is more than one rule", quoted(name)),
                "name one rule, or switch the group off with `ignore` in a `[[per-file]]` entry".to_owned(),
            ),
            Err(error) => (format!("there is no rule {}", quoted(name)), near_rule(error.closest)),
        };
        self.fault(item.span, &item.pointer, message, help);
        None
    }

    fn pointer(&mut self, item: &Item<'t>) -> Option<PointerPattern> {
        match PointerPattern::parse(self.text(item)?) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                self.fault(
                    item.span,
                    &item.pointer,
                    error.to_string(),
                    "write it as reports do, such as `/skills/0/tags`, or `/skills/*/tags` for every skill",
                );
                None
            }
        }
    }

    fn reason(&mut self, item: &Item<'t>) -> Option<String> {
        let reason = self.text(item)?;
        if reason.trim().is_empty() {
            let help = "say why the finding is no mistake, for whoever reads this next";
            self.fault(item.span, &item.pointer, "`reason` is empty".to_owned(), help);
            return None;
        }
        Some(reason.to_owned())
    }

    fn date(&mut self, item: &Item<'t>) -> Option<Written<Date>> {
        let date = match item.value {
            DeValue::String(text) => Date::parse(text),
            DeValue::Datetime(moment) if moment.time.is_none() => {
                moment.date.and_then(|date| Date::new(date.year, date.month, date.day))
            }
            DeValue::Datetime(_) => None,
            _ => {
                self.wrong_type(item, "a date", "write it as `2026-12-31`".to_owned());
                return None;
            }
        };
        if date.is_none() {
            let text = self.text.get(item.span.range()).unwrap_or_default();
            let message = format!("{} is no day", quoted(text.trim_matches(['"', '\''])));
            let help = "write the last day on which it holds as `YYYY-MM-DD`";
            self.fault(item.span, &item.pointer, message, help);
        }
        date.map(|value| Written { value, span: item.span })
    }
}

/// The keys that an unknown one may stand for: those that are not there.
fn free(table: &Table<'_>) -> Vec<&'static str> {
    let is_free = |name: &&str| table.items.iter().all(|(_, item)| item.name != *name);
    table.asked.iter().copied().filter(is_free).collect()
}

fn near_rule(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("write `{near}`"),
        None => "see `cardlint rules` for their names".to_owned(),
    }
}

/// Whether `text` is a short form or a longer form of `name`.
fn begins(name: &str, text: &str) -> bool {
    text.len() > 2 && (name.starts_with(text) || text.starts_with(name))
}
