//! Hostile packages: each gives its own error, and nothing large is allocated.

// The lints know tests, but not the helpers of tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use crate::support::{Parts, relationships, text, too_large, utf16, value};
use sporskifte::workbook::{FileGuess, Hazard, Limits, Quantity, ReadError, read, recognise};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

#[test]
fn a_wrong_count_of_strings_is_no_reason_to_refuse_them_or_to_make_room() {
    let row = r#"<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>"#;
    for count in ["9000000000", "99999999999999999999", "-1", "100", "1", "0", "", "mange"] {
        for attribute in ["uniqueCount", "count"] {
            let strings = format!(r#"{attribute}="{count}""#);
            let parts = Parts::new().strings(&strings, "<si><t>a</t></si><si><t>b</t></si>").rows(row);
            let sheet = parts.sheet();
            assert_eq!((value(&sheet, "A1"), value(&sheet, "B1")), (text("a"), text("b")), "{strings}");
        }
    }
}

#[test]
fn strings_are_bounded_by_how_many_there_are_whatever_is_declared() {
    let limits = Limits { shared_strings: 2, ..Limits::default() };
    let parts = Parts::new().strings(r#"uniqueCount="1""#, &"<si/>".repeat(3));
    assert_eq!(too_large(read(parts.zip(), &limits).map(|open| open.workbook)), Quantity::SharedStrings);
}

#[test]
fn a_shared_formula_with_an_impossible_number_is_refused() {
    for index in ["4000000000", "x", ""] {
        let cell = format!(r#"<row><c r="A1"><f t="shared" si="{index}" ref="A1:A2">B1</f></c></row>"#);
        assert_eq!(Parts::new().rows(&cell).hazard(), Hazard::SharedFormulaIndex(index.into()));
    }
}

#[test]
fn rows_cells_and_ranges_outside_of_a_sheet_are_refused() {
    for (rows, reference) in [
        (r#"<row r="4000000000"><c><v>1</v></c></row>"#, "4000000000"),
        (r#"<row r="0"/>"#, "0"),
        (r#"<row r="1"><c r="A4000000000"><v>1</v></c></row>"#, "A4000000000"),
        (r#"<row r="1"><c r="XFE1"><v>1</v></c></row>"#, "XFE1"),
        (r#"<row r="1"><c r="ZZZZZZZZZZZZ1"/></row>"#, "ZZZZZZZZZZZZ1"),
        (r#"<row r="1"><c r="A1"><f t="shared" si="0" ref="B2:A1">1</f></c></row>"#, "B2:A1"),
    ] {
        assert_eq!(Parts::new().rows(rows).hazard(), Hazard::Reference(reference.into()));
    }
    let merged = "<worksheet><sheetData/><mergeCells><mergeCell ref='A1:XFE9'/></mergeCells></worksheet>";
    let parts = Parts::new().with("xl/worksheets/sheet1.xml", merged);
    assert_eq!(parts.hazard(), Hazard::Reference("A1:XFE9".into()));
}

#[test]
fn cells_that_run_out_of_the_sheet_without_a_reference_are_refused() {
    let rows = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c><c><v>2</v></c></row>"#;
    assert!(matches!(Parts::new().rows(rows).hazard(), Hazard::Reference(_)));
}

#[test]
fn bombs_are_bounded_before_they_are_inflated() {
    let limits = Limits { part_bytes: 100_000, total_bytes: 250_000, ..Limits::default() };
    let read = |parts: &Parts| read(parts.zip(), &limits).map(|open| open.workbook);
    let long = "x".repeat(200_000);
    let strings = Parts::new().strings("", &format!("<si><t>{long}</t></si>"));
    assert_eq!(too_large(read(&strings)), Quantity::PartBytes);
    let styles = Parts::new().with("xl/styles.xml", format!("<styleSheet><!--{long}--></styleSheet>"));
    assert_eq!(too_large(read(&styles)), Quantity::PartBytes);

    let comment = format!("<!--{}-->", "x".repeat(90_000));
    let many = Parts::new()
        .with("xl/styles.xml", format!("<styleSheet>{comment}</styleSheet>"))
        .strings("", &comment)
        .rows(&comment);
    assert_eq!(too_large(read(&many)), Quantity::TotalBytes);
}

#[test]
fn a_wrongly_declared_size_does_not_pass_the_limit() {
    let limits = Limits { part_bytes: 100_000, ..Limits::default() };
    let parts = Parts::new().strings("", &format!("<si><t>{}</t></si>", "x".repeat(200_000)));
    let mut bytes = parts.zip().to_vec();
    for header in ["PK\u{1}\u{2}", "PK\u{3}\u{4}"] {
        let size_offset = if header.as_bytes()[2] == 1 { 24 } else { 22 };
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, window)| *window == header.as_bytes()).map(|(at, _)| at).collect();
        for at in places {
            bytes[at + size_offset..at + size_offset + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
    }
    assert!(read(Arc::from(bytes), &limits).is_err());
}

#[test]
fn many_formats_of_cells_are_refused() {
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(70_000));
    assert_eq!(too_large(Parts::new().with("xl/styles.xml", styles).read()), Quantity::CellFormats);
}

#[test]
fn one_text_named_by_every_cell_is_bounded() {
    let limits = Limits { text_bytes: 100_000, ..Limits::default() };
    let cells: Vec<String> =
        (1..=1000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let parts = Parts::new().strings("", &format!("<si><t>{}</t></si>", "x".repeat(1000))).rows(&cells.concat());
    let result = read(parts.zip(), &limits).map(|open| open.workbook);
    assert_eq!(too_large(result), Quantity::TextBytes);
}

#[test]
fn a_text_longer_than_a_cell_holds_is_refused() {
    let parts = Parts::new()
        .strings("", &format!("<si><t>{}</t></si>", "x".repeat(40_000)))
        .rows(r#"<row><c t="s"><v>0</v></c></row>"#);
    assert_eq!(too_large(parts.read()), Quantity::TextChars);
}

#[test]
fn cells_sheets_merged_regions_and_entries_are_bounded() {
    let cells = Parts::new().rows(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(11)));
    let read_with = |parts: &Parts, limits: Limits| too_large(read(parts.zip(), &limits).map(|open| open.workbook));
    assert_eq!(read_with(&cells, Limits { cells: 10, ..Limits::default() }), Quantity::Cells);

    let sheets = r#"<workbook><sheets><sheet name="a" id="rId1"/><sheet name="b" id="rId1"/></sheets></workbook>"#;
    let sheets = Parts::new().with("xl/workbook.xml", sheets);
    assert_eq!(read_with(&sheets, Limits { sheets: 1, ..Limits::default() }), Quantity::Sheets);
    assert!(sheets.detail().contains("two sheets share this part"));

    let merged = format!("<worksheet><sheetData/>{}</worksheet>", r#"<mergeCell ref="A1:B1"/>"#.repeat(3));
    let merged = Parts::new().with("xl/worksheets/sheet1.xml", merged);
    assert_eq!(read_with(&merged, Limits { merged_ranges: 2, ..Limits::default() }), Quantity::MergedRanges);
    assert_eq!(read_with(&Parts::new(), Limits { entries: 4, ..Limits::default() }), Quantity::Entries);
    assert_eq!(read_with(&Parts::new(), Limits { file_bytes: 10, ..Limits::default() }), Quantity::FileBytes);
}

#[test]
fn a_document_type_is_refused_in_every_part_and_encoding() {
    let doctype = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>"#;
    for (name, content) in Parts::new().0 {
        let content = String::from_utf8(content).unwrap();
        let bent = format!("{doctype}{content}");
        assert_eq!(Parts::new().with(&name, bent.clone()).hazard(), Hazard::DocumentType, "{name}");
        assert_eq!(Parts::new().with(&name, utf16(&bent)).hazard(), Hazard::DocumentType, "{name}");
    }
}

#[test]
fn one_wrong_byte_in_a_part_is_found_by_its_checksum() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in Parts::new().0 {
        zip.start_file(name, stored).unwrap();
        zip.write_all(&content).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    let place = bytes.windows(8).position(|window| window == b"<v>1</v>").unwrap();
    bytes[place + 3] = b'9';
    assert!(matches!(read(Arc::from(bytes), &Limits::default()), Err(ReadError::Damaged { .. })));
}

#[test]
fn values_that_two_readers_would_read_differently_are_refused() {
    for cell in [
        r#"<c r="A1"><v>1<!-- -->00</v></c>"#,
        r#"<c r="A1"><v>1<x/>00</v></c>"#,
        r#"<c r="A1" t="str"><v>te<!-- -->kst</v></c>"#,
        r#"<c r="A1"><f>1<!-- -->1</f><v>2</v></c>"#,
    ] {
        let parts = Parts::new().rows(&format!("<row>{cell}</row>"));
        assert!(matches!(parts.hazard(), Hazard::BrokenValue(_)), "{cell}");
    }
}

#[test]
fn two_entries_that_one_name_could_mean_are_refused() {
    let parts = Parts::new().with("XL\\worksheets\\SHEET1.xml", "<worksheet><sheetData/></worksheet>");
    assert_eq!(parts.hazard(), Hazard::DuplicateEntry);
}

#[test]
fn an_index_of_a_string_that_is_not_there_is_an_error_with_its_place() {
    let parts = Parts::new().strings("", "").rows(r#"<row><c r="A1"><v>1</v></c><c r="B1" t="s"><v>7</v></c></row>"#);
    assert!(parts.detail().starts_with("xl/worksheets/sheet1.xml: after A1"), "{}", parts.detail());
}

#[test]
fn missing_parts_and_sheets_are_told() {
    let rels = relationships(&[("rId1", "worksheet", "worksheets/sheet9.xml")]);
    let parts = Parts::new().with("xl/_rels/workbook.xml.rels", rels);
    assert_eq!(parts.detail(), "xl/worksheets/sheet9.xml: the part is missing");
    let parts = Parts::new().with("xl/workbook.xml", "<workbook><sheets/></workbook>");
    assert_eq!(parts.read().unwrap_err(), ReadError::NoWorksheets);
}

#[test]
fn what_is_no_workbook_is_named() {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let word = Parts::new().with("[Content_Types].xml", format!(r#"<Types ContentType="{word}"/>"#)).zip();
    let mut zip = Parts(Vec::new());
    zip.set("note.txt", "hej");
    for (bytes, guess) in [
        (b"<!DOCTYPE html><html>".as_slice(), FileGuess::Html),
        (b"\xEF\xBB\xBF \n<table><tr>", FileGuess::Html),
        (b"<?xml version=\"1.0\"?><faktura/>", FileGuess::Xml),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", FileGuess::OtherSpreadsheet),
        (
            b"<?xml version=\"1.0\"?><office:document xmlns:table=\"t\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><table:table/>",
            FileGuess::OtherSpreadsheet,
        ),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", FileGuess::OtherSpreadsheet),
        (b"\x00\x00\x02\x00\x06\x04\x06\x00", FileGuess::OtherSpreadsheet),
        (b"\x09\x08\x08\x00\x00\x05\x10\x00", FileGuess::OtherSpreadsheet),
        (b"ID;PWXL;N;E\nP;PGeneral\n", FileGuess::OtherSpreadsheet),
        ("Nr.;Medarbejder;Timeløn\n1;AB;312,50".as_bytes(), FileGuess::Csv),
        (&utf16("Nr.\tMedarbejder\n"), FileGuess::Csv),
        (b"K\xE6re STAR", FileGuess::Text),
        (b"%PDF-1.7", FileGuess::Pdf),
        (b"\x89PNG\r\n", FileGuess::Image),
        (b"\x00\x01\x02\x03", FileGuess::Unknown),
        (&word, FileGuess::TextDocument),
        (&zip.zip(), FileGuess::Zip),
    ] {
        let error = recognise(&Arc::from(bytes), &Limits::default()).unwrap_err();
        assert_eq!(error, ReadError::NotAWorkbook(guess), "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(recognise(&Arc::from(b"".as_slice()), &Limits::default()), Err(ReadError::Empty));
}

#[test]
fn an_attribute_given_twice_is_damage() {
    for rows in [
        r#"<row><c r="A1" r="A4000000000"><v>1</v></c></row>"#,
        r#"<row r="1" r="4000000000"/>"#,
        r#"<row><c r="A1"><f t="shared" si="0" x:si="4000000000" ref="A1">1</f></c></row>"#,
    ] {
        assert!(Parts::new().rows(rows).detail().contains("two attributes"), "{rows}");
    }
}

#[test]
fn what_a_cell_or_a_text_cannot_hold_is_damage() {
    for rows in [
        r#"<row><c r="A1" t="q"><v>1</v></c></row>"#,
        r#"<row><c r="A1" t="b"><v>ja</v></c></row>"#,
        r#"<row><c r="A1" t="n"><v>1,5</v></c></row>"#,
        r#"<row><c r="A1" t="s"><v>0x0</v></c></row>"#,
        r#"<row><c r="A1"><w><v>1</v></w></c></row>"#,
        r#"<row><c r="A1" t="str"><v>&nbsp;</v></c></row>"#,
        "<row><c r=A1><v>1</v></c></row>",
        r#"<row><c r="A1" t="inlineStr"><is><t>a<t>b</t></t></is></c></row>"#,
    ] {
        let detail = Parts::new().strings("", "<si><t>a</t></si>").rows(rows).detail();
        assert!(detail.starts_with("xl/worksheets/sheet1.xml: "), "{rows}: {detail}");
    }
    let nested = Parts::new().strings("", "<si><si><t>a</t></si></si>");
    assert!(nested.detail().contains("a text within a text"));
}
