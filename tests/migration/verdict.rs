//! The result of a migration that is written passes the check of its target: over fixtures, generated cards and real ones.

use crate::support::{files_below, fixtures, shared};
use cardlint::diagnostic::Severity;
use cardlint::kind::{Kind, Profile, Version};
use cardlint::lint::{Checked, Input, Settings, lint};
use cardlint::migrate::{Flows, Migrated, Options, Outcome, RestUrl, Target, migrate};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;

/// The targets that are releases of A2A, or both generations.
fn releases() -> impl Iterator<Item = Target> {
    let is_graph =
        |to: &Target| matches!(to, Target::GraphRegistration | Target::GraphInstance | Target::Card);
    Target::ALL.into_iter().filter(move |to| !is_graph(to))
}

/// What is said on the command line in the cases of a test: nothing, and all there is to say.
fn told(to: Target) -> [Options; 2] {
    let schemes = ["ApiKey", "OAuth2", "OpenIDConnect"].map(|name| {
        (name.to_owned(), json!({ "type": "apiKey", "in": "header", "name": "X-Key" }).to_string())
    });
    [
        Options::new(to),
        Options {
            server_speaks: vec!["0.3".to_owned()],
            flows: Some(Flows::Split),
            rest_url: Some(RestUrl::Same),
            fill_empty: true,
            default_modes: vec!["text/plain".to_owned()],
            schemes: schemes.to_vec(),
            ..Options::new(to)
        },
    ]
}

fn check(text: &str) -> Checked {
    lint(Input::named("agent-card.json"), text.as_bytes().to_vec(), &Settings::default())
}

fn run(text: &str, options: &Options) -> Migrated {
    migrate(Input::named("agent-card.json"), text.as_bytes().to_vec(), options)
}

/// Whether a card is what a target asks for.
fn fits(profile: Profile, to: Target) -> bool {
    let Profile::Card(version) = profile else { return false };
    match to {
        Target::Modern => version.modern && version.legacy.is_none(),
        Target::Dual => version.is_mixed(),
        // Before 0.2.5 a card does not say of what release it is.
        Target::Legacy(release) if release < Version::V0_2_5 => !version.modern,
        Target::GraphRegistration | Target::GraphInstance | Target::Card => false,
        Target::Legacy(release) => !version.modern && version.legacy == Some(release),
    }
}

/// Holds a result that was written without a gap against the check, and against a second migration.
fn hold(name: &str, text: &str, options: &Options) -> Migrated {
    let migrated = run(text, options);
    let found = &migrated.checked.diagnostics;
    for one in found {
        let inside = one.span.start <= one.span.end && one.span.end as usize <= text.len();
        assert!(inside && !one.message.is_empty() && !one.help.is_empty(), "{name}: {}", one.message);
    }
    if migrated.has_gaps() {
        return migrated;
    }
    let Outcome::Text(result) = &migrated.outcome else {
        let mut cards = migrated.checked.documents.iter();
        let is_done =
            migrated.outcome == Outcome::Nothing || cards.all(|card| fits(card.profile, options.to));
        assert!(is_done, "{name} is left, and not {}:\n{text}", options.to);
        return migrated;
    };
    let checked = check(result);
    let cards: Vec<_> =
        checked.documents.iter().filter(|document| document.profile.kind() == Kind::A2aCard).collect();
    assert!(!cards.is_empty(), "{name} to {}: no card\n{result}", options.to);
    for card in cards {
        let (pointer, profile) = (&card.pointer, card.profile);
        assert!(fits(profile, options.to), "{name} to {}: {pointer} is {profile:?}\n{result}", options.to);
    }
    let errors: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{}: {} {}", found.rule.id, found.pointer, found.message))
        .collect();
    assert!(errors.is_empty(), "{name} to {}: {errors:#?}\n{result}", options.to);
    let again = run(result, options);
    assert!(!again.has_gaps(), "{name} to {} again: {:?}", options.to, again.checked.diagnostics);
    assert_eq!(again.outcome, Outcome::Same, "{name} to {} again", options.to);
    migrated
}

#[test]
fn fixtures_pass_the_check_after_their_migration() {
    let mut written = 0;
    for path in
        files_below(&fixtures().join("cards")).into_iter().chain(files_below(&fixtures().join("wrapped")))
    {
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for to in releases() {
            for options in told(to) {
                let migrated = hold(&path.display().to_string(), &text, &options);
                written += usize::from(matches!(migrated.outcome, Outcome::Text(_)) && !migrated.has_gaps());
            }
        }
    }
    assert!(written > 200, "{written} were written");
}

