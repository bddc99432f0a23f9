//! The shared strings: all in one text, each known by where it ends.

use quick_xml::events::Event;

use super::super::archive::check_size;
use super::super::error::{Quantity, ReadError};
use super::super::xml::{Events, local_end, local_name};
use super::Bounds;
use super::text::push_runs;

/// The texts that cells name by their number.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    text: String,
    ends: Vec<usize>,
}

impl SharedStrings {
    /// Reads the part; refuses one that holds more strings than it may. How many it says to hold does not count: no room is
    /// made for them.
    pub(super) fn read(part: &str, text: &str, bounds: &Bounds) -> Result<Self, ReadError> {
        let mut events = Events::new(part, text, &bounds.limits).until(bounds.deadline);
        events.count_elements(false);
        let mut strings = Self::default();
        let mut in_table = false;
        loop {
            match events.next()? {
                Event::Start(element) => match local_name(&element) {
                    "sst" => in_table = true,
                    "si" if in_table => {
                        push_runs(&mut events, &element, &mut strings.text)?;
                        strings.end_one(bounds)?;
                    }
                    _ => {}
                },
                Event::Empty(element) => match local_name(&element) {
                    "sst" => return Ok(strings),
                    "si" if in_table => strings.end_one(bounds)?,
                    _ => {}
                },
                Event::End(end) if local_end(&end) == "sst" => return Ok(strings),
                Event::Eof => return Err(events.damaged("no shared strings")),
                _ => {}
            }
        }
    }

    /// The string of a number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..end)
    }

    fn end_one(&mut self, bounds: &Bounds) -> Result<(), ReadError> {
        self.ends.push(self.text.len());
        check_size(Quantity::SharedStrings, self.ends.len() as u64, bounds.limits.shared_strings as u64)
    }
}
