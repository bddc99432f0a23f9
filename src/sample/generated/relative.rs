//! Values of a mistake that follow from the case: `"= packages.2.wage + 10"`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::{Table, Value};

use super::super::resolve::CaseFilling;
use super::mistake::entry_at;
use super::schedule::days_after;
use crate::form::Layout;
use crate::template::Entry;

/// What a value that follows from the case begins with.
const MARK: &str = "= ";

/// Puts the values of the case in the place of those that follow from it; what names no field stays as it is.
///
/// `= FIELD`, `= FIELD + N` and `= FIELD - N` are known; N is a number or another field, and days where the field is a
/// date. A number may stand in the field's place.
pub(super) fn resolve(value: &mut Value, case: &CaseFilling, layouts: &[Layout]) {
    match value {
        Value::Table(table) => {
            resolve_table(table, case, layouts);
        }
        Value::String(text) => {
            let found = text.strip_prefix(MARK).and_then(|term| evaluate(term, case, layouts));
            if let Some(found) = found {
                *value = found;
            }
        }
        _ => {}
    }
}

fn resolve_table(table: &mut Table, case: &CaseFilling, layouts: &[Layout]) {
    for (_, value) in table.iter_mut() {
        resolve(value, case, layouts);
    }
}

fn evaluate(term: &str, case: &CaseFilling, layouts: &[Layout]) -> Option<Value> {
    let (first, sign, second) = match term.split_whitespace().collect::<Vec<_>>().as_slice() {
        [field] => ((*field).to_owned(), Decimal::ONE, None),
        [field, "+", other] => ((*field).to_owned(), Decimal::ONE, Some((*other).to_owned())),
        [field, "-", other] => ((*field).to_owned(), -Decimal::ONE, Some((*other).to_owned())),
        _ => return None,
    };
    let number = |text: &str| -> Option<Decimal> {
        text.parse().ok().or_else(|| match entry_at(case, layouts, text) {
            Some(Entry::Number(number)) => Some(*number),
            // An optional number that is not filled in.
            _ => Some(Decimal::ZERO),
        })
    };
    let change = second.map_or(Some(Decimal::ZERO), |second| number(&second))? * sign;
    match entry_at(case, layouts, &first) {
        Some(Entry::Date(date)) => date_value(days_after(*date, i64::try_from(change).ok()?)),
        Some(Entry::Text(text)) => Some(Value::String(text.clone())),
        Some(Entry::YesNo(yes)) => Some(Value::Boolean(*yes)),
        Some(Entry::Number(own)) => number_value(*own + change),
        Some(Entry::Error(_) | Entry::NoResult) => None,
        None => number_value(number(&first)? + change),
    }
}

fn number_value(number: Decimal) -> Option<Value> {
    let number = number.normalize();
    if number.scale() == 0 {
        return i64::try_from(number).ok().map(Value::Integer);
    }
    number.to_string().parse().ok().map(Value::Float)
}

fn date_value(date: Date) -> Option<Value> {
    date.to_string().parse().ok().map(Value::Datetime)
}
