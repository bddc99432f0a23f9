//! The content of a spreadsheet, checked before calamine unfolds its repeated rows, cells and spaces.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::dense::Places;
use super::super::error::{Hazard, Quantity, ReadError};
use super::super::xml::Events;
use super::super::{CellAddress, Limits, MergedRange};

/// The list of the names that are given to ranges.
const NAMES: &str = "table:named-expressions";
/// A cell that holds a number or a time says one of these.
const NUMBER_OR_TIME: [&str; 4] = [
    r#"office:value-type="float""#,
    r#"office:value-type="time""#,
    "office:value-type='float'",
    "office:value-type='time'",
];
/// A note on a cell.
const NOTE: &str = "office:annotation";

/// Content that calamine can be given.
pub(super) struct Checked {
    /// What calamine does not tell of each table, in their order.
    pub(super) tables: Vec<TableFacts>,
    /// Where white space and comments stand that calamine refuses: between the cells of a row, between names.
    pub(super) layout: Vec<Range<usize>>,
}

/// What calamine does not tell of a table.
#[derive(Default)]
pub(super) struct TableFacts {
    /// The merged regions.
    pub(super) merged: Vec<MergedRange>,
    /// What is shown of numbers and times, where that may be more than their value.
    pub(super) shown: BTreeMap<CellAddress, Arc<str>>,
}

/// Checks all tables.
pub(super) fn check(part: &str, text: &str, limits: &Limits) -> Result<Checked, ReadError> {
    let mut checker = Checker {
        events: Events::new(part, text, limits),
        limits,
        places: Places::new(limits),
        unfolded_bytes: 0,
        tables: Vec::new(),
        layout: Vec::new(),
    };
    loop {
        match checker.events.next()? {
            Event::Start(element) if name(&element) == "table:table" => checker.check_table()?,
            Event::Empty(element) if name(&element) == "table:table" => checker.add_table()?,
            Event::Start(element) if name(&element) == NAMES => checker.check_names()?,
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(Checked { tables: checker.tables, layout: checker.layout })
}

struct Checker<'a> {
    events: Events<'a>,
    limits: &'a Limits,
    places: Places,
    /// Bytes of all cells, each as often as it is repeated.
    unfolded_bytes: u64,
    tables: Vec<TableFacts>,
    layout: Vec<Range<usize>>,
}

/// One row, as often as it is repeated.
struct Row {
    index: u64,
    repeated: u64,
    /// Columns so far, and up to the last one that holds something.
    columns: u64,
    used_columns: u64,
}

/// The used part of a table.
#[derive(Default)]
struct Used {
    first_row: Option<u64>,
    end_row: u64,
    columns: u64,
}

impl Checker<'_> {
    fn add_table(&mut self) -> Result<(), ReadError> {
        self.tables.push(TableFacts::default());
        check_size(Quantity::Sheets, self.tables.len() as u64, self.limits.sheets as u64)
    }

    fn check_table(&mut self) -> Result<(), ReadError> {
        self.add_table()?;
        let mut used = Used::default();
        let mut rows = 0;
        loop {
            match self.events.next()? {
                Event::Start(element) if name(&element) == "table:table-row" => {
                    let row = self.check_row(&element, rows)?;
                    rows = rows.saturating_add(row.repeated);
                    used.add(&row);
                }
                Event::Empty(element) if name(&element) == "table:table-row" => {
                    rows = rows.saturating_add(self.repetition(&element, "number-rows-repeated")?);
                }
                Event::Start(element) if name(&element) == NAMES => self.check_names()?,
                Event::End(element) if element.name().into_inner() == "table:table" => break,
                Event::Eof => return Err(self.events.damaged("a table does not end")),
                _ => {}
            }
        }
        let used_rows = used.end_row - used.first_row.unwrap_or(used.end_row);
        self.places.spend(used_rows, used.columns)
    }

    fn check_names(&mut self) -> Result<(), ReadError> {
        loop {
            let start = self.events.position();
            match self.events.next()? {
                Event::End(element) if element.name().into_inner() == NAMES => return Ok(()),
                Event::Eof => return Err(self.events.damaged("a list of names does not end")),
                event if means_nothing(&event) => self.layout.push(start..self.events.position()),
                _ => {}
            }
        }
    }

    fn check_row(&mut self, element: &BytesStart<'_>, index: u64) -> Result<Row, ReadError> {
        let repeated = self.repetition(element, "number-rows-repeated")?;
        let mut row = Row { index, repeated, columns: 0, used_columns: 0 };
        loop {
            let start = self.events.position();
            match self.events.next()? {
                Event::Start(element) if is_cell(&element) => {
                    let content = self.read_cell(name(&element))?;
                    let bytes = (self.events.position() - start) as u64 + content.spaces;
                    let columns = self.add_cell(&element, &mut row, bytes)?;
                    self.add_shown(&element, &row, columns, &content.text);
                }
                Event::Empty(element) if is_cell(&element) => {
                    self.add_cell(&element, &mut row, element.len() as u64)?;
                }
                Event::End(element) if element.name().into_inner() == "table:table-row" => break,
                Event::Eof => return Err(self.events.damaged("a row does not end")),
                event if means_nothing(&event) => self.layout.push(start..self.events.position()),
                _ => {}
            }
        }
        self.places.spend(1, row.used_columns)?;
        Ok(row)
    }

    /// Adds a cell as often as it is repeated; gives its columns.
    fn add_cell(&mut self, element: &BytesStart<'_>, row: &mut Row, bytes: u64) -> Result<Range<u64>, ReadError> {
        let repeated = self.repetition(element, "number-columns-repeated")?;
        self.add_merged(element, row)?;
        let first = row.columns;
        row.columns = row.columns.saturating_add(repeated);
        if holds_something(element) {
            row.used_columns = row.columns;
            let unfolded = bytes.saturating_mul(repeated).saturating_mul(row.repeated);
            self.unfolded_bytes = self.unfolded_bytes.saturating_add(unfolded);
            check_size(Quantity::TextBytes, self.unfolded_bytes, self.limits.text_bytes)?;
        }
        Ok(first..row.columns)
    }

    /// Keeps what is shown of a number or a time; as often as it is repeated, which was found to be within the limits.
    fn add_shown(&mut self, element: &BytesStart<'_>, row: &Row, columns: Range<u64>, text: &str) {
        // An amount has a comma.
        let is_amount = text.is_empty() || text.contains(',');
        let is_plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        let may_count = is_number_or_time(element) && !is_amount && !is_plain;
        let Some(table) = self.tables.last_mut().filter(|_| may_count) else { return };
        let shown: Arc<str> = text.into();
        for row in row.index..row.index.saturating_add(row.repeated) {
            for column in columns.clone() {
                if let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) {
                    table.shown.insert(CellAddress::new(row, column), Arc::clone(&shown));
                }
            }
        }
    }

    fn add_merged(&mut self, element: &BytesStart<'_>, row: &Row) -> Result<(), ReadError> {
        let rows = self.repetition(element, "number-rows-spanned")?;
        let columns = self.repetition(element, "number-columns-spanned")?;
        if rows == 1 && columns == 1 {
            return Ok(());
        }
        let corner = |row: u64, column: u64| Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?));
        let first = corner(row.index, row.columns);
        let last = corner(row.index.saturating_add(rows - 1), row.columns.saturating_add(columns - 1));
        let (Some(first), Some(last)) = (first, last) else {
            return Err(self.events.hazardous(Hazard::Repetition(format!("{rows} by {columns} merged cells"))));
        };
        if let (Some(table), Some(range)) = (
            self.tables.last_mut(),
            MergedRange::new(CellAddress::new(first.0, first.1), CellAddress::new(last.0, last.1)),
        ) {
            table.merged.push(range);
            check_size(Quantity::MergedRanges, table.merged.len() as u64, self.limits.merged_ranges as u64)?;
        }
        Ok(())
    }

    /// How often something is repeated; once, where nothing is said.
    fn repetition(&self, element: &BytesStart<'_>, attribute: &str) -> Result<u64, ReadError> {
        let Some(count) = self.events.attribute(element, attribute)? else {
            return Ok(1);
        };
        match count.parse() {
            Ok(repeated) if (1..=u64::from(CellAddress::ROWS)).contains(&repeated) => Ok(repeated),
            _ => Err(self.events.hazardous(Hazard::Repetition(count.chars().take(40).collect()))),
        }
    }

    /// Reads to the end of a cell.
    fn read_cell(&mut self, cell: &str) -> Result<CellContent, ReadError> {
        let mut content = CellContent::default();
        let mut in_note = false;
        loop {
            match self.events.next()? {
                Event::Start(element) | Event::Empty(element) if name(&element) == "text:s" => {
                    let spaces = self.repetition(&element, "c")?;
                    content.spaces = content.spaces.saturating_add(spaces);
                    check_size(Quantity::TextChars, content.spaces, self.limits.text_chars as u64)?;
                    content.text.push(' ');
                }
                Event::Start(element) if name(&element) == NOTE => in_note = true,
                Event::End(element) if element.name().into_inner() == NOTE => in_note = false,
                Event::Text(text) if !in_note => content.text.push_str(text.trim_matches(['\n', '\t'])),
                Event::End(element) if element.name().into_inner() == cell => return Ok(content),
                Event::Eof => return Err(self.events.damaged("a cell does not end")),
                _ => {}
            }
        }
    }
}

