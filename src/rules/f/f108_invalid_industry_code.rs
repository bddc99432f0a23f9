//! F108: not an industry code.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{Content, Flaw, Reading};
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, FormSubject, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "F108",
    name: "invalid-industry-code",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Felterne skal udfyldes, som skabelonen siger.")],
    parameters: &[],
    title: Text::new("Ikke en branchekode", "Not an industry code"),
    message: Text::new(
        "»{found}« er ikke en branchekode: den skal have 6 cifre.",
        "“{found}” is not an industry code: it must have 6 digits.",
    ),
    action: Text::new(
        "Slå branchekoden op på datacvr.virk.dk, og skriv alle 6 cifre, også et nul forrest.",
        "Look the code up at datacvr.virk.dk and write all 6 digits, a leading zero too.",
    ),
    check: Check::Form(check),
};

fn check(subject: &FormSubject<'_>) -> Vec<Finding> {
    subject.form.readings().filter_map(finding).collect()
}

fn finding(reading: &Reading) -> Option<Finding> {
    let Content::Flawed(Flaw::InvalidIndustry(found)) = &reading.content else { return None };
    Some(Finding::at(&RULE, &reading.origin).found(Argument::Submitted(found.clone())))
}
