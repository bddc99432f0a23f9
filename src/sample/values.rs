//! TOML values as cell entries, and nested tables as dotted keys.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::{Table, Value};

use super::SampleError;
use crate::template::Entry;

/// A dotted key and its value; `None` for the empty text, which removes an entry.
pub(super) type Change = (String, Option<Entry>);

/// The changes that a table lists, in the order of their keys; `admin.hours = 5` and `"admin.hours" = 5` are the same.
pub(super) fn changes(table: &Table, scenario: &str) -> Result<Vec<Change>, SampleError> {
    let mut changes = Vec::new();
    for (key, value) in flattened(table) {
        let change = match value {
            Value::String(text) if text.is_empty() => None,
            value => Some(
                entry(value).ok_or_else(|| SampleError::Value { scenario: scenario.to_owned(), key: key.clone() })?,
            ),
        };
        changes.push((key, change));
    }
    Ok(changes)
}

fn flattened(table: &Table) -> Vec<(String, &Value)> {
    let mut flat = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(inner) => {
                flat.extend(flattened(inner).into_iter().map(|(rest, value)| (format!("{key}.{rest}"), value)));
            }
            value => flat.push((key.clone(), value)),
        }
    }
    flat
}

/// A TOML value as it is typed into a cell.
fn entry(value: &Value) -> Option<Entry> {
    match value {
        Value::String(text) => Some(Entry::Text(text.clone())),
        Value::Integer(number) => Some(Entry::Number(Decimal::from(*number))),
        Value::Float(number) => number.to_string().parse().ok().map(Entry::Number),
        Value::Boolean(yes) => Some(Entry::YesNo(*yes)),
        Value::Datetime(date) => date.to_string().parse::<Date>().ok().map(Entry::Date),
        Value::Array(_) | Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_becomes_its_entry() {
        let table: Table = "admin.hours = 7.4\nday = 2023-03-01\nok = true\n\"a.b\" = \"\"".parse().unwrap();
        let mut expected = vec![
            ("admin.hours".to_owned(), Some(Entry::Number("7.4".parse().unwrap()))),
            ("day".to_owned(), Some(Entry::Date(Date::constant(2023, 3, 1)))),
            ("ok".to_owned(), Some(Entry::YesNo(true))),
            ("a.b".to_owned(), None),
        ];
        expected.sort_by(|left, right| left.0.cmp(&right.0));
        let mut found = changes(&table, "x").unwrap();
        found.sort_by(|left, right| left.0.cmp(&right.0));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_list_is_no_value_of_a_cell() {
        let table: Table = "wage = [1]".parse().unwrap();
        assert!(matches!(changes(&table, "x"), Err(SampleError::Value { key, .. }) if key == "wage"));
    }
}
