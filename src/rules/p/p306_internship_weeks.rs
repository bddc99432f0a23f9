//! P306: internship weeks outside `internship_weeks_min` to `internship_weeks_max`.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::ParameterKey;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P306",
    name: "internship-weeks",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says("001", "Tid: 1-4 uger, må dog højst udgøre halvdelen"),
        document_says("003", "Praktikophold i en anden virksomhed (1-4 uger dog maks. halvdelen af hele"),
    ],
    parameters: &[ParameterKey::InternshipWeeksMin, ParameterKey::InternshipWeeksMax],
    title: Text::new("Praktikken er for kort eller for lang", "The internship is too short or too long"),
    message: Text::new(
        "Praktikken varer {found} uger. Den skal vare mellem {min} og {max} uger.",
        "The internship takes {found} weeks. It must take between {min} and {max} weeks.",
    ),
    action: Text::new("Ret antallet af uger.", "Correct the number of weeks."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let (Some(min), Some(max)) =
        (subject.known(ParameterKey::InternshipWeeksMin), subject.known(ParameterKey::InternshipWeeksMax))
    else {
        return Vec::new();
    };
    let weeks = subject.document.packages.iter().filter_map(|package| package.internship_weeks.above_zero());
    weeks
        .filter(|(weeks, _)| !(min..=max).contains(weeks))
        .map(|(weeks, origin)| {
            Finding::at(&RULE, origin)
                .found(Argument::Number(weeks))
                .expected(Argument::Number(if weeks < min { min } else { max }))
                .with("min", Argument::Number(min))
                .with("max", Argument::Number(max))
        })
        .collect()
}
