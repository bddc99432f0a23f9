//! The styles part: the formats of the marks and of the sheet `Kontrol`, appended; none that exists is changed.

use super::control_sheet::ControlStyle;
use super::escape::with_prefix;
use super::palette::{self, Look};
use super::splice::Splice;
use super::xml::{Element, Part, XmlError};
use crate::finding::Severity;

/// The children of a styles part in their order.
const CHILDREN: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Review];

/// Where the formats came to stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StyleIndexes {
    cells: Vec<(ControlStyle, usize)>,
    marks: Vec<(Severity, usize)>,
    /// The index of the format that the tag of the sheet `Kontrol` carries.
    pub(super) tag: usize,
}

impl StyleIndexes {
    /// The index of a cell format for `s="…"`.
    pub(super) fn cell(&self, style: ControlStyle) -> usize {
        self.cells.iter().find(|(known, _)| *known == style).map_or(0, |(_, index)| *index)
    }

    /// The index of a mark's format for `dxfId="…"`.
    pub(super) fn mark(&self, severity: Severity) -> usize {
        self.marks.iter().find(|(known, _)| *known == severity).map_or(0, |(_, index)| *index)
    }
}

/// Appends the formats, except those that an earlier run appended, and says where they stand.
pub(super) fn add_styles(xml: &str) -> Result<(String, StyleIndexes), XmlError> {
    let part = Part::parse(xml)?;
    let mut table = Table::read(&part)?;
    let mut indexes = StyleIndexes::default();
    for (style, look) in palette::LOOKS.iter() {
        indexes.cells.push((*style, table.add_cell_format(look)));
    }
    for severity in SEVERITIES {
        indexes.marks.push((severity, table.formats.add(&palette::mark_format(severity))));
    }
    indexes.tag = table.formats.add(&palette::tag_format());
    let mut splice = Splice::new(xml);
    table.write(&part, &mut splice)?;
    Ok((splice.finish(), indexes))
}

/// More formats of cells than these, and Excel calls the workbook damaged. Of what they are made of there need be no more.
const MOST_FORMATS: usize = 65_490;

/// The collections that a format is made of.
struct Table<'a> {
    fonts: Collection<'a>,
    fills: Collection<'a>,
    borders: Collection<'a>,
    style_formats: Collection<'a>,
    cell_formats: Collection<'a>,
    formats: Collection<'a>,
}

impl<'a> Table<'a> {
    fn read(part: &'a Part<'a>) -> Result<Self, XmlError> {
        let base_format = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";
        let no_pattern = "<fill><patternFill patternType=\"none\"/></fill>";
        let grey_pattern = "<fill><patternFill patternType=\"gray125\"/></fill>";
        Ok(Self {
            fonts: Collection::read(part, "fonts", &["<font><sz val=\"11\"/><name val=\"Calibri\"/></font>"])?,
            fills: Collection::read(part, "fills", &[no_pattern, grey_pattern])?,
            borders: Collection::read(part, "borders", &["<border/>"])?,
            style_formats: Collection::read(part, "cellStyleXfs", &[base_format])?,
            cell_formats: Collection::read(part, "cellXfs", &[base_format])?,
            formats: Collection::read(part, "dxfs", &[])?,
        })
    }

    fn add_cell_format(&mut self, look: &Look) -> usize {
        let font = self.fonts.add(&look.font);
        let fill = look.fill.as_ref().map_or(0, |fill| self.fills.add(fill));
        let border = look.border.as_ref().map_or(0, |border| self.borders.add(border));
        self.cell_formats.add(&format!(
            "<xf numFmtId=\"{}\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" \
             applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">{}</xf>",
            look.number_format, look.alignment
        ))
    }

    fn write(&self, part: &Part<'_>, splice: &mut Splice<'_>) -> Result<(), XmlError> {
        for collection in
            [&self.fonts, &self.fills, &self.borders, &self.style_formats, &self.cell_formats, &self.formats]
        {
            collection.write(part, splice)?;
        }
        Ok(())
    }
}

/// A counted collection, such as `fonts`: what it holds and what is appended.
struct Collection<'a> {
    name: &'static str,
    prefix: &'a str,
    element: Option<&'a Element<'a>>,
    items: Vec<&'a str>,
    added: Vec<String>,
}

