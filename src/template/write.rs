//! The one place that hands a draft to the workbook library.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Formula, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError,
    utility::quote_sheet_name,
};

use super::TemplateError;
use super::draft::{Content, Draft, DraftCell, DraftSheet};
use super::formula::{CellRange, DraftFormula, FormulaPart, SheetId, Stored};
use super::style::NumberFormat;
use super::unvalued::without_marked_values;
use super::validation::Allowed;
use crate::workbook::{CellAddress, binary};

/// Stands for "no stored value" in the library's output, which always writes one.
pub(super) const NO_STORED_VALUE: &str = "sporskifte:uden-resultat";

/// What a reference to a removed sheet becomes.
const LOST_REFERENCE: &str = "#REF!";

/// Writes a draft; the same draft gives the same bytes.
pub fn write(draft: &Draft) -> Result<Vec<u8>, TemplateError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&draft.title)
        .set_author("sporskifte")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?);
    workbook.set_properties(&properties);
    for sheet in &draft.sheets {
        write_sheet(workbook.add_worksheet(), draft, sheet)?;
    }
    for (name, range) in &draft.names {
        let target = draft.name_of(range.sheet).map_or_else(
            || LOST_REFERENCE.to_owned(),
            |sheet| format!("{}!{}", quote_sheet_name(sheet), absolute_cell(range.first)),
        );
        workbook.define_name(name, &format!("={target}"))?;
    }
    let bytes = workbook.save_to_buffer()?;
    if draft.has_formulas_without_value() { without_marked_values(&bytes) } else { Ok(bytes) }
}

fn write_sheet(worksheet: &mut Worksheet, draft: &Draft, sheet: &DraftSheet) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    worksheet.set_formula_result_default("");
    worksheet.set_hidden(sheet.hidden);
    for (&column, &width) in &sheet.widths {
        worksheet.set_column_width(narrow(column)?, width)?;
    }
    for (&row, &height) in &sheet.heights {
        worksheet.set_row_height(row, height)?;
    }
    for (&address, cell) in &sheet.cells {
        write_cell(worksheet, address, cell, (draft, sheet.id))?;
    }
    for rule in &sheet.rules {
        let choices_on = match &rule.allowed {
            Allowed::OneOfCells(cells) => draft.name_of(cells.sheet).map(quote_sheet_name),
            _ => None,
        };
        let (first, last) = (rule.range.first, rule.range.last);
        let validation = rule.data_validation(choices_on.as_deref())?;
        worksheet.add_data_validation(first.row, narrow(first.column)?, last.row, narrow(last.column)?, &validation)?;
    }
    ignore_digits_in_text(worksheet, sheet)?;
    set_view(worksheet, sheet)?;
    set_print(worksheet, sheet)
}

fn write_cell(
    worksheet: &mut Worksheet,
    address: CellAddress,
    cell: &DraftCell,
    place: (&Draft, SheetId),
) -> Result<(), XlsxError> {
    let (row, column) = (address.row, narrow(address.column)?);
    let format = cell.style.format();
    match &cell.content {
        Content::Blank => worksheet.write_blank(row, column, &format)?,
        Content::Text(text) => worksheet.write_string_with_format(row, column, text, &format)?,
        Content::Number(number) => worksheet.write_number_with_format(row, column, binary(*number), &format)?,
        Content::Date(date) => {
            let days = ExcelDateTime::parse_from_str(&date.to_string())?;
            worksheet.write_datetime_with_format(row, column, &days, &format)?
        }
        Content::Formula(formula) => {
            worksheet.write_formula_with_format(row, column, written(formula, place), &format)?
        }
    };
    Ok(())
}

/// A formula with its stored value, as the library takes it.
fn written(formula: &DraftFormula, (draft, own): (&Draft, SheetId)) -> Formula {
    let text: String = formula
        .parts
        .iter()
        .map(|part| match part {
            FormulaPart::Text(text) => text.clone(),
            FormulaPart::Cells(range) => reference(draft, own, range),
        })
        .collect();
    let stored = match &formula.stored {
        Stored::Number(number) => number.normalize().to_string(),
        Stored::Text(text) | Stored::Error(text) => text.clone(),
        Stored::Nothing => NO_STORED_VALUE.to_owned(),
    };
    Formula::new(text).set_result(stored)
}

fn reference(draft: &Draft, own: SheetId, range: &CellRange) -> String {
    match draft.name_of(range.sheet) {
        _ if range.sheet == own => range.relative(),
        Some(name) => format!("{}!{}", quote_sheet_name(name), range.relative()),
        None => LOST_REFERENCE.to_owned(),
    }
}

/// Keeps Excel from flagging CVR numbers and the like as "number stored as text"; amounts stay flagged.
fn ignore_digits_in_text(worksheet: &mut Worksheet, sheet: &DraftSheet) -> Result<(), XlsxError> {
    let is_text =
        |address| sheet.cells.get(&address).is_some_and(|cell| cell.style.number_format == NumberFormat::Text);
    for CellRange { first, last, .. } in sheet.rules.iter().map(|rule| rule.range).filter(|range| is_text(range.first))
    {
        let (first_column, last_column) = (narrow(first.column)?, narrow(last.column)?);
        worksheet.ignore_error_range(
            first.row,
            first_column,
            last.row,
            last_column,
            IgnoreError::NumberStoredAsText,
        )?;
    }
    Ok(())
}

fn set_view(worksheet: &mut Worksheet, sheet: &DraftSheet) -> Result<(), XlsxError> {
    worksheet.set_screen_gridlines(false);
    if let Some(first) = sheet.frozen {
        worksheet.set_freeze_panes(first.row, narrow(first.column)?)?;
    }
    worksheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        insert_rows: sheet.rows_may_be_inserted,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn set_print(worksheet: &mut Worksheet, sheet: &DraftSheet) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    worksheet.set_paper_size(A4);
    if sheet.landscape {
        worksheet.set_landscape();
    }
    worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_footer("&L&A&RSide &P af &N");
    if let Some(row) = sheet.repeated_row {
        worksheet.set_repeat_rows(row, row)?;
    }
    Ok(())
}

fn absolute_cell(cell: CellAddress) -> String {
    format!("${}${}", cell.column_name(), cell.row + 1)
}

fn narrow(column: u32) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
