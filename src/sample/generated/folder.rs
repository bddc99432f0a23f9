//! Generated cases as folders of workbooks, with the list of what is expected.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, ErrorKind, Read as _, Write as _};
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use walkdir::WalkDir;

use super::super::SampleError;
use super::case::{CaseGenerator, GeneratedCase};
use crate::intake::FileHash;
use crate::whole_file::write_whole;

/// The list of what is expected; by it we know a folder of ours again.
const LIST: &str = "forventet.jsonl";
/// How each line of it begins.
const LINE_BEGINS: &[u8] = b"{\"case\":";
/// How many cases are in memory at a time.
const CASES_AT_ONCE: u64 = 128;

/// What of a line of the list tells our files.
#[derive(Deserialize)]
struct ListedCase {
    files: Vec<ListedFile>,
}

#[derive(Deserialize)]
struct ListedFile {
    file: String,
    sha256: String,
}

/// Writes cases 0 to `cases` to a folder, which must be new, empty, or ours from an earlier time and unchanged since.
///
/// Memory does not grow with the number of cases: a line of the list is written when its case is made.
pub fn write_cases(out: &Path, generator: &CaseGenerator, cases: u64) -> Result<(), SampleError> {
    fs::create_dir_all(out)?;
    clear(out)?;
    let mut list = BufWriter::new(File::create_new(out.join(LIST))?);
    let mut first = 0;
    while first < cases {
        let end = cases.min(first + CASES_AT_ONCE);
        let made: Vec<GeneratedCase> =
            (first..end).into_par_iter().map(|number| generator.case(number)).collect::<Result<_, _>>()?;
        // The list comes first: whatever lies there after a run that breaks off is known to be ours.
        for case in &made {
            serde_json::to_writer(&mut list, case)?;
            list.write_all(b"\n")?;
        }
        list.flush()?;
        let files = made.par_iter().flat_map(|case| &case.files);
        files.try_for_each(|file| write_whole(&out.join(&file.file), &file.bytes))?;
        first = end;
    }
    Ok(())
}

/// Takes away what we wrote there at an earlier time; where anything else lies there, or one of our files was changed
/// since, nothing is touched.
fn clear(out: &Path) -> Result<(), SampleError> {
    let list = out.join(LIST);
    let listed = listed(&list)?;
    for entry in WalkDir::new(out).min_depth(1) {
        let entry = entry.map_err(std::io::Error::from)?;
        if entry.file_type().is_dir() && !listed.is_empty() {
            continue;
        }
        let is_ours = (entry.path() == list && is_list(&list)?)
            || hash_listed(&listed, out, entry.path()) == Some(hash(entry.path())?);
        if !is_ours {
            return Err(SampleError::NotOurs(entry.into_path()));
        }
    }
    for entry in WalkDir::new(out).min_depth(1).contents_first(true) {
        let entry = entry.map_err(std::io::Error::from)?;
        let is_folder = entry.file_type().is_dir();
        if is_folder { fs::remove_dir(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}

/// Whether a file is a list of ours, also one whose first line breaks off.
fn is_list(path: &Path) -> std::io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(LINE_BEGINS.len() as u64).read_to_end(&mut head)?;
    Ok(LINE_BEGINS.starts_with(&head))
}

/// The files of the list with their hashes; a last line that breaks off is left out.
fn listed(list: &Path) -> Result<BTreeMap<String, String>, SampleError> {
    let lines = match File::open(list) {
        Ok(file) => BufReader::new(file).lines(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error.into()),
    };
    let mut files = BTreeMap::new();
    for line in lines {
        let Ok(case) = serde_json::from_str::<ListedCase>(&line?) else { break };
        files.extend(case.files.into_iter().map(|listed| (listed.file, listed.sha256)));
    }
    Ok(files)
}

fn hash_listed(listed: &BTreeMap<String, String>, out: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(out).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    listed.get(&parts.join("/")).cloned()
}

fn hash(path: &Path) -> Result<String, SampleError> {
    Ok(FileHash::of(&fs::read(path)?).to_string())
}
