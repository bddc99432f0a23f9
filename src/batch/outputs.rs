//! The folder that outputs go to: never an input, written whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::InputFile;
use super::ledger::{FOLDER_MARK, Ledger, is_ledger};
use super::named_outputs::{NamedOutput, RefusedOutput};
use super::staging::Staging;
use crate::intake::{FileHash, ShortHash};
use crate::io_reason::io_reason;
use crate::plain_text::file_name;
use crate::report::{FileReport, OutputList, Problem, shown_path};
use crate::whole_file::{ChangedByOthers, place};

/// Whether outputs of an earlier run are in a folder.
pub(crate) fn is_output_folder(folder: &Path) -> bool {
    folder.join(FOLDER_MARK).is_file()
}

/// The name of the overview in an output folder.
pub const OVERVIEW_NAME: &str = "rapport.xlsx";

/// The name of the list of all that was checked and written.
pub const RECEIPT_NAME: &str = "kvittering.json";

/// The name of what is new since the last run.
pub const NEWS_NAME: &str = "nyt-siden-sidst.txt";

/// The name of the file in which a part of a run keeps what it decided.
pub const STATE_NAME: &str = ".sporskifte-tilstand";

/// The name of the overview as a page.
pub const PAGE_NAME: &str = "rapport.html";

/// The outputs that lie in the output folder itself.
pub(super) const OWN_NAMES: [&str; 5] = [OVERVIEW_NAME, PAGE_NAME, RECEIPT_NAME, NEWS_NAME, STATE_NAME];

/// Whether a file of this name, in an output folder, is one of ours.
pub(super) fn is_output_name(name: &str) -> bool {
    name == FOLDER_MARK
        || OWN_NAMES.contains(&name)
        || name.contains(".kontrolleret.")
        || name.ends_with(".mangler.txt")
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
    /// The output folders of the parts of this run, from which copies that are up to date are taken.
    pub parts: &'o [Part],
}

/// The output folder of a part of a run.
#[derive(Debug)]
pub struct Part {
    folder: PathBuf,
    ledger: Ledger,
}

impl Part {
    /// The part whose outputs are in a folder; nothing in it is changed.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        Ok(Self { folder: folder.to_owned(), ledger: Ledger::read(folder)? })
    }

    /// Where the part keeps what it decided.
    pub fn state(&self) -> PathBuf {
        self.folder.join(STATE_NAME)
    }

    /// The copy of this name where it was made from just this.
    pub(super) fn copy(&self, relative: &Path, made_from: &FileHash) -> Option<Vec<u8>> {
        let path = self.folder.join(relative);
        let known = self.ledger.current(relative, &path, made_from)?;
        std::fs::read(path).ok().filter(|bytes| FileHash::of(bytes) == known)
    }
}

/// Why outputs cannot go to a folder.
#[derive(Debug, thiserror::Error)]
pub enum OutputFolderError {
    /// Inputs are in it or below it, beside what would be written.
    #[error("the inputs are in the output folder")]
    HoldsInputs,
    /// Somebody else's file is where its own list goes.
    #[error("the folder's own list is somebody else's file")]
    OtherList(RefusedOutput),
    /// It cannot be made or written to.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// A folder for outputs.
#[derive(Debug)]
pub struct OutputFolder {
    folder: PathBuf,
    ledger: Ledger,
    staging: Staging,
}

impl OutputFolder {
    /// Makes the folder ready; the paths are those of the run's inputs.
    pub fn prepare(folder: &Path, inputs: &[PathBuf]) -> Result<Self, OutputFolderError> {
        let list = NamedOutput { option: "out", path: folder.join(FOLDER_MARK), is_its_kind: is_ledger };
        list.refuse_other_kind().map_err(OutputFolderError::OtherList)?;
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
        let (ledger, staging) = (Ledger::open(folder)?, Staging::begin(folder)?);
        Ok(Self { folder: folder.to_owned(), ledger, staging })
    }

    /// Writes a file below the folder, whole or not at all; never over one that somebody else made or changed.
    pub fn write(&self, relative: &Path, bytes: &[u8]) -> std::io::Result<()> {
        self.put(relative, FileHash::of(bytes), None, |path| self.write_staged(path, bytes))
    }

    /// The same for a file that is longer than memory: what fills it writes to the file that is given.
    pub fn write_with(
        &self,
        relative: &Path,
        fill: impl FnOnce(&mut File) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut temporary = self.staging.begin_file()?;
        fill(temporary.as_file_mut())?;
        temporary.as_file_mut().rewind()?;
        let content = FileHash::of_reader(temporary.as_file_mut())?;
        self.put(relative, content, None, |path| place(temporary, path))
    }

    /// A folder for what is written on the way to an output; the run's end removes it, or else the next run.
    pub fn scratch(&self) -> std::io::Result<&Path> {
        self.staging.folder()
    }

