//! One run: read in parallel, group, check in parallel, write copies in parallel.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::checked_case::{CheckedCase, check_case};
use super::copies::{CopyPlan, write_copies};
use super::decisions::apply_decisions;
use super::grouping::{GroupingFacts, group};
use super::letters::write_letters;
use super::read_file::ReadFile;
use super::{Discovered, InputFile, Outputs, Settings};
use crate::case::Facts;
use crate::finding::Verdict;
use crate::intake::FileHash;
use crate::report::{CaseReport, FileReport, RunReport};
use crate::rules::{RunFinding, RunSubject, check_run};
use crate::workbook::WorkbookFormat;

/// Is told how far a run has come.
pub trait Progress: Sync {
    /// So many steps are to do.
    fn begin(&self, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Checks everything that was discovered; writes what is asked for besides where there is a folder for it.
pub fn check(
    discovered: Discovered,
    settings: &Settings,
    outputs: Option<&Outputs<'_>>,
    progress: &dyn Progress,
) -> RunReport {
    let inputs = discovered.files;
    progress.begin(inputs.len() * if outputs.is_some() { 2 } else { 1 });
    let read_one = |(index, input): (usize, &InputFile)| {
        let file = ReadFile::read(input, settings);
        progress.step();
        (file.grouping_facts(&input.path), Some(file).filter(|_| index < settings.kept_in_memory))
    };
    let (facts, kept): (Vec<GroupingFacts>, Vec<Option<ReadFile>>) =
        inputs.par_iter().enumerate().map(read_one).unzip();
    let read_again = |index: usize| inputs.get(index).map(|input| ReadFile::read(input, settings));
    let (cases, formats) = check_cases(CaseFiles { kept, read_again: &read_again }, &group(&facts), settings);
    let mut problems = discovered.problems;
    if let Some(outputs) = outputs {
        let plan = CopyPlan { inputs: &inputs, formats: &formats };
        problems.extend(write_copies(&cases, &plan, outputs, settings, progress));
        if outputs.letters {
            problems.extend(write_letters(&cases, &plan.names(), outputs.folder, settings.language));
        }
    }
    problems.sort();
    let mut report = report_of(cases, settings);
    report.passed_over = discovered.passed_over;
    report.problems = problems;
    report
}

fn report_of(cases: Vec<PlacedCase>, settings: &Settings) -> RunReport {
    let cases = cases.into_iter().map(|(_, case)| case).collect();
    let mut report = RunReport::in_memory(cases, settings.configuration.clone());
    report.rules_date = settings.rules_date;
    report
}

/// Checks workbooks that are already in memory, each with the path that reports name it by.
pub fn check_in_memory(files: Vec<(String, Arc<[u8]>)>, settings: &Settings) -> RunReport {
    let (paths, read): (Vec<String>, Vec<ReadFile>) = files
        .into_iter()
        .map(|(path, bytes)| {
            let file = ReadFile::of_bytes(&path, bytes, settings);
            (path, file)
        })
        .unzip();
    let facts: Vec<GroupingFacts> =
        read.iter().zip(&paths).map(|(file, path)| file.grouping_facts(Path::new(path))).collect();
    let kept = read.into_iter().map(Some).collect();
    report_of(check_cases(CaseFiles { kept, read_again: &|_| None }, &group(&facts), settings).0, settings)
}

/// The files of a run, as far as they are still in memory, and how to read the others.
struct CaseFiles<'a> {
    kept: Vec<Option<ReadFile>>,
    read_again: &'a (dyn Fn(usize) -> Option<ReadFile> + Sync),
}

/// A case with the places of its files among the run's files.
pub(super) type PlacedCase = (Vec<usize>, CaseReport);

/// Checks case by case; the reports come back in the order of the files.
fn check_cases(
    mut files: CaseFiles<'_>,
    groups: &[Vec<usize>],
    settings: &Settings,
) -> (Vec<PlacedCase>, Vec<Option<WorkbookFormat>>) {
    let taken: Vec<Vec<(usize, Option<ReadFile>)>> = groups
        .iter()
        .map(|indexes| indexes.iter().map(|&index| (index, files.kept.get_mut(index).and_then(Option::take))).collect())
        .collect();
    let read_again = files.read_again;
    let check = |members: Vec<(usize, Option<ReadFile>)>| {
        let read = |(index, kept): (usize, Option<ReadFile>)| Some((index, kept.or_else(|| read_again(index))?));
        let (indexes, files) = members.into_iter().filter_map(read).unzip();
        check_case(indexes, files, settings)
    };
    let checked: Vec<CheckedCase> = taken.into_par_iter().map(check).collect();
    let mut by_index = Vec::new();
    let mut facts = Vec::new();
    let mut cases = Vec::new();
    for case in checked {
        by_index.extend(case.indexes.iter().copied().zip(case.files));
        facts.extend(case.facts);
        cases.push((case.indexes, case.report));
    }
    by_index.sort_by_key(|(index, _)| *index);
    facts.sort_by_key(|(index, _)| *index);
    let (mut files, formats): (Vec<FileReport>, Vec<_>) = by_index.into_iter().map(|(_, file)| file).unzip();
    check_across_cases(&mut files, &facts, settings);
    for (indexes, case) in &mut cases {
        case.files = indexes.iter().filter_map(|&index| files.get(index)).cloned().collect();
        apply_decisions(case, &settings.configuration);
        case.verdict = case.files.iter().map(|file| file.verdict).max().unwrap_or(Verdict::NotChecked);
    }
    (cases, formats)
}

/// Adds the findings across cases to the files they belong to.
fn check_across_cases(files: &mut [FileReport], facts: &[(usize, Facts)], settings: &Settings) {
    let hash = |(index, _): &(usize, Facts)| files.get(*index)?.sha256.clone();
    let Some(hashes) = facts.iter().map(hash).collect::<Option<Vec<FileHash>>>() else { return };
    let subject =
        RunSubject { facts, hashes: &hashes, parameters: &settings.parameters, rules_date: settings.rules_date };
    for RunFinding { file, finding } in check_run(&subject) {
        if let Some(file) = files.get_mut(file) {
            file.findings.push(finding);
            file.verdict = Verdict::of(&file.findings);
        }
    }
}
