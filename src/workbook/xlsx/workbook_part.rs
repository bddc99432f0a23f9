//! The workbook part: which sheets there are, and how days are counted.

use std::collections::BTreeSet;

use super::super::archive::check_size;
use super::super::error::{Hazard, Quantity, ReadError};
use super::super::relationships::one_of_kind;
use super::super::xml::{Events, local_name};
use super::super::{DateSystem, Package, Relationship};
use super::Bounds;

/// The kinds of parts that hold macros: a project, and the sheets of Excel 4's.
const MACROS: [&str; 3] = ["vbaProject", "xlMacrosheet", "xlIntlMacrosheet"];

/// What the workbook part and its relationships say.
pub(super) struct WorkbookPart {
    pub(super) date_system: DateSystem,
    /// The worksheets in the order of their tabs; never empty.
    pub(super) sheets: Vec<SheetEntry>,
    /// The name of the part with the shared strings.
    pub(super) shared_strings: Option<String>,
    /// The name of the part with the number formats.
    pub(super) styles: Option<String>,
    pub(super) has_macros: bool,
    pub(super) external_links: usize,
}

/// A worksheet as the workbook lists it.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) part: String,
}

/// Reads the workbook part of a package.
pub(super) fn parse(package: &Package, bounds: &Bounds) -> Result<WorkbookPart, ReadError> {
    let name = package.main_part()?;
    let text = package.text(&name)?.ok_or_else(|| ReadError::damaged(&name, "the part is missing"))?;
    let relationships = package.relationships(&name)?;
    let events = Events::new(&name, text, &bounds.limits).until(bounds.deadline);
    let (date_system, sheets) = read_sheets(events, &relationships, bounds.limits.sheets)?;
    let target = |kind: &str| one_of_kind(&relationships, kind).map(|to| to.map(|to| to.target.clone()));
    let (shared_strings, styles) = (target("sharedStrings")?, target("styles")?);
    check_parts(&sheets, [Some(&name), shared_strings.as_ref(), styles.as_ref()])?;
    let target = |kind: &str| relationships.iter().find(|to| to.kind == kind && !to.external);
    Ok(WorkbookPart {
        date_system,
        shared_strings,
        styles,
        has_macros: MACROS.iter().any(|kind| target(kind).is_some()),
        external_links: relationships.iter().filter(|to| to.kind == "externalLink").count(),
        sheets,
    })
}

fn read_sheets(
    mut events: Events<'_>,
    relationships: &[Relationship],
    most_sheets: usize,
) -> Result<(DateSystem, Vec<SheetEntry>), ReadError> {
    let mut date_system = DateSystem::default();
    let mut sheets = Vec::new();
    while let Some(element) = events.next_element()? {
        match local_name(&element) {
            "workbookPr" => {
                if let Some("1" | "true" | "on") = events.attribute(&element, "date1904")?.as_deref() {
                    date_system = DateSystem::From1904;
                }
            }
            "sheet" => {
                let name = events.attribute(&element, "name")?.unwrap_or_default();
                let id = events.attribute(&element, "id")?.unwrap_or_default();
                // Excel lists the modules of Excel 95 as sheets without a part.
                if id.is_empty() {
                    continue;
                }
                let state = events.attribute(&element, "state")?;
                let target = relationships.iter().find(|relationship| relationship.id == id);
                let target =
                    target.ok_or_else(|| events.damaged(format_args!("no relationship of the sheet `{name}`")))?;
                if target.kind == "worksheet" {
                    let hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                    sheets.push(SheetEntry { name: name.into_owned(), hidden, part: target.target.clone() });
                    check_size(Quantity::Sheets, sheets.len() as u64, most_sheets as u64)?;
                }
            }
            _ => {}
        }
    }
    Ok((date_system, sheets))
}

/// Every worksheet has a part of its own: otherwise a small file becomes a hundred large sheets. And no part is two things.
fn check_parts(sheets: &[SheetEntry], others: [Option<&String>; 3]) -> Result<(), ReadError> {
    if sheets.is_empty() {
        return Err(ReadError::NoWorksheets);
    }
    let mut known = BTreeSet::new();
    let twice = others.into_iter().flatten().find(|part| !known.insert(*part));
    if let Some(part) = twice.or_else(|| sheets.iter().map(|sheet| &sheet.part).find(|part| known.contains(part))) {
        return Err(ReadError::hazardous(part, Hazard::PartOfTwoKinds));
    }
    let mut seen = BTreeSet::new();
    match sheets.iter().find(|sheet| !seen.insert(&sheet.part)) {
        Some(sheet) => Err(ReadError::damaged(&sheet.part, "two sheets share this part")),
        None => Ok(()),
    }
}
