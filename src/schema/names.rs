//! The comparison of names: which members are misnamed, misplaced, gone or unknown, and what stands for what.

use super::aliases::Aliases;
use super::catalog::Bundled;
use super::fact::{Fact, Finding};
use super::near::{Fit, Near};
use super::renames::{Means, Reason, rename, written_for};
use super::typed::{Chosen, Typed, TypedObject, members_called};
use super::types::{Member, ObjectType, Types, ValueType};
use crate::kind::{Kind, Mode, Profile, Version, edits, fold, is_slip, same_but_for_case};
use crate::syntax::{Node, NodeId, NodeKind, Pointer};
use smallvec::SmallVec;
use std::collections::HashSet;

/// What the comparison of names tells the validation.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) aliases: Aliases,
    /// Null values of required members.
    pub(super) required_nulls: HashSet<NodeId>,
    /// Empty values of members that have to hold something.
    pub(super) empty: Vec<NodeId>,
    /// Objects and members that they do not lack: stated for all of them outside, or inside in another form.
    pub(super) stated: HashSet<(NodeId, String)>,
}

/// Compares the names in `document` with those that `schemas` know.
pub(super) fn compare_names(
    document: Node<'_>,
    schemas: &[&'static Bundled],
    profile: Profile,
    is_embedded: bool,
) -> (Named, Vec<Finding>) {
    let roots: Vec<ValueType> =
        schemas.iter().filter_map(|schema| schema.types().root().map(ValueType::Object)).collect();
    let types: Vec<Typed<'_>> = schemas
        .iter()
        .zip(&roots)
        .map(|(schema, root)| Typed { types: schema.types(), value: root })
        .collect();
    let mut names = Names { profile, document, types: &types, named: Named::default(), findings: Vec::new() };
    if is_embedded {
        names.lent(document);
    }
    names.value(document, &types);
    (names.named, names.findings)
}

/// One for each half of a mixed card, and one for each that a deciding member adds.
type Few<T> = SmallVec<[T; 4]>;

/// An object whose names are compared.
struct Scene<'d, 's> {
    node: Node<'d>,
    /// Its types: one, two in a mixed card, and the one that a deciding member chooses.
    known: Few<TypedObject<'s>>,
    /// Whether a type could not be chosen.
    unsure: bool,
    /// The names that are taken, by members called so or standing for them.
    taken: Vec<(&'s str, NodeId)>,
}

impl<'s> Scene<'_, 's> {
    fn names(&self) -> impl Iterator<Item = &'s str> + use<'_, 's> {
        self.known.iter().flat_map(|typed| &typed.object.members).map(|member| member.name.as_str())
    }

    /// The free names of which `name` may be a slip: a value of another type than such a member has speaks against it.
    fn slips(&self, name: &str, value: Node<'_>) -> impl Iterator<Item = &'s str> {
        let of = |typed: &TypedObject<'s>| {
            let types = typed.types;
            typed.object.members.iter().map(move |member| (types, member))
        };
        let members = self.known.iter().flat_map(of);
        let near = members.filter(move |(types, member)| {
            is_slip(&member.name, name, member.required)
                && may_be_meant(value, types, member)
                && self.holder(&member.name).is_none()
        });
        near.map(|(_, member)| member.name.as_str())
    }

    /// The free name that the words of `name` point to, if they point to one alone and `value` may be its value.
    fn near(&self, name: &str, value: Node<'_>, is_graph: bool) -> Option<&'s str> {
        let mut found: Few<(Fit, &'s str, bool)> = SmallVec::new();
        for typed in &self.known {
            let Some(near) = Near::new(name, &typed.object.name) else { continue };
            for (member, words) in typed.object.members_in_words() {
                let Some(fit) = near.fit(words) else { continue };
                let says_noun = words.last().is_some_and(|noun| near.says(noun));
                let may_be = match fit {
                    Fit::Whole => may_hold(typed.types, &member.value, value),
                    Fit::Part => {
                        may_hold(typed.types, &member.value, value)
                            && (says_noun && is_graph || is_like(typed.types, member, value, says_noun))
                    }
                };
                match found.iter_mut().find(|(_, known, _)| *known == member.name) {
                    Some(known) => known.2 |= may_be,
                    None => found.push((fit, member.name.as_str(), may_be)),
                }
            }
        }
        let best = found.iter().map(|(fit, ..)| *fit).max()?;
        // A document of a closed type means some member by it; elsewhere what is taken may be meant as well.
        let counts = |name: &str| !is_graph || best == Fit::Whole || self.holder(name).is_none();
        let mut candidates =
            found.iter().filter(|(fit, name, may_be)| *fit == best && *may_be && counts(name));
        let (_, right, _) = candidates.next()?;
        (candidates.next().is_none() && self.holder(right).is_none()).then_some(right)
    }

    /// Notes which names are taken by members called so.
    fn take_names(&mut self) {
        let named = |child: Node<'_>| {
            let (_, member) = members_called(&self.known, &child.key()?).next()?;
            Some((member.name.as_str(), child.id()))
        };
        self.taken = self.node.children().filter_map(named).collect();
    }

    fn holder(&self, name: &str) -> Option<NodeId> {
        self.taken.iter().find(|(taken, _)| *taken == name).map(|(_, member)| *member)
    }
}

/// The walk over names.
struct Names<'d, 't> {
    profile: Profile,
    document: Node<'d>,
    /// Those of the document.
    types: &'t [Typed<'t>],
    named: Named,
    findings: Vec<Finding>,
}

