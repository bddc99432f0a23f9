//! P324: VEU or mileage rate in the workbook differs from the parameter in force.

use super::declared_rates::{DeclaredRate, declared_rates};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P324",
    name: "rate-differs",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("001", "fratrækkes 123,11 kr. pr. time (2023)"),
        document_says("001", "i 2023 er den lave sats på 2,19 pr. km"),
    ],
    parameters: &[ParameterKey::VeuHourlyRate, ParameterKey::MileageRate],
    title: Text::new("Satsen er ikke den, der gælder", "The rate is not the one in force"),
    message: Text::new(
        "»{label}« er {found} kr. På ansøgningsdatoen gælder {expected} kr.: {difference} kr. forskel. Alle beløb, der bygger på satsen, er genberegnet.",
        "“{label}” is {found} kr. On the application date {expected} kr. is in force: a difference of {difference} kr. All amounts that build on the rate were recalculated.",
    ),
    action: Text::new(
        "Ret satsen til {expected}; så retter beløbene sig selv.",
        "Correct the rate to {expected}; the amounts will then mend themselves.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    declared_rates(subject).into_iter().filter_map(|rate| finding(&rate)).collect()
}

fn finding(rate: &DeclaredRate<'_>) -> Option<Finding> {
    let (declared, origin) = rate.field.located()?;
    let in_force = rate.in_force.filter(|in_force| in_force != declared)?;
    Some(Finding::at(&RULE, origin).found(Argument::Amount(*declared)).expected(Argument::Amount(in_force)))
}
