//! S015: figures were last held against their sources over a year before the application date.

use crate::case::Document;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{ALL_FORMS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "S015",
    name: "figures-not-reviewed",
    severity: Severity::Review,
    kinds: ALL_FORMS,
    sources: &[form_says("Et tal, som ingen har set efter i over et år, kan være afløst af et nyt.")],
    parameters: &[],
    title: Text::new("Reglernes tal er ikke set efter for nylig", "The rules' figures were not reviewed lately"),
    message: Text::new(
        "Af de tal, som sagen kontrolleres med, er {count} senest holdt op mod kilderne over et år før ansøgningsdatoen {found}; det ældste den {reviewed}. Der kan være kommet nye satser eller lofter.",
        "Of the figures that the case is checked by, {count} were last held against their sources over a year before the application date {found}; the oldest on {reviewed}. There may be new rates or caps.",
    ),
    action: Text::new(
        "Kontrollér, om tallene stadig gælder, før sagen afgøres; »sporskifte rules --stale« viser dem.",
        "Check that the figures still hold before the case is decided; “sporskifte rules --stale” lists them.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    finding(subject).into_iter().collect()
}

fn finding(subject: &CaseSubject<'_>) -> Option<Finding> {
    let speaks = |document: &&Document| document.master.application_date.value().is_some();
    let first = subject.case.documents.iter().filter(speaks).min_by_key(|document| document.kind())?;
    let (applied, origin) = subject.document.master.application_date.located()?;
    if !std::ptr::eq(first, subject.document) {
        return None;
    }
    let stale = subject.parameters?.parameters().stale(*applied);
    let oldest = stale.iter().map(|figure| figure.reviewed).min()?;
    let finding = Finding::at(&RULE, origin).found(Argument::Date(*applied));
    Some(finding.with("count", Argument::Number(stale.len().into())).with("reviewed", Argument::Date(oldest)))
}