/// What stands between the tags of a cell.
#[derive(Default)]
struct CellContent {
    /// How many spaces its text has in short.
    spaces: u64,
    /// Its text, several spaces as one; without what notes say, and what is written by reference.
    text: String,
}

impl Used {
    fn add(&mut self, row: &Row) {
        if row.used_columns > 0 {
            self.first_row.get_or_insert(row.index);
            self.end_row = row.index.saturating_add(row.repeated);
            self.columns = self.columns.max(row.used_columns);
        }
    }
}

fn name<'a>(element: &'a BytesStart<'_>) -> &'a str {
    element.name().into_inner()
}

/// Whether an event is white space or a comment.
fn means_nothing(event: &Event<'_>) -> bool {
    match event {
        Event::Text(text) => text.chars().all(char::is_whitespace),
        event => matches!(event, Event::Comment(_)),
    }
}

fn is_cell(element: &BytesStart<'_>) -> bool {
    matches!(name(element), "table:table-cell" | "table:covered-table-cell")
}

fn is_number_or_time(element: &BytesStart<'_>) -> bool {
    NUMBER_OR_TIME.iter().any(|attribute| element.attributes_raw().contains(attribute))
}

/// Whether calamine may take a cell for one with a value or a formula.
fn holds_something(element: &BytesStart<'_>) -> bool {
    element.attributes_raw().contains("office:") || element.attributes_raw().contains("formula")
}
