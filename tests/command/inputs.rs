//! Which files are inputs; that they are never changed, and nobody's output is taken for one.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::command::support::{Folder, clean_budget, codes, file, json, run, samples, wrong_budget};

#[test]
fn inputs_keep_their_bytes_and_times() {
    let folder = Folder::new();
    for (name, bytes) in crate::command::support::files_below(samples().as_ref()) {
        folder.put(&format!("in/{name}"), &bytes);
    }
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    let names: Vec<String> = folder.files("in").into_keys().collect();
    for name in &names {
        fs::File::open(folder.path("in").join(name)).unwrap().set_modified(long_ago).unwrap();
    }
    let before = folder.files("in");
    assert_eq!(run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]).code, 1);
    assert!(folder.files("in") == before);
    for name in &names {
        let modified = fs::metadata(folder.path("in").join(name)).unwrap().modified().unwrap();
        assert_eq!(modified, long_ago, "{name}");
    }
}

#[test]
fn an_output_folder_among_the_inputs_is_not_read_on_the_next_run() {
    let folder = Folder::new();
    folder.put("in/a/budget.xlsx", &wrong_budget());
    folder.put("in/brev.txt", b"Hej");
    let out = folder.arg("in/kontrolleret");
    let check = || run(&["check", &folder.arg("in"), "--out", &out, "--letter", "--format", "jsonl"]);
    let first = check();
    assert!(folder.path("in/kontrolleret/a/budget.kontrolleret.xlsx").is_file());
    assert!(folder.path("in/kontrolleret/a/budget.mangler.txt").is_file());
    assert_eq!(check(), first);
    assert!(first.out.contains("\"inputs\":1") && first.out.contains("\"passed_over\":1"), "{}", first.out);
}

