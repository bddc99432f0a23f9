//! The same files again: what did not change is not parsed again, and everything comes out as from a full run.

use std::fs;

use crate::nightly::support::{Night, assert_same};
use crate::support::extent;

/// A run without a state has no news.
fn without_news(night: &Night, folder: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = night.files(folder);
    for of_the_state in ["nyt-siden-sidst.txt", "kvittering.json", ".sporskifte-kontrol"] {
        files.remove(of_the_state);
    }
    files
}

#[test]
fn a_run_over_unchanged_files_gives_the_same_bytes_as_a_full_run() {
    let night = Night::with_cases(extent(40, 200));
    let full = night.check("--out fuld");
    let first = night.check("--out nat --state tilstand");
    assert_eq!(first, full);
    assert_same(&without_news(&night, "nat"), &without_news(&night, "fuld"));
    let second = night.check("--out nat --state tilstand");
    assert_eq!(second, full);
    assert_same(&without_news(&night, "nat"), &without_news(&night, "fuld"));
    // Into a new folder, the copies are made anew from what is known.
    let elsewhere = night.check("--out nat2 --state tilstand --jobs 1");
    assert_eq!(elsewhere, full);
    assert_same(&without_news(&night, "nat2"), &without_news(&night, "fuld"));
}

#[test]
fn unchanged_files_are_not_parsed_again() {
    let night = Night::with_cases(10);
    night.check("--state tilstand");
    // What stands in the state is believed: a wrong verdict in it comes out again, since nobody looks into the files.
    let state = rusqlite::Connection::open(night.path("tilstand")).unwrap();
    let first: (i64, Vec<u8>) = state
        .query_row("SELECT id, record FROM cases ORDER BY id LIMIT 1", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let others: Vec<u8> =
        state.query_row("SELECT record FROM cases ORDER BY id DESC LIMIT 1", [], |row| row.get(0)).unwrap();
    assert_ne!(first.1, others);
    state.execute("UPDATE cases SET record = ?1 WHERE id = ?2", rusqlite::params![others, first.0]).unwrap();
    drop(state);
    let before = night.check("--format jsonl");
    let after = night.run("check sager --format jsonl --state tilstand");
    assert_ne!(before, after.out);
}

#[test]
fn a_changed_file_is_checked_again_and_the_news_tell_what_is_new_and_mended() {
    let night = Night::with_cases(30);
    night.check("--out nat --state tilstand");
    let news = fs::read_to_string(night.path("nat/nyt-siden-sidst.txt")).unwrap();
    assert!(news.starts_with("Den første kørsel: alt er nyt."), "{news}");
    let budget = night.some_budget();
    let whole = fs::read(&budget).unwrap();
    fs::write(&budget, &whole[..whole.len() / 2]).unwrap();
    night.check("--out nat --state tilstand");
    let news = fs::read_to_string(night.path("nat/nyt-siden-sidst.txt")).unwrap();
    assert!(news.contains("Nyt: Fejl S001"), "{news}");
    assert!(news.contains("→ Ikke kontrolleret") || news.contains("(ny sag)"), "{news}");
    fs::write(&budget, &whole).unwrap();
    night.check("--out nat --state tilstand");
    let news = fs::read_to_string(night.path("nat/nyt-siden-sidst.txt")).unwrap();
    assert!(news.contains("Rettet: Fejl S001") || news.contains("0 nye sager"), "{news}");
    night.check("--out nat --state tilstand");
    let news = fs::read_to_string(night.path("nat/nyt-siden-sidst.txt")).unwrap();
    assert!(news.contains("I alt: 0 nye fund, 0 rettede"), "{news}");
}

#[test]
fn the_history_of_a_case_tells_each_run_in_which_something_changed() {
    let night = Night::with_cases(12);
    night.check("--state tilstand");
    let lines = night.check("--format jsonl");
    let mut cases = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let case = cases.find(|line| line["type"] == "case" && line["verdict"] == "error").unwrap();
    night.check("--state tilstand");
    let case = case["case"].as_str().unwrap();
    let history = night.program("history").arg(case).args(["--state", "tilstand"]).output().unwrap();
    let history = String::from_utf8(history.stdout).unwrap();
    assert_eq!(history.lines().filter(|line| line.contains("· sporskifte ")).count(), 1, "{history}");
    assert!(history.contains("Nyt: Fejl"), "{history}");
    let unknown = night.run("history 99/99999 --state tilstand");
    assert_eq!(unknown.code, 1);
    assert_eq!(unknown.out, "Der er ikke set nogen sag, der hedder 99/99999.\n");
}

#[test]
fn another_file_is_never_taken_for_a_state_and_a_damaged_one_is_named() {
    let night = Night::with_cases(2);
    fs::write(night.path("brev.txt"), "Kære STAR").unwrap();
    let run = night.run("check sager --state brev.txt");
    assert_eq!(run.code, 2);
    assert!(
        run.err.starts_with("Intet er skrevet: brev.txt er ikke en fil, som sporskifte har skrevet"),
        "{}",
        run.err
    );
    assert_eq!(fs::read_to_string(night.path("brev.txt")).unwrap(), "Kære STAR");
    let other = rusqlite::Connection::open(night.path("anden.db")).unwrap();
    other.execute_batch("CREATE TABLE noget (a)").unwrap();
    drop(other);
    assert_eq!(night.run("check sager --state anden.db").code, 2);
    assert_eq!(night.run("history 1 --state findes-ikke").code, 2);
    assert!(!night.path("findes-ikke").exists());
}

#[test]
fn no_cpr_number_stands_in_the_state() {
    let night = Night::with_cases(3);
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/10-cpr-nummer");
    fs::create_dir(night.path("sager/cpr")).unwrap();
    for file in fs::read_dir(sample).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), night.path("sager/cpr").join(file.file_name())).unwrap();
    }
    let lines = night.check("--format jsonl --state tilstand --out nat --log log");
    assert!(lines.contains("F109"));
    for name in ["tilstand", "log", "nat/kvittering.json", "nat/nyt-siden-sidst.txt"] {
        let bytes = fs::read(night.path(name)).unwrap();
        let holds = |number: &[u8]| bytes.windows(number.len()).any(|window| window == number);
        assert!(!bytes.is_empty() && !holds(b"010170-0000") && !holds(b"0101700000"), "{name}");
    }
}
