//! S016: rows of a table that hold only a number, zeros, dashes, choices or copied formulas.

use crate::finding::{Argument, Finding, Severity};
use crate::form::Anomaly;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

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
    check: Check::Form(check),
};

const ONE: Text =
    Text::new("Rækken har kun nuller, streger, valg eller summer.", "The row has only zeros, dashes, choices or sums.");
const MANY: Text = Text::new(
    "{} rækker har kun nuller, streger, valg eller summer.",
    "{} rows have only zeros, dashes, choices or sums.",
);

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.anomalies.iter().filter_map(finding).collect()
}

/// One finding for all such rows of a table, at the first of them.
fn finding(anomaly: &Anomaly) -> Option<Finding> {
    let Anomaly::RowsOfNothing { rows } = anomaly else { return None };
    let (first, others) = rows.split_first()?;
    let said = match others.len() {
        0 => Argument::Words(ONE),
        others => Argument::Phrase(MANY, (others + 1).into()),
    };
    let finding = Finding::at(&RULE, first).with("rows", said);
    Some(others.iter().fold(finding, Finding::and_at))
}
