//! Files that were workbooks once, or never.

use rust_xlsxwriter::Workbook;

use super::super::SampleError;
use super::mistake::BreakageKind;
use crate::template::TemplateError;

/// What a portal answers when a session has ended.
const WEB_PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Log ind</title></head>\
    <body><p>Du er blevet logget ud.</p></body></html>\n";
/// How much of a file that breaks off is left, in percent.
const LEFT_PERCENT: usize = 60;
const SECTOR: usize = 512;

/// A workbook's bytes, broken.
pub(super) fn broken(kind: BreakageKind, mut bytes: Vec<u8>) -> Result<Vec<u8>, SampleError> {
    match kind {
        BreakageKind::Truncated => {
            bytes.truncate(bytes.len() * LEFT_PERCENT / 100);
            Ok(bytes)
        }
        BreakageKind::WebPage => Ok(WEB_PAGE.as_bytes().to_vec()),
        BreakageKind::Encrypted => Ok(encrypted()),
        BreakageKind::Empty => Ok(Vec::new()),
        BreakageKind::OtherWorkbook => other_workbook(),
    }
}

/// The smallest container that tells an encrypted workbook: a header, a table of sectors, and a directory of three names.
fn encrypted() -> Vec<u8> {
    const END_OF_CHAIN: [u8; 4] = [0xFE, 0xFF, 0xFF, 0xFF];
    let mut header = Vec::with_capacity(SECTOR);
    header.extend([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    header.resize(30, 0);
    // Sectors of 2^9 bytes; the directory begins in sector 1; the list of tables is one sector, number 0.
    header.push(9);
    header.resize(48, 0);
    header.push(1);
    header.resize(68, 0);
    header.extend(END_OF_CHAIN);
    header.resize(76, 0);
    header.extend([0; 4]);
    header.resize(SECTOR, 0xFF);
    let mut table = [0xFF; 4].to_vec();
    table.extend(END_OF_CHAIN);
    table.resize(SECTOR, 0xFF);
    let mut directory = Vec::with_capacity(SECTOR);
    for (name, index) in ["Root Entry", "EncryptionInfo", "EncryptedPackage"].iter().zip(1..) {
        directory.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        directory.resize(index * SECTOR / 4, 0);
    }
    directory.resize(SECTOR, 0);
    [header, table, directory].concat()
}

/// A workbook that is none of the forms.
fn other_workbook() -> Result<Vec<u8>, SampleError> {
    let refused = |error| SampleError::Template {
        scenario: "other-workbook".to_owned(),
        error: Box::new(TemplateError::Xlsx(error)),
    };
    let mut workbook = Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 1, 1).map_err(refused)?);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    for (row, (month, amount)) in (0..).zip([("Januar", 1_250), ("Februar", 980), ("Marts", 2_100)]) {
        sheet.write_string(row, 0, month).and_then(|sheet| sheet.write_number(row, 1, amount)).map_err(refused)?;
    }
    workbook.save_to_buffer().map_err(refused)
}
