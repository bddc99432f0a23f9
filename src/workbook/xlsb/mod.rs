//! Reading Excel's binary package: its records are checked first, then calamine reads a clean copy.

mod formats;
mod record;
mod short_cells;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsb, XlsbError};

use self::record::{Record, SHEET_RECORD};
use super::archive::{Archive, canonical_name, check_size};
use super::budget::Budget;
use super::cell_table::CellTable;
use super::clean_archive::CleanArchive;
use super::error::{Hazard, Quantity, ReadError};
use super::shown::{CellFormats, FormatsOfCells};
use super::value::cell_value;
use super::{Cell, CellAddress, DateSystem, Limits, OpenWorkbook, Sheet, Workbook, WorkbookFormat, relationships};

/// The part that lists the sheets, and that of the styles.
const WORKBOOK: &str = "xl/workbook.bin";
const STYLES: &str = "xl/styles.bin";

/// The relationships of the workbook part.
const RELATIONSHIPS: &str = "xl/_rels/workbook.bin.rels";

/// Where macros of Excel 4 stand, and where another kind of sheet without cells of its own does.
const MACRO_SHEETS: &str = "macrosheets/";
const DIALOG_SHEETS: &str = "dialogsheets/";

/// The records of a row, of a text that cells share, and of a format of cells.
const ROW_RECORD: u16 = 0x0000;
const STRING_RECORD: u16 = 0x0013;
const FORMAT_RECORD: u16 = 0x002F;

type CleanXlsb = Xlsb<Cursor<Vec<u8>>>;

/// Reads an archive that was recognised as a binary workbook.
pub(crate) fn read(archive: &Archive, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    let mut shown = Shown::default();
    let mut xlsb: CleanXlsb =
        Xlsb::new(clean(archive, &mut shown)?).map_err(|error| ReadError::damaged(WORKBOOK, error))?;
    let named = |prefix: &str| archive.names().iter().filter(|name| canonical_name(name).starts_with(prefix)).count();
    let date_system = if xlsb.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 };
    let workbook = Workbook {
        format: WorkbookFormat::Xlsb,
        date_system,
        sheets: read_sheets(&mut xlsb, date_system, &shown, limits)?,
        has_macros: named("xl/vbaproject.bin") + named("xl/macrosheets/") > 0,
        external_links: named("xl/externallinks/externallink"),
        names: xlsb.defined_names().to_vec(),
    };
    Ok(OpenWorkbook { workbook, package: None })
}

/// How cells are shown, which calamine does not tell.
#[derive(Default)]
struct Shown {
    formats: CellFormats,
    /// The formats of the cells of each worksheet's part.
    of_cells: BTreeMap<String, FormatsOfCells>,
    /// The part of each sheet, in their order.
    parts: Vec<String>,
}

impl Shown {
    /// Gives the cells of the sheet in a place the texts that their formats show.
    fn show_on(&self, place: usize, cells: &mut [Cell], budget: &mut Budget) -> Result<(), ReadError> {
        match self.parts.get(place).and_then(|part| self.of_cells.get(part)) {
            Some(of_cells) => self.formats.show_on(cells, of_cells, budget),
            None => Ok(()),
        }
    }
}

fn read_sheets(
    xlsb: &mut CleanXlsb,
    dates: DateSystem,
    shown: &Shown,
    limits: &Limits,
) -> Result<Vec<Sheet>, ReadError> {
    let listed = xlsb.sheets_metadata().to_vec();
    check_size(Quantity::Sheets, listed.len() as u64, limits.sheets as u64)?;
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    let listed = listed.into_iter().enumerate();
    for (place, entry) in listed.filter(|(_, entry)| entry.typ == SheetType::WorkSheet) {
        let mut table = CellTable::new(&mut budget);
        read_values(xlsb, &entry.name, dates, &mut table)?;
        read_formulas(xlsb, &entry.name, &mut table)?;
        let hidden = entry.visible != SheetVisible::Visible;
        let mut cells = table.into_cells();
        shown.show_on(place, &mut cells, &mut budget)?;
        sheets.push(Sheet::new(entry.name, hidden, cells));
    }
    if sheets.is_empty() { Err(ReadError::NoWorksheets) } else { Ok(sheets) }
}

