//! The overviews of a run in its output folder: `rapport.xlsx` and `rapport.html`, both from one sum.

use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::batch::{OVERVIEW_NAME, OutputFolder, PAGE_NAME, Settings};
use crate::io_reason::io_reason;
use crate::report::{RunReport, Statistics, write_overview, write_page};

/// Where the overviews go.
pub(super) struct Destination<'d> {
    pub(super) outputs: &'d OutputFolder,
    /// The same folder, for files that are gone when a report is written.
    pub(super) scratch: &'d Path,
}

/// Writes both.
pub(super) fn write_overviews(
    report: &RunReport,
    settings: &Settings,
    destination: &Destination<'_>,
) -> Result<(), Failure> {
    let Destination { outputs, scratch } = destination;
    let statistics =
        Statistics::of(report, &settings.parameters).map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    let mut overview = Cursor::new(Vec::new());
    write_overview(report, &statistics, settings.language, scratch, &mut overview)
        .and_then(|()| outputs.write(Path::new(OVERVIEW_NAME), &overview.into_inner()))
        .map_err(|error| not_written(OVERVIEW_NAME, &error))?;
    let mut page = Vec::new();
    write_page(report, &statistics, settings.language, &mut page)
        .and_then(|()| outputs.write(Path::new(PAGE_NAME), &page))
        .map_err(|error| not_written(PAGE_NAME, &error))
}

fn not_written(name: &str, error: &io::Error) -> Failure {
    Failure::NotWritten(PathBuf::from(name), io_reason(error))
}
