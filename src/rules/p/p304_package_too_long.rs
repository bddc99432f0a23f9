//! P304: guidance, course and internship hours over `package_days_max` days.

use super::overview_hours::hours_of_packages;
use super::p303_guidance_too_long::guidance_over_limit;
use super::p305_course_too_long::packages_with_too_many_course_days;
use super::within_limits::within_limits;
use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET_AND_OVERVIEW, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

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
    parameters: &[ParameterKey::PackageDaysMax, ParameterKey::DayHours],
    title: Text::new("Pakken er for lang", "The package is too long"),
    message: Text::new(
        "Vejledning, efteruddannelse og praktik er tilsammen {found} timer. En pakke må højst være {expected} timer ({days} dage à {day_hours} timer): {difference} for meget.",
        "Guidance, courses and internship take {found} hours together. A package may take at most {expected} hours ({days} days of {day_hours} hours): {difference} too many.",
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
        within_limits(subject, package).filter(|input| input.hours() > limit)?;
        Some((package.input()?.hours(), package.course.hours.origin()?.clone()))
    });
    in_budget
        .chain(in_overview(subject, limit))
        .map(|(hours, origin)| {
            Finding::at(&RULE, &origin)
                .found(Argument::Number(hours))
                .expected(Argument::Number(limit))
                .with("days", Argument::Number(days))
                .with("day_hours", Argument::Number(day_hours))
        })
        .collect()
}

/// Too many course days, or too much guidance, are their own finding; the hours follow from them.
fn in_overview(subject: &CaseSubject<'_>, limit: Decimal) -> Vec<(Decimal, Origin)> {
    let too_many_days = packages_with_too_many_course_days(subject);
    let too_much_guidance = guidance_over_limit(subject);
    let excess =
        |number: Decimal| too_much_guidance.iter().filter(|p| p.number == number).map(|p| p.hours).sum::<Decimal>();
    hours_of_packages(subject, |_| true)
        .into_iter()
        .filter(|package| !too_many_days.contains(&package.number))
        .filter(|package| package.hours - excess(package.number) > limit)
        .map(|package| (package.hours, package.last))
        .collect()
}
