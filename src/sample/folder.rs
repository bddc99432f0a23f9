//! The samples in `samples/`: cases with named mistakes, as folders of workbooks, and the list of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Table;

use super::{Bases, SampleError, Scenario, workbooks};
use crate::form::{FormKind, Layout};
use crate::parameters::Parameters;
use crate::whole_file::write_whole;

/// The head of the list of samples.
const README_HEAD: &str = "\
# Samples

Invented cases of invented companies, each in a folder of its own, made from `bases.toml` and `cases.toml` by
`sporskifte samples --out samples`. File names mean nothing on purpose: what a workbook is stands inside it.
CPR numbers in them are obviously invalid test numbers. `mistakes.toml` and `mixture.toml` are what
`sporskifte samples --cases N` makes any number of other cases from.

| case | what it shows | codes expected |
|---|---|---|
";

/// A file of the samples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// Its path below the folder of samples, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CasesFile {
    sample: Vec<Table>,
}

/// What a sample has besides its scenario.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sample {
    /// The name of its folder.
    folder: String,
    /// The codes of the findings it is made for.
    expect: Vec<String>,
    /// The file names of its forms.
    files: BTreeMap<String, String>,
    /// Files that lose everything after so many bytes.
    cut: BTreeMap<String, usize>,
    /// Files that are no workbooks, with their text.
    text: BTreeMap<String, String>,
}

/// The members of a sample that are not part of its scenario.
const SAMPLE_KEYS: [&str; 5] = ["folder", "expect", "files", "cut", "text"];

/// All files of the samples, in the order of their paths' cases; the same in every run.
pub fn sample_files() -> Result<Vec<SampleFile>, SampleError> {
    let syntax = |error| SampleError::Syntax { scenario: "samples/cases.toml".to_owned(), error: Box::new(error) };
    let cases: CasesFile = toml::from_str(include_str!("../../samples/cases.toml")).map_err(syntax)?;
    let bases = Bases::embedded()?;
    let (layouts, parameters) = (Layout::embedded()?, Parameters::embedded()?);
    let mut readme = README_HEAD.to_owned();
    let mut files = Vec::new();
    for mut scenario in cases.sample {
        let own: Table = SAMPLE_KEYS.iter().filter_map(|key| scenario.remove_entry(*key)).collect();
        let sample: Sample = own.try_into().map_err(syntax)?;
        let scenario = Scenario::from_table(scenario)?;
        let codes = if sample.expect.is_empty() { "none".to_owned() } else { sample.expect.join(", ") };
        // Writing to a String does not fail.
        let _ = writeln!(readme, "| `{}` | {} | {codes} |", sample.folder, scenario.what);
        for (kind, bytes) in workbooks(&scenario, &bases, &layouts, &parameters)? {
            files.push(sample.file(kind, bytes));
        }
        let texts = sample.text.iter();
        files.extend(texts.map(|(name, text)| SampleFile {
            path: format!("{}/{name}", sample.folder),
            bytes: text.clone().into_bytes(),
        }));
    }
    files.push(SampleFile { path: "README.md".to_owned(), bytes: readme.into_bytes() });
    Ok(files)
}

/// Writes all samples below a folder.
pub fn write_samples(out: &Path) -> Result<(), SampleError> {
    let files = sample_files()?;
    if let Some(file) = first_there(out, &files).filter(|_| !is_ours(out)) {
        return Err(SampleError::NotOurs(file));
    }
    for file in files {
        write_whole(&out.join(&file.path), &file.bytes)?;
    }
    Ok(())
}

/// Whether samples were written to a folder before.
fn is_ours(out: &Path) -> bool {
    std::fs::read(out.join("README.md")).is_ok_and(|readme| readme.starts_with(README_HEAD.as_bytes()))
}

/// The first of the files that is there already.
fn first_there(out: &Path, files: &[SampleFile]) -> Option<PathBuf> {
    files.iter().map(|file| out.join(&file.path)).find(|path| path.symlink_metadata().is_ok())
}

impl Sample {
    fn file(&self, kind: FormKind, mut bytes: Vec<u8>) -> SampleFile {
        let form = match kind {
            FormKind::Budget => "budget",
            FormKind::Overview => "overview",
            FormKind::Accounts => "accounts",
        };
        if let Some(&length) = self.cut.get(form) {
            bytes.truncate(length);
        }
        let name = self.files.get(form).cloned().unwrap_or_else(|| format!("{kind}.xlsx"));
        SampleFile { path: format!("{}/{name}", self.folder), bytes }
    }
}
