//! P302: hourly wage differs from annual wage / `annual_hours` by more than 0.01.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P302",
    name: "wage-does-not-match-annual",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[document_says("001", "dividere med 1.924 timer, svarende til 52 uger à 37 timer")],
    parameters: &[ParameterKey::AnnualHours],
    title: Text::new("Timelønnen passer ikke med årslønnen", "The wage does not match the annual wage"),
    message: Text::new(
        "Timelønnen er {found} kr., men årslønnen {annual} kr. delt med {annual_hours} timer er {expected} kr.",
        "The hourly wage is {found} kr., but the annual wage of {annual} kr. divided by {annual_hours} hours is {expected} kr.",
    ),
    action: Text::new(
        "Ret timelønnen eller årslønnen. Er medarbejderen ikke på fuld tid, så slet årslønnen.",
        "Correct the hourly or the annual wage. If the employee is not full-time, delete the annual wage.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(annual_hours) = subject.known(ParameterKey::AnnualHours) else { return Vec::new() };
    subject.document.packages.iter().filter_map(|package| finding(package, annual_hours)).collect()
}

fn finding(package: &Package, annual_hours: Decimal) -> Option<Finding> {
    let ((wage, origin), (annual, annual_origin)) = (package.wage.located()?, package.annual_wage.above_zero()?);
    let expected = annual.checked_div(annual_hours)?;
    let differs = (wage - expected).abs() > Decimal::new(1, 2);
    let finding = || {
        let finding = Finding::at(&RULE, origin).and_at(annual_origin).found(Argument::Amount(*wage));
        let finding = finding.expected(Argument::Amount(expected)).with("annual", Argument::Amount(annual));
        finding.with("annual_hours", Argument::Number(annual_hours))
    };
    differs.then(finding)
}
