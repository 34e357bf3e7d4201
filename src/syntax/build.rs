//! Builds the tree of a broken text from its tokens and the repairs that make sense of them.

use super::lex::Finding;
use super::repair::Repair;
use super::token::{Token, TokenKind, bracket};
use super::{Fault, FaultKind, Flags, NodeData, NodeId, NodeKind, Sign, word};
use crate::text::Span;

/// The tree of a text, and what is wrong with it, in the order of the text.
pub(super) fn build(
    text: &str,
    tokens: &[Token],
    plan: &[(u32, Repair)],
    findings: Vec<Finding>,
    deepest: usize,
) -> (Vec<NodeData>, Vec<Fault>) {
    let last = tokens.iter().rev().nth(1).map_or(0, |token| token.span.end);
    let mut builder = Builder {
        tokens,
        end: last.max(text.trim_end().len() as u32),
        at: 0,
        nodes: Vec::with_capacity(tokens.len() / 2 + 1),
        open: Vec::new(),
        key: None,
        deepest,
        deep: Vec::new(),
        is_too_deep: false,
        faults: findings.into_iter().map(|(kind, span)| (kind, span, None)).collect(),
    };
    builder.run(plan);
    builder.finish()
}

/// An open container and how many values it has so far.
struct Open {
    node: u32,
    kind: NodeKind,
    values: u32,
}

#[derive(Clone, Copy)]
struct Key {
    span: Span,
    flags: u8,
}

struct Builder<'t> {
    tokens: &'t [Token],
    /// The end of the text without white space.
    end: u32,
    at: usize,
    nodes: Vec<NodeData>,
    open: Vec<Open>,
    /// The key that waits for its value.
    key: Option<Key>,
    /// How many containers may be open.
    deepest: usize,
    /// Those that are open beyond the deepest that are read.
    deep: Vec<NodeKind>,
    is_too_deep: bool,
    /// Faults, with their value where it cannot be told from their place.
    faults: Vec<(FaultKind, Span, Option<NodeId>)>,
}

