//! What only 0.1.0 has: `authentication`, and modes and descriptions that need not be there.

use super::draft::{Draft, Member};
use super::security::{declare, http_scheme, scheme_in};
use super::work::{At, Work};
use crate::model::{SchemeKind, says_open};
use crate::rule::{Assumption, Loss, Question};
use crate::secret::is_masked;
use crate::syntax::parse;
use std::collections::HashSet;

/// The default modes of 0.1.0, as its text has them.
pub(super) fn fill_modes(card: &mut Draft) {
    put_modes(card, &["text/plain".to_owned()], false);
}

/// Puts default modes where there are none; `empty` if a list without any counts as none.
pub(super) fn put_modes(card: &mut Draft, modes: &[String], empty: bool) {
    for name in ["defaultInputModes", "defaultOutputModes"] {
        let is_unset = card.get(name).is_none_or(|list| empty && list.is_array() && list.is_empty());
        if modes.is_empty() || !is_unset {
            continue;
        }
        let list = Draft::array(modes.iter().map(|mode| Draft::string(mode)).collect());
        match card.get_mut(name) {
            Some(own) => *own = list.standing_for(own.origin),
            None => card.put_before(&["defaultOutputModes", "skills"], Member::new(name, list)),
        }
    }
}

/// Puts empty values where 0.1.0 needed none and later releases do.
pub(super) fn fill_empty(card: &mut Draft) {
    let text = || Draft::string("");
    put(card, "description", &["name"], text());
    if let Some(provider) = card.get_mut("provider").filter(|provider| provider.is_object()) {
        put(provider, "url", &["organization"], text());
    }
    let skills = card.get_mut("skills").and_then(Draft::items_mut).into_iter().flatten();
    for skill in skills.filter(|skill| skill.is_object()) {
        put(skill, "description", &["name"], text());
        put(skill, "tags", &["description"], Draft::array(Vec::new()));
    }
}

fn put(object: &mut Draft, name: &str, after: &[&str], value: Draft) {
    if !object.has(name) {
        object.put_after(after, Member::new(name, value));
    }
}

/// Declares what `authentication` names, and takes it out.
pub(super) fn declare_authentication(work: &mut Work<'_>, card: &mut Draft) {
    let Some(stated) = card.get("authentication").filter(|stated| stated.is_object()).cloned() else {
        return;
    };
    // A card that declares its schemes as well needs none of it.
    let is_leftover = card.has("securitySchemes") || card.has("security") || card.has("securityRequirements");
    if is_leftover {
        if let Some(member) = card.take("authentication") {
            work.lost(&member, Loss::Member);
        }
        return;
    }
    let mut told = Told { credentials: read(stated.get("credentials")), used: false };
    let mut declared: Vec<Member> = Vec::new();
    let names = stated.get("schemes").map(Draft::items).unwrap_or_default();
    // What is no name is told elsewhere.
    let mut names: Vec<&Draft> = names.iter().filter(|name| name.text().is_some()).collect();
    if !names.is_empty() && names.iter().all(|name| is_open(name)) {
        names.drain(..).for_each(|name| work.assume(name.origin, At::Value, Assumption::Open));
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let mut ids: HashSet<String> = HashSet::new();
    for name in names.iter().filter(|name| name.text().is_some_and(|text| seen.insert(text))) {
        match told.scheme(work, name) {
            Some(scheme) if !ids.insert(scheme.name.clone()) => {}
            Some(scheme) => declared.push(scheme),
            None => work.ask(name.origin, At::Value, Question::Scheme),
        }
    }
    if names.len() > 1 {
        let origin = stated.get("schemes").and_then(|list| list.origin);
        work.assume(origin, At::Value, Assumption::AnyScheme);
    }
    let credentials = stated.members().iter().find(|member| member.name == "credentials");
    if let Some(credentials) = credentials.filter(|member| !told.used && member.value.text() != Some("")) {
        work.lost(credentials, Loss::Credentials);
    }
    if !declared.is_empty() {
        declare(card, declared);
    }
    card.take("authentication");
}

/// What `credentials` tells.
struct Told {
    credentials: Option<Draft>,
    /// Whether anything of it was of use.
    used: bool,
}

/// `credentials`, where it is JSON and shows no credential.
fn read(credentials: Option<&Draft>) -> Option<Draft> {
    let text = credentials?.text().filter(|text| !is_masked(text))?;
    let document = parse(text.as_bytes());
    let is_json = document.faults().is_empty() && document.root().is_object();
    is_json.then(|| Draft::foreign(document.root()))
}

impl Told {
    /// The scheme that a 0.1 card calls `name`.
    fn scheme(&mut self, work: &Work<'_>, name: &Draft) -> Option<Member> {
        let text = name.text().unwrap_or_default();
        let given = work.options.schemes.iter().find(|(known, _)| known.eq_ignore_ascii_case(text));
        let (id, kind) = known(text).unzip();
        let member = |scheme: Draft| {
            let scheme = scheme.standing_for(name.origin);
            match (id, &name.value) {
                (Some(id), _) => Some(Member::new(id, scheme)),
                (None, super::draft::Value::Scalar(scalar)) => {
                    let (name, key) = (text.to_owned(), scalar.json.clone());
                    Some(Member { name, key, from: None, value: scheme })
                }
                (None, _) => None,
            }
        };
        if let Some((_, json)) = given {
            let document = parse(json.as_bytes());
            return member(Draft::foreign(document.root()));
        }
        match kind? {
            SchemeKind::Http => member(http_scheme(id.unwrap_or_default())),
            kind => {
                let names = [text, id.unwrap_or_default()];
                let scheme = self.credentials.as_ref().and_then(|found| scheme_in(found, kind, &names))?;
                self.used = true;
                member(scheme)
            }
        }
    }
}

/// Whether a name says that no login is needed.
fn is_open(name: &Draft) -> bool {
    name.text().is_some_and(says_open)
}

/// What the names of 0.1 stand for, which come from OpenAPI: a name for the scheme, and its kind.
fn known(text: &str) -> Option<(&'static str, SchemeKind)> {
    let letters: String = text.chars().filter(|char| char.is_alphanumeric()).collect();
    match letters.to_ascii_lowercase().as_str() {
        "bearer" => Some(("bearer", SchemeKind::Http)),
        "basic" => Some(("basic", SchemeKind::Http)),
        "apikey" => Some(("apiKey", SchemeKind::ApiKey)),
        "oauth2" | "oauth" => Some(("oauth2", SchemeKind::OAuth2)),
        "openidconnect" | "oidc" => Some(("openIdConnect", SchemeKind::OpenIdConnect)),
        _ => None,
    }
}
