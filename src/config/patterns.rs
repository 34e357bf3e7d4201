//! Which files a setting is for.

use super::Written;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// A glob for paths, with `/`, inside the folder of the configuration.
#[derive(Debug, Clone)]
pub struct FileGlob {
    text: String,
    tokens: Vec<Token>,
}

/// What a part of a glob stands for.
#[derive(Debug, Clone)]
enum Token {
    /// Itself.
    Letter(char),
    /// `?`: any letter of a name.
    One,
    /// `[a-z]` and `[!a-z]`: a letter of these ranges, or one of no other.
    Set { is_inverted: bool, ranges: Vec<(char, char)> },
    /// `*`: any part of a name.
    Any,
    /// `**/`: any folders, or none.
    Folders,
    /// `**` at the end: all that is left.
    Rest,
}

impl Token {
    /// Whether it stands for this letter.
    fn is(&self, letter: char) -> bool {
        match self {
            Self::Letter(own) => *own == letter,
            Self::One => letter != '/',
            Self::Set { is_inverted, ranges } => {
                let is_in = ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter));
                letter != '/' && is_in != *is_inverted
            }
            Self::Any | Self::Folders | Self::Rest => false,
        }
    }
}

/// The parts of a glob that the `glob` crate accepts.
fn tokens(glob: &str) -> Vec<Token> {
    let (mut tokens, mut rest, mut starts_step) = (Vec::new(), glob, true);
    while let Some(letter) = rest.chars().next() {
        let (token, length) = match letter {
            '*' if starts_step && rest.starts_with("**/") => (Token::Folders, 3),
            '*' if starts_step && rest == "**" => (Token::Rest, 2),
            '*' => (Token::Any, 1),
            '?' => (Token::One, 1),
            '[' => set(rest).unwrap_or((Token::Letter('['), 1)),
            other => (Token::Letter(other), other.len_utf8()),
        };
        starts_step = matches!(token, Token::Letter('/') | Token::Folders);
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

/// The set at the start of `text`, and its length. A `]` at its beginning is one of its letters.
fn set(text: &str) -> Option<(Token, usize)> {
    let inside = text.strip_prefix('[')?;
    let inverted = inside.strip_prefix('!');
    let inside = inverted.unwrap_or(inside);
    let first = inside.chars().next()?.len_utf8();
    let end = first + inside.get(first..)?.find(']')?;
    let letters: Vec<char> = inside.get(..end)?.chars().collect();
    let mut ranges = Vec::new();
    let mut left = letters.as_slice();
    while let [letter, others @ ..] = left {
        let (last, others) = match others {
            ['-', last, others @ ..] => (last, others),
            _ => (letter, others),
        };
        ranges.push((*letter, *last));
        left = others;
    }
    let length = 1 + usize::from(inverted.is_some()) + end + 1;
    Some((Token::Set { is_inverted: inverted.is_some(), ranges }, length))
}

impl FileGlob {
    /// Reads a glob; `cards/` stands for all that is in `cards`. The fault and its remedy, if it cannot match what it seems to.
    pub fn parse(text: &str) -> Result<Self, (String, String)> {
        let fault = |what: &str, help: &str| Err((what.to_owned(), help.to_owned()));
        if text.is_empty() {
            return fault("an empty glob matches no file", "write a path, or `**` for every file");
        }
        if text.contains('\\') {
            return fault("`\\` does not part folders in a glob", "write `/`");
        }
        if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return fault(
                "a glob starts at the folder of this file and does not leave it",
                "write a path inside this folder",
            );
        }
        if text.contains('{') && text.contains(',') {
            return fault("`{` and `}` have no meaning in a glob", "write a glob for each of the names");
        }
        let mut full = text.trim_start_matches("./").to_owned();
        if full.ends_with('/') || full.is_empty() {
            full.push_str("**");
        }
        match glob::Pattern::new(&full) {
            Ok(_) => Ok(Self { tokens: tokens(&full), text: full }),
            Err(error) => {
                let star = error.msg.contains("wildcard");
                let help =
                    if star { "let `**` be a whole step: `cards/**/*.json`" } else { "close every `[`" };
                fault(&format!("this glob cannot be read: {}", error.msg), help)
            }
        }
    }

    /// A glob for the paths below a folder, if the `glob` crate takes it.
    pub fn below(text: &str) -> Option<Self> {
        glob::Pattern::new(text).ok().map(|_| Self { tokens: tokens(text), text: text.to_owned() })
    }

    /// Whether it matches a path relative to its folder.
    ///
    /// Of several `*` in a step, and of several `**`, only the last has to be tried again, so that no glob takes more than a
    /// few times the length of the path; the `glob` crate would try every combination.
    pub fn matches(&self, path: &str) -> bool {
        self.matches_with(path, true)
    }

    /// The same, where a name that starts with a dot is matched by such a name only, unless `hidden` holds.
    pub fn matches_with(&self, path: &str, hidden: bool) -> bool {
        // Whether nothing but a dot stands for the letter after `from`, which is the end of `path`.
        let is_shut = |from: &str| {
            let before = path.len() - from.len();
            !hidden
                && from.starts_with('.')
                && (before == 0 || path.as_bytes().get(before - 1) == Some(&b'/'))
        };
        let (mut at, mut rest) = (0, path);
        let (mut star, mut folders) = (None::<(usize, &str)>, None::<(usize, &str)>);
        loop {
            let token = self.tokens.get(at);
            let mut letters = rest.chars();
            match (token, letters.next()) {
                (None, None) => return true,
                (Some(Token::Rest), Some(_)) => return hidden || !hidden_inside(rest),
                (Some(Token::Any), _) => {
                    at += 1;
                    star = Some((at, rest));
                    continue;
                }
                (Some(Token::Folders), _) => {
                    at += 1;
                    (star, folders) = (None, Some((at, rest)));
                    continue;
                }
                (Some(token), Some(letter))
                    if token.is(letter) && (matches!(token, Token::Letter(_)) || !is_shut(rest)) =>
                {
                    at += 1;
                    rest = letters.as_str();
                    continue;
                }
                _ => {}
            }
            let longer = star
                .filter(|(_, from)| !is_shut(from))
                .and_then(|(next, from)| Some((next, after_letter(from)?)));
            let deeper = || {
                let left = folders.filter(|(_, from)| !is_shut(from));
                left.and_then(|(next, from)| Some((next, from.split_once('/')?.1)))
            };
            if longer.is_some() {
                star = longer;
            } else {
                (star, folders) = (None, deeper());
            }
            let Some(again) = longer.or(folders) else { return false };
            (at, rest) = again;
        }
    }

    /// The path, if it names one file and no more.
    pub fn literal(&self) -> Option<&str> {
        (!self.text.contains(['*', '?', '['])).then_some(self.text.as_str())
    }
}

/// Whether a name in `path` starts with a dot.
fn hidden_inside(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}

/// What comes after the first letter of a name.
fn after_letter(name: &str) -> Option<&str> {
    let mut letters = name.chars();
    letters.next().filter(|letter| *letter != '/').map(|_| letters.as_str())
}

/// What walking passes over: lines as of a `.gitignore` in a folder.
#[derive(Debug, Clone)]
pub struct Exclude(Gitignore);

impl Exclude {
    /// Nothing.
    pub fn nothing() -> Self {
        Self(Gitignore::empty())
    }

    /// What `globs` match in `folder`, and what is wrong with the others.
    pub fn new<'g>(
        folder: &Path,
        globs: impl Iterator<Item = &'g Written<String>>,
    ) -> (Self, Vec<(Written<String>, String)>) {
        let mut builder = GitignoreBuilder::new(folder);
        let mut faults = Vec::new();
        for glob in globs {
            if let Err(error) = builder.add_line(None, &glob.value) {
                faults.push((glob.clone(), words(&error)));
            }
        }
        // Each line was compiled already.
        (Self(builder.build().unwrap_or_else(|_| Gitignore::empty())), faults)
    }

    /// Whether nothing is excluded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a path is excluded by itself.
    pub fn matches(&self, path: &Path, is_dir: bool) -> bool {
        self.0.matched(path, is_dir).is_ignore()
    }

    /// Whether a path, or a folder it stands in, is excluded.
    pub fn covers(&self, path: &Path, is_dir: bool) -> bool {
        let folders = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        self.matches(path, is_dir)
            || folders
                .into_iter()
                .any(|folder| folder.starts_with(self.0.path()) && self.matches(folder, true))
    }
}

