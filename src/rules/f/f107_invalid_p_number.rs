//! F107: not a P-number.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F107",
    name: "invalid-p-number",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Ikke et P-nummer", "Not a P-number"),
    message: Text::new(
        "»{found}« er ikke et P-nummer: det skal have 10 cifre.",
        "“{found}” is not a P-number: it must have 10 digits.",
    ),
    action: Text::new(
        "Slå nummeret op på datacvr.virk.dk, og skriv det med alle 10 cifre.",
        "Look the number up at datacvr.virk.dk and write all 10 digits.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::InvalidPNumber(found)) = &reading.content else { return None };
    Some(Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone())))
}
