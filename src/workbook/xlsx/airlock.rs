//! The airlock: from a package that anyone may have made to one that calamine can trust.
//!
//! calamine 0.38 allocates what a file declares, and fails by aborting. It gets a new, uncompressed package with fixed
//! part names that holds only the checked shared strings, the number formats and the checked cells.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

use super::super::clean_archive::CleanArchive;
use super::super::error::ReadError;
use super::super::{DateSystem, Limits, MergedRange, Package};
use super::workbook_part::WorkbookPart;
use super::{strings, styles, worksheet};

/// What is behind the airlock.
pub(super) struct Airlock {
    /// The package for calamine.
    pub(super) clean_package: Cursor<Vec<u8>>,
    /// Its sheets, in the order of their tabs.
    pub(super) sheets: Vec<CleanSheet>,
}

/// A sheet of the clean package, and what calamine does not tell about it.
pub(super) struct CleanSheet {
    /// The name on the tab.
    pub(super) name: String,
    /// The name in the clean package: two sheets there never have the same.
    pub(super) clean_name: String,
    /// The part it came from.
    pub(super) part: String,
    pub(super) hidden: bool,
    pub(super) merged: Vec<MergedRange>,
    /// Error values that calamine does not know, by the position of their cell in the part.
    pub(super) other_errors: BTreeMap<usize, String>,
}

/// Checks every part that calamine needs and packs what it may see.
pub(super) fn pass(package: &Package, workbook: &WorkbookPart, limits: &Limits) -> Result<Airlock, ReadError> {
    let mut archive = CleanArchive::new();
    let mut sheets = Vec::with_capacity(workbook.sheets.len());
    for (index, entry) in workbook.sheets.iter().enumerate() {
        let text = package.text(&entry.part).ok_or_else(|| ReadError::damaged(&entry.part, "the part is missing"))?;
        let checked = worksheet::check(&entry.part, text, limits)?;
        archive.add(&format!("xl/sheet{index}.xml"), checked.clean_xml.as_bytes())?;
        sheets.push(CleanSheet {
            name: entry.name.clone(),
            clean_name: index.to_string(),
            part: entry.part.clone(),
            hidden: entry.hidden,
            merged: checked.merged,
            other_errors: checked.other_errors,
        });
    }
    add_tables(&mut archive, package, workbook, limits)?;
    add_directory(&mut archive, sheets.len(), workbook.date_system)?;
    Ok(Airlock { clean_package: archive.finish()?, sheets })
}

/// The shared strings and number formats, where the package has any.
fn add_tables(
    archive: &mut CleanArchive,
    package: &Package,
    workbook: &WorkbookPart,
    limits: &Limits,
) -> Result<(), ReadError> {
    if let Some((part, text)) = named_part(package, workbook.shared_strings.as_deref()) {
        strings::check(part, text, limits)?;
        archive.add("xl/sharedStrings.xml", text.as_bytes())?;
    }
    if let Some((part, text)) = named_part(package, workbook.styles.as_deref()) {
        archive.add("xl/styles.xml", styles::clean(part, text)?.as_bytes())?;
    }
    Ok(())
}

fn named_part<'a>(package: &'a Package, name: Option<&'a str>) -> Option<(&'a str, &'a str)> {
    name.and_then(|name| Some((name, package.text(name)?)))
}

/// The parts that lead calamine to the sheets.
fn add_directory(archive: &mut CleanArchive, sheets: usize, dates: DateSystem) -> Result<(), ReadError> {
    let (mut list, mut targets) = (String::new(), String::new());
    for index in 0..sheets {
        let _ = write!(list, r#"<sheet name="{index}" sheetId="{index}" r:id="r{index}"/>"#);
        let _ = write!(targets, r#"<Relationship Id="r{index}" Type="/worksheet" Target="sheet{index}.xml"/>"#);
    }
    let date1904 = u8::from(dates == DateSystem::From1904);
    let workbook = format!(r#"<workbook><workbookPr date1904="{date1904}"/><sheets>{list}</sheets></workbook>"#);
    let main = r#"<Relationship Id="r" Type="/relationships/officeDocument" Target="xl/workbook.xml"/>"#;
    archive.add("_rels/.rels", format!("<Relationships>{main}</Relationships>").as_bytes())?;
    archive.add("xl/workbook.xml", workbook.as_bytes())?;
    archive.add("xl/_rels/workbook.xml.rels", format!("<Relationships>{targets}</Relationships>").as_bytes())
}
