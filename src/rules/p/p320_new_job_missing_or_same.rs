//! P320: the new job function equals the present one.

use crate::case::Package;
use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::plain_text::plainly_spelled;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, document_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P320",
    name: "new-job-missing-or-same",
    severity: Severity::Review,
    kinds: BUDGET,
    sources: &[
        document_says("001", "dermed sigte mod en ny jobfunktion i virksomheden eller i en anden virksomhed"),
        document_says(
            "000",
            "Gå fra et job i en fysisk krævende faglært funktion til en rolle som lagermand/servicefunktion i virksomheden",
        ),
    ],
    parameters: &[],
    title: Text::new("Den nye jobfunktion er den samme", "The new job is the same"),
    message: Text::new(
        "Den nye jobfunktion er den samme som den nuværende: »{found}«. Pakken skal sigte mod en ny og mindre nedslidende jobfunktion.",
        "The new job function is the same as the present one: “{found}”. The package must aim at a new and less wearing one.",
    ),
    action: Text::new(
        "Vurdér, om forløbet sigter mod en ny jobfunktion; spørg virksomheden.",
        "Judge whether the package aims at a new job function; ask the company.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    subject.document.packages.iter().filter_map(finding).collect()
}

fn finding(package: &Package) -> Option<Finding> {
    let ((current, current_origin), (new, origin)) = (package.current_job.located()?, package.new_job.located()?);
    let finding = || Finding::at(&RULE, origin).and_at(current_origin).found(Argument::Submitted(new.clone()));
    (folded(current) == folded(new)).then(finding)
}

fn folded(job: &str) -> String {
    plainly_spelled(job).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
