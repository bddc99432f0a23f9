//! The annotated copy of the sender's own workbook: marks, notes and the sheet `Kontrol`.
//!
//! An Office Open XML package is patched in place ([`annotate`]): whatever is not marked stays byte for byte as it was
//! sent, also the cells of the marked sheets, for a mark is a conditional format and its text a note. Other formats
//! are written anew ([`rebuild`]).
//!
//! Within: `draft` is the package under edit, in which `cell_data` keeps the cells of worksheets apart, `xml` and `splice` edit a part by its bytes, and there is one module for
//! each kind of part. `strip` takes out what an earlier run put in.

mod app_properties;
mod cell_data;
mod comments_part;
mod control_part;
mod control_sheet;
mod dialect;
mod draft;
mod escape;
mod grid;
mod marked_cell;
mod notes;
mod open_formula;
mod package_writer;
pub(crate) mod palette;
mod rebuild;
mod region;
mod relations;
mod remark;
mod shape_ids;
mod splice;
mod strip;
mod styles;
mod tag;
mod vml;
mod workbook_part;
mod worksheet;
mod xml;

pub use control_sheet::{CONTROL_SHEET_NAME, ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle};
pub use rebuild::rebuild;
pub use remark::Remark;
pub use xml::XmlError;

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::workbook::{CellAddress, Package, ReadError};
use draft::{Draft, in_part};
use notes::NotedSheet;
use styles::StyleIndexes;
use workbook_part::{Book, FirstSheet};
use worksheet::{Outline, SeverityMarks};
use xml::Part;

/// How each part that we make begins.
const XML_HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const WORKSHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";

/// One cell to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The name of the sheet.
    pub sheet: String,
    /// The cell; it need not hold anything.
    pub cell: CellAddress,
    /// The colour.
    pub severity: Severity,
    /// The code of the rule: `P309`.
    pub code: String,
    /// The text of the note, lines separated by `\n`, without the tag.
    pub note: String,
}

/// What an annotated copy is given.
#[derive(Debug, Clone, Copy)]
pub struct Annotation<'a> {
    /// The cells to mark.
    pub marks: &'a [Mark],
    /// The content of the sheet `Kontrol`.
    pub control: &'a ControlSheet,
}

/// An annotated copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// What could not be marked, or had to go; also said at the end of the sheet `Kontrol`.
    pub remarks: Vec<Remark>,
}

/// Why no annotated copy could be made.
///
/// The texts here are for developers; the sentences for users are written from the variants.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// A part could not be understood.
    #[error("{part}: {source}")]
    Xml {
        /// The name of the part.
        part: String,
        /// Why.
        source: XmlError,
    },
    /// A part that another one names is not in the package, or not readable.
    #[error("the part `{0}` is missing")]
    MissingPart(String),
    /// The relationships of the package could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The package could not be copied.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// The workbook could not be written anew.
    #[error(transparent)]
    Rebuild(#[from] rust_xlsxwriter::XlsxError),
}

/// Makes the annotated copy of a package by patching it; what an earlier run put in is replaced.
pub fn annotate(package: &Package, annotation: &Annotation<'_>) -> Result<Annotated, AnnotateError> {
    let main_part = package.main_part()?;
    let mut draft = Draft::new(package);
    let mut remarks = Vec::new();
    if relations::remove_signatures(&mut draft)? {
        remarks.push(Remark::SignatureRemoved);
    }
    let book = Book::read(&draft, &main_part)?;
    let marks = by_sheet(annotation.marks);
    for sheet in &book.sheets {
        let Some(part) = sheet.worksheet() else { continue };
        // Without a mark, only a tab that is selected and what an earlier run left are edited.
        if marks.contains_key(sheet.name.as_str()) || draft.holds_any(part, &[worksheet::SELECTED, tag::MARK_TAG])? {
            draft.set_cells_aside(part)?;
        }
    }
    let book = strip::strip(&mut draft, book)?;
    let styles = add_styles(&mut draft, &book)?;
    for (sheet, marks) in marks {
        match book.sheet(sheet).and_then(|entry| entry.worksheet()) {
            Some(part) => {
                let sheet = SheetToMark { name: sheet, part, marks };
                remarks.extend(mark_sheet(&mut draft, &sheet, &book, &styles)?);
            }
            None => remarks.push(Remark::SheetNotFound { sheet: sheet.to_owned() }),
        }
    }
    add_control_sheet(&mut draft, &book, &styles, &remark::with_remarks(annotation.control, &remarks))?;
    relations::state_content_types(&mut draft)?;
    let bytes = package_writer::write(package.bytes(), draft.into_changes()?)?;
    Ok(Annotated { bytes, remarks })
}

