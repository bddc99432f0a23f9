//! Which files of the given paths are inputs, which are passed over, and which folders cannot be read.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::ledger::FOLDER_MARK;
use super::outputs::{OWN_NAMES, is_output_folder, is_output_name};
use super::staging::STAGING_NAME;
use crate::intake::read_bytes;
use crate::io_reason::io_reason;
use crate::language::Text;
use crate::report::{Problem, shown_path};
use crate::workbook::{Limits, ReadError, recognise};

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// The path below the folder that was given, or the file's name: where its annotated copy goes.
    pub relative: PathBuf,
}

/// What was found at the given paths.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// The inputs, in the order of their paths.
    pub files: Vec<InputFile>,
    /// How many files were passed over.
    pub passed_over: usize,
    /// Folders and entries that could not be read.
    pub problems: Vec<Problem>,
}

/// Finds the inputs at the given paths; a file that is named itself is always one.
pub fn discover(paths: &[PathBuf], limits: &Limits) -> Discovered {
    let mut found = Discovered::default();
    for path in paths {
        if path.is_dir() {
            found.folder(path, prefix(path, paths), limits);
        } else {
            let relative = path.file_name().map(PathBuf::from).unwrap_or_default();
            found.files.push(InputFile { path: path.clone(), relative });
        }
    }
    found.files.sort_by_cached_key(|file| sort_key(&file.path));
    let mut seen = BTreeSet::new();
    found.files.retain(|file| seen.insert(file.path.canonicalize().unwrap_or_else(|_| file.path.clone())));
    found
}

/// What to put before the relative paths of a folder, so that two folders' outputs do not meet.
fn prefix<'p>(folder: &'p Path, paths: &[PathBuf]) -> Option<&'p OsStr> {
    if paths.len() > 1 { folder.file_name() } else { None }
}

/// Names by names, so that a folder's files stay together whatever separates folders here.
fn sort_key(path: &Path) -> Vec<String> {
    path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

impl Discovered {
    fn folder(&mut self, folder: &Path, prefix: Option<&OsStr>, limits: &Limits) {
        // A folder comes before what is in it, so that its mark is known by then.
        let mut output_folders: Vec<PathBuf> = Vec::new();
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_no_staging)
        {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    let is_below = entry.depth() > 0 && is_output_folder(entry.path());
                    output_folders.extend(is_below.then(|| entry.into_path()));
                }
                Ok(entry) if is_output(&entry, &output_folders) => {}
                // An output folder that is named itself is checked for what was mended in it.
                Ok(entry) if entry.depth() == 1 && is_own_report(&entry, folder) => {}
                Ok(entry) if is_input(&entry, limits) => {
                    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let relative = prefix.map_or_else(|| below.to_owned(), |prefix| Path::new(prefix).join(below));
                    self.files.push(InputFile { path: entry.into_path(), relative });
                }
                Ok(_) => self.passed_over += 1,
                Err(error) => self.problems.push(unreadable(folder, &error)),
            }
        }
    }
}

/// What a run that was killed has left unfinished in its output folder is no input.
fn is_no_staging(entry: &DirEntry) -> bool {
    entry.file_name() != STAGING_NAME || !entry.path().parent().is_some_and(is_output_folder)
}

/// Whether a file is an output of an earlier run: by its folder and its name, so that no mark hides anything else.
fn is_output(entry: &DirEntry, output_folders: &[PathBuf]) -> bool {
    let in_folder = output_folders.iter().any(|folder| entry.path().starts_with(folder));
    in_folder && is_output_name(&entry.file_name().to_string_lossy())
}

fn is_own_report(entry: &DirEntry, folder: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    (OWN_NAMES.contains(&&*name) || name == FOLDER_MARK) && is_output_folder(folder)
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = shown_path(&error.path().unwrap_or(folder).to_string_lossy(), None);
    let reason = error.io_error().map_or(Text::new("en løkke af genveje", "a loop of links"), io_reason);
    Problem::UnreadableFolder { path, reason }
}

/// Whether a file found in a folder is an input: by its name's ending, or by what it holds; never the helpers that
/// spreadsheet programs and operating systems leave behind.
fn is_input(entry: &DirEntry, limits: &Limits) -> bool {
    // The last three are not read; what somebody sent as a workbook is told all the same, not passed over.
    const WORKBOOK_ENDINGS: [&str; 11] =
        ["xlsx", "xlsm", "xltx", "xltm", "xls", "xlsb", "ods", "xlt", "numbers", "fods", "sxc"];
    let name = entry.file_name().to_string_lossy();
    if name.starts_with("~$") || name.starts_with("._") || name.starts_with(".~lock.") {
        return false;
    }
    let ending = Path::new(&*name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = ending.unwrap_or_default();
    WORKBOOK_ENDINGS.contains(&ending.as_str()) || is_workbook_inside(entry.path(), limits)
}

/// Whether a file with another ending is a workbook all the same.
fn is_workbook_inside(path: &Path, limits: &Limits) -> bool {
    begins_like_a_workbook(path).unwrap_or(false)
        && read_bytes(path, limits)
            .is_ok_and(|bytes| matches!(recognise(&bytes, limits), Ok(_) | Err(ReadError::Encrypted)))
}

/// A zip archive or an OLE container; told from the first bytes, so that large files of other kinds cost nothing.
fn begins_like_a_workbook(path: &Path) -> std::io::Result<bool> {
    if !std::fs::metadata(path)?.is_file() {
        return Ok(false);
    }
    let mut first = Vec::new();
    File::open(path)?.take(4).read_to_end(&mut first)?;
    Ok(first == *b"PK\x03\x04" || first == [0xd0, 0xcf, 0x11, 0xe0])
}
