//! Takes out what an earlier run put in, so that a copy can be annotated again.

use super::draft::Draft;
use super::relations::{remove_part, remove_relations};
use super::tag::MARK_TAG;
use super::workbook_part::{self, Book};
use super::{AnnotateError, notes, worksheet};

/// Removes our marks, our notes and our sheets `Kontrol`; gives the workbook as it then is.
pub(super) fn strip(draft: &mut Draft<'_>, book: Book) -> Result<Book, AnnotateError> {
    let book = if remove_control_sheets(draft, &book)? { Book::read(draft, &book.part)? } else { book };
    for sheet in &book.sheets {
        if let Some(part) = sheet.worksheet() {
            strip_sheet(draft, part)?;
        }
    }
    Ok(book)
}

/// Whether there were any.
fn remove_control_sheets(draft: &mut Draft<'_>, book: &Book) -> Result<bool, AnnotateError> {
    let main_part = book.part.as_str();
    let mut removed = false;
    // From the last on: a removed sheet changes the positions of those behind it.
    for (position, sheet) in book.sheets.iter().enumerate().rev() {
        let Some(part) = sheet.worksheet() else { continue };
        if !is_tagged(draft, part)? || !draft.read(part, worksheet::is_control_sheet)? {
            continue;
        }
        remove_relations(draft, main_part, |relation| relation.target == part)?;
        remove_part(draft, part)?;
        draft.edit(main_part, |xml| workbook_part::remove_sheet(xml, position))?;
        removed = true;
    }
    Ok(removed)
}

fn strip_sheet(draft: &mut Draft<'_>, part: &str) -> Result<(), AnnotateError> {
    if draft.name(part).is_none() {
        return Ok(());
    }
    if is_tagged(draft, part)? {
        draft.edit(part, worksheet::remove_marks)?;
    }
    notes::remove_notes(draft, part)
}

/// Whether the tag of a mark stands anywhere in a part: quick to see, and true of hardly any.
fn is_tagged(draft: &Draft<'_>, part: &str) -> Result<bool, AnnotateError> {
    draft.holds_any(part, &[MARK_TAG])
}
