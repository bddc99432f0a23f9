//! F102: text where a number belongs.

use rust_decimal::Decimal;

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading, two_readings};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F102",
    name: "not-a-number",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Timer og beløb skrives som tal.")],
    parameters: &[],
    title: Text::new("Ikke et tal", "Not a number"),
    message: Text::new(
        "I feltet »{label}« skal der stå et tal, men der står »{found}«. {reading}",
        "The field “{label}” must hold a number, but holds “{found}”. {reading}",
    ),
    action: Text::new(
        "Vælg først formatet Tal for cellen, og skriv så kun tallet, uden ord og enheder: {expected}.",
        "First choose the format Number for the cell, then write the number alone, without words and units: {expected}.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    let begins = |reading: &Reading| finding(reading).is_some();
    subject.form.beginnings_of(begins).into_iter().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let (found, readable, note) = match &reading.content {
        Content::Flawed(Flaw::NotANumber(found, Some(number))) => (found, Some(*number), Argument::Words(TEXT)),
        Content::Flawed(Flaw::NotANumber(found, None)) => (found, None, unreadable(found)),
        Content::Flawed(Flaw::DateNotNumber(found, typed)) => (found, *typed, date(*typed)),
        Content::Flawed(Flaw::TooLarge(found)) => (found, None, Argument::Words(TOO_LARGE)),
        _ => return None,
    };
    let expected = readable.map_or(Argument::Words(A_NUMBER), Argument::ToType);
    let finding = Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone())).expected(expected);
    Some(finding.with("reading", note))
}

/// What keeps a text from being read: of two readings neither is suggested.
fn unreadable(found: &str) -> Argument {
    match two_readings(found) {
        Some((decimals, thousands)) => Argument::Sentence(AMBIGUOUS, Box::new(Argument::Either(decimals, thousands))),
        None => Argument::Words(UNREADABLE),
    }
}

fn date(typed: Option<Decimal>) -> Argument {
    typed.map_or(Argument::Words(UNREADABLE), |typed| Argument::Sentence(DATE, Box::new(Argument::ToType(typed))))
}

const DATE: Text = Text::new(
    "Det er en dato. Et tal, der skrives med punktum, kan regnearket tage for en dato; her kan det have været {}.",
    "That is a date. A spreadsheet may take a number for one; here it may have been {}.",
);
const AMBIGUOUS: Text = Text::new("Det kan læses som {}.", "It can be read as {}.");
const A_NUMBER: Text = Text::new("fx 1234,50", "such as 1234.50");
const TEXT: Text = Text::new("Cellen er tekst, og den regnes ikke med.", "The cell is text, and is not counted.");
const UNREADABLE: Text = Text::new("Det kan ikke læses som et tal.", "It cannot be read as a number.");
const TOO_LARGE: Text = Text::new(
    "Tallet er større, end noget felt i skabelonen kan rumme.",
    "The number is larger than any field of the form can mean.",
);
