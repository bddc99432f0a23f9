//! S014: the table was extended past its capacity, or rows are missing from the totals row's sums.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Reading, SheetLayout, Table, range_of_sum};
use crate::language::Text;
use crate::rules::t::comparison::wrong_cells;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S014",
    name: "table-full",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Tabellen har plads til 45 pakker, og totalrækken lægger alle dens rækker sammen.")],
    parameters: &[],
    title: Text::new(
        "Tabellen er udvidet, eller rækker mangler i summen",
        "The table was extended, or rows are missing from the sums",
    ),
    message: Text::new("{problem}", "{problem}"),
    action: Text::new(
        "Hold jer til skabelonens rækker, og lad formlerne i totalrækken dække dem alle.",
        "Keep to the form's rows, and let the formulas of the totals row cover them all.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let form = &subject.document.form;
    let sheets = form.layout.sheets.iter();
    let tables = sheets.filter_map(|sheet| Some((sheet, form.table(&sheet.table.as_ref()?.key)?)));
    tables
        .flat_map(|(sheet, table)| extended(sheet, table).into_iter().chain(uncovered(subject, sheet, table)))
        .collect()
}

fn extended(sheet: &SheetLayout, table: &Table) -> Option<Finding> {
    let capacity = sheet.table.as_ref()?.capacity?;
    let first_over = table.rows.iter().find(|row| row.number > table.header_row + capacity)?;
    let reading = sheet.columns.iter().find_map(|column| table.cell(first_over, &column.key))?;
    let problem = Text::new("Tabellen går ud over skabelonens {} rækker.", "The table goes beyond the form's {} rows.");
    Some(Finding::at(&RULE, &reading.origin).with("problem", Argument::Phrase(problem, capacity.into())))
}

/// Sums whose range leaves rows out; where the sum is wrong too, that is the finding.
fn uncovered(subject: &CaseSubject<'_>, sheet: &SheetLayout, table: &Table) -> Option<Finding> {
    let (first, last) = (table.rows.first()?.number, table.rows.last()?.number);
    let wrong = wrong_cells(subject);
    let leaves_out = |reading: &&Reading| {
        let range = reading.formula.as_deref().and_then(range_of_sum);
        range.is_some_and(|(from, to)| from.row > first || to.row < last) && !wrong.contains(&reading.origin)
    };
    let totals = table.totals.as_ref()?;
    let summed = sheet.columns.iter().filter(|column| column.sum);
    let reading = summed.filter_map(|column| table.cell(totals, &column.key)).find(leaves_out)?;
    let problem = Text::new(
        "Formlen i totalrækken for {} tager ikke alle tabellens rækker med.",
        "The formula of the totals row for {} does not cover all of the table's rows.",
    );
    let label = Argument::Submitted(reading.origin.label.to_string());
    Some(Finding::at(&RULE, &reading.origin).with("problem", Argument::Sentence(problem, Box::new(label))))
}
