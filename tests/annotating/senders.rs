//! Workbooks as senders have them: notes, validations, formats, charts, images, tables, protection.

use std::io::{Cursor, Write as _};

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format, Formula, Image, Note,
    Table, Workbook, Worksheet,
};
use zip::write::SimpleFileOptions;

use crate::annotating::unpacked::Unpacked;

pub(crate) const FIRST: &str = "Ark 1";
pub(crate) const SECOND: &str = "O'Hare & Søn";
pub(crate) const NOTE: &str = "Husk bilag fra skolen";

/// A PNG of one pixel.
const PIXEL: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1,
    1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A workbook with about everything.
pub(crate) fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let first = workbook.add_worksheet();
    first.set_name(FIRST).unwrap();
    fill(first);
    decorate(first);
    let second = workbook.add_worksheet();
    second.set_name(SECOND).unwrap();
    second.write(0, 0, "Titel").unwrap();
    second.write(5, 1, 12.5).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values((FIRST, 1, 1, 9, 1));
    second.insert_chart(8, 1, &chart).unwrap();
    workbook.define_name("'Ark 1'!lokal", "='Ark 1'!$A$1").unwrap();
    workbook.define_name("global", "='Ark 1'!$B$2").unwrap();
    workbook.save_to_buffer().unwrap()
}

/// A workbook with nothing but two sheets of values.
pub(crate) fn bare_workbook() -> Vec<u8> {
    workbook_with_sheets(&[FIRST, SECOND])
}

/// A workbook with the named sheets.
pub(crate) fn workbook_with_sheets(names: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for name in names {
        workbook.add_worksheet().set_name(*name).unwrap().write(0, 0, *name).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn fill(sheet: &mut Worksheet) {
    let amount = Format::new().set_num_format("#,##0.00");
    for row in 0..20_u32 {
        sheet.write(row, 0, format!("Række {row} æøå")).unwrap();
        sheet.write_with_format(row, 1, f64::from(row) * 100.5, &amount).unwrap();
        let formula = Formula::new(format!("B{}*2", row + 1)).set_result((row * 201).to_string());
        sheet.write(row, 2, formula).unwrap();
    }
    sheet.merge_range(2, 4, 3, 5, "Flettet", &Format::new()).unwrap();
}

fn decorate(sheet: &mut Worksheet) {
    sheet.insert_note(1, 1, &Note::new(NOTE).set_author("Ida")).unwrap();
    let choices = DataValidation::new().allow_list_strings(&["Ja", "Nej"]).unwrap();
    sheet.add_data_validation(0, 3, 20, 3, &choices).unwrap();
    for limit in [500, 1_000] {
        let red = Format::new().set_background_color("FF0000").set_font_color("FFFFFF");
        let format =
            ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(limit)).set_format(red);
        sheet.add_conditional_format(0, 1, 20, 1, &format).unwrap();
    }
    sheet.insert_image(0, 8, &Image::new_from_buffer(&PIXEL).unwrap()).unwrap();
    sheet.add_table(30, 0, 33, 2, &Table::new()).unwrap();
    sheet.set_column_width(0, 22.5).unwrap();
    sheet.set_print_area(0, 0, 20, 6).unwrap();
    sheet.protect();
}

/// The package with a threaded comment on a cell of its first sheet.
pub(crate) fn with_threaded_comment(bytes: &[u8], cell: &str) -> Vec<u8> {
    let relation = "<Relationship Id=\"rId77\" \
        Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" \
        Target=\"../threadedComments/threadedComment1.xml\"/></Relationships>";
    let thread = format!(
        "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\">\
         <threadedComment ref=\"{cell}\" id=\"{{1}}\"><text>Hej</text></threadedComment></ThreadedComments>"
    );
    let mut package = Unpacked::new(bytes);
    replace(&mut package, "xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", relation);
    add(&mut package, "xl/threadedComments/threadedComment1.xml", &thread);
    pack(&package)
}

/// The package with the parts of a digital signature.
pub(crate) fn with_signature(bytes: &[u8]) -> Vec<u8> {
    let relation = "<Relationship Id=\"rId77\" \
        Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" \
        Target=\"_xmlsignatures/origin.sigs\"/></Relationships>";
    let types = "<Default Extension=\"sigs\" ContentType=\"application/vnd.openxmlformats-package.digital-signature-origin\"/>\
        <Override PartName=\"/_xmlsignatures/sig1.xml\" \
        ContentType=\"application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml\"/></Types>";
    let mut package = Unpacked::new(bytes);
    replace(&mut package, "_rels/.rels", "</Relationships>", relation);
    replace(&mut package, "[Content_Types].xml", "</Types>", types);
    add(&mut package, "_xmlsignatures/origin.sigs", "");
    add(&mut package, "_xmlsignatures/sig1.xml", "<Signature/>");
    pack(&package)
}

/// The package under the content type of one with macros.
pub(crate) fn with_macro_content_type(bytes: &[u8]) -> Vec<u8> {
    let mut package = Unpacked::new(bytes);
    replace(
        &mut package,
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    );
    pack(&package)
}

/// A strict workbook whose elements have a prefix, without styles, with a byte order mark and single quotes.
pub(crate) fn strict_prefixed_workbook() -> Vec<u8> {
    let main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    let relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let package_relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut package = Unpacked { names: Vec::new(), parts: std::collections::BTreeMap::new() };
    add(
        &mut package,
        "[Content_Types].xml",
        "<t:Types xmlns:t='http://schemas.openxmlformats.org/package/2006/content-types'><t:Default Extension='rels' \
         ContentType='application/vnd.openxmlformats-package.relationships+xml'/><t:Default Extension='xml' \
         ContentType='application/xml'/><t:Override PartName='/xl/workbook.xml' \
         ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></t:Types>",
    );
    let relation = |kind: &str, target: &str| {
        format!(
            "<p:Relationships xmlns:p='{package_relations}'><p:Relationship Id='rId1' Type='{relations}/{kind}' \
             Target='{target}'/></p:Relationships>"
        )
    };
    add(&mut package, "_rels/.rels", &relation("officeDocument", "xl/workbook.xml"));
    add(&mut package, "xl/_rels/workbook.xml.rels", &relation("worksheet", "worksheets/sheet1.xml"));
    add(
        &mut package,
        "xl/workbook.xml",
        &format!(
            "\u{feff}<?xml version='1.0'?><x:workbook xmlns:x='{main}' xmlns:rel='{relations}'><x:sheets><x:sheet name='Ark' \
             sheetId='4' rel:id='rId1'/></x:sheets></x:workbook>"
        ),
    );
    add(
        &mut package,
        "xl/worksheets/sheet1.xml",
        &format!(
            "<x:worksheet xmlns:x='{main}'><x:sheetData><x:row r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData>\
             <x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/></x:worksheet>"
        ),
    );
    pack(&package)
}

/// The package with the text of one part replaced.
pub(crate) fn with_part(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut package = Unpacked::new(bytes);
    package.parts.insert(name.to_owned(), text.as_bytes().to_vec());
    pack(&package)
}

fn replace(package: &mut Unpacked, name: &str, from: &str, to: &str) {
    let text = package.text(name);
    assert!(text.contains(from), "{name}");
    package.parts.insert(name.to_owned(), text.replace(from, to).into_bytes());
}

fn add(package: &mut Unpacked, name: &str, text: &str) {
    package.names.push(name.to_owned());
    package.parts.insert(name.to_owned(), text.as_bytes().to_vec());
}

fn pack(package: &Unpacked) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in &package.names {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(&package.parts[name]).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
