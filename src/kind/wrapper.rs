//! Documents inside others: arrays, maps, pages, JSON-RPC answers and wrappers.

use super::container::{Container, Content, JsonString, LISTS, Place, linked_cards};
use super::evidence::{Recognized, Verdict, is_card_path, is_well_known_card, judge};
use super::graph::Named;
use super::marks::{MARKS, Mark};
use super::names::{Members, count, fold, member, near};
use super::{CardVersion, Certainty, FileHint, Forced, Kind, Mode, Profile, Subject, card, formats, graph};
use crate::syntax::{Document, FaultKind, Node, NodeId};

/// What a text holds.
#[derive(Debug)]
pub struct Detection {
    /// The documents, in the order of the text; a registration comes before the card inside it.
    pub subjects: Vec<Subject>,
    /// The strings that hold JSON with documents, in the order of the text.
    pub strings: Vec<JsonString>,
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
    /// How many cards a catalog without documents links to.
    pub linked: usize,
}

impl Detection {
    /// The elements beside the documents of an array that are none themselves, in the order of the text.
    pub fn strangers<'d>(&self, document: &'d Document<'d>) -> impl Iterator<Item = Node<'d>> {
        let found = || self.subjects.iter().filter(|subject| !subject.embedded).map(|subject| subject.node);
        let list = found().next().and_then(|first| document.node(first).parent());
        // What else a container lists is its own affair.
        let is_container = matches!(self.wrapped, None | Some(Wrapped::Container(_)));
        let list = list.filter(|list| list.is_array() && !is_container);
        let mut inside: Vec<NodeId> = found().chain(self.strings.iter().map(|string| string.node)).collect();
        inside.sort_unstable();
        let mut inside = inside.into_iter().peekable();
        // Both go through the text in its order.
        list.into_iter().flat_map(Node::children).filter(move |element| {
            let end = element.id().index() + element.inner_count();
            let mut holds_one = false;
            while let Some(id) = inside.next_if(|id| id.index() <= end) {
                holds_one |= id >= element.id();
            }
            !holds_one
        })
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
    /// A container that is known by this name.
    Container(&'static str),
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
            Wrapped::Container(words) => words,
        }
    }
}

/// The members by which the card in the entry of a registry is known to be more than the entry.
const TELLING: &[&str] = &[
    "url",
    "supportedInterfaces",
    "skills",
    "capabilities",
    "defaultInputModes",
    "defaultOutputModes",
    "protocolVersion",
    "preferredTransport",
    "securitySchemes",
];

