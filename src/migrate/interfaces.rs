//! Endpoints: `url`, `preferredTransport` and `additionalInterfaces` before 1.0, `supportedInterfaces` since.

use super::draft::{Draft, Member, Piece, Value, suffixed};
use super::options::RestUrl;
use super::work::{At, Work};
use crate::model::version::{InterfaceVersion, RootVersion, numbers};
use crate::model::{Spelling, Transport};
use crate::rule::{Assumption, Loss, Question};
use std::collections::HashSet;

/// The members that state endpoints before 1.0.
const OLD: [&str; 3] = ["url", "preferredTransport", "additionalInterfaces"];

/// The most versions at the root that each interface is written for.
const MOST_VERSIONS: usize = 64;

/// Writes the names of the core transports as A2A does, up to case and punctuation.
pub(super) fn settle_transports(card: &mut Draft) {
    card.get_mut("preferredTransport").into_iter().for_each(settle_transport);
    let lists = [("additionalInterfaces", "transport"), ("supportedInterfaces", "protocolBinding")];
    for (list, name) in lists {
        let entries = card.get_mut(list).and_then(Draft::items_mut).into_iter().flatten();
        entries.filter_map(|entry| entry.get_mut(name)).for_each(settle_transport);
    }
}

fn settle_transport(value: &mut Draft) {
    let meant = value.text().and_then(Transport::meant_by);
    if let Some((meant, Spelling::Variant)) = meant {
        *value = Draft::string(meant.name()).standing_for(value.origin);
    }
}

/// Makes the main endpoint of a 0.3 card complete: its transport is stated, and the list, if there is one, has it too.
pub(super) fn complete_main(card: &mut Draft) {
    let Some(url) = card.get("url").and_then(Draft::text).map(str::to_owned) else { return };
    let unset = card.get("preferredTransport").is_none_or(|transport| transport.text() == Some(""));
    if unset {
        card.take("preferredTransport");
        let transport = Draft::string(Transport::JsonRpc.name());
        card.put_after(&["url"], Member::new("preferredTransport", transport));
    }
    let Some(transport) = card.get("preferredTransport").cloned() else { return };
    let main = main_entry(card, "transport", &transport);
    let Some(list) = card.get_mut("additionalInterfaces").and_then(Draft::items_mut) else { return };
    let is_main = |entry: &Draft| entry.get("url").and_then(Draft::text) == Some(url.as_str());
    let is_listed = list.iter().any(is_main);
    if !is_listed && !list.is_empty() {
        list.splice(0..0, main);
    }
}

/// The main endpoint as an entry of a list, with its transport under `name`.
fn main_entry(card: &Draft, name: &str, transport: &Draft) -> Option<Draft> {
    let url = card.members().iter().rfind(|member| member.name == "url")?.clone();
    let origin = url.value.origin;
    let members = vec![url, Member::new(name, transport.clone())];
    Some(Draft::object(members).standing_for(origin))
}

/// An endpoint of a card before 1.0, as an entry of `supportedInterfaces` without a version.
fn old_endpoints(card: &Draft) -> Vec<Draft> {
    let listed = card.get("additionalInterfaces").map(Draft::items).unwrap_or_default();
    let mut listed: Vec<Draft> = listed.iter().map(modern_entry).collect();
    let default = || Draft::string(Transport::JsonRpc.name());
    let stated = card.get("preferredTransport").filter(|transport| transport.text() != Some(""));
    let transport = stated.cloned().unwrap_or_else(default);
    let Some(main) = main_entry(card, "protocolBinding", &transport) else { return listed };
    // An entry that repeats the main endpoint may say more of it, and is written as the list is.
    let first = listed.iter().position(|entry| place(entry).is_some() && place(entry) == place(&main));
    let first = first.map_or(main, |at| listed.remove(at));
    listed.insert(0, first);
    let (mut places, mut said) = (HashSet::new(), HashSet::new());
    listed.retain(|entry| {
        let Some((url, binding)) = place(entry) else { return true };
        let is_new = places.insert((url.to_owned(), binding.map(str::to_owned)));
        // Who names a place again has to say something else of it.
        said.insert(entry.meaning()) && (is_new || says_more(entry))
    });
    listed
}

