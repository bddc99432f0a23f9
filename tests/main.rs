//! The tests, in one program: linked once, and run beside one another.
//!
//! `cargo test page::` runs those of one module.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod airlock;
mod annotating;
mod bounded_memory;
mod carrying;
mod catalogue;
mod command;
mod control_sheet;
mod data;
mod fidelity;
mod generated_cases;
mod handed_in;
mod held_against_calamine;
mod hostile;
mod hostile_files;
mod jsonl;
mod kept_crashers;
mod letter;
mod library_face;
mod libreoffice;
mod limits;
mod machine_formats;
mod many_bombs;
mod nightly;
mod odd_packages;
mod other_formats;
mod overview;
mod page;
mod random_cases;
mod reading;
mod rebuilding;
mod rules;
mod same_findings;
mod samples;
mod scenarios;
mod security_policy;
mod statistics;
mod support;
mod templates;
mod text_report;
mod worked_examples;
