//! K511: internship without the host's P-number.

use crate::case::{Activity, ActivityKind, Field};
use crate::finding::{Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K511",
    name: "host-missing",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[document_says(
        "001",
        "En anden virksomhed defineres som en anden produktionsenhed (med et andet p-nummer)",
    )],
    parameters: &[],
    title: Text::new("Praktikstedets P-nummer mangler", "The host's P-number is missing"),
    message: Text::new(
        "Praktikken har intet P-nummer for praktikstedet. Praktik skal være i en anden produktionsenhed.",
        "The internship has no P-number of its host. An internship must be in another production unit.",
    ),
    action: Text::new("Skriv praktikstedets P-nummer (10 cifre).", "Write the host's P-number (10 digits)."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(finding).collect()
}

fn finding(activity: &Activity) -> Option<Finding> {
    let is_internship = activity.kind() == Some(ActivityKind::Internship);
    match &activity.host_p_number {
        Field::Empty(origin) if is_internship => Some(Finding::at(&RULE, origin)),
        _ => None,
    }
}
