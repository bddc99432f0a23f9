//! K501: a package in the budget has no activities.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::pairing::{Pair, naming, pair};
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "K501",
    name: "package-without-activities",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[form_says("Kursusoversigten viser aktiviteterne i budgettets pakker.")],
    parameters: &[],
    title: Text::new("Pakken har ingen aktiviteter", "The package has no activities"),
    message: Text::new(
        "Pakke {found} står i budgettet, men har ingen aktiviteter i kursusoversigten {other}.",
        "Package {found} is in the budget but has no activities in the course overview {other}.",
    ),
    action: Text::new(
        "Skriv pakkens aktiviteter i kursusoversigten, eller tag pakken ud af budgettet.",
        "Write the package's activities in the course overview, or take the package out of the budget.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(pair) = pair(subject.case) else { return Vec::new() };
    let packages = subject.document.packages.iter();
    packages.filter_map(|package| finding(package, &pair)).collect()
}

fn finding(package: &Package, pair: &Pair<'_>) -> Option<Finding> {
    let (number, origin) = package.number.located()?;
    let finding = || naming(Finding::at(&RULE, origin).found(Argument::Number(*number)), pair.overview);
    pair.activities_of(package)?.is_empty().then(finding)
}
