//! V211: audit cost in the budget, and a grant that is not over the threshold.

use crate::finding::{Argument, Finding, Severity};
use crate::form::{FormKind, Origin};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "V211",
    name: "audit-not-eligible",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says("001", "Udgifter til revision dækkes, når det fremgår af det indsendte budget"),
        document_says(
            "001",
            "Hvis bevillingen er over 500.000kr stilles der krav til ekstern revision af slutregnskabet",
        ),
    ],
    parameters: &[ParameterKey::AuditThreshold],
    title: Text::new("Revision kan ikke dækkes", "The audit cannot be covered"),
    message: Text::new(
        "Der er sat {found} kr. af til ekstern revision, men tilskuddet til pakkerne er {grant} kr. Revision dækkes kun, når tilskuddet er over {threshold} kr.",
        "{found} kr. are set aside for an external audit, but the packages' grant is {grant} kr. An audit is covered only where the grant is over {threshold} kr.",
    ),
    action: Text::new("Slet udgiften til revision.", "Delete the audit cost."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((audit, origin)) = ineligible_audit(subject) else { return Vec::new() };
    let amount = |amount: Option<Decimal>| amount.map_or(Argument::Nothing, Argument::Amount);
    let finding = Finding::at(&RULE, origin).found(Argument::Amount(audit)).expected(Argument::Amount(Decimal::ZERO));
    let finding = finding.with("grant", amount(subject.recalculated_grant()));
    vec![finding.with("threshold", amount(subject.known(ParameterKey::AuditThreshold)))]
}

/// The audit in a budget whose grant is not over the threshold.
pub(in crate::rules) fn ineligible_audit<'a>(subject: &CaseSubject<'a>) -> Option<(Decimal, &'a Origin)> {
    let (grant, threshold) = (subject.recalculated_grant()?, subject.known(ParameterKey::AuditThreshold)?);
    let is_budget = subject.document.kind() == FormKind::Budget;
    subject.document.summary.audit.above_zero().filter(|_| is_budget && grant <= threshold)
}
