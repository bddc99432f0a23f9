//! The same inputs give the same bytes, however many threads work on them.

use crate::command::support::{Folder, run, samples};

#[test]
fn the_number_of_threads_changes_neither_what_is_printed_nor_what_is_written() {
    let samples = samples();
    let folder = Folder::new();
    let mut written = Vec::new();
    for format in ["text", "json", "jsonl"] {
        let check = |jobs: &str, out: &str| {
            let out = folder.arg(out);
            run(&["check", &samples, "--format", format, "--jobs", jobs, "--out", &out, "--annotate", "all"])
        };
        let one = check("1", &format!("{format}-1"));
        assert_eq!((one.code, one.err.as_str()), (1, ""));
        assert_eq!(check("8", &format!("{format}-8")), one, "{format}");
        written.push(folder.files(&format!("{format}-1")));
        written.push(folder.files(&format!("{format}-8")));
    }
    let first = &written[0];
    assert!(first.len() > 30, "{}", first.len());
    for other in &written[1..] {
        assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in first {
            assert!(other[name] == *bytes, "{name}");
        }
    }
}

#[test]
fn a_second_run_into_the_same_folder_gives_the_same_bytes() {
    let samples = samples();
    let folder = Folder::new();
    let check = || run(&["check", &samples, "--out", &folder.arg("out")]);
    let first = (check(), folder.files("out"));
    assert!((check(), folder.files("out")) == first);
}

#[test]
fn json_and_jsonl_say_the_same() {
    let samples = samples();
    let whole: serde_json::Value = serde_json::from_str(&run(&["check", &samples, "--format", "json"]).out).unwrap();
    let lines = run(&["check", &samples, "--format", "jsonl"]).out;
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (kind, key) in [("finding", "findings"), ("file", "files"), ("case", "cases"), ("problem", "problems")] {
        let of_kind: Vec<_> = lines.iter().filter(|line| line["type"] == kind).cloned().collect();
        assert_eq!(whole[key], serde_json::Value::Array(of_kind), "{kind}");
    }
    assert_eq!(whole["summary"], *lines.last().unwrap());
}
