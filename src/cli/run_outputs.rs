//! What a run writes about itself: what is new since the last, and the receipt.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::check::{buffered, shown_paths};
use super::failure::Failure;
use crate::batch::{NEWS_NAME, OutputFolder, RECEIPT_NAME, Settings};
use crate::io_reason::io_reason;
use crate::report::{ReceiptContext, RunReport, write_news, write_receipt};
use crate::store::{Store, StoreError};

/// A run that was completed.
pub(super) struct RunOutputs<'r> {
    pub(super) report: &'r RunReport,
    pub(super) settings: &'r Settings,
    pub(super) store: &'r Store,
    pub(super) paths: &'r [PathBuf],
}

impl RunOutputs<'_> {
    /// Writes what is new, where the last run is known, and then the receipt, which names all that was written.
    pub(super) fn write(&self, folder: &OutputFolder, has_history: bool) -> Result<(), Failure> {
        if has_history {
            let news = |file: &mut File| buffered(file, |out| self.write_news(out));
            folder.write_with(Path::new(NEWS_NAME), news).map_err(|error| not_written(NEWS_NAME, &error))?;
        }
        let context =
            ReceiptContext { rules: self.settings.receipt_rules(), paths: shown_paths(self.paths), outputs: folder };
        let language = self.settings.language;
        let receipt = |file: &mut File| buffered(file, |out| write_receipt(self.report, &context, language, out));
        folder.write_with(Path::new(RECEIPT_NAME), receipt).map_err(|error| not_written(RECEIPT_NAME, &error))
    }

    /// Remembers the run and what it found, for the next run to tell what is new.
    pub(super) fn remember(&self) -> Result<(), StoreError> {
        let (rules, totals) = (self.settings.rules_hash(), &self.report.totals);
        self.store.remember_run(
            Timestamp::now().to_zoned(TimeZone::UTC).date(),
            &rules,
            totals,
            self.report.cases(),
        )?;
        self.store.forget_unused()
    }

    fn write_news(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let cases = self.report.cases().map(|case| {
            let case = case?;
            let change = self.store.change(&case)?;
            Ok((case, change))
        });
        write_news(self.store.last_run()?, cases, self.settings.language, &mut WindowsLines(out))
    }
}

/// Ends lines as Windows does, where caseworkers read.
struct WindowsLines<'o>(&'o mut dyn Write);

impl Write for WindowsLines<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            match line.strip_suffix(b"\n") {
                Some(text) => self.0.write_all(text).and_then(|()| self.0.write_all(b"\r\n"))?,
                None => self.0.write_all(line)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

fn not_written(name: &str, error: &std::io::Error) -> Failure {
    Failure::NotWritten(PathBuf::from(name), io_reason(error))
}
