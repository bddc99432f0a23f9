//! Takes out what an earlier run put in, so that a copy can be annotated again.

use super::draft::Draft;
use super::relations::{remove_part, remove_relations};
use super::tag::TAG;
use super::workbook_part::{self, Book};
use super::{AnnotateError, notes, worksheet};

/// Removes our marks, our notes and our sheets `Kontrol`.
pub(super) fn strip(draft: &mut Draft<'_>, main_part: &str) -> Result<(), AnnotateError> {
    remove_control_sheets(draft, main_part)?;
    for sheet in Book::read(draft, main_part)?.sheets {
        if let Some(part) = sheet.worksheet() {
            strip_sheet(draft, part)?;
        }
    }
    Ok(())
}

fn remove_control_sheets(draft: &mut Draft<'_>, main_part: &str) -> Result<(), AnnotateError> {
    let sheets = Book::read(draft, main_part)?.sheets;
    // From the last on: a removed sheet changes the positions of those behind it.
    for (position, sheet) in sheets.iter().enumerate().rev() {
        let Some(part) = sheet.worksheet() else { continue };
        if !is_tagged(draft, part)? || !draft.read(part, worksheet::is_control_sheet)? {
            continue;
        }
        remove_relations(draft, main_part, |relation| relation.target == part)?;
        remove_part(draft, part)?;
        draft.edit(main_part, |xml| workbook_part::remove_sheet(xml, position))?;
    }
    Ok(())
}

fn strip_sheet(draft: &mut Draft<'_>, part: &str) -> Result<(), AnnotateError> {
    if draft.text(part)?.is_none() {
        return Ok(());
    }
    if is_tagged(draft, part)? {
        draft.edit(part, worksheet::remove_marks)?;
    }
    notes::remove_notes(draft, part)
}

/// Whether the tag stands anywhere in a part: quick to see, and true of hardly any.
fn is_tagged(draft: &Draft<'_>, part: &str) -> Result<bool, AnnotateError> {
    Ok(draft.text(part)?.is_some_and(|text| text.contains(TAG)))
}
