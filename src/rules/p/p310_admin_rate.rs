//! P310: over `admin_rate_cap`.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P310",
    name: "admin-rate",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("001", "Maks. 260 kr. pr. time"),
        document_says("003", "op til fem timer á 260 kr. til administration"),
    ],
    parameters: &[ParameterKey::AdminRateCap],
    title: Text::new("Timesatsen for administration er for høj", "The administration rate is too high"),
    message: Text::new(
        "Timesatsen for administration er {found} kr. Der dækkes højst {expected} kr. i timen: {difference} kr. for meget.",
        "The administration rate is {found} kr. At most {expected} kr. an hour is covered: {difference} kr. too much.",
    ),
    action: Text::new("Ret timesatsen til højst {expected} kr.", "Correct the rate to at most {expected} kr."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(limit) = subject.known(ParameterKey::AdminRateCap) else { return Vec::new() };
    let given = subject.document.packages.iter().filter_map(|package| package.admin_rate.located());
    given
        .filter(|(given, _)| **given > limit)
        .map(|(given, origin)| {
            Finding::at(&RULE, origin).found(Argument::Amount(*given)).expected(Argument::Amount(limit))
        })
        .collect()
}
