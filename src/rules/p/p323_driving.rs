//! P323: driving is asked for.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P323",
    name: "driving",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "STAR kan ud fra en konkret vurdering støtte dokumenteret kørselsgodtgørelse ved transportudgifter til kursus/praktik",
    )],
    parameters: &[],
    title: Text::new("Kørsel", "Driving"),
    message: Text::new(
        "Der søges om kørsel: {found} km om dagen i {days} dage.",
        "Driving is applied for: {found} km a day for {days} days.",
    ),
    action: Text::new("Vurdér, om kørslen er dokumenteret.", "Judge whether the driving is documented."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (km, origin) = package.driving_km.above_zero()?;
    let (days, _) = package.driving_days.above_zero()?;
    Some(Finding::at(&RULE, origin).found(Argument::Number(km)).with("days", Argument::Number(days)))
}
