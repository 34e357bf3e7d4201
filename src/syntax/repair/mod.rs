//! Finds the fewest repairs that make a broken sequence of tokens a JSON text.
//!
//! A beam search: several readings of the text so far are kept, each with the containers it holds open and what its
//! repairs cost; a token that does not fit a reading makes it branch. What a mistake was often shows only later (a
//! lost bracket at the next key, or at the end of the text), so the cheapest reading is chosen at the end. Indentation
//! and neighbours say where a bracket may have been lost before the grammar does; they open branches and shift costs
//! by less than one repair.

mod grammar;

use super::NodeKind;
use super::token::{Token, TokenKind};

/// What the reader has to do at a token to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repair {
    /// Close the innermost container before the token.
    Close,
    /// Open a container before the token.
    Open(NodeKind),
    /// Take the opening bracket for one of the other kind.
    OpenOther,
    /// Take the closing bracket for one of the other kind.
    CloseOther,
    /// A comma is missing before the token.
    Comma,
    /// A colon is missing before the token.
    Colon,
    /// A colon and a value are missing before the token.
    ColonAndValue,
    /// A value is missing before the token.
    Value,
    /// A key is missing before the token.
    Key,
    /// Take the token for a comma.
    AsComma,
    /// Take the token for a colon.
    AsColon,
    /// Pass over a comma that has nothing before it.
    ExtraComma,
    /// Pass over a comma that has nothing behind it.
    TrailingComma,
    /// Pass over the token.
    Drop,
    /// What comes from here on is not part of the document.
    Rest,
    /// The text ends too early.
    Cut,
    /// There is no value at all.
    Nothing,
}

/// The price of one repair.
const FAULT: u32 = 100;

/// What indentation or neighbours that speak against a reading add to its cost.
const DOUBT: u32 = 30;

/// What settles a tie between repairs that explain the text equally well.
const TIE: u32 = 5;

/// Readings this much worse than the best are given up.
const WINDOW: u32 = 5 * FAULT;

/// How many repairs may be put before one token.
const MOST_BEFORE_TOKEN: u8 = 8;

/// How many readings of how many tokens are affordable.
const EFFORT: usize = 1 << 20;

/// How many readings are kept, at least and at most.
const BEAM: (usize, usize) = (4, 48);

/// A text with more mistakes than this is not read on.
const MOST_FAULTS: u32 = 20_000;

/// No token.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The first key of an object, or its end.
    FirstKey,
    /// A key, after a comma.
    Key,
    Colon,
    /// The value of a member.
    Value,
    /// The first element of an array or its end, or the root.
    First,
    /// An element, after a comma.
    Element,
    /// A comma or the end of the container.
    Comma,
    /// Anything: something was passed over here.
    Loose,
    /// Nothing more.
    Nothing,
}

/// An open container; the frames below it follow from its parent.
#[derive(Debug, Clone, Copy)]
struct Frame {
    parent: u32,
    /// The opening token; [`NONE`] where that is a repair.
    opener: u32,
    depth: u32,
    /// How many of the containers below are arrays and objects.
    arrays: u32,
    objects: u32,
    /// The indentation of the line it was opened on.
    indent: u32,
    kind: FrameKind,
    /// Whether its first value begins a new line.
    is_block: bool,
    /// Equal for equal stacks.
    hash: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    Root,
    Container(NodeKind),
}

const OBJECT: FrameKind = FrameKind::Container(NodeKind::Object);
const ARRAY: FrameKind = FrameKind::Container(NodeKind::Array);

/// One reading of the text so far.
#[derive(Debug, Clone, Copy)]
struct Reading {
    frame: u32,
    expect: Expect,
    cost: u32,
    /// The last repair.
    trail: u32,
    /// The first token of the last value, after a value; the comma, after a comma.
    mark: u32,
    /// How many repairs were put before this token.
    before: u8,
    /// Whether the last of them closed a container.
    closed: bool,
}

/// A repair of a reading, and the one before it.
#[derive(Debug, Clone, Copy)]
struct Step {
    token: u32,
    repair: Repair,
    previous: u32,
}

/// The repairs that make sense of `tokens`, in the order of the tokens they stand at.
pub(super) fn plan(tokens: &[Token]) -> Vec<(u32, Repair)> {
    let width = (EFFORT / tokens.len().max(1)).clamp(BEAM.0, BEAM.1);
    let mut search = Search {
        tokens,
        is_indented: is_indented(tokens),
        has_short_arrays: has_short_arrays(tokens),
        frames: vec![Frame {
            parent: 0,
            opener: NONE,
            depth: 0,
            arrays: 0,
            objects: 0,
            indent: 0,
            kind: FrameKind::Root,
            is_block: false,
            hash: 0,
        }],
        steps: Vec::new(),
        at: 0,
        waiting: Vec::new(),
        next: Vec::new(),
        cheapest: u32::MAX,
        width,
    };
    search.run()
}

