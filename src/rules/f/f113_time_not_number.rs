//! F113: a time of day or a duration where hours belong.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F113",
    name: "time-not-number",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Timer og beløb skrives som tal.")],
    parameters: &[],
    title: Text::new("Et klokkeslæt, ikke et tal", "A time, not a number"),
    message: Text::new(
        "I feltet »{label}« skal timerne stå som et tal, men der står {found}. Det er et klokkeslæt eller en varighed, og \
         skabelonen kan ikke regne med det. Det svarer til {expected} timer.",
        "The field “{label}” must hold the hours as a number, but holds {found}. That is a time of day or a duration, which \
         the form cannot calculate with. It is {expected} hours.",
    ),
    action: Text::new(
        "Vælg først formatet Tal for cellen, og skriv så {expected}.",
        "First choose the format Number for the cell, then write {expected}.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let begins = |reading: &Reading| finding(reading).is_some();
    subject.form.beginnings_of(begins).into_iter().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::Time(found, hours)) = &reading.content else { return None };
    let finding = Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone()));
    Some(finding.expected(Argument::ToType(*hours)))
}
