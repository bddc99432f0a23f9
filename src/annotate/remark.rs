//! What could not be marked, or had to go.

use std::fmt;

use super::control_sheet::{ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle};
use crate::plain_text::quotable;
use crate::workbook::CellAddress;

/// Something about an annotated copy that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// No sheet of cells has the name that a mark gives.
    SheetNotFound {
        /// The name.
        sheet: String,
    },
    /// The cell has a threaded comment, which leaves no room for a note; it is coloured all the same.
    ThreadedComment {
        /// The name of the sheet.
        sheet: String,
        /// The cell.
        cell: CellAddress,
    },
    /// The workbook was signed; a changed copy cannot carry the signature.
    SignatureRemoved,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SheetNotFound { sheet } => {
                write!(f, "Arket “{}” findes ikke, så dets fund er ikke markeret.", quotable(sheet))
            }
            Self::ThreadedComment { sheet, cell } => {
                write!(f, "{}!{cell} har en kommentartråd. Cellen er farvet, men har ingen note.", quotable(sheet))
            }
            Self::SignatureRemoved => {
                f.write_str("Filens digitale signatur er fjernet i denne kopi. Originalen er uændret.")
            }
        }
    }
}

/// The content of the sheet `Kontrol` with the remarks at its end.
pub(super) fn with_remarks(control: &ControlSheet, remarks: &[Remark]) -> ControlSheet {
    let mut control = control.clone();
    if !remarks.is_empty() {
        control.rows.push(ControlRow { lines: 1, ..ControlRow::default() });
        control.rows.push(row("Om denne kopi", ControlStyle::Heading));
    }
    control.rows.extend(remarks.iter().map(|remark| row(&remark.to_string(), ControlStyle::Quiet)));
    control
}

fn row(text: &str, style: ControlStyle) -> ControlRow {
    let content = ControlContent::Text(text.to_owned());
    ControlRow { cells: vec![ControlCell { content, style }], lines: 1, header: false }
}
