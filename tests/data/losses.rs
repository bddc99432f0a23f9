//! All that does not come back when an exported case is imported and exported again: whatever is not left out here must
//! be equal.

use sporskifte::export::{CaseExport, Field, FileExport, FormContent, Said};
use sporskifte::finding::{Severity, Verdict};
use sporskifte::form::{FormKind, Layout};

use super::support::all_fields_mut;

/// Findings on the workbook around the fields: a sheet or a label that is missing or spelled another way, what is hidden,
/// linked to or written outside of the form, and a sum that does not take every row.
const ON_THE_WORKBOOK: [&str; 8] = ["S003", "S004", "S005", "S006", "S010", "S011", "S012", "S014"];

/// Something that a case loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Rows or columns were inserted or rows left empty: the fields stand in other cells.
    Places,
    /// A CPR number was masked and is gone: the field is empty, and rules on it and on its row find other things.
    Masked,
    /// Some formula is the sender's own: the value comes back, the form's formula or the plain number around it.
    OwnFormulas,
    /// A sheet or a label is missing, and is there again with what its formulas give; rules on other support look at its
    /// sheet where there is one.
    MissingParts,
}

/// What a case loses, as it was first exported.
#[derive(Debug, Default, Clone)]
pub struct Losses(Vec<Loss>);

impl Losses {
    pub fn of(case: &CaseExport, is_moved: bool) -> Self {
        let lacks_parts =
            |file: &FileExport| file.findings.iter().any(|finding| ["S003", "S004"].contains(&&*finding.code));
        let any = |is_lost: fn(&Field) -> bool| {
            case.files.iter().filter_map(|file| file.form.as_ref()).flat_map(every_field).any(is_lost)
        };
        let losses = [
            (Loss::Places, is_moved),
            (Loss::Masked, any(|field| matches!(field.said, Said::Masked { .. }))),
            (Loss::OwnFormulas, any(|field| field.formula.is_some())),
            (Loss::MissingParts, case.files.iter().any(lacks_parts)),
        ];
        Self(losses.into_iter().filter(|(_, is_lost)| *is_lost).map(|(loss, _)| loss).collect())
    }

    pub fn has(&self, loss: Loss) -> bool {
        self.0.contains(&loss)
    }

    /// The case without what is lost.
    pub fn left_out_of(&self, mut case: CaseExport) -> CaseExport {
        case.files.retain(|file| file.form.is_some());
        for file in &mut case.files {
            file.sha256 = None;
            self.leave_out_of_findings(file);
            if let Some(form) = &mut file.form {
                self.leave_out_of_form(form);
            }
            file.verdict = verdict(file);
        }
        case.verdict = case.files.iter().map(|file| file.verdict).max().unwrap_or(Verdict::Ok);
        case
    }

    fn leave_out_of_findings(&self, file: &mut FileExport) {
        let is_lost = |code: &str| {
            self.has(Loss::Masked)
                || ON_THE_WORKBOOK.contains(&code)
                || (self.has(Loss::MissingParts) && code.starts_with('A'))
        };
        file.findings.retain(|finding| !is_lost(&finding.code));
        for finding in &mut file.findings {
            if self.has(Loss::Places) {
                finding.cell = None;
                finding.other_cells.clear();
            }
            // It says whether a number or another formula stands in place of the form's.
            if self.has(Loss::OwnFormulas) && finding.code.starts_with('T') {
                finding.message.clear();
            }
        }
    }

    fn leave_out_of_form(&self, form: &mut FormContent) {
        let kind = form.kind;
        all_fields_mut(form, |fields| {
            fields.retain(|_, field| !matches!(field.said, Said::Masked { .. }));
            for field in fields.values_mut() {
                field.formula = None;
                field.cell = field.cell.take().filter(|_| !self.has(Loss::Places));
            }
            if self.has(Loss::MissingParts) {
                fields.retain(|key, field| field.overridden || !is_computed(kind, key));
            }
        });
        if self.has(Loss::MissingParts) {
            form.tables.retain(|_, rows| !rows.is_empty());
            form.totals.retain(|_, totals| !totals.is_empty());
        }
    }
}

fn every_field(form: &FormContent) -> impl Iterator<Item = &Field> {
    let rows = form.tables.values().flatten().flat_map(|row| row.fields.values());
    form.fields.values().chain(rows).chain(form.totals.values().flat_map(|totals| totals.values()))
}

/// The verdict on what is left.
fn verdict(file: &FileExport) -> Verdict {
    match file.findings.iter().map(|finding| finding.severity).max() {
        None => Verdict::Ok,
        Some(Severity::Review) => Verdict::Review,
        Some(Severity::Warning) => Verdict::Warning,
        Some(Severity::Error) => Verdict::Error,
    }
}

fn is_computed(kind: FormKind, key: &str) -> bool {
    let layouts = Layout::embedded().unwrap();
    let layout = layouts.iter().find(|layout| layout.kind == kind).unwrap();
    let in_tables = layout.sheets.iter().flat_map(|sheet| &sheet.columns);
    let below = layout.sheets.iter().flat_map(|sheet| &sheet.summary);
    in_tables
        .map(|column| (&column.key, &column.formula))
        .chain(below.map(|field| (&field.key, &field.formula)))
        .any(|(known, formula)| known == key && formula.is_some())
}
