//! What the user decided, applied to what was found.

use jiff::civil::Date;

use crate::configuration::Configuration;
use crate::finding::Verdict;
use crate::report::{CaseReport, FileReport};

/// Leaves out and weighs findings as decided, and sets aside those that a waiver accepts; nothing is lost: the case keeps
/// what was set aside.
pub(super) fn apply_decisions(case: &mut CaseReport, configuration: &Configuration) {
    if configuration.is_empty() {
        return;
    }
    let applied = case.application_date();
    for file in &mut case.files {
        decide(file, applied, configuration);
    }
}

fn decide(file: &mut FileReport, applied: Option<Date>, configuration: &Configuration) {
    let findings = configuration.weigh(std::mem::take(&mut file.findings));
    for finding in findings {
        match configuration.waiver(&finding, &file.case, applied) {
            Some(waiver) => file.waived.push((waiver, finding)),
            None => file.findings.push(finding),
        }
    }
    // What could not be checked stays so, whatever anybody decides.
    if file.form.is_some() {
        file.verdict = Verdict::of(&file.findings);
    }
}
