//! Values that are known by the name they have: members, parameters, parts of connection strings, lists and headers; in sound
//! JSON, in prose and where the syntax is off.

use super::SecretKind;
use super::judge::{is_fragment, is_password, is_random, is_random_byte, is_sample};
use super::text::{Found, cleaned, is_cut, is_stray, is_word, run, run_before, str};
use super::view::View;
use std::ops::Range;

/// How the value of a name has to look to be taken for a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// Drawn by lot, with so many characters at least.
    Random(usize),
    /// As people make passwords.
    Password,
    /// As `Random`, or a number in hexadecimal digits.
    Key,
}

/// The ends of names whose values are passwords, in small letters without punctuation.
const PASSWORDS: [&str; 6] = ["password", "passwd", "pwd", "passphrase", "passcode", "passwort"];

/// The ends of names whose values are drawn by lot.
const DRAWN: [&str; 25] = [
    "apikey",
    "accesskey",
    "secretkey",
    "accountkey",
    "subscriptionkey",
    "signingkey",
    "functionskey",
    "functionkey",
    "masterkey",
    "encryptionkey",
    "sharedkey",
    "storagekey",
    "serverkey",
    "servicekey",
    "servicerolekey",
    "adminkey",
    "appkey",
    "authkey",
    "openaikey",
    "webhookkey",
    "token",
    "secret",
    "credential",
    "credentials",
    "authorization",
];

/// The ends of names whose tokens give no access: places in a list, marks that a request is the same one, digests.
const PLACES: [&str; 12] = [
    "changetoken",
    "clientrequesttoken",
    "idempotencytoken",
    "hashedtoken",
    "pagetoken",
    "skiptoken",
    "deltatoken",
    "synctoken",
    "nexttoken",
    "cursortoken",
    "continuationtoken",
    "cancellationtoken",
];

/// Words in the names of keys that are there to be shown.
const PUBLIC: [&str; 3] = ["public", "publishable", "site"];

impl Wants {
    /// What the value of the member, parameter or part with this name has to be; `None` where any may stand.
    fn of(name: &str) -> Option<Self> {
        // What stands in front of the name in a sentence says nothing.
        const LONGEST: usize = 32;
        let letters = |byte: &u8| byte.is_ascii_alphanumeric();
        let name: Vec<u8> = name.bytes().filter(letters).map(|byte| byte.to_ascii_lowercase()).collect();
        let name = name.get(name.len().saturating_sub(LONGEST)..).unwrap_or_default();
        let name = std::str::from_utf8(name).unwrap_or_default();
        Self::of_letters(name).or_else(|| Self::of_letters(name.strip_suffix('s')?))
    }

    fn of_letters(name: &str) -> Option<Self> {
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        if ends(&PASSWORDS) {
            return Some(Self::Password);
        }
        if name.ends_with("privatekey") {
            return Some(Self::Key);
        }
        let is_public = name.ends_with("key") && PUBLIC.iter().any(|word| name.contains(word));
        (ends(&DRAWN) && !is_public && !ends(&PLACES)).then_some(Self::Random(16))
    }

    /// The same for the names that stand in queries.
    fn of_parameter(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "sig" | "signature" | "x-amz-signature" | "x-goog-signature" => Some(Self::Random(30)),
            "key" | "code" | "auth" => Some(Self::Random(20)),
            _ => Self::of(name),
        }
    }

    fn fits(self, value: &str) -> bool {
        let digits = value.strip_prefix("0x").unwrap_or(value);
        let is_hex = || digits.len() >= 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match self {
            Self::Random(length) => !value.starts_with("0x") && is_random(value, length),
            Self::Password => is_password(value) || is_random(value, 12),
            Self::Key => !is_sample(value) && (is_random(value, 16) || is_hex()),
        }
    }
}

