//! One sheet: its cells in reading order, and its merged regions.

use super::{Cell, CellAddress};

/// One sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The name on the tab.
    pub name: String,
    /// Whether the tab is hidden (or "very hidden").
    pub hidden: bool,
    /// The merged regions in reading order of their anchors.
    pub merged: Vec<MergedRange>,
    cells: Vec<Cell>,
}

/// A region of cells that is shown as one; its value stands in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MergedRange {
    /// The top left cell.
    pub first: CellAddress,
    /// The bottom right cell.
    pub last: CellAddress,
}

impl MergedRange {
    /// The region between two corners, where these are top left and bottom right.
    pub fn new(first: CellAddress, last: CellAddress) -> Option<Self> {
        (first.row <= last.row && first.column <= last.column).then_some(Self { first, last })
    }

    /// Reads `A1:C3` or `A1`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Self::new(first.parse().ok()?, last.parse().ok()?)
    }

    /// Whether the region holds a cell.
    pub fn contains(&self, address: CellAddress) -> bool {
        (self.first.row..=self.last.row).contains(&address.row)
            && (self.first.column..=self.last.column).contains(&address.column)
    }
}

impl Sheet {
    /// A sheet of the given cells, which may come in any order; of two for one address the first stays.
    pub fn new(name: impl Into<String>, hidden: bool, mut cells: Vec<Cell>) -> Self {
        cells.sort_by_key(|cell| cell.address);
        cells.dedup_by_key(|cell| cell.address);
        Self { name: name.into(), hidden, merged: Vec::new(), cells }
    }

    /// The same sheet with merged regions.
    #[must_use]
    pub fn with_merged(mut self, mut merged: Vec<MergedRange>) -> Self {
        merged.sort_unstable();
        self.merged = merged;
        self
    }

    /// All cells that are not empty, row by row.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell at an address, if anything stands there.
    pub fn cell(&self, address: CellAddress) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&address, |cell| cell.address).ok()?;
        self.cells.get(index)
    }

    /// The cells of one row (0-based), in column order.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.address.row < row);
        let end = self.cells.partition_point(|cell| cell.address.row <= row);
        self.cells.get(start..end).unwrap_or_default()
    }

    /// Where the value of a cell stands: the first cell of its merged region, or the cell itself.
    pub fn anchor(&self, address: CellAddress) -> CellAddress {
        self.region(address).map_or(address, |region| region.first)
    }

    /// The next cell to the right, past the merged region that holds `address`.
    pub fn right_of(&self, address: CellAddress) -> CellAddress {
        let last_column = self.region(address).map_or(address.column, |region| region.last.column);
        CellAddress::new(address.row, last_column).right(1)
    }

    fn region(&self, address: CellAddress) -> Option<&MergedRange> {
        self.merged.iter().find(|region| region.contains(address))
    }
}

#[cfg(test)]
mod tests {
    use super::super::CellValue;
    use super::*;

    fn at(address: &str) -> CellAddress {
        address.parse().unwrap()
    }

    fn text(address: &str, text: &str) -> Cell {
        Cell { address: at(address), value: CellValue::Text(text.into()), formula: None, shown: None }
    }

    fn sheet() -> Sheet {
        let cells = vec![text("B2", "b2"), text("C1", "c1"), text("A2", "a2"), text("B2", "again")];
        let merged = MergedRange::new(at("B4"), at("D5")).unwrap();
        Sheet::new("Stamdata", false, cells).with_merged(vec![merged])
    }

    #[test]
    fn cells_come_in_reading_order_and_once() {
        let order: Vec<String> = sheet().cells().iter().map(|cell| cell.address.to_string()).collect();
        assert_eq!(order, ["C1", "A2", "B2"]);
        assert_eq!(sheet().cell(at("B2")), Some(&text("B2", "b2")));
        assert_eq!(sheet().cell(at("B3")), None);
    }

    #[test]
    fn a_row_has_only_its_own_cells() {
        let sheet = sheet();
        let addresses = |row| sheet.row(row).iter().map(|cell| cell.address).collect::<Vec<_>>();
        assert_eq!(addresses(0), [at("C1")]);
        assert_eq!(addresses(1), [at("A2"), at("B2")]);
        assert_eq!(addresses(2), []);
    }

    #[test]
    fn a_merged_cell_leads_to_its_anchor_and_past_its_region() {
        let sheet = sheet();
        assert_eq!(sheet.anchor(at("D5")), at("B4"));
        assert_eq!(sheet.right_of(at("B4")), at("E4"));
        assert_eq!(sheet.right_of(at("C5")), at("E5"));
        assert_eq!(sheet.anchor(at("E5")), at("E5"));
        assert_eq!(sheet.right_of(at("A1")), at("B1"));
    }

    #[test]
    fn reversed_corners_are_no_region() {
        assert_eq!(MergedRange::new(at("D5"), at("B4")), None);
        assert_eq!(MergedRange::new(at("B5"), at("D4")), None);
    }
}
