//! Files of HTTP requests: separators, request lines, headers and bodies.
//!
//! There is no grammar that both clients share. This reads what either of them takes and skips what is not a JSON body.

use super::lines::{Line, lines};
use super::{Place, Snippet};
use crate::kind::request::Operation;

/// The bodies of requests and of recorded answers that are or may be JSON.
pub(super) fn snippets(file: &[u8]) -> Vec<Snippet> {
    let mut reader = Reader::default();
    let bom = if file.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    for mut line in lines(file) {
        if line.origin.offset == 0 {
            line.bytes = line.bytes.get(bom..).unwrap_or_default();
        }
        reader.line(&line);
    }
    reader.end_body();
    reader.found
}

/// What is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Comments, variables and scripts before a request.
    #[default]
    Before,
    /// The request line, which may go on on the next lines.
    Url,
    /// Headers, of a request or of a part of a multipart body.
    Headers,
    /// A body.
    Body,
    /// What follows the body, up to the next request.
    After,
}

#[derive(Default)]
struct Reader {
    state: State,
    found: Vec<Snippet>,
    /// The closing mark of the script that is being read.
    script: Option<&'static [u8]>,
    method: String,
    url: String,
    /// Whether an answer is being read, not a request.
    is_answer: bool,
    /// The media type of the body, or of the part of it.
    media_type: String,
    /// What separates the parts of a multipart body, without the hyphens before it.
    boundary: Option<Vec<u8>>,
    /// The body so far, without blank lines and comments at its end.
    body: Option<Snippet>,
}

impl Reader {
    fn line(&mut self, line: &Line<'_>) {
        let trimmed = line.trimmed();
        if line.bytes.starts_with(b"###") {
            return self.separator();
        }
        if let Some(end) = self.script {
            if contains(trimmed, end) {
                self.script = None;
            }
            return;
        }
        match self.state {
            State::Before => self.before(trimmed),
            State::Url => self.after_request_line(line, trimmed),
            State::Headers => self.header(line, trimmed),
            State::Body => self.body(line, trimmed),
            State::After => {}
        }
    }

    fn separator(&mut self) {
        self.end_body();
        (self.state, self.script, self.boundary, self.is_answer) = (State::Before, None, None, false);
    }

