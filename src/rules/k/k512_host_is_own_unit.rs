//! K512: the host's P-number is the company's own.

use crate::case::Activity;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K512",
    name: "host-is-own-unit",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[document_says(
        "001",
        "STAR støtter ikke praktikophold i anden jobfunktion i den virksomhed, medarbejderen allerede er ansat i",
    )],
    parameters: &[],
    title: Text::new("Praktikken er i virksomheden selv", "The internship is in the company itself"),
    message: Text::new(
        "Praktikstedets P-nummer {found} er virksomhedens eget. Der gives ikke tilskud til praktik i den virksomhed, medarbejderen er ansat i.",
        "The host's P-number {found} is the company's own. No grant is given for an internship where the employee is employed.",
    ),
    action: Text::new(
        "Find et praktiksted med et andet P-nummer, eller ret nummeret.",
        "Find a host with another P-number, or correct the number.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.activities.iter().filter_map(|activity| finding(activity, subject)).collect()
}

fn finding(activity: &Activity, subject: &CaseSubject<'_>) -> Option<Finding> {
    let (host, origin) = activity.host_p_number.located()?;
    let own = subject.document.master.p_number.value()?;
    (host == own).then(|| Finding::at(&RULE, origin).found(Argument::Identifier(host.to_string())))
}
