//! The program is made of what anybody can use: the command line takes nothing from the crate that is not public.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The first names of paths that begin with `crate::`, outside of the command line itself.
fn modules_of(source: &str) -> impl Iterator<Item = &str> {
    let names = source.split("crate::").skip(1);
    let names = names.map(|rest| rest.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next().unwrap());
    names.filter(|name| *name != "cli")
}

#[test]
fn the_command_line_uses_public_modules_only() {
    let library = fs::read_to_string(format!("{ROOT}/src/lib.rs")).unwrap();
    let public: BTreeSet<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let sources = WalkDir::new(format!("{ROOT}/src/cli")).into_iter().map(Result::unwrap);
    let sources = sources.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    let mut used = BTreeSet::new();
    for entry in sources {
        let source = fs::read_to_string(entry.path()).unwrap();
        used.extend(modules_of(&source).map(str::to_owned));
    }
    let private: Vec<&String> = used.iter().filter(|name| !public.contains(name.as_str())).collect();
    assert!(private.is_empty(), "{private:?}");
    assert!(used.contains("library") && used.len() > 10, "{used:?}");
}
