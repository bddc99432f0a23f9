//! The window that Windows opens for a program that was started by its icon.

use std::io::{IsTerminal as _, Write as _};

use crate::language::{Language, Text};

/// Keeps the window open until somebody has read it: it closes with the program. Whether it is the program's own cannot
/// be told simply, so that Enter is asked for in any window, and never where input or output is not one.
pub(super) fn keep_open(language: Language) {
    if cfg!(windows) && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        let press = Text::new("Tryk på Enter for at lukke vinduet.", "Press Enter to close the window.").get(language);
        let mut out = std::io::stdout();
        // Where nothing can be shown or read, there is no window to keep open.
        let _ = write!(out, "\n{press} ").and_then(|()| out.flush());
        let _ = std::io::stdin().read_line(&mut String::new());
    }
}
