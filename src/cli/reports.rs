//! The reports that are written to files besides the one that is printed.

use super::args::ReportFile;
use super::error::ToolError;
use super::fresh::Fresh;
use super::places::real;
use super::walk::display;
use crate::render::{Format, Look, Output};
use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The files of `--report`, all of them or none.
pub(super) struct Reports(Vec<Report>);

struct Report {
    format: Format,
    name: String,
    file: BufWriter<Fresh>,
}

impl Reports {
    /// Begins a file for each of `asked`; none may be one of the files that the run itself takes or writes.
    pub(super) fn new<'p>(
        asked: &[ReportFile],
        others: impl Iterator<Item = &'p Path>,
    ) -> Result<Self, ToolError> {
        let mut paths = HashSet::new();
        if let Some(twice) = asked.iter().find(|report| !paths.insert(real(&report.path))) {
            let name = display(&twice.path);
            return Err(ToolError::Usage(format!("two of --report go to `{name}`")));
        }
        let mut others = others.filter(|_| !asked.is_empty());
        if let Some(other) = others.find(|other| paths.contains(&real(other))) {
            let name = display(other);
            return Err(ToolError::Usage(format!(
                "--report would take the place of `{name}`, which is part of the run"
            )));
        }
        let begin = |asked: &ReportFile| {
            let name = display(&asked.path);
            let file = Fresh::new(&asked.path).map_err(|error| ToolError::unwritable(&name, &error))?;
            Ok(Report { format: asked.format, name, file: BufWriter::with_capacity(1 << 16, file) })
        };
        asked.iter().map(begin).collect::<Result<_, _>>().map(Self)
    }

    /// What writes them. A file has all findings, and nothing that only a terminal takes.
    pub(super) fn outputs(&mut self, look: &Look) -> Vec<Output<'_>> {
        let look = Look { color: false, links: false, max_diagnostics: None, ..look.clone() };
        self.0.iter_mut().map(|report| report.output(look.clone())).collect()
    }

    /// Puts the files in their places.
    pub(super) fn finish(self) -> Result<(), ToolError> {
        for Report { name, file, .. } in self.0 {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error);
            file.and_then(Fresh::finish).map_err(|error| ToolError::unwritable(&name, &error))?;
        }
        Ok(())
    }
}

impl Report {
    fn output(&mut self, look: Look) -> Output<'_> {
        let format = self.format;
        Output::new(self, format, look)
    }

    /// Says which file an error is about, since there may be several.
    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::other(format!("`{}`: {}", self.name, super::error::words(error)))
    }
}

impl Write for Report {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| self.named(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| self.named(&error))
    }
}
