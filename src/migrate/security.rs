//! Security schemes and requirements, flat before 1.0 and wrapped since; a card for both generations has both forms.

use super::draft::{Draft, Member};
use super::options::{Flows, Target};
use super::work::{At, Work};
use crate::model::SchemeKind;
use crate::rule::{Loss, Question};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The members of schemes that 0.3 knows, of all kinds.
const FLAT: [&str; 8] =
    ["type", "description", "in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

/// The one more that 0.3.0 has.
const METADATA: &str = "oauth2MetadataUrl";

/// The flows in the order in which SDKs choose among them; the last one is new in 1.0.
const FLOWS: [&str; 5] = ["authorizationCode", "clientCredentials", "implicit", "password", "deviceCode"];

/// The most alternatives that one requirement becomes where the schemes that it names are split. Each further scheme
/// multiplies them, so that a small card would become an endless one.
const MOST_ALTERNATIVES: usize = 64;

/// The schemes of a card, by name.
fn schemes(card: &mut Draft) -> impl Iterator<Item = &mut Member> {
    let schemes = card.get_mut("securitySchemes").and_then(Draft::members_mut).into_iter().flatten();
    schemes.filter(|scheme| scheme.value.is_object())
}

/// The member of a scheme that holds its wrapped form, and its kind.
fn wrapped(scheme: &Draft) -> Option<(&Member, SchemeKind)> {
    SchemeKind::ALL.into_iter().find_map(|kind| {
        let member = scheme.members().iter().find(|member| member.name == kind.wrapper())?;
        member.value.is_object().then_some((member, kind))
    })
}

/// The kind that the flat form of a scheme states.
fn stated(scheme: &Draft) -> Option<SchemeKind> {
    scheme.get("type").and_then(Draft::text).and_then(SchemeKind::of_type)
}

/// The `type` of a kind.
const fn type_name(kind: SchemeKind) -> &'static str {
    match kind {
        SchemeKind::ApiKey => "apiKey",
        SchemeKind::Http => "http",
        SchemeKind::OAuth2 => "oauth2",
        SchemeKind::OpenIdConnect => "openIdConnect",
        SchemeKind::MutualTls => "mutualTLS",
    }
}

/// Gives each scheme the wrapped form; `alone` if the flat one goes.
pub(super) fn wrap_schemes(work: &mut Work<'_>, card: &mut Draft, alone: bool) {
    for scheme in schemes(card) {
        if wrapped(&scheme.value).is_none()
            && let Some(kind) = stated(&scheme.value)
        {
            wrap(work, &mut scheme.value, kind, alone);
        }
        if alone && wrapped(&scheme.value).is_some() {
            drop_flat(work, &mut scheme.value);
        }
    }
}

fn wrap(work: &mut Work<'_>, scheme: &mut Draft, kind: SchemeKind, alone: bool) {
    let mut details = scheme.clone();
    let is_foreign = |member: &Member| !FLAT.contains(&member.name.as_str()) && member.name != METADATA;
    if alone {
        let foreign = scheme.members().iter().filter(|member| is_foreign(member));
        foreign.for_each(|member| work.lost(member, Loss::Unread));
    } else if let Some(members) = details.members_mut() {
        // They stand beside the wrapper, where readers of 0.3 find them.
        members.retain(|member| !is_foreign(member));
    }
    details.take("type");
    if kind == SchemeKind::ApiKey {
        details.rename("in", "location");
    }
    let wrapper = Member::new(kind.wrapper(), details);
    match scheme.members_mut() {
        Some(members) if alone => *members = vec![wrapper],
        Some(members) => members.push(wrapper),
        None => {}
    }
}

/// Takes the flat form out of a scheme that has both.
fn drop_flat(work: &mut Work<'_>, scheme: &mut Draft) {
    if !scheme.has("type") {
        return;
    }
    let details = wrapped(scheme).map(|(member, _)| member.value.clone());
    for name in FLAT.into_iter().chain([METADATA]) {
        let Some(member) = scheme.take(name) else { continue };
        let other = if name == "in" { "location" } else { name };
        let same = details.as_ref().and_then(|details| details.get(other));
        if name != "type" && !same.is_some_and(|same| member.value.is_said_by(same)) {
            let wrapper = wrapped(scheme).map_or("", |(_, kind)| kind.wrapper());
            work.lost(&member, Loss::Half(wrapper));
        }
    }
}

