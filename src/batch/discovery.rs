//! Which files of the given paths are inputs, which are passed over, and which folders cannot be read.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::ledger::FOLDER_MARK;
use super::outputs::{OWN_NAMES, is_output_folder, is_output_name};
use super::passed_over::{is_helper, may_hold_form};
use super::staging::STAGING_NAME;
use crate::intake::{ShortHash, read_bytes};
use crate::io_reason::io_reason;
use crate::language::Text;
use crate::report::{PassedOver, Problem, shown_path};
use crate::workbook::{Limits, ReadError, recognise};

/// One input file. A run keeps one for each of its files, so it is short: the path below the one that was given.
#[derive(Debug, Clone)]
pub struct InputFile {
    given: Arc<GivenPath>,
    /// The path below the folder that was given; empty for a file that was named itself.
    below: Box<Path>,
}

/// A path that was given.
#[derive(Debug)]
struct GivenPath {
    path: PathBuf,
    /// What comes before the relative paths of a folder's files, so that two folders' outputs do not meet.
    prefix: Option<OsString>,
}

impl InputFile {
    /// A file that is named itself; its path is where its annotated copy goes too.
    pub(super) fn named(path: &Path) -> Self {
        let given = Arc::new(GivenPath { path: PathBuf::new(), prefix: None });
        Self { given, below: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        // Joined with nothing, a path would end like a folder's.
        if self.below.as_os_str().is_empty() { self.given.path.clone() } else { self.given.path.join(&self.below) }
    }

    /// The folder it lies in.
    pub fn folder(&self) -> PathBuf {
        let mut folder = self.path();
        folder.pop();
        folder
    }

    /// The path below the folder that was given, or the file's name: where its annotated copy goes.
    pub fn relative(&self) -> PathBuf {
        let prefix = self.given.prefix.as_ref().map(Path::new);
        match prefix {
            _ if self.below.as_os_str().is_empty() => {
                self.given.path.file_name().map(PathBuf::from).unwrap_or_default()
            }
            Some(prefix) => prefix.join(&self.below),
            None => self.below.to_path_buf(),
        }
    }
}

/// What was found at the given paths.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// The inputs, in the order of their paths.
    pub files: Vec<InputFile>,
    /// How many files were passed over.
    pub passed_over: usize,
    /// Those of them in which a form may be, in the order of their paths.
    pub may_hold_forms: Vec<PassedOver>,
    /// Folders and entries that could not be read.
    pub problems: Vec<Problem>,
}

/// Finds the inputs at the given paths; a file that is named itself is always one.
pub fn discover(paths: &[PathBuf], limits: &Limits) -> Discovered {
    let mut found = Discovered::default();
    let mut told = BTreeSet::new();
    for path in paths {
        if path.is_dir() {
            found.folder(path, prefix(path, paths), limits, &mut told);
        } else {
            let given = Arc::new(GivenPath { path: path.clone(), prefix: None });
            found.files.push(InputFile { given, below: Path::new("").into() });
        }
    }
    found.files.sort_by(|one, other| in_order(&one.path(), &other.path()));
    let places: Vec<ShortHash> = found.files.par_iter().map(|file| place(&file.path())).collect();
    let mut places = places.into_iter();
    let mut seen = BTreeSet::new();
    found.files.retain(|_| places.next().is_some_and(|place| seen.insert(place)));
    found.files.shrink_to_fit();
    found.may_hold_forms.sort_by(|one, other| in_order(one.path.as_ref(), other.path.as_ref()));
    found
}

/// The hash of where a file really is, whatever links lead to it.
fn place(path: &Path) -> ShortHash {
    let real = path.canonicalize();
    ShortHash::of_path(real.as_deref().unwrap_or(path))
}

/// What to put before the relative paths of a folder, so that two folders' outputs do not meet.
fn prefix<'p>(folder: &'p Path, paths: &[PathBuf]) -> Option<&'p OsStr> {
    if paths.len() > 1 { folder.file_name() } else { None }
}

/// Names by names, so that a folder's files stay together whatever separates folders here.
fn in_order(one: &Path, other: &Path) -> Ordering {
    let one = one.components().map(|part| part.as_os_str().to_string_lossy());
    one.cmp(other.components().map(|part| part.as_os_str().to_string_lossy()))
}

impl Discovered {
    /// Finds what is in a folder; what was told of the files that are passed over is told once.
    fn folder(&mut self, folder: &Path, prefix: Option<&OsStr>, limits: &Limits, told: &mut BTreeSet<ShortHash>) {
        let given = Arc::new(GivenPath { path: folder.to_owned(), prefix: prefix.map(OsStr::to_owned) });
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
                    let below = entry.path().strip_prefix(folder).unwrap_or(entry.path()).into();
                    self.files.push(InputFile { given: Arc::clone(&given), below });
                }
                Ok(entry) => {
                    self.passed_over += 1;
                    let passed_over = passed_over(entry.path()).filter(|_| told.insert(place(entry.path())));
                    self.may_hold_forms.extend(passed_over);
                }
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

/// What is told of a file that is passed over.
fn passed_over(path: &Path) -> Option<PassedOver> {
    let kind = may_hold_form(path)?;
    Some(PassedOver { path: shown_path(&path.to_string_lossy(), None), kind })
}

fn unreadable(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = shown_path(&error.path().unwrap_or(folder).to_string_lossy(), None);
    let reason = error.io_error().map_or(Text::new("en løkke af genveje", "a loop of links"), io_reason);
    Problem::UnreadableFolder { path, reason }
}

/// Whether a file found in a folder is an input: by its name's ending, or by what it holds; never the helpers that
/// spreadsheet programs and operating systems leave behind.
fn is_input(entry: &DirEntry, limits: &Limits) -> bool {
    let name = entry.file_name().to_string_lossy();
    if is_helper(&name) {
        return false;
    }
    has_workbook_ending(entry.path()) || is_workbook_inside(entry.path(), limits)
}

/// Whether a file is called what workbooks are called.
pub(super) fn has_workbook_ending(path: &Path) -> bool {
    // The last three are not read; what somebody sent as a workbook is told all the same, not passed over.
    const WORKBOOK_ENDINGS: [&str; 11] =
        ["xlsx", "xlsm", "xltx", "xltm", "xls", "xlsb", "ods", "xlt", "numbers", "fods", "sxc"];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    WORKBOOK_ENDINGS.contains(&ending.unwrap_or_default().as_str())
}

/// Whether a file with another ending is a workbook all the same.
fn is_workbook_inside(path: &Path, limits: &Limits) -> bool {
    begins_like_a_workbook(path).unwrap_or(false)
        && read_bytes(path, limits).is_ok_and(|bytes| {
            matches!(recognise(&bytes, limits), Ok(_) | Err(ReadError::Encrypted | ReadError::Labelled))
        })
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