/// Looks at a name that ends with the marker, or before its last byte where that is no letter.
pub(super) fn named(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let mut end = run_before(text, marker.end, 3, |byte| !is_word(byte)).start;
    if end == marker.end && text.get(end).is_some_and(|byte| matches!(byte, b's' | b'S')) {
        end += 1;
    }
    if text.get(end).is_some_and(|byte| is_word(*byte)) {
        return;
    }
    let name = name_before(view, end);
    if text.get(end) == Some(&b'=') && is_query(text, name.start) {
        return parameter(view, name, found);
    }
    // The last part of the name of a type, `AWS::SecretsManager::Secret`.
    if text.get(..name.start).is_some_and(|before| before.ends_with(b"::")) {
        return;
    }
    let words = words_before(text, name.start).start..end;
    let Some(wants) = Wants::of(str(text, words)) else { return };
    let shown = str(text, name.clone());
    let named = Named { view, name: shown, wants };
    let value = named.value_behind(end, false);
    if value.is_some_and(|value| named.value(value, found)) {
        return;
    }
    if is_mark(text, end) && is_name_of_pair(text, name) {
        named.pair(end, found);
    }
}

/// The word that ends at `end`, across a stray quotation mark.
fn name_before(view: &View<'_>, end: usize) -> Range<usize> {
    let text = view.bytes();
    let word = run_before(text, end, 64, is_word);
    match word.start.checked_sub(1) {
        Some(before) if is_stray(view, before) => run_before(text, before, 64, is_word).start..end,
        _ => word,
    }
}

/// The words in front of the one that starts at `start`: `API key`, `spring.datasource.password`.
fn words_before(text: &[u8], start: usize) -> Range<usize> {
    run_before(text, start, 24, |byte| is_word(byte) || matches!(byte, b' ' | b'.'))
}

fn is_query(text: &[u8], start: usize) -> bool {
    matches!(text.get(..start).and_then(<[u8]>::last), Some(b'?' | b'&' | b'#'))
}

/// Looks at the value of a parameter in a query.
fn parameter(view: &View<'_>, name: Range<usize>, found: &mut Found) {
    let text = view.bytes();
    let Some(wants) = Wants::of_parameter(str(text, name.clone())) else { return };
    let ends = |byte: u8| byte <= b' ' || byte == 0x7F || b"&#;,?\"'\\<>()]}`".contains(&byte);
    let whole = super::text::joined(view, name.end + 1, usize::MAX, |byte| !ends(byte));
    // What is drawn by lot goes no further than its letters.
    let drawn = super::text::joined(view, name.end + 1, usize::MAX, is_random_byte);
    let value = if wants == Wants::Password { whole } else { drawn };
    let content = cleaned(text, value.clone());
    if wants.fits(&content) || (is_cut(text, &value) && is_fragment(&content)) {
        found.push(value, SecretKind::Query(str(text, name).to_owned()), "");
    }
}

/// What is at the place of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    /// The content of a string.
    Quoted(Range<usize>),
    /// A word without quotation marks.
    Bare(Range<usize>),
    /// A list or an object that opens there.
    Container(usize),
}

/// The name of a value, and where it is.
struct Named<'n> {
    view: &'n View<'n>,
    name: &'n str,
    wants: Wants,
}

