//! What fuzzing found stays mended: every input that was kept goes through the same body as in its fuzz target.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

use std::fs;
use std::path::{Path, PathBuf};

use bodies::{TARGETS, held_to_it};

fn kept(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept_crashers").join(target);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_kept_input_passes_its_target() {
    for (target, body) in TARGETS {
        for file in kept(target) {
            println!("{}", file.display());
            held_to_it(body, &fs::read(&file).unwrap());
        }
    }
}
