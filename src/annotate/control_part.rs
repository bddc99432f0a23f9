//! The sheet `Kontrol` as a worksheet part: inline strings, so that the sender's shared strings stay untouched.

use std::fmt::Write as _;

use super::control_sheet::{ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle};
use super::dialect::Dialect;
use super::escape::{escape, push_escaped_text};
use super::region::Region;
use super::styles::StyleIndexes;
use super::workbook_part::quoted_sheet_name;

use super::{palette, tag, worksheet};
use crate::plain_text::is_invisible;
use crate::workbook::CellAddress;

/// The highest row that Excel allows, in tenths of a point.
const HIGHEST_ROW: u32 = 4_090;

/// Writes the worksheet part; links to sheets that `has_sheet` does not know are written as text.
pub(super) fn control_part(
    sheet: &ControlSheet,
    styles: &StyleIndexes,
    dialect: Dialect,
    has_sheet: &dyn Fn(&str) -> bool,
) -> String {
    let rows = RowWriter::new(sheet, styles).written(&sheet.rows);
    let mark = worksheet::conditional_format("A1", styles.tag, 1, &tag::control_formula());
    format!(
        "{}<worksheet xmlns=\"{}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/>{}<sheetData>{rows}</sheetData>{}{mark}{}\
         <pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;L&amp;8&amp;F&amp;R&amp;8Side &amp;P af &amp;N</oddFooter></headerFooter></worksheet>",
        super::XML_HEADER,
        dialect.main,
        columns(&sheet.column_widths),
        merged_cells(sheet),
        hyperlinks(sheet, has_sheet)
    )
}

/// The 1-based row that is repeated at the head of each printed page.
pub(super) fn header_row(sheet: &ControlSheet) -> Option<u32> {
    let last = sheet.rows.iter().rposition(|row| row.header)?;
    u32::try_from(last + 1).ok()
}

/// The height of a row in tenths of a point: that of its lines, in the largest font it holds.
pub(super) fn row_height(row: &ControlRow) -> u32 {
    let has = |style| row.cells.iter().any(|cell| cell.style == style);
    let (line, padding) = if has(ControlStyle::Title) {
        (240, 60)
    } else if has(ControlStyle::Heading) {
        (160, 80)
    } else if has(ControlStyle::TableHeader) {
        (135, 65)
    } else {
        (133, 37)
    };
    (u32::from(row.lines.max(1)) * line + padding).min(HIGHEST_ROW)
}

fn columns(widths: &[u16]) -> String {
    if widths.is_empty() {
        return String::new();
    }
    let columns: Vec<String> = (1..)
        .zip(widths)
        .map(|(number, width)| {
            let width = (*width).min(255);
            format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
        })
        .collect();
    format!("<cols>{}</cols>", columns.concat())
}

/// Writes rows one after the other; what all of them need is made ready once, for they are most of the part.
struct RowWriter {
    xml: String,
    width: usize,
    /// The names of the columns, as many as a row has at most.
    columns: Vec<String>,
    /// What follows the name of a cell, by its style.
    style_attributes: Vec<(ControlStyle, String)>,
}

impl RowWriter {
    fn new(sheet: &ControlSheet, styles: &StyleIndexes) -> Self {
        let width = sheet.column_widths.len();
        let most = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(width);
        let columns = (0..).take(most).map(|column| CellAddress::new(0, column).column_name()).collect();
        let attribute = |style| (style, format!("\" s=\"{}\"", styles.cell(style)));
        let style_attributes = palette::CONTROL_STYLES.into_iter().map(attribute).collect();
        Self { xml: String::with_capacity(sheet.rows.len() * 512), width, columns, style_attributes }
    }

    fn written(mut self, rows: &[ControlRow]) -> String {
        for (number, row) in (1_u32..).zip(rows) {
            self.push_row(number, row);
        }
        self.xml
    }

    fn push_row(&mut self, number: u32, row: &ControlRow) {
        let height = row_height(row);
        let (points, tenths) = (height / 10, height % 10);
        let number = number.to_string();
        put(&mut self.xml, format_args!("<row r=\"{number}\" ht=\"{points}.{tenths}\" customHeight=\"1\">"));
        for (column, cell) in row.cells.iter().enumerate() {
            self.push_cell(column, &number, cell);
        }
        if let Some(last) = row.cells.last().filter(|_| is_extended(row, self.width)) {
            // The border of a merged region is that of each of its cells.
            for column in row.cells.len()..self.width {
                self.begin_cell(column, &number, last.style);
                self.xml.push_str("/>");
            }
        }
        self.xml.push_str("</row>");
    }

