//! Odd packages that other programs may write: each is read as the workbook it means.

// The lints know tests, but not the helpers of tests.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use crate::support::{Parts, TYPES, XLSM_MAIN, formula, number, relationships, text, utf16, value};
use sporskifte::workbook::{CellAddress, CellValue, DateSystem, Limits, Package, Quantity, WorkbookFormat, read};

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
fn a_package_of_names_with_backslashes_is_read() {
    let names = ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"];
    let parts = names.iter().fold(Parts::new(), |parts, name| parts.renamed(name, &name.replace('/', "\\")));
    assert_eq!(value(&parts.sheet(), "A1"), number(1));
}

#[test]
fn a_part_declared_as_latin_1_is_read_as_such() {
    for quote in ['"', '\''] {
        let sheet = format!(
            r#"<?xml version={quote}1.0{quote} encoding={quote}ISO-8859-1{quote}?><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Løn</t></is></c></row></sheetData></worksheet>"#
        );
        let latin1: Vec<u8> = sheet.chars().map(|char| u8::try_from(char).unwrap()).collect();
        let sheet = Parts::new().with("xl/worksheets/sheet1.xml", latin1).sheet();
        assert_eq!(value(&sheet, "A1"), text("Løn"));
    }
}

#[test]
fn the_modules_of_excel_95_are_no_sheets() {
    let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="Modul1" sheetId="2" r:id=""/><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let workbook = Parts::new().with("xl/workbook.xml", workbook).read().unwrap();
    assert_eq!(workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Budget"]);
}

#[test]
fn macros_of_excel_4_are_macros() {
    let parts = |kind: &str| {
        let rels = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", kind, "macrosheets/sheet1.xml")];
        Parts::new().with("xl/_rels/workbook.xml.rels", relationships(&rels)).read().unwrap()
    };
    assert!(parts("xlMacrosheet").has_macros);
    assert!(!parts("customXml").has_macros);
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
        .rows(r#"<row><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="e"><v>#CALC!</v></c></row>"#)
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
fn a_part_that_no_cell_needs_is_inflated_only_for_who_asks_and_bounded_all_the_same() {
    let comments = format!("<comments><!--{}--></comments>", "x".repeat(200_000));
    let parts = Parts::new()
        .with("xl/worksheets/_rels/sheet1.xml.rels", relationships(&[("rId1", "comments", "../comments1.xml")]))
        .with("xl/comments1.xml", comments.clone());
    let opened = sporskifte::workbook::read(parts.zip(), &Limits::default()).unwrap();
    let package = opened.package.unwrap();
    let held = package.held_bytes();
    assert_eq!(package.part("xl/comments1.xml"), Some(comments.as_bytes()));
    assert_eq!(package.held_bytes() - held, comments.len() as u64, "inflated only now");
    let bounded = Limits { part_bytes: 100_000, ..Limits::default() };
    let result = sporskifte::workbook::read(parts.zip(), &bounded).map(|open| open.workbook);
    assert_eq!(crate::support::too_large(result), Quantity::PartBytes);
}

#[test]
fn escapes_runs_and_phonetic_texts_are_read_as_the_text_that_is_shown() {
    let runs =
        r#"<si><r><t xml:space="preserve">Række </t></r><r><t>_x0031_</t></r><rPh sb="0" eb="1"><t>nej</t></rPh></si>"#;
    let sheet = Parts::new()
        .strings("", &format!("{runs}<si><t>  kant  </t></si><si/>"))
        .rows(concat!(
            r#"<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>"#,
            r#"<c r="D1" t="str"><f>A1</f><v>a_x000D_b &lt; c</v></c></row>"#,
        ))
        .sheet();
    assert_eq!(value(&sheet, "A1"), text("Række 1"));
    assert_eq!(value(&sheet, "B1"), text("kant"));
    assert_eq!(value(&sheet, "C1"), CellValue::Empty);
    assert_eq!(value(&sheet, "D1"), text("a\rb < c"));
}

#[test]
fn attributes_of_other_namespaces_do_not_count() {
    let sheet = Parts::new().rows(r#"<row x:r="9"><c x:r="Z9" x:t="s"><v>5</v></c></row>"#).sheet();
    assert_eq!(value(&sheet, "A1"), number(5));
}

#[test]
fn an_entry_may_tell_another_time_than_the_directory() {
    let mut file = Parts::new().zip().to_vec();
    let time = 10;
    file[time] ^= 0xff;
    assert_eq!(value(&read(file.into(), &Limits::default()).unwrap().workbook.sheets[0], "A1"), number(1));
}

fn one_row(cells: &str) -> sporskifte::workbook::Sheet {
    let strings = "<si><t>nul</t></si><si><t>en</t></si>";
    Parts::new().strings("", strings).rows(&format!(r#"<row r="1">{cells}</row>"#)).sheet()
}

#[test]
fn white_space_around_a_value_is_no_part_of_it() {
    for space in ["\n", " ", "\r\n\t", "&#10;"] {
        let cell = |address: &str, kind: &str, value: &str| {
            format!(r#"<c r="{address}"{kind}><v>{space}{value}{space}</v></c>"#)
        };
        let sheet = one_row(
            &[
                cell("A1", "", "37.5"),
                cell("B1", r#" t="n""#, "1e2"),
                cell("C1", r#" t="s""#, "1"),
                cell("D1", r#" t="b""#, "1"),
                cell("E1", r#" t="e""#, "#REF!"),
                cell("F1", "", ""),
                cell("G1", r#" t="d""#, "1900-01-01"),
            ]
            .concat(),
        );
        for (address, expected) in [
            ("A1", CellValue::Number("37.5".parse().unwrap())),
            ("B1", number(100)),
            ("C1", text("en")),
            ("D1", CellValue::Bool(true)),
            ("E1", CellValue::Error("#REF!".into())),
            ("F1", CellValue::Empty),
            ("G1", CellValue::Date(1.into())),
        ] {
            assert_eq!(value(&sheet, address), expected, "{address} {space:?}");
        }
    }
}

#[test]
fn white_space_in_the_text_of_a_formula_stays() {
    assert_eq!(value(&one_row(r#"<c r="A1" t="str"><f>B1</f><v> a </v></c>"#), "A1"), text(" a "));
}

#[test]
fn a_value_in_a_section_or_of_references_is_read_whole() {
    for (cell, expected) in [
        ("<c><v><![CDATA[100]]></v></c>", number(100)),
        ("<c><v>1<![CDATA[00]]></v></c>", number(100)),
        ("<c><v>1&#48;0</v></c>", number(100)),
        (r#"<c t="s"><v><![CDATA[1]]></v></c>"#, text("en")),
        (r#"<c t="str"><v><![CDATA[a < b]]></v></c>"#, text("a < b")),
        (r#"<c t="inlineStr"><is><t><![CDATA[a < b]]></t></is></c>"#, text("a < b")),
    ] {
        assert_eq!(value(&one_row(cell), "A1"), expected, "{cell}");
    }
    let sheet = one_row(r#"<c r="A1"><f><![CDATA[1+1]]></f><v>2</v></c>"#);
    assert_eq!((value(&sheet, "A1"), formula(&sheet, "A1")), (number(2), Some("1+1".into())));
}

#[test]
fn the_text_in_a_cell_counts_on_either_side_of_a_value() {
    let is = "<is><t>31.244.103</t></is>";
    for (cell, expected) in [
        (format!(r#"<c t="inlineStr">{is}<v>31244103</v></c>"#), text("31.244.103")),
        (format!(r#"<c t="inlineStr"><v>31244103</v>{is}</c>"#), text("31.244.103")),
        (format!(r#"<c t="inlineStr">{is}<v/></c>"#), text("31.244.103")),
        (format!(r#"<c t="inlineStr"><v/>{is}</c>"#), text("31.244.103")),
        (format!("<c>{is}</c>"), text("31.244.103")),
        (format!("<c>{is}<v>5</v></c>"), number(5)),
        (format!("<c><v>5</v>{is}</c>"), number(5)),
        (r#"<c t="inlineStr"><v>5</v></c>"#.to_owned(), CellValue::Empty),
    ] {
        assert_eq!(value(&one_row(&cell), "A1"), expected, "{cell}");
    }
}

#[test]
fn what_a_program_keeps_for_itself_in_a_cell_is_passed_over() {
    for extensions in ["<extLst/>", "<extLst><ext uri=\"x\"><v>9</v><c/></ext></extLst>"] {
        for cell in [format!("<c><v>5</v>{extensions}</c>"), format!("<c>{extensions}<v>5</v></c>")] {
            let sheet = one_row(&format!("{cell}<c><v>6</v></c>"));
            assert_eq!((value(&sheet, "A1"), value(&sheet, "B1")), (number(5), number(6)), "{cell}");
        }
    }
}

#[test]
fn a_picture_in_a_cell_is_nothing_and_an_error_value_is_one() {
    let error = || CellValue::Error("#VALUE!".into());
    let nothing = || CellValue::Text(String::new());
    for (cell, expected) in [
        (r#"<c t="e" vm="1"><v>#VALUE!</v></c>"#, CellValue::Empty),
        (r#"<c vm="2" s="0" t="e"><v>#VALUE!</v></c>"#, CellValue::Empty),
        (r#"<c t="e" vm="1"><f>_xlfn.IMAGE("https://example.dk/a.png")</f><v>#VALUE!</v></c>"#, nothing()),
        (r#"<c t="e"><v>#VALUE!</v></c>"#, error()),
        (r#"<c t="e" vm="1"><f>_xlfn.SEQUENCE(3)</f><v>#VALUE!</v></c>"#, error()),
        (r#"<c t="e" cm="1"><v>#VALUE!</v></c>"#, error()),
        (r#"<c vm="1"><v>5</v></c>"#, number(5)),
    ] {
        assert_eq!(value(&one_row(cell), "A1"), expected, "{cell}");
    }
}

#[test]
fn a_formula_that_gives_no_text_is_told_from_one_without_a_result() {
    let nothing = || CellValue::Text(String::new());
    for (cell, expected) in [
        (r#"<c t="str"><f>B1</f><v></v></c>"#, nothing()),
        (r#"<c t="str"><f>B1</f><v/></c>"#, nothing()),
        (r#"<c t="str"><f>B1</f></c>"#, CellValue::Empty),
        ("<c><f>B1</f><v/></c>", CellValue::Empty),
        ("<c><f>B1</f></c>", CellValue::Empty),
    ] {
        let sheet = one_row(cell);
        assert_eq!((value(&sheet, "A1"), formula(&sheet, "A1")), (expected, Some("B1".into())), "{cell}");
    }
    for cell in [r#"<c t="str"><v/></c>"#, r#"<c t="str"><v></v></c>"#, r#"<c t="inlineStr"><is><t/></is></c>"#] {
        assert_eq!(one_row(cell).cells(), [], "{cell}");
    }
}

#[test]
fn the_sheet_that_a_shared_formula_names_is_the_same_in_every_row() {
    let rows = r#"<row r="6"><c r="A6"><f t="shared" ref="A6:A8" si="0">MIN(B6,Ark1!$B$5)</f><v>1</v></c></row><row r="7"><c r="A7"><f t="shared" si="0"/><v>1</v></c></row><row r="8"><c r="A8"><f t="shared" si="0"/><v>1</v></c></row>"#;
    let sheet = Parts::new().rows(rows).sheet();
    for row in 6..=8 {
        assert_eq!(formula(&sheet, &format!("A{row}")), Some(format!("MIN(B{row},Ark1!$B$5)")));
    }
}

#[test]
fn a_number_keeps_its_value_and_the_digits_that_its_format_shows() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000000"/><numFmt numFmtId="171" formatCode="&quot;MA-&quot;0000"/><numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="11"/><xf numFmtId="172"/></cellXfs></styleSheet>"#;
    let cells: String = [("0", "17"), ("1", "11100"), ("2", "17"), ("3", "1003445566"), ("4", "1.5"), ("1", "1.5")]
        .map(|(style, value)| format!(r#"<c s="{style}"><v>{value}</v></c>"#))
        .concat();
    let sheet = Parts::new().with("xl/styles.xml", styles).rows(&format!("<row>{cells}</row>")).sheet();
    let shown = |address: &str| sheet.cell(address.parse().unwrap()).unwrap().shown.as_deref();
    for (address, expected, expected_shown) in [
        ("A1", number(17), None),
        ("B1", number(11_100), Some("011100")),
        ("C1", number(17), Some("MA-0017")),
        ("D1", number(1_003_445_566), None),
        ("E1", CellValue::Date("1.5".parse().unwrap()), Some("36:00")),
        ("F1", CellValue::Number("1.5".parse().unwrap()), None),
    ] {
        assert_eq!((value(&sheet, address), shown(address)), (expected, expected_shown), "{address}");
    }
}