/// Whether an endpoint says more than its place.
fn says_more(entry: &Draft) -> bool {
    entry.members().iter().any(|member| !matches!(member.name.as_str(), "url" | "protocolBinding"))
}

fn modern_entry(entry: &Draft) -> Draft {
    let mut entry = entry.clone();
    entry.rename("transport", "protocolBinding");
    entry
}

/// The URL and the binding of an endpoint, if it has a URL: endpoints with the same place are one.
fn place(entry: &Draft) -> Option<(&str, Option<&str>)> {
    Some((text(entry, "url")?, text(entry, "protocolBinding")))
}

fn text<'e>(entry: &'e Draft, name: &str) -> Option<&'e str> {
    entry.get(name).and_then(Draft::text)
}

/// Whether an entry of `supportedInterfaces` is for a version of 0.x. Servers read an empty version as 0.3.
fn is_old(entry: &Draft) -> bool {
    match entry.get("protocolVersion") {
        None => true,
        Some(version) => version.text().is_some_and(|text| text.is_empty() || major(text) == Some(0)),
    }
}

fn major(text: &str) -> Option<u32> {
    numbers(text.trim_start_matches('v'))?.first().copied()
}

/// States the endpoints of the 0.x half in `supportedInterfaces` as well.
pub(super) fn complete_modern(work: &mut Work<'_>, card: &mut Draft) {
    let mut endpoints = old_endpoints(card);
    if let Some(known) = card.get("supportedInterfaces") {
        let known = known.items();
        let old: HashSet<_> = known.iter().filter(|entry| is_old(entry)).filter_map(place).collect();
        let urls: HashSet<_> = known.iter().map(|entry| text(entry, "url")).collect();
        let listed = |entry: &Draft| place(entry).is_some_and(|place| old.contains(&place));
        // A 0.x half that says it is of 1.0 names the endpoints of 1.0.
        let claims_modern = root_version(card).is_some_and(|version| version == RootVersion::Modern)
            && !work.options.speaks("0.3");
        let named = |entry: &Draft| urls.contains(&text(entry, "url"));
        endpoints.retain(|entry| !(listed(entry) || claims_modern && named(entry)));
    }
    if endpoints.is_empty() {
        return;
    }
    let versions = versions(work, card);
    let mut entries = Vec::new();
    for endpoint in endpoints {
        if endpoint.has("protocolVersion") && work.options.server_speaks.is_empty() {
            entries.push(endpoint);
            continue;
        }
        for version in &versions {
            entries.push(stamped(work, &endpoint, version.as_deref()));
        }
    }
    match card.get_mut("supportedInterfaces").and_then(Draft::items_mut) {
        Some(known) => known.extend(entries),
        None => {
            card.take("supportedInterfaces");
            let origin = card.get("additionalInterfaces").and_then(|list| list.origin);
            let list = Member::new("supportedInterfaces", Draft::array(entries).standing_for(origin));
            put_beside_url(card, list);
        }
    }
}

/// Puts `member` behind `url` and what stands with it.
fn put_beside_url(card: &mut Draft, member: Member) {
    let start = card.position("url").or_else(|| card.position("additionalInterfaces"));
    let is_old = |member: &&Member| OLD.contains(&member.name.as_str());
    if let Some(members) = card.members_mut() {
        let run = |start: usize| start + members[start..].iter().take_while(is_old).count();
        let at = start.map_or(members.len(), run);
        members.insert(at, member);
    }
}

fn root_version(card: &Draft) -> Option<RootVersion> {
    card.get("protocolVersion").and_then(Draft::text).map(RootVersion::of)
}

/// The versions that the endpoints of a 0.x card speak: what somebody said, else what the card was written for. `None` is one
/// that cannot be told.
fn versions(work: &mut Work<'_>, card: &Draft) -> Vec<Option<String>> {
    if !work.options.server_speaks.is_empty() {
        return work.options.server_speaks.iter().cloned().map(Some).collect();
    }
    let stated = card.get("protocolVersion");
    let origin = stated.or_else(|| card.get("url")).and_then(|value| value.origin);
    if says_old(card) {
        work.assume(origin, At::Value, Assumption::OldServer);
        return vec![Some("0.3".to_owned())];
    }
    work.ask(origin, At::Value, Question::ServerVersion);
    vec![None]
}

