//! Documents inside others: arrays, maps, pages, JSON-RPC answers and wrappers.

use super::evidence::{Recognized, Verdict, is_card_path, is_well_known_card, judge};
use super::graph::Named;
use super::names::{Members, member};
use super::{CardVersion, Certainty, FileHint, Forced, Kind, Mode, Profile, Subject, card, formats, graph};
use crate::syntax::{Document, FaultKind, Node};

/// What a text holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// The documents, in the order of the text; a registration comes before the card inside it.
    pub subjects: Vec<Subject>,
    /// How they are wrapped, where they are not the root itself.
    pub wrapped: Option<Wrapped>,
    /// What has to be reported of the text as a whole.
    pub outcome: Outcome,
    /// What the root looks like instead, where there is no document: words that continue "this is".
    pub looks_like: Option<String>,
    /// The kinds that the root may be, where it is a Graph body that fits several.
    pub candidates: Vec<Kind>,
    /// Whether the text is no JSON at all but in a format that is known.
    pub is_other_text: bool,
    /// Whether the name of the file says that it is a card.
    pub is_meant_as_card: bool,
}

impl Detection {
    /// The elements beside the documents of an array that are none themselves, in the order of the text.
    pub fn strangers<'d>(&self, document: &'d Document<'d>) -> impl Iterator<Item = Node<'d>> {
        let found = self.subjects.iter().filter(|subject| !subject.embedded).map(|subject| subject.node);
        let list = found.clone().next().and_then(|first| document.node(first).parent());
        let is_list = self.wrapped.is_some() && list.is_some_and(Node::is_array);
        // Both go through the text in its order.
        let mut found = found.peekable();
        let elements = list.filter(|_| is_list).into_iter().flat_map(Node::children);
        elements.filter(move |element| found.next_if(|&id| id == element.id()).is_none())
    }
}

/// What recognition makes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There are documents, or there is an empty page of them.
    Documents,
    /// There is none, though one is expected: this is to be reported.
    Unrecognized,
    /// There is none, and the syntax errors may be the reason: they are to be reported.
    Broken,
    /// There is none, and nobody expects one.
    Foreign,
}

/// Whether a fault leaves the text readable for most parsers.
fn keeps_structure(fault: &FaultKind) -> bool {
    matches!(fault, FaultKind::HugeNumber | FaultKind::ByteOrderMark)
}

/// How documents are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapped {
    /// Elements of an array.
    Array,
    /// Members of an object that maps names to documents.
    Map,
    /// The `value` of a Graph page.
    Page,
    /// The `result` of a JSON-RPC response.
    JsonRpc,
    /// One member around the document, or `agents` or `cards` beside other members.
    Member,
}

impl Wrapped {
    /// The wrapper in words.
    pub const fn words(self) -> &'static str {
        match self {
            Wrapped::Array => "an array",
            Wrapped::Map => "a map of names",
            Wrapped::Page => "a page of results",
            Wrapped::JsonRpc => "a JSON-RPC response",
            Wrapped::Member => "a wrapper object",
        }
    }
}

/// Finds the documents at and inside `root`, the value of `file` that is looked at.
pub fn detect(root: Node<'_>, file: FileHint<'_>, forced: &Forced) -> Detection {
    let finder = Finder { file, forced };
    if let Some(subject) = finder.subject(root, Around::NOTHING) {
        return finder.found(root, vec![subject], None);
    }
    // What says that it is something else is not opened.
    let is_named = matches!(graph::named(root), Some(Named::Other(_)));
    if let Some((subjects, wrapped)) = finder.unwrapped(root).filter(|_| !is_named) {
        return finder.found(root, subjects, Some(wrapped));
    }
    if let Some(subject) = finder.insisted(root) {
        return finder.found(root, vec![subject], None);
    }
    finder.nothing(root)
}

