//! R610: a kind of cost that the package's budget lacks.

use super::budgeted::{budget, budgeted};
use crate::case::{Document, Field, Package};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "R610",
    name: "cost-not-budgeted",
    severity: Severity::Review,
    kinds: ACCOUNTS,
    sources: &[
        document_says("public", "regnskabet skal svare til budgettets poster"),
        document_says("001", "Regnskabsskabelonen svarer til budgettet"),
    ],
    parameters: &[],
    title: Text::new("Udgiften er ikke i budgettet", "The cost is not in the budget"),
    message: Text::new(
        "»{label}« er {found}, men pakkens budget {other} havde intet i den post.",
        "“{label}” is {found}, but the package's budget {other} had nothing of the kind.",
    ),
    action: Text::new(
        "Vurdér, om udgiften kan dækkes, selv om den ikke var i budgettet.",
        "Judge whether the cost can be covered though it was not in the budget.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(budget) = budget(subject.case) else { return Vec::new() };
    subject.document.packages.iter().flat_map(|package| findings(package, budget)).collect()
}

fn findings(package: &Package, budget: &Document) -> Vec<Finding> {
    let Some(planned) = budgeted(package, budget) else { return Vec::new() };
    let finding = |(spent, planned): (&Field<Decimal>, &Field<Decimal>)| {
        let (amount, origin) = spent.above_zero()?;
        let is_new = planned.or_zero()?.is_zero();
        let finding = || Finding::at(&RULE, origin).found(Argument::Number(amount));
        is_new.then(|| finding().with("other", Argument::Submitted(budget.file.to_string())))
    };
    cost_kinds(package).into_iter().zip(cost_kinds(planned)).filter_map(finding).collect()
}

/// One field for each kind of cost.
fn cost_kinds(package: &Package) -> [&Field<Decimal>; 8] {
    [
        &package.guidance.hours,
        &package.guidance.fee,
        &package.course.hours,
        &package.course.fee,
        &package.internship_weeks,
        &package.admin_hours,
        &package.driving_km,
        &package.materials,
    ]
}
