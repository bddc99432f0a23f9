//! P304: guidance, course and internship hours over `package_days_max` days.

use super::overview_hours::hours_of_packages;
use super::p305_course_too_long::packages_with_too_many_course_days;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_OVERVIEW, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P304",
    name: "package-too-long",
    severity: Severity::Error,
    kinds: BUDGET_AND_OVERVIEW,
    sources: &[
        document_says("001", "I kan sammensætte et forløb på i alt otte uger (40 arbejdsdage)"),
        document_says("003", "skal kunne gennemføres på 40 arbejdsdage"),
    ],
    title: Text::new("Pakken er for lang", "The package is too long"),
    message: Text::new(
        "Vejledning, efteruddannelse og praktik er tilsammen {found} timer. En pakke må højst være {expected} timer ({days} dage á {day_hours} timer): {difference} timer for meget.",
        "Guidance, courses and internship take {found} hours together. A package may take at most {expected} hours ({days} days of {day_hours} hours): {difference} hours too many.",
    ),
    action: Text::new(
        "Sæt pakken ned til højst {expected} timer i alt.",
        "Bring the package down to at most {expected} hours in all.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (Some(days), Some(day_hours)) =
        (subject.known(ParameterKey::PackageDaysMax), subject.known(ParameterKey::DayHours))
    else {
        return Vec::new();
    };
    let limit = days * day_hours;
    let in_budget = subject.document.packages.iter().filter_map(|package| {
        let hours = package.input()?.hours();
        package.course.hours.origin().map(|origin| (hours, origin.clone()))
    });
    // Too many course days are their own finding; the hours follow from them.
    let too_many_days = packages_with_too_many_course_days(subject);
    let in_overview = hours_of_packages(subject.document, |_| true);
    in_budget
        .chain(in_overview.into_iter().filter(|p| !too_many_days.contains(&p.number)).map(|p| (p.hours, p.last)))
        .filter(|(hours, _)| *hours > limit)
        .map(|(hours, origin)| {
            Finding::at(&RULE, &origin)
                .found(Argument::Number(hours))
                .expected(Argument::Number(limit))
                .with("days", Argument::Number(days))
                .with("day_hours", Argument::Number(day_hours))
        })
        .collect()
}
