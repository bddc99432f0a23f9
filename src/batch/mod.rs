//! A run over many files: found, read in parallel, grouped into cases, checked in parallel, written.
//!
//! Results do not depend on the number of threads: every step keeps the order of the paths.

mod checked_case;
mod copies;
mod decisions;
mod discovery;
mod grouping;
mod ledger;
mod letters;
mod outputs;
mod read_file;
mod run;
mod settings;

pub use discovery::{Discovered, InputFile, discover};
pub use outputs::{CopyChoice, OVERVIEW_NAME, OutputFolder, OutputFolderError, Outputs, PAGE_NAME};
pub use run::{Progress, check, check_in_memory};
pub use settings::{EmbeddedDataError, Settings};
