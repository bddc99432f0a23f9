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
//! # Versions
//!
//! Versions follow semver. Removed or changed only with a new major version, before 1.0 with a new minor one, are:
//!
//! - the functions of this module, and the types that they take and give with their public fields, variants and methods;
//! - the members of exports ([`CASE_SCHEMA`](crate::export::CASE_SCHEMA), which has a version of its own), the columns of
//!   their tables, and the members of `--format json`;
//! - the codes and names of rules, and the exit codes of the program.
//!
//! Any version may add to these, correct what a rule finds, and word a message better. The modules beside this one are
//! no part of the promise where no function here takes or gives their types.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotate::AnnotateError;
use crate::batch::{self, Progress, Settings, annotated_copy, discover};
use crate::calculation::{PackageAmounts, PackageInput, Terms, calculate as amounts};
use crate::export::CaseExport;
use crate::import::{FilledForm, ImportError, import_case};
use crate::intake::{FileHash, IntakeError, open, read_bytes};
use crate::language::Language;
use crate::new_files::{NewFilesError, create_together};
use crate::report::{FileReport, RunReport};
use crate::store::{Store, StoreError};
use crate::template::Forms;

/// Checks workbooks that are in memory, each with the path that reports name it by.
pub fn check_bytes(files: Vec<(String, Arc<[u8]>)>, settings: &Settings) -> RunReport {
    batch::check_in_memory(files, settings)
}

/// Checks the workbooks at paths, and in folders all that they hold; nothing is written but temporary files.
///
/// ```
/// use sporskifte::batch::Settings;
/// use sporskifte::library::check_paths;
///
/// let report = check_paths(&["samples/03-ren-sag-2023".into()], &Settings::embedded()?)?;
/// assert_eq!((report.totals.files, report.totals.cases, report.totals.worst), (3, 1, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_paths(paths: &[PathBuf], settings: &Settings) -> Result<RunReport, StoreError> {
    let discovered = discover(paths, &settings.limits);
    batch::check(discovered, settings, None, Arc::new(Store::temporary()?), &NoProgress)
}

/// Why no annotated copy was made.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The workbook could not be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The workbook that was checked is another one.
    #[error("the report is on another file")]
    AnotherFile,
    /// The workbook cannot be annotated.
    #[error(transparent)]
    Annotate(#[from] AnnotateError),
}

/// The annotated copy of a workbook, as the report on it tells: cells marked, notes, the sheet `Kontrol`.
///
/// ```
/// use std::sync::Arc;
///
/// use sporskifte::batch::Settings;
/// use sporskifte::library::{annotate, check_bytes};
/// use sporskifte::sample::sample_files;
///
/// let budget = sample_files()?.into_iter().find(|file| file.path.starts_with("05-")).ok_or("no sample")?;
/// let bytes: Arc<[u8]> = budget.bytes.into();
/// let settings = Settings::embedded()?;
/// let report = check_bytes(vec![(budget.path, Arc::clone(&bytes))], &settings);
/// let copy = annotate(Arc::clone(&bytes), &report.all_files()?[0], &settings)?;
/// assert_ne!(copy, &*bytes);
/// assert_eq!(check_bytes(vec![("kopi.xlsx".into(), copy.into())], &settings).totals.worst, report.totals.worst);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annotate(bytes: Arc<[u8]>, report: &FileReport, settings: &Settings) -> Result<Vec<u8>, CopyError> {
    if report.sha256 != Some(FileHash::of(&bytes)) {
        return Err(CopyError::AnotherFile);
    }
    let workbook = open(bytes, &settings.limits)?;
    Ok(annotated_copy(&workbook, report, &[], settings)?)
}

/// The same for a workbook at a path, which stays as it is.
///
/// ```
/// use sporskifte::batch::Settings;
/// use sporskifte::library::{annotate_path, check_paths};
///
/// let budget = std::path::Path::new("samples/05-administrationstimer/Budget sporskifte.xlsx");
/// let settings = Settings::embedded()?;
/// let report = check_paths(&[budget.to_owned()], &settings)?;
/// let copy = annotate_path(budget, &report.all_files()?[0], &settings)?;
/// assert!(copy.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annotate_path(path: &Path, report: &FileReport, settings: &Settings) -> Result<Vec<u8>, CopyError> {
    annotate(read_bytes(path, &settings.limits)?, report, settings)
}

/// The amounts of a package; `None` where it needs a rate that nobody gives.
///
/// ```
/// use rust_decimal::Decimal;
/// use sporskifte::batch::Settings;
/// use sporskifte::calculation::{DeclaredRates, PackageInput, Terms};
/// use sporskifte::library::calculate;
///
/// let settings = Settings::embedded()?;
/// let resolved = settings.parameters.resolve("2023-05-01".parse()?).ok_or("no rules")?;
/// let terms = Terms::in_force(&resolved, DeclaredRates::default());
/// let input = PackageInput { materials: Decimal::from(500), ..PackageInput::default() };
/// assert_eq!(calculate(&input, &terms).ok_or("no rate")?.grant, Decimal::from(500));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calculate(input: &PackageInput, terms: &Terms) -> Option<PackageAmounts> {
    amounts(input, terms)
}

/// The cases of a run as data; with the content of their forms where the settings keep it.
pub fn export(report: &RunReport, language: Language) -> io::Result<Vec<CaseExport>> {
    export_each(report, language).collect()
}

/// The same, a case at a time: a run of any length needs no more memory.
///
/// ```
/// use sporskifte::batch::Settings;
/// use sporskifte::language::Language;
/// use sporskifte::library::{check_paths, export_each};
///
/// let settings = Settings { keeps_content: true, ..Settings::embedded()? };
/// let report = check_paths(&["samples".into()], &settings)?;
/// for case in export_each(&report, Language::English) {
///     println!("{}", serde_json::to_string(&case?)?);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn export_each(report: &RunReport, language: Language) -> impl Iterator<Item = io::Result<CaseExport>> + '_ {
    report.map_cases(move |case| Ok(CaseExport::of(&case, language)))
}

/// The workbooks of a case that is given as data.
pub fn import(json: &[u8], settings: &Settings) -> Result<Vec<FilledForm>, ImportError> {
    import_case(json, &Forms::new(settings.layouts.iter().map(AsRef::as_ref), &settings.parameters))
}

/// Writes imported workbooks into a folder, all or none of them; gives their paths. Nothing is written over.
///
/// ```
/// use sporskifte::batch::Settings;
/// use sporskifte::library::{import, write_forms};
///
/// let case = br#"{ "files": [{ "form": { "kind": "budget", "fields": { "company.name": { "value": "Vejle A/S" } } } }] }"#;
/// let folder = tempfile::tempdir()?;
/// let paths = write_forms(&folder.path().join("sag"), &import(case, &Settings::embedded()?)?)?;
/// assert!(paths[0].ends_with("sag/budget.xlsx") && paths[0].is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_forms(folder: &Path, forms: &[FilledForm]) -> Result<Vec<PathBuf>, NewFilesError> {
    create_together(folder, forms.iter().map(|form| (form.name.as_str(), form.bytes.as_slice())))
}

/// Nobody is told how far a run has come.
struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _steps: usize) {}

    fn step(&self) {}
}
