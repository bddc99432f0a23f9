//! The folder that outputs go to: never an input, written whole or not at all.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::InputFile;
use super::ledger::{FOLDER_MARK, Ledger};
use crate::io_reason::io_reason;
use crate::report::{FileReport, Problem, shown_path};
use crate::whole_file::{ChangedByOthers, write_whole};

/// Whether outputs of an earlier run are in a folder.
pub(super) fn is_output_folder(folder: &Path) -> bool {
    folder.join(FOLDER_MARK).is_file()
}

/// The name of the overview in an output folder.
pub const OVERVIEW_NAME: &str = "rapport.xlsx";

/// The name of the same as a page.
pub const PAGE_NAME: &str = "rapport.html";

/// Whether a file of this name, in an output folder, is one of ours.
pub(super) fn is_output_name(name: &str) -> bool {
    let is_fixed = [FOLDER_MARK, OVERVIEW_NAME, PAGE_NAME].contains(&name);
    is_fixed || name.contains(".kontrolleret.") || name.ends_with(".mangler.txt")
}

/// Which workbooks get an annotated copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CopyChoice {
    /// Every form that was checked.
    All,
    /// Those in which something was found.
    #[default]
    Findings,
    /// None.
    None,
}

impl CopyChoice {
    /// Whether a file gets a copy; only a form can be annotated.
    pub(super) fn takes(self, file: &FileReport) -> bool {
        file.form.is_some()
            && match self {
                Self::All => true,
                Self::Findings => !file.findings.is_empty(),
                Self::None => false,
            }
    }
}

/// What a run writes beside its report, and where.
#[derive(Debug, Clone, Copy)]
pub struct Outputs<'o> {
    /// Where everything goes.
    pub folder: &'o OutputFolder,
    /// Which workbooks get an annotated copy.
    pub copies: CopyChoice,
    /// Whether each case with something to mend gets a letter.
    pub letters: bool,
}

/// Why outputs cannot go to a folder.
#[derive(Debug, thiserror::Error)]
pub enum OutputFolderError {
    /// Inputs are in it or below it, beside what would be written.
    #[error("the inputs are in the output folder")]
    HoldsInputs,
    /// It cannot be made or written to.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// A folder for outputs.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    ledger: Ledger,
}

impl OutputFolder {
    /// Makes the folder ready; the paths are those of the run's inputs.
    pub fn prepare(folder: &Path, inputs: &[PathBuf]) -> Result<Self, OutputFolderError> {
        std::fs::create_dir_all(folder)?;
        let canonical = folder.canonicalize()?;
        let inside = |input: &PathBuf| {
            let place = if input.is_dir() { input.as_path() } else { input.parent().unwrap_or(input) };
            let place = if place.as_os_str().is_empty() { Path::new(".") } else { place };
            place.canonicalize().is_ok_and(|place| place.starts_with(&canonical))
        };
        if inputs.iter().any(inside) {
            return Err(OutputFolderError::HoldsInputs);
        }
        Ok(Self { folder: folder.to_owned(), ledger: Ledger::open(folder)? })
    }

    /// Writes a file below the folder, whole or not at all; never over one that somebody else made or changed.
    pub fn write(&self, relative: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.folder.join(relative);
        if !self.ledger.may_replace(relative, &path)? {
            return Err(std::io::Error::other(ChangedByOthers));
        }
        self.ledger.note(relative, bytes)?;
        write_whole(&path, bytes)
    }

    /// Removes an output of an earlier run, unless somebody changed it since.
    pub(super) fn remove_outdated(&self, relative: &Path) -> std::io::Result<()> {
        let path = self.folder.join(relative);
        let is_ours = path.is_file() && self.ledger.may_replace(relative, &path)?;
        if is_ours { std::fs::remove_file(path) } else { Ok(()) }
    }

    /// Brings the folder's own list of what was written into order, once all is written.
    pub fn finish(&self) -> std::io::Result<()> {
        self.ledger.settle()
    }
}

/// Where the annotated copies go, below the output folder: beside one another as the inputs are, no two at one place.
pub fn copy_names(files: &[InputFile], endings: &[&str]) -> Vec<PathBuf> {
    let mut taken = BTreeSet::new();
    let name = |(file, ending): (&InputFile, &&str)| {
        let stem = file.relative.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // An annotated copy that was mended and is checked again keeps its name.
        let stem = stem.strip_suffix(".kontrolleret").unwrap_or(&stem);
        free_name(&file.relative.with_file_name(stem), &format!("kontrolleret.{ending}"), &mut taken)
    };
    files.iter().zip(endings).map(name).collect()
}

/// Where the letter of a case goes: beside the copy of its first file, and named after it.
pub(super) fn letter_name(copy: &Path, taken: &mut BTreeSet<String>) -> PathBuf {
    let name = copy.file_stem().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".kontrolleret").unwrap_or(&name);
    free_name(&copy.with_file_name(stem), "mangler.txt", taken)
}

/// The path with the ending, with a number where that is taken.
fn free_name(stem: &Path, ending: &str, taken: &mut BTreeSet<String>) -> PathBuf {
    let name = stem.file_name().unwrap_or_default().to_string_lossy();
    let candidates = (1..).map(|count: u32| match count {
        1 => format!("{name}.{ending}"),
        count => format!("{name} ({count}).{ending}"),
    });
    let mut paths = candidates.map(|name| stem.with_file_name(name));
    // File systems that do not tell upper from lower case must not lose one either.
    paths.find(|path| taken.insert(path.to_string_lossy().to_lowercase())).unwrap_or_default()
}

/// The problem that an output could not be written.
pub(super) fn not_written(name: &Path, error: &std::io::Error) -> Problem {
    Problem::NotWritten { path: shown_path(&name.to_string_lossy(), None), reason: io_reason(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_cases_never_share_a_letter() {
        let mut taken = BTreeSet::new();
        let mut name = |copy: &str| letter_name(Path::new(copy), &mut taken).to_string_lossy().replace('\\', "/");
        assert_eq!(name("a/budget (2).kontrolleret.xlsx"), "a/budget (2).mangler.txt");
        assert_eq!(name("a/budget.kontrolleret.xlsx"), "a/budget.mangler.txt");
        assert_eq!(name("a/Budget.kontrolleret.xlsm"), "a/Budget (3).mangler.txt");
    }

    #[test]
    fn two_inputs_never_share_a_copy() {
        let file = |name: &str| InputFile { path: name.into(), relative: name.into() };
        let files = ["a/budget.xls", "a/budget.xlsx", "a/BUDGET.xlsm", "b/budget.xlsx"].map(file);
        let names = copy_names(&files, &["xlsx", "xlsx", "xlsx", "xlsx"]);
        let shown: Vec<_> = names.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(
            shown,
            [
                "a/budget.kontrolleret.xlsx",
                "a/budget (2).kontrolleret.xlsx",
                "a/BUDGET (3).kontrolleret.xlsx",
                "b/budget.kontrolleret.xlsx"
            ]
        );
    }
}