impl Named<'_> {
    fn text(&self) -> &[u8] {
        self.view.bytes()
    }

    /// What stands where the value of the name that ends at `end` would stand. Where the syntax is off it stands there all the
    /// same: behind an equals sign, a comma, a comment or nothing. In a pair the name is another one, and cannot be an element of a list.
    fn value_behind(&self, end: usize, is_pair: bool) -> Option<Value> {
        let text = self.text();
        // A backslash in front of the mark is a slip of who quoted the text.
        let mark = if text.get(end) == Some(&b'\\') { end + 1 } else { end };
        let is_quoted = is_mark(text, mark);
        let gap = gap(text, if is_quoted { mark + 1 } else { end })?;
        let value = self.value_at(gap.end)?;
        let is_drawn = matches!(self.wants, Wants::Random(_));
        // Beside the name of a password in a list, other names are no passwords.
        let is_element = |range: &Range<usize>| {
            let content = text.get(range.clone()).unwrap_or_default();
            is_drawn
                || is_pair
                || content.iter().any(|byte| b"!@#$%^&*+=?~".contains(byte) || !byte.is_ascii())
        };
        let is_value = match gap.sign {
            Sign::Colon => true,
            Sign::Comma => {
                is_quoted
                    && match &value {
                        Value::Quoted(range) => is_element(range),
                        Value::Container(_) => true,
                        Value::Bare(_) => false,
                    }
            }
            // A sentence goes on with another word.
            Sign::None => match &value {
                Value::Container(_) => is_quoted,
                Value::Quoted(_) => true,
                Value::Bare(range) => is_drawn && (is_quoted || range.len() >= 20),
            },
        };
        is_value.then_some(value)
    }

    fn value_at(&self, start: usize) -> Option<Value> {
        let text = self.text();
        match text.get(start)? {
            b'[' | b'{' => Some(Value::Container(start)),
            b'"' | b'\'' | b'`' => {
                let content = quoted(self.view, start);
                let next = run(text, content.end + 1, |byte| byte.is_ascii_whitespace()).end;
                let is_doubled = content.is_empty() && text.get(next).is_some_and(|byte| is_word(*byte));
                if is_doubled {
                    Some(Value::Bare(bare(self.view, next)))
                } else {
                    Some(Value::Quoted(content))
                }
            }
            _ => Some(Value::Bare(bare(self.view, start))),
        }
    }

    /// Notes what is at the place of a value, if it can be a credential.
    fn value(&self, value: Value, found: &mut Found) -> bool {
        let range = match value {
            Value::Container(start) => return self.container(start, found),
            Value::Quoted(range) => range,
            Value::Bare(range) if self.is_scheme(&range) => {
                // A header without quotation marks goes on to the end of the line.
                let line = run(self.text(), range.start, |byte| byte >= b' ' && !b"\"'`".contains(&byte));
                range.start..line.end
            }
            Value::Bare(range) => {
                let end =
                    self.text()[range.clone()].iter().rev().take_while(|byte| b".!?".contains(byte)).count();
                range.start..range.end - end
            }
        };
        let end = range.end;
        self.judge(range, found) || self.wrapped(end, found)
    }

    /// Looks at the string that begins at once behind a word: `b"..."`, `String("...")`.
    fn wrapped(&self, end: usize, found: &mut Found) -> bool {
        let text = self.text();
        let mark = if text.get(end) == Some(&b'(') { end + 1 } else { end };
        let is_behind = end.checked_sub(1).and_then(|at| text.get(at)).is_some_and(|byte| is_word(*byte));
        is_behind && is_mark(text, mark) && self.judge(quoted(self.view, mark), found)
    }

    /// Whether the word at `range` can be the name of a scheme in a header for logins.
    fn is_scheme(&self, range: &Range<usize>) -> bool {
        let word = self.text().get(range.clone()).unwrap_or_default();
        word.len() <= 16
            && word.iter().all(u8::is_ascii_alphabetic)
            && self.name.to_ascii_lowercase().ends_with("authorization")
    }

    /// Notes what is at `range`, if it can be a credential.
    fn judge(&self, range: Range<usize>, found: &mut Found) -> bool {
        let text = self.text();
        let range = trimmed(text, range);
        let kind = || SecretKind::Named(self.name.to_owned());
        let content = cleaned(text, range.clone());
        // A web token says itself whether it is one that gives access.
        let is_other = content.starts_with("eyJ") && content.contains('.');
        if (!is_other && self.wants.fits(&content)) || (is_cut(text, &range) && is_fragment(&content)) {
            found.push(range, kind(), "");
            return true;
        }
        !is_other && matches!(self.wants, Wants::Random(_)) && self.behind_scheme(range, found)
    }

    /// Looks at what follows the name of a scheme, `AWS AKIA... wJal...`, or at the value in front of a slip.
    fn behind_scheme(&self, range: Range<usize>, found: &mut Found) -> bool {
        let text = self.text();
        let kind = || SecretKind::Named(self.name.to_owned());
        let scheme = run(text, range.start, |byte| byte.is_ascii_alphabetic());
        let is_scheme = text.get(scheme.end) == Some(&b' ') && scheme.end < range.end;
        let is =
            |names: &[&str]| names.iter().any(|name| str(text, scheme.clone()).eq_ignore_ascii_case(name));
        if is_scheme && is(&["basic", "digest"]) {
            // HTTP clients encode it when they send it.
            let login = scheme.end + 1..range.end;
            let bytes = text.get(login.clone()).unwrap_or_default();
            let password =
                bytes.iter().position(|byte| matches!(byte, b':' | b' ')).map(|at| login.start + at + 1);
            let password = password.map(|start| trimmed(text, start..login.end));
            return password.is_some_and(|password| {
                let is_password = is_password(&cleaned(text, password.clone()));
                is_password.then(|| found.push(password, kind(), "")).is_some()
            });
        }
        let mut at = if is_scheme { scheme.end + 1 } else { range.start };
        let before = found.hits.len();
        loop {
            let word = run(text, at, is_random_byte);
            let word = word.start..word.end.min(range.end);
            if word.is_empty() {
                break;
            }
            at = word.end + 1;
            // A token behind this word has a look of its own.
            if !is(&["bearer"]) && self.wants.fits(str(text, word.clone())) {
                found.push(word.clone(), kind(), "");
            }
            if !is_scheme || text.get(word.end) != Some(&b' ') || at >= range.end {
                break;
            }
        }
        found.hits.len() > before
    }

    /// Looks at the elements of a list of values, or at the member of an object that is the value.
    fn container(&self, start: usize, found: &mut Found) -> bool {
        let text = self.text();
        let before = found.hits.len();
        if text.get(start) == Some(&b'{') {
            let first = run(text, start + 1, |byte| byte.is_ascii_whitespace()).end;
            match self.value_at(first) {
                // A value without a name between the brackets is a slip; the name of a member is not a value.
                Some(Value::Quoted(range) | Value::Bare(range))
                    if !self.is_key(&range) && self.judge(range.clone(), found) => {}
                _ => self.member_of(start + 1..reach(text, start + 1), found),
            }
            return found.hits.len() > before;
        }
        let mut at = start + 1;
        loop {
            at = run(text, at, |byte| byte.is_ascii_whitespace() || byte == b',' || !byte.is_ascii()).end;
            match text.get(at) {
                // No list ends so: the brackets are a slip.
                Some(b'}') if at == start + 1 => {
                    at += run(text, at, |byte| matches!(byte, b'}' | b']')).len()
                }
                Some(b'{') => {
                    let end = reach(text, at + 1);
                    self.member_of(at + 1..end, found);
                    at = end + 1;
                }
                Some(b'"' | b'\'' | b'`') => {
                    let element = quoted(self.view, at);
                    at = element.end + 1;
                    self.judge(element, found);
                }
                Some(byte) if is_word(*byte) => {
                    let element = bare(self.view, at);
                    at = element.end.max(at + 1);
                    self.judge(element, found);
                }
                _ => return found.hits.len() > before,
            }
        }
    }

    /// Whether a colon follows a word, so that it is the name of a member.
    fn is_key(&self, word: &Range<usize>) -> bool {
        let is_between = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b'`' | b'\\');
        self.text().get(run(self.text(), word.end, is_between).end) == Some(&b':')
    }

    /// Looks at the value of a header or parameter whose name is another member of the object around `at`.
    fn pair(&self, at: usize, found: &mut Found) {
        let text = self.text();
        let start = run_before(text, at, REACH, |byte| byte != b'{').start;
        self.member_of(start..reach(text, at), found);
    }

    /// Looks at the members of an object that hold a value for the name.
    fn member_of(&self, object: Range<usize>, found: &mut Found) {
        let text = self.text();
        let mut at = object.start;
        while at < object.end {
            let word = run(text, at, is_word);
            at = word.end + 1;
            if VALUES.iter().any(|name| str(text, word.clone()).eq_ignore_ascii_case(name))
                && let Some(value @ (Value::Quoted(_) | Value::Bare(_))) = self.value_behind(word.end, true)
            {
                self.value(value, found);
            }
        }
    }
}

