//! A805: rate over the scheme's highest known rate.

use crate::case::SupportLine;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::parameters::Resolved;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "A805",
    name: "support-rate",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("003", "189,51 kr. pr. time"),
        document_says("004", "Virksomheden kan få 45 kroner per time i tilskud til lønnen"),
    ],
    parameters: &[ParameterKey::VeuHourlyRate],
    title: Text::new("Satsen er højere end ordningens", "The rate is higher than the scheme's"),
    message: Text::new(
        "Satsen for {scheme} er {found} kr. i timen. Den højeste kendte sats er {expected} kr.: {difference} kr. mere.",
        "The rate of {scheme} is {found} kr. an hour. The highest known rate is {expected} kr.: {difference} kr. more.",
    ),
    action: Text::new(
        "Kontrollér satsen mod den officielle sats for året.",
        "Check the rate against the official rate of the year.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(parameters) = subject.parameters else { return Vec::new() };
    subject.document.support.iter().filter_map(|line| finding(line, parameters)).collect()
}

fn finding(line: &SupportLine, parameters: &Resolved<'_>) -> Option<Finding> {
    let ((rate, origin), scheme) = (line.rate.located()?, line.scheme.value()?);
    let highest = parameters.highest_support_rate(scheme)?;
    let finding = || {
        Finding::at(&RULE, origin)
            .found(Argument::Amount(*rate))
            .expected(Argument::Amount(highest))
            .with("scheme", Argument::Submitted(scheme.clone()))
    };
    (*rate > highest).then(finding)
}