/// Whether the text is indented by its structure, so that indentation says something about brackets.
fn is_indented(tokens: &[Token]) -> bool {
    let (mut deeper, mut lines) = (0usize, 0usize);
    for pair in tokens.windows(2) {
        let [opener, first] = pair else { continue };
        if matches!(opener.kind, TokenKind::Open(_)) && first.leads_line && first.kind != TokenKind::End {
            lines += 1;
            let is_close = matches!(first.kind, TokenKind::Close(_));
            deeper += usize::from(first.indent > opener.indent || is_close);
        }
    }
    lines > 0 && deeper * 5 >= lines * 4
}

fn has_short_arrays(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|pair| match pair {
        [opener, first] => {
            opener.kind == TokenKind::Open(NodeKind::Array) && first.kind.is_scalar() && !first.leads_line
        }
        _ => false,
    })
}

struct Search<'t> {
    tokens: &'t [Token],
    is_indented: bool,
    /// Whether arrays go on behind their opening bracket on its line.
    has_short_arrays: bool,
    frames: Vec<Frame>,
    steps: Vec<Step>,
    /// The token that is being read.
    at: usize,
    /// Readings that have not read it yet.
    waiting: Vec<Reading>,
    /// Readings that have.
    next: Vec<Reading>,
    /// What the cheapest of those costs.
    cheapest: u32,
    width: usize,
}

