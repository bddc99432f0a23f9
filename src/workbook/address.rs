//! Where a cell stands: `U6`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A cell's place on its sheet; row before column, so that the order is the reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellAddress {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
}

impl CellAddress {
    /// Rows that a sheet has.
    pub const ROWS: u32 = 1_048_576;
    /// Columns that a sheet has.
    pub const COLUMNS: u32 = 16_384;

    /// The address of a 0-based row and column.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// The cell `columns` to the right.
    #[must_use]
    pub const fn right(self, columns: u32) -> Self {
        Self { row: self.row, column: self.column + columns }
    }

    /// The name of the column alone: `AE`.
    pub fn column_name(self) -> String {
        let mut name = String::with_capacity(3);
        push_column_name(self.column, &mut name);
        name
    }
}

/// Adds the letters of a column, the highest first.
fn push_column_name(column: u32, name: &mut String) {
    if let Some(before) = (column / 26).checked_sub(1) {
        push_column_name(before, name);
    }
    name.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column_name(), self.row + 1)
    }
}

/// A text that is not a cell's address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not the address of a cell")]
pub struct AddressError(String);

impl FromStr for CellAddress {
    type Err = AddressError;

    /// Reads `U6`; letters in either case, no `$`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || AddressError(text.chars().take(20).collect());
        let (mut letters, mut column, mut row) = (0, 0_u32, None);
        for byte in text.bytes() {
            match (byte, row) {
                (b'a'..=b'z' | b'A'..=b'Z', None) if letters < 3 => {
                    letters += 1;
                    column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A' + 1);
                }
                (b'0'..=b'9', _) if letters > 0 => {
                    let number = row.unwrap_or(0_u32).saturating_mul(10);
                    row = Some(number.saturating_add(u32::from(byte - b'0')));
                }
                _ => return Err(error()),
            }
        }
        match row {
            Some(row @ 1..=Self::ROWS) if column <= Self::COLUMNS => Ok(Self::new(row - 1, column - 1)),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (30, "AE"), (701, "ZZ"), (16_383, "XFD")] {
            assert_eq!(CellAddress::new(5, column).to_string(), format!("{name}6"));
            assert_eq!(format!("{name}6").parse(), Ok(CellAddress::new(5, column)));
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "6", "U", "U0", "U1048577", "XFE1", "U-1", "$U$6", "ABCD1", "U99999999999"] {
            assert!(text.parse::<CellAddress>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_address_is_read_back_from_its_name(row in 0..CellAddress::ROWS, column in 0..CellAddress::COLUMNS) {
            let address = CellAddress::new(row, column);
            prop_assert_eq!(address.to_string().parse(), Ok(address));
            prop_assert_eq!(address.to_string().to_lowercase().parse(), Ok(address));
        }

        #[test]
        fn a_text_that_is_read_as_an_address_is_one_of_the_sheet(text in "[A-Za-z]{0,4}[0-9]{0,8}") {
            if let Ok(address) = text.parse::<CellAddress>() {
                prop_assert!(address.row < CellAddress::ROWS && address.column < CellAddress::COLUMNS);
            }
        }
    }
}