/// Finds the documents at and inside `root`, the value of `file` that is looked at.
pub fn detect(root: Node<'_>, file: FileHint<'_>, forced: &Forced) -> Detection {
    let finder = Finder { file, forced, strings: 0 };
    if let Some(subject) = finder.subject(root, Around::NOTHING) {
        return finder.found(root, vec![subject].into(), None);
    }
    // What says that it is something else is not opened.
    let is_named = matches!(graph::named(root), Some(Named::Other(_)));
    if let Some((content, wrapped)) = finder.unwrapped(root).filter(|_| !is_named) {
        return finder.found(root, content, Some(wrapped));
    }
    if let Some(subject) = finder.insisted(root) {
        return finder.found(root, vec![subject].into(), None);
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

/// Looks for documents.
#[derive(Clone, Copy)]
pub(super) struct Finder<'f> {
    pub(super) file: FileHint<'f>,
    pub(super) forced: &'f Forced,
    /// How many strings of JSON are around what is looked at.
    pub(super) strings: usize,
}

impl Finder<'_> {
    /// What was found, in the order of the text.
    pub(super) fn found(&self, root: Node<'_>, content: Content, wrapped: Option<Wrapped>) -> Detection {
        let Content { mut subjects, mut strings, .. } = content;
        subjects.sort_by_key(|subject| subject.node);
        strings.sort_by_key(|string| string.node);
        let mut all = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let inner = self.embedded(root, &subject);
            all.push(subject);
            all.extend(inner);
        }
        Detection {
            subjects: all,
            strings,
            wrapped,
            outcome: Outcome::Documents,
            looks_like: None,
            candidates: Vec::new(),
            is_other_text: false,
            is_meant_as_card: is_card_path(self.file.path),
            linked: 0,
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
            return self.found(root, vec![subject].into(), None);
        }
        let (looks_like, candidates) = match text {
            Some(words) => (words.to_owned(), Vec::new()),
            None => describe(root),
        };
        // A format that has a name is recognised through the faults of a text, whose syntax then is its own affair.
        let has_name = is_named || format.is_some_and(|format| format.has_name);
        let broken = is_broken && text.is_none() && (!has_name || root.is_incomplete());
        // A catalog of links has nothing to check, and is no fault.
        let linked = if broken || is_at_card_path { 0 } else { linked_cards(root) };
        let is_expected = match (self.file.walked, broken) {
            (false, _) => linked == 0,
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
            strings: Vec::new(),
            wrapped: None,
            outcome,
            looks_like: Some(looks_like),
            candidates,
            is_other_text: text.is_some(),
            is_meant_as_card: is_card_path(self.file.path),
            linked,
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
            None => self.recognized(value, around),
        }
    }

    /// With `--kind`: only a value that can be one, so that wrappers are still opened.
    fn forced_subject(&self, value: Node<'_>, kind: Kind, around: Around) -> Option<Subject> {
        let plausible = value.is_object() && !is_page(value) && !is_json_rpc(value);
        let fits = match kind {
            Kind::A2aCard => self.recognized(value, around).is_some() || self.unwrapped(value).is_none(),
            _ => self.contained(value, Container::is_foreign).is_none(),
        };
        (plausible && fits).then(|| self.insist(value, kind, around))
    }

    /// With `--kind`, what is left when nothing was found: the root itself, whatever it is.
    fn insisted(&self, root: Node<'_>) -> Option<Subject> {
        let kind = self.forced.kind?;
        (!root.is_damaged() && !root.is_array()).then(|| self.insist(root, kind, Around::NOTHING))
    }

    pub(super) fn insist(&self, value: Node<'_>, kind: Kind, around: Around) -> Subject {
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
            None => self.recognized(value, around),
        }
    }

    /// `value` as a document, unless it is rather a container of documents.
    pub(super) fn recognized(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        self.detected_subject(value, around).filter(|subject| !self.is_envelope(value, subject, around))
    }

    fn detected_subject(&self, value: Node<'_>, around: Around) -> Option<Subject> {
        if is_page(value) || is_json_rpc(value) {
            return None;
        }
        if let Some(kind) = around.kind.filter(|kind| kind.is_graph() && value.is_object()) {
            let reason = "has the kind that its container names".to_owned();
            return Some(self.graph_subject(value, kind, reason, around));
        }
        if is_lone_wrapper(value) {
            return None;
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

    /// The documents inside `root`.
    fn unwrapped(&self, root: Node<'_>) -> Option<(Content, Wrapped)> {
        if root.is_array() {
            return self.elements(root).map(|content| (content, Wrapped::Array));
        }
        if root.is_string() {
            return self.root_string(root).or_none().map(|content| (content, Wrapped::Container("a string")));
        }
        if !root.is_object() {
            return None;
        }
        if is_page(root)
            && let Some(subjects) = self.page(root)
        {
            return Some((subjects.into(), Wrapped::Page));
        }
        if is_json_rpc(root) {
            let result = root.member("result")?;
            return self.inside(result).map(|content| (content, Wrapped::JsonRpc));
        }
        if let Some(found) = self.contained(root, Container::is_foreign) {
            return Some(found);
        }
        for name in LISTS {
            let list = root.member(name).filter(|list| list.is_array() || list.is_object());
            if let Some(content) = list.and_then(|list| self.all(list)) {
                return Some((content, Wrapped::Member));
            }
        }
        self.map(root).or_else(|| self.contained(root, |_| true)).or_else(|| {
            let mut content = Content::default();
            self.lists(root, Place::OUTERMOST, &mut content);
            content.or_none().map(|content| (content, Wrapped::Member))
        })
    }

    /// Whether what looks like a Graph object is a container of documents. A registry has members that are called almost
    /// like those of its objects, an entry of a catalog has a display name, and other registries have an `agentCard`, too.
    fn is_envelope(&self, object: Node<'_>, subject: &Subject, around: Around) -> bool {
        let is_certain = around.kind.is_some();
        if !subject.profile.kind().is_graph() {
            return !is_certain && self.is_entry(object);
        }
        let include = if has_foreign_card(object) { |_: &Container| true } else { Container::is_foreign };
        !is_certain && self.open(object, Place::PROBE, include, &mut Content::default()).is_some()
    }

    /// Whether what looks like a card is the entry of a registry that repeats some members of the card that it holds. A whole
    /// card that holds less of another is a card.
    fn is_entry(&self, object: Node<'_>) -> bool {
        let mut content = Content::default();
        if self.open(object, Place::PROBE, |container| !container.is_foreign(), &mut content).is_none() {
            return false;
        }
        let members = |card: Node<'_>| count(card, TELLING);
        let is_whole = |subject: &Subject| {
            let inner = object.document().node(subject.node);
            subject.profile.kind() == Kind::A2aCard && members(inner) >= members(object)
        };
        !content.strings.is_empty() || content.subjects.iter().any(is_whole)
    }

    /// The documents in known places of `object`.
    fn contained(&self, object: Node<'_>, include: fn(&Container) -> bool) -> Option<(Content, Wrapped)> {
        let mut content = Content::default();
        let words = self.open(object, Place::OUTERMOST, include, &mut content)?;
        Some((content, Wrapped::Container(words)))
    }

    /// The documents that are elements of an array, or are inside one.
    fn elements(&self, array: Node<'_>) -> Option<Content> {
        let mut content = Content::default();
        for child in array.children() {
            let opened = self.forced.kind.is_some()
                && self.open(child, Place::OUTERMOST, Container::is_foreign, &mut content).is_some();
            match if opened { None } else { self.item(child, Around::NOTHING) } {
                Some(subject) => content.subjects.push(subject),
                None => self.entry(child, Place::OUTERMOST, Around::NOTHING, &mut content),
            }
        }
        content.or_none()
    }

    /// `value` itself, or what it wraps.
    fn inside(&self, value: Node<'_>) -> Option<Content> {
        if let Some(subject) = self.item(value, Around::NOTHING) {
            return Some(vec![subject].into());
        }
        let only = if value.len() == 1 { value.children().next() } else { None };
        let mut content = Content::default();
        self.entry(value, Place::OUTERMOST, Around::NOTHING, &mut content);
        content.or_none().or_else(|| self.all(value)).or_else(|| only.and_then(|inner| self.all(inner)))
    }

    /// The documents that are children of `list`, or are inside one.
    fn all(&self, list: Node<'_>) -> Option<Content> {
        let mut content = Content::default();
        list.children().for_each(|child| self.entry(child, Place::OUTERMOST, Around::NOTHING, &mut content));
        content.or_none()
    }

    /// A Graph page. An empty one counts as what its context says, so it holds nothing to check and is no fault.
    pub(super) fn page(&self, root: Node<'_>) -> Option<Vec<Subject>> {
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
    fn map(&self, root: Node<'_>) -> Option<(Content, Wrapped)> {
        let is_remark = |child: &Node<'_>| child.key().is_some_and(|key| key.starts_with(['$', '_', '@']));
        let members: Vec<Node<'_>> = root.children().filter(|child| !is_remark(child)).collect();
        let subjects: Vec<Subject> =
            members.iter().filter_map(|&child| self.recognized(child, Around::NOTHING)).collect();
        match members.as_slice() {
            [only] if subjects.is_empty() => self.all(*only).map(|content| (content, Wrapped::Member)),
            [_] => Some((subjects.into(), Wrapped::Member)),
            [] => None,
            _ => (subjects.len() == members.len()).then(|| (subjects.into(), Wrapped::Map)),
        }
    }
}

/// `{"value": [...]}` with nothing beside it but annotations, or with other members and Graph objects inside.
pub(super) fn is_page(object: Node<'_>) -> bool {
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

/// Whether an object has an `agentCard` and members of no Graph object, but none that makes it a registration.
fn has_foreign_card(object: Node<'_>) -> bool {
    let is_shared = |key: &str| matches!(key, "agentCard" | "description" | "id") || key.contains(['@', '#']);
    let is_telling = |mark: &&Mark| {
        let weight = mark.weight(Kind::GraphAgentRegistration).max(mark.weight(Kind::GraphAgentInstance));
        mark.member != "agentCard" && weight > 1
    };
    member(object, "agentCard").is_some()
        && object.children().any(|child| child.key().is_some_and(|key| !is_shared(&fold(&key))))
        && !MARKS.iter().filter(is_telling).any(|mark| near(object, mark.member).is_some())
        && near(object, "displayName").is_none()
}

/// `{"agentCard": {...}}` alone is a wrapper around a card, not a registration.
fn is_lone_wrapper(object: Node<'_>) -> bool {
    object.len() == 1 && ["agentCard", "card"].iter().any(|name| member(object, name).is_some())
}
