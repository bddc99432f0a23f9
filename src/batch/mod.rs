//! A run over many files: found, read in parallel, grouped into cases, checked in parallel, written.
//!
//! Results do not depend on the number of threads: every step keeps the order of the paths.

mod across;
mod case_budget;
mod checked_case;
mod copies;
mod decided_cases;
mod decisions;
mod discovery;
mod grouping;
mod ledger;
mod letters;
mod named_outputs;
mod neighbourhood;
mod outputs;
mod passed_over;
mod read_file;
mod run;
mod settings;
mod shard;
mod staging;
mod stored_cases;
mod ties;
mod verification;

pub(crate) use copies::annotated_copy;
pub use discovery::{Discovered, InputFile, discover};
pub use named_outputs::{NamedOutput, NamedOutputs, RefusalReason, RefusedOutput};
#[cfg(feature = "cli")]
pub(crate) use outputs::is_output_folder;
pub use outputs::{
    CopyChoice, NEWS_NAME, OVERVIEW_NAME, OutputFolder, OutputFolderError, Outputs, PAGE_NAME, Part, RECEIPT_NAME,
    STATE_NAME,
};
pub use run::{Progress, check, check_in_memory};
pub use settings::{EmbeddedDataError, Settings, SettingsHashes};
pub use shard::Shard;
pub use verification::{Difference, DifferenceKind, differences_of_files, differences_of_results};
