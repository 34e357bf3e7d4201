//! Single changes to a document, derived from the JSON Schema (draft-07) that describes it.
//!
//! The schema is walked together with the largest instance that it allows. Every keyword met on the way yields the
//! changes that it might accept or refuse; which of the two is left to the validators.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Keywords that no instance can violate or use.
const WORDS: [&str; 3] = ["title", "description", "examples"];

/// One change, and the schema keyword that asked for it.
pub(crate) struct Mutation {
    pub(crate) definition: String,
    pub(crate) keyword: &'static str,
    edit: Edit,
}

enum Edit {
    Put { parent: String, key: String, value: Value },
    Remove { parent: String, key: String },
    Rename { parent: String, from: String, to: String },
    Replace { pointer: String, value: Value },
}

impl Mutation {
    /// The base document with this change in it.
    pub(crate) fn apply(&self, base: &Value) -> Value {
        let mut changed = base.clone();
        let mut at = |pointer: &str, change: &dyn Fn(&mut Map<String, Value>)| {
            let target = changed.pointer_mut(pointer).expect("the change fits its base");
            change(target.as_object_mut().expect("an object is changed"));
        };
        match &self.edit {
            Edit::Put { parent, key, value } => at(parent, &|members| {
                members.insert(key.clone(), value.clone());
            }),
            Edit::Remove { parent, key } => at(parent, &|members| {
                members.remove(key);
            }),
            Edit::Rename { parent, from, to } => at(parent, &|members| {
                let value = members.remove(from).expect("the member is there");
                members.insert(to.clone(), value);
            }),
            Edit::Replace { pointer, value } => {
                *changed.pointer_mut(pointer).expect("the change fits its base") = value.clone();
            }
        }
        changed
    }
}

/// A schema whose definitions are walked from one of them.
pub(crate) struct Walk<'a> {
    schema: &'a Value,
    root: &'a str,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(schema: &'a Value, root: &'a str) -> Self {
        Self { schema, root }
    }

    /// The definitions that the root leads to, itself included, with the keywords that they use.
    pub(crate) fn keywords(&self) -> BTreeSet<(String, String)> {
        let mut found = BTreeSet::new();
        for name in self.names() {
            collect_keywords(self.node(name), name, &mut found);
        }
        found
    }

    /// An instance with every member that the schema knows.
    pub(crate) fn maximal(&self) -> Value {
        self.instance(self.node(self.root))
    }

    /// Every change that the schema suggests for the maximal instance.
    pub(crate) fn mutations(&self) -> Vec<Mutation> {
        let mut collector = Collector { walk: self, mutations: Vec::new() };
        collector.visit(self.node(self.root), &self.maximal(), "", self.root);
        collector.mutations
    }

    fn node(&self, reference: &str) -> &'a Value {
        self.schema.pointer(reference.trim_start_matches('#')).expect("the reference leads somewhere")
    }

    fn names(&self) -> Vec<&'a str> {
        let mut names = vec![self.root];
        let mut next = 0;
        while next < names.len() {
            for name in references(self.node(names[next])) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            next += 1;
        }
        names
    }

    fn instance(&self, node: &Value) -> Value {
        if let Some(reference) = node["$ref"].as_str() {
            return self.instance(self.node(reference));
        }
        if let Some(variants) = node["anyOf"].as_array() {
            return self.instance(&variants[0]);
        }
        if let Some(constant) = node.get("const") {
            return constant.clone();
        }
        if let Some(choices) = node["enum"].as_array() {
            return choices[0].clone();
        }
        match node["type"].as_str() {
            Some("string") => json!("text"),
            Some("boolean") => json!(true),
            Some("array") => json!([self.instance(&node["items"])]),
            Some("object") => Value::Object(self.object(node)),
            None => json!({"anything": [1, null]}),
            Some(other) => panic!("no instance for type {other}"),
        }
    }

    fn object(&self, node: &Value) -> Map<String, Value> {
        if let Some(properties) = node["properties"].as_object() {
            return properties.iter().map(|(name, member)| (name.clone(), self.instance(member))).collect();
        }
        let variants = self.variants(&node["additionalProperties"]);
        let entries = variants.into_iter().enumerate();
        entries.map(|(index, variant)| (format!("entry{index}"), self.instance(variant))).collect()
    }

    /// The alternatives of a union, or the schema itself.
    fn variants<'n>(&'n self, node: &'n Value) -> Vec<&'n Value> {
        if let Some(reference) = node["$ref"].as_str() {
            let target = self.node(reference);
            return if target.get("anyOf").is_some() { self.variants(target) } else { vec![node] };
        }
        node["anyOf"].as_array().map_or_else(|| vec![node], |variants| variants.iter().collect())
    }
}

