//! P318: sick hours are half or more of the package's hours.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P318",
    name: "sick-over-half",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[document_says("001", "er raskmeldt i over halvdelen af sporskifteforløbet")],
    parameters: &[],
    title: Text::new("Sygemeldt i halvdelen af pakken eller mere", "Off sick for half of the package or more"),
    message: Text::new(
        "Medarbejderen er sygemeldt i {found} af pakkens {hours} timer. Det skal være under halvdelen, altså under {expected} timer.",
        "The employee is off sick for {found} of the package's {hours} hours. It must be under half, that is under {expected} hours.",
    ),
    action: Text::new(
        "Ret timerne, eller vent med pakken, til medarbejderen er rask.",
        "Correct the hours, or wait with the package until the employee is well.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (sick, origin) = package.sick_hours.above_zero()?;
    let hours = package.input()?.hours();
    let half = hours / Decimal::TWO;
    let finding = Finding::at(&RULE, origin).found(Argument::Number(sick)).expected(Argument::Number(half));
    (sick >= half && sick <= hours).then(|| finding.with("hours", Argument::Number(hours)))
}
