//! XML that expands, nests, hides or breaks.

use super::Hazard;
use super::Outcome::{self, Harmless, NotChecked};
use super::package::{Form, SHEET, STRINGS, WORKBOOK};
use super::zip_file::Deflated;

const GROUP: &str = "markup";
const ROOM: usize = 60 << 20;

const fn hazard(name: &'static str, made: &'static str, build: fn() -> Vec<u8>, outcome: Outcome) -> Hazard {
    Hazard { name, group: GROUP, made, file: "budget.xlsx", build, outcome }
}

/// The hazards of this group.
pub static HAZARDS: &[Hazard] = &[
    hazard(
        "entity-expansion",
        "ten entities, each of ten of the one before",
        || {
            let entity = |level: u32| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10));
            let entities = (1..10).map(entity).collect::<Vec<_>>().concat();
            with_doctype(STRINGS, &format!("<!DOCTYPE sst [<!ENTITY e0 \"ha\">{entities}]>"), "<si><t>&e9;</t></si>")
        },
        NotChecked("dokumenttype (DTD)"),
    ),
    hazard(
        "external-entity",
        "an entity that names /etc/passwd",
        || with_doctype(STRINGS, "<!DOCTYPE sst [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "<si><t>&e;</t></si>"),
        NotChecked("dokumenttype (DTD)"),
    ),
    hazard(
        "external-dtd",
        "a document type at an address on the network",
        || with_doctype(STRINGS, "<!DOCTYPE sst SYSTEM \"http://example.com/sst.dtd\">", ""),
        NotChecked("dokumenttype (DTD)"),
    ),
    hazard(
        "unknown-entity",
        "a text with an entity that nobody defined",
        || Form::new().replacing(STRINGS, "<si><t>", "<si><t>&hemmelig;").file(),
        NotChecked("beskadiget"),
    ),
    hazard(
        "invalid-utf8",
        "a byte that is no UTF-8 in the shared strings",
        || {
            let form = Form::new();
            let mut bytes = form.text(STRINGS).as_bytes().to_vec();
            let place = bytes.windows(3).position(|window| window == b"<t>").unwrap();
            bytes.insert(place + 3, 0xFF);
            form.with(STRINGS, Deflated::of(&bytes)).file()
        },
        NotChecked("beskadiget"),
    ),
    hazard(
        "utf16-parts",
        "sheet, texts and workbook in UTF-16",
        || {
            let mut form = Form::new();
            for name in [SHEET, STRINGS, WORKBOOK] {
                let text = form.text(name).replacen("UTF-8", "UTF-16", 1);
                let mut bytes = vec![0xFF, 0xFE];
                bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                form = form.with(name, Deflated::of(&bytes));
            }
            form.file()
        },
        Harmless,
    ),
    hazard(
        "half-a-utf16-character",
        "texts in UTF-16 of an odd number of bytes",
        || Form::new().with(STRINGS, Deflated::of(b"\xFF\xFE<\0s")).file(),
        NotChecked("beskadiget"),
    ),
    hazard(
        "deep-xml",
        "60 MB of elements within each other on a sheet",
        || Form::new().filled(SHEET, "<sheetData>", "<a>", ROOM / 3).file(),
        NotChecked("XML-elementer inden i hinanden"),
    ),
    hazard(
        "deep-xml-in-cells",
        "60 MB of elements within each other among the rows",
        || Form::new().filled(SHEET, "</sheetData>", "<a>", ROOM / 3).file(),
        NotChecked("XML-elementer inden i hinanden"),
    ),
    hazard(
        "many-attributes",
        "an element with 60 MB of attributes",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<row", "/>"], " a=\"\"", ROOM / 5).file(),
        NotChecked("byte i et XML-elements attributter"),
    ),
    hazard(
        "a-thousand-attributes",
        "an element with 1,000 attributes",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<row", "/>"], " a=\"\"", 1_000).file(),
        NotChecked("attributter på et XML-element"),
    ),
    hazard(
        "long-attribute",
        "an attribute of 60 MB",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<row spans=\"", "\"/>"], "x", ROOM).file(),
        NotChecked("byte i et XML-elements attributter"),
    ),
    hazard(
        "long-name",
        "an element whose name has 60 MB",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<", "/>"], "x", ROOM).file(),
        Harmless,
    ),
    hazard(
        "long-comment",
        "a comment of 60 MB between rows",
        || Form::new().wrapped(SHEET, "</sheetData>", ["<!--", "-->"], "x", ROOM).file(),
        Harmless,
    ),
    hazard(
        "element-without-end",
        "a sheet that breaks off within an element",
        || Form::new().filled(SHEET, "</sheetData>", "<row><c r=\"A900\"><v>1", 1).file(),
        NotChecked("beskadiget"),
    ),
    hazard(
        "value-in-pieces",
        "a number with a comment in it",
        || {
            Form::new()
                .filled(SHEET, "</sheetData>", "<row r=\"900\"><c r=\"A900\"><v>1<!-- -->0</v></c></row>", 1)
                .file()
        },
        NotChecked("en værdi, der er brudt i stykker"),
    ),
    hazard(
        "impossible-count-of-strings",
        "a count of 9,000,000,000 shared strings",
        || {
            let form = Form::new();
            let text = form.text(STRINGS).to_owned();
            let start = text.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            let end = start + text[start..].find('"').unwrap();
            form.with_text(STRINGS, &format!("{}9000000000{}", &text[..start], &text[end..])).file()
        },
        Harmless,
    ),
    hazard(
        "impossible-shared-formula",
        "a shared formula of number 4,000,000,000",
        || {
            Form::new()
                .filled(
                    SHEET,
                    "</sheetData>",
                    "<row r=\"900\"><c r=\"A900\"><f t=\"shared\" si=\"4000000000\" ref=\"A900\">1</f></c></row>",
                    1,
                )
                .file()
        },
        NotChecked("en delt formel med et umuligt nummer"),
    ),
    hazard(
        "row-beyond-the-sheet",
        "a row of number 4,000,000,000",
        || Form::new().filled(SHEET, "</sheetData>", "<row r=\"4000000000\"><c><v>1</v></c></row>", 1).file(),
        NotChecked("en celle uden for arket"),
    ),
];

/// The form with a document type before a part, and more strings in it.
fn with_doctype(part: &str, doctype: &str, strings: &str) -> Vec<u8> {
    let form = Form::new();
    let text = form.text(part).replacen("?>", &format!("?>{doctype}"), 1);
    form.with_text(part, &text.replacen("</sst>", &format!("{strings}</sst>"), 1)).file()
}
