//! Hosts: where they are, as far as a name or an address tells.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::Host;

/// Where a host is, as far as its name or address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The machine itself.
    Loopback,
    /// `0.0.0.0` and `[::]`, at which a server listens and no client calls.
    Unspecified,
    /// The link that the machine is on.
    LinkLocal,
    /// The service by which a machine in a cloud learns about itself, and gets its credentials.
    Metadata,
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
        match (bare.parse::<IpAddr>(), Host::parse(host)) {
            (Ok(IpAddr::V4(address)), _) | (_, Ok(Host::Ipv4(address))) => Self::of_v4(address),
            (Ok(IpAddr::V6(address)), _) | (_, Ok(Host::Ipv6(address))) => Self::of_v6(address),
            _ => Self::of_name(host),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        const METADATA: [[u8; 4]; 3] = [[169, 254, 169, 254], [169, 254, 170, 2], [100, 100, 100, 200]];
        let [first, second, ..] = address.octets();
        // Carrier networks (RFC 6598) are as private as those of RFC 1918.
        let is_shared = first == 100 && (64..128).contains(&second);
        if METADATA.contains(&address.octets()) {
            Self::Metadata
        } else if address.is_loopback() {
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
        const METADATA: Ipv6Addr = Ipv6Addr::new(0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254);
        let translated = match address.segments() {
            [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => Some((u32::from(high) << 16) | u32::from(low)),
            _ => None,
        };
        if let Some(mapped) = address.to_ipv4_mapped().or(translated.map(Ipv4Addr::from_bits)) {
            Self::of_v4(mapped)
        } else if address == METADATA {
            Self::Metadata
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
        let is_below = |suffix: &str| ends_with_label(host, suffix);
        if METADATA_NAMES.iter().any(|name| host.eq_ignore_ascii_case(name)) {
            Self::Metadata
        } else if is_below("localhost") || is_below("localhost.localdomain") {
            Self::Loopback
        } else if !host.contains('.') || INNER.into_iter().any(is_below) || is_below("home.arpa") {
            Self::ClusterLocal
        } else {
            Self::Public
        }
    }
}

/// Whether two hosts seem to belong to one owner: one lies below the other, or both below one name that somebody
/// registered. Which names can be registered is guessed: `co.uk` and the like have short parts.
pub fn are_related(one: &str, other: &str) -> bool {
    let owned = |host: &str| -> String {
        let labels: Vec<&str> = host.trim_end_matches('.').rsplit('.').collect();
        let count = if labels.get(1).is_some_and(|label| label.len() <= 3) { 3 } else { 2 };
        labels.into_iter().take(count).collect::<Vec<_>>().join(".").to_ascii_lowercase()
    };
    ends_with_label(one, other) || ends_with_label(other, one) || owned(one) == owned(other)
}

const METADATA_NAMES: [&str; 3] = ["metadata.google.internal", "metadata.goog", "instance-data.ec2.internal"];

/// Top-level names that no public server has.
const INNER: [&str; 8] = ["local", "internal", "svc", "lan", "intranet", "corp", "home", "private"];

/// Whether names under the top-level name `top` may be more than public ones.
pub(super) fn is_inner_top(top: &str) -> bool {
    INNER.contains(&top) || ["localhost", "localdomain", "arpa", "goog"].contains(&top)
}

/// Names under which services give a server on somebody's machine an address for a while.
const TUNNELS: [(&str, &str); 27] = [
    ("ngrok.io", "ngrok"),
    ("ngrok.app", "ngrok"),
    ("ngrok.dev", "ngrok"),
    ("ngrok-free.app", "ngrok"),
    ("ngrok-free.dev", "ngrok"),
    ("trycloudflare.com", "Cloudflare"),
    ("loca.lt", "localtunnel"),
    ("localtunnel.me", "localtunnel"),
    ("serveo.net", "Serveo"),
    ("serveousercontent.com", "Serveo"),
    ("localhost.run", "localhost.run"),
    ("lhr.life", "localhost.run"),
    ("lhr.rocks", "localhost.run"),
    ("pinggy.link", "Pinggy"),
    ("pinggy.io", "Pinggy"),
    ("devtunnels.ms", "Microsoft"),
    ("tunnelmole.net", "Tunnelmole"),
    ("loclx.io", "LocalXpose"),
    ("bore.pub", "bore"),
    ("localto.net", "Localtonet"),
    ("telebit.io", "Telebit"),
    ("tunnelto.dev", "tunnelto"),
    ("app.github.dev", "GitHub"),
    ("gitpod.io", "Gitpod"),
    ("share.zrok.io", "zrok"),
    ("sharedwithexpose.com", "Expose"),
    ("instatunnel.my", "InstaTunnel"),
];

/// The service whose tunnel ends at `host`, if it is one.
pub(super) fn tunnel(host: &str) -> Option<&'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_end = |suffix: &str| host.len() > suffix.len() && ends_with_label(host, suffix);
    TUNNELS.iter().find(|(suffix, _)| is_end(suffix)).map(|(_, service)| *service)
}

/// Whether `host` is `suffix` or a name below it.
fn ends_with_label(host: &str, suffix: &str) -> bool {
    let split = host.len().checked_sub(suffix.len());
    split.is_some_and(|split| {
        // The dot is looked at first: few names have one just there.
        (split == 0 || host.as_bytes()[split - 1] == b'.')
            && host.get(split..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        of(&["169.254.1.1", "[fe80::1]"], HostKind::LinkLocal);
        of(
            &[
                "169.254.169.254",
                "0xa9fea9fe",
                "[::ffff:169.254.169.254]",
                "[fd00:ec2::254]",
                "Metadata.google.internal.",
            ],
            HostKind::Metadata,
        );
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
    fn hosts_of_one_owner_are_known() {
        for (one, other) in [
            ("a.example.com", "keys.example.com"),
            ("example.com", "KEYS.Example.com"),
            ("a.example.co.uk", "b.example.co.uk"),
            ("abc.com", "x.abc.com"),
        ] {
            assert!(are_related(one, other), "{one} {other}");
        }
        for (one, other) in
            [("a.example.com", "a.example.net"), ("a.co.uk", "b.co.uk"), ("notexample.com", "example.com")]
        {
            assert!(!are_related(one, other), "{one} {other}");
        }
    }

    #[test]
    fn tunnels_are_known_by_their_service() {
        assert_eq!(tunnel("1234-5.Ngrok-Free.App"), Some("ngrok"));
        assert_eq!(tunnel("calm-tides.trycloudflare.com."), Some("Cloudflare"));
        for host in ["ngrok.io", "notngrok.io", "ngrok.com", "example.app", "loca.lt.example"] {
            assert_eq!(tunnel(host), None, "{host}");
        }
    }
}
