//! URLs: where they stand in a document, and the gravest thing that is the matter with each.

use super::agent::{Agent, EndpointRole};
use super::transport::Transport;
use super::value::{Text, Value};
use crate::kind::Version;
use crate::syntax::Place;
use crate::text::Span;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use url::{ParseError, Url};

/// Where a host is, as far as its name or address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The machine itself.
    Loopback,
    /// `0.0.0.0` and `[::]`, at which a server listens and no client calls.
    Unspecified,
    /// The link that the machine is on.
    LinkLocal,
    /// An address for private networks.
    Private,
    /// A name that only an inner network resolves: `agent`, `agent.svc.cluster.local`, `agent.internal`.
    ClusterLocal,
    /// Anywhere else.
    Public,
}

impl HostKind {
    /// The kind of `host`: a name, or an address with or without brackets.
    pub fn of(host: &str) -> Self {
        let host = host.strip_suffix('.').unwrap_or(host);
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        match bare.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => Self::of_v4(address),
            Ok(IpAddr::V6(address)) => Self::of_v6(address),
            Err(_) => Self::of_name(host),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        let [first, second, ..] = address.octets();
        // Carrier networks (RFC 6598) are as private as those of RFC 1918.
        let is_shared = first == 100 && (64..128).contains(&second);
        if address.is_loopback() {
            Self::Loopback
        } else if address.is_unspecified() {
            Self::Unspecified
        } else if address.is_link_local() {
            Self::LinkLocal
        } else if address.is_private() || is_shared {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        if let Some(mapped) = address.to_ipv4_mapped() {
            Self::of_v4(mapped)
        } else if address.is_loopback() {
            Self::Loopback
        } else if address.is_unspecified() {
            Self::Unspecified
        } else if address.is_unicast_link_local() {
            Self::LinkLocal
        } else if address.is_unique_local() {
            Self::Private
        } else {
            Self::Public
        }
    }

    fn of_name(host: &str) -> Self {
        const INNER: [&str; 9] =
            ["local", "internal", "svc", "lan", "intranet", "corp", "home", "private", "home.arpa"];
        let is_below = |suffix: &str| ends_with_label(host, suffix);
        if is_below("localhost") || is_below("localhost.localdomain") {
            Self::Loopback
        } else if !host.contains('.') || INNER.into_iter().any(is_below) {
            Self::ClusterLocal
        } else {
            Self::Public
        }
    }
}

/// Whether `host` is `suffix` or a name below it.
fn ends_with_label(host: &str, suffix: &str) -> bool {
    let split = host.len().checked_sub(suffix.len());
    split.is_some_and(|split| {
        host.get(split..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
            && (split == 0 || host.as_bytes()[split - 1] == b'.')
    })
}

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

/// The gravest thing that is the matter with a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlFlaw {
    /// Nothing is there.
    Empty,
    /// White space or a control character stands at these bytes.
    Whitespace(Range<usize>),
    /// The bytes stand for something that was never filled in.
    Placeholder(Range<usize>),
    /// No scheme: a path, or a host alone.
    Relative,
    /// It looks like an absolute URL and is none, for the reason given.
    Unreadable(&'static str),
    /// The scheme, as written, does not go with what the URL is for.
    Scheme(String),
    /// The host is the unspecified address.
    Unspecified,
    /// The scheme, as written, does not encrypt; the host is of this kind.
    Plaintext(HostKind),
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
pub(super) fn flawed_urls<'d>(agent: &Agent<'d>) -> Vec<FlawedUrl<'d>> {
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

/// The gravest flaw of `text` as a URL for `purpose`.
pub fn flaw(text: &str, purpose: Purpose) -> Option<UrlFlaw> {
    if is_plainly_fine(text) {
        return None;
    }
    if text.is_empty() {
        return Some(UrlFlaw::Empty);
    }
    if let Some(range) = placeholder(text) {
        return Some(UrlFlaw::Placeholder(range));
    }
    if let Some(range) = whitespace(text) {
        return Some(UrlFlaw::Whitespace(range));
    }
    let Some(scheme) = scheme(text) else {
        let is_grpc = matches!(purpose, Purpose::Endpoint(_, Some(Transport::Grpc)));
        return match host_and_port(text).filter(|_| is_grpc) {
            Some((host, port)) => host_flaw(HostKind::of(host), port == 80),
            None => Some(UrlFlaw::Relative),
        };
    };
    if let Some(reason) = unreadable(text, scheme) {
        return Some(UrlFlaw::Unreadable(reason));
    }
    if !goes_with(scheme, purpose) {
        return Some(UrlFlaw::Scheme(scheme.to_owned()));
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return Some(UrlFlaw::Unreadable(reason(error))),
    };
    let plaintext = ["http", "ws", "grpc"].contains(&url.scheme()) && purpose != Purpose::Information;
    url.host_str().and_then(|host| host_flaw(HostKind::of(host), plaintext))
}

fn host_flaw(kind: HostKind, plaintext: bool) -> Option<UrlFlaw> {
    match kind {
        HostKind::Unspecified => Some(UrlFlaw::Unspecified),
        kind => plaintext.then_some(UrlFlaw::Plaintext(kind)),
    }
}

/// Whether `text` is an `https` URL of the most usual form, with a host name in plain letters. Nothing more has to be
/// looked at then, and nearly every URL is like that.
fn is_plainly_fine(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    let plain_host = host.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
        && !host.contains("xn--");
    let top = host.rsplit('.').next().unwrap_or_default();
    let plain_tail =
        tail.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/?#=&@!'()*+,;%".contains(&byte));
    plain_host
        && host.contains('.')
        && top.starts_with(|char: char| char.is_ascii_lowercase())
        && host.split('.').all(|label| !label.is_empty() && !is_filler(label))
        && plain_tail
}

/// The bytes of the first run of white space or control characters.
fn whitespace(text: &str) -> Option<Range<usize>> {
    let is_blank = |char: char| char.is_whitespace() || char.is_control();
    let start = text.find(is_blank)?;
    let length = text[start..].find(|char| !is_blank(char)).unwrap_or(text.len() - start);
    Some(start..start + length)
}

/// The scheme of `text`, as written. What stands before a port is a host and no scheme.
pub fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let mut chars = scheme.chars();
    let is_name = chars.next().is_some_and(|first| first.is_ascii_alphabetic())
        && chars.all(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '-' | '.'));
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = !rest.starts_with("//") && (is_port || scheme.contains('.'));
    (is_name && !is_host).then_some(scheme)
}