#[test]
fn real_cards_pass_the_check_after_their_migration() {
    let Some(shared) = shared() else { return };
    let mut table: BTreeMap<(String, usize), BTreeMap<String, usize>> = BTreeMap::new();
    for path in files_below(&shared.join("corpus/cards")) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for to in [Target::Modern, Target::Legacy(Version::V0_3_0), Target::Dual] {
            for (number, options) in told(to).into_iter().enumerate() {
                let migrated = hold(&path.display().to_string(), &text, &options);
                let counts = table.entry((to.name().to_owned(), number)).or_default();
                let mut count = |what: String| *counts.entry(what).or_default() += 1;
                match migrated.outcome {
                    Outcome::Nothing => count("0 unreadable".to_owned()),
                    _ if migrated.has_gaps() => count("3 with gaps".to_owned()),
                    Outcome::Same => count("1 the same".to_owned()),
                    Outcome::Text(_) => count("2 written".to_owned()),
                }
                if migrated.outcome == Outcome::Nothing {
                    continue;
                }
                let mut rules: Vec<_> = migrated
                    .checked
                    .diagnostics
                    .iter()
                    .map(|found| format!("{} {}", found.severity, found.rule.id))
                    .collect();
                rules.dedup();
                rules.sort();
                rules.dedup();
                rules.into_iter().for_each(|rule| count(format!("files with {rule}")));
            }
        }
    }
    // What the page of migrations says; shown with --nocapture.
    for ((to, number), counts) in table {
        println!("{to} {}", if number == 0 { "with nothing said" } else { "with everything said" });
        counts.iter().for_each(|(what, count)| println!("  {count:4} {what}"));
    }
}

/// A text that needs an escape now and then.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![Just("Tides".to_owned()), Just("d\u{e9}j\u{e0} \"vu\"".to_owned()), "[a-z]{1,8}"]
}

fn url() -> impl Strategy<Value = String> {
    (prop_oneof![Just("a2a"), Just("rpc/v1"), Just("x?y=1")], 0..3u8)
        .prop_map(|(path, host)| format!("https://h{host}.example.com/{path}"))
}

fn flow(names: &'static [&'static str]) -> impl Strategy<Value = (&'static str, Value)> {
    proptest::sample::select(names).prop_flat_map(|name| {
        (Just(name), proptest::bool::ANY).prop_map(|(name, refresh)| {
            let mut flow = Map::new();
            if matches!(name, "authorizationCode" | "implicit") {
                flow.insert("authorizationUrl".to_owned(), json!("https://login.example.com/authorize"));
            }
            if name == "deviceCode" {
                flow.insert("deviceAuthorizationUrl".to_owned(), json!("https://login.example.com/device"));
            }
            if name != "implicit" {
                flow.insert("tokenUrl".to_owned(), json!("https://login.example.com/token"));
            }
            if refresh {
                flow.insert("refreshUrl".to_owned(), json!("https://login.example.com/refresh"));
            }
            flow.insert("scopes".to_owned(), json!({ "read": "r", "write": "w" }));
            (name, Value::Object(flow))
        })
    })
}

const OLD_FLOWS: &[&str] = &["authorizationCode", "clientCredentials", "implicit", "password"];

