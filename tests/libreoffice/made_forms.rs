//! The workbooks that `import`, `accounts`, `overview` and `upgrade` make open in LibreOffice as they were written: the same
//! values once they are recalculated, no error, the form's own formulas.

use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use sporskifte::batch::Settings;
use sporskifte::export::FormContent;
use sporskifte::language::Language;
use sporskifte::library::{check_bytes, export};

use super::support::{compare, convert, formulas};

/// The samples of cases that are right, of values typed over formulas, of a full form and of a moved table. Not that of
/// text in amounts: Danish Excel calculates with `1.850,00`, LibreOffice does not in every language.
const CASES: [&str; 8] = [
    "01-ren-sag-2019",
    "02-ren-sag-2020",
    "03-ren-sag-2023",
    "04-ren-sag-2024",
    "06-overskrevet-formel",
    "14-45-pakker",
    "16-flyttet-tabel",
    "17-udbetaling-over-tilsagn",
];

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn cases_imported_from_json_hold_the_same_values_in_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let (forms, out) = (folder.path().join("forms"), folder.path().join("out"));
    fs::create_dir(&forms).unwrap();
    for name in CASES {
        let case = sporskifte(&["export", &format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))]);
        let json = folder.path().join("case.json");
        fs::write(&json, case).unwrap();
        let made = folder.path().join(name);
        sporskifte(&["import", json.to_str().unwrap(), "--out", made.to_str().unwrap()]);
        for entry in fs::read_dir(made).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), forms.join(format!("{name} {}", entry.file_name().to_str().unwrap()))).unwrap();
        }
    }
    assert!(assert_same_in_libreoffice(&forms, &out) > 15);
}

#[test]
#[ignore = "needs LibreOffice: run by .ci/run"]
fn forms_made_from_others_hold_the_same_values_in_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let (forms, out) = (folder.path().join("forms"), folder.path().join("out"));
    fs::create_dir(&forms).unwrap();
    let target = |name: &str| forms.join(name).to_str().unwrap().to_owned();
    for (year, file) in [("01-ren-sag-2019", "Budget.xlsx"), ("03-ren-sag-2023", "Bilag 1.xlsx")] {
        let budget = format!("{}/samples/{year}/{file}", env!("CARGO_MANIFEST_DIR"));
        let accounts = target(&format!("{year} accounts.xlsx"));
        sporskifte(&["accounts", &budget, "--grant-date", "2023-06-01", "--amount", "150000", "--out", &accounts]);
        sporskifte(&["overview", &budget, "--out", &target(&format!("{year} overview.xlsx"))]);
        sporskifte(&["upgrade", &budget, "--out", &target(&format!("{year} upgrade.xlsx"))]);
    }
    assert_eq!(assert_same_in_libreoffice(&forms, &out), 6);
}

/// Runs the program; 1 is for what is left to fill in.
fn sporskifte(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_sporskifte")).args(arguments).output().unwrap();
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Holds each workbook to what LibreOffice makes of it; gives how many there are.
fn assert_same_in_libreoffice(forms: &Path, out: &Path) -> usize {
    convert(forms, out);
    let saved: Vec<_> = fs::read_dir(out).unwrap().map(Result::unwrap).collect();
    for entry in &saved {
        let file = entry.file_name().to_str().unwrap().to_owned();
        let [ours, theirs] = [forms.join(&file), entry.path()].map(|path| fs::read(path).unwrap());
        compare(&formulas(&ours), &theirs, &file);
        assert_eq!(errors(&theirs), [""; 0], "{file}");
        assert_eq!(content(theirs), content(ours), "{file}");
    }
    saved.len()
}

/// The cells with an error value.
fn errors(workbook: &[u8]) -> Vec<String> {
    let mut workbook = Xlsx::new(std::io::Cursor::new(workbook)).unwrap();
    let sheets = workbook.worksheets();
    let in_sheet = |(name, range): &(String, calamine::Range<Data>)| -> Vec<String> {
        let cells = range.used_cells().filter(|(_, _, value)| matches!(value, Data::Error(_)));
        cells.map(|(row, column, value)| format!("{name} {row} {column}: {value}")).collect()
    };
    sheets.iter().flat_map(in_sheet).collect()
}

/// What the form says, with its cells, and which values and formulas are not the form's own.
fn content(workbook: Vec<u8>) -> FormContent {
    let settings = Settings { keeps_content: true, ..Settings::embedded().unwrap() };
    let report = check_bytes(vec![("a.xlsx".to_owned(), workbook.into())], &settings);
    export(&report, Language::Danish).unwrap().remove(0).files.remove(0).form.unwrap()
}