/// Whether the root version of a card is one of 0.x, or none is given.
fn says_old(card: &Draft) -> bool {
    let Some(stated) = card.get("protocolVersion") else { return true };
    match stated.text().map(RootVersion::of) {
        Some(RootVersion::Released | RootVersion::Short(_) | RootVersion::UnreleasedPatch(_)) => true,
        Some(RootVersion::Decorated(meant)) => major(&meant) == Some(0),
        Some(RootVersion::Modern | RootVersion::UnreleasedMinor | RootVersion::Malformed) | None => false,
    }
}

/// `endpoint` for a version.
fn stamped(work: &mut Work<'_>, endpoint: &Draft, version: Option<&str>) -> Draft {
    let mut entry = endpoint.clone();
    entry.take("protocolVersion");
    let Some(version) = version else { return entry };
    if major(version) != Some(0) {
        change_rest_url(work, &mut entry, true);
    }
    entry.put_after(&["url", "protocolBinding"], Member::new("protocolVersion", Draft::string(version)));
    entry
}

/// The URL of an HTTP+JSON endpoint for the other generation: before 1.0, clients put `/v1` behind it themselves.
fn change_rest_url(work: &mut Work<'_>, entry: &mut Draft, modern: bool) {
    let is_rest = text(entry, "protocolBinding") == Some(Transport::HttpJson.name());
    let Some(url) = entry.get_mut("url").filter(|_| is_rest) else { return };
    let origin = url.origin;
    let asked = match work.options.rest_url {
        Some(RestUrl::Same) => true,
        Some(RestUrl::V1) => move_v1(url, modern),
        None => false,
    };
    if !asked {
        work.ask(origin, At::Value, Question::RestUrl);
    }
}

/// Puts `/v1` behind a URL, or takes it away; whether that could be done.
fn move_v1(url: &mut Draft, modern: bool) -> bool {
    let Value::Scalar(scalar) = &mut url.value else { return false };
    if modern {
        let suffix = if scalar.text.ends_with('/') { "v1" } else { "/v1" };
        scalar.text.push_str(suffix);
        scalar.json = suffixed(&scalar.json, suffix);
        return true;
    }
    let [Piece::Kept(span)] = scalar.json.as_mut_slice() else { return false };
    // The slash may be escaped; whoever writes that can change the URL too.
    let Some(shorter) = scalar.text.strip_suffix("/v1").map(str::to_owned) else { return false };
    span.end -= 4;
    scalar.text = shorter;
    scalar.json.push(Piece::New("\"".to_owned()));
    true
}

/// States the endpoints that speak 0.x as a 0.x card does.
pub(super) fn complete_legacy(work: &mut Work<'_>, card: &mut Draft) {
    let Some(entries) = card.get("supportedInterfaces").map(Draft::items) else { return };
    let mut candidates: Vec<Draft> = entries.iter().filter(|entry| is_old(entry)).cloned().collect();
    if candidates.is_empty() {
        let origin = card.position("supportedInterfaces").and_then(|at| card.members()[at].from);
        if !work.options.speaks("0.3") {
            work.ask(origin, At::Key, Question::OldServer);
            return;
        }
        candidates = entries.to_vec();
        candidates.iter_mut().for_each(|entry| change_rest_url(work, entry, false));
    }
    // A 0.x card that names no transport says JSONRPC, which an entry without a binding does not.
    let (candidates, unnamed): (Vec<Draft>, Vec<Draft>) = candidates
        .into_iter()
        .partition(|entry| text(entry, "protocolBinding").is_some_and(|binding| !binding.is_empty()));
    if candidates.is_empty() {
        unnamed.iter().for_each(|entry| {
            let binding = entry.get("protocolBinding").unwrap_or(entry);
            work.ask(binding.origin, At::Value, Question::Binding);
        });
    }
    let mut places = HashSet::new();
    let listed = candidates.iter().filter(|entry| place(entry).is_none_or(|place| places.insert(place)));
    let entries: Vec<Draft> = listed.map(legacy_entry).collect();
    let Some(first) = entries.first() else { return };
    let version = Draft::string("0.3.0");
    let mut members = vec![Member::new("protocolVersion", version)];
    members.extend(first.members().iter().rfind(|member| member.name == "url").cloned());
    let transport = first.get("transport").cloned();
    members.extend(transport.map(|transport| Member::new("preferredTransport", transport)));
    let says_more = first.members().iter().any(|member| !matches!(member.name.as_str(), "url" | "transport"));
    if entries.len() > 1 || says_more {
        let origin = card.get("supportedInterfaces").and_then(|list| list.origin);
        let list = Draft::array(entries).standing_for(origin);
        members.push(Member::new("additionalInterfaces", list));
    }
    for member in members {
        if !card.has(&member.name) {
            card.put_before(&["supportedInterfaces"], member);
        }
    }
}

