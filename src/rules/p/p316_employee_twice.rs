//! P316: the same employee in two packages.

use crate::finding::{Argument, Finding, Place, Severity};
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
    let packages = subject.document.packages.iter().map(|package| (&package.employee, None));
    // An activity that does not say which package it belongs to has a finding of its own. Where there is a budget, it
    // is the measure of who has which package.
    let alone = subject.case.document(FormKind::Budget).is_none();
    let activities = subject.document.activities.iter().filter(|_| alone).filter_map(|activity| {
        let number = activity.number.value()?;
        Some((&activity.employee, Some(*number)))
    });
    let mut stands_in: BTreeMap<String, Vec<(&Origin, Option<Decimal>)>> = BTreeMap::new();
    let mut findings = Vec::new();
    for (employee, number) in packages.chain(activities) {
        let Some((name, origin)) = employee.located() else { continue };
        let before = stands_in.entry(employee_key(name)).or_default();
        let is_known = number.is_some() && before.iter().any(|(_, other)| *other == number);
        if is_known {
            continue;
        }
        findings.extend(before.first().map(|(first, _)| finding(name, origin, first)));
        before.push((origin, number));
    }
    findings
}

fn finding(name: &str, origin: &Origin, first: &Origin) -> Finding {
    let first = Place::from(first);
    let finding = Finding::at(&RULE, origin).and_at(first.clone()).found(Argument::Submitted(name.into()));
    finding.with("first", Argument::Cell(first))
}
