//! The vocabulary of findings: what a user sees of a rule, of a diagnostic and of a fix.

pub use crate::edit::Edit;
use crate::kind::{Kind, Mode, Version};
use crate::syntax::NodeId;
use crate::text::{FileRange, Span};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A SHOULD is broken, or it will bite.
    Warning,
    /// A MUST is broken, or the document cannot work.
    Error,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A family of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The text is not JSON, or readers of JSON disagree about it.
    Syntax,
    /// Members, types and values against the schema.
    Schema,
    /// What the specification asks beyond the schema.
    Protocol,
    /// What endangers the agent or its clients.
    Security,
    /// Signatures of cards.
    Signature,
    /// Microsoft Graph objects.
    Graph,
    /// What works with some readers and not with others.
    Portability,
    /// Opinions that no source states; off unless selected.
    Style,
}

impl Group {
    /// Every group.
    pub const ALL: [Group; 8] = [
        Group::Syntax,
        Group::Schema,
        Group::Protocol,
        Group::Security,
        Group::Signature,
        Group::Graph,
        Group::Portability,
        Group::Style,
    ];

    /// The name for `--select` and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Syntax => "syntax",
            Group::Schema => "schema",
            Group::Protocol => "protocol",
            Group::Security => "security",
            Group::Signature => "signature",
            Group::Graph => "graph",
            Group::Portability => "portability",
            Group::Style => "style",
        }
    }

    /// Whether rules of the group run unless they are switched off.
    pub const fn on_by_default(self) -> bool {
        !matches!(self, Group::Style)
    }
}

impl FromStr for Group {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|group| group.name() == text).ok_or(())
    }
}

/// All that a user sees of a rule.
#[derive(Debug)]
pub struct Meta {
    /// Its name: a noun phrase of the fault, in kebab-case, equal to its file's name with dashes.
    pub id: &'static str,
    /// Names it had before.
    pub aliases: &'static [&'static str],
    /// Its family.
    pub group: Group,
    /// The highest severity it gives.
    pub severity: Severity,
    /// The documents it looks at, in words, such as `A2A 0.3.0 and later`.
    pub applies_to: &'static str,
    /// What is reported, continuing "reported when".
    pub summary: &'static str,
    /// Who is hurt and how, in the reader's terms.
    pub why: &'static str,
    /// Whether it mends what it finds.
    pub fixing: Fixing,
    /// Documents that draw it and documents that come close and do not. They are tests.
    pub examples: &'static [Example],
}

impl Meta {
    /// What it rests on, each once: the statements that its examples break.
    pub fn sources(&self) -> Vec<&'static str> {
        let mut sources = Vec::new();
        for source in self.examples.iter().flat_map(|example| example.shows) {
            if !sources.contains(source) {
                sources.push(source);
            }
        }
        sources
    }

    /// Whether it can be switched off. What cannot be understood in a configuration can be no part of it, and what a
    /// migration does is told in any case.
    pub fn is_optional(&self) -> bool {
        self.id != "malformed-configuration" && !self.id.starts_with("migration-")
    }

    /// The page of the rule on the web.
    pub fn url(&self) -> String {
        rule_url(self.id)
    }
}

/// The page on the web of the rule with this name.
pub fn rule_url(id: &str) -> String {
    [concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules/"), id, ".md"].concat()
}

/// Whether a rule mends what it finds, in sentences that say what becomes of it or why it has to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixing {
    /// Every finding comes with a fix, unless the text around it is damaged.
    Always(&'static str),
    /// Some findings do.
    Sometimes(&'static str),
    /// No finding does: what to do is not to be read off the document.
    Never(&'static str),
}

impl Fixing {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Fixing::Always(_) => "always",
            Fixing::Sometimes(_) => "sometimes",
            Fixing::Never(_) => "never",
        }
    }

    /// What is done, or why nothing is.
    pub const fn about(self) -> &'static str {
        match self {
            Fixing::Always(about) | Fixing::Sometimes(about) | Fixing::Never(about) => about,
        }
    }
}

/// A document that shows what a rule does.
#[derive(Debug)]
pub struct Example {
    /// How it is read.
    pub setup: Setup,
    /// The document. In a bad one, lines below a line of it hold carets under the span, the severity and the message:
    /// `^^^^ error: message`.
    pub text: &'static str,
    /// What is expected.
    pub expect: Expect,
    /// The statements that the document breaks and the rule covers: `A2A-Nnnn`, `graph x.y`, sections of RFCs, issue threads.
    pub shows: &'static [&'static str],
}

/// What an [`Example`] expects.
#[derive(Debug)]
pub enum Expect {
    /// Exactly the marked diagnostics of the rule.
    Bad,
    /// Exactly the marked diagnostics; applying their fixes gives this text, which draws none.
    Fixed(&'static str),
    /// No diagnostic of the rule.
    Good,
}

impl Example {
    /// A document with marked diagnostics.
    pub const fn bad(setup: Setup, text: &'static str) -> Self {
        Self { setup, text, expect: Expect::Bad, shows: &[] }
    }