impl<'d> Names<'d, '_> {
    /// Members of a card that stand beside it, in the registration that holds it, where they were reported.
    fn lent(&mut self, card: Node<'d>) {
        let holder = Profile::Graph(Kind::GraphAgentRegistration, Mode::Update);
        for member in card.parent().into_iter().flat_map(Node::children) {
            let Some(name) = member.key() else { continue };
            let Some((Means::Moved(pointer), _)) = rename(holder, false, "agentRegistration", &fold(&name))
            else {
                continue;
            };
            let right = pointer.strip_prefix("/agentCard/");
            if let Some(right) = right.filter(|right| card.member(right).is_none()) {
                self.named.aliases.add(card.id(), right, member.id());
            }
        }
    }

    /// Compares the names inside `node`, which may be of any of `types`. The depth is that of the schemas.
    fn value(&mut self, node: Node<'d>, types: &[Typed<'_>]) {
        if node.is_array() {
            let items: Few<Typed<'_>> = types.iter().filter_map(|typed| typed.inside(false)).collect();
            if items.iter().any(|typed| typed.has_names()) {
                node.children().for_each(|child| self.value(child, &items));
            }
        } else if node.is_object() {
            let values: Few<Typed<'_>> = types.iter().filter_map(|typed| typed.inside(true)).collect();
            if values.iter().any(|typed| typed.has_names()) {
                node.children().for_each(|child| self.value(child, &values));
            }
            let objects: Few<TypedObject<'_>> = types.iter().filter_map(|typed| typed.object()).collect();
            if !objects.is_empty() {
                self.object(node, &objects);
            }
        }
    }

    fn object(&mut self, node: Node<'d>, types: &[TypedObject<'_>]) {
        let mut object =
            Scene { node, known: types.iter().copied().collect(), unsure: false, taken: Vec::new() };
        for typed in types {
            self.deciding(&mut object, typed);
            match typed.chosen(node, &self.named.aliases) {
                Chosen::Type(chosen) => object.known.push(chosen),
                Chosen::Unsure => object.unsure = true,
                Chosen::Nothing => {}
            }
        }
        if let Some(card) =
            wrapped_card(node).filter(|_| types.iter().any(|typed| typed.object.name == "agentCardManifest"))
        {
            // The inner card is checked once it is in its place.
            let members = object.names().map(|name| (node.id(), name.to_owned()));
            self.named.stated.extend(members);
            self.add(card, Fact::Wrapped);
            return;
        }
        let mut strangers = Vec::new();
        for child in node.children() {
            let key = child.key().unwrap_or_default();
            let meant: Few<(&Types, &Member)> = members_called(&object.known, &key).collect();
            if meant.is_empty() {
                if self.named.aliases.name_of(child.id()).is_none() {
                    strangers.push(child);
                }
                continue;
            }
            self.value_of(child, &meant);
            let inside = || meant.iter().map(|(types, member)| Typed { types, value: &member.value });
            if inside().any(|typed| typed.has_names()) {
                self.value(child, &inside().collect::<Few<_>>());
            }
        }
        if !strangers.is_empty() {
            object.take_names();
        }
        for stranger in strangers {
            self.stranger(&mut object, stranger);
        }
    }

    /// The member that decides what else belongs into the object comes first, also where it is misspelt.
    fn deciding<'s>(&mut self, object: &mut Scene<'d, 's>, typed: &TypedObject<'s>) {
        let Some(choice) = typed.object.choice.as_ref() else { return };
        let right = choice.member.as_str();
        if object.node.member(right).is_some() || object.holder(right).is_some() {
            return;
        }
        let reason = |name: &str| {
            let slip = || is_slip(right, name, true).then_some(Reason::Typo);
            same_but_for_case(right, name).then_some(Reason::Case).or_else(slip)
        };
        let found = object
            .node
            .children()
            .find_map(|child| Some((child, child.key().and_then(|name| reason(&name))?)));
        if let Some((member, reason)) = found {
            self.misnamed(object, member, right, reason);
        }
    }

    /// Whether the value of a required member is null, or empty where that means as little.
    fn value_of(&mut self, value: Node<'d>, meant: &[(&Types, &Member)]) {
        if value.is_null() && meant.iter().any(|(_, member)| member.required) {
            self.named.required_nulls.insert(value.id());
        } else if is_empty(value) && meant.iter().any(|(types, member)| self.has_to_hold(types, member)) {
            self.named.empty.push(value.id());
        }
    }

    /// Whether the member has to hold something, beyond what the schemas themselves say: protocol buffers cannot tell an
    /// empty value from none, Graph refuses empty texts, and up to 0.2.5 an agent has at least one skill.
    fn has_to_hold(&self, types: &Types, member: &Member) -> bool {
        if !member.required {
            return false;
        }
        if types.empty_is_unset() {
            // Other rules know better what these should hold, and say so when they hold nothing.
            let name = member.name.as_str();
            let is_version = name == "protocolVersion" && !self.profile.kind().is_graph();
            let has_rule =
                name == "url" || name.ends_with("Url") || matches!(name, "protected" | "signature");
            return !is_version && !has_rule;
        }
        let legacy = self.profile.card().and_then(|version| version.legacy);
        member.name == "skills" && legacy.is_some_and(|legacy| legacy <= Version::V0_2_5)
    }

    /// A 1.0 half that nobody can use, in a card that is otherwise of 0.x.
    fn broken_half(&mut self, value: Node<'d>) -> bool {
        let entries = || value.children().filter(|entry| !entry.is_damaged());
        if value.is_null() {
            self.add(value, Fact::Null { required: false });
        } else if !value.is_array() {
            self.add(value, Fact::WrongType { expected: vec!["array"] });
        } else if is_empty(value) {
            self.add(value, Fact::EmptyArray);
        } else if entries().any(Node::is_object) {
            // Somebody said that the card is of 0.x.
            return false;
        } else {
            entries().for_each(|entry| self.add(entry, Fact::WrongType { expected: vec!["object"] }));
        }
        true
    }

    /// A member that the schemas do not know under its name.
    fn stranger(&mut self, object: &mut Scene<'d, '_>, member: Node<'d>) {
        let Some(name) = member.key().filter(|_| !member.key_span().is_some_and(|span| span.is_empty()))
        else {
            return;
        };
        // A key that nothing stands behind may be half-typed.
        let half_typed = member.is_damaged() && member.span().is_empty();
        if half_typed {
            return;
        }
        if self.is_nobodys_business(object.node, &name) {
            self.links_owners(object.node, &name);
            return;
        }
        let folded = fold(&name);
        let is_half = object.node == self.document && folded == "supportedInterfaces";
        if is_half && self.profile.card().is_some() && (member.is_damaged() || self.broken_half(member)) {
            return;
        }
        // The other half of a mixed card may have a member of that name.
        let is_known = object.names().any(|known| known == folded);
        let renamed = object
            .known
            .iter()
            .filter(|_| !is_known)
            .find_map(|typed| rename(self.profile, typed.types.is_modern(), &typed.object.name, &folded));
        self.renamed(object, member, &name, renamed);
    }

    /// A member whose name is in the table of renames, or may be spelt wrong.
    fn renamed(
        &mut self,
        object: &mut Scene<'d, '_>,
        member: Node<'d>,
        name: &str,
        renamed: Option<(Means, &'static str)>,
    ) {
        match renamed {
            Some((Means::Member(right), whose)) if object.holder(right).is_none() => {
                self.misnamed(object, member, right, Reason::Elsewhere(whose));
            }
            Some((Means::Reshaped(right), whose)) if has_form_of(right, member) => {
                if let Some(other) = object.holder(right) {
                    self.add(member, Fact::DoubleSpelling { other });
                } else {
                    self.misnamed(object, member, right, Reason::Elsewhere(whose));
                }
            }
            Some((Means::Reshaped(right), whose)) => self.reshaped(object, member, right, whose),
            Some((Means::Moved(pointer), whose)) => self.moved(member, pointer, whose),
            Some((Means::Spread(list, right), whose)) => self.spread(member, list, right, whose),
            Some((Means::Gone(instead), whose)) => self.gone(object, member, instead, whose),
            Some((Means::Member(_), _)) | None => self.spelling(object, member, name),
        }
    }

    /// `$schema` of the document, the version that an old card states before its release had the member, and OData
    /// annotations.
    fn is_nobodys_business(&self, object: Node<'d>, name: &str) -> bool {
        let states_version =
            name == "protocolVersion" && self.profile.card().is_some_and(|version| version.legacy.is_some());
        let of_document = object == self.document && (name == "$schema" || states_version);
        // `@` is in the names of annotations, and `#` begins that of an action.
        of_document || (self.profile.kind().is_graph() && (name.contains('@') || name.starts_with('#')))
    }

    /// A rule says that owners cannot be linked; then they are not missing as well.
    fn links_owners(&mut self, object: Node<'d>, name: &str) {
        let owners = name.strip_suffix("@odata.bind").or_else(|| name.strip_suffix("@odata.Bind"));
        if owners.is_some_and(|owners| matches!(owners, "owner" | "owners" | "ownerIds")) {
            self.named.stated.insert((object.id(), "ownerIds".to_owned()));
        }
    }

    /// By how the name is spelt: another case, a slip, or nothing known.
    fn spelling(&mut self, object: &mut Scene<'d, '_>, member: Node<'d>, name: &str) {
        let same = object.names().find(|right| same_but_for_case(right, name));
        if let Some(right) = same {
            match object.holder(right) {
                Some(other) => self.add(member, Fact::DoubleSpelling { other }),
                None => self.misnamed(object, member, right, Reason::Case),
            }
            return;
        }
        let closest = object.slips(name, member).min_by_key(|right| edits(right, name));
        match closest.or_else(|| object.near(name, member, self.profile.kind().is_graph())) {
            Some(right) => self.misnamed(object, member, right, Reason::Typo),
            None if self.is_near_rename(object, member, name) => {}
            None if self.is_annotation(object, member, name) => {}
            None if self.is_of_root(object, member, name) => {}
            // What belongs here cannot be told while the member that decides it is wrong.
            None if object.unsure => {}
            None => {
                let object = object.known.last().map_or("", |typed| typed.object.name.as_str());
                self.add(member, Fact::Unknown { object: object.to_owned() });
            }
        }
    }

    /// Whether the words of `name` are those of a name in the table of renames, of which is spoken then.
    fn is_near_rename(&mut self, object: &mut Scene<'d, '_>, member: Node<'d>, name: &str) -> bool {
        let found = object.known.iter().find_map(|typed| {
            let near = Near::new(name, &typed.object.name)?;
            let mut rows = written_for(self.profile, typed.types.is_modern(), &typed.object.name);
            let row = rows.find(|(written, means, _)| {
                near.is_same(written, &typed.object.name)
                    && match means {
                        Means::Moved(pointer) => self.types.iter().any(|root| {
                            root.at(pointer).is_some_and(|typed| may_hold(typed.types, typed.value, member))
                        }),
                        Means::Member(right) => typed.object.member(right).is_some_and(|known| {
                            object.holder(right).is_none() && may_hold(typed.types, &known.value, member)
                        }),
                        Means::Reshaped(_) | Means::Spread(..) | Means::Gone(_) => false,
                    }
            });
            row.map(|(_, means, _)| means)
        });
        match found {
            Some(Means::Moved(pointer)) => self.moved(member, pointer, ""),
            Some(Means::Member(right)) => self.misnamed(object, member, right, Reason::Typo),
            _ => return false,
        }
        true
    }

    /// Whether the name is that of an annotation, such as `agentCardManifest.odata.bind`, with a point for the `@`.
    fn is_annotation(&mut self, object: &Scene<'d, '_>, member: Node<'d>, name: &str) -> bool {
        let Some((owner, annotation)) = name.split_once(".odata.").filter(|_| self.profile.kind().is_graph())
        else {
            return false;
        };
        let is_known = object.names().any(|known| known == owner);
        if is_known {
            let means = format!("{owner}@odata.{annotation}");
            self.add(member, Fact::Misnamed { means, reason: Reason::Typo, needed: false, reshaped: false });
        }
        is_known
    }

    /// A member that has no place here. One that holds the whole object in another form answers for what this one lacks.
    fn gone(&mut self, object: &Scene<'d, '_>, member: Node<'d>, instead: &'static str, whose: &'static str) {
        if member.key().is_some_and(|name| name.ends_with("SecurityScheme")) {
            let names = object.names().map(|name| (object.node.id(), name.to_owned()));
            self.named.stated.extend(names);
        }
        self.add(member, Fact::Gone { instead, whose });
    }

    fn misnamed<'s>(&mut self, object: &mut Scene<'d, 's>, member: Node<'d>, right: &'s str, reason: Reason) {
        let meant: Vec<(&Types, &Member)> = object
            .known
            .iter()
            .filter_map(|typed| typed.object.member(right).map(|member| (typed.types, member)))
            .collect();
        let needed = meant.iter().any(|(_, member)| member.required);
        object.taken.push((right, member.id()));
        if reason == Reason::Typo && meant.iter().all(|(types, known)| is_single(types, &known.value, member))
        {
            self.single(object.node, member, right, needed, &meant);
            return;
        }
        self.value_of(member, &meant);
        let aliases = &mut self.named.aliases;
        let note = if reason == Reason::Typo { Aliases::add_guess } else { Aliases::add };
        note(aliases, object.node.id(), right, member.id());
        self.add(member, Fact::Misnamed { means: right.to_owned(), reason, needed, reshaped: false });
        let inside: Vec<Typed<'_>> =
            meant.iter().map(|(types, member)| Typed { types, value: &member.value }).collect();
        self.value(member, &inside);
    }

    /// A single entry under a name that means the list of them: what is wrong is said once, and the entry is checked as one.
    fn single(
        &mut self,
        object: Node<'d>,
        member: Node<'d>,
        right: &str,
        needed: bool,
        meant: &[(&Types, &Member)],
    ) {
        self.named.stated.insert((object.id(), right.to_owned()));
        let means = right.to_owned();
        self.add(member, Fact::Misnamed { means, reason: Reason::Typo, needed, reshaped: true });
        let lists = meant.iter().map(|(types, known)| Typed { types, value: &known.value });
        let entries: Few<Typed<'_>> = lists.filter_map(|typed| typed.inside(false)).collect();
        self.value(member, &entries);
    }

    fn reshaped(&mut self, object: &Scene<'d, '_>, member: Node<'d>, right: &str, whose: &'static str) {
        let fact = match object.holder(right) {
            Some(other) => Fact::DoubleSpelling { other },
            None => Fact::Misnamed {
                means: right.to_owned(),
                reason: Reason::Elsewhere(whose),
                needed: false,
                reshaped: true,
            },
        };
        self.add(member, fact);
    }

    /// Whether a member of `capabilities` is one that the card itself lacks. Only a value of the right shape says so, since
    /// `capabilities` is where writers list what else an agent can do.
    fn is_of_root(&mut self, object: &Scene<'d, '_>, member: Node<'d>, name: &str) -> bool {
        let is_capabilities = object.known.iter().any(|typed| typed.object.name == "AgentCapabilities");
        let Some(pointer) = OF_ROOT.iter().find(|pointer| pointer.strip_prefix('/') == Some(name)) else {
            return false;
        };
        if !is_capabilities || self.named.aliases.member(self.document, name).is_some() {
            return false;
        }
        let types = self.types;
        let roots = types.iter().filter_map(|root| root.object());
        let known = roots.filter_map(|root| Some((root.types, root.object.member(name)?)));
        let is_shaped = |(types, known): &(&Types, &Member)| {
            !member.is_empty() && !member.is_string() && has_entries_of(types, &known.value, member)
        };
        let mut fitting = known.filter(is_shaped).peekable();
        if fitting.peek().is_none() {
            return false;
        }
        let needed = fitting.any(|(_, known)| known.required);
        self.move_to(member, pointer, "", needed);
        true
    }

    fn moved(&mut self, member: Node<'d>, pointer: &'static str, whose: &'static str) {
        self.move_to(member, pointer, whose, false);
    }

    /// Notes that `member` belongs at `pointer`; `needed` if the member there is required.
    fn move_to(&mut self, member: Node<'d>, pointer: &'static str, whose: &'static str, needed: bool) {
        let (place, name) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        let target = Pointer::parse(place)
            .ok()
            .and_then(|place| place.resolve(self.document))
            .filter(|node| node.is_object());
        // Where the right place is taken, what stands there counts.
        if let Some(target) = target.filter(|target| self.named.aliases.member(*target, name).is_none()) {
            self.named.aliases.add(target.id(), name, member.id());
        }
        let reason = Reason::Elsewhere(whose);
        self.add(member, Fact::Misnamed { means: pointer.to_owned(), reason, needed, reshaped: false });
        let inside: Few<Typed<'_>> = self.types.iter().filter_map(|typed| typed.at(pointer)).collect();
        if inside.iter().any(|typed| typed.has_names()) {
            self.value(member, &inside);
        }
    }

    /// A member that belongs into each entry of a list. Entries that lack it are not asked for it.
    fn spread(&mut self, member: Node<'d>, list: &'static str, right: &'static str, whose: &'static str) {
        let entries = self.named.aliases.member(self.document, list).into_iter().flat_map(Node::children);
        let lacking: Vec<NodeId> = entries
            // A null states nothing.
            .filter(|entry| {
                !member.is_null() && entry.is_object() && self.named.aliases.member(*entry, right).is_none()
            })
            .map(Node::id)
            .collect();
        let fact = Fact::Misnamed {
            means: format!("/{list}/*/{right}"),
            reason: Reason::Elsewhere(whose),
            needed: !lacking.is_empty(),
            reshaped: true,
        };
        self.named.stated.extend(lacking.into_iter().map(|entry| (entry, right.to_owned())));
        self.add(member, fact);
    }

    fn add(&mut self, node: Node<'d>, fact: Fact) {
        self.findings.push(Finding { node: node.id(), fact });
    }
}

