//! Reading Office Open XML: each part that holds cells is inflated and tokenised once, and gives its cells as it is checked.
//!
//! Nothing here allocates what a file merely declares. A value that two readers could read differently is refused.

mod cell_formats;
mod cell_head;
mod escapes;
mod formula;
mod shared_strings;
mod text;
mod translation;
mod value;
mod workbook_part;
mod worksheet;

use self::shared_strings::SharedStrings;
use self::worksheet::Tables;
use super::budget::Budget;
use super::deadline::Deadline;
use super::error::ReadError;
use super::shown::CellFormats;
use super::{Limits, OpenWorkbook, Package, Sheet, Workbook, WorkbookFormat};

/// What one file may ask of its reader.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// In size.
    pub(crate) limits: Limits,
    /// In time.
    pub(crate) deadline: Deadline,
}

/// Reads a package that was recognised as `format`; of its worksheets the first `most_sheets`.
pub(crate) fn read(
    mut package: Package,
    format: WorkbookFormat,
    bounds: &Bounds,
    most_sheets: usize,
) -> Result<OpenWorkbook, ReadError> {
    let part = workbook_part::parse(&package, bounds)?;
    let strings = match named_part(&package, part.shared_strings.as_deref())? {
        Some((name, text)) => SharedStrings::read(name, text, bounds)?,
        None => SharedStrings::default(),
    };
    let cell_formats = match named_part(&package, part.styles.as_deref())? {
        Some((name, text)) => cell_formats::read(name, text, bounds)?,
        None => CellFormats::default(),
    };
    let tables = Tables { strings: &strings, cell_formats: &cell_formats, date_system: part.date_system };
    let mut budget = Budget::new(&bounds.limits);
    let mut sheets = Vec::with_capacity(part.sheets.len());
    let mut cell_data = Vec::with_capacity(part.sheets.len());
    for entry in part.sheets.into_iter().take(most_sheets) {
        let text = package.text(&entry.part)?.ok_or_else(|| ReadError::damaged(&entry.part, "the part is missing"))?;
        let read = worksheet::read(&entry.part, text, &tables, bounds, &mut budget)?;
        cell_data.push((entry.part, read.cell_data));
        sheets.push(Sheet::new(entry.name, entry.hidden, read.cells).with_merged(read.merged));
    }
    for (part, place) in cell_data {
        package.keep_cell_data(&part, place);
    }
    let workbook = Workbook {
        format,
        date_system: part.date_system,
        sheets,
        has_macros: part.has_macros,
        external_links: part.external_links,
        names: Vec::new(),
    };
    Ok(OpenWorkbook { workbook, package: Some(package) })
}

fn named_part<'a>(package: &'a Package, name: Option<&'a str>) -> Result<Option<(&'a str, &'a str)>, ReadError> {
    let Some(name) = name else { return Ok(None) };
    Ok(package.text(name)?.map(|text| (name, text)))
}
