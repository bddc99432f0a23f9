//! Cases as data: what is exported comes back when it is imported, and what cannot come back is named.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers may panic")]

mod losses;
#[cfg(feature = "parquet")]
mod other_readers;
mod refused;
mod round_trip;
mod schema;
mod support;
mod tables;
mod values;
