//! The registry of hazards: files and folders made to harm their reader, and what the tool must make of each.

// A test program uses its own part of this; and the lints know tests, but not the helpers of tests.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod archives;
mod bombs;
mod compound;
mod formats;
mod markup;
mod package;
mod values;
mod zip_file;

#[cfg(unix)]
pub mod trees;

/// A file that is made to harm its reader, or that came to be harmful by itself.
pub struct Hazard {
    /// A name of its own.
    pub name: &'static str,
    /// The group that it is listed in.
    pub group: &'static str,
    /// How the file is made.
    pub made: &'static str,
    /// The name of the file.
    pub file: &'static str,
    /// Its bytes.
    pub build: fn() -> Vec<u8>,
    /// What the tool makes of it.
    pub outcome: Outcome,
}

/// What the tool makes of a hazard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The file is not checked, and the message has these words.
    NotChecked(&'static str),
    /// The file is checked as if nothing was the matter: it does no harm.
    Harmless,
    /// The file is checked, and this rule finds something, with these words.
    Found(&'static str, &'static str),
    /// The file is checked, but no annotated copy can be made of it, which the run says.
    WithoutCopy,
}

/// All hazards, by groups.
pub fn hazards() -> Vec<&'static Hazard> {
    [bombs::HAZARDS, archives::HAZARDS, markup::HAZARDS, values::HAZARDS, formats::HAZARDS]
        .into_iter()
        .flatten()
        .collect()
}

/// The workbook of a hazard's own case that nothing is wrong with: its name and bytes.
pub fn companion() -> (&'static str, Vec<u8>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/04-ren-sag-2024/kursusoversigt_v2.xlsx");
    ("kursusoversigt.xlsx", std::fs::read(path).unwrap())
}

/// A case that nothing is wrong with, to lie beside a hazard: file names and bytes.
pub fn good_case() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/01-ren-sag-2019");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}
