//! R603: grant over the threshold, no audit.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R603",
    name: "audit-missing",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says(
        "001",
        "Hvis bevillingen er over 500.000kr stilles der krav til ekstern revision af slutregnskabet",
    )],
    parameters: &[ParameterKey::AuditThreshold],
    title: Text::new("Revisorpåtegningen mangler", "The auditor's statement is missing"),
    message: Text::new(
        "Tilsagnet er {grant} kr., altså over {threshold} kr., men der er ingen revisorpåtegning.",
        "The grant is {grant} kr., which is over {threshold} kr., but there is no auditor's statement.",
    ),
    action: Text::new(
        "Få regnskabet revideret, og vedlæg påtegningen.",
        "Have the accounts audited, and enclose the statement.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let (audited, origin) = master.audited.located()?;
    let (grant, threshold) = (master.grant_amount.value()?, subject.known(ParameterKey::AuditThreshold)?);
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Words(Text::new("Nej", "Nej")));
        finding.with("grant", Argument::Amount(*grant)).with("threshold", Argument::Amount(threshold))
    };
    (!audited && *grant > threshold).then(finding)
}
