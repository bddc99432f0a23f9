//! Files that are something else than their name says, and the formats beside xlsx.

use std::io::{Cursor, Write as _};

use super::Hazard;
use super::Outcome::{self, Found, Harmless, NotChecked};
use super::compound::{container, records};
use super::package::Form;
use super::zip_file::{Deflated, Entry, zip};

const GROUP: &str = "formats";
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

const fn hazard(
    name: &'static str,
    file: &'static str,
    made: &'static str,
    build: fn() -> Vec<u8>,
    outcome: Outcome,
) -> Hazard {
    Hazard { name, group: GROUP, made, file, build, outcome }
}

/// The hazards of this group.
pub static HAZARDS: &[Hazard] = &[
    hazard("empty-file", "budget.xlsx", "no byte at all", Vec::new, NotChecked("tom (0 byte)")),
    hazard(
        "html-named-xlsx",
        "budget.xlsx",
        "a portal's page for logging in",
        || b"<!DOCTYPE html><html><body>Log ind</body></html>".to_vec(),
        NotChecked("webside"),
    ),
    hazard(
        "html-table-named-xls",
        "budget.xls",
        "a table that a portal exports as a workbook",
        || b"<table><tr><td>Nr.</td><td>12</td></tr></table>".to_vec(),
        NotChecked("webside"),
    ),
    hazard(
        "csv-named-xlsx",
        "budget.xlsx",
        "separated values that a bank exports as a workbook",
        || "Dato;Beløb\n2023-05-01;12,50\n".as_bytes().to_vec(),
        NotChecked("CSV"),
    ),
    hazard(
        "utf16-csv-named-xlsx",
        "budget.xlsx",
        "separated values in UTF-16",
        || {
            let text = "Dato\tBeløb\n2023-05-01\t12,50\n";
            [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
        },
        NotChecked("CSV"),
    ),
    hazard(
        "pdf-named-xlsx",
        "budget.xlsx",
        "a PDF",
        || b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n".to_vec(),
        NotChecked("PDF"),
    ),
    hazard(
        "picture-named-xlsx",
        "budget.xlsx",
        "a picture",
        || b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
        NotChecked("billede"),
    ),
    hazard(
        "word-named-xlsx",
        "budget.xlsx",
        "a text document",
        || {
            let types = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
            archive(&[("[Content_Types].xml", Deflated::of(types))])
        },
        NotChecked("tekstdokument"),
    ),
    hazard(
        "zip-named-xlsx",
        "budget.xlsx",
        "a zip archive with the form in it",
        || archive(&[("budget.xlsx", Deflated::of(&Form::new().file()))]),
        NotChecked("det, der ligger i arkivet, er ikke kontrolleret"),
    ),
    hazard(
        "noise-named-xlsx",
        "budget.xlsx",
        "64 KB without a meaning",
        || (0..65_536_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
        NotChecked("ikke et regneark"),
    ),
    hazard(
        "encrypted-workbook",
        "budget.xlsx",
        "a workbook with a password",
        || container(&[("EncryptionInfo", b"\x04\0\x04\0".to_vec()), ("EncryptedPackage", vec![1; 8192])]),
        NotChecked("adgangskode"),
    ),
    hazard(
        "excel-4-workbook",
        "budget.xls",
        "records of Excel 4, without a container",
        || [b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(), vec![0; 64]].concat(),
        NotChecked("ældre udgave af Excel"),
    ),
    hazard(
        "excel-2003-xml",
        "budget.xls",
        "Excel's XML of 2003",
        || b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>".to_vec(),
        NotChecked("ældre udgave af Excel"),
    ),
    hazard(
        "multiplan-links",
        "budget.xls",
        "symbolic links (SYLK)",
        || b"ID;PWXL;N;E\nC;Y1;X1;K\"Nr.\"\nE\n".to_vec(),
        NotChecked("ældre udgave af Excel"),
    ),
    hazard(
        "xlsx-named-xls",
        "budget.xls",
        "the form with the ending of another format",
        || Form::new().file(),
        Harmless,
    ),
    hazard(
        "xls-named-xlsx",
        "budget.xlsx",
        "a workbook of Excel 97 with the ending of another format",
        || std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/libreoffice.xls")).unwrap(),
        Found("S002", ""),
    ),
    hazard(
        "xls-without-records",
        "budget.xls",
        "a container whose stream of records is empty",
        || container(&[("Workbook", Vec::new())]),
        NotChecked(""),
    ),
    hazard(
        "xls-looping-container",
        "budget.xls",
        "a container whose sectors lead in a circle",
        || {
            let mut bytes = container(&[("Workbook", vec![0; 16_384])]);
            // The first number of the table: the sector after the table's own.
            bytes[4096 + 4 * 3..4096 + 4 * 4].copy_from_slice(&2_u32.to_le_bytes());
            bytes
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "xls-sparse-sheet",
        "budget.xls",
        "a sheet that declares every place it could have, a hundred times",
        || container(&[("Workbook", sparse_sheets())]),
        NotChecked("pladser mellem"),
    ),
    hazard(
        "xls-many-strings",
        "budget.xls",
        "20 MB of texts without a character",
        || {
            let table =
                records(&[(0x0809, vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), (0x00FC, vec![0; 8218])]);
            let more = records(&[(0x003C, vec![0; 8220])]);
            container(&[("Workbook", [table, more.repeat(2_500)].concat())])
        },
        NotChecked("byte tekst"),
    ),
    hazard(
        "xls-many-pieces",
        "budget.xls",
        "a record in four million pieces",
        || {
            let start = records(&[(0x0809, vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])]);
            container(&[("Workbook", [start, records(&[(0x003C, Vec::new())]).repeat(4_000_000)].concat())])
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "xlsb-many-strings",
        "budget.xlsb",
        "60 MB of texts in a binary workbook",
        || {
            let types = b"<Types><Override PartName=\"/xl/workbook.bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
            let strings = [0x13, 5, 0, 0, 0, 0, 0].repeat(10_000);
            archive(&[
                ("[Content_Types].xml", Deflated::of(types)),
                ("xl/sharedStrings.bin", Deflated::repeated(b"", &strings, 850, b"")),
            ])
        },
        NotChecked("tekster i sin fælles teksttabel"),
    ),
    hazard(
        "xlsb-long-record",
        "budget.xlsb",
        "a record of a binary workbook that declares 256 MB",
        || {
            let types = b"<Types><Override PartName=\"/xl/workbook.bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
            archive(&[
                ("[Content_Types].xml", Deflated::of(types)),
                ("xl/workbook.bin", Deflated::of(&[0x99, 1, 0xFF, 0xFF, 0xFF, 0x7F])),
            ])
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "ods-repeated-cells",
        "budget.ods",
        "a million rows of 16,384 repeated cells",
        || {
            open_document(Deflated::of(content("<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>").as_bytes()))
        },
        NotChecked("byte tekst"),
    ),
    hazard(
        "ods-repeated-spaces",
        "budget.ods",
        "a cell with a million spaces in short",
        || {
            open_document(Deflated::of(content("<table:table-row><table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"1000000\"/></text:p></table:table-cell></table:table-row>").as_bytes()))
        },
        NotChecked("tegn i en celle"),
    ),
    hazard(
        "ods-many-rows",
        "budget.ods",
        "60 MB of rows",
        || {
            let whole = content("HER");
            let (before, after) = whole.split_once("HER").unwrap();
            let rows = "<table:table-row/>".repeat(10_000);
            open_document(Deflated::repeated(before.as_bytes(), rows.as_bytes(), 340, after.as_bytes()))
        },
        NotChecked("XML-elementer i en af sine dele"),
    ),
    hazard(
        "ods-deep-xml",
        "budget.ods",
        "60 MB of elements within each other",
        || {
            let whole = content("HER");
            let (before, after) = whole.split_once("HER").unwrap();
            open_document(Deflated::repeated(
                before.as_bytes(),
                "<a>".repeat(10_000).as_bytes(),
                2_000,
                after.as_bytes(),
            ))
        },
        NotChecked("XML-elementer inden i hinanden"),
    ),
    hazard(
        "ods-bomb",
        "budget.ods",
        "1 GB of white space",
        || open_document(Deflated::repeated(b"", &vec![b' '; 1 << 20], 1024, b"")),
        NotChecked("byte i en af sine dele, når den pakkes ud"),
    ),
    hazard(
        "too-large",
        "budget.xlsx",
        "a file of 40 MB",
        || {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            zip.start_file("film.mp4", stored).unwrap();
            zip.write_all(&vec![7; 40 << 20]).unwrap();
            zip.finish().unwrap().into_inner()
        },
        NotChecked("byte, og der må højst være 33.554.432"),
    ),
];

fn archive(parts: &[(&str, Deflated)]) -> Vec<u8> {
    let entries: Vec<Entry> = parts.iter().map(|(name, content)| Entry::new(name, content.clone())).collect();
    zip(&entries)
}

fn content(rows: &str) -> String {
    format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Budget\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

fn open_document(content: Deflated) -> Vec<u8> {
    archive(&[
        ("mimetype", Deflated::of(OPEN_DOCUMENT)),
        ("META-INF/manifest.xml", Deflated::of(b"<manifest:manifest/>")),
        ("content.xml", content),
    ])
}

/// The records of a workbook of a hundred sheets, each of which declares all of 65,536 rows and 256 columns.
fn sparse_sheets() -> Vec<u8> {
    let beginning = vec![0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let sheet = |start: u32| (0x0085, [&start.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
    let list = |start: u32| {
        let mut list = vec![(0x0809, beginning.clone())];
        list.extend((0..100).map(|_| sheet(start)));
        list.push((0x000A, Vec::new()));
        records(&list)
    };
    let start = u32::try_from(list(0).len()).unwrap();
    let dimensions = [&0_u32.to_le_bytes()[..], &65_536_u32.to_le_bytes(), &[0, 0, 0, 1, 0, 0]].concat();
    let body = records(&[(0x0809, beginning.clone()), (0x0200, dimensions), (0x000A, Vec::new())]);
    [list(start), body].concat()
}