/// How far an object is looked at, from the name on.
const REACH: usize = 512;

/// Members whose value is that of what another member names, or of the object around.
const VALUES: [&str; 12] = [
    "value",
    "default",
    "defaultValue",
    "headerValue",
    "val",
    "content",
    "const",
    "current",
    "currentValue",
    "secret",
    "plaintext",
    "literal",
];

/// Members that name a header or parameter.
const NAMES: [&str; 9] =
    ["name", "key", "header", "headerName", "id", "field", "parameter", "variable", "envName"];

/// The end of the object that `start` is in, or of what is looked at of it.
fn reach(text: &[u8], start: usize) -> usize {
    let end = text.len().min(start + REACH);
    run(text.get(..end).unwrap_or_default(), start, |byte| byte != b'{' && byte != b'}').end
}

fn is_mark(text: &[u8], at: usize) -> bool {
    matches!(text.get(at), Some(b'"' | b'\'' | b'`'))
}

/// Whether the string at `content` is the value of a member that names a header or parameter.
fn is_name_of_pair(text: &[u8], content: Range<usize>) -> bool {
    let name = member_before(text, content.start);
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The name of the member whose string starts with the byte at `start`.
pub(super) fn member_before(text: &[u8], start: usize) -> &str {
    let blank = |end| run_before(text, end, 64, |byte: u8| byte.is_ascii_whitespace()).start;
    let ends_with = |end: usize, bytes: &[u8]| {
        end.checked_sub(1).filter(|at| text.get(*at).is_some_and(|byte| bytes.contains(byte)))
    };
    let name = ends_with(start, b"\"'")
        .and_then(|quote| ends_with(blank(quote), b":="))
        .map(|colon| ends_with(blank(colon), b"\"'").unwrap_or(blank(colon)))
        .map(|end| run_before(text, end, 64, is_word));
    name.map_or("", |name| str(text, name))
}

/// The private members of a JSON Web Key (RFC 7518 section 6); `k` is private in a symmetric key only.
const PRIVATE_MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// Looks at the object around a `kty`, which is a JSON Web Key.
pub(super) fn web_key(view: &View<'_>, marker: Range<usize>, found: &mut Found) {
    // Far more than a key takes, so that a text full of names is still read in one go.
    const REACH: usize = 4096;
    let text = view.bytes();
    let is_part = |at: usize| text.get(at).is_some_and(|byte| is_word(*byte));
    if marker.start < found.key_end || is_part(marker.end) || marker.start.checked_sub(1).is_some_and(is_part)
    {
        return;
    }
    let is_inside = |byte| byte != b'{' && byte != b'}';
    let start = run_before(text, marker.start, REACH, is_inside).start;
    let end =
        run(text.get(..text.len().min(marker.end + REACH)).unwrap_or_default(), marker.end, is_inside).end;
    found.key_end = end;
    let value = |end: usize| {
        let named = Named { view, name: "", wants: Wants::Random(20) };
        match named.value_behind(end, false)? {
            Value::Quoted(range) | Value::Bare(range) => Some(trimmed(text, range)),
            Value::Container(_) => None,
        }
    };
    let Some(kind) = value(marker.end).map(|kind| cleaned(text, kind)) else { return };
    let mut at = start;
    while at < end {
        let word = run(text, at, is_word);
        at = word.end + 1;
        let Some(&name) = PRIVATE_MEMBERS.iter().find(|name| str(text, word.clone()) == **name) else {
            continue;
        };
        let Some(value) = value(word.end) else { continue };
        let content = cleaned(text, value.clone());
        let is_private = (name == "k") == (kind == "oct");
        let is_key = content.len() >= 20
            && content.bytes().all(|byte| is_word(byte) || byte == b'=')
            && !is_sample(&content);
        if is_private && (is_key || (is_cut(text, &value) && is_fragment(&content))) {
            found.push(value, SecretKind::WebKey(name), "");
        }
    }
}

/// What separates a name from its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Colon,
    Comma,
    None,
}

