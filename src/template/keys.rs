//! Keys as people write them, and the places of a form that they mean: `packages.1.admin.hours`.

use super::filling::{Entry, Filling, Row};
use super::places::Place;
use crate::form::{Layout, SheetLayout};

/// The place that a key means: `company.cvr`, `packages.1.admin.hours` (rows from 1), `totals.grant`.
pub fn place_of(layout: &Layout, key: &str) -> Option<Place> {
    if fields(layout).any(|(field, _)| field == key) {
        return Some(Place::Field(key.to_owned()));
    }
    let (table, rest) = key.split_once('.')?;
    if table == "totals" {
        let sheet = layout.sheets.iter().find(|sheet| sheet.columns.iter().any(|column| column.sum))?;
        let column = sheet.columns.iter().find(|column| column.sum && column.key == rest)?;
        return Some(Place::Total { table: sheet.table.as_ref()?.key.clone(), key: column.key.clone() });
    }
    let (number, column) = rest.split_once('.')?;
    let row = number.parse::<u32>().ok()?.checked_sub(1)?;
    let sheet = layout.table_sheet(table)?;
    let known = sheet.columns.iter().any(|known| known.key == column);
    known.then(|| Place::Cell { table: table.to_owned(), row, key: column.to_owned() })
}

/// The row that a key means as a whole: `packages.2`.
pub fn row_of<'k>(layout: &Layout, key: &'k str) -> Option<(&'k str, usize)> {
    let (table, number) = key.split_once('.')?;
    layout.table_sheet(table)?;
    Some((table, number.parse::<usize>().ok()?.checked_sub(1)?))
}

/// Whether the form computes what stands in a place.
pub fn is_computed(layout: &Layout, place: &Place) -> bool {
    match place {
        Place::Field(key) => fields(layout).any(|(field, computed)| field == key && computed),
        Place::Cell { table, key, .. } => layout.table_sheet(table).is_some_and(|sheet| computes(sheet, key)),
        Place::Total { .. } => true,
    }
}

/// Puts an entry into a place, or takes it away; `None` where the row is more than one past the last.
pub fn put(filling: &mut Filling, place: Place, entry: Option<Entry>) -> Option<()> {
    match place {
        Place::Field(key) => replace(&mut filling.fields, key, entry),
        Place::Total { table, key } => replace(&mut filling.totals, (table, key), entry),
        Place::Cell { table, row, key } => {
            let rows = filling.tables.entry(table).or_default();
            let row = usize::try_from(row).ok()?;
            if row == rows.len() {
                rows.push(Row::new());
            }
            replace(rows.get_mut(row)?, key, entry);
        }
    }
    Some(())
}

fn replace<K: Ord>(entries: &mut std::collections::BTreeMap<K, Entry>, key: K, entry: Option<Entry>) {
    match entry {
        Some(entry) => drop(entries.insert(key, entry)),
        None => drop(entries.remove(&key)),
    }
}

/// The keys of all fields beside a label or below a table, and whether the form computes them.
fn fields(layout: &Layout) -> impl Iterator<Item = (&str, bool)> {
    layout.sheets.iter().flat_map(|sheet| {
        let beside = sheet.fields.iter().map(|field| (field.key.as_str(), false));
        beside.chain(sheet.summary.iter().map(|field| (field.key.as_str(), field.formula.is_some())))
    })
}

fn computes(sheet: &SheetLayout, key: &str) -> bool {
    sheet.columns.iter().any(|column| column.key == key && column.formula.is_some())
}
