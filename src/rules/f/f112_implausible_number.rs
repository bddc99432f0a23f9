//! F112: beyond a plausible range.

use crate::calendar::years_after;
use crate::case::{Field, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Origin, Reading, Value};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "F112",
    name: "implausible-number",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("Timer, timeløn og datoer skal være de faktiske.")],
    parameters: &[],
    title: Text::new("Et usandsynligt tal", "An implausible value"),
    message: Text::new(
        "I feltet »{label}« står {found}. Det er uden for det, man skulle vente: {expected}.",
        "The field “{label}” holds {found}. That is outside what one would expect: {expected}.",
    ),
    action: Text::new(
        "Kontrollér tallet, og ret det, hvis det er en tastefejl.",
        "Check the value, and correct it if it was mistyped.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let packages = &subject.document.packages;
    let wages = packages.iter().filter_map(|package| wage(&package.wage));
    let hours = packages.iter().filter_map(hours);
    let activities = &subject.document.activities;
    let activity_hours = activities.iter().filter_map(|activity| too_many_hours(activity.hours.located()?));
    let mut findings: Vec<Finding> = wages.chain(hours).chain(activity_hours).collect();
    findings.extend(dates(subject));
    findings
}

fn wage(wage: &Field<Decimal>) -> Option<Finding> {
    let (amount, origin) = wage.located()?;
    let plausible = Decimal::from(50)..=Decimal::from(2000);
    let expected = Text::new("en timeløn mellem 50 og 2.000 kroner", "an hourly wage between 50 and 2,000 kroner");
    let finding = || Finding::at(&RULE, origin).found(Argument::Amount(*amount));
    (!plausible.contains(amount)).then(|| finding().expected(Argument::Words(expected)))
}

/// The hours of a package: reported at the largest of its fields.
fn hours(package: &Package) -> Option<Finding> {
    let input = package.input()?;
    let largest = [&package.guidance.hours, &package.course.hours, &package.internship_week_hours]
        .into_iter()
        .filter_map(Field::located)
        .max_by_key(|(hours, _)| **hours)?;
    too_many_hours((&input.hours(), largest.1))
}

fn too_many_hours((hours, origin): (&Decimal, &Origin)) -> Option<Finding> {
    let expected = Text::new("højst 2.000 timer i en pakke", "at most 2,000 hours in a package");
    let finding = || Finding::at(&RULE, origin).found(Argument::Number(*hours));
    (*hours > Decimal::from(2000)).then(|| finding().expected(Argument::Words(expected)))
}

fn dates(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (form, master) = (&subject.document.form, &subject.document.master);
    let Some(applied) = master.application_date.value() else { return Vec::new() };
    let others = form.readings().filter(|reading| Some(&reading.origin) != master.application_date.origin());
    others.filter_map(|reading| date(reading, *applied)).collect()
}

fn date(reading: &Reading, applied: Date) -> Option<Finding> {
    let Content::Value(Value::Date(date)) = reading.content else { return None };
    let expected = Text::new(
        "en dato efter 2016 og højst 3 år efter ansøgningen",
        "a date after 2016 and at most 3 years after the application",
    );
    let implausible = date.year() < 2017 || years_after(applied, 3).is_some_and(|latest| date > latest);
    let finding = || Finding::at(&RULE, &reading.origin).found(Argument::Date(date));
    implausible.then(|| finding().expected(Argument::Words(expected)))
}