struct Gap {
    end: usize,
    sign: Sign,
}

/// What is between a name and its value, from `start` on: white space, a sign, comments, and letters that do not belong there.
fn gap(text: &[u8], start: usize) -> Option<Gap> {
    const LONGEST: usize = 256;
    let (mut at, mut sign) = (start, Sign::None);
    let limit = text.len().min(start + LONGEST);
    while at < limit {
        let rest = text.get(at..limit).unwrap_or_default();
        let length = match rest {
            [b':' | b'=', ..] => {
                sign = Sign::Colon;
                1
            }
            [b',' | b';' | b'|', ..] => {
                sign = if sign == Sign::None { Sign::Comma } else { sign };
                1
            }
            [b'}' | b']', ..] if sign == Sign::Colon => 1,
            [b'/', b'*', ..] => memchr::memmem::find(rest, b"*/")? + 2,
            [b'/', b'/', ..] => memchr::memchr(b'\n', rest)?,
            [b'i', b's', b' ', ..] if sign == Sign::None => 3,
            [b'>' | b'(' | b'-' | b'+' | b'~' | b'!' | b'@' | b'&' | b'^', next, ..]
                if !is_word(*next) || at > start =>
            {
                1
            }
            [byte, ..] if byte.is_ascii_whitespace() || *byte == b'\\' || !byte.is_ascii() => 1,
            _ => break,
        };
        at += length;
    }
    (at < limit).then_some(Gap { end: at, sign })
}

