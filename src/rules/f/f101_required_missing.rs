//! F101: a required field is empty, in a row that is in use.

use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F101",
    name: "required-missing",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Feltet skal udfyldes.")],
    parameters: &[],
    title: Text::new("Et felt skal udfyldes", "A field must be filled in"),
    message: Text::new(
        "Feltet »{label}« er tomt, men skal udfyldes.",
        "The field “{label}” is empty but must be filled in.",
    ),
    action: Text::new("Udfyld feltet.", "Fill in the field."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let missing = subject.form.missing_required();
    missing.into_iter().map(|reading| Finding::at(&RULE, &reading.origin)).collect()
}
