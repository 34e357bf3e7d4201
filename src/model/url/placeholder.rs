//! Parts of URLs that stand for something that was never filled in.

use std::ops::Range;

/// The bytes of `text` that stand for something that was never filled in.
pub fn placeholder(text: &str) -> Option<Range<usize>> {
    // A picture in a `data:` URL may be SVG or JSON.
    if text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return None;
    }
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
    // In a domain that somebody may own, they are hosts as good as any: that of a list of things to do, or of pictures.
    let (first, domain) = host.split_once('.').unwrap_or((host, ""));
    if (domain.is_empty() || is_reserved(domain))
        && ["placeholder", "todo", "tbd"].iter().any(|word| word.eq_ignore_ascii_case(first))
    {
        return Some(offset..offset + first.len());
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

/// Whether nobody can own a name in the domain (RFC 2606).
pub(super) fn is_reserved(domain: &str) -> bool {
    ["example", "invalid", "test"].iter().any(|reserved| reserved.eq_ignore_ascii_case(domain))
}

/// Whether a label of a host name stands for one: `YOUR_HOST`, `your-domain`, `$HOST`, `%HOST%`, `changeme`.
pub(super) fn is_filler(label: &str) -> bool {
    const WORDS: [&str; 9] = [
        "changeme",
        "change-me",
        "replaceme",
        "replace-me",
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
    // What starts with another letter in lower case is none of them, as nearly every label.
    let first = label.bytes().next().unwrap_or_default();
    let may_be =
        first.is_ascii_uppercase() || matches!(first, b'c' | b'p' | b'r' | b't' | b'y' | b'_' | b'$' | b'%');
    if !may_be {
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
            ("https://TODO/a2a", "TODO"),
            ("https://placeholder.invalid/a2a", "placeholder"),
            ("https://example.com/{tenantId}/a2a", "{tenantId}"),
        ] {
            let range = placeholder(text);
            assert_eq!(range.and_then(|range| text.get(range)), Some(part), "{text}");
        }
        for text in [
            "https://EXAMPLE.com/A_B",
            "https://yourstory.example/",
            "https://my_host/",
            "https://todo.example.com/a2a",
            "https://via.placeholder.com/64",
            "http://[::1]:80/",
            "a b",
            "data:image/svg+xml;utf8,<svg/>",
            "",
            "https://example.com/}{",
        ] {
            assert_eq!(placeholder(text), None, "{text}");
        }
    }
}
