//! F111: not a whole number.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F111",
    name: "not-whole",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Ikke et helt tal", "Not a whole number"),
    message: Text::new(
        "I feltet »{label}« skal der stå et helt tal, men der står {found}.",
        "The field “{label}” must hold a whole number, but holds {found}.",
    ),
    action: Text::new("Skriv et helt tal.", "Write a whole number."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::NotWhole(number)) = reading.content else { return None };
    Some(Finding::at(&RULE, &reading.origin).found(Argument::Number(number)))
}
