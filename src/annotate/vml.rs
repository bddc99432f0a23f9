//! The VML drawing that holds the boxes of the notes; Excel shows no note without one.
//!
//! The drawings are not always well-formed (Excel itself writes `<br>` into the texts of controls), so tags are
//! looked at one by one.

use std::collections::BTreeMap;

use super::grid::{Anchor, Grid, Size};
use super::marked_cell::MarkedCell;
use super::shape_ids::ShapeIds;
use super::splice::Splice;
use super::xml::{Element, XmlError, loose_elements};
use crate::workbook::CellAddress;

const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];

const NOTE_TYPE: &str = "_x0000_t202";

/// What a line of a note holds at the width of its box.
const LINE_CHARS: usize = 50;
const LINE_PIXELS: u32 = 15;
const BOX_PIXELS: u32 = 310;
const MARGIN_PIXELS: u32 = 14;

/// A drawing without shapes.
pub(super) fn empty(block: u32) -> String {
    let namespaces = NAMESPACES.map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\"")).concat();
    format!(
        "<xml{namespaces}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>"
    )
}

/// Gives each cell that has none a box for its note, and enlarges those that are there to the text they now hold.
pub(super) fn add_boxes(
    xml: &str,
    cells: &[&MarkedCell],
    texts: &BTreeMap<CellAddress, String>,
    grid: &Grid,
    first_free_block: u32,
) -> Result<String, XmlError> {
    let drawing = Drawing::read(xml)?;
    let mut splice = Splice::new(xml);
    let mut ids = drawing.ids(first_free_block)?;
    let mut added = String::new();
    for cell in cells {
        let size = box_size(texts.get(&cell.anchor()).map_or("", String::as_str));
        if let Some(shape) = drawing.notes.get(&cell.anchor()) {
            let anchored = enlarge(&mut splice, shape, grid, size)?;
            if !anchored {
                place(&mut splice, shape, &grid.beside(cell.anchor(), cell.region.last.column, size))?;
            }
        } else {
            let anchor = grid.beside(cell.anchor(), cell.region.last.column, size);
            added.push_str(&shape(cell.anchor(), ids.next(), &anchor));
        }
    }
    if !added.is_empty() {
        drawing.add(&mut splice, &added, &ids)?;
    }
    Ok(splice.finish())
}

/// Removes the boxes of cells that are left without a note.
pub(super) fn remove_boxes(xml: &str, cells: &[CellAddress]) -> Result<String, XmlError> {
    let drawing = Drawing::read(xml)?;
    let mut splice = Splice::new(xml);
    for cell in cells {
        if let Some(shape) = drawing.notes.get(cell) {
            splice.remove(shape.span());
        }
    }
    Ok(splice.finish())
}

/// The highest block of ids that a drawing has reserved.
pub(super) fn highest_block(xml: &str) -> Result<u32, XmlError> {
    let blocks = blocks(id_map(&loose_elements(xml)?))?;
    Ok(blocks.into_iter().max().unwrap_or(0))
}

/// What we need to know of a drawing.
struct Drawing<'a> {
    root: Element<'a>,
    elements: Vec<Element<'a>>,
    notes: BTreeMap<CellAddress, Element<'a>>,
}

impl<'a> Drawing<'a> {
    fn read(xml: &'a str) -> Result<Self, XmlError> {
        let elements = loose_elements(xml)?;
        let root = elements.first().cloned().ok_or(XmlError::Missing("xml"))?;
        if !root.is_closed() {
            return Err(XmlError::Missing("/xml"));
        }
        let mut notes = BTreeMap::new();
        let mut seen = 0;
        for shape in elements.iter().filter(|element| element.local() == "shape") {
            // A shape within a shape is no note; looking into each would read deep nests over and over.
            if shape.span().start < seen {
                continue;
            }
            seen = shape.span().end;
            if let Some(cell) = noted_cell(shape)? {
                notes.entry(cell).or_insert_with(|| shape.clone());
            }
        }
        Ok(Self { root, elements, notes })
    }

    fn ids(&self, first_free_block: u32) -> Result<ShapeIds, XmlError> {
        let mut ids = ShapeIds::new(blocks(id_map(&self.elements))?, first_free_block);
        for shape in self.elements.iter().filter(|element| element.local() == "shape") {
            for name in ["id", "spid"] {
                ids.see(shape.attribute(name)?.as_deref().unwrap_or_default());
            }
        }
        Ok(ids)
    }

