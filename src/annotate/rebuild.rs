//! The annotated copy of a workbook whose format cannot be patched: its values and formulas, written anew as xlsx.
//!
//! What cannot be carried over (formats, validations, images) is lost; the original stays what it was. The new
//! package is then annotated as any other, so that marks, notes and the sheet `Kontrol` are made in one way only.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Worksheet, XlsxError, check_sheet_name};

use super::open_formula::{in_excel, range_in_excel};
use super::{AnnotateError, Annotated, Annotation, Mark, annotate};
use crate::workbook::{Cell, CellValue, DateSystem, Limits, Package, Sheet, Workbook, WorkbookFormat, binary};

/// The days between the first days of the two date systems.
const DAYS_UNTIL_1904: Decimal = Decimal::from_parts(1_462, 0, 0, false, 0);

/// The most characters of a sheet's name.
const SHEET_NAME_CHARS: usize = 31;

/// Writes a workbook of another format (`.xls`, `.xlsb`, `.ods`) as an annotated xlsx.
pub fn rebuild(workbook: &Workbook, annotation: &Annotation<'_>) -> Result<Annotated, AnnotateError> {
    let names = sheet_names(workbook);
    let bytes = plain_copy(workbook, &names)?;
    let package = Package::open(Arc::from(bytes), &own_limits())?;
    let renamed = |sheet: &str| {
        let index = workbook.sheets.iter().position(|known| known.name == sheet);
        index.and_then(|index| names.get(index)).cloned().unwrap_or_else(|| sheet.to_owned())
    };
    let marks: Vec<Mark> =
        annotation.marks.iter().map(|mark| Mark { sheet: renamed(&mark.sheet), ..mark.clone() }).collect();
    let mut control = annotation.control.clone();
    control.rename_link_targets(renamed);
    annotate(&package, &Annotation { marks: &marks, control: &control })
}

/// What was read within limits is not limited again for being written.
fn own_limits() -> Limits {
    Limits { file_bytes: u64::MAX, part_bytes: u64::MAX, total_bytes: u64::MAX, ..Limits::default() }
}

fn plain_copy(workbook: &Workbook, names: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut copy = rust_xlsxwriter::Workbook::new();
    // A fixed time: the same workbook gives the same bytes.
    copy.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let writer = CellWriter {
        date: Format::new().set_num_format("dd-mm-yyyy"),
        date_system: workbook.date_system,
        is_open_document: workbook.format == WorkbookFormat::Ods,
    };
    define_names(&mut copy, workbook, names);
    for (sheet, name) in workbook.sheets.iter().zip(names) {
        let worksheet = copy.add_worksheet();
        worksheet.set_name(name)?.set_hidden(sheet.hidden);
        writer.write_sheet(worksheet, sheet)?;
    }
    copy.save_to_buffer()
}

/// More names than a form has, by far.
const MOST_NAMES: usize = 1_000;

/// Defines the names that formulas know ranges by; one that Excel would refuse stays out.
fn define_names(copy: &mut rust_xlsxwriter::Workbook, workbook: &Workbook, sheets: &[String]) {
    for (name, range) in workbook.names.iter().take(MOST_NAMES) {
        let range = if workbook.format == WorkbookFormat::Ods { range_in_excel(range) } else { Some(range.clone()) };
        // Print areas belong to what is not carried over; a sheet that has another name now would be looked for in vain.
        let is_own = !name.starts_with("_xlnm") && !name.contains(['!', '\u{1}']) && name.chars().count() > 1;
        let leads_here = |range: &String| {
            let sheet = range.rsplit_once('!').map(|(sheet, _)| sheet.trim_matches('\''));
            sheet.is_some_and(|sheet| sheets.iter().any(|known| known == sheet))
        };
        if let Some(range) = range.filter(|range| is_own && leads_here(range)) {
            // A name is a help: without it a formula says that it is missing, once somebody lets it recalculate.
            let _ = copy.define_name(name.as_str(), &format!("={range}"));
        }
    }
}

/// The error value as Excel knows it: other programs have more.
fn excel_error(error: &str) -> &str {
    let known = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    if known.contains(&error) { error } else { "#VALUE!" }
}

/// Names that Excel accepts, in the order of the sheets; `.ods` knows fewer rules.
fn sheet_names(workbook: &Workbook) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for sheet in &workbook.sheets {
        let wanted = accepted_name(&sheet.name);
        let is_taken = |name: &str| names.iter().any(|known| known.to_lowercase() == name.to_lowercase());
        let mut name = wanted.clone();
        let mut number = 2_u32;
        while is_taken(&name) {
            let suffix = format!(" ({number})");
            let stem: String = wanted.chars().take(SHEET_NAME_CHARS - suffix.len()).collect();
            name = stem + &suffix;
            number += 1;
        }
        names.push(name);
    }
    names
}

fn accepted_name(name: &str) -> String {
    if check_sheet_name(name).is_ok() {
        return name.to_owned();
    }
    let is_forbidden = |c: char| "[]:*?/\\".contains(c) || c.is_control();
    let name: String = name.chars().map(|c| if is_forbidden(c) { '_' } else { c }).take(SHEET_NAME_CHARS).collect();
    let name = name.trim_matches('\'').to_owned();
    if check_sheet_name(&name).is_ok() { name } else { "Ark".to_owned() }
}

/// Writes cells as they were read.
struct CellWriter {
    date: Format,
    date_system: DateSystem,
    /// Whether the formulas are in another language.
    is_open_document: bool,
}

