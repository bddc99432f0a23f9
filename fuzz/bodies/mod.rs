//! What each fuzz target does with an input: it panics where the program breaks a promise, and does nothing else.

#![allow(missing_docs, clippy::missing_panics_doc, reason = "written for the fuzz targets and one test")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is how a target tells a find")]

mod check;
mod edited_sample;
mod find_fields;
mod own_panics;
mod package_of_parts;
mod patch;
mod read_workbook;
mod reports;
mod settings;
mod written_values;

pub use find_fields::find_fields;
pub use own_panics::held_to_it;
pub use patch::patch;
pub use read_workbook::read_workbook;
pub use settings::settings;
pub use written_values::written_values;

/// What a target does with an input.
pub type Body = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: [(&str, Body); 5] = [
    ("read_workbook", read_workbook),
    ("find_fields", find_fields),
    ("written_values", written_values),
    ("patch", patch),
    ("settings", settings),
];
