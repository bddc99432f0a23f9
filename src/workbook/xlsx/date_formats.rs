//! The styles, as far as they make a number a date.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::error::{Quantity, ReadError};
use super::super::xml::{Events, local_end, local_name};
use super::Bounds;
use super::number_format::{is_builtin_date, is_date_code};

/// The characters that a number format can have, by Excel's own limits; nothing longer is a date's.
const MAX_FORMAT_CHARS: usize = 255;

/// Which formats of cells show a number as a date.
#[derive(Debug, Default)]
pub(super) struct DateFormats {
    is_date: Vec<bool>,
}

impl DateFormats {
    /// Reads the styles part, up to the end of the formats of cells.
    pub(super) fn read(part: &str, text: &str, bounds: &Bounds) -> Result<Self, ReadError> {
        let mut reader = Reader {
            events: Events::new(part, text, &bounds.limits).until(bounds.deadline),
            dates: BTreeMap::new(),
            formats: Self::default(),
            most_formats: bounds.limits.cell_formats as u64,
        };
        let mut list = List::Other;
        loop {
            match reader.events.next()? {
                Event::Start(element) => {
                    reader.add(list, &element)?;
                    list = list.within(local_name(&element));
                }
                Event::Empty(element) => reader.add(list, &element)?,
                Event::End(end) => list = list.after(local_end(&end)),
                Event::Eof => return Ok(reader.formats),
                _ => {}
            }
        }
    }

    /// Whether the format of this number shows a date.
    pub(super) fn is_date(&self, format: usize) -> bool {
        self.is_date.get(format).copied().unwrap_or(false)
    }
}

/// The lists of the styles that count here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    NumberFormats,
    CellFormats,
    Other,
}

impl List {
    fn within(self, opened: &str) -> Self {
        match opened {
            "numFmts" => Self::NumberFormats,
            "cellXfs" => Self::CellFormats,
            _ => self,
        }
    }

    fn after(self, closed: &str) -> Self {
        if matches!(closed, "numFmts" | "cellXfs") { Self::Other } else { self }
    }
}

struct Reader<'a> {
    events: Events<'a>,
    /// Whether the number format of an id is a date's, for those that the workbook defines.
    dates: BTreeMap<String, bool>,
    formats: DateFormats,
    most_formats: u64,
}

impl Reader<'_> {
    fn add(&mut self, list: List, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match (list, local_name(element)) {
            (List::NumberFormats, "numFmt") => {
                let [id, code] = self.events.attributes(element, ["numFmtId", "formatCode"])?;
                if let (Some(id), Some(code)) = (id, code)
                    && code.chars().count() <= MAX_FORMAT_CHARS
                {
                    self.dates.insert(id.into_owned(), is_date_code(&code));
                }
            }
            (List::CellFormats, "xf") => {
                let [id] = self.events.attributes(element, ["numFmtId"])?;
                let id = id.as_deref().unwrap_or_default();
                let is_date = self.dates.get(id).copied().unwrap_or_else(|| is_builtin_date(id));
                self.formats.is_date.push(is_date);
                check_size(Quantity::CellFormats, self.formats.is_date.len() as u64, self.most_formats)?;
            }
            _ => {}
        }
        Ok(())
    }
}
