//! Finds the fewest repairs that make a broken sequence of tokens a JSON text.
//!
//! A beam search: several readings of the text so far are kept, each with the containers it holds open and what its
//! repairs cost; a token that does not fit a reading makes it branch. What a mistake was often shows only later (a
//! lost bracket at the next key, or at the end of the text), so the cheapest reading is chosen at the end. Indentation
//! and neighbours say where a bracket may have been lost before the grammar does; they open branches and shift costs
//! by less than one repair.

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

struct Search<'t> {
    tokens: &'t [Token],
    is_indented: bool,
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

    fn read(&mut self, reading: Reading) {
        if reading.cost > self.cheapest.saturating_add(WINDOW) {
            return;
        }
        if self.kind(self.at) == TokenKind::End {
            return self.finish(reading);
        }
        match reading.expect {
            Expect::FirstKey | Expect::Key => self.at_key(reading),
            Expect::Colon => self.at_colon(reading),
            Expect::Value | Expect::First | Expect::Element => self.at_value(reading),
            Expect::Comma | Expect::Loose => self.after_value(reading),
            Expect::Nothing => self.next.push(reading),
        }
    }

    fn finish(&mut self, reading: Reading) {
        let frame = self.frame(reading);
        let done = match (frame.kind, reading.expect) {
            (FrameKind::Root, Expect::First) => self.repaired(reading, Repair::Nothing, FAULT),
            (FrameKind::Root, _) => Some(reading),
            _ => self.repaired(reading, Repair::Cut, FAULT + TIE * frame.depth.min(8)),
        };
        self.next.extend(done);
    }

    // How a reading goes on.

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

    // What may come next.

    fn at_key(&mut self, reading: Reading) {
        let kind = self.kind(self.at);
        match kind {
            _ if kind.is_scalar() => self.key(reading, kind),
            TokenKind::Close(kind) => self.close_after_comma(reading, kind),
            TokenKind::Comma | TokenKind::Semicolon => self.extra_comma(reading),
            TokenKind::Colon | TokenKind::Equals => {
                self.retry(reading, Repair::Key, FAULT, Expect::Colon);
                self.drop_token(reading, FAULT + TIE);
            }
            TokenKind::Open(_) => {
                self.retry(reading, Repair::Key, FAULT + DOUBT, Expect::Value);
                self.drop_token(reading, FAULT + DOUBT);
            }
            TokenKind::Dots => self.consume_as(reading, Repair::Drop, FAULT, Expect::Loose),
            _ => self.drop_token(reading, FAULT),
        }
    }

    fn key(&mut self, reading: Reading, kind: TokenKind) {
        let quoted = kind == TokenKind::String;
        if self.is_key(self.at) || quoted || self.kind(self.at + 1).starts_value() {
            let cost = if quoted { 0 } else { FAULT };
            let reading = Reading { cost: reading.cost + cost, ..reading };
            self.consume(reading, Expect::Colon, self.at as u32);
        }
        if !self.is_key(self.at) {
            self.consume_as(reading, Repair::Drop, FAULT + TIE, Expect::Loose);
        }
    }

    fn extra_comma(&mut self, reading: Reading) {
        if matches!(reading.expect, Expect::FirstKey | Expect::First) {
            let cost = if self.is_lost_before_comma(reading) { FAULT } else { FAULT + TIE };
            self.close_before(reading, cost);
        }
        if let Some(dropped) = self.repaired(reading, Repair::ExtraComma, FAULT) {
            self.consume(dropped, reading.expect, reading.mark);
        }
    }

    /// A closing bracket where a key or an element could stand.
    fn close_after_comma(&mut self, reading: Reading, kind: NodeKind) {
        self.drop_token(reading, FAULT + TIE);
        let after_comma = matches!(reading.expect, Expect::Key | Expect::Element);
        let reading = if after_comma {
            match self.repaired_at(reading.mark, reading, Repair::TrailingComma, FAULT) {
                Some(reading) => Reading { mark: NONE, ..reading },
                None => return,
            }
        } else {
            reading
        };
        self.closing(reading, kind);
    }

    fn at_colon(&mut self, reading: Reading) {
        let kind = self.kind(self.at);
        match kind {
            TokenKind::Colon => self.consume(reading, Expect::Value, NONE),
            TokenKind::Equals => self.consume_as(reading, Repair::AsColon, FAULT, Expect::Value),
            TokenKind::Comma | TokenKind::Semicolon => {
                if self.kind(self.at + 1).starts_value() {
                    let doubt = if self.is_key(self.at + 1) { DOUBT } else { 0 };
                    self.consume_as(reading, Repair::AsColon, FAULT + doubt, Expect::Value);
                }
                self.retry(reading, Repair::ColonAndValue, FAULT + TIE, Expect::Comma);
            }
            TokenKind::Junk => self.drop_token(reading, FAULT),
            TokenKind::Dots => self.retry(reading, Repair::Colon, FAULT, Expect::Value),
            _ if kind.starts_value() => {
                self.retry(reading, Repair::Colon, FAULT, Expect::Value);
                if self.is_key(self.at) {
                    self.retry(reading, Repair::ColonAndValue, FAULT + TIE, Expect::Comma);
                }
            }
            _ => {
                self.retry(reading, Repair::ColonAndValue, FAULT + TIE, Expect::Comma);
                self.drop_token(reading, FAULT + TIE);
            }
        }
    }

    fn at_value(&mut self, reading: Reading) {
        let kind = self.kind(self.at);
        match kind {
            TokenKind::Open(kind) => self.opening(reading, kind),
            TokenKind::Close(kind) if reading.expect == Expect::Value => {
                self.retry(reading, Repair::Value, FAULT, Expect::Comma);
                self.drop_token(reading, FAULT + TIE);
                if self.frame(reading).kind != FrameKind::Container(kind) || kind == NodeKind::Object {
                    self.open_before(reading, kind, FAULT);
                }
            }
            TokenKind::Close(kind) => {
                if self.frame(reading).kind != FrameKind::Container(kind) {
                    self.open_before(reading, kind, FAULT + TIE);
                }
                self.close_after_comma(reading, kind);
            }
            TokenKind::Comma | TokenKind::Semicolon if reading.expect == Expect::Value => {
                self.retry(reading, Repair::Value, FAULT, Expect::Comma);
            }
            TokenKind::Comma | TokenKind::Semicolon => self.extra_comma(reading),
            TokenKind::Dots => self.dots(reading),
            _ if kind.is_scalar() => self.scalar(reading, kind),
            _ => self.drop_token(reading, FAULT),
        }
    }

    fn scalar(&mut self, reading: Reading, kind: TokenKind) {
        if self.is_key(self.at) {
            self.open_before(reading, NodeKind::Object, FAULT);
        }
        let cost = if kind == TokenKind::Word { FAULT } else { 0 };
        let taken = Reading { cost: reading.cost + cost, ..reading };
        self.consume(taken, Expect::Comma, self.at as u32);
        if kind == TokenKind::Word && self.frame(reading).kind == FrameKind::Root {
            self.drop_token(reading, FAULT);
        }
    }

    /// An ellipsis in place of a value.
    fn dots(&mut self, reading: Reading) {
        if reading.expect == Expect::Value || self.frame(reading).kind == FrameKind::Root {
            let cost = reading.cost + FAULT;
            return self.consume(Reading { cost, ..reading }, Expect::Comma, self.at as u32);
        }
        self.consume_as(reading, Repair::Drop, FAULT, Expect::Loose);
    }

    fn opening(&mut self, reading: Reading, kind: NodeKind) {
        self.open(reading, kind);
        let is_other = match kind {
            NodeKind::Object => self.is_plain_value(self.at + 1),
            _ => self.is_key(self.at + 1),
        };
        if is_other && let Some(other) = self.repaired(reading, Repair::OpenOther, FAULT + TIE) {
            self.open(other, if kind == NodeKind::Object { NodeKind::Array } else { NodeKind::Object });
        }
    }

    fn after_value(&mut self, reading: Reading) {
        if self.frame(reading).kind == FrameKind::Root {
            return self.after_root(reading);
        }
        let kind = self.kind(self.at);
        match kind {
            TokenKind::Comma => self.comma(reading),
            TokenKind::Semicolon => {
                self.consume_as(reading, Repair::AsComma, FAULT, self.after_comma(reading))
            }
            TokenKind::Colon | TokenKind::Equals => self.odd_comma(reading),
            TokenKind::Close(kind) => self.closing(reading, kind),
            TokenKind::Dots => self.consume_as(reading, Repair::Drop, FAULT, Expect::Loose),
            _ if kind.starts_value() => self.without_comma(reading),
            _ => self.drop_token(reading, FAULT),
        }
    }

    fn after_comma(&self, reading: Reading) -> Expect {
        if self.frame(reading).kind == OBJECT { Expect::Key } else { Expect::Element }
    }

    fn after_root(&mut self, reading: Reading) {
        let kind = self.kind(self.at);
        let left = (self.tokens.len() - self.at).min(100) as u32;
        self.consume_as(reading, Repair::Rest, FAULT + TIE * left, Expect::Nothing);
        if matches!(kind, TokenKind::Comma | TokenKind::Close(NodeKind::Array)) {
            self.open_array_at_mark(reading);
        }
    }

    fn comma(&mut self, reading: Reading) {
        let frame = self.frame(reading);
        let next = self.at + 1;
        let doubt = if self.is_outdented(next, frame) { DOUBT } else { 0 };
        if self.is_lost_before_comma(reading) {
            self.close_before(reading, FAULT);
        }
        if frame.kind == OBJECT && self.is_plain_value(next) {
            self.open_array_at_mark(reading);
        }
        let taken = Reading { cost: reading.cost + doubt, ..reading };
        self.consume(taken, self.after_comma(reading), self.at as u32);
    }

    /// Whether the innermost container may have lost its closing bracket before the comma that is the token.
    fn is_lost_before_comma(&self, reading: Reading) -> bool {
        let frame = self.frame(reading);
        let next = self.at + 1;
        self.is_outdented(next, frame)
            || (frame.kind == OBJECT && frame.arrays > 0 && self.is_plain_value(next))
            || (frame.kind == ARRAY && frame.objects > 0 && self.is_key(next))
    }

    /// A colon or an equals sign where a comma could stand.
    fn odd_comma(&mut self, reading: Reading) {
        let next = self.at + 1;
        let fits = match self.frame(reading).kind {
            OBJECT => self.is_key(next),
            _ => self.is_plain_value(next),
        };
        if fits {
            self.consume_as(reading, Repair::AsComma, FAULT, self.after_comma(reading));
        }
        self.drop_token(reading, FAULT + DOUBT);
    }

    /// A value where a comma could stand.
    fn without_comma(&mut self, reading: Reading) {
        let frame = self.frame(reading);
        let is_key = self.is_key(self.at);
        let belongs = if frame.kind == OBJECT { is_key } else { !is_key };
        if !belongs || self.is_outdented(self.at, frame) {
            self.close_before(reading, FAULT);
        }
        let expect = self.after_comma(reading);
        if reading.expect == Expect::Loose {
            self.waiting.push(Reading { expect, mark: NONE, ..reading });
        } else {
            // A bracket that was lost together with the comma behind it is one mistake.
            let cost = if reading.closed { TIE } else { FAULT };
            self.retry(reading, Repair::Comma, cost, expect);
        }
        if self.kind(self.at).is_scalar() && !is_key {
            self.drop_token(reading, FAULT + DOUBT);
        }
    }

    /// A closing bracket after a value.
    fn closing(&mut self, reading: Reading, kind: NodeKind) {
        let frame = self.frame(reading);
        if frame.kind == FrameKind::Root {
            return self.drop_token(reading, FAULT);
        }
        if frame.kind != FrameKind::Container(kind) {
            return self.mismatched(reading, kind, frame);
        }
        let doubt = self.doubt_of_closer(frame);
        let token = self.tokens.get(self.at);
        let leads = self.is_indented && token.is_some_and(|token| token.leads_line);
        if doubt > 0 && leads && token.is_some_and(|token| token.indent < frame.indent) {
            self.close_before(reading, FAULT);
        } else if doubt > 0 || self.is_followed_oddly(frame) {
            self.drop_token(reading, FAULT);
        }
        self.close(Reading { cost: reading.cost + doubt, ..reading });
    }

    /// What speaks against the token closing `frame`, as far as lines tell.
    fn doubt_of_closer(&self, frame: Frame) -> u32 {
        let Some(token) = self.tokens.get(self.at) else { return 0 };
        if !self.is_indented || frame.opener == NONE {
            0
        } else if token.leads_line {
            if token.indent == frame.indent { 0 } else { DOUBT }
        } else if frame.is_block {
            DOUBT / 2
        } else {
            0
        }
    }

    /// Whether what comes after the closing token does not fit the container around `frame`.
    fn is_followed_oddly(&self, frame: Frame) -> bool {
        let parent = self.frames[frame.parent as usize].kind;
        let next = self.kind(self.at + 1);
        if next == TokenKind::Colon || next.starts_value() {
            return true;
        }
        match parent {
            FrameKind::Root => next != TokenKind::End,
            OBJECT => next == TokenKind::Comma && self.is_plain_value(self.at + 2),
            _ => next == TokenKind::Comma && self.is_key(self.at + 2),
        }
    }

    /// A closing bracket of the other kind.
    fn mismatched(&mut self, reading: Reading, kind: NodeKind, frame: Frame) {
        let doubt = self.doubt_of_closer(frame);
        let below = if kind == NodeKind::Object { frame.objects } else { frame.arrays };
        if below > 0 {
            self.close_before(reading, FAULT);
        }
        if kind == NodeKind::Array {
            self.open_array_at_mark(reading);
        }
        let leads = self.tokens.get(self.at).is_some_and(|token| token.leads_line);
        self.drop_token(reading, FAULT + if leads { 3 * TIE } else { 2 * TIE });
        if let Some(other) = self.repaired(reading, Repair::CloseOther, FAULT + doubt) {
            self.close(other);
        }
    }
}

fn first_of(kind: NodeKind) -> Expect {
    if kind == NodeKind::Object { Expect::FirstKey } else { Expect::First }
}