    /// A line before the request line, or the request line itself.
    fn before(&mut self, trimmed: &[u8]) {
        let is_script_file = || trimmed.starts_with(b"< ");
        if self.starts_script(trimmed) || trimmed.is_empty() || is_comment(trimmed) || is_script_file() {
            return;
        }
        if trimmed.starts_with(b"@") && trimmed.contains(&b'=') {
            return;
        }
        self.media_type.clear();
        if trimmed.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"HTTP/")) {
            // An answer that was saved below its request; the URL is that of the request.
            self.is_answer = true;
            self.state = State::Headers;
            return;
        }
        (self.method, self.url) = request_line(&String::from_utf8_lossy(trimmed));
        self.state = State::Url;
    }

    /// The request line may go on with the query, or with an indented part of the URL.
    fn after_request_line(&mut self, line: &Line<'_>, trimmed: &[u8]) {
        let is_indented = line.bytes.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        let goes_on = match trimmed.first() {
            Some(b'?' | b'&') => !trimmed.starts_with(b"??"),
            Some(_) => is_indented && !is_comment(trimmed) && header_of(trimmed).is_none(),
            None => false,
        };
        if goes_on {
            self.url.push_str(without_version(&String::from_utf8_lossy(trimmed)));
        } else {
            self.state = State::Headers;
            self.header(line, trimmed);
        }
    }

    fn header(&mut self, line: &Line<'_>, trimmed: &[u8]) {
        if trimmed.is_empty() {
            self.state = State::Body;
        } else if matches!(trimmed.first(), Some(b'{' | b'[')) && !trimmed.starts_with(b"{{") {
            // Some clients do without the blank line before a body.
            self.state = State::Body;
            self.body(line, trimmed);
        } else if ends_body(trimmed) {
            self.after(trimmed);
        } else if let Some((name, value)) = header_of(trimmed).filter(|_| !is_comment(trimmed))
            && name.eq_ignore_ascii_case(b"content-type")
        {
            self.media_type = String::from_utf8_lossy(value).to_ascii_lowercase();
            if self.boundary.is_none() && self.media_type.starts_with("multipart/") {
                self.boundary = boundary(&String::from_utf8_lossy(value));
            }
        }
    }

    fn body(&mut self, line: &Line<'_>, trimmed: &[u8]) {
        if self.is_boundary(trimmed) {
            self.end_body();
            self.media_type.clear();
            self.state = State::Headers;
        } else if ends_body(trimmed) {
            self.after(trimmed);
        } else if !trimmed.is_empty() && !is_comment(trimmed) {
            if let Some(body) = &mut self.body {
                body.range.end = line.range().end;
            } else if self.may_be_json(trimmed) {
                let place = Place::Body(self.operation());
                self.body = Some(Snippet { range: line.range(), origin: line.origin, place });
            } else if self.boundary.is_none() {
                // All of the body is of another format. A part of a multipart body ends at the boundary.
                self.state = State::After;
            }
        }
    }

    /// Whether a body that starts with this line may be JSON, by its media type or, without one, by its first character. A
    /// body that starts with `<` is read from a file, or is XML.
    fn may_be_json(&self, first: &[u8]) -> bool {
        if first.starts_with(b"<") {
            return false;
        }
        match self.media_type.as_str() {
            media_type if media_type.contains("json") => true,
            media_type if media_type.is_empty() || media_type.contains("{{") => {
                matches!(first.first(), Some(b'{' | b'['))
            }
            _ => false,
        }
    }

    fn operation(&self) -> Operation {
        if self.boundary.is_some() {
            // Which part the URL is about is not known.
            Operation::default()
        } else if self.is_answer {
            Operation::of_response(&self.url)
        } else {
            Operation::of_request(&self.method, &self.url)
        }
    }

    fn is_boundary(&self, trimmed: &[u8]) -> bool {
        let rest = trimmed.strip_prefix(b"--");
        let rest = self.boundary.as_ref().and_then(|boundary| rest?.strip_prefix(boundary.as_slice()));
        rest.is_some_and(|rest| rest.is_empty() || rest == b"--")
    }

    /// Ends the body at a line that belongs to what follows it.
    fn after(&mut self, trimmed: &[u8]) {
        self.end_body();
        self.state = State::After;
        self.starts_script(trimmed);
    }

    fn end_body(&mut self) {
        self.found.extend(self.body.take());
    }

    /// Whether a script starts on this line. One that goes on on the next lines may contain whatever looks like JSON.
    fn starts_script(&mut self, trimmed: &[u8]) -> bool {
        let open = trimmed.strip_prefix(b"<").or_else(|| trimmed.strip_prefix(b">"));
        if let Some(inner) = open.and_then(|rest| rest.trim_ascii_start().strip_prefix(b"{%")) {
            self.script = (!contains(inner, b"%}")).then_some(b"%}");
            return true;
        }
        let is_block = trimmed == b"{{" || trimmed.starts_with(b"{{@");
        if is_block {
            self.script = Some(b"}}");
        }
        is_block
    }
}

/// Whether a line belongs to what follows a body: a script, a file for the answer, a test.
fn ends_body(trimmed: &[u8]) -> bool {
    const MARKS: [&[u8]; 5] = [b">", b"<>", b"??", b"{{@", b"```"];
    trimmed == b"{{" || MARKS.iter().any(|mark| trimmed.starts_with(mark))
}

/// Whether clients remove this line before they send a request.
fn is_comment(trimmed: &[u8]) -> bool {
    trimmed.starts_with(b"#") || trimmed.starts_with(b"//")
}

/// The method and the URL of a request line. Without a method it is a GET.
fn request_line(line: &str) -> (String, String) {
    let (first, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let is_method = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (method, url) = if is_method { (first, rest) } else { ("GET", line) };
    (method.to_ascii_uppercase(), without_version(url).trim().to_owned())
}

/// A URL without `HTTP/1.1` behind it.
fn without_version(url: &str) -> &str {
    match url.rsplit_once([' ', '\t']) {
        Some((url, version)) if version.starts_with("HTTP/") => url,
        _ => url,
    }
}

fn header_of(trimmed: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', trimmed)?;
    let (name, value) = trimmed.split_at(colon);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_header = !name.is_empty() && name.iter().all(is_name) && !value.starts_with(b"://");
    is_header.then_some((name, value.get(1..).unwrap_or_default().trim_ascii()))
}

/// The parameter `boundary` of a media type.
fn boundary(value: &str) -> Option<Vec<u8>> {
    value.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_boundary = name.trim().eq_ignore_ascii_case("boundary");
        is_boundary.then(|| value.trim().trim_matches('"').as_bytes().to_vec())
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

#[cfg(test)]
mod tests;