/// The parts of `host:port`, as gRPC writes addresses.
fn host_and_port(text: &str) -> Option<(&str, u16)> {
    let (host, port) = text.rsplit_once(':')?;
    let is_host = if let Some(address) = host.strip_prefix('[') {
        address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
    } else {
        !host.is_empty() && !host.contains([':', '/', '?', '#', '@', '\\'])
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    port.parse().ok().filter(|_| is_host && is_port).map(|port| (host, port))
}

/// What lenient parsers let pass and strict ones do not.
fn unreadable(text: &str, scheme: &str) -> Option<&'static str> {
    let rest = text.get(scheme.len() + 1..).unwrap_or_default();
    let needs_host = ["http", "https", "ws", "wss", "grpc", "grpcs"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    if text.contains('\\') {
        return Some("a backslash stands in it");
    }
    if !needs_host {
        return None;
    }
    match rest.strip_prefix("//") {
        None => Some("two slashes are missing after the scheme"),
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) => Some("it names no host"),
        Some(_) => None,
    }
}

fn reason(error: ParseError) -> &'static str {
    match error {
        ParseError::EmptyHost => "it names no host",
        ParseError::InvalidPort => "the port is no number up to 65535",
        ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address => "the address of the host is none",
        ParseError::IdnaError | ParseError::InvalidDomainCharacter => "the host cannot be a host name",
        _ => "it cannot be parsed",
    }
}

fn goes_with(scheme: &str, purpose: Purpose) -> bool {
    let is = |known: &[&str]| known.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    match purpose {
        Purpose::Endpoint(_, Some(Transport::Grpc)) => is(&["http", "https", "grpc", "grpcs", "dns"]),
        Purpose::Endpoint(_, Some(_)) | Purpose::Login(_) => is(&["http", "https"]),
        Purpose::Endpoint(_, None) | Purpose::Information => true,
    }
}

/// The bytes of `text` that stand for something that was never filled in.
pub fn placeholder(text: &str) -> Option<Range<usize>> {
    bracketed(text, '{', '}').or_else(|| bracketed(text, '<', '>')).or_else(|| unfilled_host(text))
}

/// From the first `open` to the `close` after it, with a `$` before and repetitions on both sides.
fn bracketed(text: &str, open: char, close: char) -> Option<Range<usize>> {
    let start = text.find(open)?;
    let end = start + text[start..].find(close)? + 1;
    let more = text[end..].chars().take_while(|char| *char == close).count();
    let start = if text[..start].ends_with('$') { start - 1 } else { start };
    Some(start..end + more)
}

