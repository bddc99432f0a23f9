//! V209: begins within `answer_weeks` of the application date.

use super::beginnings::beginnings;
use crate::calendar::weeks_after;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_OVERVIEW, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V209",
    name: "period-before-answer",
    severity: Severity::Review,
    kinds: BUDGET_AND_OVERVIEW,
    sources: &[
        document_says("001", "Efter højst tre uger sender STAR jer tilsagn om støtte"),
        document_says("003", "forvente svar 3-4 uger efter modtagelsen"),
    ],
    parameters: &[ParameterKey::AnswerWeeks],
    title: Text::new("Begynder, før der kan ventes svar", "Begins before an answer can be expected"),
    message: Text::new(
        "»{label}« er den {found}. STAR svarer inden for {weeks} uger efter ansøgningen den {applied}, altså senest den {expected}.",
        "“{label}” is {found}. STAR answers within {weeks} weeks of the application on {applied}, that is by {expected}.",
    ),
    action: Text::new(
        "Vurdér, om der kan nås et tilsagn, før noget begynder.",
        "Judge whether a grant can be given before anything begins.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((applied, _)) = subject.document.master.application_date.located() else { return Vec::new() };
    let Some(weeks) = subject.known(ParameterKey::AnswerWeeks) else { return Vec::new() };
    let Some(answer) = weeks_after(*applied, weeks) else { return Vec::new() };
    let hasty = beginnings(subject.document).into_iter().find(|(start, _)| *applied < *start && *start < answer);
    hasty
        .map(|(start, origin)| {
            Finding::at(&RULE, origin)
                .found(Argument::Date(start))
                .expected(Argument::Date(answer))
                .with("weeks", Argument::Number(weeks))
                .with("applied", Argument::Date(*applied))
        })
        .into_iter()
        .collect()
}
