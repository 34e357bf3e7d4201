//! The valid documents in which faults are made: our own fixtures of every kind and version.

use crate::support::fixtures;
use crate::verdict::{Known, known};
use crate::walk::{Place, places};
use cardlint::diagnostic::{Diagnostic, Severity};
use cardlint::kind::{Kind, Mode, Profile, Version};
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::syntax::Document;
use std::fs;

/// A valid document.
pub(crate) struct Specimen {
    pub(crate) name: String,
    /// What it is, for the table.
    pub(crate) group: String,
    pub(crate) text: String,
    settings: Settings,
    documents: Vec<(String, Profile)>,
    /// Its errors and warnings.
    pub(crate) known: Known,
}

impl Specimen {
    fn read(path: &str, options: &str) -> Self {
        let text = fs::read_to_string(fixtures().join(path)).expect("a fixture is text");
        let mut settings = Settings::default();
        let words: Vec<&str> = options.split_whitespace().collect();
        for pair in words.chunks(2) {
            match pair {
                ["--kind", kind] => settings.forced.kind = Some(kind.parse().expect("a kind")),
                ["--mode", mode] => settings.forced.mode = Some(mode.parse().expect("a mode")),
                ["--a2a-version", version] => {
                    settings.forced.version = Some(version.parse().expect("a version"))
                }
                _ => {}
            }
        }
        let mut specimen = Self {
            name: format!("{path} {options}").trim_end_matches([' ', '-']).to_owned(),
            group: String::new(),
            text,
            settings,
            documents: Vec::new(),
            known: Known::new(),
        };
        let checked = specimen.lint(specimen.text.clone());
        specimen.documents =
            checked.documents.iter().map(|document| (document.pointer.clone(), document.profile)).collect();
        specimen.known = known(&checked);
        specimen.group = group(specimen.documents[0].1);
        specimen
    }

    /// What is found in `text`, which is that of the document with a fault.
    pub(crate) fn lint(&self, text: String) -> Checked {
        lint(Input::named("agent.json"), text.into_bytes(), &self.settings)
    }

    /// Whether the documents in `checked` are taken for what those in the text without a fault are taken for.
    pub(crate) fn is_told_the_same(&self, checked: &Checked) -> bool {
        self.documents.len() == checked.documents.len()
            && self
                .documents
                .iter()
                .zip(&checked.documents)
                .all(|((_, profile), other)| *profile == other.profile)
    }

    /// The same where the user says what the document is.
    pub(crate) fn lint_as_said(&self, text: String, profile: Profile) -> Checked {
        let mut settings = self.settings.clone();
        match profile {
            Profile::Card(version) => {
                let release = if version.modern { Version::V1_0 } else { version.legacy.expect("a release") };
                settings.forced.version = Some(release);
                settings.forced.kind = Some(Kind::A2aCard);
            }
            Profile::Graph(kind, mode) => {
                settings.forced.kind = Some(kind);
                settings.forced.mode = Some(mode);
            }
        }
        lint(Input::named("agent.json"), text.into_bytes(), &settings)
    }

    /// The mode of the registration that holds the card at `pointer`.
    fn registration(&self, pointer: &str) -> Option<Mode> {
        let holder = pointer.strip_suffix("/agentCard")?;
        self.documents.iter().find(|(other, _)| other == holder).and_then(|(_, profile)| profile.mode())
    }

    /// Every value that the schemas describe.
    pub(crate) fn places(&self, document: &Document<'_>) -> Vec<Place> {
        let found = self.documents.iter().map(|(pointer, profile)| {
            let node = crate::faults::node(document, pointer);
            places(node, *profile, self.registration(pointer))
        });
        found.flatten().collect()
    }
}

fn group(profile: Profile) -> String {
    let kind = profile.kind().name();
    match profile {
        Profile::Card(version) if version.protojson => format!("{kind} 0.3.0 protojson"),
        Profile::Card(version) if !version.stated => {
            format!("{kind} {} assumed", profile.versions().join(" + "))
        }
        Profile::Card(_) => format!("{kind} {}", profile.versions().join(" + ")),
        Profile::Graph(_, mode) => format!("{kind} {}", mode.name()),
    }
}

/// The errors and warnings.
pub(crate) fn serious(checked: &Checked) -> impl Iterator<Item = &Diagnostic> {
    checked.diagnostics.iter().filter(|found| found.severity > Severity::Note)
}

/// Every card and every registry document of the fixtures, and those whose release is only guessed under its own name too.
pub(crate) fn specimens() -> Vec<Specimen> {
    let index = fs::read_to_string(fixtures().join("index.tsv")).expect("the index");
    let mut specimens = Vec::new();
    for line in index.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [path, _, versions, _, options, ..] = cells.as_slice() else {
            panic!("a row of six cells: {line}")
        };
        if !path.starts_with("cards/") && !path.starts_with("registry/") {
            continue;
        }
        specimens.push(Specimen::read(path, options));
        let release = path.split('/').nth(1).unwrap_or_default();
        if path.starts_with("cards/0.2") && release != *versions {
            specimens.push(Specimen::read(path, &format!("--a2a-version {release}")));
        }
    }
    specimens
}
