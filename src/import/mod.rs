//! A case as data becomes workbooks: the blank forms filled in, their formulas live and their results stored.
//!
//! ```text
//! JSON ─► content (every problem named with its place) ─► filling ─► workbook ─► read back and held against the content
//! ```
//!
//! What is written is first read again as any workbook is; where a field does not come out as the data has it, that is
//! a problem too. With any problem nothing is made.

mod fill;
mod json;
mod problem;
mod reader;
mod verification;

pub use fill::filling_of;
pub use problem::{ImportProblem, JsonPath, Mistake};

use jiff::civil::Date;

use crate::export::FormContent;
use crate::form::FormKind;
use crate::template::{Forms, TemplateError};

/// A workbook made from data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledForm {
    /// Which form it is.
    pub kind: FormKind,
    /// The file's name: `budget.xlsx`; a second of its kind is `budget_02.xlsx`.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The text is no JSON.
    #[error("not JSON: {0}")]
    Syntax(#[from] serde_json::Error),
    /// Something in it is not as it must be.
    #[error("{} problems", .0.len())]
    Problems(Vec<ImportProblem>),
    /// A form cannot be written.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// The workbooks of a case, as [`crate::export::CaseExport`] has it.
///
/// What a check makes of a case (findings, verdicts, recalculated amounts) may stand there and is not read. A computed
/// field may be left out: the form's formula gives it.
pub fn import_case(json: &[u8], forms: &Forms<'_>) -> Result<Vec<FilledForm>, ImportError> {
    let (value, mut problems) = json::read(json)?;
    let (contents, mistakes) = reader::contents(&value, forms);
    problems.extend(mistakes);
    if !problems.is_empty() {
        return Err(ImportError::Problems(problems));
    }
    let date = application_date(&contents);
    let mut made: Vec<FilledForm> = Vec::new();
    for (path, content) in &contents {
        let Some(layout) = forms.layout(content.kind) else { continue };
        let bytes = match forms.fill(content.kind, date, &filling_of(content, layout)) {
            Ok(bytes) => bytes,
            Err(TemplateError::TableFull { table, capacity }) => {
                problems.push(path.member("tables").member(&table).problem(Mistake::TableFull(capacity)));
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        problems.extend(verification::differences(content, &bytes, (forms, date), path));
        let earlier = made.iter().filter(|form| form.kind == content.kind).count();
        let name = file_name(content.kind, earlier);
        made.push(FilledForm { kind: content.kind, name, bytes });
    }
    if problems.is_empty() { Ok(made) } else { Err(ImportError::Problems(problems)) }
}

/// The name of a form of which so many came before: in the order of their names they are in the order of the case, so
/// that an export has them in that order again.
fn file_name(kind: FormKind, earlier: usize) -> String {
    if earlier == 0 { format!("{kind}.xlsx") } else { format!("{kind}_{:02}.xlsx", earlier + 1) }
}

/// The application date of a case, as the check takes it: of its budget, else of its overview, else of its accounts.
fn application_date(contents: &[(JsonPath, FormContent)]) -> Option<Date> {
    FormKind::ALL.into_iter().find_map(|kind| {
        let (_, content) = contents.iter().find(|(_, content)| content.kind == kind)?;
        content.fields.get("case.application_date")?.text()?.parse().ok()
    })
}
