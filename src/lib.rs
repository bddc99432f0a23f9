//! Checks, recalculates and annotates the workbooks of the *Sporskifteordning*.
//!
//! The way of the data, one module a station, arrows pointing one way:
//!
//! ```text
//! path ─► intake ─► workbook ─► form ─► case ─► calculation ─► rules ─► findings ─► report, annotate
//! ```
//!
//! Everything between [`workbook`] and the finding is free of I/O and is tested on values.

pub mod annotate;
pub mod batch;
pub mod calculation;
pub mod calendar;
pub mod case;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
pub mod configuration;
pub mod finding;
pub mod form;
pub mod identity;
pub mod intake;
mod io_reason;
pub mod language;
pub mod money;
pub mod parameters;
pub mod plain_text;
pub mod report;
pub mod rules;
pub mod sample;
pub mod store;
pub mod template;
mod whole_file;
pub mod workbook;
mod wrapping;
