//! S008: a cell holds #REF!, #DIV/0!, #VALUE!, #NAME?, #N/A, #NUM! or #NULL!.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S008",
    name: "error-value",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal indeholde tal, datoer eller tekst.")],
    title: Text::new("En fejlværdi i en celle", "An error value in a cell"),
    message: Text::new(
        "I feltet »{label}« står fejlværdien {found}. Det, der afhænger af feltet, er ikke kontrolleret.",
        "The field “{label}” holds the error value {found}. What depends on it was not checked.",
    ),
    action: Text::new(
        "Ret formlen, eller skriv værdien. Fejlen begynder her; felter, der bygger på feltet, retter sig selv.",
        "Mend the formula or write the value. The error begins here; fields that build on this one will mend themselves.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let beginnings = subject.form.beginnings_of(|reading| error_value(reading).is_some());
    let finding = |reading: &Reading| {
        let error = error_value(reading).unwrap_or_default().to_owned();
        Finding::at(&RULE, &reading.origin).found(Argument::Submitted(error))
    };
    beginnings.into_iter().map(finding).collect()
}

fn error_value(reading: &Reading) -> Option<&str> {
    if let Content::Flawed(Flaw::ErrorValue(error)) = &reading.content { Some(error) } else { None }
}
