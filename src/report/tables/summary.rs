//! The run on one page: verdicts, severities, amounts.

use super::value::Value;
use super::{Column, Row, Table};
use crate::finding::{Severity, Verdict};
use crate::language::{Language, Text};
use crate::report::model::Counts;
use crate::report::run_report::RunReport;
use crate::report::statistics::{ClaimSums, Statistics};

const NOTHING: Text = Text::new("", "");
const WHAT: Column = Column::text(NOTHING, 52);
const CASES: Column = Column::numbers(Text::new("Sager", "Cases"), 14);
const FINDINGS: Column = Column::numbers(Text::new("Fund", "Findings"), 14);
const FILES: Column = Column::numbers(Text::new("Filer", "Files"), 18);

/// Cases and files by verdict.
pub(in crate::report) const VERDICTS: Table =
    Table { name: Text::new("Resultat", "Verdicts"), columns: &[WHAT, CASES, FILES], nothing: NOTHING };

/// Findings by severity.
pub(in crate::report) const SEVERITIES: Table =
    Table { name: Text::new("Fund", "Findings"), columns: &[WHAT, FINDINGS, FILES], nothing: NOTHING };

/// Grants and payouts.
pub(in crate::report) const AMOUNTS: Table = Table {
    name: Text::new("Beløb (kr.)", "Amounts (kr.)"),
    columns: &[
        WHAT,
        CASES,
        Column::numbers(Text::new("Oplyst", "Claimed"), 18),
        Column::numbers(Text::new("Genberegnet", "Recalculated"), 18),
        Column::numbers(Text::new("Forskel", "Difference"), 18),
    ],
    nothing: NOTHING,
};

fn text(text: Text, language: Language) -> Value<'static> {
    Value::Text(text.get(language).into())
}

fn strong(text: Text, language: Language) -> Value<'static> {
    Value::Strong(text.get(language).into())
}

/// Colours draw the eye to what there is, not to what there is none of.
fn coloured_where_any(count: usize, coloured: Value<'static>, word: Text, language: Language) -> Value<'static> {
    if count == 0 { text(word, language) } else { coloured }
}

/// The rows of [`VERDICTS`].
pub(in crate::report) fn verdicts(report: &RunReport, language: Language) -> Vec<Row<'static>> {
    let totals = &report.totals;
    let mut rows: Vec<Row<'static>> = Vec::new();
    let (mut cases, mut files) = (0, 0);
    for verdict in Verdict::ALL.into_iter().rev() {
        let (cases_with, files_with) = (totals.cases_with(verdict), totals.files_with(verdict));
        let word = coloured_where_any(cases_with + files_with, Value::Verdict(verdict), verdict.word(), language);
        rows.push(vec![word, Value::Count(cases_with), Value::Count(files_with)]);
        (cases, files) = (cases + cases_with, files + files_with);
    }
    let all = Text::new("Med resultat i alt", "With a verdict in all");
    rows.push(vec![strong(all, language), Value::Count(cases), Value::Count(files)]);
    let read = Text::new("Sager og filer i kørslen", "Cases and files of the run");
    rows.push(vec![strong(read, language), Value::Count(totals.cases), Value::Count(totals.files)]);
    let passed_over = Text::new(
        "Andre filer, sprunget over, fordi de ikke er regneark",
        "Other files, passed over because they are no workbooks",
    );
    rows.push(vec![text(passed_over, language), Value::Blank, Value::Count(report.passed_over)]);
    let may_hold_forms = Text::new("Heraf filer, der kan ligge et skema i", "Of these, files in which a form may be");
    rows.push(vec![text(may_hold_forms, language), Value::Blank, Value::Count(report.may_hold_forms.len())]);
    rows
}

/// The rows of [`SEVERITIES`].
pub(in crate::report) fn severities(
    report: &RunReport,
    statistics: &Statistics,
    language: Language,
) -> Vec<Row<'static>> {
    let Counts { errors, warnings, reviews } = report.totals.counts;
    let counted = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Review, reviews)];
    let row = |(severity, count): (Severity, usize)| {
        let word = coloured_where_any(count, Value::Severity(severity), severity.word(), language);
        vec![word, Value::Count(count), Value::Count(statistics.files_with(severity))]
    };
    let all = Value::Count(errors + warnings + reviews);
    let last = vec![strong(Text::new("I alt", "In all"), language), all, Value::Count(statistics.files_with_findings)];
    counted.into_iter().map(row).chain([last]).collect()
}

/// The rows of [`AMOUNTS`].
pub(in crate::report) fn amounts(statistics: &Statistics, language: Language) -> Vec<Row<'static>> {
    let grants = Text::new("Ansøgt tilskud (budgetter)", "Grants applied for (budgets)");
    let payouts = Text::new("Udbetaling (slutregnskaber)", "Payouts (accounts)");
    [sums(grants, &statistics.grants, language), sums(payouts, &statistics.payouts, language)].concat()
}

fn sums(label: Text, sums: &ClaimSums, language: Language) -> Vec<Row<'static>> {
    let compared = vec![
        text(label, language),
        Value::Count(sums.compared),
        Value::Amount(sums.claimed),
        Value::Amount(sums.recalculated),
        Value::Difference(sums.difference()),
    ];
    if sums.not_compared == 0 {
        return vec![compared];
    }
    let without = Text::new("uden genberegning", "not recalculated").get(language);
    let not_compared = vec![
        Value::Text(format!("{}: {without}", label.get(language)).into()),
        Value::Count(sums.not_compared),
        Value::Amount(sums.claimed_only),
        Value::Unknown,
        Value::Unknown,
    ];
    vec![compared, not_compared]
}
