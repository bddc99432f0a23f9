//! P314: VEU hours over the hours they are part of.

use crate::case::TrainingFields;
use crate::finding::{Argument, Finding, Severity};
use crate::form::Form;
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P314",
    name: "veu-over-hours",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Vejledning og efteruddannelse: heraf VEU-timer.")],
    parameters: &[],
    title: Text::new("Flere VEU-timer end timer", "More VEU hours than hours"),
    message: Text::new(
        "I »{label}« står {found} timer, men der er kun {expected} timer i alt.",
        "“{label}” holds {found} hours, but there are only {expected} hours in all.",
    ),
    action: Text::new(
        "Ret VEU-timerne, så de højst er {expected}, eller ret timerne.",
        "Correct the VEU hours to at most {expected}, or correct the hours.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let packages = subject.document.packages.iter();
    let training = packages.flat_map(|package| [&package.guidance, &package.course]);
    training.filter_map(|training| finding(training, &subject.document.form)).collect()
}

/// Hours that are missing altogether have a finding of their own.
fn finding(training: &TrainingFields, form: &Form) -> Option<Finding> {
    let (veu_hours, origin) = training.veu_hours.above_zero()?;
    let hours = training.hours.or_zero().filter(|hours| veu_hours > *hours)?;
    if training.hours.origin().is_some_and(|origin| form.is_missing(origin)) {
        return None;
    }
    let finding = Finding::at(&RULE, origin).found(Argument::Number(veu_hours)).expected(Argument::Number(hours));
    Some(training.hours.origin().into_iter().fold(finding, Finding::and_at))
}
