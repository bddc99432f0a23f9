//! A small package that tests bend as they need.

// Each test program uses its own part of this.
#![allow(dead_code, unreachable_pub)]

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use sporskifte::workbook::{CellValue, Hazard, Limits, Quantity, ReadError, Sheet, Workbook, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// How many cases a test tries: the fewer of a developer's run, or all where `SPORSKIFTE_THOROUGH` is set, as before a package
/// is made.
pub fn extent(quick: u64, thorough: u64) -> u64 {
    if std::env::var_os("SPORSKIFTE_THOROUGH").is_some() { thorough } else { quick }
}

/// [`extent`] for proptest.
pub fn draws(quick: u32, thorough: u32) -> u32 {
    u32::try_from(extent(quick.into(), thorough.into())).unwrap()
}

pub const XLSX_MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
pub const XLSM_MAIN: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
pub const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a small package, which each test bends as it needs.
pub struct Parts(pub Vec<(String, Vec<u8>)>);

impl Parts {
    pub fn new() -> Self {
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

    pub fn set(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), content.into()));
    }

    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.set(name, content);
        self
    }

    pub fn renamed(mut self, from: &str, to: &str) -> Self {
        let (name, _) = self.0.iter_mut().find(|(name, _)| name == from).unwrap();
        to.clone_into(name);
        self
    }

    pub fn rows(self, rows: &str) -> Self {
        self.with("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"))
    }

    pub fn strings(self, attributes: &str, strings: &str) -> Self {
        self.with("xl/sharedStrings.xml", format!("<sst {attributes}>{strings}</sst>"))
    }

    pub fn zip(&self) -> Arc<[u8]> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        Arc::from(zip.finish().unwrap().into_inner())
    }

    pub fn read(&self) -> Result<Workbook, ReadError> {
        read(self.zip(), &Limits::default()).map(|open| open.workbook)
    }

    pub fn sheet(&self) -> Sheet {
        self.read().unwrap().sheets.remove(0)
    }

    pub fn hazard(&self) -> Hazard {
        match self.read() {
            Err(ReadError::Hazardous { hazard, .. }) => hazard,
            other => panic!("no hazard but {other:?}"),
        }
    }

    pub fn detail(&self) -> String {
        match self.read() {
            Err(ReadError::Damaged { part, detail }) => format!("{part}: {detail}"),
            other => panic!("no damage but {other:?}"),
        }
    }
}

pub fn relationships(lines: &[(&str, &str, &str)]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#))
        .collect();
    format!("<Relationships>{}</Relationships>", lines.concat())
}

pub fn value(sheet: &Sheet, address: &str) -> CellValue {
    sheet.cell(address.parse().unwrap()).map_or(CellValue::Empty, |cell| cell.value.clone())
}

pub fn formula(sheet: &Sheet, address: &str) -> Option<String> {
    sheet.cell(address.parse().unwrap()).and_then(|cell| cell.formula.clone())
}

pub fn number(value: i64) -> CellValue {
    CellValue::Number(value.into())
}

pub fn text(text: &str) -> CellValue {
    CellValue::Text(text.into())
}

pub fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

pub fn too_large(result: Result<Workbook, ReadError>) -> Quantity {
    match result {
        Err(ReadError::TooLarge { what, found, limit }) if found > limit => what,
        other => panic!("not too large but {other:?}"),
    }
}
