//! R602: before the period ends.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R602",
    name: "submitted-early",
    severity: Severity::Warning,
    kinds: ACCOUNTS,
    sources: &[form_says("Regnskabet viser de faktiske udgifter i hele projektperioden.")],
    parameters: &[],
    title: Text::new("Regnskabet er indsendt før tid", "The accounts were submitted early"),
    message: Text::new(
        "Regnskabet er indsendt den {found}, før projektperioden slutter den {expected}.",
        "The accounts were submitted on {found}, before the project period ends on {expected}.",
    ),
    action: Text::new(
        "Kontrollér datoerne; regnskabet skal dække hele perioden.",
        "Check the dates; the accounts must cover the whole period.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let ((submitted, origin), period_to) = (master.submitted.located()?, master.period_end()?);
    let finding = || Finding::at(&RULE, origin).found(Argument::Date(*submitted)).expected(Argument::Date(period_to));
    (*submitted < period_to).then(finding)
}
