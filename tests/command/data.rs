//! `export` and `import` as processes.

use std::fs;

use super::support::{Folder, Run, finish, run};

const CLEAN_CASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/03-ren-sag-2023");
const ALL_CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

#[test]
fn what_export_writes_can_be_imported_and_checks_clean() {
    let folder = tempfile::tempdir().unwrap();
    let (json, made) = (folder.path().join("sag.json"), folder.path().join("skemaer"));
    let exported = run(&["export", CLEAN_CASE]);
    assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    fs::write(&json, &exported.out).unwrap();
    let imported = run(&["import", json.to_str().unwrap(), "--out", made.to_str().unwrap()]);
    assert_eq!(imported.code, 0, "{}", imported.err);
    assert_eq!(fs::read_dir(&made).unwrap().count(), fs::read_dir(CLEAN_CASE).unwrap().count());
    assert_eq!(run(&["check", made.to_str().unwrap()]).code, 0);
    // Nothing is written over.
    assert_eq!(run(&["import", json.to_str().unwrap(), "--out", made.to_str().unwrap()]).code, 2);
}

#[test]
fn a_cpr_number_in_the_path_of_what_was_made_is_masked() {
    let folder = tempfile::tempdir().unwrap();
    let (json, made) = (folder.path().join("sag.json"), folder.path().join("010170-1234"));
    fs::write(&json, run(&["export", CLEAN_CASE]).out).unwrap();
    let imported = run(&["import", json.to_str().unwrap(), "--out", made.to_str().unwrap()]);
    assert!(imported.out.contains("010170-****") && !imported.out.contains("1234"), "{}", imported.out);
}

/// Runs the program where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
#[cfg(unix)]
fn run_without_room(blocks: u64, arguments: &[&str]) -> Run {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let program = env!("CARGO_BIN_EXE_sporskifte");
    finish(std::process::Command::new("sh").args(["-c", &script, "sh", program]).args(arguments))
}

#[cfg(unix)]
#[test]
fn where_the_disk_is_full_midway_nothing_of_the_case_is_left() {
    let folder = Folder::new();
    folder.put("sag.json", run(&["export", CLEAN_CASE]).out.as_bytes());
    let import = |out: &str| vec!["import".to_owned(), folder.arg("sag.json"), "--out".to_owned(), folder.arg(out)];
    let arguments = import("hel");
    assert_eq!(run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).code, 0);
    let mut sizes: Vec<u64> = folder.files("hel").values().map(|bytes| bytes.len() as u64).collect();
    sizes.sort_unstable();
    // Room for every workbook but the largest.
    let blocks = sizes[sizes.len() - 2].div_ceil(512);
    assert!(blocks * 512 < sizes[sizes.len() - 1]);
    let arguments = import("ny/sag");
    let failed = run_without_room(blocks, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((failed.code, failed.out.as_str()), (2, ""));
    assert!(failed.err.contains("kan ikke skrives: "), "{}", failed.err);
    assert!(!folder.path("ny").exists(), "{:?}", folder.files("ny").keys());
}

#[test]
fn beside_a_form_that_is_there_already_no_other_is_written() {
    let folder = Folder::new();
    folder.put("sag.json", run(&["export", CLEAN_CASE]).out.as_bytes());
    folder.put("skemaer/kursusoversigt.xlsx", b"hendes");
    let refused = run(&["import", &folder.arg("sag.json"), "--out", &folder.arg("skemaer")]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("kursusoversigt.xlsx findes allerede"), "{}", refused.err);
    assert_eq!(folder.files("skemaer"), [("kursusoversigt.xlsx".to_owned(), b"hendes".to_vec())].into());
}

#[test]
fn every_problem_of_a_case_has_a_line_of_its_own_and_nothing_is_written() {
    let folder = Folder::new();
    let fields = r#"{"company.name":{"value":"A"},"company.name":{"value":"B"},"company.navn\n":{"value":"C"}}"#;
    folder.put("sag.json", format!(r#"{{"files":[{{"form":{{"kind":"budget","fields":{fields}}}}}]}}"#).as_bytes());
    let refused = run(&["import", &folder.arg("sag.json"), "--out", &folder.arg("skemaer")]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let lines: Vec<&str> = refused.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", refused.err);
    assert!(lines[0].starts_with("Intet er skrevet: ") && lines[0].ends_with("sag.json kan ikke bruges."));
    assert!(lines[1].starts_with("  $.files[0].form.fields[\"company.name\"]: står her mere end én gang"), "{lines:?}");
    assert!(lines[2].starts_with("  $.files[0].form.fields[\"company.navn\"]: der er ikke noget"), "{lines:?}");
    assert!(!folder.path("skemaer").exists());
}

#[test]
fn several_cases_are_no_import_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (json, made) = (folder.path().join("sager.json"), folder.path().join("skemaer"));
    fs::write(&json, run(&["export", ALL_CASES]).out).unwrap();
    let imported = run(&["import", json.to_str().unwrap(), "--out", made.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(imported.code, 2);
    assert!(imported.err.contains("$.cases: ") && imported.err.contains("cases are here"), "{}", imported.err);
    assert!(!made.exists());
}

#[test]
fn tables_are_written_for_programs_and_for_a_danish_excel() {
    let folder = tempfile::tempdir().unwrap();
    let written = |name: &str, options: &[&str]| {
        let out = folder.path().join(name);
        let arguments = [&["export", ALL_CASES, "--out", out.to_str().unwrap()], options].concat();
        let exported = run(&arguments);
        assert_eq!(exported.code, 0, "{}", exported.err);
        out
    };
    let plain = fs::read_to_string(written("csv", &["--format", "csv"]).join("cases.csv")).unwrap();
    assert!(plain.starts_with("case,") && plain.lines().all(|line| line.contains(',')), "{plain}");
    let excel = written("excel", &["--format", "csv", "--excel-csv"]).join("cases.csv");
    let excel = fs::read_to_string(excel).unwrap();
    assert!(excel.starts_with("\u{feff}case;"), "{excel}");
    assert_eq!(excel.lines().count(), plain.lines().count());
    assert_eq!(run(&["export", ALL_CASES, "--format", "csv"]).code, 2, "tables need a folder");
}

#[cfg(feature = "parquet")]
#[test]
fn every_table_is_written_as_parquet() {
    let folder = Folder::new();
    let exported = run(&["export", ALL_CASES, "--format", "parquet", "--out", &folder.arg("ud")]);
    assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    let files: Vec<_> = folder.files("ud").into_iter().filter(|(name, _)| name.ends_with(".parquet")).collect();
    assert_eq!(files.len(), 7);
    assert!(files.iter().all(|(_, bytes)| bytes.starts_with(b"PAR1")));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so_in_its_help_and_before_anything_is_checked() {
    let folder = Folder::new();
    let refused = run(&["export", ALL_CASES, "--format", "parquet", "--out", &folder.arg("ud")]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    let words = "parquet kan ikke skrives: denne udgave af sporskifte er bygget uden Parquet; vælg csv, json eller jsonl, eller byg den med »cargo build --release --features parquet«.\n";
    assert_eq!(refused.err, words);
    assert!(!folder.path("ud").exists());
    let help = run(&["export", "--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("bygget uden parquet"), "{help}");
}
