//! Opening a report with the program that the system has for it.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// Names the program that opens reports; empty where none shall.
const VARIABLE: &str = "SPORSKIFTE_OPENER";

/// Opens a file; `false` where nothing was started that could. The name is handed over as it is: no shell reads it.
pub(super) fn open(path: &Path) -> bool {
    let command = match std::env::var_os(VARIABLE) {
        Some(program) if program.is_empty() => None,
        Some(program) => Some(with_path(program, path)),
        None => of_system(path),
    };
    let quiet = command.map(|mut command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    });
    // What opens it goes on by itself.
    quiet.is_some_and(|mut command| command.spawn().is_ok())
}

fn with_path(program: impl Into<OsString>, path: &Path) -> Command {
    let mut command = Command::new(program.into());
    command.arg(path);
    command
}

#[cfg(windows)]
fn of_system(path: &Path) -> Option<Command> {
    use std::os::windows::process::CommandExt as _;

    let mut quoted = OsString::from("\"");
    quoted.push(path);
    quoted.push("\"");
    let explorer = Path::new(&std::env::var_os("SystemRoot")?).join("explorer.exe");
    let mut command = Command::new(explorer);
    // Explorer divides at commas what is not quoted, and no name on Windows has a quote.
    command.raw_arg(quoted);
    Some(command)
}

#[cfg(target_os = "macos")]
fn of_system(path: &Path) -> Option<Command> {
    Some(with_path("open", path))
}

/// Without a desktop, `xdg-open` would start a browser of the terminal.
#[cfg(not(any(windows, target_os = "macos")))]
fn of_system(path: &Path) -> Option<Command> {
    let has_desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    has_desktop.then(|| with_path("xdg-open", path))
}
