//! A803: Jobrotationsydelse together with VEU, SVU or løntilskud for one employee.

use super::lines::{is_wage_subsidy, lines_of};
use crate::case::{Package, SupportLine};
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "A803",
    name: "schemes-exclude",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[document_says(
        "003",
        "Virksomheden må ikke samtidig med jobrotationsydelsen modtage VEU-godtgørelse, SVU, løntilskud",
    )],
    parameters: &[],
    title: Text::new("Ordningerne udelukker hinanden", "The schemes exclude each other"),
    message: Text::new(
        "Jobrotationsydelse kan ikke gives sammen med {other} til den samme medarbejder.",
        "Jobrotationsydelse cannot be given together with {other} for the same employee.",
    ),
    action: Text::new("Slet den ene af de to.", "Delete one of the two."),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let document = subject.document;
    document.packages.iter().filter_map(|package| finding(package, &lines_of(package, document))).collect()
}

fn finding(package: &Package, lines: &[&SupportLine]) -> Option<Finding> {
    let scheme = |line: &&SupportLine| line.scheme.value().cloned();
    let rotation = lines.iter().find(|line| scheme(line).as_deref() == Some("Jobrotationsydelse"))?;
    let excluded = lines.iter().find_map(|line| scheme(line).filter(|scheme| is_excluded(scheme)));
    let uses_veu = package.guidance.veu_hours.above_zero().or(package.course.veu_hours.above_zero()).is_some();
    let other = excluded.or_else(|| uses_veu.then(|| "VEU-godtgørelse".to_owned()))?;
    let finding = Finding::at(&RULE, rotation.scheme.origin()?).found(Argument::Submitted("Jobrotationsydelse".into()));
    Some(finding.with("other", Argument::Submitted(other)))
}

fn is_excluded(scheme: &str) -> bool {
    matches!(scheme, "VEU-godtgørelse" | "SVU") || is_wage_subsidy(scheme)
}