/// What a text is that is no JSON. Text in another encoding has not been read at all.
fn other_text(document: &Document<'_>) -> Option<&'static str> {
    let is_read = !document.faults().iter().any(|fault| matches!(fault.kind, FaultKind::WrongEncoding(_)));
    if is_read { formats::describe_text(document.text()) } else { None }
}

/// What a value is that is no document, in words that continue "this is", and the kinds that it may be if it is a Graph
/// body that fits several.
pub fn describe(value: Node<'_>) -> (String, Vec<Kind>) {
    match judge(value, FileHint::default()) {
        Verdict::Several(kinds) => ("a Microsoft Graph body that fits several kinds".to_owned(), kinds),
        Verdict::Other(words) => (words.into_owned(), Vec::new()),
        Verdict::Is(_) | Verdict::Nothing => (formats::describe(value).into_owned(), Vec::new()),
    }
}

/// What the container of a value says about it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The kind, such as that of a page of results.
    pub(super) kind: Option<Kind>,
    /// The operation, such as that of a request.
    pub(super) mode: Option<Mode>,
}

impl Around {
    /// There is no container, or it says nothing.
    pub(super) const NOTHING: Self = Self { kind: None, mode: None };
    /// An answer of the service.
    pub(super) const PAGE: Self = Self { kind: None, mode: Some(Mode::Response) };
}

struct Finder<'f> {
    file: FileHint<'f>,
    forced: &'f Forced,
}