    /// A document with marked diagnostics and what their fixes make of it.
    pub const fn fixed(setup: Setup, text: &'static str, after: &'static str) -> Self {
        Self { setup, text, expect: Expect::Fixed(after), shows: &[] }
    }

    /// The same, as the proof that the rule covers `statements`.
    pub const fn shows(self, statements: &'static [&'static str]) -> Self {
        Self { shows: statements, ..self }
    }

    /// A document that comes close and draws nothing.
    pub const fn good(setup: Setup, text: &'static str) -> Self {
        Self { setup, text, expect: Expect::Good, shows: &[] }
    }
}

/// How an [`Example`] is read: what `--kind`, `--a2a-version` and `--mode` would say, and the file's path.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// The path of the file, for rules that look at it.
    pub path: &'static str,
    /// The kind; detected where absent.
    pub kind: Option<Kind>,
    /// The release; detected where absent.
    pub version: Option<Version>,
    /// The mode; detected where absent.
    pub mode: Option<Mode>,
    /// The path and the text of a file that was met before, read in the same way.
    pub before: Option<(&'static str, &'static str)>,
    /// What `--to` says and the options behind it, for rules about migrations; empty where it is only read.
    pub to: &'static str,
}

impl Setup {
    /// Everything is detected.
    pub const DETECTED: Setup =
        Setup { path: "agent-card.json", kind: None, version: None, mode: None, before: None, to: "" };
    /// A 1.0 card.
    pub const V1_0: Setup = Setup::card(Version::V1_0);
    /// A 0.3.0 card.
    pub const V0_3: Setup = Setup::card(Version::V0_3_0);
    /// The body of a POST of an agentInstance.
    pub const INSTANCE: Setup = Setup::graph(Kind::GraphAgentInstance, Mode::Create);
    /// The body of a POST of an agentRegistration.
    pub const REGISTRATION: Setup = Setup::graph(Kind::GraphAgentRegistration, Mode::Create);

    /// A card of a release.
    pub const fn card(version: Version) -> Setup {
        Setup { kind: Some(Kind::A2aCard), version: Some(version), ..Setup::DETECTED }
    }

    /// A Graph body.
    pub const fn graph(kind: Kind, mode: Mode) -> Setup {
        Setup { kind: Some(kind), mode: Some(mode), ..Setup::DETECTED }
    }

    /// The same after the file at `path` with the content `text`.
    pub const fn after(self, path: &'static str, text: &'static str) -> Setup {
        Setup { before: Some((path, text)), ..self }
    }

    /// The same, migrated: `1.0 --flows first`.
    pub const fn to(self, to: &'static str) -> Setup {
        Setup { to, ..self }
    }

    /// The same at another path.
    pub const fn at(self, path: &'static str) -> Setup {
        Setup { path, ..self }
    }
}

/// A finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Meta,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, names the value, no final stop.
    pub message: String,
    /// What to do, in the imperative.
    pub help: Cow<'static, str>,
    /// The JSON Pointer of the value concerned, from the root of its document.
    pub pointer: String,
    /// Where it is in the string at `pointer`, if that holds JSON.
    pub inner: Option<Inner>,
    /// The value at `pointer` in the tree of the text, while that is at hand; nothing where there was none.
    pub node: Option<NodeId>,
    /// What the reader should look at.
    pub span: Span,
    /// The elements and entries on the way to `node` whose siblings it speaks for as well; none where it speaks only for
    /// itself.
    pub siblings: Vec<NodeId>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

/// A value inside a string that holds JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inner {
    /// Its JSON Pointer in the content of the string. A string of JSON in there is passed like an object.
    pub pointer: String,
    /// What its fingerprint is made from, where the settings ask for it.
    pub place: String,
}

/// Another place that matters to a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What is there.
    pub message: String,
    /// The file, where it is another one.
    pub file: Option<OtherFile>,
    /// The JSON Pointer of the value.
    pub pointer: String,
    /// What to look at, in this file.
    pub span: Span,
}

/// Where something is in another file, whose text is no longer at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherFile {
    /// Its path, with `/`.
    pub path: String,
    /// What to look at.
    pub range: FileRange,
}

/// A way to mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// How far it can be trusted.
    pub safety: Safety,
    /// The edits, in the order of the text, none overlapping another.
    pub edits: Vec<Edit>,
    /// The member that it renames or moves, whose value has to fit its new name.
    pub carries: Option<Carried>,
}

/// A member that a fix renames or moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The member.
    pub member: NodeId,
    /// Whether it goes to another object, where nobody read it before.
    pub to_other_object: bool,
}

/// How far a fix can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// The document means afterwards what it was meant to mean before.
    Safe,
    /// A person has to agree.
    Unsafe,
}

impl Safety {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        }
    }
}

impl Diagnostic {
    /// The JSON Pointer inside the string at `pointer`, if the finding is in one.
    pub fn inner_pointer(&self) -> Option<&str> {
        self.inner.as_ref().map(|inner| inner.pointer.as_str())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
