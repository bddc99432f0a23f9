//! A worksheet, checked cell by cell before calamine sees it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::check_size;
use super::super::error::{Hazard, Quantity, ReadError};
use super::super::xml::Events;
use super::super::{CellAddress, Limits, MergedRange};

/// The error values that calamine knows.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// What stands in for an error value that calamine does not know.
const STAND_IN_ERROR: &str = "#N/A";

/// A worksheet that calamine may read.
pub(super) struct CheckedWorksheet {
    /// Its cells alone: nothing around them, and every error value one that calamine knows.
    pub(super) clean_xml: String,
    /// The merged regions.
    pub(super) merged: Vec<MergedRange>,
    /// The error values that were replaced, by the position of their cell among all of the part.
    pub(super) other_errors: BTreeMap<usize, String>,
}

/// Checks a worksheet part.
pub(super) fn check(part: &str, text: &str, limits: &Limits) -> Result<CheckedWorksheet, ReadError> {
    let checker = Checker {
        events: Events::new(part, text),
        text,
        limits,
        cells: 0,
        merged: Vec::new(),
        other_errors: Vec::new(),
    };
    checker.check()
}

/// An error value that calamine does not know.
struct OtherError {
    /// The position of its cell among all cells of the part.
    cell: usize,
    /// Where its text stands in the part.
    place: Range<usize>,
}

struct Checker<'a> {
    events: Events<'a>,
    text: &'a str,
    limits: &'a Limits,
    cells: usize,
    merged: Vec<MergedRange>,
    other_errors: Vec<OtherError>,
}

