//! Formulas that groups of cells share: the text stands with one of them.

use std::collections::BTreeMap;

use calamine::XlsxError;
use quick_xml::events::BytesStart;

use super::super::budget::Budget;
use super::super::error::{Hazard, ReadError};
use super::super::xml::Events;
use super::super::{CellAddress, Limits, MergedRange};
use super::translation::translate;
use super::worksheet::shown;

/// The formulas that groups of cells share, each with the cell that its text is written for.
#[derive(Default)]
pub(super) struct SharedFormulas {
    templates: BTreeMap<usize, (String, CellAddress)>,
}

/// What a formula's element says of it.
pub(super) enum FormulaHead {
    /// It is the cell's own.
    Own,
    /// It is the cell's, and others of the group of this number take theirs from it.
    First(usize),
    /// It is that of the group of this number.
    Taken(usize),
}

impl FormulaHead {
    /// Reads the attributes; a group has no number beyond all cells, and no range outside of a sheet.
    pub(super) fn read(events: &Events<'_>, element: &BytesStart<'_>, limits: &Limits) -> Result<Self, ReadError> {
        if element.attributes_raw().is_empty() {
            return Ok(Self::Own);
        }
        let [kind, index, range] = events.attributes(element, ["t", "si", "ref"])?;
        if kind.as_deref() != Some("shared") {
            return Ok(Self::Own);
        }
        let index = index.unwrap_or_default();
        let group = index.parse::<usize>().ok().filter(|group| *group < limits.cells);
        let group = group.ok_or_else(|| events.hazardous(Hazard::SharedFormulaIndex(shown(&index))))?;
        match range {
            Some(range) if MergedRange::parse(&range).is_none() => {
                Err(events.hazardous(Hazard::Reference(shown(&range))))
            }
            Some(_) => Ok(Self::First(group)),
            None => Ok(Self::Taken(group)),
        }
    }
}

impl SharedFormulas {
    /// Keeps the text of a group's first cell.
    pub(super) fn keep(&mut self, group: usize, text: &str, at: CellAddress, budget: &Budget) -> Result<(), ReadError> {
        budget.check_chars(text)?;
        self.templates.insert(group, (text.to_owned(), at));
        Ok(())
    }

    /// The group's formula, translated to a cell; nothing where its first cell did not come before.
    pub(super) fn translated(&self, group: usize, to: CellAddress) -> Result<String, XlsxError> {
        let Some((text, from)) = self.templates.get(&group) else { return Ok(String::new()) };
        translate(text, *from, to)
    }
}
