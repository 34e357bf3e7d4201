//! What may come next in a reading, and what has to be repaired where something else comes.

use super::{
    ARRAY, DOUBT, Expect, FAULT, Frame, FrameKind, NONE, OBJECT, Reading, Repair, Search, TIE, WINDOW,
};
use crate::syntax::NodeKind;
use crate::syntax::token::TokenKind;

impl Search<'_> {
    /// Reads the token in every way that is not hopeless.
    pub(super) fn read(&mut self, reading: Reading) {
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
        // Of two closing brackets in a row the second is the one too many.
        let is_doubled = self.kind(self.at + 1) == TokenKind::Close(kind);
        if !is_doubled || self.frame(reading).kind != FrameKind::Container(kind) {
            self.drop_token(reading, FAULT + TIE);
        }
        let after_comma = matches!(reading.expect, Expect::Key | Expect::Element) && reading.mark != NONE;
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
        let left = self.tokens.len() - self.at;
        // A second document is one mistake, however long; anything else that is long was meant to be inside.
        let most = if matches!(kind, TokenKind::Open(_)) { 20 } else { 100 };
        self.consume_as(reading, Repair::Rest, FAULT + TIE * left.min(most) as u32, Expect::Nothing);
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
        // There is no comma that could turn out to be one too many.
        let without = Reading { mark: NONE, ..reading };
        if reading.expect == Expect::Loose {
            self.waiting.push(Reading { expect, ..without });
        } else {
            // A bracket that was lost together with the comma behind it is one mistake.
            let cost = if reading.closed { TIE } else { FAULT };
            self.retry(without, Repair::Comma, cost, expect);
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
