//! The copies as other programs read them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Reader as _, Xlsx};

use crate::fidelity::corpus::{Sender, senders};

#[test]
#[ignore = "needs openpyxl: run by .ci/run"]
fn openpyxl_reads_the_same_from_the_copies() {
    let folder = tempfile::tempdir().unwrap();
    let (originals, copies) = (folder.path().join("originals"), folder.path().join("copies"));
    write(&originals, |sender| sender.bytes.clone());
    write(&copies, |sender| sender.annotated().bytes);
    let output = Command::new(std::env::var("SPORSKIFTE_PYTHON").unwrap_or("python3".to_owned()))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fidelity/compare.py"))
        .args([&originals, &copies])
        .output()
        .unwrap();
    let [said, complaints] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{said}{complaints}");
    assert_eq!(said.lines().count(), senders().len(), "{said}");
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn libreoffice_saves_the_same_cells_from_the_copies() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("profile");
    let [originals, copies] = ["originals", "copies"].map(|name| folder.path().join(name));
    write(&originals, |sender| sender.bytes.clone());
    write(&copies, |sender| sender.annotated().bytes);
    let [originals, copies] = [originals, copies].map(|of| saved(&of, &profile));
    for (name, cells) in &originals {
        let copy = &copies[name];
        assert!(copy.contains_key("Kontrol"), "{name}");
        for (sheet, values) in cells {
            assert_eq!(&copy[sheet], values, "{name}, {sheet}");
        }
    }
}

fn write(folder: &Path, bytes: impl Fn(&Sender) -> Vec<u8>) {
    fs::create_dir_all(folder).unwrap();
    for sender in senders() {
        fs::write(folder.join(&sender.name), bytes(&sender)).unwrap();
    }
}

/// The cells of each sheet that holds any, of each workbook of a folder, as LibreOffice saves them.
fn saved(folder: &Path, profile: &Path) -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let out = folder.join("saved");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // One call for each kind: the endings of two files of one name would become the same.
    for ending in ["xlsx", "xlsm", "xltx"] {
        let of_kind = files.iter().filter(|path| path.extension().is_some_and(|it| it == ending));
        let output = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--convert-to", "xlsx", "--outdir"])
            .arg(&out)
            .args(of_kind)
            .output()
            .unwrap();
        assert!(output.status.success());
    }
    let saved: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(saved.len(), files.len(), "LibreOffice left files out: {saved:?}");
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    saved.iter().map(|path| (name(path), cells(&fs::read(path).unwrap()))).collect()
}

fn cells(bytes: &[u8]) -> BTreeMap<String, Vec<String>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut sheets = BTreeMap::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let cells: Vec<String> =
            range.used_cells().map(|(row, column, value)| format!("{row} {column} {value:?}")).collect();
        if !cells.is_empty() {
            sheets.insert(name, cells);
        }
    }
    sheets
}
