//! Cases described as data, and the workbooks made from them: the samples, and the cases of the rules' tests.
//!
//! A [`Scenario`] is a few lines of TOML: what the forms say, or which changes lie on top of another case. How it is
//! written stands in `samples/bases.toml`.

mod edits;
mod folder;
mod generated;
mod insert;
mod resolve;
mod scenario;
mod values;

pub use edits::Edits;
pub use folder::{SampleFile, sample_files, write_samples};
pub use generated::{CaseGenerator, GeneratedCase, GeneratedFile, Planted, PlantedPlace, write_cases};

pub use insert::Insertion;
pub use resolve::{CaseFilling, FormFilling};
pub use scenario::{Bases, Scenario, Target};

use crate::form::{FormKind, Layout, LayoutError};
use crate::parameters::{Parameters, ParametersError};
use crate::template::{self, Draft, Forms, TemplateError};

/// Why a scenario cannot be made into workbooks.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// Not TOML, or not of the shape of a scenario.
    #[error("`{scenario}` is not a scenario: {error}")]
    Syntax {
        /// The scenario or the file.
        scenario: String,
        /// What is wrong with it.
        error: Box<toml::de::Error>,
    },
    /// A scenario stands on another that is not there, or not yet.
    #[error("`{scenario}` stands on `{base}`, which is not a case above it")]
    UnknownBase {
        /// The scenario.
        scenario: String,
        /// The name it gives.
        base: String,
    },
    /// A change names a field, row, sheet or cell that the form does not have.
    #[error("`{scenario}` changes `{key}`, which the form does not have")]
    UnknownKey {
        /// The scenario.
        scenario: String,
        /// The key, address or sheet.
        key: String,
    },
    /// A change of an input names a computed cell.
    #[error("`{scenario}` sets `{key}`, which the form computes: use `type` to type over it")]
    Computed {
        /// The scenario.
        scenario: String,
        /// The key.
        key: String,
    },
    /// A value that a cell cannot hold.
    #[error("`{scenario}` gives `{key}` a value that a cell cannot hold")]
    Value {
        /// The scenario.
        scenario: String,
        /// The key.
        key: String,
    },
    /// No rules are in force on the date of an application that is to be made.
    #[error("no rules are in force on {0}")]
    NoRules(jiff::civil::Date),
    /// A folder holds what the program did not write there.
    #[error("the folder holds what is not ours: {0}")]
    NotOurs(std::path::PathBuf),
    /// The list of what is expected cannot be written.
    #[error("the list of what is expected cannot be written: {0}")]
    List(#[from] serde_json::Error),
    /// The form cannot be written.
    #[error("`{scenario}`: {error}")]
    Template {
        /// The scenario.
        scenario: String,
        /// Why not.
        error: Box<TemplateError>,
    },
    /// The made workbook cannot be taken apart to remove stored values.
    #[error("the stored values cannot be removed: {0}")]
    Package(#[from] zip::result::ZipError),
    /// A file cannot be written, or read within the made workbook.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A layout that comes with the program is broken.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The parameters that come with the program are broken.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
}

/// The workbooks of a scenario, each with the form it is, in the order of [`FormKind::ALL`].
pub fn workbooks(
    scenario: &Scenario,
    bases: &Bases,
    layouts: &[Layout],
    parameters: &Parameters,
) -> Result<Vec<(FormKind, Vec<u8>)>, SampleError> {
    let case = scenario.resolve(bases, layouts)?;
    let mut workbooks = Vec::new();
    for (kind, draft) in drafts(&case, layouts, parameters, &scenario.what)? {
        workbooks.push((kind, written(&draft, &scenario.what)?));
    }
    Ok(workbooks)
}

/// The drafts of a case's forms, in the order of the layouts; `what` names the case in errors.
fn drafts(
    case: &CaseFilling,
    layouts: &[Layout],
    parameters: &Parameters,
    what: &str,
) -> Result<Vec<(FormKind, Draft)>, SampleError> {
    let forms = Forms::new(layouts, parameters);
    let mut drafts = Vec::new();
    for layout in layouts {
        let Some(form) = case.forms.get(&layout.kind) else { continue };
        let refused = |error| SampleError::Template { scenario: what.to_owned(), error: Box::new(error) };
        let mut draft = forms.draft(layout.kind, case.template_date, &form.filling).map_err(refused)?;
        form.edits.apply(&mut draft, what)?;
        drafts.push((layout.kind, draft));
    }
    Ok(drafts)
}

/// The workbook of a draft.
fn written(draft: &Draft, what: &str) -> Result<Vec<u8>, SampleError> {
    let refused = |error| SampleError::Template { scenario: what.to_owned(), error: Box::new(error) };
    template::write(draft).map_err(refused)
}
