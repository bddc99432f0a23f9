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
        "Arket »{expected}« mangler. Felterne på det er ikke kontrolleret.",
        "The sheet “{expected}” is missing. The fields on it were not checked.",
    ),
    action: Text::new(
        "Brug skabelonens eget ark »{expected}«, eller giv arket det navn igen.",
        "Use the form's own sheet “{expected}”, or give the sheet that name again.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let missing = subject.form.anomalies.iter().filter_map(|anomaly| match anomaly {
        Anomaly::MissingSheet { name } => Some(name),
        _ => None,
    });
    missing.map(|name| Finding::on_file(&RULE).expected(Argument::Submitted(name.clone()))).collect()
}
