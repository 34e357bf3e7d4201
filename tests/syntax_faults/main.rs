//! The promise of the JSON front end on broken texts: one mistake, one fault, near its place, and every value that was
//! not touched is still in the tree.
//!
//! Mistakes of all the kinds that people make are put at random places of realistic documents, one to five at a time,
//! from a fixed seed. `CARDLINT_FAULTS=NAME cargo test --test syntax_faults -- --nocapture` shows the cases with a
//! mistake called NAME that fail.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod documents;
mod mistakes;
mod random;

use cardlint::syntax::{Document, FaultKind, Node, parse, parse_within};
use cardlint::text::Span;
use mistakes::{Edit, Mistake, Scene};
use random::Random;
use std::collections::{BTreeMap, HashMap};

/// How many texts are broken.
const CASES: usize = 6000;

/// The share of them, in per cent, that must come out right.
const BAR: f64 = 95.0;

#[derive(Default)]
struct Tally {
    right: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, is_right: bool) {
        self.all += 1;
        self.right += usize::from(is_right);
    }

    fn share(&self) -> f64 {
        100.0 * self.right as f64 / self.all as f64
    }
}

#[test]
fn one_mistake_is_one_fault_near_its_place_and_costs_no_other_value() {
    let mut random = Random::new(20_260_801);
    let shown = std::env::var("CARDLINT_FAULTS").ok();
    let (mut total, mut alone) = (Tally::default(), Tally::default());
    let mut by_kind: BTreeMap<String, (Tally, Tally)> = BTreeMap::new();
    let mut by_count: BTreeMap<usize, Tally> = BTreeMap::new();
    while total.all < CASES {
        let text = documents::any(&mut random);
        let count = 1 + random.below(5);
        let edits = mistakes::choose(&Scene::new(&text), count, &mut random);
        if edits.is_empty() {
            continue;
        }
        let verdict = judge(&text, &edits);
        let is_right = verdict.is_ok();
        total.add(is_right);
        by_count.entry(edits.len()).or_default().add(is_right);
        for edit in &edits {
            let tallies = by_kind.entry(format!("{:?}", edit.mistake)).or_default();
            tallies.0.add(is_right);
            if edits.len() == 1 {
                tallies.1.add(is_right);
            }
        }
        if edits.len() == 1 {
            alone.add(is_right);
        }
        if let (Some(name), Err(why)) = (&shown, verdict)
            && edits.iter().any(|edit| name == "all" || *name == format!("{:?}", edit.mistake))
        {
            show(&text, &edits, &why);
        }
    }
    println!("{:<22} {:>8} {:>8}", "mistake", "any", "alone");
    for (kind, (any, alone)) in &by_kind {
        println!(
            "{kind:<22} {:>7.1}% {:>7.1}%  of {} and {}",
            any.share(),
            alone.share(),
            any.all,
            alone.all
        );
    }
    for (count, tally) in &by_count {
        println!("{count} at a time: {:.1}% of {}", tally.share(), tally.all);
    }
    println!("alone: {:.2}% of {}; all: {:.2}% of {}", alone.share(), alone.all, total.share(), total.all);
    assert_eq!(by_kind.len(), Mistake::ALL.len(), "every kind of mistake was made");
    assert!(total.share() >= BAR, "{:.2}% is less than {BAR}%", total.share());
}

#[test]
fn faults_are_the_same_however_deep_is_read() {
    let mut random = Random::new(20_261_122);
    for _ in 0..CASES / 10 {
        let text = documents::any(&mut random);
        let edits = mistakes::choose(&Scene::new(&text), 1 + random.below(3), &mut random);
        same_at_each_depth(&mistakes::apply(&text, &edits));
    }
    for text in [r#"{"a": [{"b": 1]]}"#, r#"{"a": {"b": [1}}}"#, r#"{"a": {"b": [1, "x", y}, "c": 1}}"#] {
        same_at_each_depth(text.as_bytes());
    }
}

fn same_at_each_depth(broken: &[u8]) {
    let faults = |document: &Document<'_>| -> Vec<_> {
        let told = document.faults().iter().filter(|fault| fault.kind != FaultKind::TooDeep);
        told.map(|fault| (fault.kind, fault.span)).collect()
    };
    let whole = faults(&parse(broken));
    for depth in 1..4 {
        let shallow = faults(&parse_within(broken, depth));
        assert_eq!(shallow, whole, "{depth} deep: {}", String::from_utf8_lossy(broken));
    }
}

