//! Files as they are at a git revision. git is the only program that is ever started, and only to read objects: the revision
//! and the paths go to it as lines of its input, never as arguments.

use super::inputs::too_long;
use std::collections::HashMap;
use std::env;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// How many links are followed.
const MOST_LINKS: usize = 16;

/// The longest tree, or text of a link, that is read.
const LONGEST_TREE: u64 = 64 << 20;

/// What the configuration of a repository must not decide, for git of any release: it could name programs to run, a network
/// to use or other directories to read.
const OVERRIDES: [&str; 9] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.askPass=false",
    "core.pager=cat",
    "credential.helper=",
    "protocol.allow=never",
    "uploadpack.packObjectsHook=false",
];

/// The environment of git, which is otherwise empty.
const ENVIRONMENT: [(&str, &str); 12] = [
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_ATTR_NOSYSTEM", "1"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_PAGER", "cat"),
    ("GIT_ASKPASS", "false"),
    ("LC_ALL", "C"),
];

/// A commit of a repository.
pub(super) struct Revision {
    name: String,
    commit: String,
    folder: PathBuf,
    tree: String,
    objects: Mutex<Objects>,
}

/// What a directory holds under a name.
#[derive(Clone)]
struct Entry {
    mode: Vec<u8>,
    id: String,
}

impl Revision {
    /// The commit that `name` stands for in the repository at `folder`; else why it cannot be read.
    pub(super) fn open(name: &str, folder: PathBuf) -> Result<Self, String> {
        if name.is_empty()
            || name.starts_with('-')
            || name.contains(|char: char| char == ':' || char.is_control())
        {
            return Err(format!("`{name}` is not a git revision"));
        }
        let git = program().ok_or("--config-from needs git, which is not installed")?;
        let failed = |error: io::Error| format!("git cannot read revision `{name}`: {error}");
        let mut objects = Objects::start(&git, &folder).map_err(failed)?;
        let commit = objects.get(&format!("{name}^{{commit}}"), "commit", LONGEST_TREE).map_err(failed)?;
        let Some((commit, _)) = commit else {
            return Err(format!(
                "revision `{name}` is not in this repository; if the checkout is shallow, fetch it first: \
                 `git fetch --depth=1 origin {name}` (with actions/checkout: `fetch-depth: 0`)"
            ));
        };
        let tree = objects.get(&format!("{commit}^{{tree}}"), "tree", LONGEST_TREE).map_err(failed)?;
        let (tree, _) = tree.ok_or_else(|| failed(incomplete()))?;
        Ok(Self { name: name.to_owned(), commit, folder, tree, objects: Mutex::new(objects) })
    }

    /// The revision as it was asked for.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The hash of the commit.
    pub(super) fn commit(&self) -> &str {
        &self.commit
    }

    /// The root of the repository.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// All of the file at `path`, which is from the root of the file system; nothing if there is none.
    pub(super) fn read(&self, path: &Path, longest: u64) -> io::Result<Option<Vec<u8>>> {
        let outside =
            || io::Error::other(format!("it is outside of the repository `{}`", self.folder.display()));
        let path = path.strip_prefix(&self.folder).map_err(|_| outside())?;
        let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        objects.file(&self.tree, path, longest)
    }
}

/// The objects of a repository, as `git cat-file` gives them.
struct Objects {
    child: Child,
    /// Taken in the end, so that git ends too.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    trees: HashMap<String, HashMap<Vec<u8>, Entry>>,
}

impl Objects {
    fn start(git: &Path, folder: &Path) -> io::Result<Self> {
        let mut command = Command::new(git);
        let mut repository = std::ffi::OsString::from("--git-dir=");
        repository.push(folder.join(".git"));
        command.arg(repository).args(["--no-pager", "--no-optional-locks", "--no-replace-objects"]);
        command.args(OVERRIDES.iter().flat_map(|setting| ["-c", setting]));
        command.args(["cat-file", "--batch"]).current_dir(folder);
        command.env_clear().envs(ENVIRONMENT);
        // Windows starts nothing without it.
        command.envs(env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = BufReader::new(output.ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Self { child, input, output, trees: HashMap::new() })
    }

    /// The id and the content of an object of the type `kind`; nothing if there is none.
    fn get(&mut self, name: &str, kind: &str, longest: u64) -> io::Result<Option<(String, Vec<u8>)>> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        writeln!(input, "{name}")?;
        input.flush()?;
        let mut line = String::new();
        self.output.by_ref().take(4096).read_line(&mut line)?;
        let mut words = line.split_whitespace();
        let (Some(id), Some(found), Some(Ok(size)), None) =
            (words.next(), words.next(), words.next().map(str::parse::<u64>), words.next())
        else {
            let is_missing = line.ends_with(" missing\n") || line.ends_with(" ambiguous\n");
            return if is_missing { Ok(None) } else { Err(io::Error::other("it cannot be read")) };
        };
        let (id, is_right) = (id.to_owned(), found == kind);
        let mut content = Vec::new();
        if is_right && size <= longest {
            self.output.by_ref().take(size).read_to_end(&mut content)?;
        } else {
            io::copy(&mut self.output.by_ref().take(size), &mut io::sink())?;
        }
        // A line end follows the content.
        self.output.read_exact(&mut [0])?;
        match (is_right, size <= longest) {
            (false, _) => Err(io::Error::other(format!("it is not a {kind}"))),
            (true, false) => Err(too_long(longest)),
            (true, true) => Ok(Some((id, content))),
        }
    }