fn read_values(
    xlsb: &mut CleanXlsb,
    sheet: &str,
    dates: DateSystem,
    table: &mut CellTable<'_>,
) -> Result<(), ReadError> {
    let damaged = |error: XlsbError| ReadError::damaged(sheet, error);
    let mut reader = xlsb.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(read) = reader.next_cell().map_err(damaged)? {
        let address = address(sheet, read.get_position())?;
        let value = cell_value(read.get_value(), dates, table.budget())?;
        table.add_value(address, value)?;
    }
    Ok(())
}

/// A second pass: calamine gives the values and the formulas of this format apart.
fn read_formulas(xlsb: &mut CleanXlsb, sheet: &str, table: &mut CellTable<'_>) -> Result<(), ReadError> {
    let damaged = |error: XlsbError| ReadError::damaged(sheet, error);
    let mut reader = xlsb.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(read) = reader.next_formula().map_err(damaged)? {
        table.add_formula(address(sheet, read.get_position())?, read.get_value())?;
    }
    Ok(())
}

fn address(sheet: &str, (row, column): (u32, u32)) -> Result<CellAddress, ReadError> {
    if row < CellAddress::ROWS && column < CellAddress::COLUMNS {
        return Ok(CellAddress::new(row, column));
    }
    Err(ReadError::hazardous(sheet, Hazard::Reference(format!("row {row}, column {column}"))))
}

/// The parts that calamine reads, checked, uncompressed; and what they say of how cells are shown.
fn clean(archive: &Archive, shown: &mut Shown) -> Result<Cursor<Vec<u8>>, ReadError> {
    let mut clean = CleanArchive::new();
    if let Some(styles) = archive.inflate(STYLES)? {
        check_records(STYLES, &styles, archive.limits())?;
        shown.formats = formats::read_styles(STYLES, &styles, archive.limits())?;
    }
    let needed: Vec<String> = archive.names().iter().filter(|name| is_needed(name)).cloned().collect();
    for name in needed {
        let content = archive.inflate(&name)?.unwrap_or_default();
        check_records(&name, &content, archive.limits())?;
        let content = if is_worksheet(&name) { short_cells::in_long_form(&name, &content)? } else { content.into() };
        if is_worksheet(&name) {
            shown.of_cells.insert(canonical_name(&name), formats::in_sheet(&name, &content, &shown.formats)?);
        }
        clean.add(&name.replace('\\', "/"), &content)?;
    }
    // To calamine, a folder says what kind of sheet is in it, and it knows none for Excel 4's macros.
    let relationships = archive.inflate_xml(RELATIONSHIPS)?.unwrap_or_default();
    if let Some(workbook) = archive.inflate(WORKBOOK)? {
        let targets = relationships::parse(WORKBOOK, RELATIONSHIPS, &relationships, archive.limits())?;
        shown.parts = formats::parts_of_sheets(WORKBOOK, &workbook, &targets)?;
    }
    let relationships = relationships.replace(MACRO_SHEETS, DIALOG_SHEETS);
    clean.add(RELATIONSHIPS, relationships.as_bytes())?;
    clean.finish()
}

fn is_needed(name: &str) -> bool {
    let name = canonical_name(name);
    let table = ["xl/workbook.bin", "xl/styles.bin", "xl/sharedstrings.bin"].contains(&name.as_str());
    table || is_worksheet(&name)
}

fn is_worksheet(name: &str) -> bool {
    let name = canonical_name(name);
    name.strip_prefix("xl/worksheets/sheet").is_some_and(|rest| rest.strip_suffix(".bin").is_some())
}

/// Walks the records: calamine makes room for each as long as it is declared, keeps texts and formats as many as there are,
/// and copies the names of sheets.
fn check_records(part: &str, content: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut rest = content;
    let mut counts = BTreeMap::new();
    while let Some(Record { kind, .. }) = Record::take(part, &mut rest)? {
        if let Some((what, limit)) = bounded(kind, limits) {
            let count = counts.entry(kind).or_insert(0_u64);
            *count += 1;
            check_size(what, *count, limit as u64)?;
        }
    }
    Ok(())
}

/// What there is one record for each of, and how many there may be.
fn bounded(kind: u16, limits: &Limits) -> Option<(Quantity, usize)> {
    match kind {
        ROW_RECORD => Some((Quantity::Rows, limits.rows)),
        STRING_RECORD => Some((Quantity::SharedStrings, limits.shared_strings)),
        FORMAT_RECORD => Some((Quantity::CellFormats, limits.cell_formats)),
        SHEET_RECORD => Some((Quantity::Sheets, limits.sheets)),
        _ => None,
    }
}