fn legacy_entry(entry: &Draft) -> Draft {
    let mut entry = entry.clone();
    entry.take("protocolVersion");
    entry.take("tenant");
    entry.rename("protocolBinding", "transport");
    entry
}

/// Gives bindings in entries of drafts of 1.0 the name that they have since.
pub(super) fn settle_bindings(card: &mut Draft) {
    let entries = card.get_mut("supportedInterfaces").and_then(Draft::items_mut).into_iter().flatten();
    for entry in entries.filter(|entry| !entry.has("protocolBinding") && text(entry, "transport").is_some()) {
        entry.rename("transport", "protocolBinding");
    }
}

/// Says what drafts of 1.0 say at the root where 1.0 says it: a version for all interfaces goes to those that have none.
pub(super) fn settle_drafts(work: &mut Work<'_>, card: &mut Draft) {
    for name in ["protocolVersions", "protocolVersion"] {
        let Some(stated) = card.get(name) else { continue };
        let versions: Vec<Draft> = match stated.text() {
            Some(_) => vec![stated.clone()],
            None => stated.items().iter().filter(|item| item.text().is_some()).cloned().collect(),
        };
        let mut known = HashSet::new();
        let versions: Vec<Draft> = versions
            .into_iter()
            .map(interface_version)
            .filter(|version| version.text().is_none_or(|text| known.insert(text.to_owned())))
            .collect();
        let origin = stated.origin;
        let Some(list) = card.get_mut("supportedInterfaces").and_then(Draft::items_mut) else { continue };
        let lacks_version = |entry: &Draft| entry.is_object() && !entry.has("protocolVersion");
        let any = list.iter().any(lacks_version);
        if any && versions.len() > MOST_VERSIONS {
            work.ask(origin, At::Key, Question::Versions(MOST_VERSIONS));
            continue;
        }
        if versions.is_empty() {
            continue;
        }
        let mut spread = Vec::with_capacity(list.len());
        for entry in list.drain(..) {
            if !lacks_version(&entry) {
                spread.push(entry);
                continue;
            }
            spread.extend(versions.iter().map(|version| {
                let mut entry = entry.clone();
                let member = Member::new("protocolVersion", version.clone());
                entry.put_after(&["url", "protocolBinding"], member);
                entry
            }));
        }
        let said: HashSet<_> =
            spread.iter().map(|entry| text(entry, "protocolVersion").map(release)).collect();
        let repeats = any || versions.iter().all(|version| said.contains(&version.text().map(release)));
        *list = spread;
        if let Some(member) = card.take(name).filter(|_| !repeats) {
            work.lost(&member, Loss::Member);
        }
    }
}

/// Writes the version of each interface as 1.0 does.
pub(super) fn settle_versions(card: &mut Draft) {
    let entries = card.get_mut("supportedInterfaces").and_then(Draft::items_mut).into_iter().flatten();
    for version in entries.filter_map(|entry| entry.get_mut("protocolVersion")) {
        *version = interface_version(version.clone());
    }
}

/// A version as interfaces state it, without a patch number; one that is no release stays.
fn interface_version(version: Draft) -> Draft {
    match version.text().map(InterfaceVersion::of) {
        Some(InterfaceVersion::Patched(meant) | InterfaceVersion::Malformed(Some(meant))) => {
            Draft::string(&meant).standing_for(version.origin)
        }
        _ => version,
    }
}

