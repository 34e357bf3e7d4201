//! The encrypted twin of a URL.

use super::flaw::scheme;

/// The URL with `https` or `wss` for `http` or `ws`, and the new scheme; with a port of its own the server speaks
/// something else there.
pub fn encrypted(url: &str) -> Option<(String, String)> {
    let scheme = scheme(url)?;
    let secure = ["http", "ws"].iter().find(|plain| plain.eq_ignore_ascii_case(scheme))?;
    let secure = format!("{secure}s");
    let rest = url.get(scheme.len()..)?;
    let authority = rest.trim_start_matches([':', '/']).split(['/', '?', '#']).next().unwrap_or_default();
    (!authority.contains(':')).then(|| (format!("{secure}{rest}"), secure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_has_one_service() {
        let twin = |url| encrypted(url).map(|(twin, _)| twin);
        assert_eq!(twin("HTTP://a.example/b").as_deref(), Some("https://a.example/b"));
        assert_eq!(twin("ws://a.example").as_deref(), Some("wss://a.example"));
        assert_eq!(twin("http://a.example:8080/b"), None);
        assert_eq!(twin("https://a.example"), None);
        assert_eq!(twin("a.example:80"), None);
    }
}
