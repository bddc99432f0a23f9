//! S014: the table was extended past its capacity, or rows are missing from the totals row's sums.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Origin, Reading, Row, SheetLayout, Table, range_of_sum};
use crate::language::Text;
use crate::rules::t::comparison::{ComputedCell, RowsAmiss, computed_cells, wrong_cells};
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S014",
    name: "table-full",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
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
    tables.flat_map(|(sheet, table)| of_table(subject, sheet, table)).collect()
}

fn of_table(subject: &CaseSubject<'_>, sheet: &SheetLayout, table: &Table) -> Vec<Finding> {
    let rows =
        missed(subject, table).or_else(|| below_totals(sheet, table)).or_else(|| uncovered(subject, sheet, table));
    extended(sheet, table).into_iter().chain(rows).collect()
}

fn is_below(table: &Table, row: &Row) -> bool {
    table.totals_row.is_some_and(|totals| row.number > totals)
}

fn extended(sheet: &SheetLayout, table: &Table) -> Option<Finding> {
    let capacity = sheet.table.as_ref()?.capacity?;
    let rows = table.rows.iter().filter(|row| !is_below(table, row));
    let first_over = rows.into_iter().find(|row| row.number > table.header_row + capacity)?;
    let reading = sheet.columns.iter().find_map(|column| table.cell(first_over, &column.key))?;
    let problem = Text::new("Tabellen går ud over skabelonens {} rækker.", "The table goes beyond the form's {} rows.");
    Some(Finding::at(&RULE, &reading.origin).with("problem", Argument::Phrase(problem, capacity.into())))
}

/// Rows that no sum of the totals row has: one finding, at the last amount of the first of them.
fn missed(subject: &CaseSubject<'_>, table: &Table) -> Option<Finding> {
    let cells = computed_cells(subject).iter().filter_map(|cell| match &cell.rows_amiss {
        Some(RowsAmiss::Missed(missed)) if cell.origin.sheet == table.sheet => Some((cell, missed)),
        _ => None,
    });
    let cells: Vec<(&ComputedCell, &Vec<Origin>)> = cells.collect();
    let (told, missed) = cells.iter().rfind(|(cell, _)| cell.is_amount).or(cells.last())?;
    let (first, others) = missed.split_first()?;
    let words = match (told.is_amount, others.is_empty()) {
        (true, true) => MISSED_AMOUNT,
        (true, false) => MISSED_AMOUNTS,
        (false, true) => MISSED_NUMBER,
        (false, false) => MISSED_NUMBERS,
    };
    let difference = told.expected - told.claimed;
    let difference = if told.is_amount { Argument::Amount(difference) } else { Argument::Number(difference) };
    let finding = told.finding_at(&RULE, first).with("problem", Argument::Sentence(words, Box::new(difference)));
    Some(others.iter().fold(finding, Finding::and_at).and_at(&told.origin))
}

const MISSED_AMOUNT: Text = Text::new(
    "Rækken står uden for det, som totalrækken lægger sammen, så dér mangler {} kr.",
    "The row stands outside of what the totals row adds up, which therefore lacks {} kroner.",
);
const MISSED_AMOUNTS: Text = Text::new(
    "Rækkerne står uden for det, som totalrækken lægger sammen, så dér mangler {} kr.",
    "The rows stand outside of what the totals row adds up, which therefore lacks {} kroner.",
);
const MISSED_NUMBER: Text = Text::new(
    "Rækken står uden for det, som totalrækken lægger sammen, så dér mangler {}.",
    "The row stands outside of what the totals row adds up, which therefore lacks {}.",
);
const MISSED_NUMBERS: Text = Text::new(
    "Rækkerne står uden for det, som totalrækken lægger sammen, så dér mangler {}.",
    "The rows stand outside of what the totals row adds up, which therefore lacks {}.",
);

/// Packages or activities below the totals row, whose sums have them all the same, or are wrong otherwise.
fn below_totals(sheet: &SheetLayout, table: &Table) -> Option<Finding> {
    let mut below = table.rows.iter().filter(|row| is_below(table, row)).filter_map(|row| {
        let columns = sheet.columns.iter().filter(|column| column.formula.is_none() && column.key != "nr");
        columns.filter_map(|column| table.cell(row, &column.key)).find(|reading| reading.content != Content::Empty)
    });
    let first = below.next()?;
    let finding = Finding::at(&RULE, &first.origin).with("problem", Argument::Words(BELOW));
    Some(below.fold(finding, |finding, reading| finding.and_at(&reading.origin)))
}

const BELOW: Text = Text::new(
    "Her står en pakke eller en aktivitet under totalrækken. Den er regnet med.",
    "A package or an activity stands here below the totals row. It was counted.",
);

/// Sums whose range leaves rows out; where the sum is wrong too, that is the finding.
fn uncovered(subject: &CaseSubject<'_>, sheet: &SheetLayout, table: &Table) -> Option<Finding> {
    let mut rows = table.rows.iter().filter(|row| !is_below(table, row)).map(|row| row.number);
    let first = rows.next()?;
    let last = rows.next_back().unwrap_or(first);
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