/// Gives each scheme the flat form; `alone` if the wrapped one goes.
pub(super) fn flatten_schemes(work: &mut Work<'_>, card: &mut Draft, alone: bool) {
    for scheme in schemes(card) {
        let Some((wrapper, kind)) = wrapped(&scheme.value).map(|(member, kind)| (member.clone(), kind))
        else {
            continue;
        };
        if !scheme.value.has("type") {
            flatten(&mut scheme.value, &wrapper.value, kind);
        }
        if alone {
            scheme.value.take(kind.wrapper());
            drop_new_flows(work, &wrapper.value);
        }
    }
}

fn flatten(scheme: &mut Draft, details: &Draft, kind: SchemeKind) {
    let mut flat = details.clone();
    if kind == SchemeKind::ApiKey {
        flat.rename("location", "in");
    }
    let flows = flat.get_mut("flows").and_then(Draft::members_mut);
    if let Some(flows) = flows {
        flows.retain(|flow| flow.name != "deviceCode");
        flows.iter_mut().for_each(|flow| drop(flow.value.take("pkceRequired")));
    }
    let mut members = vec![Member::new("type", Draft::string(type_name(kind)))];
    let own: HashSet<&str> = scheme.members().iter().map(|member| member.name.as_str()).collect();
    members.extend(flat.members().iter().filter(|member| !own.contains(member.name.as_str())).cloned());
    if let Some(own) = scheme.members_mut() {
        own.splice(0..0, members);
    }
}

/// Tells what of the flows of 1.0 is lost before it.
fn drop_new_flows(work: &mut Work<'_>, details: &Draft) {
    let flows = details.get("flows").map(Draft::members).unwrap_or_default();
    for flow in flows {
        if flow.name == "deviceCode" {
            work.lost(flow, if flows.len() == 1 { Loss::OnlyFlow } else { Loss::Flow });
        }
        if let Some(pkce) = flow.value.members().iter().find(|member| member.name == "pkceRequired") {
            work.lost(pkce, if pkce.value.is_true() { Loss::Member } else { Loss::Formality });
        }
    }
}

/// Owners of requirements: the card, and its skills.
fn each_owner(card: &mut Draft, mut each: impl FnMut(&mut Draft)) {
    each(card);
    let skills = card.get_mut("skills").and_then(Draft::items_mut).into_iter().flatten();
    skills.filter(|skill| skill.is_object()).for_each(each);
}

/// States requirements in the form of 1.0 as well. An empty list of a skill opens the skill in 0.3 only, so that the 1.0 half
/// of a card of both generations loses it.
pub(super) fn wrap_requirements(work: &mut Work<'_>, card: &mut Draft) {
    let asks = card_asks(card);
    let mut owners = 0;
    each_owner(card, |owner| {
        owners += 1;
        let opens = owners > 1 && asks && work.to == Target::Dual && !owner.has("securityRequirements");
        let member = owner.members().iter().find(|member| member.name == "security");
        if let Some(member) = member.filter(|one| opens && one.value.is_array() && one.value.is_empty()) {
            work.lost(member, Loss::OpenSkill);
        }
        let stated = owner.get("security").filter(|list| list.is_array() && !list.is_empty());
        if let Some(list) = stated.filter(|_| !owner.has("securityRequirements")).cloned() {
            let list = mapped(list, wrapped_requirement);
            owner.put_after(&["security"], Member::new("securityRequirements", list));
        } else if let Some(list) = owner.get_mut("securityRequirements") {
            mend(list, wrapped_requirement);
        }
    });
}

/// States requirements in the form before 1.0 as well.
pub(super) fn flatten_requirements(card: &mut Draft) {
    each_owner(card, |owner| {
        let stated = owner.get("securityRequirements").filter(|list| list.is_array() && !list.is_empty());
        if let Some(list) = stated.filter(|_| !owner.has("security")).cloned() {
            let list = mapped(list, flat_requirement);
            owner.put_before(&["securityRequirements"], Member::new("security", list));
        } else if let Some(list) = owner.get_mut("security") {
            mend(list, flat_requirement);
        }
    });
}

