//! Hostile and odd packages: each gives its own error, or the workbook it means, and nothing large is allocated.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use sporskifte::workbook::{
    CellAddress, CellValue, DateSystem, FileGuess, Hazard, Limits, Package, Quantity, ReadError, Sheet, Workbook,
    WorkbookFormat, read, recognise,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const XLSX_MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const XLSM_MAIN: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a small package, which each test bends as it needs.
struct Parts(Vec<(String, Vec<u8>)>);

impl Parts {
    fn new() -> Self {
        let mut parts = Self(Vec::new());
        parts.set(
            "[Content_Types].xml",
            format!(r#"<Types><Override PartName="/xl/workbook.xml" ContentType="{XLSX_MAIN}"/></Types>"#),
        );
        parts.set("_rels/.rels", relationships(&[("rId1", "officeDocument", "xl/workbook.xml")]));
        parts.set(
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        );
        parts.set(
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "styles", "styles.xml"),
            ]),
        );
        parts.rows(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#)
    }

    fn set(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), content.into()));
    }

    fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.set(name, content);
        self
    }

    fn renamed(mut self, from: &str, to: &str) -> Self {
        self.0.iter_mut().find(|(name, _)| name == from).unwrap().0 = to.to_owned();
        self
    }

    fn rows(self, rows: &str) -> Self {
        self.with("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    }

    fn strings(self, attributes: &str, strings: &str) -> Self {
        self.with("xl/sharedStrings.xml", format!("<sst {attributes}>{strings}</sst>"))
    }

    fn zip(&self) -> Arc<[u8]> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        Arc::from(zip.finish().unwrap().into_inner())
    }

    fn read(&self) -> Result<Workbook, ReadError> {
        read(self.zip(), &Limits::default()).map(|open| open.workbook)
    }

    fn sheet(&self) -> Sheet {
        self.read().unwrap().sheets.remove(0)
    }

    fn hazard(&self) -> Hazard {
        match self.read() {
            Err(ReadError::Hazardous { hazard, .. }) => hazard,
            other => panic!("no hazard but {other:?}"),
        }
    }

    fn detail(&self) -> String {
        match self.read() {
            Err(ReadError::Damaged { part, detail }) => format!("{part}: {detail}"),
            other => panic!("no damage but {other:?}"),
        }
    }
}

fn relationships(lines: &[(&str, &str, &str)]) -> String {
    let lines: String = lines
        .iter()
        .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#))
        .collect();
    format!("<Relationships>{lines}</Relationships>")
}

fn value(sheet: &Sheet, address: &str) -> CellValue {
    sheet.cell(address.parse().unwrap()).map_or(CellValue::Empty, |cell| cell.value.clone())
}

fn formula(sheet: &Sheet, address: &str) -> Option<String> {
    sheet.cell(address.parse().unwrap()).and_then(|cell| cell.formula.clone())
}

fn number(value: i64) -> CellValue {
    CellValue::Number(value.into())
}

fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn too_large(result: Result<Workbook, ReadError>) -> Quantity {
    match result {
        Err(ReadError::TooLarge { what, found, limit }) if found > limit => what,
        other => panic!("not too large but {other:?}"),
    }
}

#[test]
fn the_plain_package_is_read() {
    assert_eq!(value(&Parts::new().sheet(), "A1"), number(1));
}

