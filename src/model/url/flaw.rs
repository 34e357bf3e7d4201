//! The gravest thing that is the matter with a URL.

use super::host::{HostKind, is_inner_top, tunnel};
use super::lookalike::{Lookalike, lookalike};
use super::placeholder::{asking_segment, is_filler, is_reserved, placeholder};
use super::places::Purpose;
use crate::model::transport::Transport;
use crate::words::ByteSet;
use core::net::Ipv6Addr;
use std::ops::Range;
use url::{ParseError, Url};

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
    /// A link that runs a script, or shows a document of its own, under this scheme.
    Script(String),
    /// A link that browsers do not open, because of this scheme, as written.
    Unopenable(String),
    /// The scheme, as written, does not go with what the URL is for.
    Scheme(String),
    /// The host passes for another one.
    Lookalike(Lookalike),
    /// The host is the unspecified address.
    Unspecified,
    /// The host hands out the credentials of the machine in a cloud on which it is asked.
    Metadata,
    /// The scheme, as written, does not encrypt; the host is of this kind.
    Plaintext(HostKind),
    /// The host is of this kind, and not everybody can reach it.
    Inner(HostKind),
    /// The host is the public end of a tunnel, which the service of this name keeps open for a while.
    Tunnel(&'static str),
}

/// The gravest flaw of `text` as a URL for `purpose`.
pub fn flaw(text: &str, purpose: Purpose) -> Option<UrlFlaw> {
    if is_plainly_fine(text) {
        return None;
    }
    if text.is_empty() {
        return Some(UrlFlaw::Empty);
    }
    if let Some(scheme) = script(text).filter(|_| purpose == Purpose::Information) {
        return Some(UrlFlaw::Script(scheme));
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
            Some((host, port)) => host_flaw(host, port == 80),
            None => Some(UrlFlaw::Relative),
        };
    };
    if let Some(reason) = unreadable(text, scheme) {
        return Some(UrlFlaw::Unreadable(reason));
    }
    if purpose == Purpose::Information && !is_of_browsers(scheme) {
        return Some(UrlFlaw::Unopenable(scheme.to_owned()));
    }
    if !goes_with(scheme, purpose) {
        return Some(UrlFlaw::Scheme(scheme.to_owned()));
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(error) => return Some(UrlFlaw::Unreadable(reason(error))),
    };
    let plaintext = ["http", "ws", "grpc"].contains(&url.scheme()) && purpose != Purpose::Information;
    url.host_str().and_then(|host| host_flaw(host, plaintext))
}

fn host_flaw(host: &str, plaintext: bool) -> Option<UrlFlaw> {
    if let Some(lookalike) = lookalike(host) {
        return Some(UrlFlaw::Lookalike(lookalike));
    }
    match HostKind::of(host) {
        HostKind::Unspecified => Some(UrlFlaw::Unspecified),
        HostKind::Metadata => Some(UrlFlaw::Metadata),
        kind if plaintext => Some(UrlFlaw::Plaintext(kind)),
        HostKind::Public => tunnel(host).map(UrlFlaw::Tunnel),
        kind => Some(UrlFlaw::Inner(kind)),
    }
}

/// Whether `text` is an `https` URL of the most usual form, with a host name in plain letters. Nothing more has to be
/// looked at then, and nearly every URL is like that.
fn is_plainly_fine(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    let (host, tail) = rest.split_at(end.unwrap_or(rest.len()));
    TAIL.covers(tail.as_bytes()) && asking_segment(tail, 0).is_none() && is_plain_host(host)
}

/// What host names are made of.
static HOST: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyz0123456789-.");

/// What paths, queries and fragments are made of without anything that is worth a look.
static TAIL: ByteSet =
    ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%&'()*+,-./;=?@_~");

fn is_plain_host(host: &str) -> bool {
    if !HOST.covers(host.as_bytes()) {
        return false;
    }
    let is_plain = |label: &str| !label.is_empty() && !label.starts_with("xn--") && !is_filler(label);
    let mut top = host;
    while let Some(dot) = memchr::memchr(b'.', top.as_bytes()) {
        let (label, rest) = top.split_at(dot);
        if !is_plain(label) {
            return false;
        }
        top = &rest[1..];
    }
    is_plain(top)
        && !is_reserved(top)
        && top.len() < host.len()
        && top.starts_with(|char: char| char.is_ascii_lowercase())
        && !is_inner_top(top)
        && tunnel(host).is_none()
}

/// The bytes of the first run of white space or control characters.
fn whitespace(text: &str) -> Option<Range<usize>> {
    let is_blank = |char: char| char.is_whitespace() || char.is_control();
    let start = text.find(is_blank)?;
    let length = text[start..].find(|char| !is_blank(char)).unwrap_or(text.len() - start);
    Some(start..start + length)
}

