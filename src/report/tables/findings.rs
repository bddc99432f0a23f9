//! `Fund`: a row for each finding.

use super::value::Value;
use super::{Column, Row, Table};
use crate::finding::{Finding, Place};
use crate::language::{Language, Text};
use crate::report::model::FileReport;

/// The table.
pub(in crate::report) const TABLE: Table = Table {
    name: Text::new("Fund", "Findings"),
    columns: &[
        Column::text(Text::new("Sag", "Case"), 15),
        Column::text(Text::new("Fil", "File"), 25),
        Column::text(Text::new("Skema", "Form"), 13),
        Column::text(Text::new("Alvor", "Severity"), 13),
        Column::text(Text::new("Regel", "Rule"), 8),
        Column::text(Text::new("Hvad reglen finder", "What the rule finds"), 22),
        Column::text(Text::new("Ark", "Sheet"), 12),
        Column::text(Text::new("Celle", "Cell"), 8),
        Column::text(Text::new("Felt", "Field"), 20),
        Column::text(Text::new("Fundet", "Found"), 15),
        Column::text(Text::new("Forventet", "Expected"), 15),
        Column::numbers(Text::new("Forskel", "Difference"), 12),
        Column::text(Text::new("Hvad er galt", "What is wrong"), 46),
        Column::text(Text::new("Hvad skal der gøres", "What to do"), 36),
    ],
    nothing: Text::new("Kontrollen fandt intet.", "The check found nothing."),
};

/// The row of a finding.
pub(in crate::report) fn row<'r>(file: &'r FileReport, finding: &'r Finding, language: Language) -> Row<'r> {
    let place = finding.place();
    let difference = finding.difference();
    vec![
        Value::Text(file.case.as_str().into()),
        Value::Text(file.path.as_str().into()),
        Value::optional(file.form.as_ref().map(|form| form.kind.name())),
        Value::Severity(finding.severity()),
        Value::Text(finding.rule.code.into()),
        Value::Text(finding.rule.title.get(language).into()),
        Value::optional(place.map(Place::shown_sheet)),
        Value::optional(place.and_then(|place| place.cell).map(|cell| cell.to_string())),
        Value::optional(place.map(|place| &*place.label)),
        Value::of_argument(&finding.found, language),
        Value::of_argument(&finding.expected, language),
        difference.map_or(Value::Blank, |difference| Value::of_argument(&difference, language)),
        Value::Text(finding.message(language).into()),
        Value::Text(finding.action(language).into()),
    ]
}
