//! S008: a cell holds #REF!, #DIV/0!, #VALUE!, #NAME?, #N/A, #NUM! or #NULL!.

use std::collections::BTreeMap;

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
    parameters: &[],
    title: Text::new("En fejlværdi i en celle", "An error value in a cell"),
    message: Text::new(
        "I feltet »{label}« ({cell}) står fejlværdien {error}. Det, der afhænger af feltet, er ikke kontrolleret. Antal felter med samme fejl: {count}.",
        "The field “{label}” ({cell}) holds the error value {error}. What depends on it was not checked. Fields with the same error: {count}.",
    ),
    action: Text::new(
        "Ret formlen, eller skriv værdien. Felter, der bygger på feltet, retter så sig selv.",
        "Mend the formula or write the value. Fields that build on it will then mend themselves.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let beginnings = subject.form.beginnings_of(|reading| error_value(reading).is_some());
    let mut by_error: BTreeMap<&str, Vec<&Reading>> = BTreeMap::new();
    for reading in beginnings {
        by_error.entry(error_value(reading).unwrap_or_default()).or_default().push(reading);
    }
    by_error.into_iter().filter_map(|(error, readings)| finding(error, &readings)).collect()
}

/// One finding for one error: a sheet or a link that is gone breaks many formulas at once.
fn finding(error: &str, readings: &[&Reading]) -> Option<Finding> {
    let (first, others) = readings.split_first()?;
    let finding = Finding::at(&RULE, &first.origin).found(Argument::Submitted(error.to_owned()));
    let finding = finding.with("count", Argument::Number(readings.len().into())).with("error", shown(error));
    Some(others.iter().fold(finding, |finding, reading| finding.and_at(&reading.origin)))
}

/// An error value as a Danish and as an English spreadsheet program shows it.
fn shown(error: &str) -> Argument {
    let danish = match error {
        "#DIV/0!" => Text::new("#DIVISION/0!", "#DIV/0!"),
        "#N/A" => Text::new("#I/T", "#N/A"),
        "#NAME?" => Text::new("#NAVN?", "#NAME?"),
        "#NULL!" => Text::new("#NUL!", "#NULL!"),
        "#REF!" => Text::new("#REFERENCE!", "#REF!"),
        "#VALUE!" => Text::new("#VÆRDI!", "#VALUE!"),
        other => return Argument::Submitted(other.to_owned()),
    };
    Argument::Words(danish)
}

fn error_value(reading: &Reading) -> Option<&str> {
    if let Content::Flawed(Flaw::ErrorValue(error)) = &reading.content { Some(error) } else { None }
}