fn mapped(mut list: Draft, each: fn(&Draft) -> Draft) -> Draft {
    mend(&mut list, each);
    list
}

fn mend(list: &mut Draft, each: fn(&Draft) -> Draft) {
    for entry in list.items_mut().into_iter().flatten().filter(|entry| entry.is_object()) {
        *entry = each(entry);
    }
}

/// `{"name": ["scope"]}` as `{"schemes": {"name": {"list": ["scope"]}}}`.
fn wrapped_requirement(entry: &Draft) -> Draft {
    let is_wrapped = entry.get("schemes").is_some_and(Draft::is_object);
    let mut schemes =
        if is_wrapped { entry.get("schemes").cloned() } else { None }.unwrap_or_else(|| entry.clone());
    for scheme in schemes.members_mut().into_iter().flatten() {
        if scheme.value.is_array() {
            let origin = scheme.value.origin;
            let list = std::mem::replace(&mut scheme.value, Draft::array(Vec::new()));
            scheme.value = Draft::object(vec![Member::new("list", list)]).standing_for(origin);
        }
    }
    if is_wrapped {
        let mut entry = entry.clone();
        if let Some(own) = entry.get_mut("schemes") {
            *own = schemes;
        }
        return entry;
    }
    Draft::object(vec![Member::new("schemes", schemes)]).standing_for(entry.origin)
}

/// The way back. A scheme without scopes has an empty list.
fn flat_requirement(entry: &Draft) -> Draft {
    let Some(schemes) = entry.get("schemes").filter(|schemes| schemes.is_object()) else {
        return entry.clone();
    };
    let mut flat = schemes.clone();
    for scheme in flat.members_mut().into_iter().flatten().filter(|scheme| scheme.value.is_object()) {
        let origin = scheme.value.origin;
        let list = scheme.value.take("list").map(|member| member.value);
        scheme.value = list.unwrap_or_else(|| Draft::array(Vec::new()).standing_for(origin));
    }
    flat
}

/// Whether the card itself has requirements.
fn card_asks(card: &Draft) -> bool {
    let has_entries = |name: &str| card.get(name).is_some_and(|list| list.is_array() && !list.is_empty());
    has_entries("security") || has_entries("securityRequirements")
}

/// Takes requirements in the form before 1.0 out; `mixed` if the card came with both.
pub(super) fn drop_flat_requirements(work: &mut Work<'_>, card: &mut Draft, mixed: bool) {
    let card_asks = card_asks(card);
    let mut owners = 0;
    each_owner(card, |owner| {
        owners += 1;
        let Some(list) = owner.get("security") else { return };
        let other = owner.get("securityRequirements");
        if list.is_array() && list.is_empty() && other.is_none_or(Draft::is_empty) {
            // Each skill asks for what the card asks for, unless it asks for something else.
            let loss = if owners > 1 && card_asks { Loss::OpenSkill } else { Loss::Formality };
            owner.take("security").iter().for_each(|member| work.lost(member, loss));
        } else if list.is_array() && (list.is_empty() || other.is_some()) {
            let differs = list.is_empty() || (mixed && !says_same(list, other));
            if let Some(member) = owner.replace("security", "securityRequirements").filter(|_| differs) {
                work.lost(&member, Loss::Half("securityRequirements"));
            }
        } else if other.is_none() {
            // It is no list, which is told of it under either name.
            owner.rename("security", "securityRequirements");
        }
    });
}

/// Takes requirements in the form of 1.0 out; `mixed` if the card came with both.
pub(super) fn drop_wrapped_requirements(work: &mut Work<'_>, card: &mut Draft, mixed: bool) {
    each_owner(card, |owner| {
        let Some(list) = owner.get("securityRequirements") else { return };
        let other = owner.get("security");
        if list.is_array() && list.is_empty() && other.is_none() {
            owner.take("securityRequirements").iter().for_each(|member| work.lost(member, Loss::Formality));
        } else if list.is_array() && (list.is_empty() || other.is_some()) {
            let differs =
                mixed && !list.is_empty() && !other.is_some_and(|other| says_same(other, Some(list)));
            if let Some(member) = owner.replace("securityRequirements", "security").filter(|_| differs) {
                work.lost(&member, Loss::Half("security"));
            }
        } else if other.is_none() {
            owner.rename("securityRequirements", "security");
        }
    });
}

