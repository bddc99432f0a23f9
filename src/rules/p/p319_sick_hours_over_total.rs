//! P319: more sick hours than hours.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P319",
    name: "sick-hours-over-total",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Timer i pakken, hvor medarbejderen er sygemeldt.")],
    parameters: &[],
    title: Text::new("Flere sygetimer end timer", "More sick hours than hours"),
    message: Text::new(
        "Der er {found} timer som sygemeldt, men pakken har kun {expected} timer.",
        "There are {found} sick hours, but the package has only {expected} hours.",
    ),
    action: Text::new("Ret timerne som sygemeldt.", "Correct the sick hours."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (sick, origin) = package.sick_hours.above_zero()?;
    let hours = package.input()?.hours();
    let finding = || Finding::at(&RULE, origin).found(Argument::Number(sick)).expected(Argument::Number(hours));
    (sick > hours).then(finding)
}
