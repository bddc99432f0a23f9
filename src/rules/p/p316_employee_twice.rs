//! P316: the same employee in two packages.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{FormKind, Origin};
use crate::language::Text;
use crate::rules::employee_key::employee_key;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P316",
    name: "employee-twice",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[form_says("Hver række er en medarbejders pakke.")],
    parameters: &[],
    title: Text::new("Samme medarbejder to gange", "The same employee twice"),
    message: Text::new(
        "Medarbejder »{found}« står i {cells}. En medarbejder kan kun have én pakke.",
        "Employee “{found}” stands in {cells}. An employee can have one package only.",
    ),
    action: Text::new(
        "Slet den ene pakke, eller ret Medarbejder-ID.",
        "Delete one of the packages, or correct the Medarbejder-ID.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let packages = subject.document.packages.iter().map(|package| (&package.employee, None));
    // An activity that does not say which package it belongs to has a finding of its own. Where there is a budget, it
    // is the measure of who has which package.
    let alone = subject.case.document(FormKind::Budget).is_none();
    let activities = subject.document.activities.iter().filter(|_| alone).filter_map(|activity| {
        let number = activity.number.value()?;
        Some((&activity.employee, Some(*number)))
    });
    let mut stands_in: BTreeMap<String, Vec<Standing<'_>>> = BTreeMap::new();
    for (employee, number) in packages.chain(activities) {
        let Some((name, origin)) = employee.located() else { continue };
        let others = stands_in.entry(employee_key(name)).or_default();
        let is_known = number.is_some() && others.iter().any(|other| other.number == number);
        if !is_known {
            others.push(Standing { name, origin, number });
        }
    }
    stands_in.values().filter_map(|standing| finding(standing)).collect()
}

/// Where an employee stands: in a package of the workbook, or in the activities of a package's number.
struct Standing<'a> {
    name: &'a str,
    origin: &'a Origin,
    number: Option<Decimal>,
}

/// Reported at the second, with all others.
fn finding(standing: &[Standing<'_>]) -> Option<Finding> {
    let [first, second, rest @ ..] = standing else { return None };
    let finding = Finding::at(&RULE, second.origin).and_at(first.origin);
    let finding = rest.iter().fold(finding, |finding, other| finding.and_at(other.origin));
    let cells = standing.iter().map(|other| other.origin.cell).collect();
    Some(finding.found(Argument::Submitted(second.name.into())).with("cells", Argument::Cells(cells)))
}
