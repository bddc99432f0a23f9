//! P326: package numbers repeat or have gaps.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P326",
    name: "numbers-not-consecutive",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Nr.: pakkens nummer, 1, 2, 3 …")],
    parameters: &[],
    title: Text::new("Pakkernes numre springer", "The packages' numbers are not consecutive"),
    message: Text::new(
        "Pakken har nr. {found}; efter rækkefølgen skulle den have nr. {expected}.",
        "The package has number {found}; in order it should have number {expected}.",
    ),
    action: Text::new(
        "Nummerér pakkerne 1, 2, 3 … uden huller og gentagelser.",
        "Number the packages 1, 2, 3 … without gaps and repetitions.",
    ),
    check: Check::Case(check),
};

/// Reported where the numbers first go wrong; the rest follows.
fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let mut expected = Decimal::ONE;
    for package in &subject.document.packages {
        // A number that is missing or unreadable has its own finding, and says nothing of the next.
        if let Some((number, origin)) = package.number.located()
            && *number != expected
        {
            let finding = Finding::at(&RULE, origin).found(Argument::Number(*number));
            return vec![finding.expected(Argument::Number(expected))];
        }
        expected += Decimal::ONE;
    }
    Vec::new()
}
