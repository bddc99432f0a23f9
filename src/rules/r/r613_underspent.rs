//! R613: under half of the grant was spent.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "R613",
    name: "underspent",
    severity: Severity::Review,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "STAR støtter kun de faktisk afholdte udgifter til en sporskiftepakke")],
    parameters: &[],
    title: Text::new("Under halvdelen er brugt", "Under half was spent"),
    message: Text::new(
        "Den genberegnede udbetaling er {found} kr., altså under halvdelen af tilsagnet på {expected} kr.",
        "The recalculated payout is {found} kr., under half of the grant of {expected} kr.",
    ),
    action: Text::new("Vurdér, hvorfor så lidt er brugt.", "Judge why so little was spent."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let total = subject.assessment?.totals?.total;
    let (grant, origin) = (subject.document.master.grant_amount.value()?, subject.document.summary.total.origin()?);
    let finding = || Finding::at(&RULE, origin).found(Argument::Amount(total)).expected(Argument::Amount(*grant));
    (total * Decimal::TWO < *grant).then(finding)
}
