//! Reading `OpenDocument` spreadsheets: the content is checked first, then calamine reads a clean copy.

mod content;

use std::borrow::Cow;
use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use calamine::{Ods, OdsError, Reader as _, SheetVisible};

use self::content::TableFacts;
use super::archive::{Archive, canonical_name};
use super::budget::Budget;
use super::clean_archive::CleanArchive;
use super::dense;
use super::error::ReadError;
use super::shown::is_text_of_digits;
use super::{Cell, CellValue, DateSystem, Limits, OpenWorkbook, Sheet, Workbook, WorkbookFormat, WorkedTime};

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
const MIME_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

type OpenOds = Ods<Cursor<Vec<u8>>>;

/// Reads an archive that was recognised as a spreadsheet.
pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    let text = archive.inflate_xml(CONTENT)?.ok_or_else(|| ReadError::damaged(CONTENT, "the part is missing"))?;
    let content::Checked { tables, layout } = content::check(CONTENT, &text, limits)?;
    let mut ods: OpenOds =
        Ods::new(clean(&without(&text, &layout))?).map_err(|error| ReadError::damaged(CONTENT, error))?;
    let workbook = Workbook {
        format: WorkbookFormat::Ods,
        date_system: DateSystem::From1900,
        sheets: read_sheets(&mut ods, tables, limits)?,
        has_macros: archive.names().iter().any(|name| canonical_name(name).starts_with("basic/")),
        external_links: 0,
        names: ods.defined_names().to_vec(),
    };
    Ok(OpenWorkbook { workbook, package: None })
}

fn read_sheets(ods: &mut OpenOds, tables: Vec<TableFacts>, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    let listed = ods.sheets_metadata().to_vec();
    // Each must meet its own facts, and none may be left out.
    if listed.len() != tables.len() {
        return Err(ReadError::damaged(CONTENT, format_args!("{} tables, {} sheets", tables.len(), listed.len())));
    }
    for (entry, table) in listed.into_iter().zip(tables) {
        let damaged = |error: OdsError| ReadError::damaged(&entry.name, error);
        let values = ods.worksheet_range(&entry.name).map_err(damaged)?;
        let formulas = ods.worksheet_formula(&entry.name).map_err(damaged)?;
        let cells = dense::cells(&values, &formulas, &mut budget)?;
        let cells = cells.into_iter().map(as_a_spreadsheet_shows);
        let cells = cells.map(|cell| with_shown(cell, &table)).collect();
        sheets.push(Sheet::new(entry.name, entry.visible != SheetVisible::Visible, cells).with_merged(table.merged));
    }
    if sheets.is_empty() { Err(ReadError::NoWorksheets) } else { Ok(sheets) }
}

/// The cell with what is shown of it, where that is one of digits and signs, or a time.
fn with_shown(cell: Cell, table: &TableFacts) -> Cell {
    let counts = |text: &&Arc<str>| match &cell.value {
        CellValue::Number(number) => is_text_of_digits(text, *number),
        CellValue::Date(_) => WorkedTime::parse(text).is_some(),
        _ => false,
    };
    let shown = table.shown.get(&cell.address).filter(counts).map(|text| Box::from(&**text));
    Cell { shown, ..cell }
}

/// A text without some of its ranges, which are in order.
fn without<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for range in ranges {
        rest.push_str(text.get(end..range.start).unwrap_or_default());
        end = range.end;
    }
    rest.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(rest)
}

/// The checked content under the names that calamine looks for.
fn clean(content: &str) -> Result<Cursor<Vec<u8>>, ReadError> {
    let mut clean = CleanArchive::new();
    clean.add("mimetype", MIME_TYPE)?;
    clean.add(MANIFEST, b"<manifest:manifest/>")?;
    clean.add(CONTENT, content.as_bytes())?;
    clean.finish()
}

/// The formula without its namespace (`of:=`), and a failed formula's text as the error that it is.
fn as_a_spreadsheet_shows(mut cell: Cell) -> Cell {
    let Some(formula) = cell.formula.take() else {
        return cell;
    };
    if let CellValue::Text(text) = &cell.value
        && is_error(text)
    {
        cell.value = CellValue::Error(text.clone());
    }
    cell.formula = Some(formula.split_once('=').map_or(formula.as_str(), |(_, text)| text).to_owned());
    cell
}

fn is_error(text: &str) -> bool {
    let known = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"].contains(&text);
    known || text.strip_prefix("Err:").is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}
