//! P309: over `admin_hours_max`.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P309",
    name: "admin-hours",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("001", "op til fem timer pr. ansøgte medarbejder til administration"),
        document_says("003", "op til fem timer á 260 kr. til administration"),
    ],
    parameters: &[ParameterKey::AdminHoursMax],
    title: Text::new("For mange timer til administration", "Too many administration hours"),
    message: Text::new(
        "Der er sat {found} timer af til administration. Der gives højst tilskud til {expected} timer pr. pakke: {difference} for meget.",
        "{found} hours are set aside for administration. At most {expected} hours per package are covered: {difference} too many.",
    ),
    action: Text::new("Ret timerne til højst {expected}.", "Correct the hours to at most {expected}."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(limit) = subject.known(ParameterKey::AdminHoursMax) else { return Vec::new() };
    let given = subject.document.packages.iter().filter_map(|package| package.admin_hours.located());
    given
        .filter(|(given, _)| **given > limit)
        .map(|(given, origin)| {
            Finding::at(&RULE, origin).found(Argument::Number(*given)).expected(Argument::Number(limit))
        })
        .collect()
}
