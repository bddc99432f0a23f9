//! What is found across the cases of a run.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::Settings;
use super::run::SeenFile;
use super::stored_cases::{DecidedCase, concluded};
use crate::case::{Facts, SharedTexts};
use crate::finding::{Finding, Verdict};
use crate::intake::FileHash;
use crate::report::{CaseReport, RunReport};
use crate::rules::{RunFinding, RunSubject, check_run};
use crate::store::{CaseRecord, Store, StoreError};

/// How many cases are fetched at once.
const FETCHED_TOGETHER: usize = 256;

/// The findings across all decided cases, by the files' places among the run's files; `None` where a rule broke down.
pub(super) fn findings_across(
    store: &Store,
    cases: &[DecidedCase],
    seen: &[SeenFile],
    settings: &Settings,
) -> Result<Option<BTreeMap<usize, Vec<Finding>>>, StoreError> {
    let (mut facts, mut texts) = (Vec::new(), SharedTexts::default());
    for some in cases.chunks(FETCHED_TOGETHER) {
        let records: Result<Vec<CaseRecord>, StoreError> = some.par_iter().map(|case| store.get(case.record)).collect();
        for (case, record) in some.iter().zip(records?) {
            let of_case = placed_facts(record.facts, &case.members);
            facts.extend(of_case.map(|(index, facts)| (index, facts.sharing(&mut texts))));
        }
    }
    drop(texts);
    let hash = |index: usize| seen.get(index)?.sha256;
    let found = || found_across(facts, hash, settings);
    Ok(catch_unwind(AssertUnwindSafe(found)).ok())
}

/// The report on cases that are in memory.
pub(super) fn conclude_in_memory(checked: Vec<(Vec<usize>, CaseRecord)>, settings: &Settings) -> RunReport {
    let mut facts = Vec::new();
    let mut hashes = BTreeMap::new();
    for (members, record) in &checked {
        facts.extend(placed_facts(record.facts.clone(), members));
        let of_files = members.iter().zip(&record.report.files);
        hashes.extend(of_files.filter_map(|(&index, file)| Some((index, file.sha256?))));
    }
    let across = found_across(facts, |index| hashes.get(&index).copied(), settings);
    let conclude = |(members, record): (Vec<usize>, CaseRecord)| {
        concluded(with_findings(record.report, &members, &across), &settings.configuration)
    };
    let cases = checked.into_iter().map(conclude).collect();
    let mut report = RunReport::in_memory(cases, settings.configuration.clone());
    report.rules_date = settings.rules_date;
    report
}

/// A case with what was found across cases.
pub(super) fn with_findings(
    mut case: CaseReport,
    members: &[usize],
    across: &BTreeMap<usize, Vec<Finding>>,
) -> CaseReport {
    for (file, member) in case.files.iter_mut().zip(members) {
        if let Some(findings) = across.get(member) {
            file.findings.extend(findings.iter().cloned());
            file.verdict = Verdict::of(&file.findings);
        }
    }
    case
}

/// The facts of a case's files, by the files' places among the run's files.
fn placed_facts(facts: Vec<(usize, Facts)>, members: &[usize]) -> impl Iterator<Item = (usize, Facts)> {
    facts.into_iter().filter_map(|(place, facts)| Some((*members.get(place)?, facts)))
}

fn found_across(
    mut facts: Vec<(usize, Facts)>,
    hash: impl Fn(usize) -> Option<FileHash>,
    settings: &Settings,
) -> BTreeMap<usize, Vec<Finding>> {
    facts.sort_by_key(|(index, _)| *index);
    facts.retain(|(index, _)| hash(*index).is_some());
    let hashes: Vec<FileHash> = facts.iter().filter_map(|(index, _)| hash(*index)).collect();
    let subject = RunSubject {
        facts: &facts,
        hashes: &hashes,
        parameters: &settings.parameters,
        rules_date: settings.rules_date,
    };
    let mut found: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
    for RunFinding { file, mut finding } in check_run(&subject) {
        finding.mask();
        found.entry(file).or_default().push(finding);
    }
    found
}
