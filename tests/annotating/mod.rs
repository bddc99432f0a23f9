//! Annotated copies: what must be in them, and what of the sender's must not change.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, its helpers too")]

mod senders;
pub mod unpacked;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

use calamine::Reader as _;
use sporskifte::annotate::{
    Annotated, Annotation, ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle, Mark, Remark, annotate,
};
use sporskifte::finding::Severity;
use sporskifte::workbook::{Limits, Package};
use unpacked::Unpacked;

fn open(bytes: &[u8]) -> Package {
    Package::open(Arc::from(bytes), &Limits::default()).unwrap()
}

fn mark(sheet: &str, cell: &str, severity: Severity) -> Mark {
    let note = format!("Fundet: 5\nForventet: 6\nRet {cell}.");
    Mark { sheet: sheet.into(), cell: cell.parse().unwrap(), severity, code: "P309".into(), note }
}

/// Twenty marks on the first sheet, among them cells that do not exist, have a note or are merged; two on the second.
fn marks() -> Vec<Mark> {
    let severities = [Severity::Error, Severity::Warning, Severity::Review];
    let mut marks: Vec<Mark> =
        (0..18).map(|index| mark(senders::FIRST, &format!("B{}", index + 2), severities[index % 3])).collect();
    marks.push(mark(senders::FIRST, "E3", Severity::Error));
    marks.push(mark(senders::FIRST, "AZ900", Severity::Review));
    marks.push(mark(senders::SECOND, "A1", Severity::Warning));
    marks.push(mark(senders::SECOND, "A1", Severity::Error));
    marks
}

fn control() -> ControlSheet {
    let cell = |content, style| ControlCell { content, style };
    let cells = ("B2".parse().unwrap(), "B2".parse().unwrap());
    let link = ControlContent::Link { text: "B2".into(), sheet: senders::SECOND.into(), cells };
    let row = |cells, header| ControlRow { cells, lines: 1, header };
    ControlSheet {
        column_widths: vec![20, 40],
        rows: vec![
            row(vec![cell(ControlContent::Text("=Kontrol & <mere>".into()), ControlStyle::Title)], false),
            row(vec![cell(ControlContent::Text("Celle".into()), ControlStyle::TableHeader)], true),
            row(vec![cell(link, ControlStyle::Link)], false),
        ],
    }
}

fn annotated(bytes: &[u8], marks: &[Mark]) -> Annotated {
    annotate(&open(bytes), &Annotation { marks, control: &control() }).unwrap()
}

#[test]
fn parts_that_are_not_marked_stay_byte_for_byte() {
    let original = senders::workbook();
    let copy = Unpacked::new(&annotated(&original, &marks()).bytes);
    let original = Unpacked::new(&original);
    let touched = [
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    ];
    for (name, bytes) in &original.parts {
        if !touched.contains(&name.as_str()) {
            assert!(copy.parts[name] == *bytes, "{name}");
        }
    }
    let names: Vec<_> = copy.names.iter().take(original.names.len()).collect();
    assert_eq!(names, original.names.iter().collect::<Vec<_>>(), "the order of the entries");
    assert!(copy.parts.contains_key("xl/media/image1.png") && copy.parts.contains_key("xl/charts/chart1.xml"));
}

#[test]
fn the_cells_stay_byte_for_byte_and_read_the_same() {
    let original = senders::workbook();
    let copy = annotated(&original, &marks()).bytes;
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        assert_eq!(sheet_data(&Unpacked::new(&copy).text(sheet)), sheet_data(&Unpacked::new(&original).text(sheet)));
    }
    for sheet in [senders::FIRST, senders::SECOND] {
        assert_eq!(cells(&copy, sheet), cells(&original, sheet));
    }
}

fn sheet_data(xml: &str) -> String {
    let start = xml.find("<sheetData").unwrap();
    let end = xml.find("</sheetData>").unwrap();
    xml[start..end].to_owned()
}

fn cells(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut workbook = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    let values = workbook.worksheet_range(sheet).unwrap();
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    values
        .used_cells()
        .map(|cell| format!("{cell:?}"))
        .chain(formulas.used_cells().map(|cell| format!("{cell:?}")))
        .collect()
}

#[test]
fn the_copy_is_a_sound_package() {
    for bytes in [senders::workbook(), senders::bare_workbook()] {
        let bytes = annotated(&bytes, &marks()).bytes;
        let copy = Unpacked::new(&bytes);
        copy.assert_relationships_lead_to_parts();
        copy.assert_content_types_cover_all_parts();
        copy.assert_xml_is_well_formed(&[".xml", ".rels", ".vml"]);
        assert!(copy.worksheets_out_of_order().is_empty());
        assert_unique_ids(&copy);
        open(&bytes);
    }
}

