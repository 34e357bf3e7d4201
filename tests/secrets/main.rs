//! What counts as a credential, measured; and that no output shows one, in sound documents and in broken ones.
//!
//! Every format in every place, broken in every way, is masked in each run. What the outputs show is tried on a sample, which
//! `CARDLINT_MANY_SECRETS=1` makes larger.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "what was measured is printed")]

mod formats;
mod harmless;
mod slips;
#[path = "../support/report.rs"]
mod support;

use aho_corasick::AhoCorasick;
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::render::Format;
use cardlint::secret::{mask, masked};
use cardlint::syntax::parse;
use cardlint::text::{Columns, Origin, Source};
use formats::{Credential, Lots, NAMED, NAMED_PLACES, PLACED, PLACES, SHAPES, credential};
use rayon::prelude::*;
use slips::SLIPS;
use std::collections::BTreeMap;
use std::ops::Range;
use support::report;

/// A document with a credential in it.
struct Case {
    about: String,
    text: String,
    /// Where the credential is.
    at: Range<usize>,
    secrets: Vec<String>,
}

/// The document in which `place` is one of the members.
fn document(place: &str, name: &str, drawn: &Credential) -> (String, Range<usize>) {
    let member = place.replace('#', name);
    let head = "{\"name\": \"Tides\", \"description\": \"d\", \"url\": \"https://tides.example.com/a2a\", \
                \"preferredTransport\": \"JSONRPC\", \"skills\": [], \"capabilities\": {\"streaming\": \"true\"}, ";
    let text = format!("{head}{member}, \"version\": \"1.0.0\", \"protocolVersion\": \"0.3.0\"}}");
    let start = text.find('@').unwrap();
    // A name holds no `@`, and a pattern does only where it is no place.
    let text = text.replace('@', &drawn.text);
    (text, start..start + drawn.text.len())
}

/// Every format in every place, `draws` times.
fn cases(draws: u64) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut lots = Lots::new(7);
    let shapes = SHAPES.iter().chain(&PLACED).map(|(name, pattern)| (*name, *pattern, &PLACES[..], ""));
    let named = NAMED.iter().map(|(name, pattern)| (*name, *pattern, &NAMED_PLACES[..], *name));
    for (format, pattern, places, name) in shapes.chain(named) {
        for place in places {
            for _ in 0..draws {
                let drawn = credential(pattern, &mut lots);
                let (text, at) = document(place, name, &drawn);
                let about = format!("{format} at {place}");
                cases.push(Case { about, text, at, secrets: drawn.secrets });
            }
        }
    }
    cases
}

/// The parts of secrets that are too long to be in a text by chance.
fn parts(secrets: &[String]) -> impl Iterator<Item = &str> {
    const LONG: usize = 8;
    secrets.iter().flat_map(|secret| {
        let starts: Vec<usize> = secret.char_indices().map(|(at, _)| at).chain([secret.len()]).collect();
        let parts: Vec<&str> = starts.windows(LONG + 1).map(|ends| &secret[ends[0]..ends[LONG]]).collect();
        parts.into_iter().filter(|part| !part.contains("\\n"))
    })
}

/// The part of a secret that a text shows.
fn leak<'c>(text: &str, secrets: &'c [String]) -> Option<&'c str> {
    parts(secrets).find(|part| text.contains(part))
}

/// How many of `cases` are masked.
fn recall(cases: &[Case]) -> (usize, Vec<String>) {
    let missed: Vec<String> = cases
        .par_iter()
        .filter_map(|case| {
            let mut bytes = case.text.clone().into_bytes();
            mask(&mut bytes);
            let part = leak(std::str::from_utf8(&bytes).unwrap(), &case.secrets)?;
            Some(format!("{}: {part} of {}", case.about, &case.text[case.at.clone()]))
        })
        .collect();
    (cases.len() - missed.len(), missed)
}

