//! A worksheet: its cells, checked and read in one pass.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::budget::Budget;
use super::super::error::{Hazard, Quantity, ReadError};
use super::super::shown::{CellFormats, ShownAs};
use super::super::xml::{Events, local_end, local_name};
use super::super::{Cell, CellAddress, CellValue, DateSystem, MergedRange, iso_date};
use super::Bounds;
use super::cell_head::CellHead;
use super::escapes;
use super::formula::{FormulaHead, SharedFormulas};
use super::shared_strings::SharedStrings;
use super::text::{TRIMMED, push_runs};
use super::value::{ValueType, number, truth};

/// The fewest bytes that one cell takes which holds something.
const SHORTEST_CELL: usize = "<c r=\"A1\"><v>1</v></c>".len();

/// What the cells of all sheets refer to.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) strings: &'a SharedStrings,
    pub(super) cell_formats: &'a CellFormats,
    pub(super) date_system: DateSystem,
}

/// What a worksheet holds.
pub(super) struct ReadWorksheet {
    /// The cells that hold something, in their order.
    pub(super) cells: Vec<Cell>,
    /// The merged regions.
    pub(super) merged: Vec<MergedRange>,
    /// Where in the part the content of `sheetData` stands.
    pub(super) cell_data: Range<usize>,
}

/// Reads a worksheet part; what its cells take is spent from the budget.
pub(super) fn read(
    part: &str,
    text: &str,
    tables: &Tables<'_>,
    bounds: &Bounds,
    budget: &mut Budget,
) -> Result<ReadWorksheet, ReadError> {
    let reader = WorksheetReader {
        events: Events::new(part, text, &bounds.limits).until(bounds.deadline),
        text,
        tables: *tables,
        bounds: *bounds,
        budget,
        next: CellAddress::new(0, 0),
        seen: 0,
        formulas: SharedFormulas::default(),
        scratch: String::new(),
        cells: Vec::with_capacity(bounds.limits.cells.min(text.len() / SHORTEST_CELL / 2)),
        merged: Vec::new(),
    };
    reader.read()
}

struct WorksheetReader<'a> {
    events: Events<'a>,
    text: &'a str,
    tables: Tables<'a>,
    bounds: Bounds,
    budget: &'a mut Budget,
    /// The row that is read, and where in it a cell without a reference stands.
    next: CellAddress,
    /// How many cells were read, empty ones too.
    seen: usize,
    formulas: SharedFormulas,
    /// The text that is being put together; kept for its room.
    scratch: String,
    cells: Vec<Cell>,
    merged: Vec<MergedRange>,
}

/// A cell whose content is still to be read.
struct OpenCell {
    address: CellAddress,
    value_type: ValueType,
    shown_as: ShownAs,
    /// Whether its error value may only be what older programs show of a picture.
    may_be_picture: bool,
}

