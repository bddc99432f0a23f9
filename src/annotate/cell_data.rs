//! The cells of a worksheet, which no edit touches, kept apart from what stands around them.

use std::ops::Range;

use super::xml::{Element, Part, XmlError};

/// Stands for the cells while they are set aside; XML cannot hold it.
const PLACE: &str = "\0";

/// A worksheet part in two pieces, so that edits walk over the small one only.
#[derive(Debug)]
pub(super) struct Worksheet<'a> {
    /// The part with a placeholder in its `sheetData`.
    pub(super) around: String,
    /// What stands there.
    cells: &'a str,
}

impl<'a> Worksheet<'a> {
    /// Cuts a part; `cells` is where the content of its `sheetData` stands, where that is known already. A part without
    /// cells, or that could be taken for one that is cut, stays whole.
    pub(super) fn cut(xml: &'a str, cells: Option<Range<usize>>) -> Result<Self, XmlError> {
        let range = match cells {
            Some(cells) => Some(cells),
            None => Part::parse(xml)?.child("sheetData").and_then(Element::content),
        };
        let pieces = range.and_then(|range| {
            let (before, cells, after) = (xml.get(..range.start)?, xml.get(range.clone())?, xml.get(range.end..)?);
            let can_be_cut = !cells.is_empty() && !before.contains(PLACE) && !after.contains(PLACE);
            can_be_cut.then_some((before, cells, after))
        });
        Ok(match pieces {
            Some((before, cells, after)) => Self { around: [before, PLACE, after].concat(), cells },
            None => Self { around: xml.to_owned(), cells: "" },
        })
    }

    /// The part whose surroundings were edited, with its cells.
    pub(super) fn with_cells(&self, around: &str) -> Result<String, XmlError> {
        if self.cells.is_empty() {
            return Ok(around.to_owned());
        }
        let (before, after) = around.split_once(PLACE).ok_or(XmlError::Missing("sheetData"))?;
        Ok([before, self.cells, after].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worksheet_comes_together_again_byte_for_byte() {
        for xml in [
            "<worksheet><sheetData><row><c/></row></sheetData><mergeCells/></worksheet>",
            "<x:worksheet><x:sheetData a='1'> <x:row/></x:sheetData ></x:worksheet>",
            "<worksheet><sheetData/></worksheet>",
            "<worksheet><cols/></worksheet>",
            "<worksheet><sheetData><row/></sheetData><dataValidations count='1'><x/></dataValidations></worksheet>",
            "<worksheet><dataValidations><x/></dataValidations><sheetData><row/></sheetData></worksheet>",
            "<worksheet><sheetData/><extLst><x:dataValidations><x/></x:dataValidations></extLst></worksheet>",
            "<worksheet><cols>\0</cols><sheetData><row/></sheetData></worksheet>",
        ] {
            let worksheet = Worksheet::cut(xml, None).unwrap();
            assert_eq!(worksheet.around.contains("row"), xml.contains(PLACE));
            assert_eq!(worksheet.with_cells(&worksheet.around).unwrap(), xml);
        }
    }

    #[test]
    fn cells_go_back_where_their_element_came_to_stand() {
        let xml = "<worksheet><sheetData><row/></sheetData></worksheet>";
        let worksheet = Worksheet::cut(xml, Some(22..28)).unwrap();
        assert_eq!(worksheet.around, "<worksheet><sheetData>\0</sheetData></worksheet>");
        let edited = worksheet.around.replace("<sheetData>", "<cols/><sheetData>");
        let whole = "<worksheet><cols/><sheetData><row/></sheetData></worksheet>";
        assert_eq!(worksheet.with_cells(&edited).unwrap(), whole);
    }
}
