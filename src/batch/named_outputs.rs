//! Whether an output may go where the user wants it: never over an input, over another output, or over what somebody else
//! made. Everything is asked before anything is written.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::InputFile;
use super::discovery::has_workbook_ending;
use super::ledger::FOLDER_MARK;
use super::outputs::is_output_name;
use super::staging::STAGING_NAME;
use crate::file_identity::{FileIdentity, is_same_place, real_place};

/// A file that is written where the user wants it.
#[derive(Debug)]
pub struct NamedOutput {
    /// The option that names it, without dashes.
    pub option: &'static str,
    /// Where it goes.
    pub path: PathBuf,
    /// Whether a file that is there and not empty is of this kind.
    pub is_its_kind: fn(&Path) -> io::Result<bool>,
}

/// Why an output may not go where the user wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalReason {
    /// What is there is something else.
    OtherKind,
    /// It is checked or read by the run, or lies as what would be.
    Input,
    /// Another output of the run goes there.
    OtherOutput,
}

/// An output that may not go where the user wants it.
#[derive(Debug)]
pub struct RefusedOutput {
    /// The option that names it, without dashes.
    pub option: &'static str,
    /// Where it should have gone.
    pub path: PathBuf,
    /// Why it may not.
    pub reason: RefusalReason,
}

impl NamedOutput {
    /// Refuses the output where something else is there than an earlier one of its kind.
    pub fn refuse_other_kind(&self) -> Result<(), RefusedOutput> {
        // What cannot be read cannot be told to be ours.
        let is_ours = !is_filled(&self.path) || (self.is_its_kind)(&self.path).unwrap_or(false);
        if is_ours { Ok(()) } else { Err(self.refused(RefusalReason::OtherKind)) }
    }

    fn refused(&self, reason: RefusalReason) -> RefusedOutput {
        RefusedOutput { option: self.option, path: self.path.clone(), reason }
    }
}

/// A regular file in which something stands.
fn is_filled(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
}

/// The outputs of a run that have names of their own.
#[derive(Debug)]
pub struct NamedOutputs {
    outputs: Vec<Located>,
    /// Where the output folder really is.
    folder: Option<PathBuf>,
}

#[derive(Debug)]
struct Located {
    output: NamedOutput,
    place: PathBuf,
    identity: Option<FileIdentity>,
}

impl NamedOutputs {
    /// These outputs, of a run that may have an output folder besides.
    pub fn new(outputs: Vec<NamedOutput>, folder: Option<&Path>) -> Self {
        let located = |output: NamedOutput| Located {
            place: real_place(&output.path),
            identity: FileIdentity::of(&output.path),
            output,
        };
        Self { outputs: outputs.into_iter().map(located).collect(), folder: folder.map(real_place) }
    }

    /// Refuses what cannot go to its place whatever is found at the given paths.
    pub fn refuse_misplaced(&self, given: &[PathBuf]) -> Result<(), RefusedOutput> {
        for (index, located) in self.outputs.iter().enumerate() {
            let mut before = self.outputs.iter().take(index);
            let reason = if given.iter().any(|path| located.is_input_of(path)) {
                RefusalReason::Input
            } else if before.any(|other| located.is_at(&other.place, other.identity.as_ref()))
                || self.folder.as_deref().is_some_and(|folder| located.is_output_of(folder))
            {
                RefusalReason::OtherOutput
            } else {
                located.output.refuse_other_kind()?;
                continue;
            };
            return Err(located.output.refused(reason));
        }
        Ok(())
    }

    /// Refuses what is one of the inputs that were found.
    pub fn refuse_inputs(&self, inputs: &[InputFile]) -> Result<(), RefusedOutput> {
        // No input is a file that is not there.
        let there: Vec<&Located> = self.outputs.iter().filter(|located| located.output.path.exists()).collect();
        if there.is_empty() {
            return Ok(());
        }
        let written_to = |input: &InputFile| {
            let path = input.path();
            let (place, identity) = (real_place(&path), FileIdentity::of(&path));
            there.iter().find(|located| located.is_at(&place, identity.as_ref()))
        };
        match inputs.par_iter().find_map_first(written_to) {
            Some(located) => Err(located.output.refused(RefusalReason::Input)),
            None => Ok(()),
        }
    }
}

impl Located {
    fn is_at(&self, place: &Path, identity: Option<&FileIdentity>) -> bool {
        is_same_place(&self.place, place) || (identity.is_some() && self.identity.as_ref() == identity)
    }

    /// Whether it is the file that was given, or would be found as a workbook in the folder that was.
    fn is_input_of(&self, given: &Path) -> bool {
        let place = real_place(given);
        if given.is_dir() {
            self.place.starts_with(place) && has_workbook_ending(&self.place)
        } else {
            self.is_at(&place, FileIdentity::of(given).as_ref())
        }
    }

    /// Whether the run writes something of this name to the output folder itself.
    fn is_output_of(&self, folder: &Path) -> bool {
        let Ok(below) = self.place.strip_prefix(folder) else { return false };
        let name = below.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        below.starts_with(STAGING_NAME) || name == FOLDER_MARK || is_output_name(&name)
    }
}
