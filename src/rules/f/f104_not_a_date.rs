//! F104: not a date.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F104",
    name: "not-a-date",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Ikke en dato", "Not a date"),
    message: Text::new(
        "I feltet »{label}« skal der stå en dato. »{found}« er ikke en dato for regnearket, men tekst eller et tal.",
        "The field “{label}” must hold a date. To the spreadsheet “{found}” is no date but text or a number.",
    ),
    action: Text::new(
        "Giv cellen formatet Dato, og skriv datoen igen: {expected}.",
        "Give the cell the format Date and write the date again: {expected}.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::NotADate(found, readable)) = &reading.content else { return None };
    let expected = readable.map_or(Argument::Words(A_DATE), Argument::Date);
    Some(Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone())).expected(expected))
}

const A_DATE: Text = Text::new("fx 01-03-2023", "such as 2023-03-01");
