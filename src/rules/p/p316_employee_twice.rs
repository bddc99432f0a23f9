//! P316: the same employee in two packages.

use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Origin;
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
    title: Text::new("Samme medarbejder to gange", "The same employee twice"),
    message: Text::new(
        "Medarbejder »{found}« står også i {first}. En medarbejder kan kun have én pakke.",
        "Employee “{found}” also stands in {first}. An employee can have one package only.",
    ),
    action: Text::new(
        "Slet den ene pakke, eller ret Medarbejder-ID.",
        "Delete one of the packages, or correct the Medarbejder-ID.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let document = subject.document;
    let packages = document.packages.iter().map(|package| (&package.employee, None));
    let activities = document.activities.iter().map(|activity| (&activity.employee, activity.number.value()));
    let mut first: BTreeMap<String, (&Origin, Option<&Decimal>)> = BTreeMap::new();
    let mut findings = Vec::new();
    for (employee, number) in packages.chain(activities) {
        let Some((name, origin)) = employee.located() else { continue };
        match first.get(&employee_key(name)) {
            None => drop(first.insert(employee_key(name), (origin, number))),
            Some((_, of_package)) if number.is_some() && number == *of_package => {}
            Some((first, _)) => findings.push(finding(name, origin, first)),
        }
    }
    findings
}

fn finding(name: &str, origin: &Origin, first: &Origin) -> Finding {
    let first = Place::from(first);
    let finding = Finding::at(&RULE, origin).and_at(first.clone()).found(Argument::Submitted(name.into()));
    finding.with("first", Argument::Cell(first))
}
