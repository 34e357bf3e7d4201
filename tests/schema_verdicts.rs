//! The schemas of A2A 0.1.0 to 0.3.0 say "valid" exactly where the official ones do, but for the rows of `ACCEPTED`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

#[path = "support/mutations.rs"]
mod mutations;
mod support;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use jsonschema::{ValidationError, Validator};
use mutations::Walk;
use serde_json::{Value, json};

/// Official release, and the file that describes it here.
const VERSIONS: [(&str, &str); 9] = [
    ("0.1.0", "0.1.0"),
    ("0.2.0", "0.2.0"),
    ("0.2.1", "0.2.1"),
    ("0.2.2", "0.2.2"),
    ("0.2.3", "0.2.2"),
    ("0.2.4", "0.2.4"),
    ("0.2.5", "0.2.5"),
    ("0.2.6", "0.2.6"),
    ("0.3.0", "0.3.0"),
];

/// A place at which the official schema refuses what ours lets pass.
struct Accepted {
    version: &'static str,
    /// The official schema of the member concerned.
    path: &'static str,
    /// The only value there that may make the difference.
    value: Value,
    reason: &'static str,
}

const NULLABLE: &str =
    "the 0.1.0 text writes every optional member as `T | null`; its schema forgot the null";

fn accepted() -> Vec<Accepted> {
    let null = |path| Accepted { version: "0.1.0", path, value: Value::Null, reason: NULLABLE };
    vec![
        null("#/$defs/AgentCard/properties/description"),
        null("#/$defs/AgentCard/properties/provider"),
        null("#/$defs/AgentCard/properties/documentationUrl"),
        null("#/$defs/AgentCard/properties/authentication"),
        null("#/$defs/AgentCard/properties/defaultInputModes"),
        null("#/$defs/AgentCard/properties/defaultOutputModes"),
        null("#/$defs/AgentProvider/properties/url"),
        null("#/$defs/AgentCapabilities/properties/streaming"),
        null("#/$defs/AgentCapabilities/properties/pushNotifications"),
        null("#/$defs/AgentCapabilities/properties/stateTransitionHistory"),
        null("#/$defs/AgentAuthentication/properties/credentials"),
        null("#/$defs/AgentSkill/properties/description"),
        null("#/$defs/AgentSkill/properties/tags"),
        null("#/$defs/AgentSkill/properties/examples"),
        null("#/$defs/AgentSkill/properties/inputModes"),
        null("#/$defs/AgentSkill/properties/outputModes"),
    ]
}

#[test]
fn verdicts_equal_those_of_the_official_schemas() {
    let Some(shared) = support::shared() else { return };
    let documents = documents(&shared);
    assert!(documents.len() > 200, "only {} documents", documents.len());
    let mut run = Run::default();
    let mut total = Counts::default();
    println!("version  documents mutations (valid)  valid invalid  agree accepted");
    for (version, file) in VERSIONS {
        let pair = Pair::read(&shared, version, file);
        let counts = run.documents(&pair, &documents).plus(&run.mutations(&pair));
        counts.print(version);
        total = total.plus(&counts);
    }
    total.print("all");
    let wrong = &run.disagreements;
    assert!(wrong.is_empty(), "{} disagreements: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    assert!(total.mutations >= 2_000, "{} mutations", total.mutations);
    assert!(total.valid_mutations * 100 >= total.mutations * 30, "{} are valid", total.valid_mutations);
    run.check_accepted();
}

/// What one test run has seen.
#[derive(Default)]
struct Run {
    /// How many documents and how many mutations each accepted difference decided, by its path.
    document_hits: BTreeMap<&'static str, usize>,
    mutation_hits: BTreeMap<&'static str, usize>,
    disagreements: Vec<String>,
}

impl Run {
    fn documents(&mut self, pair: &Pair, documents: &[(PathBuf, Value)]) -> Counts {
        let mut counts = Counts::default();
        for (path, document) in documents {
            let verdict = pair.compare(document);
            counts.documents += 1;
            counts.add(&verdict);
            count_hits(&verdict, &mut self.document_hits);
            self.note(&verdict, || format!("{} {}", pair.version, path.display()));
        }
        counts
    }

    /// Compares the verdicts on every change that the official schema suggests; changes with one result count once.
    fn mutations(&mut self, pair: &Pair) -> Counts {
        let walk = Walk::new(&pair.schema, &pair.card);
        let base = walk.maximal();
        assert!(pair.official.is_valid(&base) && pair.ours.is_valid(&base), "{}: {base:#}", pair.version);
        let mut counts = Counts::default();
        let mut met = BTreeSet::new();
        let mut seen = BTreeSet::from([base.to_string()]);
        for mutation in walk.mutations() {
            let document = mutation.apply(&base);
            met.insert((mutation.definition.clone(), mutation.keyword.to_owned()));
            if !seen.insert(document.to_string()) {
                continue;
            }
            let verdict = pair.compare(&document);
            counts.mutations += 1;
            counts.valid_mutations += usize::from(verdict.official);
            counts.add(&verdict);
            count_hits(&verdict, &mut self.mutation_hits);
            let place =
                || format!("{} {} {} {document}", pair.version, mutation.definition, mutation.keyword);
            self.note(&verdict, place);
        }
        let missed: Vec<_> = walk.keywords().difference(&met).cloned().collect();
        assert!(missed.is_empty(), "{}: no mutation for {missed:?}", pair.version);
        counts
    }

    fn note(&mut self, verdict: &Verdict, document: impl Fn() -> String) {
        if matches!(verdict.outcome, Outcome::Disagree) {
            self.disagreements.push(format!("{}: official {}", document(), verdict.official));
        }
    }

    fn check_accepted(&self) {
        println!("accepted: version, official schema, value, documents, mutations, reason");
        for row in accepted() {
            let count = |hits: &BTreeMap<&str, usize>| hits.get(row.path).copied().unwrap_or_default();
            let (documents, mutations) = (count(&self.document_hits), count(&self.mutation_hits));
            println!("{} {} {} {documents} {mutations} {}", row.version, row.path, row.value, row.reason);
            assert!(mutations > 0, "no mutation shows the difference at {}", row.path);
        }
    }
}

fn count_hits(verdict: &Verdict, hits: &mut BTreeMap<&'static str, usize>) {
    if let Outcome::Accepted(paths) = &verdict.outcome {
        for path in paths {
            *hits.entry(path).or_default() += 1;
        }
    }
}

#[derive(Default)]
struct Counts {
    documents: usize,
    mutations: usize,
    valid_mutations: usize,
    valid: usize,
    agree: usize,
    accepted: usize,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        self.valid += usize::from(verdict.official);
        self.agree += usize::from(matches!(verdict.outcome, Outcome::Agree));
        self.accepted += usize::from(matches!(verdict.outcome, Outcome::Accepted(_)));
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            mutations: self.mutations + other.mutations,
            valid_mutations: self.valid_mutations + other.valid_mutations,
            valid: self.valid + other.valid,
            agree: self.agree + other.agree,
            accepted: self.accepted + other.accepted,
        }
    }

    fn print(&self, version: &str) {
        let Self { documents, mutations, valid_mutations, valid, agree, accepted } = self;
        let invalid = documents + mutations - valid;
        println!(
            "{version:8} {documents:>9} {mutations:>9} {valid_mutations:>7} {valid:>6} {invalid:>7} {agree:>6} {accepted:>8}"
        );
    }
}

