//! Where URLs stand in a document, and which of them have a flaw.

use super::flaw::{UrlFlaw, flaw};
use crate::kind::Version;
use crate::model::agent::{Agent, EndpointRole};
use crate::model::transport::Transport;
use crate::model::value::{Text, Value};
use crate::syntax::Place;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// A URL in a document.
#[derive(Clone)]
pub struct UrlPlace<'d> {
    /// The text.
    pub text: Text<'d>,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a URL is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An endpoint of the agent. The transport is a core one, or absent for any other.
    Endpoint(EndpointRole, Option<Transport>),
    /// A page or picture for people: `documentationUrl`, `iconUrl`, the provider's `url`.
    Information,
    /// Where a client logs in.
    Login(Login),
}

/// Which part of logging in a URL is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    /// The authorization code flow.
    AuthorizationCode,
    /// Any other flow.
    OtherFlow,
    /// `oauth2MetadataUrl`
    Metadata,
    /// `openIdConnectUrl`
    OpenIdConnect,
}

/// A URL with a flaw.
pub struct FlawedUrl<'d> {
    /// The first place at which it stands.
    pub place: UrlPlace<'d>,
    /// What is the matter.
    pub flaw: UrlFlaw,
    /// Further places with the same text and the same use.
    pub again: Vec<UrlPlace<'d>>,
}

impl<'d> FlawedUrl<'d> {
    /// The name of the member, or of the list, in which it stands.
    pub fn name(&self) -> Cow<'d, str> {
        self.place.text.node.key().unwrap_or(Cow::Borrowed("the URL"))
    }

    /// The bytes of every place, in the order of the document.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = self.places().map(|place| place.text.node.span()).collect();
        spans.sort_unstable();
        spans
    }

    /// The first few of the further places, to point at.
    pub fn further(&self) -> impl Iterator<Item = Place<'d>> + '_ {
        self.again.iter().take(8).map(|place| place.text.node.whole())
    }

    /// Every place at which it stands.
    pub fn places(&self) -> impl Iterator<Item = &UrlPlace<'d>> {
        std::iter::once(&self.place).chain(&self.again)
    }
}

/// The flawed URLs of `agent`, each text once for each use.
pub(in crate::model) fn flawed_urls<'d>(agent: &Agent<'d>) -> Vec<FlawedUrl<'d>> {
    let mut found: Vec<FlawedUrl<'d>> = Vec::new();
    let mut known: HashMap<(String, u8), usize> = HashMap::new();
    let mut take = |place: UrlPlace<'d>| {
        let Some(flaw) = flaw(&place.text.text, place.purpose) else { return };
        // The flaws of one text differ where its uses do, and with core transports and others.
        let key = (place.text.text.clone().into_owned(), rank(place.purpose, &flaw));
        match known.get(&key).and_then(|&index| found.get_mut(index)) {
            Some(first) => first.again.push(place),
            None => {
                known.insert(key, found.len());
                found.push(FlawedUrl { place, flaw, again: Vec::new() });
            }
        }
    };
    endpoints(agent, &mut take);
    information(agent, &mut take);
    logins(agent, &mut take);
    found
}

/// A number that is the same for equal uses of a URL with equal flaws.
fn rank(purpose: Purpose, flaw: &UrlFlaw) -> u8 {
    // About where a host is, a URL says the same wherever it stands.
    if matches!(flaw, UrlFlaw::Lookalike(_) | UrlFlaw::Metadata | UrlFlaw::Inner(_) | UrlFlaw::Tunnel(_)) {
        return u8::MAX;
    }
    let purpose = match purpose {
        Purpose::Endpoint(..) => 0,
        Purpose::Information => 1,
        Purpose::Login(_) => 2,
    };
    let flaw = match flaw {
        UrlFlaw::Scheme(_) => 1,
        UrlFlaw::Relative => 2,
        _ => 0,
    };
    3 * purpose + flaw
}

fn endpoints<'d>(agent: &Agent<'d>, take: &mut impl FnMut(UrlPlace<'d>)) {
    for endpoint in &agent.endpoints {
        let Some(url) = &endpoint.url else { continue };
        let unsaid = endpoint.role == EndpointRole::Main && !endpoint.entry.has("preferredTransport");
        let transport = match &endpoint.transport {
            Some(transport) if endpoint.role == EndpointRole::Main && transport.text.is_empty() => {
                Some(Transport::JsonRpc)
            }
            Some(transport) => Transport::meant_by(&transport.text).map(|(transport, _)| transport),
            None => unsaid.then_some(Transport::JsonRpc),
        };
        take(UrlPlace { text: url.clone(), purpose: Purpose::Endpoint(endpoint.role, transport) });
    }
}

fn information<'d>(agent: &Agent<'d>, take: &mut impl FnMut(UrlPlace<'d>)) {
    let Some(card) = agent.card else { return };
    let provider = card.object("provider").and_then(|provider| provider.text("url"));
    for text in [card.text("documentationUrl"), card.text("iconUrl"), provider].into_iter().flatten() {
        take(UrlPlace { text, purpose: Purpose::Information });
    }
    // Consoles show links that the specification does not know, too. What else is wrong with them is nobody's concern here.
    for (name, value) in
        card.raw_members().chain(card.object("provider").into_iter().flat_map(Value::raw_members))
    {
        let is_script =
            |text: &Text<'d>| matches!(flaw(&text.text, Purpose::Information), Some(UrlFlaw::Script(_)));
        if is_foreign_link(&name)
            && let Some(text) = value.as_text().filter(is_script)
        {
            take(UrlPlace { text, purpose: Purpose::Information });
        }
    }
}

/// Whether a member with this name holds a link, and none that has a meaning of its own.
fn is_foreign_link(name: &str) -> bool {
    const LINKS: [&str; 9] = ["url", "uri", "link", "href", "page", "site", "terms", "privacy", "policy"];
    let lower = name.to_ascii_lowercase();
    !["url", "documentationurl", "iconurl"].contains(&lower.as_str())
        && LINKS.iter().any(|link| lower.contains(link))
}

fn logins<'d>(agent: &Agent<'d>, take: &mut impl FnMut(UrlPlace<'d>)) {
    if agent.version().is_some_and(|version| version.legacy == Some(Version::V0_1_0)) {
        return;
    }
    for scheme in &agent.schemes {
        login(scheme.details, take);
        // In a mixed card an entry may be written in both forms.
        if scheme.details.node() != scheme.entry.node() && agent.is_legacy() {
            login(scheme.entry, take);
        }
    }
}

fn login<'d>(scheme: Value<'d>, take: &mut impl FnMut(UrlPlace<'d>)) {
    let mut offer = |text: Option<Text<'d>>, login: Login| {
        if let Some(text) = text {
            take(UrlPlace { text, purpose: Purpose::Login(login) });
        }
    };
    offer(scheme.text("oauth2MetadataUrl"), Login::Metadata);
    offer(scheme.text("openIdConnectUrl"), Login::OpenIdConnect);
    let flows = scheme.object("flows").into_iter().flat_map(Value::members);
    for (name, flow) in flows.filter(|(_, flow)| flow.node().is_object()) {
        let login = if name == "authorizationCode" { Login::AuthorizationCode } else { Login::OtherFlow };
        for member in ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl"] {
            offer(flow.text(member), login);
        }
    }
}
