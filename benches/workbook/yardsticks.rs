//! What our reading is held against.

use std::hint::black_box;
use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};
use quick_xml::events::Event;
use zip::ZipArchive;

/// The parts of a package that a reader of cells must look at.
fn holds_cells(name: &str) -> bool {
    let fixed = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"];
    let tables = ["xl/sharedStrings.xml", "xl/styles.xml"];
    fixed.contains(&name) || tables.contains(&name) || name.starts_with("xl/worksheets/sheet")
}

/// Inflates and tokenises the parts that hold cells, once; gives the number of events.
pub fn floor(bytes: &[u8]) -> usize {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut events = 0;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).expect("an entry");
        if !entry.name().is_ok_and(|name| holds_cells(&name)) {
            continue;
        }
        let mut text = String::with_capacity(usize::try_from(entry.size()).unwrap_or(0));
        entry.read_to_string(&mut text).expect("a part in UTF-8");
        let mut reader = quick_xml::Reader::from_str(&text);
        while !matches!(black_box(reader.read_event()).expect("well-formed XML"), Event::Eof) {
            events += 1;
        }
    }
    events
}

/// calamine's streaming read of all values with their formulas; gives the number of cells.
pub fn calamine(bytes: &[u8]) -> usize {
    let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut cells = 0;
    for name in xlsx.sheet_names() {
        let mut reader = xlsx.worksheet_cells_reader(&name).expect("a worksheet");
        while let Some(cell) = black_box(reader.next_cell_with_formula().expect("a cell")) {
            black_box(cell);
            cells += 1;
        }
    }
    cells
}
