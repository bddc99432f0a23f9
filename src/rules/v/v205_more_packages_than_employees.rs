//! V205: more packages than employees.

use super::package_limit::more_packages_than_employees;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V205",
    name: "more-packages-than-employees",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[form_says("Antal ansatte på P-nummeret; hver række er en medarbejder.")],
    parameters: &[],
    title: Text::new("Flere pakker end ansatte", "More packages than employees"),
    message: Text::new(
        "Der er søgt om {packages} pakker, men antallet af ansatte på P-nummeret er kun {found}.",
        "{packages} packages are applied for, but the number of employees at the P-number is only {found}.",
    ),
    action: Text::new(
        "Ret antallet af ansatte, eller tag pakker ud af budgettet.",
        "Correct the number of employees, or take packages out of the budget.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((employees, origin)) = subject.document.master.employees.located() else { return Vec::new() };
    let packages = Argument::Number(subject.document.packages.len().into());
    let finding = || Finding::at(&RULE, origin).found(Argument::Number(*employees)).with("packages", packages);
    more_packages_than_employees(subject).then(finding).into_iter().collect()
}
