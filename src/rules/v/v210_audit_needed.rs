//! V210: the grant is over `audit_threshold`.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V210",
    name: "audit-needed",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[
        document_says(
            "001",
            "Hvis bevillingen er over 500.000kr stilles der krav til ekstern revision af slutregnskabet",
        ),
        document_says(
            "001",
            "Ved tilsagn om tilskud til flere personer i én virksomhed (p-nummer) for samlet over 500.000 kr. skal der indsendes en kort afsluttende statusrapport",
        ),
    ],
    parameters: &[ParameterKey::AuditThreshold],
    title: Text::new("Der kræves ekstern revision", "An external audit is required"),
    message: Text::new(
        "Tilskuddet til pakkerne er {found} kr., altså over {expected} kr. Så kræves der ekstern revision og en statusrapport. Udgiften til revision dækkes kun, når den står i budgettet; der står {audit} kr.",
        "The packages' grant is {found} kr., which is over {expected} kr. An external audit and a status report will be required. The audit is paid only if it is in the budget; that has {audit} kr.",
    ),
    action: Text::new(
        "Vurdér, om udgiften til revision i budgettet er rimelig.",
        "Judge whether the audit cost in the budget is reasonable.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let summary = &subject.document.summary;
    let (Some(grant), Some(threshold)) = (subject.recalculated_grant(), subject.known(ParameterKey::AuditThreshold))
    else {
        return Vec::new();
    };
    let Some(origin) = summary.packages.origin().filter(|_| grant > threshold) else { return Vec::new() };
    let audit = Argument::Amount(summary.audit.or_zero().unwrap_or_default());
    let finding = Finding::at(&RULE, origin).found(Argument::Amount(grant)).expected(Argument::Amount(threshold));
    vec![finding.with("audit", audit)]
}