impl Finder<'_> {
    fn found(&self, root: Node<'_>, subjects: Vec<Subject>, wrapped: Option<Wrapped>) -> Detection {
        let mut all = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let inner = self.embedded(root, &subject);
            all.push(subject);
            all.extend(inner);
        }
        Detection {
            subjects: all,
            wrapped,
            outcome: Outcome::Documents,
            looks_like: None,
            candidates: Vec::new(),
            is_other_text: false,
            is_meant_as_card: is_card_path(self.file.path),
        }
    }

    /// There is no document, unless the file is where nothing else may be.
    fn nothing(&self, root: Node<'_>) -> Detection {
        let document = root.document();
        let is_file = root.parent().is_none();
        let text = if is_file { other_text(document) } else { None };
        let is_broken = document.faults().iter().any(|fault| !keeps_structure(&fault.kind));
        let format = formats::of(&Members::of(root)).filter(|_| root.is_object());
        let is_named = matches!(graph::named(root), Some(Named::Other(_)));
        let is_at_card_path = is_file && is_well_known_card(self.file.path);
        if is_at_card_path && root.is_object() && !is_broken && format.is_none() && !is_named {
            let subject = self.card_subject(root, "is at the path of an A2A agent card");
            return self.found(root, vec![subject], None);
        }
        let (looks_like, candidates) = match text {
            Some(words) => (words.to_owned(), Vec::new()),
            None => describe(root),
        };
        // A format that has a name is recognised through the faults of a text, whose syntax then is its own affair.
        let has_name = is_named || format.is_some_and(|format| format.has_name);
        let broken = is_broken && text.is_none() && (!has_name || root.is_incomplete());
        let is_expected = match (self.file.walked, broken) {
            (false, _) => true,
            (true, true) => is_card_path(self.file.path),
            (true, false) => is_at_card_path,
        };
        let outcome = match (is_expected, broken) {
            (false, _) => Outcome::Foreign,
            (true, true) => Outcome::Broken,
            (true, false) => Outcome::Unrecognized,
        };
        Detection {
            subjects: Vec::new(),
            wrapped: None,
            outcome,
            looks_like: Some(looks_like),
            candidates,
            is_other_text: text.is_some(),
            is_meant_as_card: is_card_path(self.file.path),
        }
    }

    /// The card inside a registration.
    fn embedded(&self, root: Node<'_>, subject: &Subject) -> Option<Subject> {
        if subject.profile.kind() != Kind::GraphAgentRegistration {
            return None;
        }
        let card = root.document().node(subject.node).member("agentCard").filter(|card| card.is_object())?;
        // The documentation shows it with nothing but its type inside.
        if !card.is_empty() && card.children().all(|child| child.key().is_some_and(|key| key.contains('@'))) {
            return None;
        }
        let (version, reason) = self.card_version(card);
        Some(Subject { embedded: true, ..Subject::new(card, Profile::Card(version), reason) })
    }

    fn card_version(&self, card: Node<'_>) -> (CardVersion, String) {
        match self.forced.version {
            Some(version) => (CardVersion::stated(version), "was said to be by --a2a-version".to_owned()),
            None => card::version(card),
        }
    }

    /// `value` as a document, if it is one by itself.
    fn subject(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        match self.forced.kind {
            Some(kind) => self.forced_subject(value, kind, around),
            None => self.detected_subject(value, around),
        }
    }

    /// With `--kind`: only a value that can be one, so that wrappers are still opened.
    fn forced_subject(&self, value: Node<'_>, kind: Kind, around: Around) -> Option<Subject> {
        let plausible = value.is_object() && !is_page(value) && !is_json_rpc(value);
        let fits = match kind {
            Kind::A2aCard => {
                self.detected_subject(value, around).is_some() || self.unwrapped(value).is_none()
            }
            _ => true,
        };
        (plausible && fits).then(|| self.insist(value, kind, around))
    }

    /// With `--kind`, what is left when nothing was found: the root itself, whatever it is.
    fn insisted(&self, root: Node<'_>) -> Option<Subject> {
        let kind = self.forced.kind?;
        (!root.is_damaged() && !root.is_array()).then(|| self.insist(root, kind, Around::NOTHING))
    }

    fn insist(&self, value: Node<'_>, kind: Kind, around: Around) -> Subject {
        let said = "was said to be by --kind";
        if kind == Kind::A2aCard {
            let (version, reason) = self.card_version(value);
            return Subject::new(value, Profile::Card(version), format!("{said}; it {reason}"));
        }
        self.graph_subject(value, kind, said.to_owned(), around)
    }

    /// For which operation the body is, and whether that is a guess.
    fn mode(&self, value: Node<'_>, kind: Kind, around: Around) -> (Mode, bool) {
        match self.forced.mode.or(around.mode) {
            Some(mode) => (mode, false),
            None => graph::mode(value, kind),
        }
    }

    /// A value where a list or page leads one to expect a document.
    fn item(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        match self.forced.kind {
            Some(kind) => value.is_object().then(|| self.insist(value, kind, around)),
            None => self.detected_subject(value, around),
        }
    }

    fn detected_subject(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        if is_lone_wrapper(value) || is_page(value) || is_json_rpc(value) {
            return None;
        }
        if let Some(kind) = around.kind.filter(|kind| kind.is_graph() && value.is_object()) {
            return Some(self.graph_subject(
                value,
                kind,
                "has the kind that its container names".to_owned(),
                around,
            ));
        }
        let Verdict::Is(found) = judge(value, self.file) else { return None };
        // A file that is only met has to say more of itself than one that somebody names.
        if self.file.walked && found.certainty == Certainty::Guess {
            return None;
        }
        let Recognized { kind, reason, certainty, rivals } = found;
        let subject = match kind {
            Kind::A2aCard => self.card_subject(value, &reason),
            _ => self.graph_subject(value, kind, reason, around),
        };
        Some(Subject { certainty, rivals, ..subject })
    }

    /// `recognized` says why it is a card, and comes first where the reason for its version says nothing of that.
    fn card_subject(&self, value: Node<'_>, recognized: &str) -> Subject {
        let (version, reason) = self.card_version(value);
        let says_all = reason.starts_with("has ") || self.forced.version.is_some();
        let reason = if says_all { reason } else { format!("{recognized}; it {reason}") };
        Subject::new(value, Profile::Card(version), reason)
    }

    fn graph_subject(&self, value: Node<'_>, kind: Kind, reason: String, around: Around) -> Subject {
        let (mode, guessed_mode) = self.mode(value, kind, around);
        Subject { guessed_mode, ..Subject::new(value, Profile::Graph(kind, mode), reason) }
    }

    /// The documents inside `root`, one wrapper deep, or two where a wrapper holds a list.
    fn unwrapped(&self, root: Node<'_>) -> Option<(Vec<Subject>, Wrapped)> {
        if root.is_array() {
            let subjects: Vec<Subject> =
                root.children().filter_map(|child| self.item(child, Around::NOTHING)).collect();
            return (!subjects.is_empty()).then_some((subjects, Wrapped::Array));
        }
        if !root.is_object() {
            return None;
        }
        if is_page(root) {
            return self.page(root).map(|subjects| (subjects, Wrapped::Page));
        }
        if is_json_rpc(root) {
            let result = root.member("result")?;
            return self.inside(result).map(|subjects| (subjects, Wrapped::JsonRpc));
        }
        for name in ["agents", "cards"] {
            let list = root.member(name).filter(|list| list.is_array() || list.is_object());
            if let Some(subjects) = list.and_then(|list| self.all(list, Around::NOTHING)) {
                return Some((subjects, Wrapped::Member));
            }
        }
        self.map(root)
    }

    /// `value` itself, or what it wraps.
    fn inside(&self, value: Node<'_>) -> Option<Vec<Subject>> {
        if let Some(subject) = self.item(value, Around::NOTHING) {
            return Some(vec![subject]);
        }
        let only = if value.len() == 1 { value.children().next() } else { None };
        self.all(value, Around::NOTHING).or_else(|| only.and_then(|inner| self.all(inner, Around::NOTHING)))
    }

    /// The children of `list` that are documents, or nothing but wrappers around one, if any is.
    fn all(&self, list: Node<'_>, around: Around) -> Option<Vec<Subject>> {
        let entry = |child: Node<'_>| {
            let wrapped = child.children().next().filter(|_| is_lone_wrapper(child));
            self.detected_subject(wrapped.unwrap_or(child), around)
        };
        let subjects: Vec<Subject> = list.children().filter_map(entry).collect();
        (!subjects.is_empty()).then_some(subjects)
    }

    /// A Graph page. An empty one counts as what its context says, so it holds nothing to check and is no fault.
    fn page(&self, root: Node<'_>) -> Option<Vec<Subject>> {
        let value = root.member("value")?;
        let of_page = graph::page_kind(root);
        let item = |child: Node<'_>| {
            let says_itself = self.forced.kind.is_some() || child.member("@odata.type").is_some();
            let of_page = of_page.filter(|_| child.is_object());
            let by_page = || {
                of_page.map(|kind| {
                    self.graph_subject(child, kind, "stands in a page of that type".to_owned(), Around::PAGE)
                })
            };
            // What the page says of its items is surer than what their members suggest.
            if says_itself {
                self.item(child, Around::PAGE).or_else(by_page)
            } else {
                by_page().or_else(|| self.item(child, Around::PAGE))
            }
        };
        let subjects: Vec<Subject> = value.children().filter_map(item).collect();
        (!subjects.is_empty() || of_page.is_some()).then_some(subjects)
    }

    /// An object that maps names to documents; with a single member, a wrapper.
    fn map(&self, root: Node<'_>) -> Option<(Vec<Subject>, Wrapped)> {
        let is_remark = |child: &Node<'_>| child.key().is_some_and(|key| key.starts_with(['$', '_', '@']));
        let members: Vec<Node<'_>> = root.children().filter(|child| !is_remark(child)).collect();
        let subjects: Vec<Subject> =
            members.iter().filter_map(|&child| self.detected_subject(child, Around::NOTHING)).collect();
        match members.as_slice() {
            [only] if subjects.is_empty() => {
                self.all(*only, Around::NOTHING).map(|subjects| (subjects, Wrapped::Member))
            }
            [_] => Some((subjects, Wrapped::Member)),
            [] => None,
            _ => (subjects.len() == members.len()).then_some((subjects, Wrapped::Map)),
        }
    }
}

/// `{"value": [...]}` with nothing beside it but annotations, or with other members and Graph objects inside.
fn is_page(object: Node<'_>) -> bool {
    let Some(value) = object.member("value").filter(|value| value.is_array()) else { return false };
    let is_pure = || foreign_to_page(object).next().is_none();
    let holds_graph = || {
        let first = value.children().next();
        let kind = first.map(|first| judge(first, FileHint::default()));
        matches!(kind, Some(Verdict::Is(found)) if found.kind.is_graph())
    };
    is_pure() || graph::page_kind(object).is_some() || holds_graph()
}

/// What stands in a page beside its `value` and annotations.
pub fn foreign_to_page(page: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    page.children().filter(|child| !child.key().is_some_and(|key| key == "value" || key.starts_with('@')))
}

fn is_json_rpc(object: Node<'_>) -> bool {
    object.member("jsonrpc").is_some() && object.member("result").is_some()
}

/// `{"agentCard": {...}}` alone is a wrapper around a card, not a registration.
fn is_lone_wrapper(object: Node<'_>) -> bool {
    object.len() == 1 && ["agentCard", "card"].iter().any(|name| member(object, name).is_some())
}
