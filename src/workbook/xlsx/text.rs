//! Texts of one or many runs: a shared string, or the text in a cell itself.

use quick_xml::events::{BytesStart, Event};

use super::super::error::ReadError;
use super::super::xml::{Events, local_end, local_name};
use super::escapes;

/// The white space that a text loses at its ends unless it says that it keeps it, and a number always.
pub(super) const TRIMMED: [char; 4] = [' ', '\t', '\r', '\n'];

/// Adds the text of an element that was opened, up to its end: of all its runs, without phonetic ones.
///
/// A text within a text is refused: which one a number then means is another in each reader.
pub(super) fn push_runs(events: &mut Events<'_>, element: &BytesStart<'_>, to: &mut String) -> Result<(), ReadError> {
    let mut phonetic = false;
    loop {
        match events.next()? {
            Event::Start(inner) | Event::Empty(inner) if inner.name() == element.name() => return Err(nested(events)),
            Event::Start(inner) => match local_name(&inner) {
                "t" if !phonetic => push_text(events, &inner, to)?,
                "rPh" => phonetic = true,
                _ => {}
            },
            Event::End(end) if end.name() == element.name() => return Ok(()),
            Event::End(end) if local_end(&end) == "rPh" => phonetic = false,
            Event::Eof => return Err(events.damaged("a text does not end")),
            _ => {}
        }
    }
}

/// Adds the text of one run.
fn push_text(events: &mut Events<'_>, element: &BytesStart<'_>, to: &mut String) -> Result<(), ReadError> {
    let start = to.len();
    loop {
        match events.next()? {
            Event::Text(text) => to.push_str(&text.xml10_content()),
            Event::CData(text) => to.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => events.push_reference(&reference, to)?,
            Event::End(end) if end.name() == element.name() => break,
            Event::Start(_) | Event::Empty(_) => return Err(nested(events)),
            Event::Eof => return Err(events.damaged("a text does not end")),
            _ => {}
        }
    }
    let text = to.get(start..).unwrap_or_default();
    let kept = if keeps_space(events, element)? { text } else { text.trim_matches(TRIMMED) };
    let meant = escapes::resolve(kept);
    if meant.len() != text.len() {
        let meant = meant.into_owned();
        to.truncate(start);
        to.push_str(&meant);
    }
    Ok(())
}

fn nested(events: &Events<'_>) -> ReadError {
    events.damaged("a text within a text")
}

fn keeps_space(events: &Events<'_>, element: &BytesStart<'_>) -> Result<bool, ReadError> {
    if element.attributes_raw().is_empty() {
        return Ok(false);
    }
    let space = events.attribute(element, "space")?;
    Ok(space.is_some_and(|space| space == "preserve"))
}
