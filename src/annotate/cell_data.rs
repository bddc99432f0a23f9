//! The cells of a worksheet, which no edit touches, kept apart from what stands around them.

use std::borrow::Cow;
use std::ops::Range;

use super::splice::Splice;
use super::xml::{Element, Part, XmlError};

/// The children of a worksheet whose content no edit touches, and that are large.
const SET_ASIDE: [&str; 2] = ["sheetData", "dataValidations"];

/// A worksheet part in pieces, so that edits walk over the small one only.
#[derive(Debug)]
pub(super) struct Worksheet<'a> {
    /// The part with nothing in the elements that are set aside.
    pub(super) around: String,
    /// What stands in these elements.
    contents: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> Worksheet<'a> {
    /// Cuts a part; `cells` is where the content of its `sheetData` stands, where that is known already.
    pub(super) fn cut(xml: &'a str, cells: Option<Range<usize>>) -> Result<Self, XmlError> {
        let cells = match cells {
            Some(cells) => cells,
            None => Part::parse(xml)?.child("sheetData").and_then(Element::content).unwrap_or(xml.len()..xml.len()),
        };
        let (around, content) = without(xml, cells);
        let mut worksheet = Self { around, contents: vec![("sheetData", Cow::Borrowed(content))] };
        for (name, place) in places(&worksheet.around)? {
            if !place.is_empty() {
                let (around, content) = without(&worksheet.around, place);
                let content = content.to_owned();
                worksheet.around = around;
                worksheet.contents.push((name, Cow::Owned(content)));
                break;
            }
        }
        worksheet.contents.retain(|(_, content)| !content.is_empty());
        Ok(worksheet)
    }

    /// The part whose surroundings were edited, with its cells.
    pub(super) fn with_cells(&self, around: &str) -> Result<String, XmlError> {
        let mut splice = Splice::new(around);
        let places = places(around)?;
        for (name, content) in &self.contents {
            let place = places.iter().find(|(found, _)| found == name).ok_or(XmlError::Missing(name))?;
            splice.insert(place.1.start, content.as_ref());
        }
        Ok(splice.finish())
    }
}

/// A text without a stretch of it, and the stretch.
fn without(xml: &str, place: Range<usize>) -> (String, &str) {
    let piece = |range: Range<usize>| xml.get(range).unwrap_or_default();
    ([piece(0..place.start), piece(place.end..xml.len())].concat(), piece(place))
}

/// Where the content of the elements that are set aside stands, of those that have room for any.
fn places(xml: &str) -> Result<Vec<(&'static str, Range<usize>)>, XmlError> {
    let part = Part::parse(xml)?;
    let place = |name| Some((name, part.child(name)?.content()?));
    Ok(SET_ASIDE.into_iter().filter_map(place).collect())
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
            "<worksheet><sheetData><row/></sheetData><dataValidations count='1'><row/></dataValidations></worksheet>",
            "<worksheet><dataValidations><row/></dataValidations><sheetData><row/></sheetData></worksheet>",
            "<worksheet><sheetData/><extLst><x:dataValidations><x/></x:dataValidations></extLst></worksheet>",
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
