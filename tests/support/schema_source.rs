//! Renders the bundled schemas from the tables under `schemas/source/`.
//!
//! A table is tab-separated with a heading line. Columns that name editions (A2A versions, Graph modes) hold
//! `*` for all of them, one edition, or `first..last`; an empty cell means none.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

const ID_BASE: &str = "https://github.com/cardlint/cardlint/schemas/";
const A2A_VERSIONS: [&str; 10] =
    ["0.1.0", "0.2.0", "0.2.1", "0.2.2", "0.2.4", "0.2.5", "0.2.6", "0.3.0", "0.3.0-protojson", "1.0"];
const GRAPH_MODES: [&str; 3] = ["create", "update", "response"];
/// Keywords that the last column of the member tables may hold, in the order in which they are printed.
const ANNOTATIONS: [&str; 5] = ["enum", "format", "default", "examples", "deprecated"];

/// The folder that holds the schemas.
pub(crate) fn schemas_dir() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// Path below `schemas/` and text of every schema.
pub(crate) fn render_all() -> Vec<(String, String)> {
    let families: BTreeMap<&str, Family> = [
        ("a2a", Family::read("a2a", &A2A_VERSIONS, false)),
        ("graph", Family::read("graph", &GRAPH_MODES, true)),
    ]
    .into();
    Row::read("documents.tsv")
        .iter()
        .map(|document| {
            let edition = families[document.get("family")].edition(document.get("edition"));
            let text =
                serde_json::to_string_pretty(&edition.document(document)).expect("a tree can be printed");
            (document.get("file").to_owned(), text + "\n")
        })
        .collect()
}

/// JSON whose members keep the order in which they were written.
enum Node {
    Leaf(Value),
    List(Vec<Node>),
    Map(Members),
}

type Members = Vec<(String, Node)>;

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leaf(value) => value.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
            Self::Map(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, node) in members {
                    map.serialize_entry(name, node)?;
                }
                map.end()
            }
        }
    }
}

fn entry(name: &str, node: Node) -> (String, Node) {
    (name.to_owned(), node)
}

fn leaf(name: &str, value: impl Into<Value>) -> (String, Node) {
    entry(name, Node::Leaf(value.into()))
}

fn map(name: &str, members: Members) -> (String, Node) {
    entry(name, Node::Map(members))
}

fn list(name: &str, items: Vec<Members>) -> (String, Node) {
    entry(name, Node::List(items.into_iter().map(Node::Map).collect()))
}

fn reference(name: &str) -> (String, Node) {
    leaf("$ref", format!("#/$defs/{name}"))
}

/// One line of a table.
struct Row(BTreeMap<String, String>);

impl Row {
    fn read(file: &str) -> Vec<Self> {
        let path = schemas_dir().join("source").join(file);
        let text = fs::read_to_string(&path).expect("the table can be read");
        let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let heading = lines.next().expect("the table has a heading");
        lines
            .map(|cells| {
                assert_eq!(cells.len(), heading.len(), "{file}: {cells:?}");
                Self(heading.iter().cloned().zip(cells).collect())
            })
            .collect()
    }

    fn get(&self, column: &str) -> &str {
        &self.0[column]
    }

    fn words(&self) -> Members {
        vec![leaf("title", self.get("title")), leaf("description", self.get("description"))]
    }
}

/// All editions of one kind of documents.
struct Family {
    editions: &'static [&'static str],
    closed: bool,
    objects: Vec<Row>,
    members: Vec<Row>,
}

impl Family {
    fn read(name: &str, editions: &'static [&'static str], closed: bool) -> Self {
        let objects = Row::read(&format!("{name}-objects.tsv"));
        let members = Row::read(&format!("{name}-members.tsv"));
        Self { editions, closed, objects, members }
    }

    fn position(&self, edition: &str) -> usize {
        let found = self.editions.iter().position(|&known| known == edition);
        found.unwrap_or_else(|| panic!("unknown edition {edition:?}"))
    }

    fn edition(&self, name: &str) -> Edition<'_> {
        Edition { family: self, number: self.position(name) }
    }
}

/// One version or mode of a family.
struct Edition<'a> {
    family: &'a Family,
    number: usize,
}

