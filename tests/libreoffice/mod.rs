//! LibreOffice, another program than Excel that users have, opens what is made and calculates what is stored in it.
//!
//! The tests need LibreOffice; `.ci/run` runs them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

mod calculation;
mod made_forms;
mod support;
