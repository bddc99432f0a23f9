//! x
use super::{AnnotateError, Annotation};
use crate::workbook::Workbook;
/// x
pub fn rebuild(_workbook: &Workbook, _annotation: &Annotation<'_>) -> Result<Vec<u8>, AnnotateError> {
    Ok(Vec::new())
}
