//! The notes of one worksheet: the comments part, the drawing of their boxes, and the links to both.

use std::collections::BTreeMap;

use super::AnnotateError;
use super::dialect::Dialect;
use super::draft::Draft;
use super::marked_cell::MarkedCell;
use super::relations::{add_relation, relation_of_kind, relations};
use super::worksheet::Outline;
use super::xml::Part;
use super::{comments_part, vml};
use crate::workbook::CellAddress;

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// A worksheet that gets notes.
pub(super) struct NotedSheet<'a> {
    /// The name of the part.
    pub(super) part: &'a str,
    /// The namespaces it is written in.
    pub(super) dialect: Dialect,
    /// What it holds besides cells.
    pub(super) outline: &'a Outline,
}

/// What became of the notes of a worksheet.
pub(super) struct Noted {
    /// The cells that have a threaded comment and so got none.
    pub(super) left_alone: Vec<CellAddress>,
    /// The id of the relationship to a drawing that was made, and that the worksheet is to link.
    pub(super) new_drawing: Option<String>,
}

/// Adds the notes of a worksheet, to all parts but its own.
pub(super) fn add_notes(
    draft: &mut Draft<'_>,
    sheet: &NotedSheet<'_>,
    cells: &[MarkedCell],
) -> Result<Noted, AnnotateError> {
    let threaded = threaded_cells(draft, sheet.part)?;
    let (left_alone, noted): (Vec<&MarkedCell>, Vec<&MarkedCell>) =
        cells.iter().partition(|cell| threaded.contains(&cell.anchor()));
    let new_drawing = if noted.is_empty() { None } else { write_notes(draft, sheet, &noted)? };
    Ok(Noted { left_alone: left_alone.into_iter().map(MarkedCell::anchor).collect(), new_drawing })
}

/// Removes the notes that an earlier run left on a worksheet.
pub(super) fn remove_notes(draft: &mut Draft<'_>, sheet: &str) -> Result<(), AnnotateError> {
    let Some(comments) = relation_of_kind(draft, sheet, "comments")? else { return Ok(()) };
    let mut emptied = Vec::new();
    draft.edit_if_present(&comments.target, |xml| {
        let (edited, cells) = comments_part::remove_notes(xml)?;
        emptied = cells;
        Ok(edited)
    })?;
    if emptied.is_empty() {
        return Ok(());
    }
    let outline = draft.read(sheet, |xml| Outline::of(&Part::parse(xml)?))?;
    match linked_drawing(draft, sheet, &outline)? {
        Some(drawing) => draft.edit_if_present(&drawing, |xml| vml::remove_boxes(xml, &emptied)),
        None => Ok(()),
    }
}

fn threaded_cells(draft: &Draft<'_>, sheet: &str) -> Result<Vec<CellAddress>, AnnotateError> {
    let mut cells = Vec::new();
    for relation in relations(draft, sheet)?.into_iter().filter(|relation| relation.kind == "threadedComment") {
        cells.extend(draft.read_if_present(&relation.target, comments_part::threaded_cells)?.unwrap_or_default());
    }
    Ok(cells)
}

/// Writes them; gives the id of the relationship to a drawing that was made for them.
fn write_notes(
    draft: &mut Draft<'_>,
    sheet: &NotedSheet<'_>,
    cells: &[&MarkedCell],
) -> Result<Option<String>, AnnotateError> {
    let comments = comments_part(draft, sheet.part, sheet.dialect)?;
    let (drawing, new_drawing) = drawing_part(draft, sheet)?;
    let mut texts = BTreeMap::new();
    draft.edit(&comments, |xml| {
        let written = comments_part::add_notes(xml, cells)?;
        texts = written.texts;
        Ok(written.xml)
    })?;
    let free_block = free_block(draft)?;
    draft.edit(&drawing, |xml| vml::add_boxes(xml, cells, &texts, &sheet.outline.grid, free_block))?;
    Ok(new_drawing)
}

/// The comments part of a worksheet, made where there is none.
fn comments_part(draft: &mut Draft<'_>, sheet: &str, dialect: Dialect) -> Result<String, AnnotateError> {
    if let Some(relation) = relation_of_kind(draft, sheet, "comments")? {
        return Ok(relation.target);
    }
    let part = draft.free_name("xl/comments", ".xml");
    draft.add(&part, comments_part::empty(dialect), COMMENTS_TYPE);
    add_relation(draft, sheet, &dialect.relation_type("comments"), &part)?;
    Ok(part)
}

/// The drawing that a worksheet links for its notes and controls; where there is none, one is made, with the id of its
/// relationship.
fn drawing_part(draft: &mut Draft<'_>, sheet: &NotedSheet<'_>) -> Result<(String, Option<String>), AnnotateError> {
    if let Some(part) = linked_drawing(draft, sheet.part, sheet.outline)? {
        return Ok((part, None));
    }
    let block = free_block(draft)?;
    let part = draft.free_name("xl/drawings/vmlDrawing", ".vml");
    draft.add(&part, vml::empty(block), DRAWING_TYPE);
    let id = add_relation(draft, sheet.part, &sheet.dialect.relation_type("vmlDrawing"), &part)?;
    Ok((part, Some(id)))
}

fn linked_drawing(draft: &Draft<'_>, sheet: &str, outline: &Outline) -> Result<Option<String>, AnnotateError> {
    let Some(id) = &outline.drawing_id else { return Ok(None) };
    let linked = relations(draft, sheet)?.into_iter().find(|relation| relation.id == *id);
    Ok(linked.map(|relation| relation.target))
}

/// The first block of shape ids that no drawing of the workbook has reserved.
fn free_block(draft: &Draft<'_>) -> Result<u32, AnnotateError> {
    let mut highest = 0;
    let is_drawing =
        |name: &&str| std::path::Path::new(name).extension().is_some_and(|it| it.eq_ignore_ascii_case("vml"));
    for name in draft.names().filter(is_drawing) {
        highest = highest.max(draft.read_if_present(name, vml::highest_block)?.unwrap_or(0));
    }
    Ok(highest.saturating_add(1))
}
