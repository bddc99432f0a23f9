//! The sheet `Kontrol`, as content: which rows, in which roles; how it is drawn is the writer's.

use rust_decimal::Decimal;

use crate::finding::Severity;
use crate::workbook::CellAddress;

/// The name of the sheet that an annotated copy begins with.
pub const CONTROL_SHEET_NAME: &str = "Kontrol";

/// The content of the sheet `Kontrol`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ControlSheet {
    /// Widths of the columns, in characters.
    pub column_widths: Vec<u16>,
    /// The rows from the top.
    pub rows: Vec<ControlRow>,
}

impl ControlSheet {
    /// Gives the sheets that links lead to other names.
    pub(super) fn rename_link_targets(&mut self, name: impl Fn(&str) -> String) {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if let ControlContent::Link { sheet, .. } = &mut cell.content {
                *sheet = name(sheet);
            }
        }
    }
}

/// One row of the sheet `Kontrol`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ControlRow {
    /// The cells from column A on; text in the last of them takes the columns that are left, save that of titles,
    /// headings and headers of amounts.
    pub cells: Vec<ControlCell>,
    /// How many lines of text the highest cell takes, so that a wrapped row is shown whole.
    pub lines: u16,
    /// Whether this row is repeated at the head of each printed page, where it is the last such.
    pub header: bool,
}

/// One cell of the sheet `Kontrol`.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlCell {
    /// What stands in it.
    pub content: ControlContent,
    /// How it looks.
    pub style: ControlStyle,
}

/// What stands in a cell of the sheet `Kontrol`.
#[derive(Debug, Clone, PartialEq)]
pub enum ControlContent {
    /// Nothing.
    Blank,
    /// Text; never a formula.
    Text(String),
    /// A whole number.
    Count(u64),
    /// An amount in kroner.
    Amount(Decimal),
    /// Text that leads to cells of the same workbook when clicked.
    Link {
        /// What is shown: `U6`.
        text: String,
        /// The sheet it leads to.
        sheet: String,
        /// The first and the last of the cells that it leads to, in one column.
        cells: (CellAddress, CellAddress),
    },
}

/// How a cell of the sheet `Kontrol` looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ControlStyle {
    /// Large and bold: the first row.
    Title,
    /// Bold, over a table.
    Heading,
    /// The header row of a table.
    TableHeader,
    /// The header of a column of amounts: right-aligned as they are.
    AmountHeader,
    /// Plain text, wrapped, at the top of its cell.
    Body,
    /// Plain and bold.
    Strong,
    /// Small and grey: sources, versions.
    Quiet,
    /// An amount: two decimals, thousands separated, right-aligned.
    Amount,
    /// An amount that is not what it should be: seen at a glance, in print without colours too.
    AmountDiffers,
    /// A link.
    Link,
    /// The word for a severity, on its colour.
    Severity(Severity),
}
