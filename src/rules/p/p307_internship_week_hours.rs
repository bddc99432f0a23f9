//! P307: over `internship_week_hours_max` hours a week.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P307",
    name: "internship-week-hours",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[document_says("001", "maks. 37 timer om ugen")],
    parameters: &[ParameterKey::InternshipWeekHoursMax],
    title: Text::new("For mange praktiktimer om ugen", "Too many internship hours a week"),
    message: Text::new(
        "Praktikken er sat til {found} timer om ugen. Den må højst være {expected} timer om ugen.",
        "The internship is set to {found} hours a week. It may be at most {expected} hours a week.",
    ),
    action: Text::new("Ret timerne til højst {expected}.", "Correct the hours to at most {expected}."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(limit) = subject.known(ParameterKey::InternshipWeekHoursMax) else { return Vec::new() };
    let given = subject.document.packages.iter().filter_map(|package| package.internship_week_hours.located());
    given
        .filter(|(given, _)| **given > limit)
        .map(|(given, origin)| {
            Finding::at(&RULE, origin).found(Argument::Number(*given)).expected(Argument::Number(limit))
        })
        .collect()
}