    fn push_cell(&mut self, column: usize, row: &str, cell: &ControlCell) {
        self.begin_cell(column, row, cell.style);
        let xml = &mut self.xml;
        match &cell.content {
            ControlContent::Blank => xml.push_str("/>"),
            ControlContent::Text(text) | ControlContent::Link { text, .. } => {
                xml.push_str(" t=\"inlineStr\"><is>");
                xml.push_str(if has_edge_space(text) { "<t xml:space=\"preserve\">" } else { "<t>" });
                push_escaped_text(xml, text);
                xml.push_str("</t></is></c>");
            }
            ControlContent::Count(count) => put(xml, format_args!("><v>{count}</v></c>")),
            ControlContent::Amount(amount) => put(xml, format_args!("><v>{amount}</v></c>")),
        }
    }

    /// Writes `<c r="A1" s="5"`.
    fn begin_cell(&mut self, column: usize, row: &str, style: ControlStyle) {
        let attribute = self.style_attributes.iter().find(|(known, _)| *known == style);
        self.xml.push_str("<c r=\"");
        self.xml.push_str(self.columns.get(column).map_or("", String::as_str));
        self.xml.push_str(row);
        self.xml.push_str(attribute.map_or("\"", |(_, attribute)| attribute));
    }
}

/// Whether the last cell of a row takes the columns that are left, so that its text wraps over all of them.
fn is_extended(row: &ControlRow, width: usize) -> bool {
    row.cells.len() < width
        && row.cells.last().is_some_and(|cell| {
            matches!(cell.content, ControlContent::Text(_))
                && !matches!(cell.style, ControlStyle::Title | ControlStyle::Heading | ControlStyle::AmountHeader)
        })
}

fn merged_cells(sheet: &ControlSheet) -> String {
    let width = sheet.column_widths.len();
    let mut merged = String::new();
    for (index, row) in (0..).zip(&sheet.rows).filter(|(_, row)| is_extended(row, width)) {
        let columns = u32::try_from(row.cells.len() - 1).ok().zip(u32::try_from(width - 1).ok());
        if let Some((first, last)) = columns {
            let region = Region { first: CellAddress::new(index, first), last: CellAddress::new(index, last) };
            put(&mut merged, format_args!("<mergeCell ref=\"{region}\"/>"));
        }
    }
    wrapped("mergeCells", &merged)
}

/// Whether a text begins or ends with white space, which readers drop where they are not told to keep it.
fn has_edge_space(text: &str) -> bool {
    text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace)
}

fn put(xml: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = xml.write_fmt(text); // a String takes everything
}

fn hyperlinks(sheet: &ControlSheet, has_sheet: &dyn Fn(&str) -> bool) -> String {
    let mut links = String::new();
    // Most links lead to the same sheet; its name as it stands in a location, where it may be linked at all.
    let mut last: Option<(&str, Option<String>)> = None;
    for (row, cells) in (0..).zip(sheet.rows.iter().map(|row| &row.cells)) {
        for (column, cell) in (0..).zip(cells) {
            let ControlContent::Link { sheet, cells: (first, end), .. } = &cell.content else { continue };
            if last.as_ref().is_none_or(|(name, _)| name != sheet) {
                let may_be_linked = has_sheet(sheet) && is_plain_target(sheet);
                last = Some((sheet, may_be_linked.then(|| escape(&quoted_sheet_name(sheet)))));
            }
            if let Some((_, Some(name))) = &last {
                let from = CellAddress::new(row, column);
                put(&mut links, format_args!("<hyperlink ref=\"{from}\" location=\"{name}!{first}"));
                if end != first {
                    put(&mut links, format_args!(":{end}"));
                }
                put(&mut links, format_args!("\"/>"));
            }
        }
    }
    wrapped("hyperlinks", &links)
}

/// Whether a link may name a sheet: Excel allows none of these in a name, and a hostile one with them leads out of the
/// workbook.
fn is_plain_target(sheet: &str) -> bool {
    !sheet.contains(|c: char| "[]:*?/\\|".contains(c) || c.is_control() || is_invisible(c))
}

