//! What a file is, by its content; its name is not asked.

use std::sync::Arc;

use memchr::memmem;

use super::archive::{Archive, canonical_name, check_size};
use super::compound::Container;
use super::error::{FileGuess, Quantity, ReadError};
use super::{Limits, Package, WorkbookFormat};

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// How other archives begin: 7z, rar, gzip, bzip2, xz, Zstandard, cabinets.
const ARCHIVES: [&[u8]; 7] =
    [b"7z\xBC\xAF\x27\x1C", b"Rar!\x1A\x07", b"\x1F\x8B", b"BZh", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD", b"MSCF"];

/// What stands in a tar archive, and where.
const TAR: &[u8] = b"ustar";
const TAR_PLACE: usize = 257;

/// How the attachment begins in which Outlook sends mails to others (`winmail.dat`).
const MAIL_OF_OUTLOOK: &[u8] = b"\x78\x9F\x3E\x22";

/// How the streams of a mail of Outlook are called, in either encoding.
const MAIL_PARTS: [&[u8]; 2] = [b"__substg1.0_", b"_\0_\0s\0u\0b\0s\0t\0g\x001\0.\x000\0_\0"];

/// The stream that a mail of Outlook has.
const MAIL_STREAM: &str = "__properties_version1.0";

/// The streams of a document that is encrypted for certain people, by a sensitivity label or by rights management alone.
const RIGHTS_STREAMS: [&str; 3] = ["LabelInfo", "DRMEncryptedDataSpace", "DRMEncryptedTransform"];

/// What an `OpenDocument` spreadsheet calls itself, templates too.
const OPEN_DOCUMENT_SPREADSHEET: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

/// The entry that Apple's programs put into every document, by the end of its name.
const APPLE_ENTRY: &str = "buildversionhistory.plist";

/// How spreadsheets of other formats begin: Excel 2, 3, 4, one without its container, Lotus 1-2-3, Multiplan's symbolic links.
const OLD_SPREADSHEETS: [&[u8]; 8] = [
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x00\x00\x02\x00\x04\x04",
    b"\x00\x00\x02\x00\x06\x04",
    b"\x00\x00\x1A\x00",
    b"ID;P",
];

/// What stands near the top of a spreadsheet in one XML file: Excel's of 2003, flat `OpenDocument`; in lower case.
const SPREADSHEET_XML: [&str; 3] =
    ["progid=\"excel.sheet\"", "urn:schemas-microsoft-com:office:spreadsheet", "opendocument.spreadsheet"];

/// How much of a file is looked at to guess what text it is.
const GUESSED_BYTES: usize = 4096;

/// A workbook whose format is known.
pub(crate) struct Recognised {
    /// The format.
    pub(crate) format: WorkbookFormat,
    /// The archive that it came in, opened already; none for a compound file.
    pub(crate) package: Option<Package>,
}

/// The format of a workbook; an error says what else the file is.
pub fn recognise(bytes: &Arc<[u8]>, limits: &Limits) -> Result<WorkbookFormat, ReadError> {
    identify(bytes, limits).map(|recognised| recognised.format)
}

/// The format of a workbook, with what was opened to find it; an error says what else the file is.
pub(crate) fn identify(bytes: &Arc<[u8]>, limits: &Limits) -> Result<Recognised, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    check_size(Quantity::FileBytes, bytes.len() as u64, limits.file_bytes)?;
    if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        let package = Package::over(Archive::open(Arc::clone(bytes), limits)?);
        Ok(Recognised { format: recognise_archive(&package)?, package: Some(package) })
    } else if bytes.starts_with(OLE) {
        Ok(Recognised { format: recognise_compound(bytes)?, package: None })
    } else {
        Err(ReadError::NotAWorkbook(guess(bytes)))
    }
}

fn recognise_archive(package: &Package) -> Result<WorkbookFormat, ReadError> {
    if let Some(content_types) = package.text("[Content_Types].xml")? {
        return recognise_content_types(content_types);
    }
    let archive = package.archive();
    // The manifest is searched, never parsed: OpenOffice 2 gave it a document type.
    let manifest = archive.inflate("META-INF/manifest.xml")?.unwrap_or_default();
    match archive.inflate("mimetype")? {
        Some(mime) => recognise_open_document(&mime, &manifest),
        None if contains(&manifest, OPEN_DOCUMENT_SPREADSHEET) => {
            recognise_open_document(OPEN_DOCUMENT_SPREADSHEET, &manifest)
        }
        None if archive.names().iter().any(|name| canonical_name(name).ends_with(APPLE_ENTRY)) => {
            Err(ReadError::NotAWorkbook(FileGuess::AppleDocument))
        }
        None => Err(ReadError::NotAWorkbook(FileGuess::Zip)),
    }
}

/// The content type of the main part decides, wherever that part stands.
fn recognise_content_types(content_types: &str) -> Result<WorkbookFormat, ReadError> {
    let has = |name: &str| content_types.contains(name);
    if has("spreadsheetml.sheet.main+xml") || has("spreadsheetml.template.main+xml") {
        Ok(WorkbookFormat::Xlsx)
    } else if has("ms-excel.sheet.macroEnabled.main+xml") || has("ms-excel.template.macroEnabled.main+xml") {
        Ok(WorkbookFormat::Xlsm)
    } else if has("ms-excel.sheet.binary.macroEnabled.main") {
        Ok(WorkbookFormat::Xlsb)
    } else if has("ms-excel.addin.macroEnabled.main+xml") {
        Err(ReadError::NotAWorkbook(FileGuess::OtherSpreadsheet))
    } else if has("wordprocessingml") {
        Err(ReadError::NotAWorkbook(FileGuess::TextDocument))
    } else if has("presentationml") {
        Err(ReadError::NotAWorkbook(FileGuess::Presentation))
    } else {
        Err(ReadError::NotAWorkbook(FileGuess::Zip))
    }
}

