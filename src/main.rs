//! The program `sporskifte`: everything is in the library; here it is run.

use std::process::ExitCode;

/// Reading and annotating take and give back many small pieces of memory, which the system's allocators are slower at, and
/// which threads of a static program would wait for one another with.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sporskifte::cli::run(std::env::args_os())
}
