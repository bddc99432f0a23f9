//! `Hyppigste fejl`: what is found most often, by rule, and by rule and field.

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::{Language, Text};
use crate::report::statistics::{FiredRule, Frequency, Mistake};

/// How many mistakes by field are told.
pub(in crate::report) const MOST_FIELDS: usize = 50;

const RULE: Column = Column::text(Text::new("Regel", "Rule"), 9);
const TITLE: Column = Column::text(Text::new("Hvad reglen finder", "What the rule finds"), 48);
const SEVERITY: Column = Column::text(Text::new("Alvor", "Severity"), 15);
const FINDINGS: Column = Column::numbers(Text::new("Fund", "Findings"), 11);
const FILES: Column = Column::numbers(Text::new("Filer", "Files"), 11);
const CASES: Column = Column::numbers(Text::new("Sager", "Cases"), 11);

/// The rules that found something.
pub(in crate::report) const RULES: Table = Table {
    name: Text::new("Fund efter regel", "Findings by rule"),
    columns: &[RULE, TITLE, SEVERITY, FINDINGS, FILES, CASES],
    nothing: Text::new("Kontrollen fandt intet.", "The check found nothing."),
};

/// Where they found it.
pub(in crate::report) const FIELDS: Table = Table {
    name: Text::new("Hyppigste fejl", "Most frequent mistakes"),
    columns: &[Column::text(Text::new("Felt", "Field"), 46), TITLE, RULE, SEVERITY, FINDINGS, FILES, CASES],
    nothing: Text::new("Intet er fundet i skemaernes felter.", "Nothing was found in the forms' fields."),
};

/// The row of a rule.
pub(in crate::report) fn rule_row(fired: &FiredRule, language: Language) -> Row<'static> {
    let rule = fired.rule;
    let what =
        [Value::Text(rule.code.into()), Value::Text(rule.title.get(language).into()), Value::Severity(rule.severity)];
    what.into_iter().chain(counts(fired.frequency)).collect()
}

/// The row of a mistake.
pub(in crate::report) fn field_row(mistake: &Mistake, language: Language) -> Row<'_> {
    let rule = mistake.rule;
    let what = [
        Value::Text((&*mistake.label).into()),
        Value::Text(rule.title.get(language).into()),
        Value::Text(rule.code.into()),
        Value::Severity(rule.severity),
    ];
    what.into_iter().chain(counts(mistake.frequency)).collect()
}

fn counts(frequency: Frequency) -> [Value<'static>; 3] {
    [frequency.findings, frequency.files, frequency.cases].map(Value::Count)
}
