//! S016: rows of a table that hold only a number, zeros, dashes, choices or copied formulas.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Anomaly, Origin};
use crate::language::Text;
use crate::rules::t::comparison::{RowsAmiss, computed_cells};
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S016",
    name: "rows-of-nothing",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("En række i tabellen er en medarbejder eller en aktivitet.")],
    parameters: &[],
    title: Text::new("Rækker uden indhold er sprunget over", "Rows without content are passed over"),
    message: Text::new(
        "{rows} Der er hverken Medarbejder-ID, timer eller beløb, så det tælles ikke som noget, der søges om.",
        "{rows} There is neither an employee ID nor hours nor amounts, so it does not count as something that is applied for.",
    ),
    action: Text::new(
        "Er der søgt om noget her, så udfyld rækken helt. Ellers skal der ikke rettes noget.",
        "If something is applied for here, fill in the whole row. Otherwise nothing needs to be corrected.",
    ),
    check: Check::Case(check),
};

const ONE: Text =
    Text::new("Rækken har kun nuller, streger, valg eller summer.", "The row has only zeros, dashes, choices or sums.");
const MANY: Text = Text::new(
    "{} rækker har kun nuller, streger, valg eller summer.",
    "{} rows have only zeros, dashes, choices or sums.",
);

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let counted = computed_cells(subject).iter().filter_map(|cell| match &cell.rows_amiss {
        Some(RowsAmiss::CountedAlong(cells)) => Some(cells),
        _ => None,
    });
    let counted: Vec<&Origin> = counted.flatten().collect();
    // A row that the sums count along is a mistake, which T403 tells.
    let is_told = |row: &&Origin| counted.iter().any(|cell| cell.sheet == row.sheet && cell.cell.row == row.cell.row);
    let anomalies = subject.document.form.anomalies.iter();
    anomalies.filter_map(|anomaly| finding(anomaly, |row| !is_told(row))).collect()
}

/// One finding for all such rows of a table, at the first of them.
fn finding(anomaly: &Anomaly, counts: impl Fn(&&Origin) -> bool) -> Option<Finding> {
    let Anomaly::RowsOfNothing { rows } = anomaly else { return None };
    let rows: Vec<&Origin> = rows.iter().filter(counts).collect();
    let (first, others) = rows.split_first()?;
    let said = match others.len() {
        0 => Argument::Words(ONE),
        others => Argument::Phrase(MANY, (others + 1).into()),
    };
    let finding = Finding::at(&RULE, *first).with("rows", said);
    Some(others.iter().fold(finding, |finding, row| finding.and_at(*row)))
}