/// A scheme with one flow, in the flat form of 0.3.0.
fn scheme() -> impl Strategy<Value = Value> {
    let place = proptest::sample::select(&["query", "header", "cookie"][..]);
    let described = |mut scheme: Value, description: Option<String>| {
        if let Some(description) = description {
            scheme["description"] = json!(description);
        }
        scheme
    };
    let bare = prop_oneof![
        place.prop_map(|place| json!({ "type": "apiKey", "in": place, "name": "X-Key" })),
        Just(json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" })),
        flow(OLD_FLOWS).prop_map(|(name, flow)| json!({ "type": "oauth2", "flows": { name: flow } })),
        Just(
            json!({ "type": "openIdConnect", "openIdConnectUrl": "https://login.example.com/.well-known/openid-configuration" })
        ),
        Just(json!({ "type": "mutualTLS" })),
    ];
    (bare, proptest::option::of(words()))
        .prop_map(move |(scheme, description)| described(scheme, description))
}

/// Schemes, and requirements that name them.
fn security() -> impl Strategy<Value = (Map<String, Value>, Vec<Value>)> {
    proptest::collection::btree_map("[a-d]", scheme(), 0..4).prop_flat_map(|schemes| {
        let names: Vec<String> = schemes.keys().cloned().collect();
        let oauth: Vec<bool> = schemes.values().map(|scheme| scheme["type"] == "oauth2").collect();
        let used =
            proptest::collection::vec(proptest::collection::vec(proptest::bool::ANY, names.len()), 0..3);
        used.prop_map(move |rows| {
            let entry = |row: &Vec<bool>| {
                let uses = names.iter().zip(&oauth).zip(row).filter(|(_, used)| **used);
                let uses = uses.map(|((name, oauth), _)| {
                    (name.clone(), if *oauth { json!(["read"]) } else { json!([]) })
                });
                Value::Object(uses.collect())
            };
            let rows = rows.iter().map(entry).filter(|entry| entry != &json!({})).collect();
            (schemes.clone().into_iter().collect(), rows)
        })
    })
}

fn skills(requirements: Vec<Value>) -> impl Strategy<Value = Vec<Value>> {
    let skill = (words(), proptest::option::of(Just(json!(["image/png"]))), proptest::bool::ANY);
    proptest::collection::vec(skill, 1..3).prop_map(move |skills| {
        let with = |(index, (name, modes, secured)): (usize, (String, Option<Value>, bool))| {
            let mut skill =
                json!({ "id": format!("s{index}"), "name": name, "description": "d", "tags": ["t"] });
            if let Some(modes) = modes {
                skill["inputModes"] = modes;
            }
            if secured && !requirements.is_empty() {
                skill["security"] = json!(requirements);
            }
            skill
        };
        skills.into_iter().enumerate().map(with).collect()
    })
}

/// A valid 0.3.0 card.
fn old_card() -> impl Strategy<Value = Value> {
    let transport = || proptest::sample::select(&["JSONRPC", "GRPC", "HTTP+JSON", "com.example.queue"][..]);
    security().prop_flat_map(move |(schemes, requirements)| {
        let more = proptest::collection::vec((url(), transport()), 0..3);
        let flags = proptest::collection::vec(proptest::option::of(proptest::bool::ANY), 5);
        let parts = (words(), url(), transport(), more, flags, skills(requirements.clone()));
        parts.prop_map(move |(name, url, transport, more, flags, skills)| {
            let mut card = json!({
                "protocolVersion": "0.3.0", "name": name, "description": "d", "version": "1.0.0", "url": url,
                "preferredTransport": transport, "capabilities": {}, "defaultInputModes": ["text/plain"],
                "defaultOutputModes": ["application/json"], "skills": skills
            });
            if !more.is_empty() {
                let main = json!({ "url": url, "transport": transport });
                let mut list = vec![main.clone()];
                for (url, transport) in &more {
                    let entry = json!({ "url": url, "transport": transport });
                    // One URL speaks one transport, and each endpoint stands there once.
                    if !list.iter().any(|other| other["url"] == entry["url"]) {
                        list.push(entry);
                    }
                }
                if list.len() > 1 {
                    card["additionalInterfaces"] = json!(list);
                }
            }
            for (name, flag) in ["streaming", "pushNotifications"].iter().zip(&flags) {
                if let Some(flag) = flag {
                    card["capabilities"][*name] = json!(flag);
                }
            }
            if !schemes.is_empty() {
                card["securitySchemes"] = json!(schemes);
            }
            if !requirements.is_empty() {
                card["security"] = json!(requirements);
                if let Some(extended) = flags[2] {
                    card["supportsAuthenticatedExtendedCard"] = json!(extended);
                }
            }
            if flags[3] == Some(true) {
                card["x-dock"] = json!({ "deep": [1, null, 2.5], "security": [] });
                card["provider"] = json!({ "organization": "Harbour", "url": "https://harbour.example.com" });
            }
            card
        })
    })
}

/// A valid 1.0 card: one of 0.3.0 migrated, with endpoints of 1.0 and what only 1.0 has.
fn new_card() -> impl Strategy<Value = Value> {
    let flags = proptest::collection::vec(proptest::bool::ANY, 4);
    (old_card(), flags).prop_map(|(card, flags)| {
        let text = card.to_string();
        let mut card = parsed(&run(&text, &Options::new(Target::Modern)), &text);
        if let Some(interfaces) = card["supportedInterfaces"].as_array_mut() {
            let mut more = interfaces[0].clone();
            more["protocolVersion"] = json!("1.0");
            interfaces[0]["tenant"] = if flags[0] { json!("bay") } else { json!("") };
            interfaces.insert(usize::from(flags[1]), more);
        }
        if flags[2] {
            let device = json!({ "deviceAuthorizationUrl": "https://login.example.com/d", "tokenUrl": "https://login.example.com/t", "scopes": {} });
            card["securitySchemes"]["kiosk"] = json!({ "oauth2SecurityScheme": { "flows": { "deviceCode": device } } });
        }
        if flags[3] {
            for scheme in card["securitySchemes"].as_object_mut().into_iter().flat_map(|schemes| schemes.values_mut()) {
                if let Some(code) = scheme.pointer_mut("/oauth2SecurityScheme/flows/authorizationCode") {
                    code["pkceRequired"] = json!(true);
                }
            }
        }
        card
    })
}

/// A pointer to each value in `value`.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| {
                pointers(value, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            });
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

