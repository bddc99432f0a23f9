//! The annotated copies of a run's inputs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::outputs::{copy_names, not_written};
use super::run::PlacedCase;
use super::{InputFile, OutputFolder, Outputs, Progress, Settings};
use crate::annotate::{Annotation, annotate, rebuild};
use crate::finding::printable;
use crate::identity::mask_cpr;
use crate::intake::{FileHash, open, read_bytes};
use crate::report::{ControlContext, FileReport, Problem, RulesInForce, control_sheet, decisions_for_case, marks};
use crate::workbook::WorkbookFormat;

/// Which input a report's file is, and in which format it came.
pub(super) struct CopyPlan<'a> {
    pub(super) inputs: &'a [InputFile],
    pub(super) formats: &'a [Option<WorkbookFormat>],
}

impl CopyPlan<'_> {
    /// Where the copy of each input goes, below the output folder, whether it is made or not.
    pub(super) fn names(&self) -> Vec<PathBuf> {
        let files = self.inputs.iter().zip(self.formats);
        let endings: Vec<&str> = files.map(|(input, format)| copy_ending(&input.path, *format)).collect();
        copy_names(self.inputs, &endings)
    }
}

/// Writes the annotated copies; gives what went wrong.
pub(super) fn write_copies(
    cases: &[PlacedCase],
    plan: &CopyPlan<'_>,
    outputs: &Outputs<'_>,
    settings: &Settings,
    progress: &dyn Progress,
) -> Vec<Problem> {
    let names = plan.names();
    let of_case = |(indexes, case): &PlacedCase| {
        let decisions = decisions_for_case(case, &settings.configuration, settings.rules_date, settings.language);
        (indexes.clone(), decisions)
    };
    let decided: Vec<(Vec<usize>, Vec<String>)> = cases.iter().map(of_case).collect();
    let mut jobs: Vec<CopyJob<'_>> = Vec::new();
    for ((indexes, decisions), (_, case)) in decided.iter().zip(cases) {
        for (&index, file) in indexes.iter().zip(&case.files) {
            let (Some(input), Some(name)) = (plan.inputs.get(index), names.get(index)) else { continue };
            jobs.push(CopyJob { input, file, name, decisions });
        }
    }
    jobs.into_par_iter()
        .filter_map(|job| {
            let result = if outputs.copies.takes(job.file) {
                write_copy(&job, outputs.folder, settings)
            } else {
                remove_copy(&job, outputs.folder)
            };
            progress.step();
            result.err()
        })
        .collect()
}

/// Removes the copy of an earlier run, which no longer says how things stand.
fn remove_copy(job: &CopyJob<'_>, folder: &OutputFolder) -> Result<(), Problem> {
    folder.remove_outdated(job.name).map_err(|error| not_written(job.name, &error))
}

/// One copy to make.
struct CopyJob<'a> {
    input: &'a InputFile,
    file: &'a FileReport,
    /// Where it goes, below the output folder.
    name: &'a Path,
    decisions: &'a [String],
}

/// Excel opens a workbook with macros, or a template, only under its own ending.
fn copy_ending(input: &Path, format: Option<WorkbookFormat>) -> &'static str {
    let is_template = input.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xltx"));
    match format {
        Some(WorkbookFormat::Xlsm) => "xlsm",
        Some(WorkbookFormat::Xlsx) if is_template => "xltx",
        _ => "xlsx",
    }
}

fn write_copy(job: &CopyJob<'_>, outputs: &OutputFolder, settings: &Settings) -> Result<(), Problem> {
    let CopyJob { input, file, name, decisions } = job;
    let bytes = annotated_copy(input, file, decisions, settings)
        .map_err(|reason| Problem::NotAnnotated { path: file.path.clone(), reason: mask_cpr(&printable(&reason)) })?;
    outputs.write(name, &bytes).map_err(|error| not_written(name, &error))
}

fn rules_in_force(file: &FileReport, settings: &Settings) -> Option<RulesInForce> {
    let form = file.form.as_ref()?;
    let in_force = settings.parameters.resolve(form.rules_date?)?;
    Some(RulesInForce::of(form.kind, &in_force))
}

/// The annotated copy of a file; of exactly the bytes that were checked.
fn annotated_copy(
    input: &InputFile,
    file: &FileReport,
    decisions: &[String],
    settings: &Settings,
) -> Result<Vec<u8>, String> {
    let make = || {
        let bytes = read_bytes(&input.path, &settings.limits).map_err(|error| error.to_string())?;
        if file.sha256 != Some(FileHash::of(&bytes)) {
            return Err("the file has changed since it was checked".to_owned());
        }
        let opened = open(bytes, &settings.limits).map_err(|error| error.to_string())?;
        let rules = rules_in_force(file, settings);
        let context = ControlContext { rules: rules.as_ref(), decisions, rebuilt: opened.package.is_none() };
        let control = control_sheet(file, &context, settings.language);
        let marks = marks(file, settings.language);
        let annotation = Annotation { marks: &marks, control: &control };
        let annotated = match &opened.package {
            Some(package) => annotate(package, &annotation),
            None => rebuild(&opened.workbook, &annotation),
        };
        annotated.map(|annotated| annotated.bytes).map_err(|error| error.to_string())
    };
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| Err("the annotation broke down".to_owned()))
}
