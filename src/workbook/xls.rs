//! Reading Excel 97–2003: the records are checked first, then calamine reads the file.

mod shared_formulas;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Dimensions, Reader as _, SheetType, SheetVisible, Xls, XlsError};

use super::archive::check_size;
use super::budget::Budget;
use super::compound::{Container, MOST_STREAM_BYTES, with_one_stream};
use super::dense::{self, Places};
use super::error::{Hazard, Quantity, ReadError};
use super::shown::{CellFormats, FormatsOfCells};
use super::{CellAddress, DateSystem, Limits, MergedRange, OpenWorkbook, Sheet, Workbook, WorkbookFormat};

/// What an error calls the stream of records.
const STREAM: &str = "Workbook";

/// Records that begin or end a substream.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
/// The key of an encrypted workbook; what follows cannot be read without it.
const FILE_PASS: u16 = 0x002F;
/// A cell with a formula.
const FORMULA: u16 = 0x0006;
/// A sheet of the workbook; its first four bytes say where its substream begins.
const BOUND_SHEET: u16 = 0x0085;
/// The range of rows and columns that a sheet declares.
const DIMENSIONS: u16 = 0x0200;
/// Several numbers in one row; its last two bytes are the last column.
const MANY_NUMBERS: u16 = 0x00BD;
/// The table of texts that cells share.
const SHARED_STRINGS: u16 = 0x00FC;
/// What did not fit into the record before.
const CONTINUE: u16 = 0x003C;
/// The code of a number format, after its id.
const FORMAT: u16 = 0x041E;
/// A format of cells; its second number is the id of a number format.
const CELL_FORMAT: u16 = 0x00E0;
/// The version of the records since Excel 97, which the first says; before it, texts were written otherwise.
const EXCEL_97: u32 = 0x0600;
/// All records that begin with a row, a column and a format.
const CELLS: [u16; 8] = [FORMULA, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, MANY_NUMBERS];

/// How many records may continue one: calamine takes the first of them out of a list again and again.
const CONTINUED_AT_MOST: usize = 10_000;

/// How many times its bytes in the file a short text takes in memory.
const TEXT_OVERHEAD: u64 = 16;

/// Rows and columns of a sheet of this format.
const ROWS: u32 = 65_536;
const COLUMNS: u32 = 256;

/// What calamine does not tell of a sheet.
#[derive(Default)]
struct SheetFacts {
    /// The cells that hold a formula.
    computed: BTreeSet<CellAddress>,
    /// The format of each cell.
    formats: FormatsOfCells,
}

/// What the records tell beside calamine.
#[derive(Default)]
struct Facts {
    /// Of each sheet, in the order in which the workbook lists them.
    sheets: Vec<SheetFacts>,
    formats: CellFormats,
}

type OpenXls = Xls<Cursor<Arc<[u8]>>>;

/// Reads a compound file that was recognised as a workbook.
pub(crate) fn read(bytes: &Arc<[u8]>, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    let container = Container::open(bytes)?;
    let stream = container.workbook_stream()?;
    let facts = check(&stream, limits)?;
    let written_out = shared_formulas::written_out(&stream, MOST_STREAM_BYTES);
    let bytes = written_out.and_then(with_one_stream).map_or_else(|| Arc::clone(bytes), Arc::from);
    let mut xls: OpenXls = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Encrypted,
        other => ReadError::damaged(STREAM, other),
    })?;
    let workbook = Workbook {
        format: WorkbookFormat::Xls,
        date_system: if xls.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 },
        sheets: read_sheets(&mut xls, &facts, limits)?,
        has_macros: container.stream_names().any(|name| name == "_VBA_PROJECT_CUR"),
        external_links: 0,
        names: xls.defined_names().to_vec(),
    };
    Ok(OpenWorkbook { workbook, package: None })
}