impl WorksheetReader<'_> {
    fn read(mut self) -> Result<ReadWorksheet, ReadError> {
        let mut cell_data = None;
        loop {
            match self.events.next()? {
                Event::Start(element) if is(&element, "sheetData") && cell_data.is_none() => {
                    let start = self.events.position();
                    self.events.count_elements(false);
                    self.read_rows()?;
                    self.events.count_elements(true);
                    // The end tag is what begins with the last `<`.
                    let read = self.text.get(..self.events.position()).unwrap_or_default();
                    cell_data = Some(start..read.rfind('<').unwrap_or(start));
                }
                Event::Empty(element) if is(&element, "sheetData") && cell_data.is_none() => {
                    let end = self.text.len();
                    cell_data = Some(end..end);
                }
                Event::Start(element) | Event::Empty(element) if is(&element, "mergeCell") => {
                    self.add_merged(&element)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let cell_data = cell_data.ok_or_else(|| self.events.damaged("no sheetData"))?;
        Ok(ReadWorksheet { cells: self.cells, merged: self.merged, cell_data })
    }

    fn add_merged(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let reference = self.events.attribute(element, "ref")?.unwrap_or_default();
        let range = MergedRange::parse(&reference).ok_or_else(|| self.outside(&reference))?;
        self.merged.push(range);
        check_size(Quantity::MergedRanges, self.merged.len() as u64, self.bounds.limits.merged_ranges as u64)
    }

    fn read_rows(&mut self) -> Result<(), ReadError> {
        loop {
            match self.events.next()? {
                Event::Start(element) => match local_name(&element) {
                    "c" => self.read_cell(&element)?,
                    "row" => self.begin_row(&element)?,
                    _ => {}
                },
                Event::Empty(element) => match local_name(&element) {
                    "c" => self.pass_empty_cell(&element)?,
                    "row" => {
                        self.begin_row(&element)?;
                        self.end_row();
                    }
                    _ => {}
                },
                Event::End(element) => match local_end(&element) {
                    "row" => self.end_row(),
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(self.events.damaged("sheetData does not end")),
                _ => {}
            }
        }
    }

    fn begin_row(&mut self, row: &BytesStart<'_>) -> Result<(), ReadError> {
        self.budget.spend_row()?;
        let [Some(number)] = self.events.attributes(row, ["r"])? else { return Ok(()) };
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        match number.parse::<u32>() {
            Ok(number @ 1..=CellAddress::ROWS) if is_number => {
                self.next.row = number - 1;
                Ok(())
            }
            _ => Err(self.outside(&number)),
        }
    }

    fn end_row(&mut self) {
        self.next = CellAddress::new(self.next.row.saturating_add(1), 0);
    }

    fn pass_empty_cell(&mut self, cell: &BytesStart<'_>) -> Result<(), ReadError> {
        let head = CellHead::read(&self.events, cell)?;
        self.place(&head)?;
        self.seen += 1;
        Ok(())
    }

    /// Where a cell stands; the next one without a reference stands right of it.
    fn place(&mut self, head: &CellHead<'_>) -> Result<CellAddress, ReadError> {
        let address = match &head.reference {
            Some(reference) => reference.parse().map_err(|_| self.outside(reference))?,
            None => self.next,
        };
        self.next.column = address.column.saturating_add(1);
        Ok(address)
    }

    fn open_cell(&mut self, cell: &BytesStart<'_>) -> Result<OpenCell, ReadError> {
        let head = CellHead::read(&self.events, cell)?;
        let address = self.place(&head)?;
        // A format that is no number is that of number 0.
        let formats = self.tables.cell_formats;
        let shown_as = head.style.map_or(ShownAs::Number, |style| formats.shown_as(style.parse().unwrap_or(0)));
        let value_type = ValueType::of(head.value_type.as_deref());
        let may_be_picture = value_type == ValueType::Error && head.value_metadata.is_some();
        Ok(OpenCell { address, value_type, shown_as, may_be_picture })
    }

    fn read_cell(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let cell = self.open_cell(element)?;
        let (mut value, formula) = self.content(&cell)?;
        if cell.may_be_picture && formula.as_deref().is_none_or(gives_picture) {
            value = CellValue::Text(String::new());
        }
        self.seen += 1;
        if value.is_nothing() && formula.is_none() {
            return Ok(());
        }
        let CellAddress { row, column } = cell.address;
        if row >= CellAddress::ROWS || column >= CellAddress::COLUMNS {
            return Err(self.outside(&format!("row {row}, column {column}")));
        }
        self.budget.spend_cell()?;
        let shown = self.shown(&cell, &value)?;
        self.cells.push(Cell { address: cell.address, value, formula, shown });
        Ok(())
    }

    /// The text that the cell's format shows of its value, where that counts.
    fn shown(&mut self, cell: &OpenCell, value: &CellValue) -> Result<Option<Box<str>>, ReadError> {
        let Some(shown) = self.tables.cell_formats.show(cell.shown_as, value) else { return Ok(None) };
        self.budget.spend_text(&shown).map(|shown| Some(shown.into()))
    }

    /// The value and the formula of a cell, in whatever order its elements come.
    ///
    /// A text of its own counts where the cell says that it has one, and where nothing else does.
    fn content(&mut self, cell: &OpenCell) -> Result<(CellValue, Option<String>), ReadError> {
        let (mut value, mut text, mut formula) = (None, None, None);
        let is_inline = cell.value_type == ValueType::InlineText;
        loop {
            match self.events.next()? {
                Event::Start(inner) => match local_name(&inner) {
                    "v" if is_inline => self.read_text("v")?,
                    "v" => value = Some(self.value(cell)?),
                    "f" => formula = Some(self.formula(&inner, cell.address, true)?),
                    "is" => text = Some(self.inline_text(&inner)?),
                    "extLst" => self.pass_extensions()?,
                    other => return Err(self.unexpected(other)),
                },
                Event::Empty(inner) => match local_name(&inner) {
                    "v" => value = self.empty_value(cell.value_type)?,
                    "f" => formula = Some(self.formula(&inner, cell.address, false)?),
                    "is" | "extLst" => {}
                    other => return Err(self.unexpected(other)),
                },
                Event::End(end) if local_end(&end) == "c" => break,
                Event::Eof => return Err(self.events.damaged("a cell does not end")),
                _ => {}
            }
        }
        Ok((value.or(text).unwrap_or(CellValue::Empty), formula))
    }

    /// What an element for a value without one means: of a formula's text, a text without characters.
    fn empty_value(&self, value_type: ValueType) -> Result<Option<CellValue>, ReadError> {
        match value_type {
            ValueType::Unknown => Err(self.damaged("the type of a value is unknown")),
            ValueType::FormulaText => Ok(Some(CellValue::Text(String::new()))),
            _ => Ok(None),
        }
    }

    /// Passes over what a program keeps for itself in a cell.
    fn pass_extensions(&mut self) -> Result<(), ReadError> {
        loop {
            match self.events.next()? {
                Event::End(end) if local_end(&end) == "extLst" => return Ok(()),
                Event::Eof => return Err(self.events.damaged("a cell does not end")),
                _ => {}
            }
        }
    }

    fn value(&mut self, cell: &OpenCell) -> Result<CellValue, ReadError> {
        if cell.value_type == ValueType::Unknown {
            return Err(self.damaged("the type of a value is unknown"));
        }
        self.read_text("v")?;
        let text = std::mem::take(&mut self.scratch);
        let value = self.value_of(cell, &text);
        self.scratch = text;
        value
    }

    fn value_of(&mut self, cell: &OpenCell, text: &str) -> Result<CellValue, ReadError> {
        match cell.value_type {
            ValueType::FormulaText => return self.budget.spend_value(&escapes::resolve(text)),
            ValueType::IsoDate => {
                let date = iso_date::serial(text.trim_matches(TRIMMED), self.tables.date_system).map(CellValue::Date);
                return date.map_or_else(|| self.budget.spend_value(text), Ok);
            }
            _ => {}
        }
        let plain = text.trim_matches(TRIMMED);
        if plain.is_empty() {
            return Ok(CellValue::Empty);
        }
        let value = self.plain_value(cell, plain)?;
        value.ok_or_else(|| self.damaged(format_args!("the value `{}` is not of its type", shown(text))))
    }

    /// The value that a text without white space around it means; `None` where it means none of its type.
    fn plain_value(&mut self, cell: &OpenCell, text: &str) -> Result<Option<CellValue>, ReadError> {
        Ok(match cell.value_type {
            ValueType::SharedString => {
                let string = text.parse().ok().and_then(|index| self.tables.strings.get(index));
                string.map(|string| self.budget.spend_value(string)).transpose()?
            }
            ValueType::Error => Some(CellValue::Error(self.budget.spend_text(text)?)),
            ValueType::Bool => truth(text),
            ValueType::Unstated => match number(text, cell.shown_as.is_date()) {
                None => Some(self.budget.spend_value(text)?),
                number => number,
            },
            _ => number(text, cell.shown_as.is_date()),
        })
    }

    fn inline_text(&mut self, element: &BytesStart<'_>) -> Result<CellValue, ReadError> {
        self.scratch.clear();
        push_runs(&mut self.events, element, &mut self.scratch)?;
        self.budget.spend_value(&self.scratch)
    }

    fn formula(&mut self, element: &BytesStart<'_>, at: CellAddress, has_text: bool) -> Result<String, ReadError> {
        let head = FormulaHead::read(&self.events, element, &self.bounds.limits)?;
        self.scratch.clear();
        if has_text {
            self.read_text("f")?;
        }
        match head {
            FormulaHead::Own => {}
            FormulaHead::First(group) => self.formulas.keep(group, &self.scratch, at, self.budget)?,
            FormulaHead::Taken(group) => {
                let text = self.formulas.translated(group, at).map_err(|error| self.damaged(error))?;
                return self.budget.spend_text(&text);
            }
        }
        self.budget.spend_text(&self.scratch)
    }

    /// Reads the text of an element into the scratch; a comment or an element in it is passed over by some, not by others.
    fn read_text(&mut self, element: &str) -> Result<(), ReadError> {
        self.scratch.clear();
        loop {
            match self.events.next()? {
                Event::Text(text) => self.scratch.push_str(&text.xml10_content()),
                Event::CData(text) => self.scratch.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => self.events.push_reference(&reference, &mut self.scratch)?,
                Event::End(end) if local_end(&end) == element => return Ok(()),
                _ => return Err(self.broken_value()),
            }
        }
    }

    fn outside(&self, reference: &str) -> ReadError {
        self.events.hazardous(Hazard::Reference(shown(reference)))
    }

    fn unexpected(&self, element: &str) -> ReadError {
        self.damaged(format_args!("the element `{}` in a cell", shown(element)))
    }

    fn broken_value(&self) -> ReadError {
        self.events.hazardous(Hazard::BrokenValue(format!("cell number {}", self.seen + 1)))
    }

    /// The error for what stands after the last cell that was read.
    fn damaged(&self, detail: impl std::fmt::Display) -> ReadError {
        match self.cells.last() {
            Some(cell) => self.events.damaged(format_args!("after {}: {detail}", cell.address)),
            None => self.events.damaged(format_args!("before the first cell: {detail}")),
        }
    }
}

/// Whether a formula shows a picture; the richer error values of other formulas are errors.
fn gives_picture(formula: &str) -> bool {
    let formula = formula.trim_start();
    formula.strip_prefix("_xlfn.").unwrap_or(formula).starts_with("IMAGE(")
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    local_name(element) == name
}

/// So much of a hostile text as an error may carry.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
