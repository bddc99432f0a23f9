//! R604: grant over the threshold and more than one employee, no status report.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R604",
    name: "status-report-missing",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says(
        "001",
        "Ved tilsagn om tilskud til flere personer i én virksomhed (p-nummer) for samlet over 500.000 kr. skal der indsendes en kort afsluttende statusrapport",
    )],
    parameters: &[ParameterKey::AuditThreshold],
    title: Text::new("Statusrapporten mangler", "The status report is missing"),
    message: Text::new(
        "Tilsagnet er {grant} kr. til {packages} medarbejdere, altså over {threshold} kr., men der er ingen statusrapport.",
        "The grant is {grant} kr. for {packages} employees, which is over {threshold} kr., but there is no status report.",
    ),
    action: Text::new(
        "Vedlæg den korte statusrapport om forløbene.",
        "Enclose the short status report on the packages.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let (has_report, origin) = master.status_report.located()?;
    let (grant, threshold) = (master.grant_amount.value()?, subject.known(ParameterKey::AuditThreshold)?);
    let packages = subject.document.packages.len();
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Words(Text::new("Nej", "Nej")))
            .with("grant", Argument::Amount(*grant))
            .with("threshold", Argument::Amount(threshold))
            .with("packages", Argument::Number(packages.into()))
    };
    (!has_report && packages > 1 && *grant > threshold).then(finding)
}
