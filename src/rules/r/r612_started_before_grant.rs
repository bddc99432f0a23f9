//! R612: the period begins before the grant date.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "R612",
    name: "started-before-grant",
    severity: Severity::Error,
    kinds: ACCOUNTS,
    sources: &[document_says(
        "001",
        "Projektet må ikke igangsættes, før virksomheden har modtaget et tilsagn om tilskud fra STAR",
    )],
    parameters: &[],
    title: Text::new("Begyndt før tilsagnet", "Started before the grant"),
    message: Text::new(
        "Projektperioden begynder den {found}, men tilsagnet er først fra den {grant}. Intet må begynde, før der er givet tilsagn.",
        "The project period begins on {found}, but the grant is of {grant}. Nothing may begin before the grant.",
    ),
    action: Text::new(
        "Ret den dato, der er forkert. Er begge rigtige, kan udgifter før tilsagnet ikke dækkes.",
        "Correct whichever date is wrong. If both are right, costs before the grant cannot be covered.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let master = &subject.document.master;
    let ((from, origin), (grant, grant_origin)) = (master.period_from.located()?, master.grant_date.located()?);
    let finding = || {
        let finding = Finding::at(&RULE, origin).and_at(grant_origin).found(Argument::Date(*from));
        finding.with("grant", Argument::Date(*grant))
    };
    (from < grant).then(finding)
}