fn read_sheets(xls: &mut OpenXls, facts: &Facts, limits: &Limits) -> Result<Vec<Sheet>, ReadError> {
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::new();
    let listed = xls.sheets_metadata().to_vec();
    let listed = listed.into_iter().zip(&facts.sheets);
    for (entry, of_sheet) in listed.filter(|(entry, _)| entry.typ == SheetType::WorkSheet) {
        let damaged = |error: XlsError| ReadError::damaged(&entry.name, error);
        let values = xls.worksheet_range(&entry.name).map_err(damaged)?;
        let formulas = xls.worksheet_formula(&entry.name).map_err(damaged)?;
        let merged = xls.merge_cells_by_sheet_name(&entry.name).map_err(damaged)?;
        check_size(Quantity::MergedRanges, merged.len() as u64, limits.merged_ranges as u64)?;
        let mut cells = dense::cells(&values, &formulas, &mut budget)?;
        // A formula that several cells share has no text in calamine, but the cell is computed all the same.
        for cell in cells.iter_mut().filter(|cell| cell.formula.is_none() && of_sheet.computed.contains(&cell.address))
        {
            cell.formula = Some(String::new());
        }
        facts.formats.show_on(&mut cells, &of_sheet.formats, &mut budget)?;
        let sheet = Sheet::new(entry.name, entry.visible != SheetVisible::Visible, cells);
        sheets.push(sheet.with_merged(merged.iter().filter_map(merged_range).collect()));
    }
    if sheets.is_empty() { Err(ReadError::NoWorksheets) } else { Ok(sheets) }
}

fn merged_range(dimensions: &Dimensions) -> Option<MergedRange> {
    let corner = |(row, column): (u32, u32)| CellAddress::new(row, column);
    MergedRange::new(corner(dimensions.start), corner(dimensions.end))
}

/// Walks the records of all sheets: calamine keeps each sheet as a full rectangle, and as large as it is declared.
///
/// Gives what only they tell.
fn check(stream: &[u8], limits: &Limits) -> Result<Facts, ReadError> {
    let mut places = Places::new(limits);
    let mut facts = Facts::default();
    let mut is_excel_97 = false;
    let mut continued = Continued::default();
    let mut string_bytes = 0;
    for record in Records::new(stream) {
        continued.see(&record)?;
        if continued.kind == SHARED_STRINGS {
            string_bytes += record.data.len() as u64;
            check_size(Quantity::TextBytes, string_bytes * TEXT_OVERHEAD, limits.text_bytes)?;
        }
        match record.kind {
            BOUND_SHEET => {
                check_size(Quantity::Sheets, facts.sheets.len() as u64 + 1, limits.sheets as u64)?;
                let start = usize::try_from(record.u32_at(0)?).unwrap_or(usize::MAX);
                let substream = stream.get(start..).ok_or_else(|| damaged("a sheet beyond the end"))?;
                facts.sheets.push(check_sheet(substream, &mut places)?);
            }
            BEGIN => is_excel_97 = record.u16_at(0).is_ok_and(|version| version == EXCEL_97),
            FORMAT if is_excel_97 => {
                if let Some(code) = record.text_at(2) {
                    facts.formats.define(record.u16_at(0)?, &code);
                }
            }
            CELL_FORMAT => facts.formats.add(Some(record.u16_at(2)?), limits)?,
            FILE_PASS => return Err(ReadError::Encrypted),
            END => break,
            _ => {}
        }
    }
    Ok(facts)
}

fn check_sheet(substream: &[u8], places: &mut Places) -> Result<SheetFacts, ReadError> {
    let mut used = UsedRange::default();
    let mut facts = SheetFacts::default();
    let mut depth = 0_usize;
    let mut continued = Continued::default();
    for record in Records::new(substream) {
        continued.see(&record)?;
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => spend_declared(&record, places)?,
            kind if CELLS.contains(&kind) => {
                used.add(&record)?;
                facts.add(&record)?;
            }
            _ => {}
        }
    }
    places.spend(used.rows(), used.columns())?;
    Ok(facts)
}

impl SheetFacts {
    fn add(&mut self, record: &Record<'_>) -> Result<(), ReadError> {
        let (row, column) = (record.u16_at(0)?, record.u16_at(2)?);
        if record.kind == FORMULA {
            self.computed.insert(CellAddress::new(row, column));
        }
        // A format and a number of four bytes, for each cell of the row.
        let others = if record.kind == MANY_NUMBERS { record.data.len().saturating_sub(6) / 6 } else { 1 };
        for (column, place) in (column..).zip(0..others) {
            if let Ok(format) = record.u16_at(4 + place * 6) {
                self.formats.insert(CellAddress::new(row, column), format as usize);
            }
        }
        Ok(())
    }
}