/// Whether requirements in the old form ask for what those in the new form do.
fn says_same(old: &Draft, new: Option<&Draft>) -> bool {
    let flat = |list: &Draft| -> Vec<String> {
        list.items().iter().map(|entry| flat_requirement(entry).meaning()).collect()
    };
    new.is_some_and(|new| {
        let (old, new) = (flat(old), flat(new));
        let asked: HashSet<&String> = new.iter().collect();
        old.len() == new.len() && old.iter().all(|entry| asked.contains(entry))
    })
}

/// Makes one flow of each scheme that has several, since 1.0 takes one.
pub(super) fn part_flows(work: &mut Work<'_>, card: &mut Draft) {
    if work.options.flows == Some(Flows::Split) {
        return split(work, card);
    }
    for scheme in schemes(card) {
        let [first, _, ..] = flows_of(&scheme.value)[..] else { continue };
        if work.options.flows == Some(Flows::First) {
            only_flow(&mut scheme.value, first).iter().for_each(|flow| work.lost(flow, Loss::Flow));
        } else {
            let flows = details(&scheme.value).and_then(|details| details.get("flows"));
            work.ask(flows.and_then(|flows| flows.origin), At::Key, Question::Flows);
        }
    }
}

fn details(scheme: &Draft) -> Option<&Draft> {
    match wrapped(scheme) {
        Some((member, _)) => Some(&member.value),
        None => Some(scheme).filter(|scheme| scheme.is_object()),
    }
}

/// The flows of a scheme, in the order in which SDKs choose among them.
fn flows_of(scheme: &Draft) -> Vec<&'static str> {
    let flows = details(scheme).and_then(|details| details.get("flows"));
    let has = |name: &&str| flows.is_some_and(|flows| flows.get(name).is_some_and(Draft::is_object));
    FLOWS.into_iter().filter(has).collect()
}

/// Takes every flow but `name` out, in both forms; gives what was taken.
fn only_flow(scheme: &mut Draft, name: &str) -> Vec<Member> {
    let mut taken = Vec::new();
    let wrapper = wrapped(scheme).map(|(_, kind)| kind.wrapper());
    let mut strip = |details: &mut Draft| {
        let flows = details.get_mut("flows").and_then(Draft::members_mut);
        let Some(flows) = flows else { return };
        let is_other = |flow: &Member| FLOWS.contains(&flow.name.as_str()) && flow.name != name;
        taken.extend(flows.iter().filter(|flow| is_other(flow)).cloned());
        flows.retain(|flow| !is_other(flow));
    };
    strip(scheme);
    wrapper.and_then(|wrapper| scheme.get_mut(wrapper)).into_iter().for_each(strip);
    taken
}

/// What a scheme with several flows is split into.
struct Split {
    /// Where it stands among the schemes.
    at: usize,
    parts: Vec<Part>,
}

/// A scheme with one of the flows, and the scopes that this flow has.
struct Part {
    scheme: Member,
    scopes: HashSet<String>,
}

/// A scheme for each flow, and alternatives in the requirements.
fn split(work: &mut Work<'_>, card: &mut Draft) {
    let schemes = card.get("securitySchemes").map(Draft::members).unwrap_or_default();
    let mut split = splits(schemes);
    let mut tangled: HashSet<String> = HashSet::new();
    each_requirements(card, |list| {
        for entry in list.iter() {
            let choices = choices(entry, &split);
            if count(&choices) > MOST_ALTERNATIVES {
                work.ask(entry.origin, At::Opening, Question::Alternatives(MOST_ALTERNATIVES));
                let names = used(entry).members().iter().map(|member| &member.name);
                tangled.extend(names.filter(|name| split.contains_key(*name)).cloned());
            }
        }
    });
    // What such a requirement names stays whole, or the requirement would name what is no longer there.
    split.retain(|name, _| !tangled.contains(name));
    each_requirements(card, |list| {
        *list = list.drain(..).flat_map(|entry| alternatives(entry, &split)).collect();
    });
    let mut parts: HashMap<usize, Vec<Part>> =
        split.into_values().map(|split| (split.at, split.parts)).collect();
    if let Some(members) = card.get_mut("securitySchemes").and_then(Draft::members_mut) {
        let schemes = std::mem::take(members).into_iter().enumerate();
        members.extend(schemes.flat_map(|(at, scheme)| match parts.remove(&at) {
            Some(parts) => parts.into_iter().map(|part| part.scheme).collect(),
            None => vec![scheme],
        }));
    }
}

