//! P308: internship hours over `internship_share_max` of the package's hours.

use super::overview_hours::hours_of_packages;
use super::within_limits::within_limits;
use crate::case::ActivityKind;
use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::pairing::pair;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, document_says};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    code: "P308",
    name: "internship-over-half",
    severity: Severity::Error,
    kinds: ALL_FORMS,
    sources: &[
        document_says("001", "må maksimalt udgøre halvdelen af jeres samlede sporskiftepakke"),
        document_says(
            "000",
            "Praktik i en anden virksomhed må højst udgøre halvdelen af det samlede timeantal i hele sporskiftepakken",
        ),
        document_says("003", "dog maks. halvdelen af hele"),
    ],
    parameters: &[ParameterKey::InternshipShareMax],
    title: Text::new("Praktikken er over halvdelen af pakken", "The internship is over half of the package"),
    message: Text::new(
        "Praktikken er {found} timer af pakkens {hours}. Den må højst være {expected} timer: {difference} for mange.",
        "The internship takes {found} of the package's {hours} hours. It may take at most {expected} hours: {difference} too many.",
    ),
    action: Text::new(
        "Sæt praktikken ned, eller læg mere efteruddannelse i pakken.",
        "Shorten the internship, or put more training into the package.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some(share) = subject.known(ParameterKey::InternshipShareMax) else { return Vec::new() };
    let packages = subject.document.packages.iter().filter_map(|package| {
        let input = within_limits(subject, package).filter(|input| !input.course.hours.is_zero())?;
        let origin = package.internship_weeks.origin()?.clone();
        Some(InternshipShare { internship: input.internship_hours(), hours: input.hours(), origin })
    });
    let all = packages.chain(in_overview(subject));
    all.filter_map(|package| finding(&package, share)).collect()
}

/// The internship of a package beside its hours.
struct InternshipShare {
    internship: Decimal,
    hours: Decimal,
    origin: Origin,
}

/// A package without course hours is its own finding: then every share is too large. So is an activity under a wrong number
/// or employee, or whose hours are missing or cannot be read: then the hours of its package are not all there.
fn in_overview(subject: &CaseSubject<'_>) -> Vec<InternshipShare> {
    let of_kind = |kind| hours_of_packages(subject, move |activity| activity.kind() == Some(kind));
    let (all, courses) = (hours_of_packages(subject, |_| true), of_kind(ActivityKind::Course));
    let pair = pair(subject.case);
    let is_whole = |number| pair.as_ref().is_none_or(|pair| pair.holds_all_of(number));
    let has_hours = |number| {
        let mut of_package = subject.document.activities.iter().filter(|one| one.number.value() == Some(&number));
        of_package.all(|activity| activity.hours.value().is_some())
    };
    let is_judged =
        |number| courses.iter().any(|course| course.number == number) && is_whole(number) && has_hours(number);
    let internships = of_kind(ActivityKind::Internship).into_iter().filter(|package| is_judged(package.number));
    internships
        .filter_map(|internship| {
            let hours = all.iter().find(|package| package.number == internship.number)?.hours;
            Some(InternshipShare { internship: internship.hours, hours, origin: internship.last })
        })
        .collect()
}

fn finding(package: &InternshipShare, share: Decimal) -> Option<Finding> {
    let most = package.hours * share;
    let finding = || {
        let finding = Finding::at(&RULE, &package.origin).found(Argument::Number(package.internship));
        finding.expected(Argument::Number(most)).with("hours", Argument::Number(package.hours))
    };
    (package.internship > most).then(finding)
}