fn recognise_open_document(mime: &[u8], manifest: &[u8]) -> Result<WorkbookFormat, ReadError> {
    let mime = String::from_utf8_lossy(mime);
    if mime.starts_with("application/vnd.sun.xml.calc") {
        return Err(ReadError::NotAWorkbook(FileGuess::OtherSpreadsheet));
    }
    let kind = mime.trim().strip_prefix("application/vnd.oasis.opendocument.").unwrap_or_default();
    match kind.trim_end_matches("-template") {
        "spreadsheet" if contains(manifest, b"encryption-data") => Err(ReadError::Encrypted),
        "spreadsheet" => Ok(WorkbookFormat::Ods),
        "text" => Err(ReadError::NotAWorkbook(FileGuess::TextDocument)),
        "presentation" => Err(ReadError::NotAWorkbook(FileGuess::Presentation)),
        _ => Err(ReadError::NotAWorkbook(FileGuess::Zip)),
    }
}

fn recognise_compound(bytes: &[u8]) -> Result<WorkbookFormat, ReadError> {
    let container = match Container::open(bytes) {
        // Damaged, it still is no workbook that could be saved again.
        Err(_) if MAIL_PARTS.iter().any(|part| contains(bytes, part)) => {
            return Err(ReadError::NotAWorkbook(FileGuess::Mail));
        }
        opened => opened?,
    };
    let has = |name: &str| container.stream_names().any(|stream| stream.eq_ignore_ascii_case(name));
    if has("EncryptedPackage") {
        let is_labelled = RIGHTS_STREAMS.iter().any(|stream| has(stream));
        Err(if is_labelled { ReadError::Labelled } else { ReadError::Encrypted })
    } else if has("Workbook") || has("Book") {
        Ok(WorkbookFormat::Xls)
    } else if has(MAIL_STREAM) {
        Err(ReadError::NotAWorkbook(FileGuess::Mail))
    } else {
        Err(ReadError::NotAWorkbook(FileGuess::OleContainer))
    }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    memmem::find(bytes, wanted).is_some()
}

/// What a file that begins like this seems to be, where it is no workbook.
pub(crate) fn guess(bytes: &[u8]) -> FileGuess {
    let begins = |magic: &&[u8]| bytes.starts_with(magic);
    if begins(&ZIP) || begins(&EMPTY_ZIP) {
        FileGuess::Zip
    } else if begins(&OLE) {
        FileGuess::OleContainer
    } else if ARCHIVES.iter().any(begins) || bytes.get(TAR_PLACE..).is_some_and(|rest| rest.starts_with(TAR)) {
        FileGuess::Archive
    } else if begins(&MAIL_OF_OUTLOOK) || is_mail(bytes.get(..GUESSED_BYTES).unwrap_or(bytes)) {
        FileGuess::Mail
    } else {
        guess_document(bytes)
    }
}

/// Whether lines are the head of a mail: fields alone, among them who sent it and one that only mails have.
fn is_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let fields: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let first = fields.first().and_then(|line| line.split_once(':'));
    let is_field = first.is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-'));
    let has = |names: &[&str]| fields.iter().any(|line| names.iter().any(|name| line.starts_with(name)));
    is_field && has(&["from:"]) && has(&["mime-version:", "received:", "message-id:", "subject:"])
}

fn guess_document(bytes: &[u8]) -> FileGuess {
    let pictures: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\0", b"MM\0*"];
    if bytes.starts_with(b"%PDF-") {
        FileGuess::Pdf
    } else if pictures.iter().any(|magic| bytes.starts_with(magic)) {
        FileGuess::Image
    } else if OLD_SPREADSHEETS.iter().any(|magic| bytes.starts_with(magic)) {
        FileGuess::OtherSpreadsheet
    } else {
        let head = bytes.get(..GUESSED_BYTES).unwrap_or(bytes);
        guess_text(head)
    }
}

fn guess_text(head: &[u8]) -> FileGuess {
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let text: String = head.iter().filter(|byte| !(utf16 && **byte == 0)).map(|byte| char::from(*byte)).collect();
    if text.chars().any(|char| char.is_ascii_control() && !char.is_ascii_whitespace()) {
        return FileGuess::Unknown;
    }
    let start = text.trim_start_matches(|char: char| !char.is_ascii() || char.is_whitespace()).to_ascii_lowercase();
    let first_line = start.lines().next().unwrap_or_default();
    if SPREADSHEET_XML.iter().any(|mark| start.contains(mark)) {
        FileGuess::OtherSpreadsheet
    } else if start.contains("<html") || start.contains("<table") || start.starts_with("<!doctype html") {
        FileGuess::Html
    } else if start.starts_with("<?xml") {
        FileGuess::Xml
    } else if first_line.contains([';', ',', '\t']) {
        FileGuess::Csv
    } else {
        FileGuess::Text
    }
}
