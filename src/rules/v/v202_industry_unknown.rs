//! V202: the industry is not on the known list.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V202",
    name: "industry-unknown",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[document_says("000", "STAR har lagt en liste med branchekoder på deres hjemmeside")],
    parameters: &[],
    title: Text::new("Branchen er ikke på den kendte liste", "The industry is not on the known list"),
    message: Text::new(
        "Branchekoden {found} er ikke på den liste, der er kontrolleret imod. Listen er ikke hele STARs.",
        "The industry code {found} is not on the list that was checked against. That list is not all of STAR's.",
    ),
    action: Text::new(
        "Slå koden op på STARs liste over branchekoder.",
        "Look the code up on STAR's list of industry codes.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((code, origin)) = subject.document.master.industry.located() else { return Vec::new() };
    let known = subject.industries.find(code.as_str()).is_some();
    let finding = || Finding::at(&RULE, origin).found(Argument::Identifier(code.to_string()));
    (!known).then(finding).into_iter().collect()
}