    /// Adds shapes, and before them what they refer to.
    fn add(&self, splice: &mut Splice<'_>, shapes: &str, ids: &ShapeIds) -> Result<(), XmlError> {
        for (prefix, uri) in NAMESPACES {
            match self.root.namespace_of(prefix)? {
                Some(bound) if bound == uri => {}
                Some(_) => return Err(XmlError::PrefixTaken(prefix)),
                None => splice.set_attribute(&self.root, &format!("xmlns:{prefix}"), uri)?,
            }
        }
        let blocks = ids.blocks_text();
        match id_map(&self.elements) {
            Some(map) => splice.set_attribute(map, "data", &blocks)?,
            None => splice.insert(
                self.root.tag().end,
                format!("<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>"),
            ),
        }
        let shape_type = if self.has_note_type()? { String::new() } else { note_type() };
        splice.append_to(&self.root, format!("{shape_type}{shapes}"));
        Ok(())
    }

    fn has_note_type(&self) -> Result<bool, XmlError> {
        for element in self.elements.iter().filter(|element| element.local() == "shapetype") {
            if element.attribute("id")?.as_deref() == Some(NOTE_TYPE) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The element that says which blocks of ids are reserved.
fn id_map<'s, 'a>(elements: &'s [Element<'a>]) -> Option<&'s Element<'a>> {
    elements.iter().find(|element| element.local() == "idmap")
}

fn blocks(map: Option<&Element<'_>>) -> Result<Vec<u32>, XmlError> {
    let Some(map) = map else { return Ok(Vec::new()) };
    let data = map.attribute("data")?.unwrap_or_default();
    Ok(data.split(',').filter_map(|block| block.trim().parse().ok()).collect())
}

/// The cell whose note a shape is the box of.
fn noted_cell(shape: &Element<'_>) -> Result<Option<CellAddress>, XmlError> {
    let Some(data) = shape.loose_child("ClientData")? else { return Ok(None) };
    if data.attribute("ObjectType")?.as_deref() != Some("Note") {
        return Ok(None);
    }
    let number = |name| -> Result<Option<u32>, XmlError> {
        let Some(element) = data.loose_child(name)? else { return Ok(None) };
        Ok(element.text()?.trim().parse().ok())
    };
    Ok(number("Row")?.zip(number("Column")?).map(|(row, column)| CellAddress::new(row, column)))
}

/// Enlarges a box to a text; `false` where the box is not tied to cells.
fn enlarge(splice: &mut Splice<'_>, shape: &Element<'_>, grid: &Grid, size: Size) -> Result<bool, XmlError> {
    let Some(element) = shape.loose_child("Anchor")? else { return Ok(false) };
    let (Some(anchor), Some(content)) = (Anchor::parse(&element.text()?), element.content()) else { return Ok(true) };
    let enlarged = anchor.enlarged_to(&grid.box_at(anchor, size));
    if enlarged != anchor {
        splice.replace(content, enlarged.text());
    }
    Ok(true)
}

/// Ties a box to cells that has its size in its style alone, as openpyxl writes it.
fn place(splice: &mut Splice<'_>, shape: &Element<'_>, anchor: &Anchor) -> Result<(), XmlError> {
    if let Some(data) = shape.loose_child("ClientData")? {
        let name = data.name().replace("ClientData", "Anchor");
        splice.append_to(&data, format!("<{name}>{}</{name}>", anchor.text()));
    }
    Ok(())
}

/// How large a box must be to show a text whole.
fn box_size(text: &str) -> Size {
    let lines: usize = text.split('\n').map(|line| line.chars().count().div_ceil(LINE_CHARS).max(1)).sum();
    let lines = u32::try_from(lines).unwrap_or(u32::MAX);
    Size { width: BOX_PIXELS, height: lines.saturating_mul(LINE_PIXELS).saturating_add(MARGIN_PIXELS) }
}

fn note_type() -> String {
    format!(
        "<v:shapetype id=\"{NOTE_TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
         <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    )
}

fn shape(cell: CellAddress, id: u32, anchor: &Anchor) -> String {
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#{NOTE_TYPE}\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;\
         width:232pt;height:80pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        anchor.text(),
        cell.row,
        cell.column
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::region::Region;
    use crate::annotate::xml::Part;
    use crate::finding::Severity;

    /// As Excel writes it: a control with an unclosed `<br>`, and a note on B3.
    const SENDERS: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
        xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/>\
        </o:shapelayout><v:shapetype id=\"_x0000_t202\"/><v:shape id=\"Knap_1\" o:spid=\"_x0000_s1030\"><v:textbox><div>Tryk<br>\
        her</div></v:textbox><x:ClientData ObjectType=\"Button\"><x:Anchor>0, 0, 0, 0, 1, 0, 1, 0</x:Anchor></x:ClientData>\
        </v:shape><v:shape id=\"_x0000_s1025\"><x:ClientData ObjectType=\"Note\"><x:Anchor>\n  2, 15, 1, 2, 4, 15, 3, 4\
        </x:Anchor><x:Row>2</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>";

    #[test]
    fn a_drawing_that_does_not_end_is_an_error() {
        let unclosed = SENDERS.strip_suffix("</xml>").unwrap();
        assert!(matches!(remove_boxes(unclosed, &[]), Err(XmlError::Missing("/xml"))));
        assert!(remove_boxes("<xml/>", &[]).is_ok());
    }

    fn with_notes(xml: &str, addresses: &[&str]) -> String {
        let cells: Vec<MarkedCell> = addresses
            .iter()
            .map(|address| MarkedCell {
                region: Region::parse(address).unwrap(),
                severity: Severity::Error,
                heading: String::new(),
                body: String::new(),
            })
            .collect();
        let texts = cells.iter().map(|cell| (cell.anchor(), "en linje\n".repeat(12))).collect();
        let grid = Grid::read(&Part::parse("<worksheet/>").unwrap()).unwrap();
        add_boxes(xml, &cells.iter().collect::<Vec<_>>(), &texts, &grid, 5).unwrap()
    }

    #[test]
    fn boxes_are_added_to_a_drawing_that_holds_controls_and_notes() {
        let edited = with_notes(SENDERS, &["D9"]);
        assert!(edited.contains("id=\"_x0000_s1031\""));
        assert!(edited.contains("<x:Row>8</x:Row><x:Column>3</x:Column></x:ClientData></v:shape></xml>"));
        assert_eq!(edited.matches("<v:shapetype").count(), 1);
        assert!(edited.contains("data=\"1\""));
    }

    #[test]
    fn a_box_that_is_not_tied_to_cells_is_given_room_for_the_text() {
        let (before, rest) = SENDERS.split_once("<x:Anchor>\n").unwrap();
        let unanchored = format!("{before}{}", rest.split_once("</x:Anchor>").unwrap().1);
        let edited = with_notes(&unanchored, &["B3"]);
        assert!(edited.contains("<x:Row>2</x:Row><x:Column>1</x:Column><x:Anchor>"), "{edited}");
        assert_eq!(with_notes(&edited, &["B3"]), edited);
    }

    #[test]
    fn the_box_of_a_note_that_is_there_is_enlarged_once() {
        let edited = with_notes(SENDERS, &["B3"]);
        assert!(edited.contains("<x:Anchor>2, 15, 1, 2, 7, 5, 11, 11</x:Anchor>"), "{edited}");
        assert_eq!(edited.matches("<v:shape ").count(), 2);
        assert_eq!(with_notes(&edited, &["B3"]), edited);
    }

    #[test]
    fn a_new_drawing_has_all_that_its_shapes_refer_to() {
        let edited = with_notes(&empty(3), &["A1", "A2"]);
        assert_eq!(edited.matches("<v:shapetype id=\"_x0000_t202\"").count(), 1);
        assert!(edited.contains("\"_x0000_s3073\"") && edited.contains("\"_x0000_s3074\""));
        assert_eq!(highest_block(&edited).unwrap(), 3);
    }

    #[test]
    fn prefixes_and_blocks_that_a_drawing_lacks_are_added() {
        let edited = with_notes("<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"/>", &["A1"]);
        assert!(edited.contains("xmlns:x=\"urn:schemas-microsoft-com:office:excel\""));
        assert!(edited.contains("data=\"5\"") && edited.contains("_x0000_s5121"));
        assert!(crate::annotate::xml::Part::parse(&edited).is_ok());
    }

    #[test]
    fn a_drawing_in_which_our_prefixes_mean_something_else_is_left_alone() {
        let xml = "<xml xmlns:o=\"urn:other\"/>";
        let drawing = Drawing::read(xml).unwrap();
        let ids = drawing.ids(1).unwrap();
        assert!(matches!(drawing.add(&mut Splice::new(xml), "", &ids), Err(XmlError::PrefixTaken("o"))));
    }

    #[test]
    fn a_box_is_removed_with_its_note() {
        let edited = remove_boxes(SENDERS, &["B3".parse().unwrap()]).unwrap();
        assert!(!edited.contains("_x0000_s1025") && edited.contains("Knap_1"));
    }
}
