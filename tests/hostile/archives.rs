//! Zip archives that contradict themselves, and packages whose parts do.

use super::Hazard;
use super::Outcome::{self, Harmless, NotChecked};
use super::package::{CONTENT_TYPES, Form, SHEET, STRINGS, STYLES, TYPES, WORKBOOK, WORKBOOK_RELATIONS};
use super::zip_file::{Deflated, Entry};

const GROUP: &str = "archives";

const fn hazard(name: &'static str, made: &'static str, build: fn() -> Vec<u8>, outcome: Outcome) -> Hazard {
    Hazard { name, group: GROUP, made, file: "budget.xlsx", build, outcome }
}

/// The hazards of this group.
pub static HAZARDS: &[Hazard] = &[
    hazard(
        "overlapping-entries",
        "two entries that name the same bytes",
        || {
            let mut form = Form::new();
            let place = form.entries.iter().position(|entry| entry.name == SHEET).unwrap();
            let mut second = form.entries[place].clone();
            "xl/worksheets/sheet9.xml".clone_into(&mut second.name);
            second.same_bytes_as = Some(place);
            form.entries.push(second);
            form.file()
        },
        NotChecked("overlapper hinanden"),
    ),
    hazard(
        "duplicate-entries",
        "two entries of one name",
        || {
            let mut form = Form::new();
            form.entries.push(Entry::new(SHEET, Deflated::of(b"<worksheet><sheetData/></worksheet>")));
            form.file()
        },
        NotChecked("to filer af samme navn"),
    ),
    hazard(
        "duplicate-entries-by-case",
        "two entries whose names differ in case only",
        || {
            let mut form = Form::new();
            form.entries
                .push(Entry::new("XL/Worksheets/SHEET2.xml", Deflated::of(b"<worksheet><sheetData/></worksheet>")));
            form.file()
        },
        NotChecked("to filer af samme navn"),
    ),
    hazard(
        "names-with-dots",
        "an entry called ../../evil.xml",
        || Form::new().with_text("../../evil.xml", "<a/>").file(),
        NotChecked("fører ud af dens zip-pakke"),
    ),
    hazard(
        "names-with-backslashes",
        "an entry called ..\\..\\evil.xml",
        || Form::new().with_text("..\\..\\evil.xml", "<a/>").file(),
        NotChecked("fører ud af dens zip-pakke"),
    ),
    hazard(
        "names-with-a-drive",
        "an entry called C:\\evil.xml",
        || Form::new().with_text("C:\\evil.xml", "<a/>").file(),
        NotChecked("fører ud af dens zip-pakke"),
    ),
    hazard(
        "absolute-names",
        "the parts called /xl/workbook.xml and so on, as some programs write them",
        || {
            let mut form = Form::new();
            for entry in form.entries.iter_mut().filter(|entry| entry.name.starts_with("xl/")) {
                entry.name = format!("/{}", entry.name);
            }
            form.file()
        },
        Harmless,
    ),
    hazard(
        "wrong-checksum",
        "a sheet whose checksum is another",
        || Form::new().bent(SHEET, |entry| entry.declared_crc = Some(1)).file(),
        NotChecked("beskadiget"),
    ),
    hazard(
        "headers-disagree",
        "a sheet that is called something else in its own header",
        || Form::new().bent(SHEET, |entry| entry.local_name = Some("xl/worksheets/sheet9.xml".to_owned())).file(),
        NotChecked("indholdsfortegnelse ikke passer"),
    ),
    hazard(
        "zip64",
        "sizes in the fields for archives over 4 GB",
        || Form::new().bent(SHEET, |entry| entry.zip64 = true).file(),
        Harmless,
    ),
    hazard(
        "encrypted-entry",
        "a sheet marked as encrypted in the zip archive",
        || Form::new().bent(SHEET, |entry| entry.flags = 1).file(),
        NotChecked("adgangskode"),
    ),
    hazard(
        "data-after-the-end",
        "4 KB after the end of the archive",
        || [Form::new().file(), vec![b'x'; 4096]].concat(),
        Harmless,
    ),
    hazard(
        "archive-after-the-end",
        "a second archive after the end of the first",
        || [Form::new().file(), Form::new().replacing(SHEET, "</sheetData>", "<row/></sheetData>").file()].concat(),
        NotChecked("indholdsfortegnelse ikke passer"),
    ),
    hazard(
        "data-before-the-start",
        "a program before the start of the archive",
        || [b"MZ\x90\x00".to_vec(), vec![0; 4096], Form::new().file()].concat(),
        NotChecked("ikke et regneark"),
    ),
    hazard(
        "cut-in-half",
        "the first half of a file",
        || {
            let file = Form::new().file();
            file[..file.len() / 2].to_vec()
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "missing-relationships",
        "no relationships of the workbook",
        || {
            let mut form = Form::new();
            form.entries.retain(|entry| entry.name != WORKBOOK_RELATIONS);
            form.file()
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "missing-part",
        "a sheet that is not in the package",
        || {
            let mut form = Form::new();
            form.entries.retain(|entry| entry.name != SHEET);
            form.file()
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "circular-relationships",
        "a sheet that leads to the workbook, which leads to itself",
        || {
            let circle = format!(
                r#"<Relationships><Relationship Id="rId1" Type="{TYPES}/officeDocument" Target="../workbook.xml"/><Relationship Id="rId2" Type="{TYPES}/worksheet" Target="sheet2.xml"/></Relationships>"#
            );
            let line = format!(
                r#"<Relationship Id="rIdMore" Type="{TYPES}/officeDocument" Target="workbook.xml"/></Relationships>"#
            );
            Form::new()
                .with_text("xl/worksheets/_rels/sheet2.xml.rels", &circle)
                .replacing(WORKBOOK_RELATIONS, "</Relationships>", &line)
                .file()
        },
        Harmless,
    ),
    hazard(
        "part-of-two-kinds",
        "the styles named as the shared strings too",
        || Form::new().replacing(WORKBOOK_RELATIONS, "\"sharedStrings.xml\"", "\"styles.xml\"").file(),
        NotChecked("to ting på én gang"),
    ),
    hazard(
        "sheet-is-the-workbook",
        "a sheet that is the workbook itself",
        || Form::new().replacing(WORKBOOK_RELATIONS, "\"worksheets/sheet2.xml\"", "\"workbook.xml\"").file(),
        NotChecked("to ting på én gang"),
    ),
    hazard(
        "two-sheets-in-one-part",
        "two sheets of one part",
        || Form::new().replacing(WORKBOOK_RELATIONS, "\"worksheets/sheet3.xml\"", "\"worksheets/sheet2.xml\"").file(),
        NotChecked("beskadiget"),
    ),
    hazard(
        "two-relationships-of-one-id",
        "two relationships of one id",
        || Form::new().replacing(WORKBOOK_RELATIONS, "\"rId2\"", "\"rId1\"").file(),
        NotChecked("to henvisninger"),
    ),
    hazard(
        "two-main-parts",
        "two workbooks in one package",
        || {
            let line = format!(
                r#"<Relationship Id="rIdMore" Type="{TYPES}/officeDocument" Target="xl/other.xml"/></Relationships>"#
            );
            let form = Form::new();
            let workbook = form.text(WORKBOOK).to_owned();
            form.with_text("xl/other.xml", &workbook).replacing("_rels/.rels", "</Relationships>", &line).file()
        },
        NotChecked("to henvisninger"),
    ),
    hazard(
        "two-shared-strings",
        "two tables of shared strings",
        || {
            let line = format!(
                r#"<Relationship Id="rIdMore" Type="{TYPES}/sharedStrings" Target="other.xml"/></Relationships>"#
            );
            let form = Form::new();
            let strings = form.text(STRINGS).to_owned();
            form.with_text("xl/other.xml", &strings).replacing(WORKBOOK_RELATIONS, "</Relationships>", &line).file()
        },
        NotChecked("to henvisninger"),
    ),
    hazard(
        "relationship-out-of-the-package",
        "styles at ../../../../etc/passwd",
        || Form::new().replacing(WORKBOOK_RELATIONS, "\"styles.xml\"", "\"../../../../etc/passwd\"").file(),
        Outcome::WithoutCopy,
    ),
    hazard(
        "external-part",
        "styles at an address on the network",
        || {
            Form::new()
                .replacing(
                    WORKBOOK_RELATIONS,
                    "Target=\"styles.xml\"",
                    "Target=\"http://example.com/styles.xml\" TargetMode=\"External\"",
                )
                .file()
        },
        Harmless,
    ),
    hazard(
        "types-of-two-kinds",
        "content types that name a text document too",
        || {
            Form::new().replacing(CONTENT_TYPES, "</Types>", "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>").file()
        },
        Harmless,
    ),
    hazard(
        "styles-missing",
        "no styles at all",
        || {
            let mut form = Form::new();
            form.entries.retain(|entry| entry.name != STYLES);
            form.file()
        },
        Outcome::WithoutCopy,
    ),
];