#[test]
fn an_output_folder_that_holds_the_inputs_is_refused() {
    let folder = Folder::with_clean_budget();
    let before = folder.files("");
    let input = folder.arg("in/budget.xlsx");
    for (path, out) in [("in", "in"), ("in", ""), ("in/budget.xlsx", "in"), ("in", "in/../in")] {
        let run = run(&["check", &folder.arg(path), "--out", &folder.arg(out)]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{path} to {out}");
        assert!(run.err.contains("--out"), "{}", run.err);
    }
    let relative =
        crate::command::support::finish(crate::command::support::program().current_dir(folder.path("in")).args([
            "check",
            "budget.xlsx",
            "--out",
            ".",
        ]));
    assert_eq!(relative.code, 2);
    assert_eq!(run(&["check", &input, "--out", &folder.arg("")]).code, 2);
    assert!(folder.files("") == before, "nothing is written where it is refused");
}

#[test]
fn an_output_folder_below_the_inputs_that_holds_some_of_them_is_refused() {
    let folder = Folder::with_clean_budget();
    folder.put("in/del/mere.xlsx", &wrong_budget());
    let run = run(&["check", &folder.arg("in"), "--out", &folder.arg("in/del")]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(json(&[&folder.arg("in")])["summary"]["inputs"], 2, "nothing became invisible");
}

#[test]
fn inputs_of_one_name_get_copies_of_their_own() {
    let folder = Folder::new();
    let xls = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/libreoffice.xls")).unwrap();
    folder.put("in/budget.xls", &xls);
    folder.put("in/budget.xlsx", &clean_budget());
    folder.put("in/budget.xlsm", &wrong_budget());
    folder.put("in/b/budget.xlsx", &wrong_budget());
    folder.put("andre/in/budget.xlsx", &clean_budget());
    run(&["check", &folder.arg("in"), &folder.arg("andre/in"), "--out", &folder.arg("out"), "--annotate", "all"]);
    // The second was for the .xls, which is no form.
    let names: Vec<String> = folder.files("out").into_keys().filter(|name| name.contains("budget")).collect();
    assert_eq!(
        names,
        [
            "in/b/budget.kontrolleret.xlsx",
            "in/budget (3).kontrolleret.xlsx",
            "in/budget (4).kontrolleret.xlsx",
            "in/budget.kontrolleret.xlsx",
        ],
    );
}

#[test]
fn what_is_no_workbook_is_passed_over_and_counted() {
    let folder = Folder::with_clean_budget();
    let clean = clean_budget();
    let others: [(&str, &[u8]); 8] = [
        ("in/~$budget.xlsx", b"\x05Birgit"),
        ("in/._budget.xlsx", b"\x00\x05\x16\x07"),
        ("in/.~lock.budget.xlsx#", b",birgit"),
        ("in/.DS_Store", b"\x00\x00\x00\x01Bud1"),
        ("in/Thumbs.db", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        ("in/bilag.pdf", b"%PDF-1.4"),
        ("in/brev.txt", b"Hej"),
        ("in/arkiv.zip", b"PK\x03\x04"),
    ];
    for (name, bytes) in others {
        folder.put(name, bytes);
    }
    folder.put("in/._kopi/~$x.xlsx", &clean);
    let report = json(&[&folder.arg("in")]);
    assert_eq!(report["summary"]["inputs"], 1);
    assert_eq!(report["summary"]["passed_over"], 9);
    let run = run(&["check", &folder.arg("in")]);
    assert!(run.out.contains("9 andre filer er sprunget over"));
    // Helpers, and what no form can be in, are counted alone.
    let told: Vec<&str> = run.out.lines().skip_while(|line| !line.starts_with("Ikke åbnet")).skip(1).collect();
    let path = |name: &str| folder.arg(name).replace('\\', "/");
    assert_eq!(
        told.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
        format!(
            "- {}: et arkiv; pak det ud, og kontrollér mappen - {}: en PDF; bed om regnearket, hvis det er et skema",
            path("in/arkiv.zip"),
            path("in/bilag.pdf")
        )
    );
}

#[test]
fn a_workbook_of_another_program_is_told_and_not_passed_over() {
    let folder = Folder::with_clean_budget();
    folder.put("in/budget.numbers", b"PK\x03\x04");
    folder.put("in/budget.sxc", b"PK\x03\x04");
    let fods =
        r#"<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>"#;
    folder.put("in/budget.fods", fods.as_bytes());
    let report = json(&[&folder.arg("in")]);
    assert_eq!(report["summary"]["by_verdict"]["not-checked"], 3);
    assert_eq!(report["summary"]["passed_over"], 0);
    assert!(run(&["check", &folder.arg("in")]).out.contains("et regneark i et format, som ikke læses her"));
}

#[test]
fn a_workbook_with_another_ending_is_checked() {
    let folder = Folder::new();
    for name in ["in/budget.dat", "in/budget", "in/budget.XLSX.bak"] {
        folder.put(name, &wrong_budget());
    }
    let report = json(&[&folder.arg("in")]);
    assert_eq!(report["summary"]["by_verdict"]["error"], 3);
    assert_eq!(codes(&report).iter().filter(|code| **code == "P309").count(), 3);
    assert_eq!(file(&report, "budget.dat")["kind"], "budget");
}

#[test]
fn a_file_named_itself_is_checked_whatever_its_name() {
    let folder = Folder::new();
    folder.put("~$budget.xlsx", &wrong_budget());
    folder.put("brev.txt", b"Hej");
    let report = json(&[&folder.arg("~$budget.xlsx"), &folder.arg("brev.txt")]);
    assert_eq!(report["summary"]["inputs"], 2);
    assert_eq!(file(&report, "brev.txt")["verdict"], "not-checked");
}

#[test]
fn a_file_given_twice_is_checked_once() {
    let folder = Folder::with_clean_budget();
    let report = json(&[&folder.arg("in"), &folder.arg("in/budget.xlsx"), &folder.arg("in/../in")]);
    assert_eq!(report["summary"]["inputs"], 1);
}