impl Checker<'_> {
    fn check(mut self) -> Result<CheckedWorksheet, ReadError> {
        let mut sheet_data = None;
        loop {
            let start = self.events.position();
            match self.events.next()? {
                Event::Start(element) if is(&element, "sheetData") && sheet_data.is_none() => {
                    self.check_rows()?;
                    sheet_data = Some(start..self.events.position());
                }
                Event::Empty(element) if is(&element, "sheetData") && sheet_data.is_none() => {
                    sheet_data = Some(start..self.events.position());
                }
                Event::Start(element) | Event::Empty(element) if is(&element, "mergeCell") => {
                    self.add_merged(&element)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let sheet_data = sheet_data.ok_or_else(|| self.events.damaged("no sheetData"))?;
        Ok(self.finish(sheet_data))
    }

    fn finish(self, sheet_data: Range<usize>) -> CheckedWorksheet {
        let slice = |place: Range<usize>| self.text.get(place).unwrap_or_default();
        let mut clean_xml = String::from("<worksheet>");
        let mut other_errors = BTreeMap::new();
        let mut copied = sheet_data.start;
        for error in &self.other_errors {
            clean_xml.push_str(slice(copied..error.place.start));
            clean_xml.push_str(STAND_IN_ERROR);
            copied = error.place.end;
            other_errors.insert(error.cell, slice(error.place.clone()).to_owned());
        }
        clean_xml.push_str(slice(copied..sheet_data.end));
        clean_xml.push_str("</worksheet>");
        CheckedWorksheet { clean_xml, merged: self.merged, other_errors }
    }

    fn add_merged(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let reference = self.events.attribute(element, "ref")?.unwrap_or_default();
        let range =
            parse_range(&reference).ok_or_else(|| self.events.hazardous(Hazard::Reference(shown(&reference))))?;
        self.merged.push(range);
        check_size(Quantity::MergedRanges, self.merged.len() as u64, self.limits.merged_ranges as u64)
    }

    fn check_rows(&mut self) -> Result<(), ReadError> {
        loop {
            match self.events.next()? {
                Event::Start(element) | Event::Empty(element) if is(&element, "row") => self.check_row(&element)?,
                Event::Start(element) if is(&element, "c") => {
                    let kind = self.check_cell_start(&element)?;
                    self.check_cell_content(kind.as_deref())?;
                    self.cells += 1;
                }
                Event::Empty(element) if is(&element, "c") => {
                    self.check_cell_start(&element)?;
                    self.cells += 1;
                }
                Event::End(element) if element.local_name().into_inner() == "sheetData" => return Ok(()),
                Event::Eof => return Err(self.events.damaged("sheetData does not end")),
                _ => {}
            }
        }
    }

    fn check_row(&self, row: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some(number) = self.events.attribute(row, "r")? else {
            return Ok(());
        };
        match number.parse::<u32>() {
            Ok(1..=CellAddress::ROWS) if number.bytes().all(|byte| byte.is_ascii_digit()) => Ok(()),
            _ => Err(self.events.hazardous(Hazard::Reference(shown(&number)))),
        }
    }

    /// Checks where a cell stands; returns the type of its value.
    fn check_cell_start<'e>(&self, cell: &'e BytesStart<'_>) -> Result<Option<Cow<'e, str>>, ReadError> {
        if let Some(reference) = self.events.attribute(cell, "r")?
            && reference.parse::<CellAddress>().is_err()
        {
            return Err(self.events.hazardous(Hazard::Reference(shown(&reference))));
        }
        self.events.attribute(cell, "t")
    }

    fn check_cell_content(&mut self, kind: Option<&str>) -> Result<(), ReadError> {
        loop {
            match self.events.next()? {
                Event::Start(element) if is(&element, "v") => self.check_value(kind)?,
                Event::Start(element) if is(&element, "f") => {
                    self.check_formula(&element)?;
                    self.check_text("f")?;
                }
                Event::Empty(element) if is(&element, "f") => self.check_formula(&element)?,
                Event::End(element) if element.local_name().into_inner() == "c" => return Ok(()),
                Event::Eof => return Err(self.events.damaged("a cell does not end")),
                _ => {}
            }
        }
    }

    /// calamine reads a number, index, truth or error from the first piece of text alone, so there must be one piece.
    fn check_value(&mut self, kind: Option<&str>) -> Result<(), ReadError> {
        if matches!(kind, Some("str" | "d" | "inlineStr")) {
            return self.check_text("v");
        }
        let start = self.events.position();
        let mut event = self.events.next()?;
        if let Event::Text(text) = &event {
            if kind == Some("e") && !KNOWN_ERRORS.contains(&&**text) {
                self.other_errors.push(OtherError { cell: self.cells, place: start..self.events.position() });
            }
            event = self.events.next()?;
        }
        match event {
            Event::End(_) => Ok(()),
            _ => Err(self.broken_value()),
        }
    }

    /// calamine drops a CDATA section without a word, so there must be none.
    fn check_text(&mut self, element: &str) -> Result<(), ReadError> {
        loop {
            match self.events.next()? {
                Event::Text(_) | Event::GeneralRef(_) => {}
                Event::End(end) if end.local_name().into_inner() == element => return Ok(()),
                _ => return Err(self.broken_value()),
            }
        }
    }

    fn check_formula(&self, formula: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.events.attribute(formula, "t")?.as_deref() != Some("shared") {
            return Ok(());
        }
        let index = self.events.attribute(formula, "si")?.unwrap_or_default();
        if !index.parse::<usize>().is_ok_and(|number| number < self.limits.cells) {
            return Err(self.events.hazardous(Hazard::SharedFormulaIndex(shown(&index))));
        }
        match self.events.attribute(formula, "ref")? {
            Some(range) if parse_range(&range).is_none() => {
                Err(self.events.hazardous(Hazard::Reference(shown(&range))))
            }
            _ => Ok(()),
        }
    }

    fn broken_value(&self) -> ReadError {
        self.events.hazardous(Hazard::BrokenValue(format!("cell number {}", self.cells + 1)))
    }
}

fn is(element: &BytesStart<'_>, local_name: &str) -> bool {
    element.local_name().into_inner() == local_name
}

/// `A1:C3` or `A1`.
fn parse_range(text: &str) -> Option<MergedRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    MergedRange::new(first.parse().ok()?, last.parse().ok()?)
}

/// So much of a hostile text as an error may carry.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
