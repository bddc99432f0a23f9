//! The program as a process: what it prints, writes and returns.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod bad_files;
mod carrying;
mod configuration;
mod data;
mod dropping;
mod everything;
mod exit_codes;
mod fidelity;
mod generated;
mod hostile_texts;
mod inputs;
mod installing;
mod kept_inputs;
mod options;
mod outputs;
mod passed_over;
mod privacy;
mod rules;
mod sameness;
mod settings_files;
mod support;
mod terminal;
mod trouble;
mod usage;
mod work_of_others;
