//! Security schemes and requirements, flat before 1.0 and wrapped since; a card for both generations has both forms.

use super::draft::{Draft, Member};
use super::options::Flows;
use super::work::{At, Work};
use crate::model::SchemeKind;
use crate::rule::{Loss, Question};

/// The members of schemes that 0.3 knows, of all kinds.
const FLAT: [&str; 8] =
    ["type", "description", "in", "name", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

/// The one more that 0.3.0 has.
const METADATA: &str = "oauth2MetadataUrl";

/// The flows in the order in which SDKs choose among them; the last one is new in 1.0.
const FLOWS: [&str; 5] = ["authorizationCode", "clientCredentials", "implicit", "password", "deviceCode"];

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
    details.take("type");
    if kind == SchemeKind::ApiKey {
        details.rename("in", "location");
    }
    let is_foreign = |member: &&Member| !FLAT.contains(&member.name.as_str()) && member.name != METADATA;
    let foreign = scheme.members().iter().filter(is_foreign);
    if alone {
        foreign.for_each(|member| work.lost(member, Loss::Unread));
    } else {
        // They stand beside the wrapper, where readers of 0.3 find them.
        foreign.for_each(|member| drop(details.take(&member.name)));
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
    members.extend(flat.members().iter().filter(|member| !scheme.has(&member.name)).cloned());
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

/// States requirements in the form of 1.0 as well.
pub(super) fn wrap_requirements(card: &mut Draft) {
    each_owner(card, |owner| {
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

/// Takes requirements in the form before 1.0 out; `mixed` if the card came with both.
pub(super) fn drop_flat_requirements(work: &mut Work<'_>, card: &mut Draft, mixed: bool) {
    each_owner(card, |owner| {
        let Some(list) = owner.get("security") else { return };
        let other = owner.get("securityRequirements");
        if list.is_array() && (list.is_empty() || other.is_some()) {
            let differs = mixed && !list.is_empty() && !says_same(list, other);
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
        if list.is_array() && (list.is_empty() || other.is_some()) {
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
    let flat = |list: &Draft| mapped(list.clone(), flat_requirement);
    new.is_some_and(|new| {
        let (old, new) = (flat(old), flat(new));
        let has = |list: &Draft, entry: &Draft| list.items().iter().any(|other| other.says_the_same(entry));
        old.items().len() == new.items().len() && old.items().iter().all(|entry| has(&new, entry))
    })
}

/// Makes one flow of each scheme that has several, since 1.0 takes one.
pub(super) fn part_flows(work: &mut Work<'_>, card: &mut Draft) {
    let Some(schemes) = card.get("securitySchemes") else { return };
    let several: Vec<Member> =
        schemes.members().iter().filter(|scheme| flows_of(&scheme.value).len() > 1).cloned().collect();
    for scheme in several {
        match work.options.flows {
            None => {
                let flows = details(&scheme.value).and_then(|details| details.get("flows"));
                work.ask(flows.and_then(|flows| flows.origin), At::Key, Question::Flows);
            }
            Some(Flows::First) => keep_first(work, card, &scheme),
            Some(Flows::Split) => split(card, &scheme),
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

fn keep_first(work: &mut Work<'_>, card: &mut Draft, scheme: &Member) {
    let (Some(first), Some(schemes)) =
        (flows_of(&scheme.value).first().copied(), card.get_mut("securitySchemes"))
    else {
        return;
    };
    let Some(own) = schemes.get_mut(&scheme.name) else { return };
    for flow in only_flow(own, first) {
        work.lost(&flow, Loss::Flow);
    }
}

/// A scheme for each flow, and alternatives in the requirements.
fn split(card: &mut Draft, scheme: &Member) {
    let flows = flows_of(&scheme.value);
    let Some(schemes) = card.get_mut("securitySchemes") else { return };
    let Some(at) = schemes.position(&scheme.name) else { return };
    let mut parts: Vec<(Member, Draft)> = Vec::new();
    for flow in flows {
        let mut suffix = format!("_{flow}");
        while schemes.has(&format!("{}{suffix}", scheme.name)) {
            suffix.push('_');
        }
        let mut part = scheme.clone().with_suffix(&suffix);
        only_flow(&mut part.value, flow);
        let scopes =
            details(&part.value).and_then(|details| details.get("flows")?.get(flow)?.get("scopes").cloned());
        parts.push((part, scopes.unwrap_or_else(|| Draft::object(Vec::new()))));
    }
    if let Some(members) = schemes.members_mut() {
        members.splice(at..=at, parts.iter().map(|(part, _)| part.clone()));
    }
    each_owner(card, |owner| {
        for name in ["security", "securityRequirements"] {
            let Some(list) = owner.get_mut(name).and_then(Draft::items_mut) else { continue };
            *list = list.drain(..).flat_map(|entry| alternatives(entry, &scheme.name, &parts)).collect();
        }
    });
}

/// A requirement that uses the scheme `name`, once for each of the `parts` that can meet it.
fn alternatives(entry: Draft, name: &str, parts: &[(Member, Draft)]) -> Vec<Draft> {
    let is_wrapped = entry.get("schemes").is_some_and(Draft::is_object);
    let uses = |entry: &Draft| if is_wrapped { entry.get("schemes").cloned() } else { Some(entry.clone()) };
    let Some(used) = uses(&entry).and_then(|schemes| schemes.get(name).cloned()) else { return vec![entry] };
    let asked = if used.is_object() { used.get("list").cloned() } else { Some(used) };
    let asked: Vec<String> =
        asked.iter().flat_map(Draft::items).filter_map(|scope| Some(scope.text()?.to_owned())).collect();
    let meets = |scopes: &Draft| asked.iter().all(|scope| scopes.has(scope));
    // Where no flow has all that is asked for, none is better than another.
    let any = parts.iter().any(|(_, scopes)| meets(scopes));
    let fitting = parts.iter().filter(|(_, scopes)| !any || meets(scopes));
    fitting
        .map(|(part, _)| {
            let mut entry = entry.clone();
            let schemes = if is_wrapped { entry.get_mut("schemes") } else { Some(&mut entry) };
            let members = schemes.and_then(Draft::members_mut).into_iter().flatten();
            for member in members.filter(|member| member.name == name) {
                member.name.clone_from(&part.name);
                member.key.clone_from(&part.key);
            }
            entry
        })
        .collect()
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
    let mut gone = Vec::new();
    if let Some(members) = card.get_mut("securitySchemes").and_then(Draft::members_mut) {
        members.retain(|scheme| {
            let is_tls = stated(&scheme.value) == Some(SchemeKind::MutualTls);
            if is_tls {
                work.lost(scheme, Loss::Scheme);
                gone.push(scheme.name.clone());
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
    let uses = |entry: &Draft| gone.iter().any(|name| entry.has(name));
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