fn assert_unique_ids(copy: &Unpacked) {
    let mut shapes = BTreeSet::new();
    for (_, text) in copy.texts_ending(".vml") {
        for id in values_of(&text, "<v:shape id=\"") {
            assert!(shapes.insert(id.clone()), "two shapes {id}");
        }
    }
    let workbook = copy.text("xl/workbook.xml");
    for attribute in ["sheetId=\"", "r:id=\"", "<sheet name=\""] {
        let values = values_of(&workbook, attribute);
        assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{attribute}");
    }
    for (name, text) in copy.texts_ending(".rels") {
        let values = values_of(&text, " Id=\"");
        assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{name}");
    }
}

fn values_of(xml: &str, before: &str) -> Vec<String> {
    xml.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn annotating_again_replaces_what_was_there() {
    let original = senders::workbook();
    let once = annotated(&original, &marks()).bytes;
    assert!(annotated(&original, &marks()).bytes == once, "the same input gives the same bytes");
    let twice = annotated(&once, &marks()).bytes;
    let (once, twice) = (Unpacked::new(&once), Unpacked::new(&twice));
    assert_eq!(once.names, twice.names);
    for name in &once.names {
        assert!(once.parts[name] == twice.parts[name], "{name}");
    }
}

#[test]
fn annotating_again_without_findings_leaves_only_what_the_sender_wrote() {
    let original = senders::workbook();
    let copy = annotated(&annotated(&original, &marks()).bytes, &[]).bytes;
    let copy = Unpacked::new(&copy);
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml"] {
        let text = copy.text(name);
        assert!(!text.contains("sporskifte:") && !text.contains("sporskifte P309"), "{name}");
    }
    assert!(copy.text("xl/comments1.xml").contains(senders::NOTE));
    let shapes: usize = copy.texts_ending(".vml").iter().map(|(_, text)| text.matches("<v:shape ").count()).sum();
    assert_eq!(shapes, 1);
}

#[test]
fn marks_come_before_the_conditional_formats_of_the_sender() {
    let copy = annotated(&senders::workbook(), &marks()).bytes;
    let sheet = Unpacked::new(&copy).text("xl/worksheets/sheet1.xml");
    let priorities: BTreeMap<i64, bool> = sheet
        .split("<cfRule ")
        .skip(1)
        .map(|rule| (values_of(rule, "priority=\"")[0].parse().unwrap(), rule.contains("sporskifte:")))
        .collect();
    let in_order: Vec<bool> = priorities.values().copied().collect();
    assert_eq!(in_order, [true, true, true, false, false], "{priorities:?}");
    assert!(priorities.keys().all(|priority| *priority >= 1));
    assert_eq!(sheet.matches("stopIfTrue=\"1\"").count(), 3);
    assert!(sheet.contains("E3:F4"), "a merged region is marked whole");
}

#[test]
fn the_note_of_the_sender_stays_above_ours() {
    let copy = annotated(&senders::workbook(), &marks()).bytes;
    let comments = Unpacked::new(&copy).text("xl/comments1.xml");
    let own = comments.find(senders::NOTE).unwrap();
    let ours = own + comments[own..].find("sporskifte P309").unwrap();
    assert!(!comments[own..ours].contains("</comment>"), "both stand in one note");
    assert_eq!(comments.matches("ref=\"B2\"").count(), 1);
}

#[test]
fn kontrol_is_the_first_sheet_and_the_only_one_selected() {
    let copy = annotated(&senders::workbook(), &marks()).bytes;
    let workbook = calamine::Xlsx::new(Cursor::new(copy.as_slice())).unwrap();
    assert_eq!(workbook.sheet_names(), ["Kontrol", senders::FIRST, senders::SECOND]);
    let copy = Unpacked::new(&copy);
    let selected: Vec<_> =
        copy.texts_ending(".xml").into_iter().filter(|(_, text)| text.contains("tabSelected=\"1\"")).collect();
    assert_eq!(selected.len(), 1);
    assert!(selected[0].1.contains("sporskifte:kontrol"));
    let text = copy.text("xl/workbook.xml");
    assert!(text.contains("localSheetId=\"1\">'Ark 1'!$A$1"), "names follow their sheet: {text}");
    assert!(text.contains("name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Kontrol'!$2:$2<"));
    assert!(copy.text("docProps/app.xml").contains("<vt:lpstr>Kontrol</vt:lpstr><vt:lpstr>Ark 1</vt:lpstr>"));
}

