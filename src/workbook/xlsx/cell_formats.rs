//! The styles part, as far as it says how cells show numbers.

use quick_xml::events::{BytesStart, Event};

use super::super::error::ReadError;
use super::super::shown::CellFormats;
use super::super::xml::{Events, local_end, local_name};
use super::Bounds;

/// Reads the styles part, up to the end of the formats of cells.
pub(super) fn read(part: &str, text: &str, bounds: &Bounds) -> Result<CellFormats, ReadError> {
    let events = Events::new(part, text, &bounds.limits).until(bounds.deadline);
    let mut reader = Reader { events, formats: CellFormats::default(), bounds };
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
    formats: CellFormats,
    bounds: &'a Bounds,
}

impl Reader<'_> {
    fn add(&mut self, list: List, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match (list, local_name(element)) {
            (List::NumberFormats, "numFmt") => {
                let [id, code] = self.events.attributes(element, ["numFmtId", "formatCode"])?;
                if let (Some(id), Some(code)) = (id.and_then(|id| id.parse().ok()), code) {
                    self.formats.define(id, &code);
                }
            }
            (List::CellFormats, "xf") => {
                let [id] = self.events.attributes(element, ["numFmtId"])?;
                self.formats.add(id.and_then(|id| id.parse().ok()), &self.bounds.limits)?;
            }
            _ => {}
        }
        Ok(())
    }
}
