//! V204: 2024 and later: more packages than the 2023 bracket for this size.

use super::package_limit::{more_packages_than_employees, package_limit, unclear_limit};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V204",
    name: "package-limit-unclear",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[
        document_says("000", "10 sporskiftepakker pr. virksomhed årligt, afhængigt af virksomhedens størrelse"),
        document_says("001", "Antallet afhænger af virksomhedens samlede antal ansatte"),
    ],
    parameters: &[ParameterKey::PackagesBySize],
    title: Text::new("Antallet af pakker skal vurderes", "The number of packages is to be judged"),
    message: Text::new(
        "Der er søgt om {found} pakker. Antallet afhænger af virksomhedens størrelse, men reglerne har ingen tabel; i 2023 var grænsen {expected} for denne størrelse.",
        "{found} packages are applied for. The number depends on the company's size, but the rules give no table; in 2023 the limit was {expected} for this size.",
    ),
    action: Text::new(
        "Vurdér, om virksomheden kan få så mange pakker.",
        "Judge whether the company may have so many packages.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let packages = subject.document.packages.len();
    let Some((limit, origin)) = unclear_limit(subject) else { return Vec::new() };
    let stated = package_limit(subject).is_some_and(|stated| packages > stated);
    if packages <= limit || stated || more_packages_than_employees(subject) {
        return Vec::new();
    }
    let finding = Finding::at(&RULE, origin).found(Argument::Number(packages.into()));
    vec![finding.expected(Argument::Number(limit.into()))]
}