/// The card in an object that holds nothing else but annotations.
pub(super) fn wrapped_card(object: Node<'_>) -> Option<Node<'_>> {
    let is_member = |node: &Node<'_>| node.key().is_some_and(|name| !name.contains('@'));
    let mut members = object.children().filter(|_| object.is_object()).filter(is_member);
    let card = members.next().filter(|card| card.is_object() && !card.is_damaged())?;
    let is_card = ["agentCardManifest", "agentCard", "agent_card", "card", "manifest"]
        .iter()
        .any(|name| card.key_is(name));
    (is_card && members.next().is_none()).then_some(card)
}

/// Whether the requirements in `list` are written as those of a member called `name` are, and only under another name.
fn has_form_of(name: &str, list: Node<'_>) -> bool {
    let is_wrapped = |entry: Node<'_>| entry.member("schemes").is_some_and(Node::is_object);
    let is_flat = |entry: Node<'_>| entry.is_object() && entry.children().all(Node::is_array);
    match name {
        "securityRequirements" => !list.is_empty() && list.children().all(is_wrapped),
        "security" => list.children().any(|entry| !entry.is_empty()) && list.children().all(is_flat),
        _ => false,
    }
}

/// Whether `value` may be that of `member`. A single entry may stand for a list of them where the list is missing, or where it is
/// an object with a member that nothing but such an entry has.
fn may_be_meant(value: Node<'_>, types: &Types, member: &Member) -> bool {
    let is_entry = match &member.value {
        ValueType::Array(entry) if member.required => is_of_type(value, entry),
        ValueType::Array(entry) => match **entry {
            ValueType::Object(id) => {
                types.get(id).members.iter().any(|member| value.member(&member.name).is_some())
            }
            _ => false,
        },
        _ => false,
    };
    is_entry || is_of_type(value, &member.value)
}

/// Whether `value` is of the type, or a single entry of such a list.
fn may_hold(types: &Types, of: &ValueType, value: Node<'_>) -> bool {
    if value.is_null() || value.is_damaged() {
        return true;
    }
    match of {
        ValueType::Free => value.is_object(),
        ValueType::Scalar => value.boolean().is_some(),
        ValueType::Array(entry) if value.is_array() => {
            value.children().take(1).all(|first| is_of_type(first, entry))
        }
        ValueType::Array(_) => is_single(types, of, value),
        _ => is_of_type(value, of),
    }
}

/// Members of a card that writers put into `capabilities`.
const OF_ROOT: [&str; 5] =
    ["/skills", "/defaultInputModes", "/defaultOutputModes", "/securitySchemes", "/additionalInterfaces"];

/// Whether `value` is a list or a map of the type, and each of its entries looks like one.
fn has_entries_of(types: &Types, of: &ValueType, value: Node<'_>) -> bool {
    let is_entry = |entry: &ValueType| {
        value.children().all(|child| match entry {
            ValueType::Object(id) => child.is_object() && has_member_of(types.get(*id), child),
            other => !child.is_null() && is_of_type(child, other),
        })
    };
    match of {
        ValueType::Array(entry) => value.is_array() && is_entry(entry),
        ValueType::Map(_) => value.is_object() && value.children().all(Node::is_object),
        _ => false,
    }
}

/// Whether `value` is one entry of what has to be a list: a string, or an object with a member that such an entry has.
fn is_single(types: &Types, of: &ValueType, value: Node<'_>) -> bool {
    let ValueType::Array(entry) = of else { return false };
    match **entry {
        ValueType::String => value.is_string(),
        ValueType::Object(id) => value.is_object() && has_member_of(types.get(id), value),
        _ => false,
    }
}

fn has_member_of(object: &ObjectType, value: Node<'_>) -> bool {
    object.members.iter().any(|member| value.member(&member.name).is_some())
}

/// Whether `value` looks like that of `member`, of whose name a part is said, with or without its last word.
fn is_like(types: &Types, member: &Member, value: Node<'_>, says_noun: bool) -> bool {
    let text = value.string().unwrap_or_default();
    let name = member.name.as_str();
    let entry = match &member.value {
        ValueType::Array(entry) => entry,
        other => other,
    };
    match entry {
        ValueType::Object(id) => {
            let mut entries = value.children().filter(|_| value.is_array());
            let first = if value.is_array() { entries.next() } else { Some(value) };
            says_noun && first.is_some_and(|first| has_member_of(types.get(*id), first))
        }
        ValueType::Map(_) => says_noun && !value.is_empty() && value.children().all(Node::is_object),
        ValueType::Scalar => true,
        ValueType::Free => says_noun,
        ValueType::Array(_) => false,
        ValueType::String if name.ends_with("Url") => text.contains("://"),
        ValueType::String if name.ends_with("Version") => {
            text.starts_with(|first: char| first.is_ascii_digit())
        }
        ValueType::String if name.ends_with("DateTime") => {
            text.len() > 10 && text.starts_with(|first: char| first.is_ascii_digit())
        }
        ValueType::String if name.ends_with("Transport") || name.ends_with("Binding") => is_transport(&text),
        ValueType::String if name.ends_with("Modes") => {
            value.children().filter_map(Node::string).any(|mode| mode.contains('/'))
        }
        ValueType::String => says_noun || (name.ends_with("Ids") && (value.is_array() || value.is_string())),
    }
}

/// Whether `text` is a transport of A2A, however it is spelt.
fn is_transport(text: &str) -> bool {
    const KNOWN: [&str; 6] = ["jsonrpc", "jsonrpc20", "grpc", "httpjson", "http", "rest"];
    let plain: String =
        text.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect();
    KNOWN.contains(&plain.as_str())
}

/// Whether `value` is of the type, as far as can be told from the outside.
fn is_of_type(value: Node<'_>, of: &ValueType) -> bool {
    if value.is_damaged() || value.is_null() {
        return true;
    }
    match of {
        ValueType::String => value.is_string(),
        ValueType::Scalar => !value.is_object() && !value.is_array(),
        ValueType::Object(_) | ValueType::Map(_) => value.is_object(),
        ValueType::Array(_) => value.is_array(),
        ValueType::Free => true,
    }
}

/// Whether `value` is `""` or `[]`, and not because something was lost.
fn is_empty(value: Node<'_>) -> bool {
    let nothing = match value.kind() {
        NodeKind::String => value.span().len() == 2,
        NodeKind::Array => value.is_empty(),
        _ => false,
    };
    nothing && !value.is_damaged() && !value.is_incomplete()
}