impl Builder<'_> {
    fn run(&mut self, plan: &[(u32, Repair)]) {
        let mut plan = plan.iter().peekable();
        for (at, &token) in self.tokens.iter().enumerate() {
            self.at = at;
            let mut instead = None;
            while let Some(&(_, repair)) = plan.next_if(|&&(token, _)| token as usize == at) {
                if !self.before(repair, token) {
                    instead = Some(repair);
                }
            }
            match instead {
                None => self.token(token),
                Some(Repair::Rest) => return self.rest(token),
                Some(Repair::Cut) => return self.cut(),
                Some(repair) => self.instead(repair, token),
            }
        }
    }

    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.faults.push((kind, span, None));
    }

    /// One past the last token before this one.
    fn previous_end(&self) -> u32 {
        let previous = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        previous.map_or(0, |token| token.span.end)
    }

    /// What kind of container is to be closed next, however deep it is.
    fn innermost(&self) -> Option<NodeKind> {
        self.deep.last().copied().or_else(|| Some(self.open.last()?.kind))
    }

    fn mark_incomplete(&mut self) {
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(open.node as usize)) {
            node.flags.0 |= Flags::INCOMPLETE;
        }
    }

    /// Carries out a repair that comes before the token; false if it takes the place of the token.
    fn before(&mut self, repair: Repair, token: Token) -> bool {
        let here = Span::at(self.previous_end());
        match repair {
            Repair::Close => self.close_lost(here),
            Repair::Open(kind) => {
                let start = Span::at(token.span.start);
                self.fault(FaultKind::MissingOpener(bracket(kind, true)), start);
                self.open(kind, start);
            }
            Repair::Comma => self.missing_comma(here),
            Repair::Colon => self.fault(FaultKind::MissingColon, here),
            Repair::ColonAndValue => {
                self.fault(FaultKind::MissingColon, here);
                self.missing_value(here);
            }
            Repair::Value => {
                let node = self.missing_value(here);
                self.faults.push((FaultKind::MissingValue, here, Some(node)));
            }
            Repair::Key => self.missing_key(token),
            _ => return false,
        }
        true
    }

    fn missing_comma(&mut self, here: Span) {
        // Where a closing bracket was lost just here, the comma went with it.
        let with_bracket = self
            .faults
            .last()
            .is_some_and(|(kind, span, _)| matches!(kind, FaultKind::UnclosedContainer(_)) && *span == here);
        if !with_bracket {
            self.fault(FaultKind::MissingComma, here);
        }
    }

    fn missing_key(&mut self, token: Token) {
        self.fault(FaultKind::MissingKey, token.span);
        self.mark_incomplete();
        self.key = Some(Key { span: Span::at(token.span.start), flags: Flags::MEMBER | Flags::COOKED_KEY });
    }

    /// Puts a damaged `null` where a value is missing.
    fn missing_value(&mut self, here: Span) -> NodeId {
        self.push(NodeKind::Null, here, Flags::DAMAGED)
    }

    /// Closes a container whose closing bracket is missing at `here`.
    fn close_lost(&mut self, here: Span) {
        let (Some(open), Some(kind)) = (self.open.last(), self.innermost()) else { return };
        let kind = FaultKind::UnclosedContainer(bracket(kind, false));
        let node = NodeId(open.node);
        self.mark_incomplete();
        self.faults.push((kind, here, Some(node)));
        self.close(here.end);
    }

    /// Carries out a repair that takes the place of the token.
    fn instead(&mut self, repair: Repair, token: Token) {
        let span = token.span;
        match repair {
            Repair::OpenOther => {
                let other = match token.kind {
                    TokenKind::Open(NodeKind::Object) => NodeKind::Array,
                    _ => NodeKind::Object,
                };
                self.fault(FaultKind::MissingOpener(bracket(other, true)), span);
                self.open(other, span);
            }
            Repair::CloseOther => {
                if let Some(kind) = self.innermost() {
                    let right = bracket(kind, false);
                    self.fault(FaultKind::WrongCloser(right), span);
                    self.close(span.end);
                }
            }
            Repair::AsComma => self.wrong_separator(token, ','),
            Repair::AsColon => self.wrong_separator(token, ':'),
            Repair::ExtraComma => self.fault(FaultKind::ExtraComma, span),
            Repair::TrailingComma => self.fault(FaultKind::TrailingComma, span),
            Repair::Nothing => self.nothing(),
            _ => self.dropped(token),
        }
    }

    fn wrong_separator(&mut self, token: Token, right: char) {
        let found = match token.kind {
            TokenKind::Comma => ',',
            TokenKind::Colon => ':',
            TokenKind::Semicolon => ';',
            _ => '=',
        };
        self.fault(FaultKind::WrongSeparator(found, right), token.span);
    }

    fn dropped(&mut self, token: Token) {
        let kind = match token.kind {
            TokenKind::Close(_) => FaultKind::StrayCloser,
            TokenKind::Comma => FaultKind::ExtraComma,
            // A number where no value belongs is a syntax error, whatever its size.
            TokenKind::HugeNumber => FaultKind::UnexpectedCharacter,
            kind => word::value_fault(kind).unwrap_or(FaultKind::UnexpectedCharacter),
        };
        if token.kind.starts_value() || token.kind == TokenKind::Dots {
            self.mark_incomplete();
        }
        self.fault(kind, token.span);
    }

    /// What comes after the end of the document.
    fn rest(&mut self, first: Token) {
        let is_last = matches!(self.tokens.get(self.at + 1), Some(Token { kind: TokenKind::End, .. }));
        let start = first.span.start;
        if is_last && matches!(first.kind, TokenKind::Close(_)) {
            return self.fault(FaultKind::StrayCloser, first.span);
        }
        // Whatever is wrong in there is part of the same mistake; a fence around the document is not.
        self.faults.retain(|(kind, span, _)| span.start < start || *kind == FaultKind::MarkdownFence);
        let fence = self.faults.iter().map(|(_, span, _)| span.start).filter(|&at| at >= start).min();
        let last = self.tokens.iter().rev().nth(1).map_or(start, |token| token.span.end);
        let end = fence.map_or(last.max(self.end), |fence| fence.min(last));
        self.fault(FaultKind::TextAfterEnd, Span::new(start, end.max(first.span.end)));
    }

    fn nothing(&mut self) {
        let end = Span::at(self.end);
        if self.faults.is_empty() {
            self.fault(FaultKind::Empty, Span::new(0, end.end));
        }
        self.missing_value(end);
    }

    /// The text ends before its containers do: one mistake, whatever was cut in two.
    fn cut(&mut self) {
        let here = Span::at(self.end);
        if let Some(last) = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).copied() {
            self.forget_cut_token(last);
        }
        if self.key.is_some() {
            self.missing_value(here);
        }
        let (Some(open), Some(kind)) = (self.open.last(), self.innermost()) else { return };
        let kind = FaultKind::UnclosedContainer(bracket(kind, false));
        self.faults.push((kind, here, Some(NodeId(open.node))));
        if !self.deep.is_empty() {
            self.deep.truncate(1);
            self.close(self.end);
        }
        while !self.open.is_empty() {
            self.mark_incomplete();
            self.close(self.end);
        }
    }

    /// The last token may be half of what was meant: its faults are those of the cut, and its content says nothing.
    fn forget_cut_token(&mut self, last: Token) {
        if last.span.end < self.end || !last.kind.is_scalar() {
            return;
        }
        let end = last.span.end;
        self.faults.retain(|(kind, span, _)| {
            let is_half = matches!(
                kind,
                FaultKind::UnterminatedString
                    | FaultKind::BadEscape
                    | FaultKind::LoneSurrogate
                    | FaultKind::BadNumber
                    | FaultKind::MisspeltLiteral(_)
                    | FaultKind::UnquotedText
                    | FaultKind::UnquotedKey
            );
            !(is_half && span.end == end && span.start >= last.span.start)
        });
        let is_whole = last.kind == TokenKind::String && !last.damaged;
        if let Some(node) = self.nodes.last_mut()
            && node.span == last.span
            && !is_whole
        {
            node.flags.0 |= Flags::DAMAGED;
        }
    }

    /// Reads a token as it stands.
    fn token(&mut self, token: Token) {
        match token.kind {
            TokenKind::Open(kind) => self.open(kind, token.span),
            TokenKind::Close(_) => self.close(token.span.end),
            TokenKind::Dots => self.scalar(token),
            kind if kind.is_scalar() => {
                let in_object = self.innermost() == Some(NodeKind::Object);
                if in_object && self.key.is_none() {
                    self.read_key(token);
                } else {
                    self.scalar(token);
                }
            }
            _ => {}
        }
    }

    fn read_key(&mut self, token: Token) {
        let mut flags = Flags::MEMBER;
        if token.kind != TokenKind::String {
            let is_template = token.kind == TokenKind::Template;
            let kind = if is_template { FaultKind::Template } else { FaultKind::UnquotedKey };
            self.fault(kind, token.span);
            flags |= Flags::COOKED_KEY;
        }
        if token.cooked {
            flags |= Flags::COOKED_KEY;
        }
        // A member whose name is in doubt may be one that seems to be missing.
        if token.damaged || token.kind == TokenKind::Template {
            self.mark_incomplete();
        }
        self.key = Some(Key { span: token.span, flags });
    }

    fn scalar(&mut self, token: Token) {
        if let Some(kind) = word::value_fault(token.kind) {
            self.fault(kind, token.span);
        }
        let (kind, mut flags) = match token.kind {
            TokenKind::String => (NodeKind::String, 0),
            TokenKind::Literal(kind) | TokenKind::Misspelt(kind) => (kind, 0),
            TokenKind::Number | TokenKind::HugeNumber => (NodeKind::Number, 0),
            TokenKind::BadNumber => (NodeKind::Number, Flags::DAMAGED),
            TokenKind::Word | TokenKind::Template => (NodeKind::String, Flags::DAMAGED | Flags::COOKED_VALUE),
            _ => (NodeKind::Null, Flags::DAMAGED),
        };
        if token.cooked {
            flags |= Flags::COOKED_VALUE;
        }
        if token.damaged {
            flags |= Flags::DAMAGED;
        }
        self.push(kind, token.span, flags);
    }

    /// Adds a value to the innermost container, under the key that waits for it.
    fn push(&mut self, kind: NodeKind, span: Span, flags: u8) -> NodeId {
        let key = self.key.take();
        let id = self.nodes.len() as u32;
        if !self.deep.is_empty() {
            return NodeId(id.saturating_sub(1));
        }
        let (parent, position) = match self.open.last_mut() {
            Some(open) => {
                open.values += 1;
                (open.node, open.values - 1)
            }
            None => (0, 0),
        };
        let flags = Flags(flags | key.map_or(0, |key| key.flags));
        let key = key.map_or(Span::default(), |key| key.span);
        // The signs of keys are added once all is there.
        let sign = Sign::default();
        self.nodes.push(NodeData { span, key, parent, end: id + 1, position, kind, flags, sign });
        NodeId(id)
    }

    fn open(&mut self, kind: NodeKind, span: Span) {
        if self.open.len() < self.deepest {
            let NodeId(node) = self.push(kind, span, 0);
            self.open.push(Open { node, kind, values: 0 });
            return;
        }
        if self.deep.is_empty() {
            let node = self.push(kind, span, Flags::DAMAGED);
            if !self.is_too_deep {
                self.is_too_deep = true;
                self.faults.push((FaultKind::TooDeep, span, Some(node)));
            }
        }
        self.key = None;
        self.deep.push(kind);
    }

    fn close(&mut self, end: u32) {
        if self.key.take().is_some() {
            self.mark_incomplete();
        }
        if self.deep.pop().is_some() {
            if self.deep.is_empty()
                && let Some(node) = self.nodes.last_mut()
            {
                node.span.end = end;
            }
            return;
        }
        let next = self.nodes.len() as u32;
        if let Some(node) = self.open.pop().and_then(|open| self.nodes.get_mut(open.node as usize)) {
            node.end = next;
            node.span.end = end.max(node.span.start);
        }
    }

    /// Sorts the faults and finds the value that each stands in.
    fn finish(mut self) -> (Vec<NodeData>, Vec<Fault>) {
        if self.nodes.is_empty() {
            self.missing_value(Span::at(self.end));
        }
        self.faults.sort_by_key(|(_, span, _)| (span.start, span.end));
        let mut faults = Vec::with_capacity(self.faults.len());
        let mut last = 0;
        for (kind, span, node) in self.faults {
            while self.nodes.get(last + 1).is_some_and(|node| node.span.start <= span.start) {
                last += 1;
            }
            let node = node.unwrap_or_else(|| innermost(&self.nodes, last, span.start));
            faults.push(Fault { kind, span, node });
        }
        (self.nodes, faults)
    }
}

/// The innermost value around `place`, of `from` and the containers it stands in.
fn innermost(nodes: &[NodeData], from: usize, place: u32) -> NodeId {
    let mut id = from;
    while let Some(node) = nodes.get(id) {
        if id == 0 || (node.span.start <= place && place < node.span.end) {
            break;
        }
        id = node.parent as usize;
    }
    NodeId(id as u32)
}
