//! A run keeps only so many files in memory; what it finds does not depend on how many.

#![allow(clippy::unwrap_used, reason = "a test's helper may panic")]

use std::path::PathBuf;
use std::sync::Arc;

use sporskifte::batch::{Progress, Settings, check, discover};
use sporskifte::language::Language;
use sporskifte::report::write_jsonl;
use sporskifte::store::Store;
use sporskifte::workbook::Limits;

struct Silent;

impl Progress for Silent {
    fn begin(&self, _steps: usize) {}
    fn step(&self) {}
}

fn lines(held_bytes: u64) -> String {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples");
    let settings = Settings { held_bytes, ..Settings::embedded().unwrap() };
    let report = check(
        discover(&[samples], &Limits::default()),
        &settings,
        None,
        Arc::new(Store::temporary().unwrap()),
        &Silent,
    )
    .unwrap();
    let mut out = Vec::new();
    write_jsonl(&report, Language::Danish, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn files_that_are_read_again_give_the_same_result() {
    let all = lines(u64::MAX);
    assert!(all.lines().count() > 50);
    assert_eq!(lines(0), all);
    assert_eq!(lines(300_000), all);
}
