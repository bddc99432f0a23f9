//! Runs night after night: over the same files again, killed, divided over machines, and proved afterwards.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test's helpers may panic")]

mod compared;
mod divided;
mod interrupted;
mod proved;
mod repeated;
mod support;
