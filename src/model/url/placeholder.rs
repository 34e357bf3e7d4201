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
        if let Some(part) = filler(label) {
            return Some(at + part.start..at + part.end);
        }
        at += label.len() + 1;
    }
    asking_segment(text, at)
}

/// A segment of the path or a value of the query, behind `from`, that asks the reader for a value in capitals.
pub(super) fn asking_segment(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from.min(text.len());
    // Nearly no path has any of these.
    memchr::memchr2(b'R', b'_', &text.as_bytes()[at..])?;
    for segment in text.get(at..)?.split(['/', '?', '&', '=', '#']) {
        let asks = ["YOUR_", "YOUR-", "REPLACE_", "REPLACE-"].iter().any(|word| segment.starts_with(word));
        let is_dunder = segment.len() > 4 && segment.starts_with("__") && segment.ends_with("__");
        if asks || is_dunder {
            return Some(at..at + segment.len());
        }
        at += segment.len() + 1;
    }
    None
}

/// Whether nobody can own a name in the domain (RFC 2606).
pub(super) fn is_reserved(domain: &str) -> bool {
    ["example", "invalid", "test"].iter().any(|reserved| reserved.eq_ignore_ascii_case(domain))
}

/// Whether a label of a host name, or a part of it, was never filled in.
pub(super) fn is_filler(label: &str) -> bool {
    filler(label).is_some()
}

/// The part of a label of a host name that was never filled in: `YOUR_HOST`, `your-domain`, `$HOST`, `%HOST%`, `changeme`,
/// `PROJECT_NUMBER` in `agent-PROJECT_NUMBER`.
fn filler(label: &str) -> Option<Range<usize>> {
    let bytes = label.as_bytes();
    // Most labels hold small letters, digits and hyphens alone, and begin like none of the words.
    let may_be = bytes.iter().any(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'$' | b'%'))
        || matches!(bytes.first(), Some(b'c' | b'r' | b'y'))
        || memchr::memmem::find(bytes, b"xxxx").is_some();
    if !may_be {
        return None;
    }
    if is_whole_filler(label) {
        return Some(0..label.len());
    }
    if let Some(dollar) = label.find('$').filter(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
    {
        let name =
            bytes[dollar + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
        return Some(dollar..dollar + 1 + name.count());
    }
    let mut at = 0;
    for part in label.split('-') {
        if is_filler_part(part, part.len() < label.len()) {
            return Some(at..at + part.len());
        }
        at += part.len() + 1;
    }
    None
}

/// Whether a part of a label between hyphens stands for another one. Hosts are often written in capitals as a whole, so that
/// those say little but for the words of samples.
fn is_filler_part(part: &str, has_others: bool) -> bool {
    const CAPITALS: [&str; 11] = [
        "YOUR",
        "PROJECT",
        "HASH",
        "REGION",
        "TENANT",
        "NUMBER",
        "HOST",
        "DOMAIN",
        "HOSTNAME",
        "PLACEHOLDER",
        "TODO",
    ];
    let is_crossed_out =
        |letter: u8, least: usize| part.len() >= least && part.bytes().all(|byte| byte == letter);
    is_shouted(part)
        || (has_others && (CAPITALS.contains(&part) || is_crossed_out(b'X', 3) || is_crossed_out(b'x', 4)))
}

fn is_shouted(text: &str) -> bool {
    text.contains('_')
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_whole_filler(label: &str) -> bool {
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
    const YOURS: [&str; 26] = [
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
        "id",
        "tenant",
        "name",
        "number",
        "region",
        "account",
        "subdomain",
        "workspace",
        "resource",
        "function",
        "web",
    ];
    let variable = (label.len() > 2 && label.starts_with('%') && label.ends_with('%'))
        || (label.len() > 4 && label.starts_with("__") && label.ends_with("__"));
    let yours = label
        .get(..5)
        .filter(|start| start.eq_ignore_ascii_case("your-") || start.eq_ignore_ascii_case("your_"))
        .and_then(|_| label.get(5..));
    let is_word = |word: &str| YOURS.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_shouted(label)
        || variable
        || yours.is_some_and(|rest| rest.split(['-', '_']).all(is_word))
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(label))
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
            ("https://agent-PROJECT_NUMBER.us-central1.run.app", "PROJECT_NUMBER"),
            ("https://harbour-YOUR_PROJECT_NUMBER.run.example.app", "YOUR_PROJECT_NUMBER"),
            ("https://YOUR-app.azurewebsites.net", "YOUR-app"),
            ("https://YOUR-harbour.azurewebsites.net", "YOUR"),
            ("https://your-agent-name.azurewebsites.net", "your-agent-name"),
            ("https://agent-HASH-uc.a.run.app/a2a", "HASH"),
            ("https://agent-xxxxxxxxxx-uc.a.run.app", "xxxxxxxxxx"),
            ("https://agent-$PROJECT.run.app", "$PROJECT"),
            ("https://agents.example.com/a2a/YOUR_AGENT_ID/", "YOUR_AGENT_ID"),
            ("https://agents.example.com/__AGENT__", "__AGENT__"),
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
            "https://xxx.com/",
            "https://todo.acme.com/a2a",
            "https://TIDES-EU.example.com/a2a",
            "https://your-story.example.com/",
            "https://meet-your-agent.example.com/",
            "https://project.example.com/region/your-agent",
            "https://example.com/50%25/$5",
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