/// A version without its patch number.
fn release(text: &str) -> &str {
    let mut dots = text.match_indices('.').map(|(at, _)| at);
    dots.nth(1).map_or(text, |at| &text[..at])
}

/// Takes the endpoints of the 0.x half out; what they say stands in `supportedInterfaces`.
pub(super) fn drop_legacy(card: &mut Draft) {
    if !card.has("supportedInterfaces") {
        return;
    }
    for name in OLD {
        card.replace(name, "supportedInterfaces");
    }
    card.take("protocolVersion");
}

/// Takes the endpoints of the 1.0 half out, and tells which are lost.
pub(super) fn drop_modern(work: &mut Work<'_>, card: &mut Draft) {
    if !card.has("url") {
        return;
    }
    let Some(list) = card.replace("supportedInterfaces", "protocolVersion") else { return };
    let kept = old_endpoints(card);
    let kept: HashSet<_> = kept.iter().map(bare_place).collect();
    for entry in list.value.items() {
        let speaks_old = is_old(entry) || work.options.speaks("0.3");
        if !speaks_old || !kept.contains(&bare_place(entry)) {
            work.lost_value(entry, Loss::Interface);
            continue;
        }
        let tenant = entry.members().iter().find(|member| member.name == "tenant");
        if let Some(tenant) = tenant.filter(|tenant| tenant.value.text() != Some("")) {
            work.lost(tenant, Loss::Member);
        }
    }
}

/// The binding of an endpoint, and its URL up to the part that belongs to one generation.
fn bare_place(entry: &Draft) -> (Option<&str>, Option<&str>) {
    let url = text(entry, "url").map(|url| url.strip_suffix("/v1").unwrap_or(url).trim_end_matches('/'));
    (url, text(entry, "protocolBinding"))
}

/// States the version of a 0.3 card at its root.
pub(super) fn state_version(work: &mut Work<'_>, card: &mut Draft, mixed: bool) {
    let Some(stated) = card.get("protocolVersion") else {
        let version = Member::new("protocolVersion", Draft::string("0.3.0"));
        if let Some(members) = card.members_mut() {
            members.insert(0, version);
        }
        return;
    };
    if stated.text() == Some("0.3.0") || (mixed && stated.text() == Some("0.3")) {
        return;
    }
    let origin = stated.origin;
    if says_old(card) || work.options.speaks("0.3") {
        if let Some(stated) = card.get_mut("protocolVersion") {
            *stated = Draft::string("0.3.0").standing_for(origin);
        }
    } else {
        work.ask(origin, At::Value, Question::ServerVersion);
    }
}

/// Lists the endpoints of a new 0.x half in `supportedInterfaces`, where readers of both generations look for them.
pub(super) fn list_legacy(card: &mut Draft) {
    let endpoints = old_endpoints(card);
    let Some(known) = card.get_mut("supportedInterfaces").and_then(Draft::items_mut) else { return };
    let mut places: HashSet<_> = known.iter().filter(|entry| is_old(entry)).filter_map(place).collect();
    let new = endpoints.iter().filter(|entry| place(entry).is_none_or(|place| places.insert(place)));
    let mut new: Vec<Draft> = new.cloned().collect();
    for entry in &mut new {
        entry.put_after(&["url", "protocolBinding"], Member::new("protocolVersion", Draft::string("0.3")));
    }
    known.extend(new);
}

/// Takes out of a 0.x card what releases before 0.2.4 do not have: transports, and endpoints besides the main one.
pub(super) fn keep_main_alone(work: &mut Work<'_>, card: &mut Draft) {
    let endpoints = old_endpoints(card);
    endpoints.iter().skip(1).for_each(|entry| work.lost_value(entry, Loss::Interface));
    card.take("additionalInterfaces");
    let transport = card.take("preferredTransport");
    let is_default = |member: &Member| member.value.text() == Some(Transport::JsonRpc.name());
    if let Some(transport) = transport.filter(|transport| !is_default(transport)) {
        work.lost(&transport, Loss::Member);
    }
}
