//! Which files a setting is for.

use super::Written;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// A glob for paths, with `/`, inside the folder of the configuration.
#[derive(Debug, Clone)]
pub struct FileGlob(glob::Pattern);

const OPTIONS: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

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
            Ok(pattern) => Ok(Self(pattern)),
            Err(error) => {
                let star = error.msg.contains("wildcard");
                let help =
                    if star { "let `**` be a whole step: `cards/**/*.json`" } else { "close every `[`" };
                fault(&format!("this glob cannot be read: {}", error.msg), help)
            }
        }
    }

    /// Whether it matches a path relative to the folder of the configuration.
    pub fn matches(&self, path: &str) -> bool {
        self.0.matches_with(path, OPTIONS)
    }

    /// The path, if it names one file and no more.
    pub fn literal(&self) -> Option<&str> {
        (!self.0.as_str().contains(['*', '?', '['])).then(|| self.0.as_str())
    }

    /// The glob, as the `glob` crate takes it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
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
    fn a_glob_that_could_not_match_is_refused() {
        for glob in ["", "/a.json", "../a.json", "x\\a.json", "{a,b}.json", "a**", "[a", "x/../a"] {
            assert!(FileGlob::parse(glob).is_err(), "{glob}");
        }
    }
}
