//! What a run writes about itself: what is new since the last, and the receipt.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::check::shown_paths;
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
            let news = self.news().map_err(|error| not_written(NEWS_NAME, &error))?;
            put(folder, NEWS_NAME, &news)?;
        }
        let context = ReceiptContext {
            rules: self.settings.receipt_rules(),
            paths: shown_paths(self.paths),
            outputs: folder.written(),
        };
        let mut receipt = Vec::new();
        write_receipt(self.report, &context, self.settings.language, &mut receipt)
            .map_err(|error| not_written(RECEIPT_NAME, &error))?;
        put(folder, RECEIPT_NAME, &receipt)
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

    fn news(&self) -> std::io::Result<Vec<u8>> {
        let cases = self.report.cases().map(|case| {
            let case = case?;
            let change = self.store.change(&case)?;
            Ok((case, change))
        });
        let mut news = Vec::new();
        write_news(self.store.last_run()?, cases, self.settings.language, &mut news)?;
        // Windows is where caseworkers read.
        Ok(String::from_utf8_lossy(&news).replace('\n', "\r\n").into_bytes())
    }
}

fn put(folder: &OutputFolder, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    folder.write(Path::new(name), bytes).map_err(|error| not_written(name, &error))
}

fn not_written(name: &str, error: &std::io::Error) -> Failure {
    Failure::NotWritten(PathBuf::from(name), io_reason(error))
}
