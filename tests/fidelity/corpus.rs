//! The files of many producers, and the copies with about twenty marks each.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use calamine::{Reader as _, SheetType, Xlsx};
use sporskifte::annotate::{
    Annotated, Annotation, ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle, Mark, annotate,
};
use sporskifte::finding::Severity;
use sporskifte::workbook::{Limits, Package};

/// Cells with and without content, a style, a note or a validation; a merged region by its first and its last cell;
/// cells of rows and columns that are hidden or not there. (Not the last cell of all: LibreOffice takes half a minute to save a note there.)
const MARKED_FIRST: [&str; 20] = [
    "A1", "A9", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C20", "D2", "D3", "D8", "E3", "F4", "G6", "H7",
    "AZ900", "CV1200",
];
const MARKED_SECOND: [&str; 3] = ["A1", "B2", "K40"];

/// One file of the corpus.
pub(crate) struct Sender {
    /// The name of the file.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Sender {
    /// The names of the worksheets.
    pub(crate) fn worksheets(&self) -> Vec<String> {
        let workbook = Xlsx::new(Cursor::new(self.bytes.as_slice())).unwrap();
        let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets.map(|sheet| sheet.name.clone()).collect()
    }

    /// The copy with marks.
    pub(crate) fn annotated(&self) -> Annotated {
        annotated(&self.bytes, &self.marks())
    }

    fn marks(&self) -> Vec<Mark> {
        let cells = [MARKED_FIRST.as_slice(), MARKED_SECOND.as_slice()];
        let sheets = self.worksheets();
        sheets.iter().zip(cells).flat_map(|(sheet, cells)| marks(sheet, cells)).collect()
    }
}

/// The folder of the files.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fidelity/files"))
}

/// All files, by name.
pub(crate) fn senders() -> Vec<Sender> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "md"));
    paths.sort();
    let sender = |path: PathBuf| Sender {
        name: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: fs::read(&path).unwrap(),
    };
    paths.into_iter().map(sender).collect()
}

/// The copy of a workbook with some marks.
pub(crate) fn annotated(bytes: &[u8], marks: &[Mark]) -> Annotated {
    let package = Package::open(Arc::from(bytes), &Limits::default()).unwrap();
    annotate(&package, &Annotation { marks, control: &control() }).unwrap()
}

fn marks(sheet: &str, cells: &[&str]) -> Vec<Mark> {
    let severities = [Severity::Error, Severity::Warning, Severity::Review];
    let mark = |(cell, severity): (&&str, Severity)| Mark {
        sheet: sheet.to_owned(),
        cell: cell.parse().unwrap(),
        severity,
        code: "P309".into(),
        note: "Fundet: 5\nForventet: 6\nRet <tallet> & gem.".into(),
    };
    cells.iter().zip(severities.into_iter().cycle()).map(mark).collect()
}

fn control() -> ControlSheet {
    let cells = vec![ControlCell { content: ControlContent::Text("Kontrol".into()), style: ControlStyle::Title }];
    ControlSheet { column_widths: vec![20, 40], rows: vec![ControlRow { cells, lines: 1, header: true }] }
}