    /// The same for an object that has to be there, since another one names it.
    fn content(&mut self, id: &str, kind: &str, longest: u64) -> io::Result<Vec<u8>> {
        self.get(id, kind, longest)?.map(|(_, content)| content).ok_or_else(incomplete)
    }

    /// What is called `name` in a directory.
    fn entry(&mut self, tree: &str, name: &[u8]) -> io::Result<Option<Entry>> {
        if !self.trees.contains_key(tree) {
            let content = self.content(tree, "tree", LONGEST_TREE)?;
            let entries = entries(&content, tree.len() / 2).ok_or(io::ErrorKind::InvalidData)?;
            self.trees.insert(tree.to_owned(), entries);
        }
        Ok(self.trees.get(tree).and_then(|entries| entries.get(name)).cloned())
    }

    /// The file at `path` in a directory. Links are followed as far as they stay inside.
    fn file(&mut self, tree: &str, path: &Path, longest: u64) -> io::Result<Option<Vec<u8>>> {
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(part) => Some(part.as_encoded_bytes().to_vec()),
            _ => None,
        });
        let mut left: Vec<Vec<u8>> = parts.collect();
        left.reverse();
        let mut trees = vec![tree.to_owned()];
        let mut links = 0;
        let leads_out = || io::Error::other("it is a link that leads out of the repository");
        while let Some(part) = left.pop() {
            if part == b".." {
                trees.pop();
            }
            let Some(tree) = trees.last().cloned() else { return Err(leads_out()) };
            if matches!(part.as_slice(), b"" | b"." | b"..") {
                continue;
            }
            let Some(Entry { mode, id }) = self.entry(&tree, &part)? else { break };
            match mode.as_slice() {
                b"40000" => trees.push(id),
                b"120000" if links < MOST_LINKS => {
                    links += 1;
                    let target = self.content(&id, "blob", 4096)?;
                    if target.starts_with(b"/") {
                        return Err(leads_out());
                    }
                    left.extend(target.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec));
                }
                b"120000" => return Err(io::Error::other("it is a link that leads to too many others")),
                b"100644" | b"100755" | b"100664" if left.is_empty() => {
                    return self.content(&id, "blob", longest).map(Some);
                }
                // The commit of a submodule is part of another repository.
                _ => break,
            }
        }
        if links > 0 { Err(io::Error::other("it is a link to a file that does not exist")) } else { Ok(None) }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// The entries of a directory: for each its mode, a space, its name, a zero byte and the bytes of its id.
fn entries(mut content: &[u8], id_length: usize) -> Option<HashMap<Vec<u8>, Entry>> {
    let mut entries = HashMap::new();
    while !content.is_empty() {
        let space = memchr::memchr(b' ', content)?;
        let zero = memchr::memchr(0, content)?;
        let (mode, name) = (content.get(..space)?, content.get(space + 1..zero)?);
        let id = content.get(zero + 1..zero + 1 + id_length)?;
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        entries.insert(name.to_vec(), Entry { mode: mode.to_vec(), id });
        content = content.get(zero + 1 + id_length..)?;
    }
    Some(entries)
}

fn incomplete() -> io::Error {
    io::Error::other("the repository is a partial clone that lacks it; fetch it first")
}

/// git, from the absolute directories of the path, so that none from the working directory is run.
fn program() -> Option<PathBuf> {
    let name = if cfg!(windows) { "git.exe" } else { "git" };
    let path = env::var_os("PATH")?;
    let mut found =
        env::split_paths(&path).filter(|folder| folder.is_absolute()).map(|folder| folder.join(name));
    found.find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_revision_is_refused() {
        for name in ["", "-x", "--upload-pack=x", "HEAD:x", "a\nb"] {
            assert!(
                Revision::open(name, PathBuf::new()).is_err_and(|why| why.contains("not a git revision"))
            );
        }
    }

    #[test]
    fn directories_are_read() {
        let content = [b"100644 a b\0".as_slice(), &[1; 20], b"40000 c\0", &[0xab; 20]].concat();
        let found = entries(&content, 20).unwrap();
        assert_eq!(
            (found[&b"a b"[..]].mode.as_slice(), found[&b"c"[..]].id.as_str()),
            (&b"100644"[..], &*"ab".repeat(20))
        );
        for cut in 1..content.len() {
            assert!(cut == 31 || entries(&content[..cut], 20).is_none(), "{cut}");
        }
    }
}
