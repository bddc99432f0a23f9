//! F103: a negative number.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F103",
    name: "negative",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Et negativt tal", "A negative number"),
    message: Text::new(
        "I feltet »{label}« står {found}. Tallet kan ikke være under 0.",
        "The field “{label}” holds {found}. The number cannot be below 0.",
    ),
    action: Text::new(
        "Skriv tallet uden minus, eller lad feltet stå tomt.",
        "Write the number without a minus, or leave the field empty.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::Negative(number)) = reading.content else { return None };
    Some(Finding::at(&RULE, &reading.origin).found(Argument::Number(number)))
}
