//! The formats that calamine reads from the sender's own bytes: their hazards, and containers that hold no workbook.

// The lints know tests, but not the helpers of tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use sporskifte::workbook::{
    CellValue, DateSystem, FileGuess, Hazard, Limits, OpenWorkbook, Quantity, ReadError, WorkbookFormat, read,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const XLS: &[u8] = include_bytes!("files/libreoffice.xls");

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open(bytes: Vec<u8>) -> Result<OpenWorkbook, ReadError> {
    read(Arc::from(bytes), &Limits::default())
}

fn value(open: &OpenWorkbook, address: &str) -> CellValue {
    let cell = open.workbook.sheets[0].cell(address.parse().unwrap());
    cell.map_or(CellValue::Empty, |cell| cell.value.clone())
}

/// What is shown of the cells A to I of a row.
fn shown(open: &OpenWorkbook, row: u32) -> Vec<Option<&str>> {
    let cell = |column| open.workbook.sheets[0].cell(format!("{column}{row}").parse().unwrap()).unwrap();
    ('A'..='I').map(|column| cell(column).shown.as_deref()).collect()
}

/// What each of `files/shown_numbers` shows of its numbers, in row 1 typed and in row 2 computed.
const SHOWN: [Option<&str>; 9] =
    [None, Some("011100"), Some("MA-0017"), None, Some("37:00"), Some("14:48"), None, None, None];

fn quantity(result: Result<OpenWorkbook, ReadError>) -> Quantity {
    match result {
        Err(ReadError::TooLarge { what, .. }) => what,
        other => panic!("not too large but {other:?}"),
    }
}

fn hazard(result: Result<OpenWorkbook, ReadError>) -> Hazard {
    match result {
        Err(ReadError::Hazardous { hazard, .. }) => hazard,
        other => panic!("no hazard but {other:?}"),
    }
}

mod ods {
    use super::*;

