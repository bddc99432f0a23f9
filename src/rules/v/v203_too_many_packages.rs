//! V203: more packages than `packages_max` or `packages_by_size` allows.

use super::package_limit::{more_packages_than_employees, package_limit};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V203",
    name: "too-many-packages",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says(
            "001",
            "Der er begrænsning på, hvor mange medarbejdere en virksomhed eller arbejdsplads kan søge om sporskiftepakker til",
        ),
        document_says("003", "maksimalt 30 medarbejdere pr. virksomhed"),
        document_says("000", "Maksimalt få støtte til 10 sporskiftepakker pr. virksomhed årligt"),
    ],
    parameters: &[ParameterKey::PackagesMax, ParameterKey::PackagesBySize],
    title: Text::new("For mange pakker", "Too many packages"),
    message: Text::new(
        "Der er søgt om {found} pakker. Der kan højst gives {expected} på et år: {difference} for mange.",
        "{found} packages are applied for. At most {expected} can be given in a year: {difference} too many.",
    ),
    action: Text::new(
        "Tag pakker ud af budgettet, så der højst er {expected}. Den første for meget er markeret.",
        "Take packages out of the budget so that there are at most {expected}. The first too many is marked.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(limit) = package_limit(subject) else { return Vec::new() };
    // Where there are more packages than employees, the number of employees that the limit rests on cannot be right.
    let packages = &subject.document.packages;
    if packages.len() <= limit || more_packages_than_employees(subject) {
        return Vec::new();
    }
    let first_too_many = packages.get(limit).and_then(|package| package.number.origin().or(package.employee.origin()));
    let finding = |origin| {
        Finding::at(&RULE, origin)
            .found(Argument::Number(packages.len().into()))
            .expected(Argument::Number(limit.into()))
    };
    first_too_many.map(finding).into_iter().collect()
}
