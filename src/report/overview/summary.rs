//! The sheet `Overblik`: the run on one page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::flow::Flow;
use super::look::Looks;
use crate::language::{Language, Text};
use crate::report::decisions::decisions_in_words;
use crate::report::run_report::RunReport;
use crate::report::statistics::{FiredRule, Statistics};
use crate::report::tables::{Column, Row, Table, Value, draw_down, summary};
use crate::report::text::problem_in_words;

const NAME: Text = Text::new("Overblik", "Overview");

/// The widths of the columns, in characters.
const WIDTHS: [u8; 5] = [52, 14, 18, 18, 18];

/// The rules that fired, in the columns of this sheet.
const RULES: Table = Table {
    name: Text::new("Regler, der fandt noget, hyppigste først", "Rules that found something, most often first"),
    columns: &[
        Column::text(Text::new("Hvad reglen finder", "What the rule finds"), 52),
        Column::text(Text::new("Regel", "Rule"), 14),
        Column::text(Text::new("Alvor", "Severity"), 18),
        Column::numbers(Text::new("Fund", "Findings"), 18),
        Column::numbers(Text::new("Filer", "Files"), 18),
    ],
    nothing: Text::new("Kontrollen fandt intet.", "The check found nothing."),
};

/// A run and what it adds up to.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    pub(super) report: &'r RunReport,
    pub(super) statistics: &'r Statistics,
}

/// Writes the sheet.
pub(super) fn write(
    worksheet: &mut Worksheet,
    run: Run<'_>,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let Run { report, statistics } = run;
    let mut flow = Flow::begin(worksheet, NAME, &WIDTHS, looks, language)?;
    write_title(&mut flow)?;
    write_problems(&mut flow, report)?;
    write_decisions(&mut flow, report)?;
    flow.table(&summary::VERDICTS, &summary::verdicts(report, language))?;
    flow.table(&summary::SEVERITIES, &summary::severities(report, statistics, language))?;
    flow.table(&summary::AMOUNTS, &summary::amounts(statistics, language))?;
    write_budgets(&mut flow, statistics)?;
    write_rules(&mut flow, statistics)
}

fn write_title(flow: &mut Flow<'_>) -> Result<(), XlsxError> {
    flow.title(flow.t("Overblik over kontrollen", "Overview of the check"))?;
    let version = env!("CARGO_PKG_VERSION");
    let guide = flow.t("De andre ark kan filtreres og sorteres.", "The other sheets can be filtered and sorted.");
    let by = flow.t("Kontrolleret med sporskifte", "Checked with sporskifte");
    flow.sentence(&format!("{by} {version}. {guide}"))
}

fn write_problems(flow: &mut Flow<'_>, report: &RunReport) -> Result<(), XlsxError> {
    if report.problems.is_empty() {
        return Ok(());
    }
    flow.heading(flow.t("Problemer under kørslen", "Problems of the run"))?;
    report.problems.iter().try_for_each(|problem| flow.sentence(&problem_in_words(problem, flow.language())))
}

/// What the user decided for the whole run, so that nobody takes silence for a check.
fn write_decisions(flow: &mut Flow<'_>, report: &RunReport) -> Result<(), XlsxError> {
    let decisions = decisions_in_words(report, flow.language());
    if !decisions.is_empty() {
        flow.heading(flow.t("Valgt for kørslen", "Decided for the run"))?;
    }
    decisions.iter().try_for_each(|decision| flow.sentence(decision))
}

/// The years whose budget is used up.
fn write_budgets(flow: &mut Flow<'_>, statistics: &Statistics) -> Result<(), XlsxError> {
    let years = draw_down::years_in_detail(statistics).0;
    let passed: Vec<_> = years.into_iter().filter(|year| year.passed().is_some()).collect();
    if !passed.is_empty() {
        flow.heading(flow.t("Puljer, der er brugt op", "Budgets that are used up"))?;
    }
    passed.into_iter().try_for_each(|year| flow.sentence(&draw_down::sentence(year, flow.language())))
}

fn write_rules(flow: &mut Flow<'_>, statistics: &Statistics) -> Result<(), XlsxError> {
    let language = flow.language();
    if statistics.rules.is_empty() {
        flow.heading(RULES.name.get(language))?;
        return flow.sentence(RULES.nothing.get(language));
    }
    let rows: Vec<Row<'_>> = statistics.rules.iter().map(|fired| row(fired, language)).collect();
    flow.table(&RULES, &rows)
}

fn row(fired: &FiredRule, language: Language) -> Row<'static> {
    let FiredRule { rule, frequency } = fired;
    vec![
        Value::Text(rule.title.get(language).into()),
        Value::Text(rule.code.into()),
        Value::Severity(rule.severity),
        Value::Count(frequency.findings),
        Value::Count(frequency.files),
    ]
}
