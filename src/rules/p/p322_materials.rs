//! P322: course materials are asked for.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P322",
    name: "materials",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[
        document_says("001", "Der kan også gives tilskud til obligatoriske kursusmaterialer som fx bøger"),
        document_says(
            "001",
            "STAR vurderer udgifter til kursusmateriale ud fra, om de er rimelige set i forhold til den konkrete sporskiftepakke",
        ),
    ],
    parameters: &[],
    title: Text::new("Kursusmaterialer", "Course materials"),
    message: Text::new(
        "Der søges om {found} kr. til kursusmaterialer.",
        "{found} kr. are applied for as course materials.",
    ),
    action: Text::new(
        "Vurdér, om materialerne er obligatoriske og rimelige i forhold til pakken.",
        "Judge whether the materials are compulsory and reasonable for the package.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (materials, origin) = package.materials.above_zero()?;
    Some(Finding::at(&RULE, origin).found(Argument::Amount(materials)))
}
