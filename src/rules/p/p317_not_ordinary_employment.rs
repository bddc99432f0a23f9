//! P317: the employment is not ordinary.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P317",
    name: "not-ordinary-employment",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says("public", "ordinært ansatte"),
        document_says("003", "Personer i fleksjob, personer ansat i jobtræning med løntilskud"),
    ],
    parameters: &[],
    title: Text::new("Ikke ordinært ansat", "Not ordinarily employed"),
    message: Text::new(
        "Ansættelsesformen er {found}. Der kan kun søges til ordinært ansatte.",
        "The employment is {found}. Grants are for ordinarily employed people only.",
    ),
    action: Text::new(
        "Tag pakken ud. Er feltet udfyldt forkert, så vælg Ordinær.",
        "Take the package out. If the field was filled in wrongly, choose Ordinær.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (employment, origin) = package.employment.located()?;
    let ordinary = "Ordinær";
    let finding = || Finding::at(&RULE, origin).found(Argument::Submitted(employment.clone()));
    (employment != ordinary).then(|| finding().expected(Argument::Words(Text::new(ordinary, ordinary))))
}
