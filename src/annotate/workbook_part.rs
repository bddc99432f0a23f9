//! The workbook part: the list of sheets, and what counts sheets by their position.

use std::collections::BTreeSet;

use super::AnnotateError;
use super::dialect::Dialect;
use super::draft::Draft;
use super::escape::escape;
use super::relations::relations;
use super::splice::Splice;
use super::xml::{Element, Part, XmlError};

/// The children of a workbook part in their order.
const CHILDREN: [&str; 19] = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// One line of the list of sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetEntry {
    /// The name on the tab.
    pub(super) name: String,
    /// The part that it leads to, and the kind of it: `worksheet`, `chartsheet`.
    pub(super) part: Option<(String, String)>,
}

impl SheetEntry {
    /// The part of a sheet of cells.
    pub(super) fn worksheet(&self) -> Option<&str> {
        self.part.as_ref().filter(|(_, kind)| kind == "worksheet").map(|(part, _)| part.as_str())
    }
}

/// The workbook: its part, dialect and sheets in the order of their tabs.
#[derive(Debug)]
pub(super) struct Book {
    /// The name of the workbook part.
    pub(super) part: String,
    /// The dialect of the workbook part.
    pub(super) dialect: Dialect,
    /// The sheets.
    pub(super) sheets: Vec<SheetEntry>,
}

impl Book {
    /// Reads the list of sheets as it stands in the draft.
    pub(super) fn read(draft: &Draft<'_>, part: &str) -> Result<Self, AnnotateError> {
        let relations = relations(draft, part)?;
        let (dialect, entries) = draft.read(part, sheet_entries)?;
        let sheets = entries
            .into_iter()
            .map(|(name, id)| {
                let relation = relations.iter().find(|relation| relation.id == id);
                SheetEntry { name, part: relation.map(|found| (found.target.clone(), found.kind.clone())) }
            })
            .collect();
        Ok(Self { part: part.to_owned(), dialect, sheets })
    }

    /// The sheet of exactly this name.
    pub(super) fn sheet(&self, name: &str) -> Option<&SheetEntry> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// `wanted`, or `wanted (2)` and so on where a sheet has that name in any case.
    pub(super) fn free_sheet_name(&self, wanted: &str) -> String {
        let is_taken = |name: &str| {
            let name = name.to_lowercase();
            self.sheets.iter().any(|sheet| sheet.name.to_lowercase() == name)
        };
        let mut name = wanted.to_owned();
        let mut number = 2_u32;
        while is_taken(&name) {
            name = format!("{wanted} ({number})");
            number += 1;
        }
        name
    }
}

/// A sheet that is put first.
pub(super) struct FirstSheet<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The id of its relationship.
    pub(super) relation_id: &'a str,
    /// The 1-based row repeated on each printed page.
    pub(super) header_row: Option<u32>,
}

/// Puts a sheet before all others and makes it the one that is shown.
pub(super) fn add_first_sheet(xml: &str, sheet: &FirstSheet<'_>) -> Result<String, XmlError> {
    let part = Part::parse(xml)?;
    let mut splice = Splice::new(xml);
    let sheets = part.child("sheets").ok_or(XmlError::Missing("sheets"))?;
    let first = sheets.children()?.first().map(Element::span).ok_or(XmlError::Missing("sheet"))?;
    splice.insert(first.start, sheet_element(&part, sheets, sheet)?);
    show_first_sheet(&part, &mut splice)?;
    renumber_names(&part, &mut splice, |index| Some(index + 1))?;
    if let Some(row) = sheet.header_row {
        add_print_titles(&part, &mut splice, sheet.name, row)?;
    }
    Ok(splice.finish())
}

