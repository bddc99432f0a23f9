//! V201: the industry code is on the list as not eligible.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::parameters::Eligibility;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "V201",
    name: "industry-not-eligible",
    severity: Severity::Error,
    kinds: BUDGET,
    sources: &[
        document_says(
            "000",
            "Som eksempel er branchekode ”251100 – Fremstilling af metalkonstruktioner og dele heraf” samt ”256200 – Maskinforarbejdning” ikke",
        ),
        document_says("003", "Se de konkrete branchekoder her"),
    ],
    parameters: &[],
    title: Text::new("Branchen er ikke omfattet", "The industry is not eligible"),
    message: Text::new(
        "Branchekoden {found} ({title}) er ikke på STARs liste over brancher, der kan få tilskud.",
        "The industry code {found} ({title}) is not on STAR's list of industries that may get a grant.",
    ),
    action: Text::new(
        "Kontrollér branchekoden for P-nummeret på datacvr.virk.dk. Er den rigtig, kan der ikke gives tilskud.",
        "Check the P-number's industry code at datacvr.virk.dk. If it is right, no grant can be given.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let Some((code, origin)) = subject.document.master.industry.located() else { return Vec::new() };
    match subject.industries.find(code.as_str()) {
        Some(industry) if industry.eligibility == Eligibility::NotEligible => {
            let finding = Finding::at(&RULE, origin).found(Argument::Identifier(code.to_string()));
            vec![finding.with("title", Argument::Identifier(industry.title.clone()))]
        }
        _ => Vec::new(),
    }
}
