//! How much one file may ask of us: sizes are checked before anything is allocated, time while it is read.

/// Bounds on one input file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Entries of a zip package.
    pub entries: usize,
    /// Bytes of one part, inflated.
    pub part_bytes: u64,
    /// Bytes of all parts together, inflated; and of all texts of cells together.
    pub total_bytes: u64,
    /// Cells of all sheets together.
    pub cells: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Merged regions of one sheet.
    pub merged_ranges: usize,
    /// Characters of one cell's text.
    pub text_chars: usize,
    /// Seconds that reading the file may take.
    pub seconds: u64,
}

impl Default for Limits {
    /// A filled form has about 1,400 cells and 35 KB: these bounds leave ample room and stay harmless.
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            entries: 2_000,
            part_bytes: 64 << 20,
            total_bytes: 256 << 20,
            cells: 200_000,
            sheets: 100,
            merged_ranges: 5_000,
            text_chars: 32_767,
            seconds: 60,
        }
    }
}
