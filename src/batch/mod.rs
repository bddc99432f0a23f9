//! A run over many files: found, read in parallel, grouped into cases, checked in parallel, written.
//!
//! Results do not depend on the number of threads: every step keeps the order of the paths.

mod discovery;
mod grouping;
mod outputs;
mod run;

pub use discovery::{Discovered, InputFile, discover};
pub use outputs::{OutputFolder, OutputFolderError};
pub use run::{EmbeddedDataError, Progress, Settings, check, check_in_memory};
