//! What a new form still needs from whoever fills it in.

use crate::form::{Layout, SheetLayout};
use crate::template::{Entry, Filling, Row};

/// A required field that is blank, in one place or in several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// The sheet it stands on.
    pub sheet: String,
    /// Its label.
    pub label: String,
    /// In how many rows of a table; `None` for a field beside its label.
    pub rows: Option<usize>,
}

/// The required fields of a form that its filling leaves blank.
pub fn blanks(layout: &Layout, filling: &Filling) -> Vec<Blank> {
    let mut found = Vec::new();
    for sheet in &layout.sheets {
        let blank = |label: &str, rows| Blank { sheet: sheet.name.clone(), label: label.to_owned(), rows };
        let missing = |key: &String| !filling.fields.contains_key(key);
        let fields = sheet.fields.iter().filter(|field| field.required && missing(&field.key));
        found.extend(fields.map(|field| blank(&field.label, None)));
        let Some(table) = &sheet.table else { continue };
        for column in sheet.columns.iter().filter(|column| column.required) {
            let rows = filling.rows(&table.key).iter().filter(|row| !row.contains_key(&column.key)).count();
            found.extend(Some(rows).filter(|&rows| rows > 0).map(|rows| blank(&column.label, Some(rows))));
        }
        if let Some((label, rows)) = hosts(sheet, filling.rows(&table.key)) {
            found.push(blank(label, Some(rows)));
        }
    }
    found
}

/// The column of the host's P-number, and how many internships lack it: it is required of them alone.
fn hosts<'l>(sheet: &'l SheetLayout, rows: &[Row]) -> Option<(&'l str, usize)> {
    let column = |key: &str| sheet.columns.iter().find(|column| column.key == key);
    let (host, activities) = (column("host_p_number")?, column("activity")?);
    // The choices are in the order of the budget: guidance, courses, internship.
    let internship = activities.choices.last()?;
    let is_internship = |row: &&Row| matches!(row.get("activity"), Some(Entry::Text(kind)) if kind == internship);
    let lacking = rows.iter().filter(is_internship).filter(|row| !row.contains_key("host_p_number")).count();
    (lacking > 0).then_some((&*host.label, lacking))
}
