//! Holding a receipt against files: are the inputs and outputs the ones it names?

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use walkdir::WalkDir;

use super::outputs::{RECEIPT_NAME, is_output_name};
use super::{InputFile, Settings};
use crate::intake::{FileHash, read_bytes};
use crate::report::{Receipt, ReceiptInput, RunReport, shown_path};

/// A path as reports show it, and how it differs from the receipt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The path.
    pub path: String,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// How something differs from a receipt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// An input that the receipt names is not there.
    InputMissing,
    /// An input is not as it was when it was checked.
    InputChanged,
    /// An input that the receipt does not name.
    InputNew,
    /// An output that the receipt names is not there.
    OutputMissing,
    /// An output is not as it was written.
    OutputChanged,
    /// Checked again, a file's result is another: before, and now.
    OtherResult(Box<ReceiptInput>, Box<ReceiptInput>),
}

/// What the receipt's inputs and outputs are now, held against it.
pub fn differences_of_files(
    receipt: &Receipt,
    inputs: &[InputFile],
    folder: &Path,
    settings: &Settings,
) -> Vec<Difference> {
    let named = receipt.inputs.iter().map(|input| (masked(&input.path), input.sha256.clone()));
    let found = inputs.iter().map(|input| {
        let hash = read_bytes(&input.path(), &settings.limits).ok().map(|bytes| FileHash::of(&bytes).to_string());
        (masked(&input.path().to_string_lossy()), hash)
    });
    let mut differences = compared(
        by_path(named),
        by_path(found),
        [DifferenceKind::InputMissing, DifferenceKind::InputChanged, DifferenceKind::InputNew],
    );
    let named = receipt.outputs.iter().map(|output| (masked(&output.path), Some(output.sha256.clone())));
    let mut outputs = compared(
        by_path(named),
        by_path(outputs_in(folder)),
        [DifferenceKind::OutputMissing, DifferenceKind::OutputChanged, DifferenceKind::InputNew],
    );
    // What else lies in the folder was not written by this run.
    outputs.retain(|difference| difference.kind != DifferenceKind::InputNew);
    differences.append(&mut outputs);
    differences
}

/// What a second run found otherwise than the receipt says.
pub fn differences_of_results(receipt: &Receipt, report: &RunReport) -> std::io::Result<Vec<Difference>> {
    let mut before: BTreeMap<&str, Vec<&ReceiptInput>> = BTreeMap::new();
    for input in receipt.inputs.iter().rev() {
        before.entry(input.path.as_str()).or_default().push(input);
    }
    let mut differences = Vec::new();
    for file in report.files() {
        let now = ReceiptInput::of(&file?);
        let known = before.get_mut(now.path.as_str()).and_then(Vec::pop);
        if let Some(known) = known.filter(|known| **known != now) {
            let kind = DifferenceKind::OtherResult(Box::new(known.clone()), Box::new(now.clone()));
            differences.push(Difference { path: now.path, kind });
        }
    }
    Ok(differences)
}

/// The path in a form in which the one that a report shows and the real one are the same.
fn masked(path: &str) -> String {
    shown_path(path, None)
}

type Hashes = BTreeMap<String, Vec<Option<String>>>;

/// Paths that differ only in what is masked are compared by all their contents together.
fn by_path(files: impl Iterator<Item = (String, Option<String>)>) -> Hashes {
    let mut hashes = Hashes::new();
    for (path, hash) in files {
        hashes.entry(path).or_default().push(hash);
    }
    for all in hashes.values_mut() {
        all.sort();
    }
    hashes
}

fn compared(named: Hashes, mut found: Hashes, [missing, changed, new]: [DifferenceKind; 3]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (path, hashes) in named {
        match found.remove(&path) {
            None => differences.push(Difference { path, kind: missing.clone() }),
            Some(now) if now != hashes => differences.push(Difference { path, kind: changed.clone() }),
            Some(_) => {}
        }
    }
    differences.extend(found.into_keys().map(|path| Difference { path, kind: new.clone() }));
    differences
}

/// The outputs in a folder by their paths below it, each with its hash.
fn outputs_in(folder: &Path) -> impl Iterator<Item = (String, Option<String>)> {
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    files.filter(|entry| entry.file_type().is_file()).filter_map(move |entry| {
        let name = entry.file_name().to_string_lossy();
        let below = entry.path().strip_prefix(folder).ok()?;
        let is_output = is_output_name(&name) && name != RECEIPT_NAME;
        is_output.then(|| (masked(&below.to_string_lossy()), hash_of(entry.path())))
    })
}

fn hash_of(path: &Path) -> Option<String> {
    FileHash::of_reader(&mut File::open(path).ok()?).ok().map(|hash| hash.to_string())
}
