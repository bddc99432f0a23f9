//! P313: course hours are fewer than guidance and internship hours.

use super::within_limits::within_limits;
use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P313",
    name: "course-not-primary",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "Pakken skal primært bestå af deltagelse i kortere erhvervsrettede efteruddannelsestilbud",
    )],
    parameters: &[],
    title: Text::new("Efteruddannelse er ikke det meste af pakken", "Training is not most of the package"),
    message: Text::new(
        "Pakken har {found} timers efteruddannelse og {others} timers vejledning og praktik. Den skal primært bestå af efteruddannelse.",
        "The package has {found} course hours and {others} hours of guidance and internship. It must consist primarily of training.",
    ),
    action: Text::new(
        "Vurdér, om pakken primært består af efteruddannelse.",
        "Judge whether the package consists primarily of training.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(|package| finding(subject, package)).collect()
}

/// Where the internship alone is over half of the package, that is the finding.
fn finding(subject: &CaseSubject<'_>, package: &Package) -> Option<Finding> {
    let input = within_limits(subject, package)?;
    let others = input.guidance.hours + input.internship_hours();
    let (course, origin) = package.course.hours.above_zero()?;
    let internship_over_half = input.internship_hours() > input.guidance.hours + course;
    let finding =
        || Finding::at(&RULE, origin).found(Argument::Number(course)).with("others", Argument::Number(others));
    (course < others && !internship_over_half).then(finding)
}
