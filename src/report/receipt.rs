//! The receipt of a run: what was checked, by which rules, what came out and what was written, so that it can be proved
//! and done again years later. It names no time: the same run gives the same receipt.

use std::fmt;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::json::{decisions, passed_over, problem};
use super::json_document::JsonDocument;
use super::model::{CaseReport, Counts, FileReport};
use super::run_report::RunReport;
use crate::finding::Verdict;
use crate::intake::FileHash;
use crate::language::Language;

/// What a receipt calls itself.
pub const RECEIPT_FORMAT: &str = "sporskifte-kvittering 1";

/// What a run was made with, as its receipt tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptRules {
    /// The hash of all that a result depends on besides the files and the user's decisions.
    pub all: String,
    /// The hash of the rule catalogue.
    pub catalogue: String,
    /// The hash of the figures.
    pub parameters: String,
    /// The hashes of the forms' layouts.
    pub layouts: Vec<String>,
    /// The hash of the list of industries.
    pub industries: String,
    /// The hash of the configuration, where there was one.
    pub configuration: Option<String>,
    /// The date whose rules were used in place of the application dates'.
    pub rules_date: Option<String>,
    /// Which part of how many the run was, where it was one.
    pub shard: Option<String>,
}

/// The outputs of a run, wherever they are listed: there may be more than memory should hold.
pub trait OutputList: fmt::Debug + Sync {
    /// How many there are.
    fn count(&self) -> io::Result<usize>;
    /// Some of them with the hashes of their contents, in the order of their paths below the output folder, from the
    /// first after a path on; none after the last.
    fn after(&self, path: &str) -> io::Result<Vec<(String, FileHash)>>;
}

/// What a receipt tells besides what the report says.
#[derive(Debug, Clone)]
pub struct ReceiptContext<'o> {
    /// What the run was made with.
    pub rules: ReceiptRules,
    /// The given paths, as reports show them.
    pub paths: Vec<String>,
    /// What was written.
    pub outputs: &'o dyn OutputList,
}

/// A file that was checked, as a receipt lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReceiptInput {
    /// Its path, as reports show it.
    pub path: String,
    /// The hash of its content; `None` where it could not be read.
    pub sha256: Option<String>,
    /// The case it belongs to.
    pub case: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Errors found.
    pub errors: usize,
    /// Warnings found.
    pub warnings: usize,
    /// Findings to review.
    pub reviews: usize,
}

/// A file that was written, as a receipt lists it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReceiptOutput {
    /// Its path below the output folder, as reports show it.
    pub path: String,
    /// The hash of its content.
    pub sha256: String,
}

/// A receipt that is read again: what is needed to hold it against files.
#[derive(Debug, Clone, Deserialize)]
pub struct Receipt {
    /// What it calls itself.
    pub format: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// What the run was made with.
    pub rules: ReceiptRules,
    /// The given paths.
    pub paths: Vec<String>,
    /// What was checked.
    pub inputs: Vec<ReceiptInput>,
    /// What was written.
    pub outputs: Vec<ReceiptOutput>,
}

impl ReceiptInput {
    /// A file as a receipt lists it.
    pub fn of(file: &FileReport) -> Self {
        let Counts { errors, warnings, reviews } = Counts::of(&file.findings);
        Self {
            path: file.path.clone(),
            sha256: file.sha256.map(|hash| hash.to_string()),
            case: file.case.clone(),
            verdict: file.verdict,
            errors,
            warnings,
            reviews,
        }
    }
}

/// Writes the receipt of a run.
pub fn write_receipt(
    report: &RunReport,
    context: &ReceiptContext<'_>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut document = JsonDocument::begin(out)?;
    document.member("format", &RECEIPT_FORMAT)?;
    document.member("version", &env!("CARGO_PKG_VERSION"))?;
    document.member("rules", &context.rules)?;
    document.member("decisions", &decisions(report))?;
    document.member("paths", &context.paths)?;
    document.array("inputs", report.files().map(|file| Ok(ReceiptInput::of(&file?))))?;
    document.array("cases", report.cases().map(|case| Ok(case_line(&case?))))?;
    document.member("passed_over", &report.passed_over)?;
    document.member("may_hold_forms", &passed_over(report, language))?;
    let problems: Vec<Value> = report.problems.iter().map(|each| problem(each, language)).collect();
    document.member("problems", &problems)?;
    let outputs = outputs(context.outputs).map(|output| {
        let (path, hash) = output?;
        Ok(ReceiptOutput { path: super::model::shown_path(&path, None), sha256: hash.to_string() })
    });
    document.array("outputs", outputs)?;
    document.member("counts", &counts(report, context.outputs.count()?))?;
    document.end()
}

/// The outputs one by one.
fn outputs(list: &dyn OutputList) -> impl Iterator<Item = io::Result<(String, FileHash)>> {
    let (mut fetched, mut told) = (Vec::new().into_iter(), String::new());
    std::iter::from_fn(move || {
        if fetched.as_slice().is_empty() {
            match list.after(&told) {
                Ok(more) => fetched = more.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
        let output: (String, FileHash) = fetched.next()?;
        told.clone_from(&output.0);
        Some(Ok(output))
    })
}

fn case_line(case: &CaseReport) -> Value {
    json!({ "case": case.id, "verdict": case.verdict, "files": case.files.len() })
}

fn counts(report: &RunReport, outputs: usize) -> Value {
    let totals = &report.totals;
    let verdicts = || Verdict::ALL.into_iter().map(|verdict| (verdict, totals.files_with(verdict)));
    let by_verdict: Map<String, Value> =
        verdicts().map(|(verdict, files)| (verdict.name().into(), files.into())).collect();
    json!({
        "inputs": totals.files,
        "verdicts": verdicts().map(|(_, files)| files).sum::<usize>(),
        "by_verdict": by_verdict,
        "cases": totals.cases,
        "outputs": outputs,
    })
}
