//! The styles, as far as they make a number a date, a time, or a text of digits.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::error::{Quantity, ReadError};
use super::super::xml::{Events, local_end, local_name};
use super::super::{CellValue, WorkedTime};
use super::Bounds;
use super::digit_pattern::DigitPattern;
use super::number_format::{TimeFormat, builtin_time, is_builtin_date, is_date_code, time_of};

/// The characters that a number format can have, by Excel's own limits; nothing longer counts.
const MAX_FORMAT_CHARS: usize = 255;

/// How the formats of cells show a number.
#[derive(Debug, Default)]
pub(super) struct CellFormats {
    formats: Vec<ShownAs>,
    patterns: Vec<DigitPattern>,
}

/// How a format shows a number, as far as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ShownAs {
    /// As a number.
    #[default]
    Number,
    /// As a date, perhaps with a time.
    Date,
    /// As a time or a duration.
    Time(TimeFormat),
    /// By the pattern in this place.
    Digits(usize),
}

impl ShownAs {
    /// How the built-in format of an id shows a number.
    fn of_builtin(id: &str) -> Self {
        match builtin_time(id) {
            Some(time) => Self::Time(time),
            None if is_builtin_date(id) => Self::Date,
            None => Self::Number,
        }
    }

    /// Whether the number is a count of days.
    pub(super) const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Time(_))
    }
}

impl CellFormats {
    /// Reads the styles part, up to the end of the formats of cells.
    pub(super) fn read(part: &str, text: &str, bounds: &Bounds) -> Result<Self, ReadError> {
        let mut reader = Reader {
            events: Events::new(part, text, &bounds.limits).until(bounds.deadline),
            defined: BTreeMap::new(),
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

    /// How the code of a number format shows a number.
    fn add_code(&mut self, code: &str) -> ShownAs {
        if is_date_code(code) {
            return time_of(code).map_or(ShownAs::Date, ShownAs::Time);
        }
        let Some(pattern) = DigitPattern::parse(code) else { return ShownAs::Number };
        self.patterns.push(pattern);
        ShownAs::Digits(self.patterns.len() - 1)
    }

    /// How the format of this number shows one.
    pub(super) fn shown_as(&self, format: usize) -> ShownAs {
        self.formats.get(format).copied().unwrap_or_default()
    }

    /// The text that a format shows of a number, where that is a pattern of digits or a time.
    pub(super) fn show(&self, shown_as: ShownAs, value: &CellValue) -> Option<String> {
        match (shown_as, value) {
            (ShownAs::Digits(pattern), CellValue::Number(number)) => self.patterns.get(pattern)?.show(*number),
            (ShownAs::Time(TimeFormat::OfDay), CellValue::Date(days)) => {
                Some(WorkedTime::of_days(*days)?.of_day().to_string())
            }
            (ShownAs::Time(TimeFormat::Elapsed), CellValue::Date(days)) => {
                Some(WorkedTime::of_days(*days)?.to_string())
            }
            _ => None,
        }
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
    /// How the number format of an id shows a number, for those that the workbook defines.
    defined: BTreeMap<String, ShownAs>,
    formats: CellFormats,
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
                    let shown_as = self.formats.add_code(&code);
                    self.defined.insert(id.into_owned(), shown_as);
                }
            }
            (List::CellFormats, "xf") => {
                let [id] = self.events.attributes(element, ["numFmtId"])?;
                let id = id.as_deref().unwrap_or_default();
                let shown_as = self.defined.get(id).copied().unwrap_or_else(|| ShownAs::of_builtin(id));
                self.formats.formats.push(shown_as);
                check_size(Quantity::CellFormats, self.formats.formats.len() as u64, self.most_formats)?;
            }
            _ => {}
        }
        Ok(())
    }
}
