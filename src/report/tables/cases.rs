//! `Sager`: a row for each case.

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::Text;
use crate::report::model::{CaseReport, Counts};
use crate::report::statistics::budget_grant;

/// The table.
pub(in crate::report) const TABLE: Table = Table {
    name: Text::new("Sager", "Cases"),
    columns: &[
        Column::text(Text::new("Sag", "Case"), 26),
        Column::text(Text::new("Virksomhed", "Company"), 34),
        Column::text(Text::new("Ansøgt", "Applied"), 12),
        Column::text(Text::new("Resultat", "Verdict"), 17),
        Column::numbers(Text::new("Filer", "Files"), 8),
        Column::numbers(Text::new("Fejl", "Errors"), 8),
        Column::numbers(Text::new("Advarsler", "Warnings"), 11),
        Column::numbers(Text::new("Til vurdering", "To review"), 11),
        Column::numbers(Text::new("Ansøgt tilskud", "Grant claimed"), 15),
        Column::numbers(Text::new("Genberegnet tilskud", "Grant recalculated"), 15),
        Column::numbers(Text::new("Forskel i tilskud", "Grant difference"), 14),
        Column::numbers(Text::new("Oplyst udbetaling", "Payout claimed"), 15),
        Column::numbers(Text::new("Genberegnet udbetaling", "Payout recalculated"), 15),
        Column::numbers(Text::new("Forskel i udbetaling", "Payout difference"), 14),
    ],
    nothing: Text::new("Ingen sager.", "No cases."),
};

/// The row of a case.
pub(in crate::report) fn row(case: &CaseReport) -> Row<'_> {
    let Counts { errors, warnings, reviews } = Counts::of(case.findings());
    let mut row = vec![
        Value::Strong(case.id.as_str().into()),
        Value::optional(case.company.as_deref()),
        case.application_date().map_or(Value::Blank, Value::Date),
        Value::Verdict(case.verdict),
        Value::Count(case.files.len()),
        Value::Count(errors),
        Value::Count(warnings),
        Value::Count(reviews),
    ];
    row.extend(Value::of_claim(budget_grant(case)));
    row.extend(Value::of_claim(case.payout));
    row
}