/// The content of the string that opens at `mark`. It ends at the same mark, of the same text or one around it, or with the
/// line.
fn quoted(view: &View<'_>, mark: usize) -> Range<usize> {
    let text = view.bytes();
    let Some(&kind) = text.get(mark) else { return mark..mark };
    let level = view.level(mark);
    let mut end = mark + 1;
    while let Some(length) = text.get(end..).and_then(|rest| memchr::memchr3(kind, b'\n', b'\r', rest)) {
        end += length;
        let is_end = if text.get(end) == Some(&kind) {
            kind != b'"' || (view.level(end) <= level && !is_stray(view, end))
        } else {
            !view.is_escape(end) && !is_stray(view, end)
        };
        if is_end {
            return mark + 1..end;
        }
        end += 1;
    }
    mark + 1..text.len()
}

/// The word without quotation marks that starts at `start`.
fn bare(view: &View<'_>, start: usize) -> Range<usize> {
    let ends = |byte: u8| byte <= b' ' || byte == 0x7F || b",;\"'`()[]{}<>\\".contains(&byte);
    super::text::joined(view, start, usize::MAX, |byte| !ends(byte))
}

/// The range without what a slip puts behind a value, and without white space around it.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let bytes = text.get(range.clone()).unwrap_or_default();
    let front = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let behind = |byte: &&u8| byte.is_ascii_whitespace() || b",;:}])".contains(byte);
    let back = bytes.iter().rev().take_while(behind).count();
    if front + back >= bytes.len() { range.start..range.start } else { range.start + front..range.end - back }
}