/// What each of `schemes` that has several flows is split into, by its name; of duplicates the last one.
fn splits(schemes: &[Member]) -> HashMap<String, Split> {
    let mut names: HashSet<String> = schemes.iter().map(|scheme| scheme.name.clone()).collect();
    let mut found = HashMap::new();
    for (at, scheme) in schemes.iter().enumerate().rev() {
        let flows = flows_of(&scheme.value);
        if flows.len() > 1 && !found.contains_key(&scheme.name) {
            let parts = flows.into_iter().map(|flow| part(scheme, flow, &mut names)).collect();
            found.insert(scheme.name.clone(), Split { at, parts });
        }
    }
    found
}

/// `scheme` with one flow, under a name that is not among `names`.
fn part(scheme: &Member, flow: &str, names: &mut HashSet<String>) -> Part {
    let mut suffix = format!("_{flow}");
    while !names.insert(format!("{}{suffix}", scheme.name)) {
        suffix.push('_');
    }
    let mut part = scheme.clone().with_suffix(&suffix);
    only_flow(&mut part.value, flow);
    let scopes = details(&part.value).and_then(|details| details.get("flows")?.get(flow)?.get("scopes"));
    let scopes = scopes.map(Draft::members).unwrap_or_default();
    let scopes = scopes.iter().map(|scope| scope.name.clone()).collect();
    Part { scheme: part, scopes }
}

/// Gives `each` the lists of requirements of a card, in both forms.
fn each_requirements(card: &mut Draft, mut each: impl FnMut(&mut Vec<Draft>)) {
    each_owner(card, |owner| {
        for name in ["security", "securityRequirements"] {
            owner.get_mut(name).and_then(Draft::items_mut).into_iter().for_each(&mut each);
        }
    });
}

/// The object in which a requirement names schemes.
fn used(entry: &Draft) -> &Draft {
    entry.get("schemes").filter(|schemes| schemes.is_object()).unwrap_or(entry)
}

/// A scheme that a requirement names, and that is split.
struct Choice<'s> {
    /// Where the requirement names it.
    members: Vec<usize>,
    /// The parts that can meet the requirement.
    fitting: Vec<&'s Part>,
}

/// What is to be chosen in a requirement, in the order of the schemes.
fn choices<'s>(entry: &Draft, split: &'s HashMap<String, Split>) -> Vec<Choice<'s>> {
    let mut choices: BTreeMap<usize, Choice<'s>> = BTreeMap::new();
    for (index, member) in used(entry).members().iter().enumerate() {
        let Some(split) = split.get(&member.name) else { continue };
        let fitting = fitting(&split.parts, &member.value);
        let choice = choices.entry(split.at).or_insert(Choice { members: Vec::new(), fitting: Vec::new() });
        choice.members.push(index);
        choice.fitting = fitting;
    }
    choices.into_values().collect()
}

/// Those of `parts` that have all scopes that are asked for. Where none has, none is better than another.
fn fitting<'s>(parts: &'s [Part], asked: &Draft) -> Vec<&'s Part> {
    let asked = if asked.is_object() { asked.get("list") } else { Some(asked) };
    let asked: Vec<&str> = asked.into_iter().flat_map(Draft::items).filter_map(Draft::text).collect();
    let meets = |part: &&Part| asked.iter().all(|scope| part.scopes.contains(*scope));
    let fitting: Vec<&Part> = parts.iter().filter(meets).collect();
    if fitting.is_empty() { parts.iter().collect() } else { fitting }
}

