//! A804: a scheme for the unemployed on an ordinarily employed person.

use super::lines::{is_wage_subsidy, lines_of};
use crate::case::SupportLine;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "A804",
    name: "not-for-employees",
    severity: Severity::Error,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[
        document_says("003", "Virksomheder kan kun modtage løntilskud til en ny medarbejder"),
        document_says("004", "i forbindelse med ansættelse af en ledig"),
    ],
    parameters: &[],
    title: Text::new("Ordningen er ikke for ordinært ansatte", "The scheme is not for ordinary employees"),
    message: Text::new(
        "»{found}« gives ikke til en medarbejder, der er ordinært ansat.",
        "“{found}” is not given for an ordinarily employed person.",
    ),
    action: Text::new(
        "Ret ordningen, eller ret medarbejderens ansættelsesform i budgettet.",
        "Correct the scheme, or the employee's employment in the budget.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let document = subject.document;
    let ordinary =
        document.packages.iter().filter(|package| package.employment.value().is_some_and(|e| e == "Ordinær"));
    ordinary.flat_map(|package| lines_of(package, document)).filter_map(finding).collect()
}

fn finding(line: &SupportLine) -> Option<Finding> {
    let (scheme, origin) = line.scheme.located()?;
    let for_others =
        is_wage_subsidy(scheme) || scheme == "Fleksløntilskud" || scheme.starts_with("Opkvalificeringsjob");
    for_others.then(|| Finding::at(&RULE, origin).found(Argument::Submitted(scheme.clone())))
}
