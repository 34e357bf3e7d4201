//! The whole check: what is said stands at places of the text, and what is proposed can be done.

use crate::parse::{has_duplicates, is_in};
use cardlint::diagnostic::{Diagnostic, Fix, Safety};
use cardlint::kind::{Forced, Kind, Mode, Version};
use cardlint::lint::{Checked, Input, Selection, Settings, lint};
use cardlint::syntax::{self, Document, Pointer};
use cardlint::text::Span;

/// Checks a document. The first byte says as what: `a` and the next letters go through the ways there are.
pub fn check(bytes: &[u8]) {
    let Some((&way, bytes)) = bytes.split_first() else { return };
    let (path, settings) = way_of(way);
    let checked = lint(Input::named(path), bytes.to_vec(), &settings);
    assert_eq!(checked.text.len(), if checked.skipped { 0 } else { bytes.len() });
    let document = syntax::parse(checked.text.as_bytes());
    let is_text = std::str::from_utf8(bytes).is_ok();
    for found in &checked.diagnostics {
        places_are_in_the_text(&checked.text, found);
    }
    // The text is read again after each fix, which takes its time.
    let fixes = checked.diagnostics.iter().flat_map(|found| &found.fixes).take(20);
    fixes.for_each(|fix| fix_can_be_done(&document, fix, is_text));
    assert!(checked.diagnostics.is_sorted_by_key(|found| (found.span, found.rule.id)));
    if is_text {
        pointers_name_what_is_shown(&document, &checked);
    }
    same_twice(&checked, &lint(Input::named(path), bytes.to_vec(), &settings));
}

/// A path and settings: what is detected, all rules, a well-known path, a value inside, then each kind and mode, each release.
fn way_of(way: u8) -> (&'static str, Settings) {
    let mut all = Settings { places: true, ..Settings::default() };
    all.selection = all_rules();
    let forced = |forced| ("agent-card.json", Settings { forced, ..all.clone() });
    let mut ways = vec![
        ("agent-card.json", Settings::default()),
        ("agent-card.json", all.clone()),
        ("site/.well-known/agent-card.json", all.clone()),
    ];
    let graph = Kind::ALL.into_iter().filter(|kind| kind.is_graph());
    ways.extend(graph.flat_map(|kind| {
        Mode::ALL.map(|mode| forced(Forced { kind: Some(kind), mode: Some(mode), version: None }))
    }));
    let card = |version| Forced { kind: Some(Kind::A2aCard), version: Some(version), mode: None };
    ways.extend(Version::ALL.map(|version| forced(card(version))));
    let index = usize::from(way.wrapping_sub(b'a')) % ways.len();
    ways.swap_remove(index)
}

pub(crate) fn all_rules() -> Selection {
    let mut selection = Selection::default();
    selection.switch("all", true).unwrap();
    selection
}

pub(crate) fn places_are_in_the_text(text: &str, found: &Diagnostic) {
    is_in(text, found.span);
    assert!(!found.message.is_empty() && !found.message.contains('\n'), "{:?}", found.message);
    Pointer::parse(&found.pointer).unwrap();
    for related in &found.related {
        is_in(text, related.span);
        Pointer::parse(&related.pointer).unwrap();
    }
}

/// Its edits stand in order, do not overlap, and leave JSON where there was JSON. A safe one that answers for the only fault
/// leaves none; in a text with several, where one is mended the others may have to be read in another way.
fn fix_can_be_done(document: &Document<'_>, fix: &Fix, is_text: bool) {
    let text = document.text();
    let (mut after, mut done) = (String::new(), 0);
    assert!(!fix.edits.is_empty() && !fix.title.is_empty());
    for edit in &fix.edits {
        is_in(text, edit.span);
        let Span { start, end } = edit.span;
        assert!(done <= start, "{:?} overlaps the edit before it", edit);
        after.push_str(&text[done as usize..start as usize]);
        after.push_str(&edit.text);
        done = end;
    }
    after.push_str(&text[done as usize..]);
    // Of a name that stands twice in a map, the shape of the first value is told at the last one.
    assert!(after != text || has_duplicates(document), "{fix:?} does nothing");
    if !is_text {
        // The tree that the fix was made for knows of faults that the text which is shown no longer has.
        return;
    }
    let (before, now) = (document.faults().len(), syntax::parse(after.as_bytes()).faults().len());
    let is_sure = before == 0 || (before == 1 && fix.safety == Safety::Safe);
    assert!(now <= before || !is_sure, "{fix:?} makes {now} faults of {before}: {after}");
}

/// In JSON without faults, a pointer names the value whose bytes, or whose key, the finding shows.
fn pointers_name_what_is_shown(document: &Document<'_>, checked: &Checked) {
    if !document.faults().is_empty() || has_duplicates(document) {
        return;
    }
    let named = |pointer: &str| Pointer::parse(pointer).unwrap().resolve(document.root());
    for listed in &checked.documents {
        let node = named(&listed.pointer).unwrap_or_else(|| panic!("{listed:?} is nowhere"));
        // A document in a string has the pointer of the string.
        let is_inside = node.is_string() && node.span().covers(listed.span);
        assert!(is_inside || node.span() == listed.span, "{listed:?}");
    }
    let here = checked.diagnostics.iter().flat_map(|found| {
        let related = found.related.iter().map(|related| (&related.pointer, related.span));
        related
            .chain([(&found.pointer, found.span)])
            .map(move |(pointer, span)| (found.rule.id, pointer, span))
    });
    for (rule, pointer, span) in here {
        let node = named(pointer).unwrap_or_else(|| panic!("{rule}: {pointer:?} names nothing"));
        let start = node.key_span().unwrap_or(node.span()).start;
        let whole = Span::new(start, node.span().end);
        // White space around the root, and what stands before and after it, belongs to no value.
        assert!(
            node.parent().is_none() || whole.covers(span),
            "{rule}: {pointer:?} is at {whole:?}, not at {span:?}"
        );
    }
}

fn same_twice(one: &Checked, other: &Checked) {
    assert_eq!(one.text, other.text);
    assert_eq!(one.places, other.places);
    let documents = |checked: &Checked| format!("{:?}", checked.documents);
    assert_eq!(documents(one), documents(other));
    let told = |found: &Diagnostic| {
        let Diagnostic {
            rule,
            severity,
            message,
            help,
            pointer,
            inner,
            node: _,
            span,
            siblings,
            related,
            fixes,
        } = found.clone();
        (rule.id, severity, message, help, (pointer, inner), (span, siblings), related, fixes)
    };
    assert!(one.diagnostics.iter().map(told).eq(other.diagnostics.iter().map(told)));
}
