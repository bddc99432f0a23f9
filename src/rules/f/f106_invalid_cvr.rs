//! F106: not a CVR number.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F106",
    name: "invalid-cvr",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Ikke et CVR-nummer", "Not a CVR number"),
    message: Text::new("»{found}« er ikke et CVR-nummer: {problem}.", "“{found}” is not a CVR number: {problem}."),
    action: Text::new(
        "Slå nummeret op på datacvr.virk.dk, og skriv det med alle 8 cifre.",
        "Look the number up at datacvr.virk.dk and write all 8 digits.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::InvalidCvr(found)) = &reading.content else { return None };
    let digits = found.chars().filter(char::is_ascii_digit).count();
    let problem = if digits == 8 { CHECK_DIGIT } else { EIGHT_DIGITS };
    let finding = Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone()));
    Some(finding.with("problem", Argument::Words(problem)))
}

const EIGHT_DIGITS: Text = Text::new("det skal have netop 8 cifre", "it must have exactly 8 digits");
const CHECK_DIGIT: Text = Text::new(
    "der er 8 cifre, men det sidste, kontrolcifret, passer ikke til de andre",
    "there are 8 digits, but the last, the check digit, does not fit the others",
);
