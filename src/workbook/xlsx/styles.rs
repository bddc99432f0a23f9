//! The styles, reduced to what makes a number a date.

use std::fmt::Write as _;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::error::{Quantity, ReadError};
use super::super::xml::{Events, escape};

/// The formats of cells that a workbook can have, by Excel's own limits.
const MAX_CELL_FORMATS: u64 = 65_490;

/// The characters that a number format can have, by Excel's own limits; nothing longer is a date's.
const MAX_FORMAT_CHARS: usize = 255;

/// The styles part with only its number formats and which cell format uses which.
///
/// calamine copies fonts, fills, borders and the text of the number format for each cell format, so that a small part
/// could grow without bounds.
pub(super) fn clean(part: &str, text: &str) -> Result<String, ReadError> {
    let mut events = Events::new(part, text);
    let (mut number_formats, mut cell_formats, mut count) = (String::new(), String::new(), 0);
    let mut in_cell_formats = false;
    loop {
        let event = events.next()?;
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().into_inner() {
                "cellXfs" => in_cell_formats = true,
                "numFmt" => copy_number_format(&events, &element, &mut number_formats)?,
                "xf" if in_cell_formats => {
                    count += 1;
                    check_size(Quantity::CellFormats, count, MAX_CELL_FORMATS)?;
                    copy_cell_format(&events, &element, &mut cell_formats)?;
                }
                _ => {}
            },
            Event::End(element) if element.local_name().into_inner() == "cellXfs" => in_cell_formats = false,
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(format!("<styleSheet><numFmts>{number_formats}</numFmts><cellXfs>{cell_formats}</cellXfs></styleSheet>"))
}

fn copy_number_format(events: &Events<'_>, element: &BytesStart<'_>, to: &mut String) -> Result<(), ReadError> {
    let id = events.attribute(element, "numFmtId")?;
    let code = events.attribute(element, "formatCode")?;
    if let (Some(id), Some(code)) = (id, code)
        && code.chars().count() <= MAX_FORMAT_CHARS
    {
        let _ = write!(to, r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, escape(&id), escape(&code));
    }
    Ok(())
}

fn copy_cell_format(events: &Events<'_>, element: &BytesStart<'_>, to: &mut String) -> Result<(), ReadError> {
    let id = events.attribute(element, "numFmtId")?.unwrap_or_default();
    let _ = write!(to, r#"<xf numFmtId="{}"/>"#, escape(&id));
    Ok(())
}
