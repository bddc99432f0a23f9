//! P305: course days over `course_days_max`.

use super::overview_hours::{PackageSum, sum_by_package};
use crate::case::ActivityKind;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{CaseSubject, Check, OVERVIEW, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P305",
    name: "course-too-long",
    severity: Severity::Error,
    kinds: OVERVIEW,
    sources: &[
        document_says("001", "STAR støtter efteruddannelsesforløb op til 40 arbejdsdage"),
        document_says("003", "Erhvervsrettet efteruddannelse i op til otte uger (40 kursusdage)"),
    ],
    parameters: &[ParameterKey::CourseDaysMax],
    title: Text::new("For mange kursusdage", "Too many course days"),
    message: Text::new(
        "Pakke {package} har {found} kursusdage. Der gives højst tilskud til {expected} dage: {difference} for meget.",
        "Package {package} has {found} course days. At most {expected} days are granted: {difference} too many.",
    ),
    action: Text::new(
        "Tag {difference} kursusdage ud; virksomheden kan selv betale dem.",
        "Take {difference} course days out; the company may pay for them itself.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(limit) = subject.known(ParameterKey::CourseDaysMax) else { return Vec::new() };
    let too_long = course_days(subject).into_iter().filter(|package| package.hours > limit);
    too_long
        .map(|package| {
            Finding::at(&RULE, &package.last)
                .found(Argument::Number(package.hours))
                .expected(Argument::Number(limit))
                .with("package", Argument::Number(package.number))
        })
        .collect()
}

/// The numbers of the packages with more course days than are granted.
pub(super) fn packages_with_too_many_course_days(subject: &CaseSubject<'_>) -> Vec<Decimal> {
    let Some(limit) = subject.known(ParameterKey::CourseDaysMax) else { return Vec::new() };
    let packages = course_days(subject).into_iter().filter(|package| package.hours > limit);
    packages.map(|package| package.number).collect()
}

/// The course days of each package of an overview.
fn course_days(subject: &CaseSubject<'_>) -> Vec<PackageSum> {
    sum_by_package(subject, |activity| match activity.kind()? {
        ActivityKind::Course => activity.days.located(),
        ActivityKind::Guidance | ActivityKind::Internship => None,
    })
}