impl<'a> Edition<'a> {
    fn within(&self, range: &str) -> bool {
        match range.split_once("..") {
            Some((first, last)) => {
                (self.family.position(first)..=self.family.position(last)).contains(&self.number)
            }
            None => range == "*" || (!range.is_empty() && self.family.position(range) == self.number),
        }
    }

    fn object(&self, name: &str) -> &'a Row {
        let mut found =
            self.family.objects.iter().filter(|row| row.get("object") == name && self.within(row.get("in")));
        let object = found.next().unwrap_or_else(|| panic!("no object {name} in edition {}", self.number));
        assert!(found.next().is_none(), "two objects {name} in edition {}", self.number);
        object
    }

    fn members(&self, object: &str) -> Vec<&'a Row> {
        let mut members: Vec<&Row> = Vec::new();
        for row in &self.family.members {
            if row.get("object") == object && self.within(row.get("in")) {
                let again = members.iter().any(|other| other.get("member") == row.get("member"));
                assert!(!again, "{object}.{} twice in edition {}", row.get("member"), self.number);
                members.push(row);
            }
        }
        members
    }

    fn document(&self, document: &Row) -> Node {
        let mut root = vec![
            leaf("$schema", "https://json-schema.org/draft/2020-12/schema"),
            leaf("$id", format!("{ID_BASE}{}", document.get("file"))),
        ];
        root.extend(document.words());
        root.push(reference(document.get("root")));
        root.push(map("$defs", self.definitions(document.get("root"))));
        Node::Map(root)
    }

    /// The root object and every one that it leads to, in the order of the table of objects.
    fn definitions(&self, root: &str) -> Members {
        let mut reached = vec![root.to_owned()];
        let mut next = 0;
        while next < reached.len() {
            for name in self.neighbours(&reached[next]) {
                if !reached.contains(&name) {
                    reached.push(name);
                }
            }
            next += 1;
        }
        let here = self.family.objects.iter().filter(|row| self.within(row.get("in")));
        here.map(|row| row.get("object"))
            .filter(|name| reached.iter().any(|other| other == name))
            .map(|name| map(name, self.definition(name)))
            .collect()
    }

    fn neighbours(&self, object: &str) -> Vec<String> {
        let variants = self.variants(self.object(object)).into_iter().map(str::to_owned);
        let members = self.members(object).into_iter().filter_map(|row| object_named_by(row.get("type")));
        members.chain(variants).collect()
    }

    fn variants(&self, object: &'a Row) -> Vec<&'a str> {
        object.get("form").strip_prefix("tagged ").map(|names| names.split(' ').collect()).unwrap_or_default()
    }

    fn definition(&self, name: &str) -> Members {
        let object = self.object(name);
        let members = self.members(name);
        let mut definition = object.words();
        definition.push(leaf("type", "object"));
        let properties =
            members.iter().map(|row| map(row.get("member"), self.property(object, row))).collect();
        definition.push(map("properties", properties));
        let required: Vec<&str> = members
            .iter()
            .filter(|row| self.within(row.get("required")))
            .map(|row| row.get("member"))
            .collect();
        if !required.is_empty() {
            definition.push(leaf("required", required));
        }
        match object.get("form") {
            "plain" if self.family.closed => definition.extend(closed()),
            "plain" => {}
            "one-of" => definition.extend(exactly_one(&members)),
            _ => definition.push(list("allOf", self.variant_choice(object))),
        }
        definition
    }

    fn property(&self, object: &'a Row, row: &Row) -> Members {
        let mut property = row.words();
        let shape = row.get("type");
        if shape == "tag" {
            property.push(leaf("type", "string"));
            property.push(leaf("enum", self.tags(object)));
        } else if self.within(row.get("null")) {
            property.extend(nullable(self.shape(shape)));
        } else {
            property.extend(self.shape(shape));
        }
        if self.within(row.get("nonempty")) {
            property.push(leaf(if shape.starts_with('[') { "minItems" } else { "minLength" }, 1));
        }
        property.extend(annotations(row));
        property
    }

    /// The keywords for a type of the tables: `string`, `boolean`, `object` (any members), `const VALUE`, `[T]`
    /// for an array, `{T}` for a map, or the name of an object.
    fn shape(&self, shape: &str) -> Members {
        if let Some(items) = enclosed(shape, '[', ']') {
            return vec![leaf("type", "array"), map("items", self.shape(items))];
        }
        if let Some(values) = enclosed(shape, '{', '}') {
            let mut dictionary = vec![leaf("type", "object")];
            if self.family.closed {
                dictionary.push(odata_annotations());
            }
            dictionary.push(map("additionalProperties", self.shape(values)));
            return dictionary;
        }
        match shape {
            "string" | "boolean" => vec![leaf("type", shape)],
            "object" => vec![leaf("type", "object"), leaf("additionalProperties", true)],
            _ => match shape.strip_prefix("const ") {
                Some(value) => vec![leaf("const", value)],
                None => vec![reference(self.object(shape).get("object"))],
            },
        }
    }

    fn tag(&self, variant: &str) -> &'a str {
        let members = self.members(variant);
        let mut tags = members.iter().filter_map(|row| row.get("type").strip_prefix("const "));
        tags.next().unwrap_or_else(|| panic!("{variant} has no constant"))
    }

    fn tags(&self, object: &'a Row) -> Vec<&'a str> {
        self.variants(object).into_iter().map(|variant| self.tag(variant)).collect()
    }

    fn variant_choice(&self, object: &'a Row) -> Vec<Members> {
        let choose = |variant: &&'a str| {
            let tagged = map("type", vec![leaf("const", self.tag(variant))]);
            let condition =
                vec![leaf("type", "object"), map("properties", vec![tagged]), leaf("required", vec!["type"])];
            vec![map("if", condition), map("then", vec![reference(variant)])]
        };
        self.variants(object).iter().map(choose).collect()
    }
}

