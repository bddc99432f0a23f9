//! Marks the first cell of each sheet of any workbooks, forms or not, to see whether copies of files that others made
//! stay whole: `cargo run --release --example mark_any -- FOLDER FILES…` writes the copies to the folder, and one line
//! for each file: its format and what became of it, separated by tabs.

use std::path::{Path, PathBuf};

use sporskifte::annotate::{Annotation, ControlSheet, Mark, annotate, rebuild};
use sporskifte::finding::Severity;
use sporskifte::intake;
use sporskifte::workbook::{CellAddress, Limits, OpenWorkbook};

fn main() {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = paths.next().unwrap_or_else(|| "kontrol".into());
    for path in paths {
        let outcome = copy(&path, &folder).unwrap_or_else(|reason| format!("-\t{reason}"));
        println!("{}\t{}", path.display(), outcome.replace('\n', " "));
    }
}

/// Writes the marked copy of a file under its own name.
fn copy(path: &Path, folder: &Path) -> Result<String, String> {
    let limits = Limits::default();
    let bytes = intake::read_bytes(path, &limits).map_err(|error| format!("{error:?}"))?;
    let opened = intake::open(bytes, &limits).map_err(|error| format!("{error:?}"))?;
    let format = format!("{:?}", opened.workbook.format);
    match marked(&opened) {
        Ok(copy) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            std::fs::write(folder.join(name), copy).map_err(|error| error.to_string())?;
            Ok(format!("{format}\tcopied"))
        }
        Err(reason) => Ok(format!("{format}\tnot copied: {reason}")),
    }
}

fn marked(opened: &OpenWorkbook) -> Result<Vec<u8>, String> {
    let mark = |sheet: &str| Mark {
        sheet: sheet.to_owned(),
        cell: opened.workbook.sheet(sheet).and_then(|sheet| sheet.cells().first()).map_or(CORNER, |cell| cell.address),
        severity: Severity::Error,
        code: "P309".to_owned(),
        note: "Fundet: 5\nForventet: 6".to_owned(),
    };
    let marks: Vec<Mark> = opened.workbook.sheets.iter().map(|sheet| mark(&sheet.name)).collect();
    let control = ControlSheet { column_widths: vec![20], rows: Vec::new() };
    let annotation = Annotation { marks: &marks, control: &control };
    let annotated = match &opened.package {
        Some(package) => annotate(package, &annotation),
        None => rebuild(&opened.workbook, &annotation),
    };
    annotated.map(|annotated| annotated.bytes).map_err(|error| error.to_string())
}

/// A1, which a sheet without cells has too.
const CORNER: CellAddress = CellAddress { row: 0, column: 0 };
