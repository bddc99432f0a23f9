//! From the granted budget to the final accounts.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Carried;
use super::transfer::{Transfer, column_to_fill};
use crate::form::{Form, Layout};
use crate::template::{Entry, Row};

/// What of a package is the same before and after; the rest is what was actually spent.
const SAME: [&str; 6] = ["nr", "employee", "current_job", "new_job", "earlier", "employment"];

/// What was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The day of the grant.
    pub date: Date,
    /// The whole amount, kroner.
    pub amount: Decimal,
    /// The recalculated grant of each package, in the order of the budget's rows; `None` where it is unknown.
    pub packages: Vec<Option<Decimal>>,
}

/// Starts final accounts from a granted budget: Stamdata, the grant, and a row for each package.
pub fn accounts(budget: &Form, layout: &Layout, grant: &Grant) -> Carried {
    let mut transfer = Transfer::new(budget);
    transfer.fields(layout);
    let mut rows = Vec::new();
    for (row, granted) in budget.table("packages").into_iter().flat_map(|table| table.rows.iter().zip(&grant.packages))
    {
        let mut package = Row::new();
        for key in SAME {
            let reading = budget.table("packages").and_then(|table| table.cell(row, key));
            transfer.cell(&mut package, key, reading, column_to_fill(layout, "packages", key));
        }
        package.extend(granted.map(|granted| ("granted".to_owned(), Entry::Number(granted))));
        rows.push(package);
    }
    let filling = &mut transfer.carried.filling;
    filling.tables.insert("packages".to_owned(), rows);
    filling.fields.insert("grant.date".to_owned(), Entry::Date(grant.date));
    filling.fields.insert("grant.amount".to_owned(), Entry::Number(grant.amount));
    transfer.carried
}