/// Removes the sheet at a 0-based position and the names that belong to it.
pub(super) fn remove_sheet(xml: &str, position: usize) -> Result<String, XmlError> {
    let part = Part::parse(xml)?;
    let mut splice = Splice::new(xml);
    let sheets = part.child("sheets").ok_or(XmlError::Missing("sheets"))?;
    if let Some(sheet) = sheets.children_named("sheet")?.get(position) {
        splice.remove(sheet.span());
    }
    renumber_names(&part, &mut splice, |index| match index.cmp(&position) {
        std::cmp::Ordering::Less => Some(index),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(index - 1),
    })?;
    Ok(splice.finish())
}

fn sheet_entries(xml: &str) -> Result<(Dialect, Vec<(String, String)>), XmlError> {
    let part = Part::parse(xml)?;
    let sheets = part.child("sheets").ok_or(XmlError::Missing("sheets"))?;
    let mut entries = Vec::new();
    for sheet in sheets.children_named("sheet")? {
        let name = sheet.attribute("name")?.unwrap_or_default().into_owned();
        let id = sheet.attribute("id")?.unwrap_or_default().into_owned();
        entries.push((name, id));
    }
    Ok((Dialect::of(&part.root)?, entries))
}

fn sheet_element(part: &Part<'_>, sheets: &Element<'_>, sheet: &FirstSheet<'_>) -> Result<String, XmlError> {
    let mut used = BTreeSet::new();
    for element in sheets.children_named("sheet")? {
        used.extend(element.attribute("sheetId")?.and_then(|id| id.parse::<u32>().ok()));
    }
    let (prefix, name, sheet_id) = (part.root.prefix(), escape(sheet.name), free_sheet_id(&used));
    let id = Dialect::of(&part.root)?.id_attribute(&part.root, sheet.relation_id)?;
    Ok(format!("<{prefix}sheet name=\"{name}\" sheetId=\"{sheet_id}\" {id}/>"))
}

/// The id above all in use, or the lowest that is free where Excel has none above.
fn free_sheet_id(used: &BTreeSet<u32>) -> u32 {
    let above = used.last().map_or(1, |highest| highest.saturating_add(1));
    if above <= HIGHEST_SHEET_ID {
        above
    } else {
        (1..=HIGHEST_SHEET_ID).find(|id| !used.contains(id)).unwrap_or(HIGHEST_SHEET_ID)
    }
}

/// The highest id of a sheet that Excel opens.
const HIGHEST_SHEET_ID: u32 = 65_534;

fn show_first_sheet(part: &Part<'_>, splice: &mut Splice<'_>) -> Result<(), XmlError> {
    for views in part.children_named("bookViews") {
        for view in views.children_named("workbookView")? {
            for position in ["activeTab", "firstSheet"] {
                if let Some(range) = view.attribute_range(position)? {
                    splice.replace(range, "0");
                }
            }
        }
    }
    Ok(())
}

/// Gives names that belong to a sheet its new position; those of a position without one are removed.
fn renumber_names(
    part: &Part<'_>,
    splice: &mut Splice<'_>,
    position: impl Fn(usize) -> Option<usize>,
) -> Result<(), XmlError> {
    for names in part.children_named("definedNames") {
        let names_left = names.children()?;
        let mut removed = Vec::new();
        for name in &names_left {
            let Some(range) = name.attribute_range("localSheetId")? else { continue };
            let Some(index) = name.attribute("localSheetId")?.and_then(|index| index.parse().ok()) else { continue };
            match position(index) {
                Some(index) => splice.replace(range, index.to_string()),
                None => removed.push(name.span()),
            }
        }
        if removed.len() == names_left.len() && !removed.is_empty() {
            splice.remove(names.span());
        } else {
            for span in removed {
                splice.remove(span);
            }
        }
    }
    Ok(())
}

fn add_print_titles(part: &Part<'_>, splice: &mut Splice<'_>, sheet: &str, row: u32) -> Result<(), XmlError> {
    let prefix = part.root.prefix();
    let reference = escape(&format!("{}!${row}:${row}", quoted_sheet_name(sheet)));
    let name = format!(
        "<{prefix}definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">{reference}</{prefix}definedName>"
    );
    if let Some(names) = part.child("definedNames") {
        splice.append_to(names, name);
        return Ok(());
    }
    let names = format!("<{prefix}definedNames>{name}</{prefix}definedNames>");
    splice.insert_child(part, &CHILDREN, "definedNames", names)
}