    /// Makes a copy wait until its case is decided.
    pub(super) fn stage(&self, made_from: &FileHash, bytes: &[u8]) -> std::io::Result<()> {
        self.staging.put(made_from, bytes)
    }

    /// Whether the copy is there and up to date.
    pub(super) fn is_current(&self, relative: &Path, made_from: &FileHash) -> bool {
        let current = self.ledger.current(relative, &self.folder.join(relative), made_from);
        // What cannot be listed is written anew, which then tells why it cannot.
        current.is_some_and(|content| self.ledger.note_output(relative, &content).is_ok())
    }

    /// Moves the copy that waits to its place; `false` where none waits.
    pub(super) fn place_staged(&self, relative: &Path, made_from: &FileHash) -> std::io::Result<bool> {
        let Some((waiting, content)) = self.staging.find(made_from) else { return Ok(false) };
        self.put(relative, content, Some(*made_from), |path| std::fs::rename(&waiting, path))?;
        Ok(true)
    }

    /// Writes a copy to its place.
    pub(super) fn write_copy(&self, relative: &Path, bytes: &[u8], made_from: FileHash) -> std::io::Result<()> {
        self.put(relative, FileHash::of(bytes), Some(made_from), |path| self.write_staged(path, bytes))
    }

    /// Writes a file among what waits and then gives it its name: of a run that is killed, the next removes what waits.
    fn write_staged(&self, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let mut temporary = self.staging.begin_file()?;
        temporary.write_all(bytes)?;
        place(temporary, path)
    }

    fn put(
        &self,
        relative: &Path,
        content: FileHash,
        made_from: Option<FileHash>,
        write: impl FnOnce(&Path) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let path = self.folder.join(relative);
        if !self.ledger.may_replace(relative, &path)? {
            return Err(std::io::Error::other(ChangedByOthers));
        }
        self.ledger.note(relative, content, made_from)?;
        std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        write(&path)?;
        self.ledger.note_output(relative, &content)
    }

    /// Removes an output of an earlier run, unless somebody changed it since.
    pub(super) fn remove_outdated(&self, relative: &Path) -> std::io::Result<()> {
        let path = self.folder.join(relative);
        let is_ours = path.is_file() && self.ledger.may_replace(relative, &path)?;
        if is_ours { std::fs::remove_file(path) } else { Ok(()) }
    }

    /// Brings the folder's own list of what was written into order, once all is written.
    pub fn finish(&self) -> std::io::Result<()> {
        self.staging.clear()?;
        self.ledger.settle()
    }
}

impl OutputList for OutputFolder {
    fn count(&self) -> std::io::Result<usize> {
        Ok(self.ledger.written().count_outputs()?)
    }

    fn after(&self, path: &str) -> std::io::Result<Vec<(String, FileHash)>> {
        Ok(self.ledger.written().outputs_after(path)?)
    }
}

/// The names of what is written for each input, below the output folder: beside one another as the inputs are, with CPR
/// numbers masked, no two inputs with the same.
#[derive(Debug)]
pub(super) struct OutputNames {
    /// Of each input, its path without an ending.
    stems: Vec<PathBuf>,
}

impl OutputNames {
    /// The names for inputs; a folder or file may be called after the P-number of the form itself.
    pub(super) fn of(inputs: &[InputFile], p_number: impl Fn(usize) -> Option<String>) -> Self {
        let mut taken = BTreeSet::new();
        // File systems that do not tell upper from lower case must not lose one either.
        let mut take = |stem: &Path| taken.insert(ShortHash::of(stem.to_string_lossy().to_lowercase().as_bytes()));
        let stem = |(index, input): (usize, &InputFile)| {
            let stem = plain_stem(&input.relative(), p_number(index).as_deref());
            (1..=u32::MAX).map(|number| numbered(&stem, number)).find(|stem| take(stem)).unwrap_or(stem)
        };
        Self { stems: inputs.iter().enumerate().map(stem).collect() }
    }

    /// Where the annotated copy of an input goes.
    pub(super) fn copy(&self, index: usize, ending: &str) -> Option<PathBuf> {
        self.named(index, &format!("kontrolleret.{ending}"))
    }

    /// Where the letter of a case goes, whose first file this is.
    pub(super) fn letter(&self, index: usize) -> Option<PathBuf> {
        self.named(index, "mangler.txt")
    }

