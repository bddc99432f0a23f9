//! R601: later than `accounts_months` after the period ends.

use crate::calendar::months_after;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R601",
    name: "submitted-late",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says("001", "Slutregnskabet skal indsendes senest tre måneder efter projektperiodens udløb")],
    parameters: &[ParameterKey::AccountsMonths],
    title: Text::new("Regnskabet er indsendt for sent", "The accounts were submitted late"),
    message: Text::new(
        "Regnskabet er indsendt den {found}. Det skulle være indsendt senest den {expected}, {months} måneder efter projektperioden.",
        "The accounts were submitted on {found}. They were due by {expected}, {months} months after the project period.",
    ),
    action: Text::new(
        "Er datoen forkert, så ret den. Ellers afgør sagsbehandleren, om regnskabet kan godkendes.",
        "If the date is wrong, correct it. Otherwise the caseworker decides whether the accounts can be approved.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let ((submitted, origin), months) = (master.submitted.located()?, subject.known(ParameterKey::AccountsMonths)?);
    let due = months_after(master.period_end()?, months)?;
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Date(*submitted)).expected(Argument::Date(due));
        finding.with("months", Argument::Number(months))
    };
    (*submitted > due).then(finding)
}