    fn with_manifest(rows: &str, manifest: &str) -> Vec<u8> {
        let table = format!(r#"<table:table table:name="Budget">{rows}</table:table>"#);
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
        );
        zipped(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", manifest.as_bytes()),
            ("content.xml", content.as_bytes()),
        ])
    }

    fn with_rows(rows: &str) -> Result<OpenWorkbook, ReadError> {
        super::open(with_manifest(rows, "<manifest:manifest/>"))
    }

    #[test]
    fn a_number_keeps_its_value_and_the_digits_that_its_format_shows() {
        let open = super::open(include_bytes!("files/shown_numbers.ods").to_vec()).unwrap();
        assert_eq!(value(&open, "B1"), CellValue::Number(11_100.into()));
        assert_eq!(value(&open, "E1"), CellValue::Date("1.5416666667".parse().unwrap()));
        assert_eq!((shown(&open, 1), shown(&open, 2)), (SHOWN.to_vec(), SHOWN.to_vec()));
    }

    #[test]
    fn what_is_shown_of_a_repeated_cell_is_shown_in_each_and_notes_are_not() {
        let cell = r#"<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="17"><office:annotation><text:p>Se bilag 9</text:p></office:annotation><text:p>00<text:span>17</text:span></text:p></table:table-cell>"#;
        let open = with_rows(&format!(r#"<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>"#));
        let sheet = &open.unwrap().workbook.sheets[0];
        let shown: Vec<_> =
            sheet.cells().iter().map(|cell| (cell.address.to_string(), cell.shown.as_deref())).collect();
        let expected = ["A1", "B1", "A2", "B2"].map(|address| (address.to_owned(), Some("0017")));
        assert_eq!(shown, expected);
    }

    const ONE: &str = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;

    #[test]
    fn repeated_empty_rows_before_a_cell_are_only_places() {
        let open = with_rows(&format!(
            r#"<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>{ONE}</table:table-row>"#
        ))
        .unwrap();
        assert_eq!(value(&open, "A1001"), CellValue::Number(1.into()));
    }

    #[test]
    fn cells_far_apart_are_refused_before_the_sheet_between_is_made() {
        let far = format!(
            r#"<table:table-row>{ONE}</table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/>{ONE}</table:table-row>"#
        );
        assert_eq!(quantity(with_rows(&far)), Quantity::Places);
    }

    #[test]
    fn many_wide_rows_are_refused_before_they_are_unfolded() {
        let row = format!(
            r#"<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{ONE}</table:table-row>"#
        );
        assert_eq!(quantity(with_rows(&row.repeat(1000))), Quantity::Places);
    }

    #[test]
    fn a_long_text_in_many_repeated_cells_is_refused() {
        let text = "x".repeat(30_000);
        let cell = format!(
            r#"<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>{text}</text:p></table:table-cell></table:table-row>"#
        );
        assert_eq!(quantity(with_rows(&cell)), Quantity::TextBytes);
    }

    #[test]
    fn repetitions_that_cannot_be_are_refused() {
        for count in ["99999999999999999999", "-1", "0", "1048577"] {
            let row = format!(r#"<table:table-row table:number-rows-repeated="{count}">{ONE}</table:table-row>"#);
            assert_eq!(hazard(with_rows(&row)), Hazard::Repetition(count.into()));
        }
        let spaces = r#"<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>"#;
        assert_eq!(hazard(with_rows(spaces)), Hazard::Repetition("4000000000".into()));
    }

    #[test]
    fn white_space_and_comments_between_cells_and_names_mean_nothing() {
        let open = with_rows(&format!(
            "\n <table:table-row>\n  {ONE}\r\n\t<!-- to -->\n  {ONE} </table:table-row>\n <table:named-expressions>\n  <table:named-range table:name=\"n\"/>\n </table:named-expressions>"
        ))
        .unwrap();
        assert_eq!(value(&open, "A1"), CellValue::Number(1.into()));
        assert_eq!(value(&open, "B1"), CellValue::Number(1.into()));
    }

    #[test]
    fn text_between_cells_is_damage() {
        let error = with_rows(&format!("<table:table-row>{ONE} 7 {ONE}</table:table-row>")).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    }

    #[test]
    fn a_sheet_without_rows_is_a_sheet() {
        let rows = format!("<table:table-row>{ONE}</table:table-row>");
        let before = r#"</table:table><table:table table:name="Tomt"/><table:table table:name="Regnskab">"#;
        let open = with_rows(&format!("{before}{rows}")).unwrap();
        let names: Vec<&str> = open.workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Budget", "Tomt", "Regnskab"]);
        assert_eq!(open.workbook.sheets[2].cells().len(), 1);
    }

    #[test]
    fn a_sheet_that_would_be_left_out_is_damage() {
        let rows = format!("</table:table><table:table><table:table-row>{ONE}</table:table-row>");
        let error = with_rows(&rows).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    }

    #[test]
    fn the_document_type_of_a_manifest_does_no_harm() {
        let rows = format!("<table:table-row>{ONE}</table:table-row>");
        let doctype = r#"<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">"#;
        let open = super::open(with_manifest(&rows, &format!("{doctype}<manifest:manifest/>"))).unwrap();
        assert_eq!(value(&open, "A1"), CellValue::Number(1.into()));
        let protected = format!("{doctype}<manifest:manifest><manifest:encryption-data/></manifest:manifest>");
        assert_eq!(super::open(with_manifest(&rows, &protected)).unwrap_err(), ReadError::Encrypted);
    }

    #[test]
    fn the_manifest_says_the_kind_where_no_mimetype_does() {
        let media_type = r#"manifest:media-type="application/vnd.oasis.opendocument.spreadsheet""#;
        let manifest = format!("<manifest:manifest><manifest:file-entry {media_type}/></manifest:manifest>");
        let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Budget\"/></office:spreadsheet></office:body></office:document-content>";
        let bytes = zipped(&[("META-INF/manifest.xml", manifest.as_bytes()), ("content.xml", content.as_bytes())]);
        assert_eq!(super::open(bytes).unwrap().workbook.format, WorkbookFormat::Ods);
    }

    #[test]
    fn spreadsheets_of_other_programs_are_told_as_such() {
        let bytes = zipped(&[("mimetype", b"application/vnd.sun.xml.calc"), ("content.xml", b"<a/>")]);
        assert_eq!(super::open(bytes).unwrap_err(), ReadError::NotAWorkbook(FileGuess::OtherSpreadsheet));
        let bytes = zipped(&[("Index/Document.iwa", b""), ("Metadata/BuildVersionHistory.plist", b"")]);
        assert_eq!(super::open(bytes).unwrap_err(), ReadError::NotAWorkbook(FileGuess::AppleDocument));
    }

    #[test]
    fn a_protected_spreadsheet_is_told_as_such() {
        let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
        assert_eq!(super::open(with_manifest("", manifest)).unwrap_err(), ReadError::Encrypted);
    }

    #[test]
    fn a_text_document_is_not_a_workbook() {
        let bytes = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
        assert_eq!(super::open(bytes).unwrap_err(), ReadError::NotAWorkbook(FileGuess::TextDocument));
    }
}

mod xlsb {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        match u8::try_from(kind) {
            Ok(short @ 0..0x80) => bytes.push(short),
            _ => bytes.extend([kind.to_le_bytes()[0] | 0x80, kind.to_be_bytes()[0] << 1 | kind.to_le_bytes()[0] >> 7]),
        }
        bytes.push(u8::try_from(data.len()).unwrap());
        bytes.extend(data);
        bytes
    }

    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes();
        length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
    }

    fn cell(kind: u16, column: u32, content: &[u8]) -> Vec<u8> {
        record(kind, &[&column.to_le_bytes(), &[0; 4], content].concat())
    }

    fn sheet(cells: &[Vec<u8>]) -> Vec<u8> {
        let start = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
        [start, record(0x00, &5_u32.to_le_bytes()), cells.concat(), record(0x92, &[]), record(0x82, &[])].concat()
    }

    fn package(sheet: &[u8]) -> Vec<u8> {
        with_sheets(sheet, &[("rId1", "Budget")], &[])
    }

    fn with_sheets(sheet: &[u8], listed: &[(&str, &str)], more_parts: &[(&str, &[u8])]) -> Vec<u8> {
        let bundle =
            |(id, name): &(&str, &str)| record(0x9C, &[vec![1, 0, 0, 0, 1, 0, 0, 0], wide(id), wide(name)].concat());
        let workbook = [
            record(0x83, &[]),
            record(0x99, &[1, 0, 0, 0, 0, 0, 0, 0]),
            listed.iter().flat_map(bundle).collect(),
            record(0x90, &[]),
            record(0x84, &[]),
        ]
        .concat();
        let strings =
            [record(0x9F, &[1, 0, 0, 0, 1, 0, 0, 0]), record(0x13, &[vec![0], wide("Timeløn")].concat())].concat();
        let types =
            r#"<Types><Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
        let rels = r#"<Relationships><Relationship Id="rId1" Type="/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="/xlMacrosheet" Target="macrosheets/sheet1.bin"/></Relationships>"#;
        let parts: [(&str, &[u8]); 7] = [
            ("[Content_Types].xml", types.as_bytes()),
            ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
            ("xl/workbook.bin", &workbook),
            ("xl/sharedStrings.bin", &strings),
            ("xl/worksheets/sheet1.bin", sheet),
            ("xl/vbaProject.bin", b""),
            ("xl/externalLinks/externalLink1.bin", b""),
        ];
        zipped(&[&parts[..], more_parts].concat())
    }

    #[test]
    fn a_number_keeps_its_value_and_the_digits_that_its_format_shows() {
        let formats = [(170_u16, "000000"), (171, "\"MA-\"0000"), (172, "[h]:mm")];
        let defined = formats.map(|(id, code)| record(0x2C, &[&id.to_le_bytes()[..], &wide(code)].concat()));
        let format = |id: u16| record(0x2F, &[[0; 2], id.to_le_bytes(), [0; 2], [0; 2]].concat());
        let styles = [
            record(0x267, &3_u32.to_le_bytes()),
            defined.concat(),
            record(0x268, &[]),
            // A format of styles, which cells do not count.
            record(0x272, &1_u32.to_le_bytes()),
            format(171),
            record(0x273, &[]),
            record(0x269, &4_u32.to_le_bytes()),
            [0, 170, 171, 172].map(format).concat(),
            record(0x26A, &[]),
        ]
        .concat();
        let number = |column: u32, style: u32, number: f64| {
            record(0x05, &[&column.to_le_bytes(), &style.to_le_bytes(), &number.to_le_bytes()[..]].concat())
        };
        let whole = |column: u32, style: u32, number: u32| {
            record(0x02, &[column, style, (number << 2) | 2].map(u32::to_le_bytes).concat())
        };
        let short = |style: u32, number: u32| record(0x0D, &[style, (number << 2) | 2].map(u32::to_le_bytes).concat());
        let cells =
            [number(0, 0, 17.0), whole(1, 1, 11_100), short(2, 17), number(3, 3, 37.0 / 24.0), number(4, 1, 1.5)];
        let workbook = with_sheets(&sheet(&cells), &[("rId1", "Budget")], &[("xl/styles.bin", &styles)]);
        let open = super::open(workbook).unwrap();
        assert_eq!(value(&open, "C6"), CellValue::Number(17.into()));
        let shown: Vec<_> = open.workbook.sheets[0].cells().iter().map(|cell| cell.shown.as_deref()).collect();
        assert_eq!(shown, [None, Some("011100"), Some("MA-0017"), Some("37:00"), None]);
    }

    #[test]
    fn a_sheet_of_macros_of_excel_4_is_passed_over() {
        let cells = sheet(&[cell(0x05, 0, &1_f64.to_le_bytes())]);
        let listed = [("rId1", "Budget"), ("rId2", "Makro1")];
        let open = super::open(with_sheets(&cells, &listed, &[("xl/macrosheets/sheet1.bin", &cells)])).unwrap();
        assert_eq!(open.workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Budget"]);
        assert_eq!(value(&open, "A6"), CellValue::Number(1.into()));
    }

    #[test]
    fn values_and_formulas_meet_in_their_cells() {
        let formula = [&12.5_f64.to_le_bytes()[..], &[0, 0], &3_u32.to_le_bytes(), &[0x1E, 5, 0]].concat();
        let cells =
            [cell(0x05, 0, &0.1_f64.to_le_bytes()), cell(0x07, 1, &0_u32.to_le_bytes()), cell(0x09, 20, &formula)];
        let open = super::open(package(&sheet(&cells))).unwrap();
        assert_eq!(open.workbook.format, WorkbookFormat::Xlsb);
        assert_eq!(open.workbook.date_system, DateSystem::From1904);
        assert!(open.workbook.has_macros);
        assert_eq!(open.workbook.external_links, 1);
        assert!(open.workbook.sheets[0].hidden);
        assert_eq!(value(&open, "A6"), CellValue::Number("0.1".parse().unwrap()));
        assert_eq!(value(&open, "B6"), CellValue::Text("Timeløn".into()));
        let cell = open.workbook.sheets[0].cell("U6".parse().unwrap()).unwrap();
        assert_eq!((&cell.value, cell.formula.as_deref()), (&CellValue::Number("12.5".parse().unwrap()), Some("5")));
    }

    /// A cell that says no column: it stands right of the one before.
    fn short(kind: u16, content: &[u8]) -> Vec<u8> {
        record(kind, &[&[0; 4], content].concat())
    }

    #[test]
    fn cells_without_a_column_stand_right_of_the_cell_before() {
        let formula = [&12.5_f64.to_le_bytes()[..], &[0, 0], &3_u32.to_le_bytes(), &[0x1E, 5, 0]].concat();
        let row = |number: u32| record(0x00, &number.to_le_bytes());
        let cells = [
            cell(0x07, 1, &0_u32.to_le_bytes()),
            short(0x12, &0_u32.to_le_bytes()),
            short(0x0C, &[]),
            short(0x10, &0.1_f64.to_le_bytes()),
            short(0x0D, &(7_u32 << 2 | 2).to_le_bytes()),
            cell(0x09, 20, &formula),
            short(0x0F, &[1]),
            short(0x0E, &[0x17]),
            short(0x11, &wide("Nej")),
            row(9),
            short(0x11, &wide("Ja")),
            short(0x10, &3_f64.to_le_bytes()),
        ];
        let open = super::open(package(&sheet(&cells))).unwrap();
        let number = |text: &str| CellValue::Number(text.parse().unwrap());
        for (address, expected) in [
            ("A6", CellValue::Empty),
            ("B6", CellValue::Text("Timeløn".into())),
            ("C6", CellValue::Text("Timeløn".into())),
            ("D6", CellValue::Empty),
            ("E6", number("0.1")),
            ("F6", number("7")),
            ("U6", number("12.5")),
            ("V6", CellValue::Bool(true)),
            ("W6", CellValue::Error("#REF!".into())),
            ("X6", CellValue::Text("Nej".into())),
            ("A10", CellValue::Text("Ja".into())),
            ("B10", number("3")),
        ] {
            assert_eq!(value(&open, address), expected, "{address}");
        }
        assert_eq!(open.workbook.sheets[0].cells().len(), 10);
    }

    #[test]
    fn a_text_with_formatting_is_read_as_its_text_and_has_its_place() {
        let rich = [&[1][..], &wide("Kursus"), &1_u32.to_le_bytes(), &[0; 4]].concat();
        let cells = [cell(0x3E, 2, &rich), short(0x11, &wide("Nej"))];
        let open = super::open(package(&sheet(&cells))).unwrap();
        assert_eq!(value(&open, "C6"), CellValue::Text("Kursus".into()));
        assert_eq!(value(&open, "D6"), CellValue::Text("Nej".into()));
    }

    #[test]
    fn a_cell_without_a_column_right_of_the_last_one_is_refused() {
        let cells = [cell(0x05, 16_383, &1_f64.to_le_bytes()), short(0x10, &1_f64.to_le_bytes())];
        assert!(matches!(hazard(super::open(package(&sheet(&cells)))), Hazard::Reference(_)));
    }

    #[test]
    fn a_short_cell_cut_off_is_damage() {
        for broken in [record(0x12, &[0; 3]), record(0x3E, &[0; 8]), record(0x3E, &[0; 2])] {
            let error = super::open(package(&sheet(&[broken, short(0x0C, &[])]))).unwrap_err();
            assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
        }
    }

    #[test]
    fn a_column_outside_of_the_sheet_is_refused() {
        let cells = [cell(0x05, 4_000_000_000, &1_f64.to_le_bytes())];
        assert!(matches!(hazard(super::open(package(&sheet(&cells)))), Hazard::Reference(_)));
    }

    #[test]
    fn a_record_longer_than_its_part_is_damage() {
        let mut sheet = sheet(&[]);
        sheet.extend([0x05, 0xFF, 0xFF, 0xFF, 0x7F]);
        let error = super::open(package(&sheet)).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    }

    #[test]
    fn an_index_that_calamine_trusts_is_damage_and_no_panic() {
        let cells = [cell(0x07, 0, &7_u32.to_le_bytes())];
        let error = super::open(package(&sheet(&cells))).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    }
}

mod xls {
    use super::*;

    /// The place of the first record of this kind and length.
    fn record(kind: u16, length: u16) -> usize {
        let head = [kind.to_le_bytes(), length.to_le_bytes()].concat();
        XLS.windows(4).position(|window| window == head).unwrap() + 4
    }

    fn bent(at: usize, bytes: &[u8]) -> Vec<u8> {
        let mut xls = XLS.to_vec();
        xls[at..at + bytes.len()].copy_from_slice(bytes);
        xls
    }

    #[test]
    fn a_formula_that_cells_share_is_told_of_each() {
        let open = super::open(include_bytes!("files/shared_formulas.xls").to_vec()).unwrap();
        let cells = open.workbook.sheets[0].cells().iter();
        let formulas: Vec<_> =
            cells.filter_map(|cell| Some((cell.address.to_string(), cell.formula.clone()?))).collect();
        let expected = [("B1", "A1*2"), ("B2", "A2*2"), ("B3", "A3*2")];
        assert_eq!(formulas, expected.map(|(cell, formula)| (cell.to_owned(), formula.to_owned())));
    }

    #[test]
    fn a_number_keeps_its_value_and_the_digits_that_its_format_shows() {
        let open = super::open(include_bytes!("files/shown_numbers.xls").to_vec()).unwrap();
        assert_eq!(value(&open, "B1"), CellValue::Number(11_100.into()));
        // A pattern of ten digits shows ten digits as they are.
        let mut expected = SHOWN.to_vec();
        expected[3] = Some("1003445566");
        assert_eq!((shown(&open, 1), shown(&open, 2)), (expected.clone(), expected));
    }

    #[test]
    fn a_workbook_with_a_key_is_encrypted() {
        let code_page = record(0x0042, 2) - 4;
        assert_eq!(super::open(bent(code_page, &[0x2F, 0])).unwrap_err(), ReadError::Encrypted);
    }

    #[test]
    fn a_range_declared_beyond_the_sheet_is_refused_before_room_is_made() {
        let dimensions = record(0x0200, 14);
        let rows = bent(dimensions + 4, &4_000_000_000_u32.to_le_bytes());
        assert!(matches!(hazard(super::open(rows)), Hazard::Reference(_)));
        let full = bent(dimensions + 4, &[0, 0, 1, 0, 0, 0, 0, 1]);
        assert_eq!(quantity(super::open(full)), Quantity::Places);
    }

    #[test]
    fn cells_far_apart_are_refused_before_the_sheet_between_is_made() {
        let number = record(0x027E, 10);
        assert_eq!(quantity(super::open(bent(number, &[0xFF, 0xFF, 0xFF, 0]))), Quantity::Places);
        let column = super::open(bent(number, &[0, 0, 0xFF, 0xFF]));
        assert!(matches!(hazard(column), Hazard::Reference(_)));
    }
}

mod compound {
    use super::*;

    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;

    /// A container with one table sector, then one directory sector of the given names.
    fn container(names: &[&str], table: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; 512 * 3];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        bytes[30] = 9;
        bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
        bytes[68..72].copy_from_slice(&END.to_le_bytes());
        bytes[76..512].fill(0xFF);
        bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
        bytes[512..1024].fill(0xFF);
        for (index, next) in table.iter().enumerate() {
            bytes[512 + 4 * index..][..4].copy_from_slice(&next.to_le_bytes());
        }
        for (index, name) in names.iter().enumerate() {
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes[1024 + 128 * index..][..units.len()].copy_from_slice(&units);
        }
        bytes
    }

    #[test]
    fn an_encrypted_workbook_is_told_as_such() {
        let bytes = container(&["Root Entry", "EncryptionInfo", "EncryptedPackage"], &[FREE, END]);
        assert_eq!(super::open(bytes).unwrap_err(), ReadError::Encrypted);
    }

    #[test]
    fn a_workbook_that_a_label_encrypts_is_told_as_such() {
        for stream in ["LabelInfo", "DRMEncryptedDataSpace"] {
            let bytes = container(&["Root Entry", "EncryptedPackage", stream], &[FREE, END]);
            assert_eq!(super::open(bytes).unwrap_err(), ReadError::Labelled, "{stream}");
        }
    }

    #[test]
    fn a_word_document_is_not_a_workbook() {
        let bytes = container(&["Root Entry", "WordDocument"], &[FREE, END]);
        assert_eq!(super::open(bytes).unwrap_err(), ReadError::NotAWorkbook(FileGuess::OleContainer));
    }

    #[test]
    fn chains_without_an_end_are_damage() {
        for table in [[FREE, 1], [FREE, 77]] {
            let error = super::open(container(&["Root Entry", "Workbook"], &table)).unwrap_err();
            assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
        }
    }

    #[test]
    fn a_header_alone_is_damage() {
        let error = super::open(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()).unwrap_err();
        assert!(matches!(error, ReadError::Damaged { .. }), "{error:?}");
    }
}