/// A sheet's name as it stands in a reference: `'Ark 1'`.
pub(super) fn quoted_sheet_name(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
        <bookViews><workbookView activeTab=\"2\" firstSheet='1'/></bookViews><sheets><sheet name=\"A\" sheetId=\"7\" \
        r:id=\"rId1\"/><sheet name='B &amp; C' sheetId='3' r:id='rId2'/></sheets><calcPr/></workbook>";

    const CONTROL: FirstSheet<'_> = FirstSheet { name: "Kontrol", relation_id: "rId9", header_row: Some(7) };

    #[test]
    fn the_first_sheet_is_shown_and_has_an_id_of_its_own() {
        let edited = add_first_sheet(BOOK, &CONTROL).unwrap();
        assert!(edited.contains("<sheets><sheet name=\"Kontrol\" sheetId=\"8\" r:id=\"rId9\"/><sheet name=\"A\""));
        assert!(edited.contains("activeTab=\"0\" firstSheet='0'"));
        assert!(edited.contains(
            "</sheets><definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Kontrol'!$7:$7\
             </definedName></definedNames><calcPr/>"
        ));
    }

    #[test]
    fn an_id_of_a_sheet_is_one_that_excel_opens_and_nobody_has() {
        for (used, free) in [(&[][..], 1), (&[1, 2, 7], 8), (&[1, 2, 65_534], 3), (&[65_534], 1), (&[4_294_967_295], 1)]
        {
            assert_eq!(free_sheet_id(&used.iter().copied().collect()), free, "{used:?}");
        }
    }

    #[test]
    fn names_of_a_sheet_follow_it_and_come_back() {
        let names = "<definedNames><definedName name='g'>A!$A$1</definedName>\
                     <definedName name='l' localSheetId='1'>B!$A$1</definedName></definedNames>";
        let book = BOOK.replace("<calcPr/>", names).replace("\"2\"", "\"0\"").replace("'1'/>", "'0'/>");
        let edited = add_first_sheet(&book, &CONTROL).unwrap();
        assert!(edited.contains("<definedName name='l' localSheetId='2'>"));
        assert_eq!(remove_sheet(&edited, 0).unwrap(), book);
        let edited = add_first_sheet(BOOK, &CONTROL).unwrap();
        assert!(!remove_sheet(&edited, 0).unwrap().contains("definedName"));
    }

    #[test]
    fn a_name_in_use_in_any_case_is_avoided() {
        let sheet = |name: &str| SheetEntry { name: name.into(), part: None };
        let (dialect, _) = sheet_entries(BOOK).unwrap();
        let sheets = vec![sheet("KONTROL"), sheet("Kontrol (2)")];
        let book = Book { part: String::new(), dialect, sheets };
        assert_eq!(book.free_sheet_name("Kontrol"), "Kontrol (3)");
    }

    #[test]
    fn a_workbook_without_sheets_is_an_error() {
        assert!(add_first_sheet("<workbook/>", &CONTROL).is_err());
        assert!(add_first_sheet("<workbook><sheets/></workbook>", &CONTROL).is_err());
    }

    #[test]
    fn prefixes_and_missing_bindings_are_respected() {
        let book = "<x:workbook><x:sheets><x:sheet name=\"A\" sheetId=\"1\"/></x:sheets></x:workbook>";
        let edited = add_first_sheet(book, &CONTROL).unwrap();
        assert!(
            edited.contains("<x:sheet name=\"Kontrol\" sheetId=\"2\" xmlns:r=\"http://schemas.openxmlformats.org/")
        );
        assert!(edited.contains("</x:sheets><x:definedNames><x:definedName name="));
    }
}