fn references(node: &Value) -> Vec<&str> {
    match node {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| match value.as_str() {
                Some(target) if name == "$ref" => vec![target],
                _ => references(value),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn collect_keywords(node: &Value, definition: &str, found: &mut BTreeSet<(String, String)>) {
    for (keyword, value) in node.as_object().into_iter().flatten() {
        if WORDS.contains(&keyword.as_str()) {
            continue;
        }
        found.insert((definition.to_owned(), keyword.clone()));
        match keyword.as_str() {
            "properties" => {
                for member in value.as_object().into_iter().flatten().map(|(_, member)| member) {
                    collect_keywords(member, definition, found);
                }
            }
            "items" | "additionalProperties" => collect_keywords(value, definition, found),
            _ => {}
        }
    }
}

struct Collector<'w> {
    walk: &'w Walk<'w>,
    mutations: Vec<Mutation>,
}

impl Collector<'_> {
    fn add(&mut self, definition: &str, keyword: &'static str, edit: Edit) {
        self.mutations.push(Mutation { definition: definition.to_owned(), keyword, edit });
    }

    fn replace(&mut self, definition: &str, keyword: &'static str, pointer: &str, values: Vec<Value>) {
        for value in values {
            self.add(definition, keyword, Edit::Replace { pointer: pointer.to_owned(), value });
        }
    }

    fn put(&mut self, definition: &str, keyword: &'static str, parent: &str, key: &str, values: Vec<Value>) {
        for value in values {
            self.add(
                definition,
                keyword,
                Edit::Put { parent: parent.to_owned(), key: key.to_owned(), value },
            );
        }
    }

    fn visit(&mut self, node: &Value, value: &Value, pointer: &str, definition: &str) {
        if let Some(reference) = node["$ref"].as_str() {
            self.visit_reference(reference, value, pointer, definition);
        } else if node.get("anyOf").is_some() {
            self.visit_union(node, value, pointer, definition);
        } else {
            self.visit_value(node, value, pointer, definition);
        }
    }

    fn visit_reference(&mut self, reference: &str, value: &Value, pointer: &str, definition: &str) {
        let mut others = vec![json!({})];
        others.extend(self.walk.names().into_iter().map(|name| self.walk.instance(self.walk.node(name))));
        self.replace(definition, "$ref", pointer, others);
        self.visit(self.walk.node(reference), value, pointer, reference);
    }

    fn visit_union(&mut self, node: &Value, value: &Value, pointer: &str, definition: &str) {
        let variants: Vec<Value> =
            self.walk.variants(node).into_iter().map(|variant| self.walk.instance(variant)).collect();
        self.replace(definition, "anyOf", pointer, variants.clone());
        for left in &variants {
            let mixed = variants.iter().map(|right| mix(left, right)).collect();
            self.replace(definition, "anyOf", pointer, mixed);
        }
        let chosen = variants.iter().position(|variant| variant == value).expect("the instance is a variant");
        let variant = self.walk.variants(node)[chosen].clone();
        let name = variant["$ref"].as_str().expect("a variant is a reference").to_owned();
        self.put(
            &name,
            "const",
            pointer,
            "type",
            variants.iter().map(|other| other["type"].clone()).collect(),
        );
        self.visit(self.walk.node(&name), value, pointer, &name);
    }

    fn visit_value(&mut self, node: &Value, value: &Value, pointer: &str, definition: &str) {
        if let Some(kind) = node["type"].as_str() {
            self.replace(definition, "type", pointer, of_each_type());
            if kind == "string" {
                self.replace(definition, "type", pointer, strings());
            }
        }
        if let Some(constant) = node.get("const") {
            self.replace(definition, "const", pointer, variations(constant));
        }
        for choice in node["enum"].as_array().into_iter().flatten() {
            self.replace(definition, "enum", pointer, variations(choice));
        }
        if let Some(default) = node.get("default") {
            self.replace(definition, "default", pointer, vec![default.clone()]);
        }
        if let Some(items) = value.as_array() {
            self.visit_array(&node["items"], items, pointer, definition);
        }
        match (value.as_object(), node["properties"].as_object()) {
            (Some(members), Some(properties)) => {
                self.visit_object(node, properties, members, pointer, definition)
            }
            (Some(members), None) if node.get("additionalProperties").is_some() => {
                self.visit_map(&node["additionalProperties"], members, pointer, definition);
            }
            _ => {}
        }
    }

    fn visit_array(&mut self, schema: &Value, items: &[Value], pointer: &str, definition: &str) {
        let first = &items[0];
        let mut arrays = vec![json!([]), json!([first, first]), json!([first, first, first])];
        arrays.extend(of_each_type().into_iter().map(|other| json!([first, other])));
        self.replace(definition, "items", pointer, arrays);
        self.visit(schema, first, &format!("{pointer}/0"), definition);
    }

    fn visit_object(
        &mut self,
        node: &Value,
        properties: &Map<String, Value>,
        members: &Map<String, Value>,
        pointer: &str,
        definition: &str,
    ) {
        self.put(definition, "properties", pointer, "unknownMember", of_each_type());
        for (name, member) in properties {
            let parent = || pointer.to_owned();
            let required =
                node["required"].as_array().into_iter().flatten().any(|other| other == name.as_str());
            let keyword = if required { "required" } else { "properties" };
            self.add(definition, keyword, Edit::Remove { parent: parent(), key: name.clone() });
            for to in [name.to_uppercase(), format!("{name}s"), snake_case(name)] {
                self.add(definition, keyword, Edit::Rename { parent: parent(), from: name.clone(), to });
            }
            self.visit(member, &members[name], &format!("{pointer}/{name}"), definition);
        }
    }

    fn visit_map(&mut self, schema: &Value, members: &Map<String, Value>, pointer: &str, definition: &str) {
        self.replace(definition, "additionalProperties", pointer, vec![json!({})]);
        self.put(definition, "additionalProperties", pointer, "another", of_each_type());
        for (name, value) in members {
            for key in ["another", "", "with space", "type", "ключ"] {
                self.put(definition, "additionalProperties", pointer, key, vec![value.clone()]);
            }
            self.visit(schema, value, &format!("{pointer}/{name}"), definition);
        }
    }
}

fn of_each_type() -> Vec<Value> {
    vec![json!(null), json!(false), json!(0), json!(-1.5), json!("other"), json!([]), json!({}), json!([{}])]
}

fn strings() -> Vec<Value> {
    let texts = ["", " ", "null", "1.0", "https://example.com/a?b=c#d", "not a url", "жук 🐞", "\u{0}\n\"\\"];
    texts.into_iter().map(Value::from).collect()
}

/// A string and spellings near it.
fn variations(value: &Value) -> Vec<Value> {
    let text = value.as_str().expect("choices are strings");
    vec![
        json!(text),
        json!(text.to_uppercase()),
        json!(format!("{text} ")),
        json!([text]),
        json!(text.to_lowercase()),
    ]
}

/// The members of both; where both have one, that of the left.
fn mix(left: &Value, right: &Value) -> Value {
    let mut mixed = right.clone();
    for (name, value) in left.as_object().into_iter().flatten() {
        mixed[name] = value.clone();
    }
    mixed
}

fn snake_case(name: &str) -> String {
    name.chars().fold(String::new(), |mut snake, letter| {
        if letter.is_uppercase() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
        snake
    })
}