fn words(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.split(" (maybe").next().unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_paths() {
        let matches = |glob: &str, path| FileGlob::parse(glob).unwrap().matches(path);
        for (glob, path) in [
            ("a.json", "a.json"),
            ("./a.json", "a.json"),
            ("*.json", "a.json"),
            ("**/*.json", "a.json"),
            ("**/*.json", "x/y/a.json"),
            ("x/", "x/y/a.json"),
            ("x/*/a.json", "x/.well-known/a.json"),
            ("**", "x/a.json"),
        ] {
            assert!(matches(glob, path), "{glob} {path}");
        }
        for (glob, path) in
            [("*.json", "x/a.json"), ("a.json", "x/a.json"), ("x", "x/a.json"), ("A.json", "a.json")]
        {
            assert!(!matches(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn globs_match_as_the_glob_crate_matches() {
        let options = |hidden: bool| glob::MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: !hidden,
        };
        let globs = [
            "*",
            "**",
            "a*",
            "*a",
            "*a*b",
            "a?b",
            "?",
            "[ab]",
            "[!ab]c",
            "[]]",
            "[!]]",
            "[a-c]x",
            "[a-]",
            "**/*",
            "**/a",
            "a/**",
            "a/**/b",
            "**/a/**",
            "*/*",
            "a/*b*/c",
            "**/*a/*b",
            "*a*/**/b*",
            "a[/]b",
            "\u{e9}*",
            "**/**/b",
            "[-a]",
        ];
        let letters = ["a", "b", "c", "x", "/", "]", "-", "ab", "/a", "b/", ".", "\u{e9}"];
        let mut paths: Vec<String> = vec![String::new()];
        for _ in 0..4 {
            let longer = paths.iter().flat_map(|path| letters.map(|letter| format!("{path}{letter}")));
            paths = paths.iter().cloned().chain(longer).collect();
            paths.dedup();
        }
        for glob in globs {
            let (own, theirs) = (FileGlob::parse(glob).unwrap(), glob::Pattern::new(glob).unwrap());
            // No path has an empty step.
            for path in paths.iter().filter(|path| path.split('/').all(|step| !step.is_empty())) {
                for hidden in [true, false] {
                    let (own, theirs) =
                        (own.matches_with(path, hidden), theirs.matches_with(path, options(hidden)));
                    assert_eq!(own, theirs, "{glob} {path} {hidden}");
                }
            }
        }
    }

    #[test]
    fn no_glob_takes_long() {
        let path = format!("{}/{}c.json", "a/".repeat(500), "a".repeat(250));
        for step in ["*a", "**/*a/", "[!b]*"] {
            let glob = FileGlob::parse(&format!("**/{}x/b.json", step.repeat(60)));
            assert!(glob.is_ok_and(|glob| !glob.matches(&path)));
        }
    }

    #[test]
    fn a_glob_that_could_not_match_is_refused() {
        for glob in ["", "/a.json", "../a.json", "x\\a.json", "{a,b}.json", "a**", "[a", "x/../a"] {
            assert!(FileGlob::parse(glob).is_err(), "{glob}");
        }
    }
}
