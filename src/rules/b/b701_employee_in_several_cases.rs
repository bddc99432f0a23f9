//! B701: the same company and Medarbejder-ID in more than one case.

use super::in_order::budgets_in_order;
use crate::case::Facts;
use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::rules::employee_key::employee_key;
use crate::rules::{BUDGET, Check, Rule, RunFinding, RunSubject, document_says};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "B701",
    name: "employee-in-several-cases",
    severity: Severity::Warning,
    kinds: BUDGET,
    sources: &[document_says("001", "ansatte, der tidligere har gennemført et sporskifteforløb med tilskud")],
    parameters: &[],
    title: Text::new("Medarbejderen er i flere sager", "The employee is in several cases"),
    message: Text::new(
        "Medarbejder »{found}« i samme virksomhed er også i sag {other_case} ({other}, {other_cell}).",
        "Employee “{found}” of the same company is also in case {other_case} ({other}, {other_cell}).",
    ),
    action: Text::new(
        "Undersøg, om det er den samme person, der søges til to gange.",
        "Find out whether the same person is applied for twice.",
    ),
    check: Check::Run(check),
};

fn check(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let mut first: BTreeMap<(String, String), (&Facts, &Origin)> = BTreeMap::new();
    let mut findings = Vec::new();
    for budget in budgets_in_order(subject) {
        let Some(cvr) = budget.form.cvr.value() else { continue };
        for (employee, origin) in &budget.form.package_employees {
            let key = (cvr.to_string(), employee_key(employee));
            match first.get(&key) {
                None => drop(first.insert(key, (budget.facts, origin))),
                // Twice in one budget is another finding.
                Some((earlier, _)) if earlier.case == budget.facts.case => {}
                Some((earlier, at)) => {
                    let finding = finding(employee, origin, earlier, at);
                    findings.push(RunFinding { file: budget.index, finding });
                }
            }
        }
    }
    findings
}

fn finding(employee: &str, origin: &Origin, earlier: &Facts, at: &Origin) -> Finding {
    Finding::at(&RULE, origin)
        .found(Argument::Submitted(employee.to_owned()))
        .with("other_case", Argument::Submitted(earlier.case.to_string()))
        .with("other", Argument::Submitted(earlier.file.to_string()))
        .with("other_cell", Argument::Cell(Place::from(at)))
}