fn show(text: &str, edits: &[Edit], why: &str) {
    let broken = mistakes::apply(text, edits);
    let document = parse(&broken);
    println!("==== {why}");
    for edit in edits {
        println!(
            "  {:?} at {}: {:?} -> {:?}",
            edit.mistake,
            edit.start,
            &text[edit.start..edit.end],
            edit.text()
        );
    }
    for fault in document.faults() {
        let around = &document.text()[around(document.text(), fault.span)];
        println!("  fault {:?} at {:?}, near {around:?}", fault.kind, fault.span);
    }
    if broken.len() < 1500 {
        println!("{}", String::from_utf8_lossy(&broken));
    }
}

fn around(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary((span.start as usize).saturating_sub(25));
    start..text.ceil_char_boundary((span.start as usize + 25).min(text.len()))
}

/// Whether the broken text gives as many faults as there are mistakes, near them, and keeps every other value.
fn judge(text: &str, edits: &[Edit]) -> Result<(), String> {
    let whole = parse(text.as_bytes());
    assert!(whole.faults().is_empty(), "the document is JSON");
    let broken = mistakes::apply(text, edits);
    let document = parse(&broken);
    if document.faults().len() != edits.len() {
        return Err(format!("{} faults for {} mistakes", document.faults().len(), edits.len()));
    }
    let mut faults: Vec<usize> = document.faults().iter().map(|fault| fault.span.start as usize).collect();
    let mut places: Vec<_> = edits.iter().map(|edit| (near(text, &whole, edit, edits), edit)).collect();
    // Each mistake has a fault of its own: the one whose place ends first takes the first fault in it.
    places.sort_by_key(|(place, _)| *place.end());
    for (place, edit) in places {
        let Some(found) = faults.iter().position(|at| place.contains(at)) else {
            return Err(format!("no fault near {:?}: {place:?}", edit.mistake));
        };
        faults.remove(found);
    }
    keeps_values(&whole, &document, edits)
}

/// The bytes of the broken text on the line of a mistake and in the smallest container around it. A text without
/// lines has only the container.
fn near(text: &str, whole: &Document<'_>, edit: &Edit, edits: &[Edit]) -> std::ops::RangeInclusive<usize> {
    let container = smallest_container(whole.root(), edit);
    let (mut start, mut end) = (container.start as usize, container.end as usize);
    if text.contains('\n') {
        start = start.min(text[..edit.start].rfind('\n').map_or(0, |line| line + 1));
        end = end.max(text[edit.end..].find('\n').map_or(text.len(), |line| edit.end + line));
    }
    if edit.mistake == Mistake::DeleteCloser && !text.contains('\n') {
        // Without lines a lost bracket is noticed where something does not fit any more.
        end = text.len();
    }
    if edit.mistake.is_outside() {
        (start, end) = (start.min(edit.start), end.max(edit.end));
    }
    mistakes::moved(start, edits, false)..=mistakes::moved(end, edits, true)
}

fn smallest_container(root: Node<'_>, edit: &Edit) -> Span {
    let mut smallest = root;
    loop {
        let inner = smallest.children().find(|child| {
            let span = child.span();
            // A bracket of a container stands in the container around it.
            (child.is_object() || child.is_array())
                && (span.start as usize) < edit.start
                && edit.end < span.end as usize
        });
        match inner {
            Some(inner) => smallest = inner,
            None => return smallest.span(),
        }
    }
}

fn keeps_values(whole: &Document<'_>, document: &Document<'_>, edits: &[Edit]) -> Result<(), String> {
    let mut found: HashMap<(Option<String>, &str), usize> = HashMap::new();
    for node in nodes(document).filter(|node| !node.is_damaged()) {
        *found.entry((node.key().map(|key| key.into_owned()), node.raw())).or_default() += 1;
    }
    for node in nodes(whole) {
        let start = node.key_span().unwrap_or(node.span()).start as usize;
        let end = node.span().end as usize;
        if edits.iter().any(|edit| edit.touches(start, end)) {
            continue;
        }
        let key = node.key().map(|key| key.into_owned());
        match found.get_mut(&(key, node.raw())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => return Err(format!("{} {:?} is lost", node.pointer(), node.raw())),
        }
    }
    Ok(())
}

fn nodes<'d>(document: &'d Document<'d>) -> impl Iterator<Item = Node<'d>> {
    let mut waiting = vec![document.root()];
    std::iter::from_fn(move || {
        let node = waiting.pop()?;
        waiting.extend(node.children());
        Some(node)
    })
}
