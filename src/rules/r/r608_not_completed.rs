//! R608: the package was not completed.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R608",
    name: "not-completed",
    severity: Severity::Review,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "STAR støtter kun de faktisk afholdte udgifter til en sporskiftepakke")],
    parameters: &[],
    title: Text::new("Pakken er ikke gennemført", "The package was not completed"),
    message: Text::new(
        "Pakken er oplyst ikke at være gennemført; der bedes om {payout} kr.",
        "The package is said not to have been completed; {payout} kr. are asked for.",
    ),
    action: Text::new(
        "Vurdér, hvad der kan udbetales for den del, der er gennemført.",
        "Judge what can be paid for the part that was completed.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (completed, origin) = package.completed.located()?;
    let payout = package.payout.or_zero().map_or(Argument::Nothing, Argument::Amount);
    let finding = || Finding::at(&RULE, origin).found(Argument::Words(Text::new("Nej", "Nej"))).with("payout", payout);
    (!completed).then(finding)
}