impl<'a> Collection<'a> {
    /// Reads a collection; one that is missing or empty begins with the given items, which others refer to by 0.
    fn read(part: &'a Part<'a>, name: &'static str, first_items: &[&str]) -> Result<Self, XmlError> {
        let prefix = part.root.prefix();
        let element = part.child(name);
        let items: Vec<&str> = match element {
            Some(element) => element.children()?.iter().map(Element::source).collect(),
            None => Vec::new(),
        };
        let added = if items.is_empty() { first_items } else { &[] };
        let added = added.iter().map(|item| with_prefix(item, prefix)).collect();
        Ok(Self { name, prefix, element, items, added })
    }

    /// The index of an item, which is appended where there is no equal one; of the plain one, where there may be no more.
    fn add(&mut self, item: &str) -> usize {
        let item = with_prefix(item, self.prefix);
        let mut known = self.items.iter().copied().chain(self.added.iter().map(String::as_str));
        if let Some(index) = known.position(|known| known == item) {
            return index;
        }
        if self.items.len() + self.added.len() >= MOST_FORMATS {
            return 0;
        }
        self.added.push(item);
        self.items.len() + self.added.len() - 1
    }

    fn write(&self, part: &Part<'_>, splice: &mut Splice<'_>) -> Result<(), XmlError> {
        if self.added.is_empty() {
            return Ok(());
        }
        let added = self.added.concat();
        let count = (self.items.len() + self.added.len()).to_string();
        if let Some(element) = self.element {
            splice.set_attribute(element, "count", &count)?;
            splice.append_to(element, added);
            return Ok(());
        }
        let (prefix, name) = (self.prefix, self.name);
        let element = format!("<{prefix}{name} count=\"{count}\">{added}</{prefix}{name}>");
        splice.insert_child(part, &CHILDREN, name, element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn children(xml: &str) -> Vec<String> {
        Part::parse(xml).unwrap().children.iter().map(|child| child.local().to_owned()).collect()
    }

    fn collection_len(xml: &str, name: &str) -> usize {
        let part = Part::parse(xml).unwrap();
        let collection = part.child(name).unwrap();
        let len = collection.children().unwrap().len();
        assert_eq!(collection.attribute("count").unwrap().unwrap(), len.to_string());
        len
    }

    #[test]
    fn formats_are_appended_and_counted() {
        let xml = "<styleSheet><fonts count='1'><font/></fonts><fills count=\"2\"><fill/><fill/></fills><borders count=\"1\">\
                   <border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf/><xf a='1'/>\
                   </cellXfs><cellStyles/><dxfs count=\"0\"/><extLst/></styleSheet>";
        let (styled, indexes) = add_styles(xml).unwrap();
        assert_eq!(indexes.cell(ControlStyle::Title), 2);
        assert_eq!(indexes.mark(Severity::Error), 0);
        assert_eq!(indexes.mark(Severity::Review), 2);
        assert_eq!(collection_len(&styled, "dxfs"), 4);
        assert!(collection_len(&styled, "cellXfs") > 8);
        collection_len(&styled, "fonts");
        assert!(styled.contains("<fonts count='"), "the sender's quotes stay");
    }

    #[test]
    fn missing_collections_are_made_in_their_order_with_what_index_0_means() {
        let (styled, _) = add_styles("<x:styleSheet xmlns:x='m'><x:cellStyles/><x:extLst/></x:styleSheet>").unwrap();
        assert_eq!(
            children(&styled),
            ["fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "extLst"]
        );
        assert!(styled.contains("<x:fills count=\"") && styled.contains("<x:patternFill patternType=\"gray125\"/>"));
        collection_len(&styled, "fills");
    }

    #[test]
    fn there_are_never_more_formats_than_excel_opens() {
        for (there, expected) in [(MOST_FORMATS, MOST_FORMATS), (MOST_FORMATS - 2, MOST_FORMATS)] {
            let formats = "<xf/>".repeat(there);
            let (styled, indexes) =
                add_styles(&format!("<styleSheet><cellXfs count=\"{there}\">{formats}</cellXfs></styleSheet>"))
                    .unwrap();
            assert_eq!(collection_len(&styled, "cellXfs"), expected);
            assert!(indexes.cells.iter().all(|(_, index)| *index < MOST_FORMATS));
            assert_eq!(add_styles(&styled).unwrap().0, styled, "once is enough");
        }
    }

    #[test]
    fn formats_that_are_there_already_are_used_again() {
        let (once, indexes) = add_styles("<styleSheet/>").unwrap();
        assert!(add_styles(&once).unwrap() == (once, indexes));
    }
}
