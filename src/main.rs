//! The program `sporskifte`: everything is in the library; here it is run.

use std::process::ExitCode;

fn main() -> ExitCode {
    sporskifte::cli::run(std::env::args_os())
}
