//! The JSON in files of other formats: each piece is checked as a text of its own, and all are reported as one file.

use super::{Feed, Worked, work};
use crate::cli::configs::ForFile;
use crate::cli::error::ToolError;
use crate::fix::Fixed;
use crate::lint::{Checked, Input};
use crate::render::Part;
use crate::secret::masked;
use crate::snippets::{Format, Snippet};
use std::io;
use std::path::Path;

impl Feed<'_, '_> {
    /// Checks the JSON in a file of another format.
    pub(super) fn snippets(
        &mut self,
        format: Format,
        bytes: Result<Vec<u8>, ToolError>,
        (name, path): (&str, Option<&Path>),
        walked: bool,
        holds: &ForFile,
    ) -> io::Result<()> {
        let worked = bytes.and_then(|bytes| {
            let snippets = format.snippets(&bytes);
            let texts = snippets.iter().map(|snippet| self.work_on(snippet, &bytes, (name, walked), holds));
            let texts: Vec<Worked> = texts.collect::<Result<_, _>>()?;
            Ok((bytes, snippets, texts))
        });
        let (bytes, snippets, texts) = match worked {
            Ok(worked) => worked,
            Err(error) => {
                self.fail(&error);
                return Ok(());
            }
        };
        let (mut checked, fixes): (Vec<Checked>, Vec<Option<Fixed>>) =
            texts.into_iter().map(|Worked { checked, fixed }| (checked, fixed)).unzip();
        if let Some(mender) = &mut self.mender {
            let (fixed, before) = joined(bytes, &snippets, fixes);
            let settled = mender.settle(name, path, fixed)?;
            if self.settled(settled).is_some() {
                for (checked, before) in checked.iter_mut().zip(before) {
                    *checked = before.unwrap_or_else(|| std::mem::take(checked));
                }
            }
        }
        for checked in checked.iter_mut().filter(|checked| !checked.skipped) {
            self.judge(name, checked, holds);
            self.progress.met(checked, true);
        }
        self.complete(name, holds);
        // A file without JSON counts as skipped.
        self.output.part(&Part { path: name, texts: &checked, last: true })
    }

    fn work_on(
        &self,
        snippet: &Snippet,
        bytes: &[u8],
        (path, walked): (&str, bool),
        holds: &ForFile,
    ) -> Result<Worked, ToolError> {
        let text = bytes.get(snippet.range.clone()).unwrap_or_default().to_vec();
        let input =
            Input { path, walked, origin: snippet.origin, is_line: true, snippet: Some(snippet.place) };
        work(self.task(), &self.known, input, text, &holds.settings)
    }
}

/// A file with its fixed pieces, as if it had been fixed as a whole, and what was found in those that changed.
fn joined(bytes: Vec<u8>, snippets: &[Snippet], fixes: Vec<Option<Fixed>>) -> (Fixed, Vec<Option<Checked>>) {
    let mut all = Fixed { bytes: Vec::with_capacity(bytes.len()), ..Fixed::default() };
    let (mut before, mut copied) = (Vec::with_capacity(snippets.len()), 0);
    // The text as it was, as it may be shown.
    let mut old = String::new();
    for (snippet, fixed) in snippets.iter().zip(fixes) {
        let Fixed { bytes: text, fixed, original, shown, left, thrown_away } = fixed.unwrap_or_default();
        all.fixed += fixed;
        all.left.add(left);
        all.thrown_away.extend(thrown_away);
        if let Some((_, checked)) = &original {
            copy(&mut all, &mut old, bytes.get(copied..snippet.range.start));
            all.bytes.extend_from_slice(&text);
            all.shown.push_str(&shown);
            old.push_str(&checked.text);
            copied = snippet.range.end;
        }
        before.push(original.map(|(_, checked)| checked));
    }
    copy(&mut all, &mut old, bytes.get(copied..));
    if copied > 0 {
        all.original = Some((bytes, Checked { text: old, ..Checked::default() }));
    }
    (all, before)
}

/// Adds what is between two pieces, which stays as it is.
fn copy(all: &mut Fixed, old: &mut String, between: Option<&[u8]>) {
    let between = between.unwrap_or_default();
    all.bytes.extend_from_slice(between);
    let shown = masked(&String::from_utf8_lossy(between));
    all.shown.push_str(&shown);
    old.push_str(&shown);
}