/// How many alternatives the choices make.
fn count(choices: &[Choice<'_>]) -> usize {
    choices.iter().fold(1, |count: usize, choice| count.saturating_mul(choice.fitting.len()))
}

/// A requirement, once for each way to choose among the parts that can meet it.
fn alternatives(entry: Draft, split: &HashMap<String, Split>) -> Vec<Draft> {
    let choices = choices(&entry, split);
    if choices.is_empty() {
        return vec![entry];
    }
    let chosen = |number: usize| {
        let mut entry = entry.clone();
        let is_wrapped = entry.get("schemes").is_some_and(Draft::is_object);
        let used = if is_wrapped { entry.get_mut("schemes") } else { Some(&mut entry) };
        let members = used.and_then(Draft::members_mut).map(Vec::as_mut_slice).unwrap_or_default();
        // Like the digits of a number: the choice for the last scheme changes fastest.
        let mut left = number;
        for choice in choices.iter().rev() {
            let base = choice.fitting.len().max(1);
            let part = choice.fitting.get(left % base);
            left /= base;
            for index in &choice.members {
                if let (Some(member), Some(part)) = (members.get_mut(*index), part) {
                    member.name.clone_from(&part.scheme.name);
                    member.key.clone_from(&part.scheme.key);
                }
            }
        }
        entry
    };
    (0..count(&choices)).map(chosen).collect()
}

/// Adds schemes, each with an alternative that asks for it.
pub(super) fn declare(card: &mut Draft, declared: Vec<Member>) {
    let alternative = |scheme: &Member| {
        let used = Member { value: Draft::array(Vec::new()), from: None, ..scheme.clone() };
        Draft::object(vec![used])
    };
    let alternatives: Vec<Draft> = declared.iter().map(alternative).collect();
    match card.get_mut("securitySchemes").and_then(Draft::members_mut) {
        Some(members) => members.extend(declared),
        None => {
            card.put_after(&["authentication"], Member::new("securitySchemes", Draft::object(declared)));
        }
    }
    match card.get_mut("security").and_then(Draft::items_mut) {
        Some(items) => items.extend(alternatives),
        None => card.put_after(
            &["authentication", "securitySchemes"],
            Member::new("security", Draft::array(alternatives)),
        ),
    }
}

/// What releases before 0.3.0 do not have.
pub(super) fn drop_newest(work: &mut Work<'_>, card: &mut Draft) {
    let mut gone = HashSet::new();
    if let Some(members) = card.get_mut("securitySchemes").and_then(Draft::members_mut) {
        members.retain(|scheme| {
            let is_tls = stated(&scheme.value) == Some(SchemeKind::MutualTls);
            if is_tls {
                work.lost(scheme, Loss::Scheme);
                gone.insert(scheme.name.clone());
            }
            !is_tls
        });
        for scheme in members {
            if let Some(url) = scheme.value.take(METADATA) {
                work.lost(&url, Loss::Member);
            }
        }
    }
    let skills = card.get_mut("skills").and_then(Draft::items_mut).into_iter().flatten();
    for skill in skills {
        if let Some(security) = skill.take("security") {
            work.lost(&security, Loss::Member);
        }
    }
    let uses = |entry: &Draft| entry.members().iter().any(|used| gone.contains(&used.name));
    // Without any alternative the agent would look open; better a requirement that nobody can meet.
    if let Some(list) = card.get_mut("security").and_then(Draft::items_mut)
        && !list.iter().all(uses)
    {
        list.retain(|entry| !uses(entry));
    }
}

/// A text as a scheme, if it is one, or holds one under one of `names`.
pub(super) fn scheme_in(found: &Draft, kind: SchemeKind, names: &[&str]) -> Option<Draft> {
    let needed: &[&str] = match kind {
        SchemeKind::ApiKey => &["in", "name"],
        SchemeKind::Http => &["scheme"],
        SchemeKind::OAuth2 => &["flows"],
        SchemeKind::OpenIdConnect => &["openIdConnectUrl"],
        SchemeKind::MutualTls => &[],
    };
    let whole = |scheme: &Draft| scheme.is_object() && needed.iter().all(|name| scheme.has(name));
    let inner = found.members().iter().find(|member| {
        names.iter().any(|name| name.eq_ignore_ascii_case(&member.name)) && whole(&member.value)
    });
    let mut scheme = if whole(found) { found.clone() } else { inner?.value.clone() };
    scheme.take("type");
    if let Some(members) = scheme.members_mut() {
        members.insert(0, Member::new("type", Draft::string(type_name(kind))));
    }
    Some(scheme)
}

/// A scheme of HTTP authentication.
pub(super) fn http_scheme(name: &str) -> Draft {
    let member = |name: &str, value: &str| Member::new(name, Draft::string(value));
    Draft::object(vec![member("type", "http"), member("scheme", name)])
}
