//! S013: no rules for the application date.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S013",
    name: "no-rules-for-date",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Den værdi, der gælder på ansøgningsdatoen, gælder for hele sagen.")],
    parameters: &[],
    title: Text::new("Ingen regler for ansøgningsdatoen", "No rules for the application date"),
    message: Text::new(
        "Der er ingen regler i kraft på ansøgningsdatoen {found}. Satser, lofter og beløb er derfor ikke kontrolleret.",
        "No rules are in force on the application date {found}. Rates, caps and amounts were therefore not checked.",
    ),
    action: Text::new(
        "Er datoen forkert, så ret den. Er den rigtig, må sagsbehandleren vælge, hvilke regler der skal bruges (--rules-date).",
        "If the date is wrong, correct it. If it is right, the caseworker must choose which rules to use (--rules-date).",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    match subject.document.master.application_date.located() {
        Some((date, origin)) if subject.parameters.is_none() => {
            vec![Finding::at(&RULE, origin).found(Argument::Date(*date))]
        }
        _ => Vec::new(),
    }
}