fn enclosed(shape: &str, open: char, close: char) -> Option<&str> {
    shape.strip_prefix(open)?.strip_suffix(close)
}

fn object_named_by(shape: &str) -> Option<String> {
    let name = shape.trim_matches(['[', ']', '{', '}']);
    let plain = matches!(name, "string" | "boolean" | "object" | "tag") || name.starts_with("const ");
    (!plain).then(|| name.to_owned())
}

/// Lets a shape be null too: by its `type`, or around its reference.
fn nullable(shape: Members) -> Members {
    let mut widened = Vec::new();
    for (keyword, node) in shape {
        match (keyword.as_str(), node) {
            ("type", Node::Leaf(name)) => widened.push(leaf("type", vec![name, "null".into()])),
            ("$ref", node) => {
                widened.push(map("if", vec![leaf("type", "null")]));
                widened.push(map("else", vec![(keyword, node)]));
            }
            (_, node) => widened.push((keyword, node)),
        }
    }
    widened
}

fn odata_annotations() -> (String, Node) {
    map("patternProperties", vec![leaf("@", true)])
}

fn closed() -> Members {
    vec![odata_annotations(), leaf("additionalProperties", false)]
}

/// Asks for one member or another, and refuses every later one beside an earlier one.
fn exactly_one(members: &[&Row]) -> Members {
    let names: Vec<&str> = members.iter().map(|row| row.get("member")).collect();
    // Strict validators want a required member to be declared in the same place.
    let alternative =
        |name: &&str| vec![map("properties", vec![leaf(name, true)]), leaf("required", vec![*name])];
    let alternatives = names.iter().map(alternative).collect();
    let exclusions = names[..names.len() - 1].iter().enumerate().map(|(index, name)| {
        let later = names[index + 1..].iter().map(|other| leaf(other, false)).collect();
        map(name, vec![map("properties", later)])
    });
    vec![list("anyOf", alternatives), map("dependentSchemas", exclusions.collect())]
}

fn annotations(row: &Row) -> Members {
    let mut keywords: BTreeMap<String, Value> =
        serde_json::from_str(row.get("keywords")).expect("the keywords are a JSON object");
    let printed =
        ANNOTATIONS.iter().filter_map(|name| keywords.remove(*name).map(|value| leaf(name, value))).collect();
    assert!(keywords.is_empty(), "unexpected keywords {keywords:?}");
    printed
}