#[test]
fn a_sheet_of_the_sender_called_kontrol_stays() {
    let bytes = senders::workbook_with_sheets(&["KONTROL", "Budget"]);
    let once = annotated(&bytes, &[]).bytes;
    for copy in [annotated(&once, &[]).bytes, once] {
        let workbook = calamine::Xlsx::new(Cursor::new(copy.as_slice())).unwrap();
        assert_eq!(workbook.sheet_names(), ["Kontrol (2)", "KONTROL", "Budget"]);
    }
}

#[test]
fn a_mark_on_a_sheet_that_is_not_there_is_remarked_on_kontrol() {
    let copy = annotated(&senders::bare_workbook(), &[mark("Væk", "A1", Severity::Error)]);
    assert_eq!(copy.remarks, [Remark::SheetNotFound { sheet: "Væk".into() }]);
    assert!(cells(&copy.bytes, "Kontrol").iter().any(|cell| cell.contains("“Væk” findes ikke")));
}

#[test]
fn a_threaded_comment_and_its_mirror_are_left_alone() {
    let bytes = senders::with_threaded_comment(&senders::workbook(), "B2");
    let copy = annotated(&bytes, &[mark(senders::FIRST, "B2", Severity::Error)]);
    let cell = "B2".parse().unwrap();
    assert_eq!(copy.remarks, [Remark::ThreadedComment { sheet: senders::FIRST.into(), cell }]);
    let (original, copy) = (Unpacked::new(&bytes), Unpacked::new(&copy.bytes));
    assert_eq!(copy.text("xl/comments1.xml"), original.text("xl/comments1.xml"));
    assert!(copy.text("xl/worksheets/sheet1.xml").contains("sporskifte:error"));
}

#[test]
fn a_signature_is_removed_and_remarked() {
    let bytes = senders::with_signature(&senders::workbook());
    let copy = annotated(&bytes, &marks());
    assert_eq!(copy.remarks, [Remark::SignatureRemoved]);
    let copy = Unpacked::new(&copy.bytes);
    assert!(!copy.names.iter().any(|name| name.contains("_xmlsignatures")));
    copy.assert_relationships_lead_to_parts();
    copy.assert_content_types_cover_all_parts();
}

#[test]
fn a_workbook_with_macros_stays_one() {
    let bytes = senders::with_macro_content_type(&senders::workbook());
    let copy = Unpacked::new(&annotated(&bytes, &marks()).bytes);
    assert!(copy.text("[Content_Types].xml").contains("application/vnd.ms-excel.sheet.macroEnabled.main+xml"));
}

#[test]
fn strict_and_prefixed_workbooks_are_annotated_in_their_own_terms() {
    let bytes = senders::strict_prefixed_workbook();
    let copy = annotated(&bytes, &[mark("Ark", "A1", Severity::Error)]);
    let copy = Unpacked::new(&copy.bytes);
    copy.assert_xml_is_well_formed(&[".xml", ".rels", ".vml"]);
    copy.assert_relationships_lead_to_parts();
    assert!(copy.worksheets_out_of_order().is_empty());
    let sheet = copy.text("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<x:conditionalFormatting") && sheet.contains("<x:legacyDrawing"));
    let kontrol = copy.text("xl/worksheets/sheet2.xml");
    assert!(kontrol.contains("<worksheet xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"));
    let relations = copy.text("xl/_rels/workbook.xml.rels");
    assert!(relations.contains("http://purl.oclc.org/ooxml/officeDocument/relationships/styles"));
    assert!(copy.parts.contains_key("xl/styles.xml"), "some readers look for styles under this name only");
}

#[test]
fn broken_parts_are_errors_and_never_a_panic() {
    let original = senders::workbook();
    for part in ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml", "docProps/app.xml"]
    {
        let text = Unpacked::new(&original).text(part);
        let places = (0..text.len()).step_by(41).filter(|at| text.is_char_boundary(*at));
        for place in places {
            let (before, after) = text.split_at(place);
            for broken in [before.to_owned(), format!("{before}<{after}"), format!("{before}/>{after}")] {
                annotate_if_opened(&senders::with_part(&original, part, &broken));
            }
        }
    }
}

/// Annotates what the airlock lets through; only a panic fails.
fn annotate_if_opened(bytes: &[u8]) {
    if let Ok(package) = Package::open(Arc::from(bytes), &Limits::default()) {
        let _ = annotate(&package, &Annotation { marks: &marks(), control: &control() });
    }
}

#[test]
fn a_sheet_whose_part_is_not_there_is_remarked() {
    let original = senders::workbook();
    let without = senders::with_part(&original, "xl/_rels/workbook.xml.rels", "<Relationships/>");
    let copy = annotated(&without, &marks());
    assert!(copy.remarks.contains(&Remark::SheetNotFound { sheet: senders::FIRST.into() }));
}
