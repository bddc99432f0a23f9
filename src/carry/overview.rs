//! From the budget to the course overview.

use rust_decimal::Decimal;

use super::Carried;
use super::transfer::{Transfer, column_to_fill};
use crate::form::{Form, Layout, Reading, Row as BudgetRow, Table};
use crate::template::{Entry, Row};

/// An activity of a package as the budget has it.
struct Planned {
    /// Where the budget has something if the activity is planned.
    sign: &'static str,
    /// The fields whose product is its hours.
    hours: &'static [&'static str],
    fee: Option<&'static str>,
    veu_hours: Option<&'static str>,
}

/// What may be planned, in the order of the overview's choices.
const PLANNED: [Planned; 3] = [
    Planned {
        sign: "guidance.hours",
        hours: &["guidance.hours"],
        fee: Some("guidance.fee"),
        veu_hours: Some("guidance.veu_hours"),
    },
    Planned {
        sign: "course.hours",
        hours: &["course.hours"],
        fee: Some("course.fee"),
        veu_hours: Some("course.veu_hours"),
    },
    Planned {
        sign: "internship.weeks",
        hours: &["internship.weeks", "internship.week_hours"],
        fee: None,
        veu_hours: None,
    },
];

/// Starts a course overview from a budget: Stamdata, and a row for each activity that is planned, with its hours and fee.
/// Where it is more than one course, the company divides the row.
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
        let budgeted = Budgeted { table, row };
        for (planned, choice) in PLANNED.iter().zip(choices).filter(|(planned, _)| budgeted.has(planned)) {
            let mut activity = package.clone();
            activity.insert("activity".to_owned(), Entry::Text(choice.clone()));
            activity.extend(budgeted.figures(planned));
            rows.push(activity);
        }
    }
    transfer.carried.filling.tables.insert("activities".to_owned(), rows);
    transfer.carried
}

/// A package of the budget.
struct Budgeted<'b> {
    table: &'b Table,
    row: &'b BudgetRow,
}

impl Budgeted<'_> {
    fn number(&self, key: &str) -> Option<Decimal> {
        self.table.cell(self.row, key).and_then(Reading::number)
    }

    fn has(&self, planned: &Planned) -> bool {
        self.number(planned.sign).is_some_and(|number| !number.is_zero())
    }

    /// What the budget says of the activity. Whether there is an allowance is left open where it is for some hours only.
    fn figures(&self, planned: &Planned) -> impl Iterator<Item = (String, Entry)> {
        let factors: Option<Vec<Decimal>> = planned.hours.iter().map(|key| self.number(key)).collect();
        let hours: Option<Decimal> = factors.map(|factors| factors.into_iter().product());
        let fee = planned.fee.and_then(|key| self.number(key));
        let veu = planned.veu_hours.and_then(|key| {
            let veu_hours = self.number(key).unwrap_or_default();
            let is_all_or_none = veu_hours.is_zero() || Some(veu_hours) == hours;
            is_all_or_none.then(|| Entry::YesNo(!veu_hours.is_zero()))
        });
        let entries = [("hours", hours.map(Entry::Number)), ("fee", fee.map(Entry::Number)), ("veu", veu)];
        entries.into_iter().filter_map(|(key, entry)| Some((key.to_owned(), entry?)))
    }
}
