//! A whole run: its cases one by one, from wherever they are kept, and what they add up to.

use std::collections::BTreeMap;
use std::{fmt, io};

use jiff::civil::Date;

use super::decisions::{WaiverUse, use_in_case};
use super::model::{CaseReport, Counts, FileReport, Problem};
use super::passed_over::PassedOver;
use crate::configuration::Configuration;
use crate::finding::{Finding, Severity, Verdict};
use crate::parallel::made_in_order;

/// The cases of a run, wherever they are kept: a run of any length is told case by case.
pub trait CaseSource: fmt::Debug + Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// The case of this place, counted from 0 in the order of the cases' first files.
    fn case(&self, index: usize) -> io::Result<CaseReport>;
}

impl CaseSource for Vec<CaseReport> {
    fn count(&self) -> usize {
        self.len()
    }

    fn case(&self, index: usize) -> io::Result<CaseReport> {
        self.get(index).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

/// A whole run.
#[derive(Debug)]
pub struct RunReport {
    cases: Box<dyn CaseSource>,
    /// What the cases add up to.
    pub totals: Totals,
    /// What became of each waiver of the configuration, in its order.
    pub waiver_uses: Vec<WaiverUse>,
    /// How many files were passed over because they are no workbooks.
    pub passed_over: usize,
    /// Those of them in which a form may be, in the order of their paths.
    pub may_hold_forms: Vec<PassedOver>,
    /// What went wrong with the run itself, apart from single files' verdicts.
    pub problems: Vec<Problem>,
    /// What the user decided.
    pub configuration: Configuration,
    /// The date whose rules were used in place of the application dates', where the user asked for that.
    pub rules_date: Option<Date>,
    /// Which part of how many the run was, where it was one: `2/8`.
    pub shard: Option<String>,
}

/// What the cases of a run add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many files were inputs.
    pub files: usize,
    /// How many cases they belong to.
    pub cases: usize,
    files_with: BTreeMap<Verdict, usize>,
    cases_with: BTreeMap<Verdict, usize>,
    /// All findings.
    pub counts: Counts,
    /// The worst severity found.
    pub worst: Option<Severity>,
}

impl RunReport {
    /// A run whose cases are in memory.
    pub fn in_memory(cases: Vec<CaseReport>, configuration: Configuration) -> Self {
        let mut sums = Sums::of(&configuration);
        for case in &cases {
            sums.add(case, &configuration);
        }
        sums.report(Box::new(cases), configuration)
    }

    /// Adds up the cases of a run; what the user decided has been applied to them.
    pub fn new(cases: Box<dyn CaseSource>, configuration: Configuration) -> io::Result<Self> {
        let mut sums = Sums::of(&configuration);
        for case in made_of_cases(cases.as_ref(), Ok) {
            sums.add(&case?, &configuration);
        }
        Ok(sums.report(cases, configuration))
    }

    /// Whether files were passed over that are sent to hold workbooks, so that what was checked may not be all.
    pub fn left_workbooks_unopened(&self) -> bool {
        self.may_hold_forms.iter().any(|file| file.kind.holds_workbooks())
    }

    /// The cases, in the order of their first files.
    pub fn cases(&self) -> impl Iterator<Item = io::Result<CaseReport>> + '_ {
        made_of_cases(self.cases.as_ref(), Ok)
    }

    /// What is made of each case, in the order of the cases; it is made by as many threads as there are.
    pub fn map_cases<'r, T: Send + 'r>(
        &'r self,
        make: impl Fn(CaseReport) -> io::Result<T> + Sync + 'r,
    ) -> impl Iterator<Item = io::Result<T>> + 'r {
        made_of_cases(self.cases.as_ref(), make)
    }

    /// The case of this place, counted from 0.
    pub fn case(&self, index: usize) -> io::Result<CaseReport> {
        self.cases.case(index)
    }

    /// All cases at once, for runs that are small.
    pub fn all_cases(&self) -> io::Result<Vec<CaseReport>> {
        self.cases().collect()
    }

    /// All files at once, case by case, for runs that are small.
    pub fn all_files(&self) -> io::Result<Vec<FileReport>> {
        self.files().collect()
    }

    /// The files, case by case.
    pub fn files(&self) -> impl Iterator<Item = io::Result<FileReport>> + '_ {
        self.cases().flat_map(|case| match case {
            Ok(case) => case.files.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        })
    }
}

/// What is made of each case, one by one and in order; it is made by as many threads as there are.
fn made_of_cases<'s, T: Send + 's>(
    source: &'s dyn CaseSource,
    make: impl Fn(CaseReport) -> io::Result<T> + Sync + 's,
) -> impl Iterator<Item = io::Result<T>> + 's {
    made_in_order(source.count(), move |index| source.case(index).and_then(&make))
}

/// What is counted while the cases go by.
struct Sums {
    totals: Totals,
    waiver_uses: Vec<WaiverUse>,
}

impl Sums {
    fn of(configuration: &Configuration) -> Self {
        Self { totals: Totals::default(), waiver_uses: vec![WaiverUse::NoSuchCase; configuration.waivers.len()] }
    }

    fn add(&mut self, case: &CaseReport, configuration: &Configuration) {
        self.totals.add(case);
        for ((place, waiver), used) in configuration.waivers.iter().enumerate().zip(&mut self.waiver_uses) {
            if *used == WaiverUse::NoSuchCase {
                *used = use_in_case(case, place, waiver);
            }
        }
    }

    fn report(self, cases: Box<dyn CaseSource>, configuration: Configuration) -> RunReport {
        let Self { totals, waiver_uses } = self;
        let (passed_over, may_hold_forms) = (0, Vec::new());
        let (problems, rules_date, shard) = (Vec::new(), None, None);
        RunReport {
            cases,
            totals,
            waiver_uses,
            passed_over,
            may_hold_forms,
            problems,
            configuration,
            rules_date,
            shard,
        }
    }
}

impl Totals {
    /// How many files have a verdict.
    pub fn files_with(&self, verdict: Verdict) -> usize {
        self.files_with.get(&verdict).copied().unwrap_or_default()
    }

    /// How many cases have a verdict.
    pub fn cases_with(&self, verdict: Verdict) -> usize {
        self.cases_with.get(&verdict).copied().unwrap_or_default()
    }

    fn add(&mut self, case: &CaseReport) {
        self.cases += 1;
        *self.cases_with.entry(case.verdict).or_default() += 1;
        for file in &case.files {
            self.files += 1;
            *self.files_with.entry(file.verdict).or_default() += 1;
            self.counts = self.counts + Counts::of(&file.findings);
            self.worst = self.worst.max(file.findings.iter().map(Finding::severity).max());
        }
    }
}
