//! JSON Lines, which are checked as they come, in memory that does not grow with them.

use super::{BATCH, Feed, Worked, work, work_and_draw};
use crate::cli::configs::ForFile;
use crate::cli::error::ToolError;
use crate::cli::lines::{Line, Lines};
use crate::cli::mend::LinesMender;
use crate::cli::workers::Queue;
use crate::lint::Input;
use crate::render::{Drawn, Part};
use std::io::{self, BufRead};
use std::path::Path;
use std::sync::Arc;

/// A line that was checked; nothing was to be done with a blank one.
type DoneLine = (Line, Option<Result<(Worked, Drawn), ToolError>>);

impl Feed<'_, '_> {
    /// Checks JSON Lines as they come.
    pub(super) fn lines(
        &mut self,
        reader: &mut dyn BufRead,
        (name, path): (&str, Option<&Path>),
        walked: bool,
        holds: &Arc<ForFile>,
    ) -> io::Result<()> {
        let mut lines = Lines::new(reader, self.manner.longest);
        let mut mended = self.mender.as_ref().map(|mender| mender.begin_lines(name, path));
        let (mut any, mut whole, mut judged) = (false, true, true);
        // What is known is used up in the order of the lines, so that a fix has to wait for those before it.
        let one_by_one = self.known.is_used() && self.mender.is_some();
        let mut queue = Queue::new();
        while !lines.at_end() {
            let chunk = match lines.chunk() {
                Ok(chunk) => chunk,
                Err(error) => {
                    self.fail(&ToolError::unreadable(name, &error));
                    whole = false;
                    if let (Some(mender), Some(mended)) = (&mut self.mender, &mended) {
                        mender.pass_rest(mended, &mut lines.rest())?;
                    }
                    break;
                }
            };
            any |= !chunk.iter().all(Line::is_blank);
            let mut chunk = chunk.into_iter();
            while chunk.len() > 0 {
                let few = chunk.by_ref().take(if one_by_one { 1 } else { BATCH.0 }).collect();
                let is_alone = one_by_one || (queue.len() == 0 && chunk.len() == 0);
                self.give_out_lines(&mut queue, is_alone, (name, walked), few, holds);
                if one_by_one {
                    judged &= self.report_on_lines(name, &mut queue, holds, mended.as_mut())?;
                }
            }
            // More lines may be long in coming: nothing waits for them.
            judged &= self.report_on_lines(name, &mut queue, holds, mended.as_mut())?;
            self.output.flush()?;
            self.progress.tick();
        }
        if !any && whole {
            any = true;
            self.no_line((name, walked), holds)?;
        }
        if let (Some(mender), Some(mended)) = (&mut self.mender, mended) {
            let settled = mender.end_lines(name, mended, whole)?;
            self.settled(settled);
        }
        if whole && judged {
            self.complete(name, holds);
        }
        if any { self.output.part(&Part { path: name, texts: &[], last: true }) } else { Ok(()) }
    }

    /// A file without a line is judged as any empty file.
    fn no_line(&mut self, (name, walked): (&str, bool), holds: &ForFile) -> io::Result<()> {
        let input = Input { walked, is_line: true, ..Input::named(name) };
        match work(None, &self.known, input, Vec::new(), &holds.settings) {
            Ok(Worked { mut checked, .. }) => {
                self.judge(name, &mut checked, holds);
                self.output.part(&Part { path: name, texts: &[checked], last: false })
            }
            Err(error) => {
                self.fail(&error);
                Ok(())
            }
        }
    }

    /// Passes on a line as it is.
    fn pass_on(&mut self, mended: Option<&mut LinesMender<'_>>, line: &Line) -> io::Result<()> {
        let (Some(mender), Some(mended)) = (&mut self.mender, mended) else { return Ok(()) };
        mender.pass_on(mended, &line.bytes, line.end)
    }

    /// Has a few lines checked.
    fn give_out_lines(
        &mut self,
        queue: &mut Queue<Vec<DoneLine>>,
        alone: bool,
        (name, walked): (&str, bool),
        chunk: Vec<Line>,
        holds: &Arc<ForFile>,
    ) {
        let (name, task, drawer) = (name.to_owned(), self.task(), self.drawer.clone());
        let (known, holds) = (Arc::clone(&self.known), Arc::clone(holds));
        let check = move |mut line: Line| {
            if line.is_blank() {
                return (line, None);
            }
            let input = Input { path: &name, walked, origin: line.origin, is_line: true, snippet: None };
            // A line that is to be written again may be needed as it is.
            let bytes = if task.is_some() { line.bytes.clone() } else { std::mem::take(&mut line.bytes) };
            let worked = work_and_draw(task, &known, input, bytes, &holds.settings, drawer.as_deref());
            (line, Some(worked))
        };
        queue.give(&mut self.workers, alone, move || chunk.into_iter().map(check).collect());
    }

    /// Reports on all lines that were given out; tells whether all could be checked.
    fn report_on_lines(
        &mut self,
        name: &str,
        queue: &mut Queue<Vec<DoneLine>>,
        holds: &ForFile,
        mut mended: Option<&mut LinesMender<'_>>,
    ) -> io::Result<bool> {
        let mut whole = true;
        while let Some(few) = queue.take() {
            whole &= self.report_on_few(name, few, holds, mended.as_deref_mut())?;
        }
        Ok(whole)
    }

    fn report_on_few(
        &mut self,
        name: &str,
        results: Vec<DoneLine>,
        holds: &ForFile,
        mut mended: Option<&mut LinesMender<'_>>,
    ) -> io::Result<bool> {
        let (mut texts, mut drawn) = (Vec::with_capacity(results.len()), Vec::with_capacity(results.len()));
        let mut whole = true;
        for (line, result) in results {
            let (Worked { mut checked, fixed }, mut ahead) = match result {
                None => {
                    self.pass_on(mended.as_deref_mut(), &line)?;
                    continue;
                }
                Some(Ok(done)) => done,
                Some(Err(error)) => {
                    self.fail(&error);
                    self.pass_on(mended.as_deref_mut(), &line)?;
                    whole = false;
                    continue;
                }
            };
            if let (Some(mender), Some(mended), Some(fixed)) =
                (&mut self.mender, mended.as_deref_mut(), fixed)
            {
                let settled = mender.settle_line(name, mended, &line, fixed)?;
                if let Some(unchanged) = self.settled(settled) {
                    (checked, ahead) = (unchanged, Drawn::default());
                }
            }
            self.judge(name, &mut checked, holds);
            self.progress.met(&checked, true);
            texts.push(checked);
            drawn.push(ahead);
        }
        self.output.drawn_part(&Part { path: name, texts: &texts, last: false }, &drawn)?;
        Ok(whole)
    }
}
