//! Small files that become large: of bytes, of elements, of texts, of formats.

use super::Hazard;
use super::Outcome::{self, NotChecked, WithoutCopy};
use super::package::{Form, SHEET, STRINGS, STYLES, WORKBOOK, WORKBOOK_RELATIONS};
use super::zip_file::{Deflated, Entry};

const GROUP: &str = "bombs";
const MEGABYTE: usize = 1 << 20;
/// A content that is just within the limit on one part.
const ROOM: usize = 60 * MEGABYTE;

const fn hazard(name: &'static str, made: &'static str, build: fn() -> Vec<u8>, outcome: Outcome) -> Hazard {
    Hazard { name, group: GROUP, made, file: "budget.xlsx", build, outcome }
}

const UNPACKED: &str = "byte i en af sine dele, når den pakkes ud";

/// The hazards of this group.
pub static HAZARDS: &[Hazard] = &[
    hazard(
        "bomb-in-sheet",
        "1 GB of rows in a sheet",
        || gigabyte(SHEET, "</sheetData>", "<row/>"),
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-in-shared-strings",
        "1 GB of shared strings",
        || gigabyte(STRINGS, "</sst>", "<si><t>x</t></si>"),
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-in-styles",
        "1 GB of formats in the styles",
        || gigabyte(STYLES, "</cellXfs>", "<xf/>"),
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-in-relationships",
        "1 GB of white space in the relationships of the workbook",
        || gigabyte(WORKBOOK_RELATIONS, "</Relationships>", "          "),
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-in-comments",
        "1 GB of notes, which only an annotated copy needs",
        || {
            let comment = "<comment ref=\"A1\" authorId=\"0\"><text/></comment>".repeat(20_000);
            Form::new()
                .with_comments(Deflated::repeated(
                    b"<comments><commentList>",
                    comment.as_bytes(),
                    1100,
                    b"</commentList></comments>",
                ))
                .file()
        },
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-in-a-part-nobody-reads",
        "1 GB of zeros under xl/media",
        || Form::new().with("xl/media/image1.png", Deflated::repeated(b"", &vec![0; MEGABYTE], 1024, b"")).file(),
        NotChecked(UNPACKED),
    ),
    hazard(
        "bomb-that-lies",
        "1 GB of rows in a sheet that is declared to have 100 KB",
        || {
            let form = Form::new().filled(SHEET, "</sheetData>", "<row/>", 1024 * MEGABYTE / 6);
            form.bent(SHEET, |entry| entry.declared_size = Some(100_000)).file()
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "many-large-parts",
        "20 parts of 60 MB each",
        || {
            let mut form = Form::new();
            for number in 0..20 {
                form = form
                    .with(&format!("xl/media/image{number}.png"), Deflated::repeated(b"", &vec![0; MEGABYTE], 60, b""));
            }
            form.file()
        },
        NotChecked("byte, når den pakkes ud"),
    ),
    hazard(
        "many-entries",
        "60,000 empty files in the package",
        || {
            let mut form = Form::new();
            let empty = Deflated::of(b"");
            form.entries.extend((0..60_000).map(|number| Entry::new(&format!("xl/media/{number}.png"), empty.clone())));
            form.file()
        },
        NotChecked("filer i sin zip-pakke"),
    ),
    hazard(
        "many-rows",
        "60 MB of empty rows in a sheet",
        || Form::new().filled(SHEET, "</sheetData>", "<row/>", ROOM / 6).file(),
        NotChecked("rækker"),
    ),
    hazard(
        "many-cells",
        "300,000 filled cells in a sheet",
        || Form::new().filled(SHEET, "</sheetData>", "<row><c><v>1</v></c></row>", 300_000).file(),
        NotChecked("udfyldte celler"),
    ),
    hazard(
        "many-empty-cells",
        "20 MB of empty cells in one row of a sheet",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<row r=\"900\">", "</row>"], "<c/>", ROOM / 12).file(),
        Outcome::Harmless,
    ),
    hazard(
        "many-shared-strings",
        "60 MB of empty shared strings",
        || Form::new().filled(STRINGS, "</sst>", "<si/>", ROOM / 5).file(),
        NotChecked("tekster i sin fælles teksttabel"),
    ),
    hazard(
        "many-formats",
        "60 MB of formats in the styles",
        || Form::new().filled(STYLES, "</cellXfs>", "<xf/>", ROOM / 5).file(),
        NotChecked("celleformater"),
    ),
    hazard(
        "many-number-formats",
        "60 MB of number formats in the styles",
        || {
            Form::new()
                .wrapped(
                    STYLES,
                    "<fonts",
                    ["<numFmts>", "</numFmts>"],
                    "<numFmt numFmtId=\"9\" formatCode=\"0\"/>",
                    ROOM / 37,
                )
                .file()
        },
        NotChecked("XML-elementer i en af sine dele"),
    ),
    hazard(
        "many-relationships",
        "60 MB of relationships of the workbook",
        || {
            let line = "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>";
            Form::new().filled(WORKBOOK_RELATIONS, "</Relationships>", line, ROOM / line.len()).file()
        },
        NotChecked("to henvisninger"),
    ),
    hazard(
        "many-sheets",
        "60 MB of sheets in the workbook, all of one part",
        || {
            let line = "<sheet name=\"a\" sheetId=\"9\" r:id=\"rId1\"/>";
            Form::new().filled(WORKBOOK, "</sheets>", line, ROOM / line.len()).file()
        },
        NotChecked("ark, og der må højst være 100"),
    ),
    hazard(
        "many-merged-regions",
        "60 MB of merged regions on a sheet",
        || {
            let line = "<mergeCell ref=\"AA900:AB900\"/>";
            Form::new()
                .wrapped(SHEET, "<dataValidations", ["<mergeCells>", "</mergeCells>"], line, ROOM / line.len())
                .file()
        },
        NotChecked("flettede områder"),
    ),
    hazard(
        "many-conditional-formats",
        "60 MB of conditional formats on a sheet",
        || {
            let line = "<conditionalFormatting sqref=\"A1\"/>";
            Form::new().filled(SHEET, "<dataValidations", line, ROOM / line.len()).file()
        },
        NotChecked("XML-elementer i en af sine dele"),
    ),
    hazard(
        "many-comments",
        "50,000 notes on a sheet, which only an annotated copy needs",
        || comments("<comment ref=\"A1\" authorId=\"0\"><text/></comment>", 50_000),
        WithoutCopy,
    ),
    hazard(
        "deep-comments",
        "60 MB of elements within each other in the notes",
        || comments("<a>", ROOM / 3),
        WithoutCopy,
    ),
    hazard(
        "one-text-in-every-cell",
        "one text of 32,767 characters that 16,000 cells name",
        || {
            let form = Form::new();
            let number = form.text(STRINGS).matches("<si>").count();
            let text = format!("<si><t>{}</t></si>", "x".repeat(32_767));
            let form = form.filled(STRINGS, "</sst>", &text, 1);
            form.wrapped(
                SHEET,
                "</sheetData>",
                ["<row r=\"900\">", "</row>"],
                &format!("<c t=\"s\"><v>{number}</v></c>"),
                16_000,
            )
            .file()
        },
        NotChecked("byte tekst"),
    ),
    hazard(
        "one-long-text",
        "one text of 60 MB in a cell",
        || {
            Form::new()
                .wrapped(
                    SHEET,
                    "</sheetData>",
                    ["<row r=\"900\"><c t=\"inlineStr\"><is><t>", "</t></is></c></row>"],
                    "x",
                    ROOM,
                )
                .file()
        },
        NotChecked("tegn i en celle"),
    ),
];

fn gigabyte(part: &str, before: &str, piece: &str) -> Vec<u8> {
    Form::new().filled(part, before, piece, 1024 * MEGABYTE / piece.len()).file()
}

fn comments(piece: &str, times: usize) -> Vec<u8> {
    let pieces = piece.repeat(10_000);
    let start = "<comments><commentList>";
    Form::new()
        .with_comments(Deflated::repeated(
            start.as_bytes(),
            pieces.as_bytes(),
            times / 10_000,
            b"</commentList></comments>",
        ))
        .file()
}
