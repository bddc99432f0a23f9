//! Exports as tables: a line for each case, file, package, activity, line of support, finding and value.

use std::borrow::Borrow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::content::{Fields, RowContent};
use super::document::{CaseExport, FileExport, FindingExport};
use super::field::{Field, FieldValue, Said, WrittenAs};
use crate::calculation::Step;
use crate::form::{FieldType, Layout};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A decimal number as it was read, with at most [`ColumnType::READ_SCALE`] decimals.
    Number,
    /// Kroner, rounded to øre.
    Amount,
    /// A day.
    Date,
    /// Yes or no.
    YesNo,
}

impl ColumnType {
    /// The most decimals of a number that was read.
    pub const READ_SCALE: u32 = 18;

    fn of(field_type: FieldType) -> Self {
        match field_type {
            FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => Self::Number,
            FieldType::Date => Self::Date,
            FieldType::YesNo => Self::YesNo,
            _ => Self::Text,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: ColumnType,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// Text; in a column of another type, what was written there that is no such value.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
}

/// A table of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    kind: TableKind,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The columns of a form's fields, by key.
    keys: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TableKind {
    Cases,
    Files,
    Packages,
    Activities,
    Support,
    Findings,
    Values,
}

/// The columns that say whose row it is.
const WHOSE: [&str; 3] = ["case", "file", "kind"];
const CASE_COLUMNS: [(&str, ColumnType); 9] = [
    ("case", ColumnType::Text),
    ("company", ColumnType::Text),
    ("application_date", ColumnType::Date),
    ("verdict", ColumnType::Text),
    ("files", ColumnType::Number),
    ("claimed", ColumnType::Number),
    ("recalculated", ColumnType::Amount),
    ("payout_claimed", ColumnType::Number),
    ("payout_recalculated", ColumnType::Amount),
];
const FINDING_COLUMNS: [&str; 12] = [
    "code",
    "name",
    "severity",
    "sheet",
    "cell",
    "label",
    "found",
    "expected",
    "difference",
    "status",
    "message",
    "action",
];
const VALUE_COLUMNS: [&str; 7] = ["table", "row", "key", "value", "written", "written_as", "cell"];

impl Table {
    /// All tables, for the forms of these layouts.
    pub fn all<L: Borrow<Layout>>(layouts: &[L]) -> Vec<Self> {
        use TableKind::{Activities, Cases, Files, Findings, Packages, Support, Values};
        let layouts: Vec<&Layout> = layouts.iter().map(Borrow::borrow).collect();
        [Cases, Files, Packages, Activities, Support, Findings, Values].map(|kind| Self::new(kind, &layouts)).to_vec()
    }

    /// Its name: `packages`.
    pub const fn name(&self) -> &'static str {
        match self.kind {
            TableKind::Cases => "cases",
            TableKind::Files => "files",
            TableKind::Packages => "packages",
            TableKind::Activities => "activities",
            TableKind::Support => "support",
            TableKind::Findings => "findings",
            TableKind::Values => "values",
        }
    }

    fn new(kind: TableKind, layouts: &[&Layout]) -> Self {
        let text = |name: &&str| Column { name: (*name).to_owned(), holds: ColumnType::Text };
        let whose = || WHOSE.iter().map(text);
        let mut table = Self { kind, columns: Vec::new(), keys: Vec::new() };
        match kind {
            TableKind::Cases => {
                let columns = CASE_COLUMNS.iter();
                table.columns.extend(columns.map(|(name, holds)| Column { name: (*name).to_owned(), holds: *holds }));
            }
            TableKind::Files => {
                table.columns.extend(whose().chain(["verdict", "sha256"].iter().map(text)));
                table.columns.push(Column { name: "rules_date".to_owned(), holds: ColumnType::Date });
                table.add_fields(layouts);
                table.add_amounts(["sum.packages", "sum.audit", "sum.total"]);
            }
            TableKind::Packages => {
                table.columns.extend(whose());
                table.add_columns(layouts, "packages");
                table.add_amounts(Step::ALL.map(Step::key));
                table.add_amounts(["payout"]);
            }
            TableKind::Activities | TableKind::Support => {
                table.columns.extend(whose());
                table.add_columns(layouts, table.name());
            }
            TableKind::Findings => {
                table.columns.extend(whose().chain(FINDING_COLUMNS.iter().map(text)));
            }
            TableKind::Values => {
                table.columns.extend(whose().chain(VALUE_COLUMNS.iter().map(text)));
                table.columns.push(Column { name: "overridden".to_owned(), holds: ColumnType::YesNo });
                table.columns.push(Column { name: "formula".to_owned(), holds: ColumnType::Text });
            }
        }
        table
    }

    fn add_fields(&mut self, layouts: &[&Layout]) {
        for sheet in layouts.iter().flat_map(|layout| &layout.sheets) {
            let beside = sheet.fields.iter().map(|field| (&field.key, field.field_type));
            let below = sheet.summary.iter().map(|field| (&field.key, field.field_type));
            beside.chain(below).for_each(|(key, of)| self.add_key(key, of));
        }
    }

    fn add_columns(&mut self, layouts: &[&Layout], table: &str) {
        for sheet in layouts.iter().filter_map(|layout| layout.table_sheet(table)) {
            sheet.columns.iter().for_each(|column| self.add_key(&column.key, column.field_type));
        }
    }

    fn add_key(&mut self, key: &str, field_type: FieldType) {
        if !self.keys.iter().any(|known| known == key) {
            self.keys.push(key.to_owned());
            self.columns.push(Column { name: key.to_owned(), holds: ColumnType::of(field_type) });
        }
    }

    fn add_amounts<const N: usize>(&mut self, keys: [&str; N]) {
        let columns = keys.map(|key| Column { name: format!("recalculated.{key}"), holds: ColumnType::Amount });
        self.columns.extend(columns);
    }

    /// The rows of a case, each with a cell for every column.
    pub fn rows(&self, case: &CaseExport) -> Vec<Vec<Cell>> {
        if self.kind == TableKind::Cases {
            return vec![case_row(case)];
        }
        let of_file = |file| self.rows_of_file(case, file);
        case.files.iter().flat_map(of_file).collect()
    }

    fn rows_of_file(&self, case: &CaseExport, file: &FileExport) -> Vec<Vec<Cell>> {
        let whose = || {
            let kind = file.kind().map(|kind| kind.name().to_owned());
            vec![Cell::Text(case.case.clone()), Cell::Text(file.file.clone()), text(kind.as_ref())]
        };
        let with = |cells: Vec<Cell>| -> Vec<Cell> { whose().into_iter().chain(cells).collect() };
        match self.kind {
            TableKind::Cases => Vec::new(),
            TableKind::Files => vec![with(self.file_row(file))],
            TableKind::Packages | TableKind::Activities | TableKind::Support => {
                let form = file.form.as_ref();
                let rows = form.and_then(|form| form.tables.get(self.name())).into_iter().flatten();
                rows.map(|row| with(self.table_row(row))).collect()
            }
            TableKind::Findings => file.findings.iter().map(|finding| with(finding_row(finding))).collect(),
            TableKind::Values => value_rows(file).into_iter().map(with).collect(),
        }
    }

    fn file_row(&self, file: &FileExport) -> Vec<Cell> {
        let none = (Fields::new(), super::Amounts::new());
        let (fields, recalculated) =
            file.form.as_ref().map_or((&none.0, &none.1), |form| (&form.fields, &form.recalculated));
        let verdict = Cell::Text(file.verdict.name().to_owned());
        let own = [verdict, text(file.sha256.as_ref()), file.rules_date.map_or(Cell::Nothing, Cell::Date)];
        own.into_iter().chain(self.fields(fields)).chain(self.amounts(recalculated)).collect()
    }

    fn table_row(&self, row: &RowContent) -> Vec<Cell> {
        self.fields(&row.fields).chain(self.amounts(&row.recalculated)).collect()
    }

    fn fields<'t>(&'t self, fields: &'t Fields) -> impl Iterator<Item = Cell> + 't {
        let column = |key: &str| self.columns.iter().find(|column| column.name == key).map(|column| column.holds);
        self.keys.iter().map(move |key| match (fields.get(key), column(key)) {
            (Some(field), Some(holds)) => field_cell(field, holds),
            _ => Cell::Nothing,
        })
    }

    fn amounts<'t>(&'t self, amounts: &'t super::Amounts) -> impl Iterator<Item = Cell> + 't {
        let names = self.columns.iter().filter_map(|column| column.name.strip_prefix("recalculated."));
        names.map(|key| number(amounts.get(key)))
    }
}

fn case_row(case: &CaseExport) -> Vec<Cell> {
    vec![
        Cell::Text(case.case.clone()),
        text(case.company.as_ref()),
        case.application_date.map_or(Cell::Nothing, Cell::Date),
        Cell::Text(case.verdict.name().to_owned()),
        Cell::Number(Decimal::from(case.files.len())),
        number(case.claimed.as_ref()),
        number(case.recalculated.as_ref()),
        number(case.payout_claimed.as_ref()),
        number(case.payout_recalculated.as_ref()),
    ]
}

fn finding_row(finding: &FindingExport) -> Vec<Cell> {
    let owned = |text: &String| Cell::Text(text.clone());
    vec![
        owned(&finding.code),
        owned(&finding.name),
        word(&finding.severity),
        text(finding.sheet.as_ref()),
        text(finding.cell.as_ref()),
        text(finding.label.as_ref()),
        owned(&finding.found),
        owned(&finding.expected),
        text(finding.difference.as_ref()),
        finding.status.map_or(Cell::Nothing, |status| word(&status)),
        owned(&finding.message),
        owned(&finding.action),
    ]
}

/// Every value of a file with the cell it came from.
fn value_rows(file: &FileExport) -> Vec<Vec<Cell>> {
    let Some(form) = &file.form else { return Vec::new() };
    let place = |table: &str, row: String| [Cell::Text(table.to_owned()), Cell::Text(row)];
    let mut rows = Vec::new();
    let mut add = |fields: &Fields, place: [Cell; 2]| {
        rows.extend(fields.iter().map(|(key, field)| {
            let [table, row] = place.clone();
            [vec![table, row, Cell::Text(key.clone())], value_cells(field)].concat()
        }));
    };
    add(&form.fields, place("", String::new()));
    for (table, of_table) in &form.tables {
        for (row, number) in of_table.iter().zip(1_u32..) {
            add(&row.fields, place(table, number.to_string()));
        }
    }
    for (table, totals) in &form.totals {
        add(totals, place(table, "total".to_owned()));
    }
    rows
}

fn value_cells(field: &Field) -> Vec<Cell> {
    let (value, written, written_as) = match &field.said {
        Said::Value { value: FieldValue::YesNo(yes) } => (Cell::YesNo(*yes), Cell::Nothing, Cell::Nothing),
        Said::Value { value: FieldValue::Text(value) } => (Cell::Text(value.clone()), Cell::Nothing, Cell::Nothing),
        Said::Written { written, written_as } => (Cell::Nothing, Cell::Text(written.clone()), word(written_as)),
        Said::Masked { masked } => (Cell::Nothing, Cell::Text(masked.clone()), Cell::Text("masked".to_owned())),
    };
    let place = text(field.cell.as_ref());
    vec![value, written, written_as, place, Cell::YesNo(field.overridden), text(field.formula.as_ref())]
}

/// What a field says, as a cell of a column.
fn field_cell(field: &Field, holds: ColumnType) -> Cell {
    match &field.said {
        Said::Value { value: FieldValue::YesNo(yes) } => Cell::YesNo(*yes),
        Said::Value { value: FieldValue::Text(text) } => match holds {
            ColumnType::Number | ColumnType::Amount => number(Some(text)),
            ColumnType::Date => text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Date),
            ColumnType::Text | ColumnType::YesNo => Cell::Text(text.clone()),
        },
        Said::Written { written, written_as: WrittenAs::Number } => number(Some(written)),
        Said::Written { written: text, .. } | Said::Masked { masked: text } => Cell::Text(text.clone()),
    }
}

fn text(text: Option<&String>) -> Cell {
    text.map_or(Cell::Nothing, |text| Cell::Text(text.clone()))
}

fn number(text: Option<&String>) -> Cell {
    let Some(text) = text else { return Cell::Nothing };
    text.parse().map_or_else(|_| Cell::Text(text.clone()), Cell::Number)
}

/// The name that a value has in JSON.
fn word(value: &impl serde::Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Cell::Text(word),
        _ => Cell::Nothing,
    }
}
