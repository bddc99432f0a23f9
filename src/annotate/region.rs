//! Rectangles of cells.

use std::fmt;

use super::xml::{Part, XmlError};
use crate::workbook::CellAddress;

/// A rectangle of cells, or a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    /// The upper left cell.
    pub(super) first: CellAddress,
    /// The lower right cell.
    pub(super) last: CellAddress,
}

impl Region {
    /// The region of one cell.
    pub(super) const fn cell(cell: CellAddress) -> Self {
        Self { first: cell, last: cell }
    }

    /// Reads `B2:D4` or `B2`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last): (CellAddress, CellAddress) = (first.parse().ok()?, last.parse().ok()?);
        Some(Self {
            first: CellAddress::new(first.row.min(last.row), first.column.min(last.column)),
            last: CellAddress::new(first.row.max(last.row), first.column.max(last.column)),
        })
    }

    /// Whether a cell lies in it.
    pub(super) fn contains(&self, cell: CellAddress) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{}:{}", self.first, self.last)
    }
}

/// The merged regions of a worksheet.
pub(super) fn merged_regions(worksheet: &Part<'_>) -> Result<Vec<Region>, XmlError> {
    let mut regions = Vec::new();
    if let Some(merged) = worksheet.child("mergeCells") {
        for cell in merged.children_named("mergeCell")? {
            regions.extend(cell.attribute("ref")?.as_deref().and_then(Region::parse));
        }
    }
    Ok(regions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_read_from_either_corner() {
        let region = Region::parse("D4:B2").unwrap();
        assert_eq!(region.to_string(), "B2:D4");
        assert!(region.contains("C3".parse().unwrap()));
        assert!(!region.contains("E3".parse().unwrap()));
        assert_eq!(Region::parse("B2").unwrap().to_string(), "B2");
        assert_eq!(Region::parse("B:D"), None);
    }

    #[test]
    fn merged_regions_are_read_whatever_the_prefix() {
        let xml = "<x:worksheet><x:sheetData/><x:mergeCells><x:mergeCell ref='A1:B2'/><x:mergeCell/></x:mergeCells>\
                   </x:worksheet>";
        let merged = |xml| merged_regions(&Part::parse(xml).unwrap()).unwrap();
        assert_eq!(merged(xml), [Region::parse("A1:B2").unwrap()]);
        assert_eq!(merged("<worksheet><sheetData/></worksheet>"), []);
    }
}
