//! R607: payout asked for is over what was granted.

use crate::case::Field;
use crate::finding::{Argument, Finding, Severity};
use crate::form::{FormKind, Origin};
use crate::language::Text;
use crate::money::round_to_ore;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "R607",
    name: "payout-over-grant",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "STAR støtter kun de faktisk afholdte udgifter til en sporskiftepakke")],
    parameters: &[],
    title: Text::new("Udbetalingen er over det bevilgede", "The payout is over what was granted"),
    message: Text::new(
        "Der bedes om {found} kr. i »{label}«, men der er kun bevilget {expected} kr.: {difference} kr. for meget. Beløbet skæres ned.",
        "{found} kr. are asked for in “{label}”, but only {expected} kr. were granted: {difference} kr. too much. The amount is cut.",
    ),
    action: Text::new("Ret udbetalingen til højst det bevilgede.", "Correct the payout to at most what was granted."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    over_grant(subject)
        .into_iter()
        .map(|over| {
            let finding = Finding::at(&RULE, over.origin).found(Argument::Amount(over.asked));
            finding.expected(Argument::Amount(over.granted))
        })
        .collect()
}

/// An amount asked for that is over what was granted.
pub(in crate::rules) struct OverGrant<'a> {
    pub(in crate::rules) origin: &'a Origin,
    asked: Decimal,
    granted: Decimal,
}

/// The payouts of packages over their grants; where there are none, the payout in all over the grant in all.
pub(in crate::rules) fn over_grant<'a>(subject: &CaseSubject<'a>) -> Vec<OverGrant<'a>> {
    let document = subject.document;
    if document.kind() != FormKind::Accounts {
        return Vec::new();
    }
    let over = |asked: &'a Field<Decimal>, granted: Option<&Decimal>| {
        let ((asked, origin), granted) = (asked.located()?, *granted?);
        (round_to_ore(*asked) > round_to_ore(granted)).then_some(OverGrant { origin, asked: *asked, granted })
    };
    let packages = document.packages.iter();
    let by_package: Vec<OverGrant<'a>> =
        packages.filter_map(|package| over(&package.payout, package.granted.value())).collect();
    if by_package.is_empty() {
        return over(&document.summary.total, document.master.grant_amount.value()).into_iter().collect();
    }
    by_package
}
