//! What the user decided, applied to what was found.

use jiff::civil::Date;

use crate::configuration::Configuration;
use crate::finding::Verdict;
use crate::report::{FileReport, RunReport};

/// Leaves out and weighs findings as decided, and sets aside those that a waiver accepts; nothing is lost: the report
/// keeps the decisions and what they touched.
pub(super) fn apply_decisions(report: &mut RunReport, configuration: &Configuration) {
    report.configuration = configuration.clone();
    if configuration.is_empty() {
        return;
    }
    for case in &report.cases {
        let mut dates = case.files.iter().filter_map(|&index| report.files.get(index)?.form.as_ref()?.application_date);
        let applied = dates.next();
        for &index in &case.files {
            if let Some(file) = report.files.get_mut(index) {
                decide(file, applied, configuration);
            }
        }
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