/// A worksheet and the marks on it.
struct SheetToMark<'a> {
    name: &'a str,
    part: &'a str,
    marks: Vec<&'a Mark>,
}

fn by_sheet(marks: &[Mark]) -> BTreeMap<&str, Vec<&Mark>> {
    let mut sheets: BTreeMap<&str, Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        sheets.entry(&mark.sheet).or_default().push(mark);
    }
    sheets
}

fn add_styles(draft: &mut Draft<'_>, book: &Book) -> Result<StyleIndexes, AnnotateError> {
    let part = match relations::relation_of_kind(draft, &book.part, "styles")? {
        Some(relation) => relation.target,
        None => new_styles_part(draft, book)?,
    };
    let mut indexes = StyleIndexes::default();
    draft.edit(&part, |xml| {
        let (edited, added) = styles::add_styles(xml)?;
        indexes = added;
        Ok(edited)
    })?;
    Ok(indexes)
}

fn new_styles_part(draft: &mut Draft<'_>, book: &Book) -> Result<String, AnnotateError> {
    // Some readers, openpyxl among them, look for the styles under this name only.
    let usual = "xl/styles.xml".to_owned();
    let part = if draft.name(&usual).is_none() { usual } else { draft.free_name("xl/styles", ".xml") };
    draft.add(&part, format!("{XML_HEADER}<styleSheet xmlns=\"{}\"></styleSheet>", book.dialect.main), STYLES_TYPE);
    relations::add_relation(draft, &book.part, &book.dialect.relation_type("styles"), &part)?;
    Ok(part)
}

fn mark_sheet(
    draft: &mut Draft<'_>,
    sheet: &SheetToMark<'_>,
    book: &Book,
    styles: &StyleIndexes,
) -> Result<Vec<Remark>, AnnotateError> {
    // A copy, so that what was read of it holds while other parts are edited.
    let xml = draft.read(sheet.part, |xml| Ok(xml.to_owned()))?;
    let worksheet = Part::parse(&xml).map_err(in_part(sheet.part))?;
    let outline = Outline::of(&worksheet).map_err(in_part(sheet.part))?;
    let cells = marked_cell::gather(&sheet.marks, &outline.merged);
    let marks: Vec<SeverityMarks> = marked_cell::by_severity(&cells)
        .into_iter()
        .map(|(severity, regions)| SeverityMarks { severity, regions, format: styles.mark(severity) })
        .collect();
    let noted_sheet = NotedSheet { part: sheet.part, dialect: book.dialect, outline: &outline };
    let noted = notes::add_notes(draft, &noted_sheet, &cells)?;
    let annotated = worksheet::annotate(&xml, &worksheet, &marks, noted.new_drawing.as_deref());
    draft.set(sheet.part, annotated.map_err(in_part(sheet.part))?);
    let remark = |cell| Remark::ThreadedComment { sheet: sheet.name.to_owned(), cell };
    Ok(noted.left_alone.into_iter().map(remark).collect())
}

fn add_control_sheet(
    draft: &mut Draft<'_>,
    book: &Book,
    styles: &StyleIndexes,
    control: &ControlSheet,
) -> Result<(), AnnotateError> {
    for (part, _) in book.sheets.iter().filter_map(|sheet| sheet.part.as_ref()) {
        if draft.holds_any(part, &[worksheet::SELECTED])? {
            draft.edit(part, worksheet::deselect)?;
        }
    }
    let name = book.free_sheet_name(CONTROL_SHEET_NAME);
    let part = draft.free_name("xl/worksheets/sheet", ".xml");
    let has_sheet = |sheet: &str| book.sheet(sheet).is_some();
    draft.add(&part, control_part::control_part(control, styles, book.dialect, &has_sheet), WORKSHEET_TYPE);
    let id = relations::add_relation(draft, &book.part, &book.dialect.relation_type("worksheet"), &part)?;
    let sheet = FirstSheet { name: &name, relation_id: &id, header_row: control_part::header_row(control) };
    draft.edit(&book.part, |xml| workbook_part::add_first_sheet(xml, &sheet))?;
    if let Some(properties) = relations::relation_of_kind(draft, "", "extended-properties")? {
        draft.edit_if_present(&properties.target, |xml| app_properties::add_first_title(xml, &name))?;
    }
    Ok(())
}
