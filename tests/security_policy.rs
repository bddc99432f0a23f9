//! `SECURITY.md` promises nothing that is not held by something in this repository.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::path::Path;

#[test]
fn every_promise_names_a_test_or_a_check_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let policy = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let promises: Vec<&str> = policy.lines().filter(|line| line.starts_with("| **")).collect();
    assert!(promises.len() > 8);
    for promise in promises {
        let held_by = promise.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let quoted = held_by.split('`').skip(1).step_by(2);
        let files: Vec<&str> = quoted.filter(|word| word.contains('.') && !word.contains(' ')).collect();
        assert!(!files.is_empty(), "{promise}");
        for file in files {
            assert!(root.join(file).is_file(), "{file} is not there: {promise}");
        }
    }
}