struct Verdict {
    official: bool,
    outcome: Outcome,
}

enum Outcome {
    Agree,
    /// They differ, but only at these accepted places.
    Accepted(BTreeSet<&'static str>),
    Disagree,
}

/// The official schema of a version and ours.
struct Pair {
    version: &'static str,
    schema: Value,
    card: String,
    official: Validator,
    ours: Validator,
}

impl Pair {
    fn read(shared: &Path, version: &'static str, file: &str) -> Self {
        let mut schema = read_json(&shared.join(format!("reference/a2a-v{version}.json"))).expect("a schema");
        let definitions = if schema.get("$defs").is_some() { "$defs" } else { "definitions" };
        let card = format!("#/{definitions}/AgentCard");
        schema["$ref"] = json!(card);
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/a2a/{file}.json"));
        let ours = read_json(&ours).expect("a schema");
        let (official, ours) = (validator(&schema), validator(&ours));
        Self { version, schema, card, official, ours }
    }

    fn compare(&self, document: &Value) -> Verdict {
        let official = self.official.is_valid(document);
        if official == self.ours.is_valid(document) {
            return Verdict { official, outcome: Outcome::Agree };
        }
        let places = self.official.iter_errors(document).map(|error| self.accepted_at(&error));
        let outcome = match places.collect::<Option<BTreeSet<_>>>() {
            Some(places) if !official => Outcome::Accepted(places),
            _ => Outcome::Disagree,
        };
        Verdict { official, outcome }
    }

    fn accepted_at(&self, error: &ValidationError<'_>) -> Option<&'static str> {
        let path = self.member_schema(error.evaluation_path().as_str());
        let rows = accepted();
        let mut fitting = rows.iter().filter(|row| row.version == self.version && row.path == path);
        fitting.find(|row| row.value == **error.instance()).map(|row| row.path)
    }

    /// The schema of the innermost member that a path through the references of the official schema leads to.
    fn member_schema(&self, evaluation_path: &str) -> String {
        let mut here = "#".to_owned();
        let mut member = String::new();
        for step in evaluation_path.split('/').skip(1) {
            here = format!("{here}/{step}");
            if step == "$ref" {
                let target = self.schema.pointer(&here[1..]).and_then(Value::as_str);
                here = target.expect("a reference").to_owned();
            } else if here.ends_with(&format!("/properties/{step}")) {
                member.clone_from(&here);
            }
        }
        member
    }
}

fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).expect("the schema compiles")
}

fn read_json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Every JSON document of the corpus and of the examples, whatever it describes.
fn documents(shared: &Path) -> Vec<(PathBuf, Value)> {
    let mut files = Vec::new();
    for folder in ["corpus", "examples"] {
        files_below(&shared.join(folder), &mut files);
    }
    files.sort();
    files.into_iter().filter_map(|path| read_json(&path).map(|document| (path, document))).collect()
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}
