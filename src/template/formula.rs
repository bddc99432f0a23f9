//! A formula whose references move along when rows or columns are inserted.

use rust_decimal::Decimal;

use crate::workbook::CellAddress;

/// Which sheet of a draft: its number in the layout, whatever its tab is called or where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId(pub usize);

/// Cells from the first to the last, on one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    /// The sheet.
    pub sheet: SheetId,
    /// The upper left cell.
    pub first: CellAddress,
    /// The lower right cell.
    pub last: CellAddress,
}

impl CellRange {
    /// One cell alone.
    pub const fn cell(sheet: SheetId, address: CellAddress) -> Self {
        Self { sheet, first: address, last: address }
    }

    /// The range with `$`: `$A$1:$B$9`.
    pub fn absolute(&self) -> String {
        let absolute = |cell: CellAddress| format!("${}${}", cell.column_name(), cell.row + 1);
        format!("{}:{}", absolute(self.first), absolute(self.last))
    }

    /// The range as a formula writes it: `A1` or `A1:B9`.
    pub fn relative(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}:{}", self.first, self.last) }
    }
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormulaPart {
    /// Text that stays as it is.
    Text(String),
    /// Cells.
    Cells(CellRange),
}

/// The value stored with a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// A number.
    Number(Decimal),
    /// Text; the empty text in a row that is not in use.
    Text(String),
    /// An error value, as shown: `#VALUE!`.
    Error(String),
    /// Nothing: the formula was never calculated.
    Nothing,
}

/// A formula and the value stored with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFormula {
    /// Its text, without `=`, in pieces.
    pub parts: Vec<FormulaPart>,
    /// Its stored value.
    pub stored: Stored,
}

/// What a layout's formula refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbol<'t> {
    /// `{key}`: the cell of that column in the same row.
    SameRow(&'t str),
    /// `{sum:key}`: that column's cell in the totals row.
    Sum(&'t str),
    /// `{field:key}`: the cell beside that field's label.
    Field(&'t str),
}

/// A layout's formula, cut into plain text and symbols.
pub(super) fn symbols(formula: &str) -> Vec<(&str, Option<Symbol<'_>>)> {
    let mut pieces = Vec::new();
    let mut rest = formula;
    while let Some((text, tail)) = rest.split_once('{') {
        let (name, after) = tail.split_once('}').unwrap_or((tail, ""));
        pieces.push((text, Some(symbol(name))));
        rest = after;
    }
    pieces.push((rest, None));
    pieces
}

fn symbol(name: &str) -> Symbol<'_> {
    match name.split_once(':') {
        Some(("sum", key)) => Symbol::Sum(key),
        Some(("field", key)) => Symbol::Field(key),
        _ => Symbol::SameRow(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layouts_formula_is_cut_at_its_symbols() {
        assert_eq!(
            symbols("MIN({costs},{sum:grant})+{field:sum.audit}"),
            [
                ("MIN(", Some(Symbol::SameRow("costs"))),
                (",", Some(Symbol::Sum("grant"))),
                (")+", Some(Symbol::Field("sum.audit"))),
                ("", None),
            ]
        );
    }
}