impl CellWriter {
    fn write_sheet(&self, worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
        for merged in &sheet.merged {
            if let (Ok(first), Ok(last)) = (u16::try_from(merged.first.column), u16::try_from(merged.last.column)) {
                // One cell, or one that overlaps another, is no merged region in xlsx.
                let _ = worksheet.merge_range(merged.first.row, first, merged.last.row, last, "", &Format::new());
            }
        }
        for cell in sheet.cells() {
            self.write_cell(worksheet, cell)?;
        }
        Ok(())
    }

    fn write_cell(&self, worksheet: &mut Worksheet, cell: &Cell) -> Result<(), XlsxError> {
        let Ok(column) = u16::try_from(cell.address.column) else { return Ok(()) };
        let row = cell.address.row;
        if let Some(formula) = self.formula(cell) {
            match cell.value {
                CellValue::Date(_) => worksheet.write_formula_with_format(row, column, formula, &self.date)?,
                _ => worksheet.write_formula(row, column, formula)?,
            };
            return Ok(());
        }
        match &cell.value {
            CellValue::Empty => {}
            CellValue::Text(text) | CellValue::OutOfRange(text) => {
                worksheet.write_string(row, column, text)?;
            }
            // A value of this kind is written as the formula that gives it.
            CellValue::Error(error) => {
                let error = excel_error(error);
                worksheet.write_formula(row, column, Formula::new(error).set_result(error))?;
            }
            CellValue::Number(number) => {
                worksheet.write_number(row, column, binary(*number))?;
            }
            CellValue::Date(day) => {
                let day = binary(self.serial(*day));
                worksheet.write_number_with_format(row, column, day, &self.date)?;
            }
            CellValue::Bool(value) => {
                worksheet.write_boolean(row, column, *value)?;
            }
        }
        Ok(())
    }

    /// The formula with its stored result; none where the result would be taken for another type than it has.
    fn formula(&self, cell: &Cell) -> Option<Formula> {
        let formula = cell.formula.as_ref().filter(|formula| !formula.is_empty())?;
        let formula = if self.is_open_document { in_excel(formula)? } else { formula.clone() };
        let result = match &cell.value {
            CellValue::Empty => String::new(),
            CellValue::Text(text) if is_typed(text) => return None,
            CellValue::Text(text) => text.clone(),
            CellValue::Error(error) => excel_error(error).to_owned(),
            CellValue::OutOfRange(_) => return None,
            CellValue::Number(number) => number.to_string(),
            CellValue::Date(day) => self.serial(*day).to_string(),
            CellValue::Bool(value) => value.to_string().to_uppercase(),
        };
        Some(Formula::new(formula).set_result(result))
    }

    /// A day counted from 1900, as the copy counts.
    fn serial(&self, day: Decimal) -> Decimal {
        match self.date_system {
            DateSystem::From1900 => day,
            DateSystem::From1904 => day.checked_add(DAYS_UNTIL_1904).unwrap_or(day),
        }
    }
}

/// Whether the writer would take the text of a result for a number, a truth value or an error.
fn is_typed(text: &str) -> bool {
    text.parse::<f64>().is_ok() || matches!(text, "TRUE" | "FALSE") || text.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workbook(names: &[&str]) -> Workbook {
        let sheets = names.iter().map(|name| Sheet::new(*name, false, Vec::new())).collect();
        Workbook {
            format: WorkbookFormat::Ods,
            date_system: DateSystem::From1900,
            sheets,
            external_links: 0,
            names: Vec::new(),
            has_macros: false,
        }
    }

    #[test]
    fn names_that_excel_refuses_are_changed_and_stay_apart() {
        let long = "Et meget langt navn på et ark i en mappe";
        let names = sheet_names(&workbook(&["Budget", "a/b", "A_B", long, long, "'"]));
        assert_eq!(
            names,
            ["Budget", "a_b", "A_B (2)", "Et meget langt navn på et ark i", "Et meget langt navn på et a (2)", "Ark"]
        );
    }

    #[test]
    fn results_that_would_change_their_type_are_known() {
        for text in ["12", "1e5", "nan", "inf", "TRUE", "#REF!"] {
            assert!(is_typed(text), "{text}");
        }
        assert!(!is_typed("12 kr.") && !is_typed("") && !is_typed("Ja"));
    }

    #[test]
    fn text_of_a_cell_stays_text_whatever_it_begins_with() {
        let texts =
            ["=HYPERLINK(\"http://evil.example\")", "{=1+1}", "+1", "@SUM(A1)", "http://evil.example", "_x000A_"];
        let cells = (0..).zip(texts).map(|(row, text)| Cell {
            address: crate::workbook::CellAddress::new(row, 0),
            value: CellValue::Text(text.to_owned()),
            formula: None,
            shown: None,
        });
        let cells: Vec<Cell> = cells.collect();
        let book = Workbook { sheets: vec![Sheet::new("Ark", false, cells.clone())], ..workbook(&[]) };
        let copy = plain_copy(&book, &["Ark".to_owned()]).unwrap();
        let package = Package::open(Arc::from(copy.as_slice()), &own_limits()).unwrap();
        let sheet = package.text("xl/worksheets/sheet1.xml").unwrap().unwrap();
        assert!(!sheet.contains("<f") && !sheet.contains("hyperlink"), "{sheet}");
        let read = crate::workbook::read(Arc::from(copy), &Limits::default()).unwrap().workbook;
        assert_eq!(read.sheets[0].cells(), cells);
    }
}