/// A record and those that continue it.
#[derive(Default)]
struct Continued {
    kind: u16,
    parts: usize,
}

impl Continued {
    fn see(&mut self, record: &Record<'_>) -> Result<(), ReadError> {
        if record.kind != CONTINUE {
            *self = Self { kind: record.kind, parts: 0 };
            return Ok(());
        }
        self.parts += 1;
        if self.parts > CONTINUED_AT_MOST { Err(damaged("a record in too many pieces")) } else { Ok(()) }
    }
}

/// The declared range is what calamine reserves, in full.
fn spend_declared(record: &Record<'_>, places: &mut Places) -> Result<(), ReadError> {
    let wide = record.data.len() >= 14;
    let (first_row, last_row, first_column, last_column) = if wide {
        (record.u32_at(0)?, record.u32_at(4)?, record.u16_at(8)?, record.u16_at(10)?)
    } else {
        (record.u16_at(0)?, record.u16_at(2)?, record.u16_at(4)?, record.u16_at(6)?)
    };
    let in_order = first_row <= last_row && first_column <= last_column;
    if !in_order || last_row > ROWS || last_column > COLUMNS {
        let range = format!("rows {first_row} to {last_row}, columns {first_column} to {last_column}");
        return Err(ReadError::hazardous(STREAM, Hazard::Reference(range)));
    }
    places.spend(u64::from(last_row - first_row) + 1, u64::from(last_column - first_column) + 1)
}

/// The rectangle around the cells of a sheet.
#[derive(Default)]
struct UsedRange {
    corners: Option<(CellAddress, CellAddress)>,
}

impl UsedRange {
    fn add(&mut self, record: &Record<'_>) -> Result<(), ReadError> {
        let (row, column) = (record.u16_at(0)?, record.u16_at(2)?);
        let last_column = match record.kind {
            MANY_NUMBERS => record.u16_at(record.data.len().saturating_sub(2))?.max(column),
            _ => column,
        };
        if last_column >= COLUMNS {
            let place = format!("row {row}, column {last_column}");
            return Err(ReadError::hazardous(STREAM, Hazard::Reference(place)));
        }
        let (first, last) = self.corners.unwrap_or((CellAddress::new(row, column), CellAddress::new(row, column)));
        self.corners = Some((
            CellAddress::new(first.row.min(row), first.column.min(column)),
            CellAddress::new(last.row.max(row), last.column.max(last_column)),
        ));
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.corners.map_or(0, |(first, last)| u64::from(last.row - first.row) + 1)
    }

    fn columns(&self) -> u64 {
        self.corners.map_or(0, |(first, last)| u64::from(last.column - first.column) + 1)
    }
}

/// One record of the stream.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn u16_at(&self, offset: usize) -> Result<u32, ReadError> {
        let bytes = self.data.get(offset..).and_then(|rest| rest.first_chunk::<2>());
        bytes.map(|bytes| u32::from(u16::from_le_bytes(*bytes))).ok_or_else(|| damaged("a record is cut off"))
    }

    /// A text of at most 65,535 characters after their count, in one byte or two each, as the byte between says.
    fn text_at(&self, offset: usize) -> Option<String> {
        let count = self.u16_at(offset).ok()? as usize;
        let is_wide = self.data.get(offset + 2).is_some_and(|flags| flags & 1 == 1);
        let length = if is_wide { count * 2 } else { count };
        let bytes = self.data.get(offset + 3..)?.get(..length)?;
        if !is_wide {
            return Some(bytes.iter().copied().map(char::from).collect());
        }
        let (units, _) = bytes.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        Some(String::from_utf16_lossy(&units))
    }

    fn u32_at(&self, offset: usize) -> Result<u32, ReadError> {
        let bytes = self.data.get(offset..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map(|bytes| u32::from_le_bytes(*bytes)).ok_or_else(|| damaged("a record is cut off"))
    }
}

/// The records of a stream, as far as they are whole.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let ([kind_low, kind_high, length_low, length_high], rest) = self.rest.split_first_chunk::<4>()?;
        let kind = u16::from_le_bytes([*kind_low, *kind_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Record { kind, data })
    }
}

fn damaged(detail: &str) -> ReadError {
    ReadError::damaged(STREAM, detail)
}