impl Search<'_> {
    fn run(&mut self) -> Vec<(u32, Repair)> {
        let mut readings = vec![Reading {
            frame: 0,
            expect: Expect::First,
            cost: 0,
            trail: NONE,
            mark: NONE,
            before: 0,
            closed: false,
        }];
        for at in 0..self.tokens.len() {
            self.at = at;
            self.cheapest = u32::MAX;
            self.waiting.append(&mut readings);
            while let Some(reading) = self.waiting.pop() {
                self.read(reading);
            }
            self.select();
            std::mem::swap(&mut readings, &mut self.next);
            if readings.first().is_some_and(|best| best.cost > MOST_FAULTS * FAULT) {
                self.give_up(&mut readings);
                break;
            }
        }
        let best = readings.iter().min_by_key(|reading| reading.cost);
        self.steps_of(best.map_or(NONE, |reading| reading.trail))
    }

    /// Ends the best reading behind the token.
    fn give_up(&mut self, readings: &mut Vec<Reading>) {
        readings.truncate(1);
        self.at += 1;
        if let Some(best) = readings.first_mut() {
            let is_open = self.frames[best.frame as usize].kind != FrameKind::Root;
            let repair = if is_open { Repair::Cut } else { Repair::Rest };
            self.steps.push(Step { token: self.at as u32, repair, previous: best.trail });
            best.trail = self.steps.len() as u32 - 1;
        }
    }

    /// Keeps the best readings, and of those that have the same future only one.
    fn select(&mut self) {
        if self.next.len() < 2 {
            return;
        }
        let frames = &self.frames;
        let future =
            |reading: &Reading| (frames[reading.frame as usize].hash, reading.expect as u8, reading.mark);
        self.next.sort_by_key(|reading| (future(reading), reading.cost));
        self.next.dedup_by_key(|reading| future(reading));
        self.next.sort_by_key(|reading| reading.cost);
        let limit = self.next.first().map_or(0, |best| best.cost + WINDOW);
        self.next.retain(|reading| reading.cost <= limit);
        self.next.truncate(self.width);
    }

    fn steps_of(&self, mut trail: u32) -> Vec<(u32, Repair)> {
        let mut steps = Vec::new();
        while let Some(step) = self.steps.get(trail as usize) {
            steps.push((step.token, step.repair));
            trail = step.previous;
        }
        steps.reverse();
        // A lost opening bracket is noticed after the value it stands before.
        steps.sort_by_key(|&(token, _)| token);
        steps
    }

    fn kind(&self, at: usize) -> TokenKind {
        self.tokens.get(at).map_or(TokenKind::End, |token| token.kind)
    }

    fn frame(&self, reading: Reading) -> Frame {
        self.frames[reading.frame as usize]
    }

    /// Whether the token at `at` stands before a colon.
    fn is_key(&self, at: usize) -> bool {
        self.kind(at).is_scalar() && matches!(self.kind(at + 1), TokenKind::Colon | TokenKind::Equals)
    }

    /// Whether a value stands at `at` that is no key.
    fn is_plain_value(&self, at: usize) -> bool {
        self.kind(at).starts_value() && !self.is_key(at)
    }

    /// Whether the line that begins with the token at `at` is indented no deeper than the opener of `frame`.
    fn is_outdented(&self, at: usize, frame: Frame) -> bool {
        self.is_indented
            && frame.kind != FrameKind::Root
            && frame.opener != NONE
            && self.tokens.get(at).is_some_and(|token| token.leads_line && token.indent <= frame.indent)
    }

    /// The reading with one repair more, unless it has had too many.
    fn repaired(&mut self, reading: Reading, repair: Repair, cost: u32) -> Option<Reading> {
        self.repaired_at(self.at as u32, reading, repair, cost)
    }

    fn repaired_at(&mut self, token: u32, reading: Reading, repair: Repair, cost: u32) -> Option<Reading> {
        let limit = self.cheapest.saturating_add(WINDOW);
        if reading.before == MOST_BEFORE_TOKEN || reading.cost + cost > limit {
            return None;
        }
        let trail = self.steps.len() as u32;
        self.steps.push(Step { token, repair, previous: reading.trail });
        let before = reading.before + 1;
        let closed = repair == Repair::Close;
        Some(Reading { trail, cost: reading.cost + cost, before, closed, ..reading })
    }

    /// The token is read, and `expect` comes next.
    fn consume(&mut self, reading: Reading, expect: Expect, mark: u32) {
        self.cheapest = self.cheapest.min(reading.cost);
        self.next.push(Reading { expect, mark, before: 0, closed: false, ..reading });
    }

    /// The token is read with a repair.
    fn consume_as(&mut self, reading: Reading, repair: Repair, cost: u32, expect: Expect) {
        if let Some(reading) = self.repaired(reading, repair, cost) {
            self.consume(reading, expect, self.at as u32);
        }
    }

    /// The token is passed over.
    fn drop_token(&mut self, reading: Reading, cost: u32) {
        if let Some(dropped) = self.repaired(reading, Repair::Drop, cost) {
            self.consume(dropped, reading.expect, reading.mark);
        }
    }

    /// The token is looked at again, after a repair before it.
    fn retry(&mut self, reading: Reading, repair: Repair, cost: u32, expect: Expect) {
        if let Some(reading) = self.repaired(reading, repair, cost) {
            self.waiting.push(Reading { expect, ..reading });
        }
    }

    fn push_frame(&mut self, reading: Reading, kind: NodeKind, opener: u32) -> u32 {
        let parent = self.frame(reading);
        let token = self.tokens.get(self.at);
        let is_block = opener != NONE && self.tokens.get(self.at + 1).is_some_and(|next| next.leads_line);
        let salt = u64::from(opener) << 1 | u64::from(kind == NodeKind::Object);
        let id = self.frames.len() as u32;
        self.frames.push(Frame {
            parent: reading.frame,
            opener,
            depth: parent.depth + 1,
            arrays: parent.arrays + u32::from(parent.kind == ARRAY),
            objects: parent.objects + u32::from(parent.kind == OBJECT),
            indent: token.map_or(0, |token| token.indent),
            kind: FrameKind::Container(kind),
            is_block,
            hash: (parent.hash.rotate_left(5) ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15),
        });
        id
    }

    /// The token opens a container of `kind`.
    fn open(&mut self, reading: Reading, kind: NodeKind) {
        let frame = self.push_frame(reading, kind, self.at as u32);
        self.consume(Reading { frame, ..reading }, first_of(kind), NONE);
    }

    /// A container of `kind` was opened before the token, which is looked at again.
    fn open_before(&mut self, reading: Reading, kind: NodeKind, cost: u32) {
        if let Some(reading) = self.repaired(reading, Repair::Open(kind), cost) {
            let frame = self.push_frame(reading, kind, NONE);
            self.waiting.push(Reading { frame, expect: first_of(kind), mark: NONE, ..reading });
        }
    }

    /// An array was opened before the last value, after which the token is looked at again.
    fn open_array_at_mark(&mut self, reading: Reading) {
        if reading.mark == NONE || reading.expect != Expect::Comma {
            return;
        }
        let repair = Repair::Open(NodeKind::Array);
        let cost = FAULT + self.doubt_of_lost_opener(reading.mark as usize);
        if let Some(reading) = self.repaired_at(reading.mark, reading, repair, cost) {
            let frame = self.push_frame(reading, NodeKind::Array, NONE);
            self.waiting.push(Reading { frame, mark: NONE, ..reading });
        }
    }

    /// What speaks against an array that lost its opening bracket before the value at `mark`.
    fn doubt_of_lost_opener(&self, mark: usize) -> u32 {
        let leads = self.tokens.get(mark).is_some_and(|token| token.leads_line);
        let after_colon = mark > 0 && self.kind(mark - 1) == TokenKind::Colon;
        match self.kind(mark) {
            // A value on a line of its own below its key has lost something before it.
            _ if leads && after_colon => 0,
            TokenKind::Open(NodeKind::Array) => 3 * TIE,
            _ if !self.has_short_arrays => 3 * TIE,
            _ => TIE,
        }
    }

    /// The reading after its innermost container was closed.
    fn popped(&self, reading: Reading) -> Reading {
        let frame = self.frame(reading);
        Reading { frame: frame.parent, expect: Expect::Comma, mark: frame.opener, ..reading }
    }

    /// The innermost container was closed before the token, which is looked at again.
    fn close_before(&mut self, reading: Reading, cost: u32) {
        if self.frame(reading).kind == FrameKind::Root {
            return;
        }
        if let Some(closed) = self.repaired(reading, Repair::Close, cost) {
            self.waiting.push(self.popped(closed));
        }
    }

    /// The token closes the innermost container.
    fn close(&mut self, reading: Reading) {
        let popped = self.popped(reading);
        self.consume(popped, popped.expect, popped.mark);
    }
}

fn first_of(kind: NodeKind) -> Expect {
    if kind == NodeKind::Object { Expect::FirstKey } else { Expect::First }
}