#[test]
fn the_far_corners_of_a_sheet_are_two_cells() {
    let sheet = Parts::new()
        .rows(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#)
        .sheet();
    assert_eq!(sheet.cells().len(), 2);
    assert_eq!(value(&sheet, "XFD1048576"), number(2));
}

#[test]
fn a_count_of_strings_that_cannot_be_is_refused_before_room_is_made() {
    for count in ["9000000000", "99999999999999999999", "-1", "100"] {
        let parts = Parts::new().strings(&format!(r#"uniqueCount="{count}""#), "<si><t>a</t></si>");
        assert_eq!(parts.hazard(), Hazard::StringCount(count.into()));
    }
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
fn a_reversed_or_senseless_dimension_does_no_harm() {
    for dimension in ["XFD1048576:A1", "", "A1:B2:C3", "A9999999999"] {
        let sheet = format!(
            r#"<worksheet><dimension ref="{dimension}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#
        );
        let sheet = Parts::new().with("xl/worksheets/sheet1.xml", sheet).sheet();
        assert_eq!(value(&sheet, "A1"), number(1));
    }
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
    let limits = Limits { total_bytes: 100_000, ..Limits::default() };
    let cells: String =
        (1..=1000).map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#)).collect();
    let parts = Parts::new().strings("", &format!("<si><t>{}</t></si>", "x".repeat(1000))).rows(&cells);
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
        r#"<c r="A1"><v>1&#48;0</v></c>"#,
        r#"<c r="A1"><v><![CDATA[100]]></v></c>"#,
        r#"<c r="A1" t="str"><v><![CDATA[tekst]]></v></c>"#,
        r#"<c r="A1"><f><![CDATA[1+1]]></f><v>2</v></c>"#,
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
fn names_in_other_case_and_with_backslashes_are_found() {
    let parts = Parts::new()
        .strings("", "<si><t>navn</t></si>")
        .rows(r#"<row><c r="A1" t="s"><v>0</v></c></row>"#)
        .renamed("xl/sharedStrings.xml", "xl\\SharedStrings.xml")
        .renamed("xl/worksheets/sheet1.xml", "XL\\Worksheets\\Sheet1.XML")
        .renamed("[Content_Types].xml", "[content_types].xml");
    assert_eq!(value(&parts.sheet(), "A1"), text("navn"));
}

#[test]
fn strings_and_styles_are_found_by_their_relationships() {
    let parts = Parts::new()
        .with(
            "xl/_rels/workbook.xml.rels",
            relationships(&[
                ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "../elsewhere/tekster.xml"),
                ("rId3", "styles", "/elsewhere/formater.xml"),
            ]),
        )
        .with("elsewhere/tekster.xml", "<sst><si><t>navn</t></si></sst>")
        .with(
            "elsewhere/formater.xml",
            r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        )
        .rows(r#"<row><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46053</v></c></row>"#);
    assert_eq!(value(&parts.sheet(), "A1"), text("navn"));
    assert_eq!(value(&parts.sheet(), "B1"), CellValue::Date(46053.into()));
}

#[test]
fn utf16_parts_prefixes_and_strict_namespaces_are_read() {
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let rels = relationships(&[("rId1", "worksheet", "worksheets/sheet1.xml")]).replace(TYPES, strict);
    let sheet = r#"<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c r="A1" t="inlineStr"><x:is><x:t>æøå</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#;
    let root = relationships(&[("rId1", "officeDocument", "/xl/workbook.xml")]).replace(TYPES, strict);
    let parts = Parts::new()
        .with("xl/_rels/workbook.xml.rels", utf16(&rels))
        .with("_rels/.rels", root)
        .with("xl/worksheets/sheet1.xml", utf16(sheet));
    assert_eq!(value(&parts.sheet(), "A1"), text("æøå"));
    let package = Package::open(parts.zip(), &Limits::default()).unwrap();
    let part = String::from_utf8(package.part("xl/worksheets/sheet1.xml").unwrap().to_vec()).unwrap();
    assert!(part.starts_with(r#"<?xml version="1.0" encoding="UTF-8""#), "{part}");
}

#[test]
fn shared_formulas_reach_every_cell_of_their_group() {
    let sheet = Parts::new()
        .rows(concat!(
            r#"<row r="1"><c r="A1"><f t="shared" si="0"/><v>0</v></c></row>"#,
            r#"<row r="2"><c r="A2"><f t="shared" si="0" ref="A1:A3">B2*$C$1</f><v>1</v></c></row>"#,
            r#"<row r="3"><c r="A3"><f t="shared" si="0"/></c></row>"#,
        ))
        .sheet();
    assert_eq!(formula(&sheet, "A1").as_deref(), Some(""), "its text comes later in the sheet");
    assert_eq!(formula(&sheet, "A2").as_deref(), Some("B2*$C$1"));
    assert_eq!(formula(&sheet, "A3").as_deref(), Some("B3*$C$1"));
    assert_eq!(value(&sheet, "A3"), CellValue::Empty);
}

#[test]
fn error_values_that_calamine_does_not_know_are_kept() {
    let sheet = Parts::new()
        .rows(r##"<row><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="e"><v>#CALC!</v></c></row>"##)
        .sheet();
    for (address, error) in [("A1", "#SPILL!"), ("B1", "#REF!"), ("C1", "#CALC!")] {
        assert_eq!(value(&sheet, address), CellValue::Error(error.into()));
    }
}

#[test]
fn dates_are_counted_from_1904_where_the_workbook_says_so() {
    let workbook =
        r#"<workbook><workbookPr date1904="true"/><sheets><sheet name="Budget" id="rId1"/></sheets></workbook>"#;
    let parts = Parts::new()
        .with("xl/workbook.xml", workbook)
        .with("xl/styles.xml", r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>"#)
        .rows(r#"<row><c r="A1" s="0"><v>44591.5</v></c><c r="B1" t="d"><v>1904-01-02</v></c></row>"#);
    let workbook = parts.read().unwrap();
    assert_eq!(workbook.date_system, DateSystem::From1904);
    assert_eq!(value(&workbook.sheets[0], "A1"), CellValue::Date("44591.5".parse().unwrap()));
    assert_eq!(value(&workbook.sheets[0], "B1"), CellValue::Date(1.into()));
}

#[test]
fn cells_without_references_stand_one_after_the_other() {
    let sheet = Parts::new().rows("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>").sheet();
    let places: Vec<CellAddress> = sheet.cells().iter().map(|cell| cell.address).collect();
    assert_eq!(places, ["A1", "C1", "A2"].map(|address| address.parse().unwrap()));
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
fn macros_and_links_to_other_workbooks_are_told() {
    let rels = relationships(&[
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "vbaProject", "vbaProject.bin"),
        ("rId3", "externalLink", "externalLinks/externalLink1.xml"),
        ("rId4", "externalLink", "externalLinks/externalLink2.xml"),
    ]);
    let types = format!(r#"<Types><Override PartName="/xl/workbook.xml" ContentType="{XLSM_MAIN}"/></Types>"#);
    let parts = Parts::new().with("xl/_rels/workbook.xml.rels", rels).with("[Content_Types].xml", types);
    let workbook = parts.read().unwrap();
    assert_eq!(workbook.format, WorkbookFormat::Xlsm);
    assert!(workbook.has_macros);
    assert_eq!(workbook.external_links, 2);
    assert!(!Parts::new().read().unwrap().has_macros);
}

#[test]
fn a_package_resolves_its_relationships_to_names_as_they_stand() {
    let parts = Parts::new()
        .with("xl/worksheets/_rels/sheet1.xml.rels", relationships(&[("rId1", "comments", "../Comments1.xml")]))
        .with("xl/comments1.xml", "<comments/>")
        .with("xl/media/image1.png", b"\x89PNG".as_slice());
    let package = Package::open(parts.zip(), &Limits::default()).unwrap();
    assert_eq!(package.main_part().unwrap(), "xl/workbook.xml");
    let targets = package.relationships("xl/worksheets/sheet1.xml").unwrap();
    assert_eq!(targets[0].target, "xl/comments1.xml");
    assert_eq!(package.part("xl/comments1.xml"), Some(b"<comments/>".as_slice()));
    assert!(package.contains("xl/media/image1.png"));
    assert_eq!(package.part("xl/media/image1.png"), None, "pictures are not inflated");
    assert_eq!(package.part_names().count(), 8);
    assert_eq!(package.bytes(), &*parts.zip());
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
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>", FileGuess::Xml),
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