/// `card` with one value damaged in one of several ways.
fn damaged(mut card: Value, place: usize, way: u8) -> Value {
    let mut found = Vec::new();
    pointers(&card, "", &mut found);
    let pointer = &found[place % found.len()];
    let (parent, name) = pointer.rsplit_once('/').unwrap_or(("", ""));
    let new = match way {
        0 => Value::Null,
        1 => json!(""),
        2 => json!([]),
        3 => json!({}),
        4 => json!(7),
        5 => json!("jsonrpc"),
        _ => {
            if let Some(Value::Object(members)) = card.pointer_mut(parent)
                && let Some(value) = members.remove(name)
                && way == 6
            {
                members.insert(format!("{name}s"), value);
            }
            return card;
        }
    };
    if let Some(value) = card.pointer_mut(pointer) {
        *value = new;
    }
    card
}

/// The text of a card in one of several layouts.
fn laid_out(card: &Value, layout: u8) -> String {
    match layout {
        0 => serde_json::to_string(card).unwrap(),
        1 => serde_json::to_string_pretty(card).unwrap(),
        _ => serde_json::to_string_pretty(card).unwrap().replace("  ", "\t").replace('\n', "\r\n"),
    }
}

fn parsed(migrated: &Migrated, text: &str) -> Value {
    match &migrated.outcome {
        Outcome::Text(text) => serde_json::from_str(text).unwrap(),
        Outcome::Same => serde_json::from_str(text).unwrap(),
        Outcome::Nothing => panic!("nothing"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_cards_pass_the_check_and_come_back_the_same(card in old_card(), layout in 0..3u8) {
        let text = laid_out(&card, layout);
        let errors = check(&text).diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
        prop_assert_eq!(errors.map(|found| found.message).collect::<Vec<_>>(), Vec::<String>::new(), "{}", text);
        for to in [Target::Modern, Target::Dual] {
            let there = hold("generated", &text, &Options::new(to));
            prop_assert!(!there.has_gaps(), "{:?}", there.checked.diagnostics);
            let middle = parsed(&there, &text).to_string();
            let back = hold("generated", &middle, &Options::new(Target::Legacy(Version::V0_3_0)));
            prop_assert!(!back.has_gaps(), "{:?}", back.checked.diagnostics);
            prop_assert_eq!(&parsed(&back, &middle), &card, "{} to {}", &text, &middle);
            // Both ways lead to the same card.
            if to == Target::Dual {
                let direct = parsed(&hold("generated", &text, &Options::new(Target::Modern)), &text);
                let through = parsed(&hold("generated", &middle, &Options::new(Target::Modern)), &middle);
                prop_assert_eq!(direct, through);
            }
        }
        for release in releases() {
            hold("generated", &text, &Options::new(release));
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn generated_cards_of_1_0_pass_the_check_after_their_migration(card in new_card(), layout in 0..3u8) {
        let text = laid_out(&card, layout);
        for to in releases() {
            for options in told(to) {
                let migrated = hold("generated", &text, &options);
                // What releases before 0.3.0 cannot express may be needed.
                let is_lower = matches!(to, Target::Legacy(release) if release < Version::V0_3_0);
                let told: Vec<_> = migrated.checked.diagnostics.iter().map(|found| &found.message).collect();
                prop_assert!(is_lower || !migrated.has_gaps(), "{} {:?}", to, told);
            }
        }
    }

    #[test]
    fn damaged_cards_are_written_only_if_they_pass_the_check(
        card in prop_oneof![old_card(), new_card()], damages in proptest::collection::vec((0..400usize, 0..8u8), 1..4)
    ) {
        let card = damages.into_iter().fold(card, |card, (place, way)| damaged(card, place, way));
        let text = card.to_string();
        for to in [Target::Modern, Target::Dual, Target::Legacy(Version::V0_3_0)] {
            told(to).iter().for_each(|options| drop(hold("damaged", &text, options)));
        }
    }
}
