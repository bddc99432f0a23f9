//! P312: no course hours.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P312",
    name: "no-course",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "Pakken skal primært bestå af deltagelse i kortere erhvervsrettede efteruddannelsestilbud",
    )],
    parameters: &[],
    title: Text::new("Pakken er uden efteruddannelse", "The package has no course"),
    message: Text::new(
        "Pakken har ingen timer til efteruddannelse. En sporskiftepakke skal primært bestå af efteruddannelse.",
        "The package has no course hours. A package must consist primarily of training.",
    ),
    action: Text::new(
        "Skriv timerne til efteruddannelse, eller tag pakken ud.",
        "Write the course hours, or take the package out.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (hours, origin) = package.course.hours.located()?;
    hours.is_zero().then(|| Finding::at(&RULE, origin).found(Argument::Number(*hours)))
}
