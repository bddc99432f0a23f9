//! Files that are none of the forms, for the rules on files.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const WORD_TYPES: &str = r#"<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document"/></Types>"#;

/// The bytes of a kind of file, by the word that fixtures have for it.
pub fn odd_file(kind: &str) -> Arc<[u8]> {
    let bytes = match kind {
        "html" => b"<!DOCTYPE html><html><body>Log ind</body></html>".to_vec(),
        "empty" => Vec::new(),
        "csv" => b"Nr.;Medarbejder-ID;Timer\n1;JHA;37\n2;BKN;74\n".to_vec(),
        "pdf" => b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec(),
        "word" => zip_of(&[("[Content_Types].xml", WORD_TYPES), ("word/document.xml", "<document/>")]),
        "damaged" => damaged(),
        "encrypted" => encrypted(),
        "workbook" => workbook("Regnskab", &["Konto", "Beløb"]),
        "empty workbook" => workbook("Ark1", &[]),
        "table with a few labels" => workbook("Ark1", &["Nr.", "Medarbejder-ID", "Timer", "Titel"]),
        other => panic!("no such file: {other}"),
    };
    bytes.into()
}

fn workbook(sheet: &str, texts: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(sheet).unwrap();
    for (column, text) in (0..).zip(texts) {
        worksheet.write_string(0, column, *text).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

fn damaged() -> Vec<u8> {
    let mut bytes = workbook("Budget", &["Nr."]);
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn zip_of(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook that refers to one more part, of this kind.
pub fn with_related(workbook: &[u8], kind: &str) -> Arc<[u8]> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let line = format!(r#"<Relationship Id="rIdMore" Type="{TYPES}/{kind}" Target="more.bin"/></Relationships>"#);
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if name == "xl/_rels/workbook.xml.rels" {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.replace("</Relationships>", &line).as_bytes()).unwrap();
        } else {
            zip.raw_copy_file(part).unwrap();
        }
    }
    zip.finish().unwrap().into_inner().into()
}

/// The container that a workbook with a password comes in: a header, a table of sectors, a directory.
fn encrypted() -> Vec<u8> {
    const END: [u8; 4] = 0xFFFF_FFFE_u32.to_le_bytes();
    let mut bytes = vec![0; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;
    bytes[48] = 1;
    bytes[68..72].copy_from_slice(&END);
    bytes[76..1024].fill(0xFF);
    bytes[76..80].fill(0);
    bytes[516..520].copy_from_slice(&END);
    for (entry, name) in bytes[1024..].chunks_mut(128).zip(["Root Entry", "EncryptionInfo", "EncryptedPackage"]) {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
    }
    bytes
}
