//! How wide the columns of a sheet are, so that the box of a note is as large as its text asks.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::xml::{Element, Part, XmlError};
use crate::workbook::CellAddress;

const DEFAULT_COLUMN_PIXELS: u32 = 64;
const DEFAULT_ROW_PIXELS: u32 = 20;
/// The pixels of a unit in which a column's width is stated.
const COLUMN_UNIT: Decimal = Decimal::from_parts(7, 0, 0, false, 0);
/// The pixels of a point, 1.333, in which a row's height is stated.
const ROW_UNIT: Decimal = Decimal::from_parts(1_333, 0, 0, false, 3);
/// The gap between a cell and the box of its note.
const GAP_PIXELS: u32 = 12;

/// A size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// Across.
    pub(super) width: u32,
    /// Down.
    pub(super) height: u32,
}

/// Where a box stands, as VML writes it: left column and offset, top row and offset, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    /// The corners' columns and the pixels into them: left, right.
    pub(super) columns: [(u32, u32); 2],
    /// The corners' rows and the pixels into them: top, bottom.
    pub(super) rows: [(u32, u32); 2],
}

impl Anchor {
    /// Reads eight numbers between commas.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u32> = text.split(',').map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
        let [left, left_offset, top, top_offset, right, right_offset, bottom, bottom_offset] =
            numbers.try_into().ok()?;
        Some(Self {
            columns: [(left, left_offset), (right, right_offset)],
            rows: [(top, top_offset), (bottom, bottom_offset)],
        })
    }

    /// The eight numbers.
    pub(super) fn text(&self) -> String {
        let [(left, left_offset), (right, right_offset)] = self.columns;
        let [(top, top_offset), (bottom, bottom_offset)] = self.rows;
        format!("{left}, {left_offset}, {top}, {top_offset}, {right}, {right_offset}, {bottom}, {bottom_offset}")
    }

    /// The box that holds both, from the upper left corner of this one.
    pub(super) fn enlarged_to(mut self, other: &Self) -> Self {
        self.columns[1] = self.columns[1].max(other.columns[1]);
        self.rows[1] = self.rows[1].max(other.rows[1]);
        self
    }
}

/// The widths of a sheet's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    default_column: u32,
    row: u32,
    /// First and last column (0-based) and their width.
    columns: Vec<(u32, u32, u32)>,
}

impl Grid {
    /// Reads the widths that a worksheet states.
    pub(super) fn read(worksheet: &Part<'_>) -> Result<Self, XmlError> {
        let mut grid = Self { default_column: DEFAULT_COLUMN_PIXELS, row: DEFAULT_ROW_PIXELS, columns: Vec::new() };
        if let Some(format) = worksheet.child("sheetFormatPr") {
            let [width, height] = format.attributes(["defaultColWidth", "defaultRowHeight"])?;
            grid.default_column = pixels(width, COLUMN_UNIT).unwrap_or(DEFAULT_COLUMN_PIXELS);
            grid.row = pixels(height, ROW_UNIT).unwrap_or(DEFAULT_ROW_PIXELS).max(1);
        }
        for columns in worksheet.children_named("cols") {
            for column in columns.children_named("col")? {
                grid.add_columns(&column)?;
            }
        }
        Ok(grid)
    }

    /// A box beside the region that ends in a column, as high as asked; moved left at the edge of the sheet.
    pub(super) fn beside(&self, first: CellAddress, last_column: u32, size: Size) -> Anchor {
        let left = (last_column + 1).min(CellAddress::COLUMNS - 6);
        let top = first.row.min(CellAddress::ROWS - 40);
        self.box_at(Anchor { columns: [(left, GAP_PIXELS); 2], rows: [(top, 2); 2] }, size)
    }

    /// A box of a size whose upper left corner is that of another.
    pub(super) fn box_at(&self, anchor: Anchor, size: Size) -> Anchor {
        let ([left, _], [top, _]) = (anchor.columns, anchor.rows);
        let bottom = top.1.saturating_add(size.height);
        let bottom_row = top.0.saturating_add(bottom / self.row).min(CellAddress::ROWS - 1);
        Anchor { columns: [left, self.right_edge(left, size.width)], rows: [top, (bottom_row, bottom % self.row)] }
    }

    fn right_edge(&self, (left, offset): (u32, u32), width: u32) -> (u32, u32) {
        let mut rest = offset.saturating_add(width);
        let mut column = left;
        while column < CellAddress::COLUMNS - 1 && rest >= self.column_pixels(column) {
            rest -= self.column_pixels(column);
            column += 1;
        }
        (column, rest.min(self.column_pixels(column)))
    }

    fn column_pixels(&self, column: u32) -> u32 {
        let stated = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        stated.map_or(self.default_column, |(_, _, width)| *width)
    }

    fn add_columns(&mut self, column: &Element<'_>) -> Result<(), XmlError> {
        let number = |text: Option<&str>| text?.parse::<u32>().ok()?.checked_sub(1);
        let [first, last, width, hidden] = column.attributes(["min", "max", "width", "hidden"])?;
        let (Some(first), Some(last)) = (number(first), number(last)) else { return Ok(()) };
        let is_hidden = matches!(hidden, Some("1" | "true"));
        let width = if is_hidden { 0 } else { pixels(width, COLUMN_UNIT).unwrap_or(self.default_column) };
        self.columns.push((first, last, width));
        Ok(())
    }
}

/// A measure of the file in pixels.
fn pixels(measure: Option<&str>, per_unit: Decimal) -> Option<u32> {
    let pixels = measure?.parse::<Decimal>().ok()?.checked_mul(per_unit)?;
    pixels.round().to_u32().map(|pixels| pixels.min(2_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Size = Size { width: 300, height: 100 };

    #[test]
    fn a_box_is_as_wide_as_asked_whatever_the_columns() {
        let sheet = "<worksheet><sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"2\" max=\"2\" width=\"100\"/>\
                     <col min=\"3\" max=\"4\" width=\"9\" hidden=\"1\"/></cols><sheetData/></worksheet>";
        let grid = Grid::read(&Part::parse(sheet).unwrap()).unwrap();
        let wide = grid.beside(CellAddress::new(5, 0), 0, SIZE);
        assert_eq!(wide.text(), "1, 12, 5, 2, 1, 312, 10, 2");
        let narrow = grid.beside(CellAddress::new(5, 1), 1, SIZE);
        assert_eq!(narrow.text(), "2, 12, 5, 2, 8, 56, 10, 2");
    }

    #[test]
    fn a_box_stays_on_the_sheet() {
        let grid = Grid::read(&Part::parse("<worksheet><sheetData/></worksheet>").unwrap()).unwrap();
        let corner = CellAddress::new(CellAddress::ROWS - 1, CellAddress::COLUMNS - 1);
        let anchor = grid.beside(corner, corner.column, Size { width: 300, height: 9_000 });
        assert!(anchor.columns[1].0 < CellAddress::COLUMNS && anchor.rows[1].0 < CellAddress::ROWS);
    }

    #[test]
    fn an_anchor_is_read_and_only_grows() {
        let anchor = Anchor::parse("1, 15, 0, 2, 3, 15, 9, 4").unwrap();
        let other = Anchor::parse("1,15,0,2,2,60,12,1").unwrap();
        assert_eq!(anchor.enlarged_to(&other).text(), "1, 15, 0, 2, 3, 15, 12, 1");
        assert_eq!(Anchor::parse("1, 2, 3"), None);
        assert_eq!(Anchor::parse("1, 2, 3, 4, 5, 6, 7, -1"), None);
    }
}