/// The scheme of a link that runs a script or shows a document of its own. The parser drops the white space that browsers
/// drop, so that nothing hides behind it. Pictures are shown and run nothing.
fn script(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_picture = || url.path().get(..6).is_some_and(|start| start.eq_ignore_ascii_case("image/"));
    let is_script = match url.scheme() {
        "javascript" | "vbscript" => true,
        "data" => !is_picture(),
        _ => false,
    };
    is_script.then(|| url.scheme().to_owned())
}

/// Whether browsers open links with this scheme, or show pictures under it.
fn is_of_browsers(scheme: &str) -> bool {
    ["http", "https", "data"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
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

/// The host of a URL, or of an address as gRPC writes them, in lower case.
pub fn host(text: &str) -> Option<String> {
    let of_url = Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_ascii_lowercase));
    of_url.or_else(|| host_and_port(text).map(|(host, _)| host.to_ascii_lowercase()))
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

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::agent::EndpointRole;

    const JSONRPC: Purpose = Purpose::Endpoint(EndpointRole::Main, Some(Transport::JsonRpc));
    const GRPC: Purpose = Purpose::Endpoint(EndpointRole::Main, Some(Transport::Grpc));
    const CUSTOM: Purpose = Purpose::Endpoint(EndpointRole::Main, None);

    #[test]
    fn sound_urls_have_no_flaw() {
        for text in [
            "https://example.com",
            "HTTPS://Example.COM:8443/a2a?x=1#y",
            "https://user@example.com/",
            "https://bücher.example/a2a",
            "https://xn--bcher-kva.example/",
            "https://[2001:db8::1]:8443/a2a",
            "https://example.com./a",
            "https://example.com/a%20b/API_V1",
            "https://your-story.example/a2a",
            "https://my_host.example.com/",
        ] {
            assert_eq!(flaw(text, JSONRPC), None, "{text}");
        }
        for text in
            ["grpc.example.com:443", "[2001:db8::1]:443", "grpcs://example.com", "dns:///a.example:443"]
        {
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
    fn links_are_judged_by_what_a_browser_does_with_them() {
        let page = |text: &str| flaw(text, Purpose::Information);
        for text in [
            "javascript:alert(1)",
            "JavaScript:alert('{{x}}')",
            " java\tscript:alert(1)",
            "\u{1}javascript:void(0)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:,hello",
            "data:application/xhtml+xml;base64,AAAA",
        ] {
            assert!(matches!(page(text), Some(UrlFlaw::Script(_))), "{text:?}: {:?}", page(text));
        }
        for text in
            ["ftp://a.example/x", "FILE:///etc/passwd", "mailto:a@example.com", "tel:+49112", "ipfs://Qm"]
        {
            assert!(matches!(page(text), Some(UrlFlaw::Unopenable(_))), "{text}: {:?}", page(text));
        }
        for text in
            ["data:image/svg+xml;utf8,%3Csvg/%3E", "DATA:Image/PNG;base64,AAAA", "HTTPS://a.example.com/"]
        {
            assert_eq!(page(text), None, "{text}");
        }
        assert_eq!(page("localhost:8080/docs"), Some(UrlFlaw::Relative));
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
        is("https://192.168.1.4/a2a", JSONRPC, UrlFlaw::Inner(HostKind::Private));
        is("https://agent/a2a", JSONRPC, UrlFlaw::Inner(HostKind::ClusterLocal));
        is("https://agents.corp/a2a", JSONRPC, UrlFlaw::Inner(HostKind::ClusterLocal));
        is("localhost:50051", GRPC, UrlFlaw::Inner(HostKind::Loopback));
        is("http://localhost/docs", Purpose::Information, UrlFlaw::Inner(HostKind::Loopback));
        is("https://x1.ngrok-free.app/", JSONRPC, UrlFlaw::Tunnel("ngrok"));
        is("http://2852039166/", JSONRPC, UrlFlaw::Metadata);
        is("http://0xa9.0376.0xa9fe/", Purpose::Information, UrlFlaw::Metadata);
        is("grpc://0x7f000001:80", GRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("HTTP://example.com/", JSONRPC, UrlFlaw::Plaintext(HostKind::Public));
        is("http://0x7f.1:80/", JSONRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("http://１２７.0.0.1/", JSONRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("http://user:x@10.1.2.3/", JSONRPC, UrlFlaw::Plaintext(HostKind::Private));
        is("grpc://127.0.0.1:1", GRPC, UrlFlaw::Plaintext(HostKind::Loopback));
        is("ws://agent/", CUSTOM, UrlFlaw::Plaintext(HostKind::ClusterLocal));
        is("example.com:80", GRPC, UrlFlaw::Plaintext(HostKind::Public));
    }
}
