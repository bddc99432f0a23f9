//! R609: audit cost that the budget lacks, or above it.

use super::budgeted::budget;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R609",
    name: "audit-cost-not-budgeted",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "Udgifter til revision dækkes, når det fremgår af det indsendte budget")],
    parameters: &[],
    title: Text::new("Revisionen er ikke i budgettet", "The audit is not in the budget"),
    message: Text::new(
        "Der bedes om {found} kr. til ekstern revision; budgettet {other} havde {expected} kr.: {difference} kr. for meget.",
        "{found} kr. are asked for an external audit; the budget {other} had {expected} kr.: {difference} kr. too much.",
    ),
    action: Text::new(
        "Ret beløbet til højst det, der stod i budgettet.",
        "Correct the amount to at most what the budget had.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let budget = budget(subject.case)?;
    let (audit, origin) = subject.document.summary.audit.above_zero()?;
    let budgeted = budget.summary.audit.or_zero()?;
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Amount(audit)).expected(Argument::Amount(budgeted));
        finding.with("other", Argument::Submitted(budget.file.to_string()))
    };
    (audit > budgeted).then(finding)
}
