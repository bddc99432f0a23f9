//! S004: a label or a column header is missing.

use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Anomaly;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};
use std::sync::Arc;

/// The rule.
pub static RULE: Rule = Rule {
    code: "S004",
    name: "missing-field",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felternes navne i skabelonen ligger fast.")],
    parameters: &[],
    title: Text::new("Et felt mangler", "A field is missing"),
    message: Text::new(
        "»{expected}« mangler på arket {sheet}. {instead}Det, der hører til, er ikke kontrolleret.",
        "“{expected}” is missing on the sheet {sheet}. {instead}What belongs to it was not checked.",
    ),
    action: Text::new(
        "Skriv det igen, som det står i en tom skabelon.",
        "Write it again as it stands in a blank form.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.anomalies.iter().filter_map(finding).collect()
}

fn finding(anomaly: &Anomaly) -> Option<Finding> {
    let (place, found) = match anomaly {
        Anomaly::MissingLabel { sheet, label, cell, instead } => {
            (Place { sheet: Arc::clone(sheet), cell: *cell, label: Arc::clone(label) }, instead.as_str())
        }
        Anomaly::MissingHeader { sheet, row } => {
            let label = format!("overskrifterne i række {row}").into();
            (Place { sheet: Arc::clone(sheet), cell: None, label }, "")
        }
        _ => return None,
    };
    let sheet = Argument::Submitted(place.sheet.to_string());
    let expected = Argument::Submitted(place.label.to_string());
    let found = if found.is_empty() { Argument::Nothing } else { Argument::Submitted(found.into()) };
    let instead = match (&found, place.cell) {
        (Argument::Submitted(_), Some(_)) => INSTEAD,
        _ => Text::new("", ""),
    };
    let finding = Finding::at(&RULE, place).found(found).expected(expected);
    Some(finding.with("sheet", sheet).with("instead", Argument::Words(instead)))
}

const INSTEAD: Text = Text::new("I cellen står noget andet. ", "The cell holds something else. ");