    fn named(&self, index: usize, ending: &str) -> Option<PathBuf> {
        let stem = self.stems.get(index)?;
        let name = stem.file_name().unwrap_or_default().to_string_lossy();
        Some(stem.with_file_name(format!("{name}.{ending}")))
    }
}

/// The path of an input without its ending, as a path that we may write.
fn plain_stem(relative: &Path, p_number: Option<&str>) -> PathBuf {
    let stem = relative.file_stem().unwrap_or_default().to_string_lossy();
    // An annotated copy that was mended and is checked again keeps its name.
    let stem = stem.strip_suffix(".kontrolleret").unwrap_or(&stem);
    let plain = |name: &str| if p_number == Some(name) { name.to_owned() } else { file_name(name) };
    let folders = relative.parent().into_iter().flat_map(Path::components);
    folders.map(|folder| plain(&folder.as_os_str().to_string_lossy())).chain([shortened(plain(stem))]).collect()
}

/// The bytes that a name may have on most file systems, less those of a number and of the longest ending.
const MOST_STEM_BYTES: usize = 255 - " (4294967295)".len() - ".kontrolleret.xlsx".len();

/// A name that leaves room for the ending of an output: an input may have been as long as names can be.
fn shortened(stem: String) -> String {
    const CUT: char = '…';
    if stem.len() <= MOST_STEM_BYTES {
        return stem;
    }
    let most = MOST_STEM_BYTES - CUT.len_utf8();
    let end = stem.char_indices().map(|(start, c)| start + c.len_utf8()).take_while(|end| *end <= most).last();
    let kept = stem.get(..end.unwrap_or_default()).unwrap_or_default();
    format!("{}{CUT}", kept.trim_end())
}

/// The stem with a number where that is taken: the first has none.
fn numbered(stem: &Path, number: u32) -> PathBuf {
    let name = stem.file_name().unwrap_or_default().to_string_lossy();
    if number == 1 { stem.to_owned() } else { stem.with_file_name(format!("{name} ({number})")) }
}

/// The problem that an output could not be written.
pub(super) fn not_written(name: &Path, error: &std::io::Error) -> Problem {
    Problem::NotWritten { path: shown_path(&name.to_string_lossy(), None), reason: io_reason(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the copies, or of the letters.
    fn names(paths: &[&str], of_copies: bool) -> Vec<String> {
        let inputs: Vec<InputFile> = paths.iter().map(|path| InputFile::named(path.as_ref())).collect();
        let names = OutputNames::of(&inputs, |_| Some("1003456789".to_owned()));
        let name = |index| if of_copies { names.copy(index, "xlsx") } else { names.letter(index) };
        let shown = |index| name(index).unwrap().to_string_lossy().replace('\\', "/");
        (0..paths.len()).map(shown).collect()
    }

    #[test]
    fn two_inputs_never_share_a_copy_or_a_letter() {
        let inputs = ["a/budget.xls", "a/budget.xlsx", "a/BUDGET.xlsm", "b/budget.xlsx"];
        assert_eq!(
            names(&inputs, true),
            [
                "a/budget.kontrolleret.xlsx",
                "a/budget (2).kontrolleret.xlsx",
                "a/BUDGET (3).kontrolleret.xlsx",
                "b/budget.kontrolleret.xlsx"
            ]
        );
        assert_eq!(
            names(&inputs, false),
            ["a/budget.mangler.txt", "a/budget (2).mangler.txt", "a/BUDGET (3).mangler.txt", "b/budget.mangler.txt"]
        );
    }

    #[test]
    fn a_name_as_long_as_names_can_be_is_shortened_and_two_such_stay_apart() {
        let [long, longer] = ["a", "b"].map(|end| format!("mappe/{}{end}.xlsx", "æ".repeat(124)));
        let cut = format!("mappe/{}…", "æ".repeat(110));
        assert_eq!(
            names(&[&long, &longer, "kort.xlsx"], true),
            [
                format!("{cut}.kontrolleret.xlsx"),
                format!("{cut} (2).kontrolleret.xlsx"),
                "kort.kontrolleret.xlsx".to_owned()
            ]
        );
    }

    #[test]
    fn a_number_that_a_name_has_already_is_not_given_again() {
        let inputs = ["budget (2).xlsx", "budget.xls", "budget.xlsx", "budget.kontrolleret.xlsx"];
        assert_eq!(
            names(&inputs, true),
            [
                "budget (2).kontrolleret.xlsx",
                "budget.kontrolleret.xlsx",
                "budget (3).kontrolleret.xlsx",
                "budget (4).kontrolleret.xlsx"
            ]
        );
    }

    #[test]
    fn no_name_holds_a_cpr_number_or_leads_elsewhere_and_none_is_lost() {
        let inputs =
            ["010170-0000/budget.xlsx", "010170-1111/budget.xlsx", "1003456789/0101700000.xlsx", "\u{200b}../a.xlsx"];
        assert_eq!(
            names(&inputs, true),
            [
                "010170-xxxx/budget.kontrolleret.xlsx",
                "010170-xxxx/budget (2).kontrolleret.xlsx",
                "1003456789/010170-xxxx.kontrolleret.xlsx",
                "_/a.kontrolleret.xlsx"
            ]
        );
    }
}
