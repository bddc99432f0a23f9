//! The shared strings, checked before calamine reserves room for as many as the part declares.

use super::super::Limits;
use super::super::archive::check_size;
use super::super::error::{Hazard, Quantity, ReadError};
use super::super::xml::Events;

/// The fewest bytes that one string takes.
const SHORTEST_STRING: usize = "<si/>".len();

/// Refuses a part that declares or holds more strings than it can or may.
pub(super) fn check(part: &str, text: &str, limits: &Limits) -> Result<(), ReadError> {
    let mut events = Events::new(part, text);
    let mut strings = 0;
    while let Some(element) = events.next_element()? {
        match element.local_name().into_inner() {
            "sst" => {
                if let Some(declared) = events.attribute(&element, "uniqueCount")? {
                    check_declared(&events, &declared, text.len() / SHORTEST_STRING)?;
                }
            }
            "si" => {
                strings += 1;
                check_size(Quantity::Cells, strings, limits.cells as u64)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_declared(events: &Events<'_>, declared: &str, room: usize) -> Result<(), ReadError> {
    match declared.trim().parse::<usize>() {
        Ok(count) if count <= room => Ok(()),
        _ => Err(events.hazardous(Hazard::StringCount(declared.chars().take(40).collect()))),
    }
}