#[test]
fn credentials_are_found_in_all_formats_and_places() {
    let cases = cases(8);
    let (found, missed) = recall(&cases);
    let share = found as f64 / cases.len() as f64;
    println!("{found} of {} credentials found, {share:.4}", cases.len());
    for format in SHAPES.iter().map(|(name, _)| name).chain(NAMED.iter().map(|(name, _)| name)) {
        let about = format!("{format} at ");
        let missed = missed.iter().filter(|missed| missed.starts_with(&about)).count();
        assert!(missed <= 20, "{format} is missed {missed} times");
    }
    assert!(
        share >= 0.99,
        "{}",
        missed.iter().step_by(missed.len() / 40 + 1).cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn harmless_strings_are_not_taken_for_credentials() {
    let mut lots = Lots::new(11);
    let mut count = 0;
    let mut taken = Vec::new();
    while count < 20_000 {
        let (about, text) = harmless::document(&mut lots);
        count += 1;
        let mut bytes = text.clone().into_bytes();
        if let Some(secret) = mask(&mut bytes).first() {
            taken.push(format!("{about}: {:?} in {text}", &text[secret.span.range()]));
        }
    }
    assert!(taken.is_empty(), "{} of {count}\n{}", taken.len(), taken[..taken.len().min(20)].join("\n"));
}

/// Every position in a masked text is the one of the original, and it reads as the original does.
#[test]
fn masks_move_nothing() {
    let broken: Vec<(String, String)> = broken(cases(1), 5);
    broken.par_iter().for_each(|(about, text)| {
        let mut bytes = text.clone().into_bytes();
        mask(&mut bytes);
        let masked = String::from_utf8(bytes).unwrap();
        assert_eq!(masked.len(), text.len(), "{about}: {text}");
        let sources = [text, &masked].map(|text| Source::new(text, Origin::default()));
        for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
            assert!(masked.is_char_boundary(offset), "{about}: {text}\n{masked}");
            for columns in [Columns::Chars, Columns::Utf16] {
                let [one, other] = sources.each_ref().map(|source| source.position(offset as u32, columns));
                assert_eq!(one, other, "{about}: {text}\n{masked}");
            }
        }
        let [one, other] = [text, &masked]
            .map(|text| parse(text.as_bytes()).faults().iter().map(|fault| fault.span).collect::<Vec<_>>());
        assert_eq!(one.is_empty(), other.is_empty(), "{about}: {text}\n{masked}");
    });
}

/// The documents of `cases`, broken in all ways; one of `each`, unless all are asked for.
fn broken(cases: Vec<Case>, each: usize) -> Vec<(String, String)> {
    let texts = cases.iter().flat_map(|case| {
        SLIPS
            .iter()
            .map(|(slip, make)| (format!("{}, {slip}", case.about), make(&case.text, case.at.clone())))
    });
    texts.step_by(each).collect()
}

/// Each document in each way in which it can be broken, without those of which nobody can tell that they hold a credential.
fn knowable(cases: &[Case]) -> Vec<(&Case, &slips::Slip)> {
    /// The name that would give the value away comes behind it, where the text has ended.
    const VALUE_FIRST: &str = r##""headers": [{"value": "@", "name": "#"}]"##;
    let all = cases.iter().flat_map(|case| SLIPS.iter().map(move |slip| (case, slip)));
    all.filter(|(case, (slip, _))| !(case.about.ends_with(VALUE_FIRST) && slip.starts_with("cut "))).collect()
}

/// Masking alone is quick, so that all documents are tried in every run: what is masked can be shown nowhere.
#[test]
fn credentials_are_masked_in_documents_broken_in_all_ways() {
    let mut cases = cases(1);
    // The few that are not known where the document is sound are counted elsewhere.
    cases.retain(|case| recall(std::slice::from_ref(case)).0 == 1);
    let all = knowable(&cases);
    let leaks: Vec<String> = all
        .par_iter()
        .filter_map(|(case, (slip, make))| {
            let text = make(&case.text, case.at.clone());
            let part = leak(&masked(&text), &case.secrets)?.to_owned();
            Some(format!("{part}: {}, {slip}: {text}", case.about))
        })
        .collect();
    println!("{} of {} credentials are left", leaks.len(), all.len());
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

fn asks_for_many() -> bool {
    std::env::var("CARDLINT_MANY_SECRETS").is_ok_and(|value| value == "1")
}

/// What the eleven formats say of the texts.
fn reports(texts: &[Checked]) -> Vec<(&'static str, String)> {
    let named = |format: Format| (format.name(), report("agent-card.jsonl", format, texts, false));
    Format::ALL.into_iter().map(named).collect()
}

/// What a command says of a text, on both streams.
fn command(args: &[&str], text: &str) -> String {
    let args = ["cardlint"].iter().chain(args).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    cardlint::cli::run(args, &mut text.as_bytes(), &mut out, &mut err);
    out.extend(err);
    String::from_utf8_lossy(&out).into_owned()
}

/// The outputs that show texts of fixes and migrations.
const CHANGES: [(&str, &[&str]); 2] = [
    ("fix --diff", &["fix", "--no-config", "--diff", "--unsafe-fixes", "--allow-signed", "--select", "all"]),
    ("migrate --diff", &["migrate", "--to", "1.0", "--diff", "--partial"]),
];

/// What all outputs say of the texts, with the name of each.
fn outputs(texts: &[String], settings: &Settings) -> Vec<(&'static str, String)> {
    let check = |text: &String| lint(Input::named("agent-card.json"), text.clone().into_bytes(), settings);
    let mut outputs = reports(&texts.iter().map(check).collect::<Vec<_>>());
    let (long, lines): (Vec<&String>, Vec<&String>) = texts.iter().partition(|text| text.contains('\n'));
    let lines = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    for (name, args) in CHANGES {
        let named = |file, more: &[&'static str]| [args, &["--stdin-filename", file], more, &["-"]].concat();
        outputs.push((name, command(&named("agent-card.jsonl", &["--jsonl"]), &lines)));
        outputs.extend(long.iter().map(|text| (name, command(&named("agent-card.json", &[]), text))));
    }
    outputs
}

#[test]
fn no_output_shows_a_credential() {
    /// How many documents are checked in one run.
    const MANY: usize = 32;
    let step = if asks_for_many() { 11 } else { 149 };
    let mut cases = cases(1);
    // The few that are not known where the document is sound are counted elsewhere.
    cases.retain(|case| recall(std::slice::from_ref(case)).0 == 1);
    let chosen: Vec<_> = knowable(&cases).into_iter().step_by(step).collect();
    let mut selection = cardlint::lint::Selection::default();
    selection.switch("all", true).unwrap();
    let settings = Settings { selection, ..Settings::default() };
    let leaks: Vec<String> = chosen
        .par_chunks(MANY)
        .flat_map_iter(|chosen| {
            let texts: Vec<String> =
                chosen.iter().map(|(case, (_, make))| make(&case.text, case.at.clone())).collect();
            let parts: Vec<(usize, &str)> = chosen
                .iter()
                .enumerate()
                .flat_map(|(index, (case, _))| parts(&case.secrets).map(move |part| (index, part)))
                .collect();
            let search = AhoCorasick::new(parts.iter().map(|(_, part)| part)).unwrap();
            let mut shown = BTreeMap::new();
            for (name, output) in outputs(&texts, &settings) {
                if let Some(found) = search.find(&output) {
                    let (index, part) = parts[found.pattern().as_usize()];
                    let ((case, (slip, _)), text) = (&chosen[index], &texts[index]);
                    shown
                        .entry(index)
                        .or_insert(format!("{name} shows {part}: {}, {slip}: {text}", case.about));
                }
            }
            shown.into_values()
        })
        .collect();
    println!("{} of {} documents are shown", leaks.len(), chosen.len());
    let some = leaks.join("\n");
    assert!(leaks.is_empty(), "{} of {}\n{some}", leaks.len(), chosen.len());
}

/// Configuration and baselines come from the same strangers as documents.
#[test]
fn errors_of_configuration_and_baselines_show_no_credential() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("agent-card.json"), "{\"name\": \"Tides\"}").unwrap();
    let mut lots = Lots::new(13);
    for (index, text) in [
        "apiKey = \"@\"",
        "apiKey = @",
        "select = [\"@\"]",
        "[[allow]]\nrule = \"@\"\nreason = \"@\"",
        "[@]",
        "@",
        "exclude = [\"[@\"]",
        "{\"apiKey\": \"@\"}",
        "fail-on = \"@\"",
        "[[allow]]\nrule = \"wrong-type\"\nreason = \"token @\"\nexpires = \"@\"",
        "[[per-file]]\nfiles = \"@\"",
        "{\"version\": \"@\"}",
        "{\"version\": 1, \"findings\": \"@\"}",
        "{\"version\": 1, \"findings\": [{\"path\": 1, \"@\": \"@\"}]}",
    ]
    .into_iter()
    .enumerate()
    {
        for pattern in ["ghp_{A36}", "sk-proj-{U40}"] {
            let drawn = credential(pattern, &mut lots);
            let name = format!("{index}.toml");
            std::fs::write(path(&name), text.replace('@', &drawn.text)).unwrap();
            let card = path("agent-card.json");
            for format in ["human", "concise", "json"] {
                for args in [
                    vec!["check", "--config", &path(&name), "--format", format, &card],
                    vec!["check", "--no-config", "--baseline", &path(&name), "--format", format, &card],
                    vec!["check", "--config", &path(&name), "--show-settings", &card],
                ] {
                    let said = command(&args, "");
                    assert_eq!(leak(&said, &drawn.secrets), None, "{args:?} on {text}: {said}");
                }
            }
        }
    }
}
