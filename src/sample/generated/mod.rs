//! Any number of invented cases, with mistakes in given proportions and the expected findings beside them.
//!
//! ```text
//! seed and number ─► application (company, dates, packages) ─► what the forms say ─► mistakes planted ─► workbooks
//!                                └► what is left to judgement ────────────► expected codes, added to by each mistake
//! ```
//!
//! A case depends on nothing but the seed and its number: it is the same in a run of any length, with any number of
//! threads, on every machine.

mod accounts;
mod application;
mod broken;
mod case;
mod company;
mod expected;
mod fate;
mod filling;
mod folder;
mod mistake;
mod mixture;
mod names;
mod package;
mod press;
mod random;
mod relative;
mod schedule;

pub use case::{CaseGenerator, GeneratedCase, GeneratedFile, Planted, PlantedPlace};
pub use folder::write_cases;
