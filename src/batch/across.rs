//! What is found across the cases of a run.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Settings;
use super::checked_case::CheckedCase;
use super::decided_cases::{DecidedCase, DecidedCases};
use super::run::SeenFile;
use super::stored_cases::concluded;
use super::ties::TieCounter;
use crate::case::{Facts, LoneBudget, SharedTexts};
use crate::finding::{Finding, Verdict};
use crate::intake::FileHash;
use crate::parallel::made_in_order;
use crate::report::{CaseReport, RunReport};
use crate::rules::{RunFinding, RunSubject, check_run};
use crate::store::{CaseFacts, CaseRecord, Store, StoreError};

/// The findings across all decided cases, by the files' places among the run's files; `None` where a rule broke down.
///
/// Few workbooks of a large run have anything in common with another. The facts go by twice: once to tell which have, once
/// to keep the facts of those, and of the others only what they draw on a year's budget.
pub(super) fn findings_across(
    store: &Store,
    cases: &DecidedCases,
    seen: &[SeenFile],
    settings: &Settings,
) -> Result<Option<BTreeMap<usize, Vec<Finding>>>, StoreError> {
    let mut ties = TieCounter::default();
    for_each_facts(store, cases, seen, |file| ties.add(&file.facts, &file.content))?;
    let ties = ties.shared();
    let (mut kept, mut texts) = (RunFacts::default(), SharedTexts::default());
    for_each_facts(store, cases, seen, |file| {
        if ties.tie(&file.facts, &file.content) {
            kept.files.push(PlacedFacts { facts: file.facts.sharing(&mut texts), ..file });
        } else {
            kept.lone.extend(file.facts.alone(file.index, &mut texts));
        }
    })?;
    drop((ties, texts));
    let found = || found_across(kept, settings);
    Ok(catch_unwind(AssertUnwindSafe(found)).ok())
}

/// The facts of a file whose content is known, and its place among the run's files.
struct PlacedFacts {
    index: usize,
    content: FileHash,
    facts: Facts,
}

/// What the rules across cases look at.
#[derive(Default)]
struct RunFacts {
    files: Vec<PlacedFacts>,
    /// The budgets that have nothing in common with any other workbook.
    lone: Vec<LoneBudget>,
}

/// Shows the facts of all forms whose content is known, case by case.
fn for_each_facts(
    store: &Store,
    cases: &DecidedCases,
    seen: &[SeenFile],
    mut show: impl FnMut(PlacedFacts),
) -> Result<(), StoreError> {
    let fetch = |case: DecidedCase<'_>| store.facts(case.record).map(|facts| placed_facts(facts, case.members, seen));
    for fetched in made_in_order(cases.len(), |index| cases.get(index).map(fetch).transpose()) {
        fetched?.into_iter().flatten().for_each(&mut show);
    }
    Ok(())
}

/// The report on cases that are in memory.
pub(super) fn conclude_in_memory(checked: Vec<(Vec<usize>, CheckedCase)>, settings: &Settings) -> RunReport {
    let mut facts = RunFacts::default();
    let mut cases = Vec::with_capacity(checked.len());
    for (members, CheckedCase { record, facts: of_case, .. }) in checked {
        let of_files = of_case.into_iter().filter_map(|(place, facts)| {
            let (index, content) = (*members.get(place)?, record.report.files.get(place)?.sha256?);
            Some(PlacedFacts { index, content, facts })
        });
        facts.files.extend(of_files);
        cases.push((members, record));
    }
    let across = found_across(facts, settings);
    let conclude = |(members, record): (Vec<usize>, CaseRecord)| {
        concluded(with_findings(record.report, &members, &across), &settings.configuration)
    };
    let cases = cases.into_iter().map(conclude).collect();
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

/// The facts of a case's files, those left out whose content is not known.
fn placed_facts(facts: CaseFacts, members: &[usize], seen: &[SeenFile]) -> Vec<PlacedFacts> {
    let placed = facts.into_iter().filter_map(|(place, facts)| {
        let index = *members.get(place)?;
        Some(PlacedFacts { index, content: seen.get(index)?.sha256?, facts })
    });
    placed.collect()
}

fn found_across(RunFacts { mut files, mut lone }: RunFacts, settings: &Settings) -> BTreeMap<usize, Vec<Finding>> {
    files.sort_by_key(|file| file.index);
    lone.sort_by_key(|budget| budget.index);
    let hashes: Vec<FileHash> = files.iter().map(|file| file.content).collect();
    let facts: Vec<(usize, Facts)> = files.into_iter().map(|file| (file.index, file.facts)).collect();
    let subject = RunSubject {
        facts: &facts,
        hashes: &hashes,
        lone: &lone,
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
