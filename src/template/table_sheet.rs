//! The sheet with a form's table: header row, rows to fill in, totals row and the fields below it.

use super::TemplateError;
use super::compose::{Form, content, message, number_format};
use super::draft::{Content, DraftSheet};
use super::filling::Entry;
use super::formula::{CellRange, DraftFormula, Stored};
use super::places::first_row;
use super::style::{Role, Style};
use super::table_formulas::{NUMBER_KEY, TableFormulas};
use super::validation::{Allowed, InputRule};
use crate::form::{Column, FieldType, SheetLayout, SummaryField, TableLayout};
use crate::workbook::CellAddress;

const HEADER_HEIGHT: u16 = 58;
const ROW_HEIGHT: u16 = 17;
const DEFAULT_WIDTH: u16 = 14;

/// A table under construction.
struct TableSheet<'t> {
    form: &'t Form<'t>,
    layout: &'t SheetLayout,
    table: &'t TableLayout,
    rows: u32,
}

/// Fills the sheet with its table, where it has one.
pub(super) fn compose_table(
    form: &Form<'_>,
    layout: &SheetLayout,
    sheet: &mut DraftSheet,
    lists: &mut DraftSheet,
) -> Result<(), TemplateError> {
    let Some(table) = &layout.table else { return Ok(()) };
    let table = TableSheet { form, layout, table, rows: form.places.row_count(&table.key) };
    table.compose_view(sheet);
    for (column, index) in layout.columns.iter().zip(0..) {
        table.compose_header(column, index, sheet);
        table.compose_rule(column, index, sheet, lists);
        for row in 0..table.rows {
            table.compose_cell(column, row, CellAddress::new(first_row(table.table) + row, index), sheet)?;
        }
    }
    if table.table.totals_label.is_some() {
        table.compose_totals(sheet);
    }
    layout.summary.iter().try_for_each(|field| table.compose_summary(field, sheet))
}

