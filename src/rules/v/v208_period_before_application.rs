//! V208: the period or an activity begins on or before the application date.

use super::beginnings::beginnings;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_OVERVIEW, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V208",
    name: "period-before-application",
    severity: Severity::Error,
    kinds: BUDGET_AND_OVERVIEW,
    sources: &[document_says(
        "001",
        "Projektet må ikke igangsættes, før virksomheden har modtaget et tilsagn om tilskud fra STAR",
    )],
    parameters: &[],
    title: Text::new("Begynder før ansøgningen", "Begins before the application"),
    message: Text::new(
        "»{label}« er den {found}, og ansøgningen er fra den {applied}. Intet må begynde, før der er givet tilsagn.",
        "“{label}” is {found}, and the application is of {applied}. Nothing may begin before the grant.",
    ),
    action: Text::new(
        "Flyt begyndelsen til efter, at I har fået tilsagn, eller ret den dato, der er forkert.",
        "Move the beginning to after the grant, or correct whichever date is wrong.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((applied, _)) = subject.document.master.application_date.located() else { return Vec::new() };
    let early = beginnings(subject.document).into_iter().filter(|(start, _)| *start <= *applied);
    early
        .map(|(start, origin)| {
            Finding::at(&RULE, origin).found(Argument::Date(start)).with("applied", Argument::Date(*applied))
        })
        .collect()
}
