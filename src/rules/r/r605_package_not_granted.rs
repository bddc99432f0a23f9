//! R605: a package that the budget lacks.

use super::budgeted::{budget, budgeted};
use crate::case::{Document, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R605",
    name: "package-not-granted",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[
        document_says("001", "STAR støtter kun de faktisk afholdte udgifter til en sporskiftepakke"),
        document_says("001", "Regnskabsskabelonen svarer til budgettet"),
    ],
    parameters: &[],
    title: Text::new("Pakken er ikke i budgettet", "The package is not in the budget"),
    message: Text::new(
        "Medarbejder »{found}« har ingen pakke i budgettet {other}.",
        "Employee “{found}” has no package in the budget {other}.",
    ),
    action: Text::new(
        "Ret Medarbejder-ID, så det er som i budgettet, eller tag pakken ud.",
        "Correct the Medarbejder-ID to that of the budget, or take the package out.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(budget) = budget(subject.case) else { return Vec::new() };
    subject.document.packages.iter().filter_map(|package| findings(package, budget)).collect()
}

fn findings(package: &Package, budget: &Document) -> Option<Finding> {
    let (employee, origin) = package.employee.located()?;
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Submitted(employee.clone()));
        finding.with("other", Argument::Submitted(budget.file.to_string()))
    };
    budgeted(package, budget).is_none().then(finding)
}
