//! From the budget to the course overview.

use super::Carried;
use super::transfer::{Transfer, column_to_fill};
use crate::form::{Form, Layout, Reading};
use crate::template::{Entry, Row};

/// What the budget has where an activity is planned, in the order of the overview's choices.
const PLANNED: [&str; 3] = ["guidance.hours", "course.hours", "internship.weeks"];

/// Starts a course overview from a budget: Stamdata, and a row for each activity that is planned.
pub fn overview(budget: &Form, layout: &Layout) -> Carried {
    let mut transfer = Transfer::new(budget);
    transfer.fields(layout);
    let choices = layout.column("activity").map(|column| column.choices.as_slice()).unwrap_or_default();
    let Some(table) = budget.table("packages") else { return transfer.carried };
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut package = Row::new();
        for key in ["nr", "employee"] {
            transfer.cell(&mut package, key, table.cell(row, key), column_to_fill(layout, "activities", key));
        }
        let planned = |key: &str| table.cell(row, key).and_then(Reading::number).is_some_and(|n| !n.is_zero());
        for (_, choice) in PLANNED.iter().zip(choices).filter(|(key, _)| planned(key)) {
            let mut activity = package.clone();
            activity.insert("activity".to_owned(), Entry::Text(choice.clone()));
            rows.push(activity);
        }
    }
    transfer.carried.filling.tables.insert("activities".to_owned(), rows);
    transfer.carried
}
