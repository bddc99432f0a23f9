//! F105: not one of the choices.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F105",
    name: "not-a-choice",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Vælg fra listen.")],
    parameters: &[],
    title: Text::new("Ikke en af mulighederne", "Not one of the choices"),
    message: Text::new(
        "I feltet »{label}« står »{found}«. Der skal stå en af disse: {expected}.",
        "The field “{label}” holds “{found}”. It must hold one of: {expected}.",
    ),
    action: Text::new("Vælg en af mulighederne fra listen i cellen.", "Choose one from the list in the cell."),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(|reading| finding(reading, subject)).collect()
}

fn finding(reading: &Reading, subject: &FormSubject<'_>) -> Option<Finding> {
    let Content::Flawed(Flaw::NotAChoice(found)) = &reading.content else { return None };
    let choices = subject.form.layout.choices(&reading.origin.label);
    let expected = if choices.is_empty() { "Ja, Nej".to_owned() } else { choices.join(", ") };
    let finding = Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone()));
    Some(finding.expected(Argument::Identifier(expected)))
}