/// A host, or the name of one label of it, that no host is called.
fn unfilled_host(text: &str) -> Option<Range<usize>> {
    let start = text.find("://").map_or(0, |colon| colon + 3);
    let authority = text[start..].split(['/', '?', '#']).next().unwrap_or_default();
    let offset = start + authority.rfind('@').map_or(0, |at| at + 1);
    let authority = &text[offset..start + authority.len()];
    if let Some(inner) = authority.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
        return (!inner.contains(':')).then_some(offset..offset + authority.len());
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    // Without slashes a word behind a colon may as well belong to `mailto:name`; in capitals it does not.
    let is_word = |char: char| {
        char == '_' || char == '$' || char.is_ascii_uppercase() || (start > 0 && char.is_ascii_lowercase())
    };
    if !port.is_empty() && port.chars().all(is_word) {
        return Some(offset + host.len() + 1..offset + authority.len());
    }
    if !host.is_empty() && host.chars().all(|char| char == '.') {
        return Some(offset..offset + host.len());
    }
    let mut at = offset;
    for label in host.split('.') {
        if is_filler(label) {
            return Some(at..at + label.len());
        }
        at += label.len() + 1;
    }
    None
}

/// Whether a label of a host name stands for one: `YOUR_HOST`, `your-domain`, `$HOST`, `%HOST%`, `changeme`.
fn is_filler(label: &str) -> bool {
    const WORDS: [&str; 12] = [
        "changeme",
        "change-me",
        "replaceme",
        "replace-me",
        "placeholder",
        "todo",
        "tbd",
        "yourdomain",
        "yourhost",
        "yourserver",
        "yourcompany",
        "yoursite",
    ];
    const YOURS: [&str; 18] = [
        "domain",
        "host",
        "hostname",
        "server",
        "service",
        "agent",
        "app",
        "api",
        "company",
        "org",
        "organization",
        "url",
        "endpoint",
        "site",
        "project",
        "project-id",
        "tenant",
        "name",
    ];
    let first = label.bytes().next().unwrap_or_default();
    if !first.is_ascii_alphabetic() && !matches!(first, b'_' | b'$' | b'%') {
        return false;
    }
    let shouted = label.contains('_')
        && label.bytes().any(|byte| byte.is_ascii_uppercase())
        && label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let variable =
        label.strip_prefix('$').is_some_and(|name| name.starts_with(|char: char| char.is_ascii_alphabetic()))
            || (label.len() > 2 && label.starts_with('%') && label.ends_with('%'));
    let yours = label
        .get(..5)
        .filter(|start| start.eq_ignore_ascii_case("your-") || start.eq_ignore_ascii_case("your_"))
        .and_then(|_| label.get(5..))
        .is_some_and(|rest| YOURS.iter().any(|word| word.eq_ignore_ascii_case(rest)));
    shouted || variable || yours || WORDS.iter().any(|word| word.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSONRPC: Purpose = Purpose::Endpoint(EndpointRole::Main, Some(Transport::JsonRpc));
    const GRPC: Purpose = Purpose::Endpoint(EndpointRole::Main, Some(Transport::Grpc));
    const CUSTOM: Purpose = Purpose::Endpoint(EndpointRole::Main, None);

    #[test]
    fn hosts_are_told_apart() {
        let of = |hosts: &[&str], kind: HostKind| {
            for host in hosts {
                assert_eq!(HostKind::of(host), kind, "{host}");
            }
        };
        of(
            &["localhost", "LOCALHOST.", "a.localhost", "127.8.0.1", "[::1]", "::ffff:127.0.0.1"],
            HostKind::Loopback,
        );
        of(&["0.0.0.0", "[::]"], HostKind::Unspecified);
        of(&["169.254.169.254", "[fe80::1]"], HostKind::LinkLocal);
        of(&["10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "[fd00::1]"], HostKind::Private);
        of(
            &["agent", "a.svc.cluster.local", "a.b.svc", "x.internal", "host.docker.internal"],
            HostKind::ClusterLocal,
        );
        of(
            &["example.com", "8.8.8.8", "172.32.0.1", "notlocalhost.com", "[2001:db8::1]", "bücher.example"],
            HostKind::Public,
        );
    }

    #[test]
    fn sound_urls_have_no_flaw() {
        for text in [
            "https://example.com",
            "HTTPS://Example.COM:8443/a2a?x=1#y",
            "https://user@example.com/",
            "https://bücher.example/a2a",
            "https://xn--bcher-kva.example/",
            "https://192.168.1.4/a2a",
            "https://[2001:db8::1]:8443/a2a",
            "https://example.com./a",
            "https://agent/a2a",
            "https://example.com/a%20b/API_V1",
            "https://your-story.example/a2a",
            "https://my_host.example.com/",
        ] {
            assert_eq!(flaw(text, JSONRPC), None, "{text}");
        }
        for text in [
            "grpc.example.com:443",
            "[2001:db8::1]:443",
            "localhost:50051",
            "grpcs://example.com",
            "dns:///a.example:443",
        ] {
            assert_eq!(flaw(text, GRPC), None, "{text}");
        }
        for text in ["wss://example.com/ws", "mailto:agent@example.com", "urn:example:agent"] {
            assert_eq!(flaw(text, CUSTOM), None, "{text}");
        }
        for text in ["http://example.com/docs", "data:image/png;base64,AAAA"] {
            assert_eq!(flaw(text, Purpose::Information), None, "{text}");
        }
    }

    #[test]
    fn flaws_are_told_apart() {
        let is = |text: &str, purpose: Purpose, wanted: UrlFlaw| {
            assert_eq!(flaw(text, purpose), Some(wanted), "{text}")
        };
        is("", JSONRPC, UrlFlaw::Empty);
        for text in [
            "/a2a",
            "example.com/a2a",
            "example.com:8080/a2a",
            "localhost:8080",
            "agent:9000/x",
            "none",
            "https//a.example",
        ] {
            is(text, JSONRPC, UrlFlaw::Relative);
        }
        is("grpc.example.com", GRPC, UrlFlaw::Relative);
        is("example.com:443/x", GRPC, UrlFlaw::Relative);
        is(" https://example.com", JSONRPC, UrlFlaw::Whitespace(0..1));
        is("https://example.com/a  b", JSONRPC, UrlFlaw::Whitespace(21..23));
        is("https://example.com/\n", JSONRPC, UrlFlaw::Whitespace(20..21));
        for text in [
            "https:example.com",
            "https:/example.com/a",
            "https://",
            "https:///a",
            "https://:80/",
            "https://a.example:99999/",
            "https:\\\\a.example",
            "https://a.example/b\\c",
            "https://300.1.2.3/",
        ] {
            assert!(
                matches!(flaw(text, JSONRPC), Some(UrlFlaw::Unreadable(_))),
                "{text}: {:?}",
                flaw(text, JSONRPC)
            );
        }
        is("wss://example.com/", JSONRPC, UrlFlaw::Scheme("wss".to_owned()));
        is("mailto:a@example.com", JSONRPC, UrlFlaw::Scheme("mailto".to_owned()));
        is("grpc://example.com", JSONRPC, UrlFlaw::Scheme("grpc".to_owned()));
        is("https://0.0.0.0:8000/", JSONRPC, UrlFlaw::Unspecified);
        is("http://[::]/", JSONRPC, UrlFlaw::Unspecified);
        is("0.0.0.0:50051", GRPC, UrlFlaw::Unspecified);
        is("HTTP://example.com/", JSONRPC, UrlFlaw::Plaintext(HostKind::Public));
        is("http://0x7f.1:80/", JSONRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("http://１２７.0.0.1/", JSONRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("http://user:x@10.1.2.3/", JSONRPC, UrlFlaw::Plaintext(HostKind::Private));
        is("grpc://127.0.0.1:1", GRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("ws://agent/", CUSTOM, UrlFlaw::Plaintext(HostKind::ClusterLocal));
        is("example.com:80", GRPC, UrlFlaw::Plaintext(HostKind::Public));
    }

    #[test]
    fn placeholders_are_found() {
        for (text, part) in [
            ("https://{host}/a2a", "{host}"),
            ("{{ base_url }}/a2a", "{{ base_url }}"),
            ("https://${HOST}:8080/", "${HOST}"),
            ("https://<your-host>/a2a", "<your-host>"),
            ("https://YOUR_SERVICE_URL/a2a", "YOUR_SERVICE_URL"),
            ("REPLACE_WITH_URL", "REPLACE_WITH_URL"),
            ("https://$HOST/a", "$HOST"),
            ("https://[your-host]/a", "[your-host]"),
            ("http://localhost:PORT/a", "PORT"),
            ("https://...", "..."),
            ("https://your-domain.com/a2a", "your-domain"),
            ("https://api.yourdomain.com/a2a", "yourdomain"),
            ("https://__HOST__/", "__HOST__"),
            ("https://example.com/{tenantId}/a2a", "{tenantId}"),
        ] {
            let range = placeholder(text);
            assert_eq!(range.and_then(|range| text.get(range)), Some(part), "{text}");
        }
        for text in [
            "https://EXAMPLE.com/A_B",
            "https://yourstory.example/",
            "https://my_host/",
            "http://[::1]:80/",
            "a b",
            "",
            "https://example.com/}{",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
