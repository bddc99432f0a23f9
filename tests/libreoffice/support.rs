//! Workbooks opened and saved by LibreOffice, which recalculates them.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

/// Tells LibreOffice to recalculate workbooks of Excel's format whenever it opens one.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

pub(crate) type Grid = Vec<(String, (u32, u32), Data)>;

/// Opens and saves the workbooks of a folder, recalculated, to another of the same names.
pub(crate) fn convert(folder: &Path, out: &Path) {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).unwrap();
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).collect();
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(out)
        .args(&files)
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    assert_eq!(fs::read_dir(out).unwrap().count(), files.len(), "LibreOffice left files out");
}

/// The cells with a formula, and the values stored with them.
pub(crate) fn formulas(bytes: &[u8]) -> Grid {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut cells = Vec::new();
    for sheet in workbook.sheet_names() {
        let values = workbook.worksheet_range(&sheet).unwrap();
        let formulas = workbook.worksheet_formula(&sheet).unwrap();
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, _) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
            let address = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            cells.push((sheet.clone(), address, values.get_value(address).cloned().unwrap_or_default()));
        }
    }
    cells
}

/// Compares formula by formula, to the øre; gives the recalculated ones.
pub(crate) fn compare(expected: &Grid, recalculated: &[u8], file: &str) -> Grid {
    let found = formulas(recalculated);
    assert_eq!(expected.len(), found.len(), "{file}: the number of formulas");
    for ((sheet, address, ours), (_, same_address, theirs)) in expected.iter().zip(&found) {
        assert_eq!(address, same_address, "{file}, {sheet}");
        assert_eq!(in_ore(ours), in_ore(theirs), "{file}, {sheet}, row and column (from 0) {address:?}");
    }
    found
}

/// A number in whole øre, anything else as its text; no text and no value look the same.
fn in_ore(value: &Data) -> Result<String, String> {
    match value {
        Data::Float(number) => Ok(format!("{number:.2}")),
        Data::Int(number) => Ok(format!("{number}.00")),
        other => Err(other.to_string()),
    }
}