impl TableSheet<'_> {
    fn compose_view(&self, sheet: &mut DraftSheet) {
        sheet.landscape = true;
        sheet.frozen = Some(CellAddress::new(first_row(self.table), 2));
        sheet.repeated_row = self.header_row();
        sheet.rows_may_be_inserted = self.table.capacity.is_none();
        if self.table.header_row > 2 {
            sheet.put_text(CellAddress::new(1, 0), &self.form.layout.intro, Style::of(Role::Remark));
        }
    }

    fn header_row(&self) -> Option<u32> {
        self.table.header_row.checked_sub(1)
    }

    fn compose_header(&self, column: &Column, index: u32, sheet: &mut DraftSheet) {
        let Some(row) = self.header_row() else { return };
        let role = if column.formula.is_some() { Role::ComputedHeader } else { Role::Header };
        sheet.put_text(CellAddress::new(row, index), &*column.label, Style::of(role));
        sheet.heights.insert(row, HEADER_HEIGHT);
        sheet.widths.insert(index, column.width.unwrap_or(DEFAULT_WIDTH));
    }

    fn compose_rule(&self, column: &Column, index: u32, sheet: &mut DraftSheet, lists: &mut DraftSheet) {
        let Some(last) = self.rows.checked_sub(1).filter(|_| column.formula.is_none()) else { return };
        let first = first_row(self.table);
        let allowed = if column.field_type == FieldType::Choice && !Allowed::fit_in_rule(&column.choices) {
            Allowed::OneOfCells(list_choices(&column.choices, lists))
        } else {
            Allowed::in_field(column.field_type, &column.choices)
        };
        sheet.rules.push(InputRule {
            range: CellRange {
                sheet: sheet.id,
                first: CellAddress::new(first, index),
                last: CellAddress::new(first + last, index),
            },
            allowed,
            title: column.label.to_string(),
            message: message(column.required, column.help.as_deref()),
        });
    }

    fn compose_cell(
        &self,
        column: &Column,
        row: u32,
        address: CellAddress,
        sheet: &mut DraftSheet,
    ) -> Result<(), TemplateError> {
        sheet.heights.insert(address.row, ROW_HEIGHT);
        let format = number_format(column.field_type);
        let entry = self.entry(column, row);
        let (content, role) = match &column.formula {
            None => (content(entry.as_ref()), Role::Input),
            Some(formula) => {
                let own = || self.formulas().row(column, formula, row);
                (computed_content(entry.as_ref(), own)?, Role::Computed)
            }
        };
        sheet.put(address, content, Style::with(role, format));
        Ok(())
    }

    /// What is filled in; the rows of a table with a capacity are numbered beforehand.
    fn entry(&self, column: &Column, row: u32) -> Option<Entry> {
        let rows = self.form.filling.rows(&self.table.key);
        match usize::try_from(row).ok().and_then(|row| rows.get(row)) {
            Some(values) => values.get(&column.key).cloned(),
            None if column.key == NUMBER_KEY && self.table.capacity.is_some() => Some(Entry::Number((row + 1).into())),
            None => None,
        }
    }

    fn compose_totals(&self, sheet: &mut DraftSheet) {
        let row = first_row(self.table) + self.rows;
        sheet.heights.insert(row, ROW_HEIGHT + 3);
        for (column, index) in self.layout.columns.iter().zip(0..) {
            let style = Style::with(Role::Total, number_format(column.field_type));
            sheet.put(CellAddress::new(row, index), self.total(column), style);
        }
    }

    fn total(&self, column: &Column) -> Content {
        let key = &self.table.key;
        let typed = self.form.filling.totals.get(&(key.clone(), column.key.clone()));
        if self.table.totals_in.as_ref() == Some(&column.key) {
            return self.table.totals_label.clone().map_or(Content::Blank, Content::Text);
        }
        if !column.sum {
            return content(typed);
        }
        match (self.formulas().sum(column), typed) {
            (Some(own), None) => Content::Formula(own),
            (Some(own), Some(Entry::NoResult)) => Content::Formula(without_result(own)),
            (_, typed) => content(typed),
        }
    }

    fn compose_summary(&self, field: &SummaryField, sheet: &mut DraftSheet) -> Result<(), TemplateError> {
        let Some((_, address)) = self.form.places.field(&field.key) else { return Ok(()) };
        let label = CellAddress::new(address.row, address.column.saturating_sub(1));
        sheet.put_text(label, &*field.label, Style::of(Role::SummaryLabel));
        sheet.heights.insert(address.row, ROW_HEIGHT + 3);
        let entry = self.form.filling.fields.get(&field.key);
        let format = number_format(field.field_type);
        let (content, role) = match &field.formula {
            None => (content(entry), Role::Input),
            Some(formula) => (computed_content(entry, || self.formulas().field(&field.key, formula))?, Role::Total),
        };
        sheet.put(address, content, Style::with(role, format));
        if field.formula.is_none() {
            sheet.rules.push(InputRule {
                range: CellRange::cell(sheet.id, address),
                allowed: Allowed::in_field(field.field_type, &[]),
                title: field.label.to_string(),
                message: message(false, field.help.as_deref()),
            });
        }
        Ok(())
    }

    fn formulas(&self) -> TableFormulas<'_> {
        TableFormulas { form: self.form, layout: self.layout, table: &self.table.key }
    }
}

/// What stands in a computed cell: the form's own formula, or what was typed over it.
fn computed_content(
    entry: Option<&Entry>,
    own: impl FnOnce() -> Result<DraftFormula, TemplateError>,
) -> Result<Content, TemplateError> {
    match entry {
        None => own().map(Content::Formula),
        Some(Entry::NoResult) => Ok(Content::Formula(without_result(own()?))),
        typed => Ok(content(typed)),
    }
}

fn without_result(formula: DraftFormula) -> DraftFormula {
    DraftFormula { stored: Stored::Nothing, ..formula }
}

/// Lists choices in a column of the sheet of lists.
fn list_choices(choices: &[String], lists: &mut DraftSheet) -> CellRange {
    let column = lists.cells.keys().map(|address| address.column + 1).max().unwrap_or(0);
    let mut last = CellAddress::new(0, column);
    for (choice, row) in choices.iter().zip(0..) {
        last = CellAddress::new(row, column);
        lists.put_text(last, choice, Style::of(Role::Fixed));
    }
    lists.widths.insert(column, 50);
    CellRange { sheet: lists.id, first: CellAddress::new(0, column), last }
}