/// A list and its items; nothing where there are none, for an empty list is not valid.
fn wrapped(list: &str, items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<{list}>{items}</{list}>") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::styles::add_styles;
    use crate::annotate::xml::Part;

    fn sheet(cells: Vec<ControlContent>) -> ControlSheet {
        let cells = cells.into_iter().map(|content| ControlCell { content, style: ControlStyle::Body }).collect();
        ControlSheet { column_widths: vec![12, 300], rows: vec![ControlRow { cells, lines: 2, header: true }] }
    }

    fn written(sheet: &ControlSheet) -> String {
        let (_, styles) = add_styles("<styleSheet/>").unwrap();
        let xml = format!("<styleSheet xmlns=\"{}\"/>", "http://purl.oclc.org/ooxml/spreadsheetml/main");
        let dialect = Dialect::of(&Part::parse(&xml).unwrap().root).unwrap();
        control_part(sheet, &styles, dialect, &|name| name == "Ark '1'")
    }

    #[test]
    fn text_is_never_a_formula_and_always_well_formed() {
        let text = "=1+1 <&> \u{1} _x0041_\nny linje";
        let xml = written(&sheet(vec![ControlContent::Text(text.into())]));
        let part = Part::parse(&xml).unwrap();
        let cell = part.child("sheetData").unwrap().descendants("t").unwrap();
        assert_eq!(cell[0].text().unwrap(), "=1+1 <&>  _x005F_x0041_\nny linje");
        assert!(!xml.contains("<f>"));
        assert!(xml.contains("xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\""));
    }

    #[test]
    fn links_lead_to_sheets_that_are_there() {
        let link = |sheet: &str| ControlContent::Link {
            text: "U6".into(),
            sheet: sheet.into(),
            cells: (CellAddress::new(5, 20), CellAddress::new(5, 20)),
        };
        let xml = written(&sheet(vec![link("Ark '1'"), link("Væk")]));
        assert!(xml.contains("<hyperlinks><hyperlink ref=\"A1\" location=\"'Ark ''1'''!U6\"/></hyperlinks>"));
    }

    #[test]
    fn the_last_text_of_a_row_takes_the_columns_that_are_left() {
        let mut sheet = sheet(vec![ControlContent::Text("lang".into())]);
        sheet.column_widths = vec![5, 5, 5];
        let xml = written(&sheet);
        assert!(xml.contains("</sheetData><mergeCells><mergeCell ref=\"A1:C1\"/></mergeCells><conditionalFormatting"));
        assert!(xml.contains("<c r=\"B1\" s=\"") && xml.contains("<c r=\"C1\" s=\""));
        sheet.rows[0].cells[0].style = ControlStyle::AmountHeader;
        assert!(!written(&sheet).contains("mergeCells"));
    }

    #[test]
    fn rows_are_as_high_as_their_lines_and_never_higher_than_excel_allows() {
        let mut row = ControlRow { lines: 3, ..ControlRow::default() };
        let three = row_height(&row);
        row.lines = 4;
        assert!(row_height(&row) > three);
        row.lines = u16::MAX;
        assert_eq!(row_height(&row), HIGHEST_ROW);
    }

    #[test]
    fn the_last_header_of_a_table_is_repeated() {
        let row = |header| ControlRow { header, ..ControlRow::default() };
        let rows = vec![row(true), row(false), row(true), row(false)];
        assert_eq!(header_row(&ControlSheet { rows, ..ControlSheet::default() }), Some(3));
        assert_eq!(header_row(&ControlSheet::default()), None);
    }

    #[test]
    fn a_link_to_several_cells_selects_them_all() {
        let cells = (CellAddress::new(5, 20), CellAddress::new(8, 20));
        let link = ControlContent::Link { text: "U6:U9".to_owned(), sheet: "Budget".to_owned(), cells };
        assert!(hyperlinks(&sheet(vec![link]), &|_| true).contains("location=\"'Budget'!U6:U9\""));
    }

    #[test]
    fn no_link_leads_out_of_the_workbook_whatever_a_sheet_is_called() {
        let link = |sheet: &str| ControlContent::Link {
            text: "U6".to_owned(),
            sheet: sheet.to_owned(),
            cells: (CellAddress::new(5, 20), CellAddress::new(5, 20)),
        };
        let links = |name: &str| hyperlinks(&sheet(vec![link(name)]), &|_| true);
        for name in ["[evil.xlsx]Ark", "\\\\evil\\del\\[a.xlsx]Ark", "http://evil", "a|b", "a\u{202e}b", "a\nb"] {
            assert_eq!(links(name), "", "{name:?}");
        }
        assert!(links("Ark #1 (Bo's)").contains("location=\"'Ark #1 (Bo''s)'!U6\""));
    }
}
