//! B705: one P-number with different industry or number of employees.

use super::in_order::{RunBudget, budgets_in_order};
use crate::case::{BudgetFacts, Field};
use crate::finding::{Argument, Finding, Place, Severity};
use crate::form::Origin;
use crate::identity::PNumber;
use crate::language::Text;
use crate::rules::{BUDGET, Check, Rule, RunFinding, RunSubject, form_says};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "B705",
    name: "company-data-differs",
    severity: Severity::Warning,
    kinds: BUDGET,
    sources: &[form_says("Branchekode og antal ansatte hører til P-nummeret.")],
    parameters: &[],
    title: Text::new("Virksomhedens data er ikke de samme i to sager", "The company's data differ between two cases"),
    message: Text::new(
        "»{label}« er her {found}, men {expected} i sag {other_case} ({other}, {other_cell}) med det samme P-nummer.",
        "“{label}” is {found} here but {expected} in case {other_case} ({other}, {other_cell}) of the same P-number.",
    ),
    action: Text::new(
        "Kontrollér oplysningen på datacvr.virk.dk, og ret den sag, der er forkert.",
        "Check at datacvr.virk.dk, and correct whichever case is wrong.",
    ),
    check: Check::Run(check),
};

fn check(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let mut first: BTreeMap<&PNumber, RunBudget<'_>> = BTreeMap::new();
    let mut findings = Vec::new();
    for budget in budgets_in_order(subject) {
        let Some(p_number) = budget.form.p_number.value() else { continue };
        let Some(earlier) = first.get(p_number) else {
            first.insert(p_number, budget);
            continue;
        };
        let differing = differences(budget.form, earlier);
        findings.extend(differing.into_iter().map(|finding| RunFinding { file: budget.index, finding }));
    }
    findings
}

fn differences(own: &BudgetFacts, earlier: &RunBudget<'_>) -> Vec<Finding> {
    let industry = |facts: &BudgetFacts| located(&facts.industry, |code| Argument::Identifier(code.to_string()));
    let employees = |facts: &BudgetFacts| located(&facts.employees, |number| Argument::Number(number.normalize()));
    let pairs = [(industry(own), industry(earlier.form)), (employees(own), employees(earlier.form))];
    pairs
        .into_iter()
        .filter_map(|(own, other)| Some((own?, other?)))
        .filter(|((own, _), (other, _))| own != other)
        .map(|((own, origin), (other, at))| {
            Finding::at(&RULE, &origin)
                .found(own)
                .expected(other)
                .with("other_case", Argument::Submitted(earlier.facts.case.to_string()))
                .with("other", Argument::Submitted(earlier.facts.file.to_string()))
                .with("other_cell", Argument::Cell(Place::from(&at)))
        })
        .collect()
}

fn located<T>(field: &Field<T>, argument: impl Fn(&T) -> Argument) -> Option<(Argument, Origin)> {
    field.located().map(|(value, origin)| (argument(value), origin.clone()))
}
