//! The way of the data in a few calls, for programs that build on this crate.
//!
//! ```
//! use sporskifte::batch::Settings;
//! use sporskifte::language::Language;
//! use sporskifte::library::{check_bytes, export, import};
//! use sporskifte::sample::sample_files;
//!
//! let clean = sample_files()?.into_iter().filter(|file| file.path.starts_with("03-"));
//! let files = clean.map(|file| (file.path, file.bytes.into())).collect();
//!
//! let settings = Settings { keeps_content: true, ..Settings::embedded()? };
//! let report = check_bytes(files, &settings);
//! let cases = export(&report, Language::English)?;
//! let made = import(&serde_json::to_vec(&cases[0])?, &settings)?;
//! assert_eq!(made.len(), cases[0].files.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Versions follow semver: what is documented here, the keys of exports and of `--format json`, and the codes of rules
//! are removed or changed only with a new major version; before 1.0, a new minor one.

use std::path::PathBuf;
use std::sync::Arc;

use crate::batch::{self, Progress, Settings, discover};
use crate::calculation::{PackageAmounts, PackageInput, Terms, calculate as amounts};
use crate::export::CaseExport;
use crate::form::Layout;
use crate::import::{FilledForm, ImportError, import_case};
use crate::language::Language;
use crate::report::RunReport;
use crate::store::{Store, StoreError};
use crate::template::Forms;

/// Checks workbooks that are in memory, each with the path that reports name it by.
pub fn check_bytes(files: Vec<(String, Arc<[u8]>)>, settings: &Settings) -> RunReport {
    batch::check_in_memory(files, settings)
}

/// Checks the workbooks at paths, and in folders all that they hold; nothing is written but temporary files.
pub fn check_paths(paths: &[PathBuf], settings: &Settings) -> Result<RunReport, StoreError> {
    let discovered = discover(paths, &settings.limits);
    batch::check(discovered, settings, None, Arc::new(Store::temporary()?), &NoProgress)
}

/// The amounts of a package; `None` where it needs a rate that nobody gives.
pub fn calculate(input: &PackageInput, terms: &Terms) -> Option<PackageAmounts> {
    amounts(input, terms)
}

/// The cases of a run as data; with the content of their forms where the settings keep it.
pub fn export(report: &RunReport, language: Language) -> std::io::Result<Vec<CaseExport>> {
    report.map_cases(|case| Ok(CaseExport::of(&case, language))).collect()
}

/// The workbooks of a case that is given as data.
pub fn import(json: &[u8], settings: &Settings) -> Result<Vec<FilledForm>, ImportError> {
    let layouts: Vec<Layout> = settings.layouts.iter().map(|layout| (**layout).clone()).collect();
    import_case(json, &Forms::new(&layouts, &settings.parameters))
}

/// Nobody is told how far a run has come.
struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _steps: usize) {}

    fn step(&self) {}
}
