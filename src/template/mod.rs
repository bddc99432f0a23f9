//! The project's own forms, blank and filled in, as workbooks with live formulas and stored results.
//!
//! ```text
//! layout + filling ─► draft (cells, formulas, rules for input: plain values) ─► workbook bytes
//! ```
//!
//! The draft can be changed before it is written: that is how the samples get their mistakes.

mod calculated;
mod compose;
mod draft;
mod filling;
mod forms;
mod formula;
pub(crate) mod keys;
mod operand;
mod places;
mod rate_sheet;
mod style;
mod table_formulas;
mod table_sheet;
mod unvalued;
mod validation;
mod write;

pub use calculated::Calculated;
pub use compose::{LIST_SHEET_NAME, compose};
pub use draft::{Content, Draft, DraftCell, DraftSheet};
pub use filling::{Entry, Filling, Row};
pub use forms::Forms;
pub use formula::{CellRange, DraftFormula, FormulaPart, SheetId, Stored};
pub use places::{Place, Places};
pub use rate_sheet::{NO_LIMIT, UNKNOWN};
pub use style::{NumberFormat, Role, Style};
pub use validation::{Allowed, InputRule};
pub use write::write;

use jiff::civil::Date;

use crate::form::{FormKind, Layout, LayoutError};
use crate::parameters::{ParameterKey, Parameters, ParametersError, Resolved};

/// Why a form cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The workbook library refused.
    #[error("the workbook cannot be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The filling or a formula names a field that the form does not have.
    #[error("the form has no field `{0}`")]
    UnknownKey(String),
    /// The filling or a formula names a table that the form does not have.
    #[error("the form has no table `{0}`")]
    UnknownTable(String),
    /// More rows than the table has room for.
    #[error("the table `{table}` has room for {capacity} rows")]
    TableFull {
        /// The table's key.
        table: String,
        /// Its rows.
        capacity: u32,
    },
    /// The layout computes a field that the calculation does not know.
    #[error("`{0}` is computed by the form, but not by the calculation")]
    NoCalculation(String),
    /// A layout that comes with the program is broken.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The parameters that come with the program are broken.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// There is no layout of the form.
    #[error("there is no layout of the form `{0}`")]
    NoLayout(FormKind),
    /// The written workbook cannot be taken apart to remove stored values.
    #[error("the stored values cannot be removed: {0}")]
    Package(#[from] zip::result::ZipError),
    /// A part of the written workbook cannot be read.
    #[error("the stored values cannot be removed: {0}")]
    Part(#[from] std::io::Error),
    /// No rules are in force on the date.
    #[error("no rules are in force on {0}")]
    NoRules(Date),
}

/// A blank form with the figures in force, its known rates filled in.
pub fn blank(layout: &Layout, parameters: &Resolved<'_>) -> Result<Vec<u8>, TemplateError> {
    let mut filling = Filling::default();
    for (field, parameter) in [("rates.veu", ParameterKey::VeuHourlyRate), ("rates.mileage", ParameterKey::MileageRate)]
    {
        let on_form = layout.sheets.iter().flat_map(|sheet| &sheet.fields).any(|known| known.key == field);
        if let Some(rate) = parameters.known(parameter).filter(|_| on_form) {
            filling.fields.insert(field.to_owned(), Entry::Number(rate));
        }
    }
    filled(layout, Some(parameters), &filling)
}

/// A form filled in, as its sender would have saved it; without parameters where no rules are in force on its date.
pub fn filled(layout: &Layout, parameters: Option<&Resolved<'_>>, filling: &Filling) -> Result<Vec<u8>, TemplateError> {
    write(&compose(layout, parameters, filling)?)
}

/// The three blank forms for an application date, each with its file name.
pub fn blank_templates(date: Date) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let parameters = Parameters::embedded()?;
    let resolved = parameters.resolve(date).ok_or(TemplateError::NoRules(date))?;
    let named = |layout: &Layout| Ok((file_name(layout.kind), blank(layout, &resolved)?));
    Layout::embedded()?.iter().map(named).collect()
}

/// The file name of a blank form: `budget.xlsx`.
pub fn file_name(kind: FormKind) -> String {
    format!("{kind}.xlsx")
}
