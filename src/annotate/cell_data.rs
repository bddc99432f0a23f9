//! The cells of a worksheet, which no edit touches, kept apart from what stands around them.

use std::ops::Range;

use super::xml::{Element, Part, XmlError};

/// A worksheet part in two pieces, so that edits walk over the small one only.
#[derive(Debug)]
pub(super) struct Worksheet<'a> {
    /// The part with an empty `sheetData`.
    pub(super) around: String,
    /// What stands in its `sheetData`.
    cells: &'a str,
}

impl<'a> Worksheet<'a> {
    /// Cuts a part; `cells` is where the content of its `sheetData` stands, where that is known already.
    pub(super) fn cut(xml: &'a str, cells: Option<Range<usize>>) -> Result<Self, XmlError> {
        let place = match cells {
            Some(place) => place,
            None => content_of_sheet_data(xml)?.unwrap_or(xml.len()..xml.len()),
        };
        let piece = |range: Range<usize>| xml.get(range).unwrap_or_default();
        let around = [piece(0..place.start), piece(place.end..xml.len())].concat();
        Ok(Self { around, cells: piece(place) })
    }

    /// The part whose surroundings were edited, with its cells.
    pub(super) fn with_cells(&self, around: &str) -> Result<String, XmlError> {
        if self.cells.is_empty() {
            return Ok(around.to_owned());
        }
        let place = content_of_sheet_data(around)?.ok_or(XmlError::Missing("sheetData"))?.start;
        let (before, after) = around.split_at_checked(place).ok_or(XmlError::Missing("sheetData"))?;
        Ok([before, self.cells, after].concat())
    }
}

/// Where the content of the first `sheetData` stands, where it has any.
fn content_of_sheet_data(xml: &str) -> Result<Option<Range<usize>>, XmlError> {
    Ok(Part::parse(xml)?.child("sheetData").and_then(Element::content))
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
        ] {
            let worksheet = Worksheet::cut(xml, None).unwrap();
            assert!(!worksheet.around.contains("row"));
            assert_eq!(worksheet.with_cells(&worksheet.around).unwrap(), xml);
        }
    }

    #[test]
    fn cells_go_back_where_their_element_came_to_stand() {
        let xml = "<worksheet><sheetData><row/></sheetData></worksheet>";
        let worksheet = Worksheet::cut(xml, Some(22..28)).unwrap();
        assert_eq!(worksheet.around, "<worksheet><sheetData></sheetData></worksheet>");
        let edited = worksheet.around.replace("<sheetData>", "<cols/><sheetData>");
        let whole = "<worksheet><cols/><sheetData><row/></sheetData></worksheet>";
        assert_eq!(worksheet.with_cells(&edited).unwrap(), whole);
    }
}
