//! Checks, recalculates and annotates the workbooks of the *Sporskifteordning*.
//!
//! The way of the data, one module a station, arrows pointing one way:
//!
//! ```text
//! path ─► intake ─► workbook ─► form ─► case ─► calculation ─► rules ─► findings ─► report, annotate
//! ```
//!
//! For programs that build on it, [`library`] offers the whole way in a few calls: check, calculate, export, import and
//! annotate, on bytes and on paths. It is the stable face of the crate: what it says of versions holds for its functions
//! and for the types that they take and give. The other modules are public so that whoever needs more than that finds it,
//! and may change with any minor version. The program itself uses nothing that is not public here.
//!
//! Everything between [`workbook`] and the finding is free of I/O and is tested on values.

pub mod annotate;
pub mod batch;
pub mod calculation;
pub mod calendar;
pub mod carry;
pub mod case;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
pub mod configuration;
pub mod export;
mod file_identity;
pub mod finding;
pub mod form;
pub mod identity;
pub mod import;
pub mod intake;
pub mod io_reason;
pub mod language;
pub mod library;
pub mod money;
pub mod new_files;
mod parallel;
pub mod parameters;
mod part_options;
pub mod plain_text;
pub mod report;
pub mod rules;
pub mod sample;
pub mod store;
pub mod template;
pub mod whole_file;
pub mod workbook;
mod wrapping;
