//! P315: the employee has had a Sporskifte grant before.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P315",
    name: "earlier-package",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[document_says(
        "001",
        "At man ikke kan søge støtte til ansatte, der tidligere har gennemført et sporskifteforløb med tilskud fra Beskæftigelsesministeriet",
    )],
    parameters: &[],
    title: Text::new("Medarbejderen har haft et sporskifteforløb før", "The employee has had a package before"),
    message: Text::new(
        "Det er oplyst, at medarbejderen tidligere har haft et sporskifteforløb med tilskud. Så kan der ikke søges igen.",
        "The form says that the employee has had a package with a grant before. Then no new one can be applied for.",
    ),
    action: Text::new(
        "Tag pakken ud. Er feltet udfyldt forkert, så skriv Nej.",
        "Take the package out. If the field was filled in wrongly, write Nej.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let (earlier, origin) = package.earlier.located()?;
    let (yes, no) = (Argument::Words(Text::new("Ja", "Ja")), Argument::Words(Text::new("Nej", "Nej")));
    earlier.then(|| Finding::at(&RULE, origin).found(yes).expected(no))
}
