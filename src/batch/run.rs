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
use crate::report::RunReport;
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
    let (mut report, formats) = check_cases(CaseFiles { kept, read_again: &read_again }, &group(&facts), settings);
    report.passed_over = discovered.passed_over;
    report.problems = discovered.problems;
    if let Some(outputs) = outputs {
        let plan = CopyPlan { inputs: &inputs, formats: &formats };
        let mut problems = write_copies(&report, &plan, outputs, settings, progress);
        if outputs.letters {
            problems.extend(write_letters(&report, &plan.names(), outputs.folder, settings.language));
        }
        report.problems.extend(problems);
    }
    report.problems.sort();
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
    check_cases(CaseFiles { kept, read_again: &|_| None }, &group(&facts), settings).0
}

/// The files of a run, as far as they are still in memory, and how to read the others.
struct CaseFiles<'a> {
    kept: Vec<Option<ReadFile>>,
    read_again: &'a (dyn Fn(usize) -> Option<ReadFile> + Sync),
}

/// Checks case by case; the reports come back in the order of the files.
fn check_cases(
    mut files: CaseFiles<'_>,
    groups: &[Vec<usize>],
    settings: &Settings,
) -> (RunReport, Vec<Option<WorkbookFormat>>) {
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
    let mut report = RunReport::default();
    let mut by_index = Vec::new();
    let mut facts = Vec::new();
    for case in checked {
        by_index.extend(case.report.files.iter().copied().zip(case.files));
        facts.extend(case.facts);
        report.cases.push(case.report);
    }
    by_index.sort_by_key(|(index, _)| *index);
    facts.sort_by_key(|(index, _)| *index);
    let (files, formats) = by_index.into_iter().map(|(_, file)| file).unzip();
    report.files = files;
    check_across_cases(&mut report, &facts, settings);
    apply_decisions(&mut report, &settings.configuration);
    report.rules_date = settings.rules_date;
    for case in &mut report.cases {
        let verdicts = case.files.iter().filter_map(|&index| report.files.get(index)).map(|file| file.verdict);
        case.verdict = verdicts.max().unwrap_or(Verdict::NotChecked);
    }
    (report, formats)
}

/// Adds the findings across cases to the files they belong to.
fn check_across_cases(report: &mut RunReport, facts: &[(usize, Facts)], settings: &Settings) {
    let hash = |(index, _): &(usize, Facts)| report.files.get(*index)?.sha256.clone();
    let Some(hashes) = facts.iter().map(hash).collect::<Option<Vec<FileHash>>>() else { return };
    let subject =
        RunSubject { facts, hashes: &hashes, parameters: &settings.parameters, rules_date: settings.rules_date };
    for RunFinding { file, finding } in check_run(&subject) {
        if let Some(file) = report.files.get_mut(file) {
            file.findings.push(finding);
            file.verdict = Verdict::of(&file.findings);
        }
    }
}
