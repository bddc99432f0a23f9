//! S003: a sheet is missing.

use crate::finding::{Argument, Finding, Severity};
use crate::form::Anomaly;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S003",
    name: "missing-sheet",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Arkenes navne i skabelonen ligger fast.")],
    parameters: &[],
    title: Text::new("Et ark mangler", "A sheet is missing"),
    message: Text::new(
        "Arket »{expected}« mangler. Felterne på det er ikke kontrolleret.{alike}",
        "The sheet “{expected}” is missing. The fields on it were not checked.{alike}",
    ),
    action: Text::new(
        "Brug skabelonens eget ark »{expected}«, eller giv arket det navn igen.",
        "Use the form's own sheet “{expected}”, or give the sheet that name again.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.anomalies.iter().filter_map(finding).collect()
}

fn finding(anomaly: &Anomaly) -> Option<Finding> {
    let Anomaly::MissingSheet { name, alike } = anomaly else { return None };
    let names: Vec<String> = alike.iter().map(|name| format!("»{name}«")).collect();
    let alike = match names.as_slice() {
        [] => Argument::Words(Text::new("", "")),
        names => Argument::Sentence(ALIKE, Box::new(Argument::Submitted(names.join(", ")))),
    };
    Some(Finding::on_file(&RULE).expected(Argument::Submitted(name.clone())).with("alike", alike))
}

const ALIKE: Text = Text::new(
    " Disse ark ligner det lige meget, så det kan ikke afgøres, hvilket det er: {}.",
    " These sheets look like it equally, so that it cannot be told which it is: {}.",
);
