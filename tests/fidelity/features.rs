//! Which features each file has, and that all of them are in its copy: the table `docs/fidelity.md`.

use std::fmt::Write as _;

use crate::annotating::unpacked::Unpacked;
use crate::fidelity::corpus::Sender;
use crate::fidelity::node::{Node, without_attribute};
use crate::fidelity::parts::{is_signature, shapes};

/// What the table would say of a feature that is not in the copy.
pub(crate) const LOST: &str = "LOST";

const HEAD: &str = "# What an annotated copy keeps\n\n\
    Each file of [`tests/fidelity/files`](../tests/fidelity/README.md) was marked in some twenty cells. A feature is **kept** \
    where all of it (each element as it is written, each part byte for byte) is also in the copy; – means that the \
    file does not have it. Made by a test, which also compares all the rest: `SPORSKIFTE_UPDATE=1 cargo test fidelity::`.\n\n";

const FOOT: &str = "\nA digital signature is valid for the bytes that were signed only: the copy is made without it, and its \
    sheet `Kontrol` says so.\n";

/// Where a feature is found.
enum Place {
    /// Whole parts whose name contains a text.
    Parts(&'static str),
    /// Elements of a local name whose source contains a text, in parts whose name contains another.
    Elements { part: &'static str, local: &'static str, with: &'static str },
    /// Shapes of a legacy drawing that are no boxes of notes.
    Controls,
}

use Place::{Controls, Elements, Parts};

const fn in_sheets(local: &'static str) -> Place {
    Elements { part: "xl/worksheets/sheet", local, with: "" }
}

const fn in_workbook(local: &'static str, with: &'static str) -> Place {
    Elements { part: "xl/workbook.xml", local, with }
}

const fn in_styles(local: &'static str) -> Place {
    Elements { part: "xl/styles.xml", local, with: "" }
}

const fn rows_with(with: &'static str) -> Place {
    Elements { part: "xl/worksheets/sheet", local: "row", with }
}

const FEATURES: [(&str, Place); 54] = [
    ("stored values", in_sheets("v")),
    ("formulas", in_sheets("f")),
    ("shared strings, rich text", Parts("xl/sharedStrings.xml")),
    ("inline strings", in_sheets("is")),
    ("cell formats", in_styles("xf")),
    ("number formats", in_styles("numFmt")),
    ("fonts", in_styles("font")),
    ("fills", in_styles("fill")),
    ("theme", Parts("xl/theme/")),
    ("merged cells", in_sheets("mergeCell")),
    ("column widths, hidden columns", in_sheets("col")),
    ("hidden rows", rows_with(" hidden=")),
    ("row heights", rows_with(" customHeight=")),
    ("outline levels", rows_with(" outlineLevel=")),
    ("frozen panes", in_sheets("pane")),
    ("tab colours", in_sheets("tabColor")),
    ("filters", in_sheets("autoFilter")),
    ("data validation", in_sheets("dataValidation")),
    ("conditional formats", in_sheets("cfRule")),
    ("hyperlinks", in_sheets("hyperlink")),
    ("notes", Elements { part: "comments", local: "t", with: "" }),
    ("threaded comments", Parts("threadedComments/")),
    ("persons of threaded comments", Parts("xl/persons/")),
    ("controls", in_sheets("control")),
    ("shapes of controls and headers", Controls),
    ("properties of controls", Parts("xl/ctrlProps/")),
    ("drawings", Parts("xl/drawings/drawing")),
    ("images", Parts("xl/media/")),
    ("charts", Parts("xl/charts/")),
    ("chart sheets", in_workbook("sheet", "Diagram")),
    ("background picture", in_sheets("picture")),
    ("tables", Parts("xl/tables/")),
    ("pivot tables", Parts("xl/pivot")),
    ("sparklines", in_sheets("sparklineGroup")),
    ("extension lists", in_sheets("ext")),
    ("defined names", in_workbook("definedName", "")),
    ("hidden sheets", in_workbook("sheet", "idden")),
    ("protection of sheets", in_sheets("sheetProtection")),
    ("protected ranges", in_sheets("protectedRange")),
    ("protection of the workbook", in_workbook("workbookProtection", "")),
    ("page margins", in_sheets("pageMargins")),
    ("page setup", in_sheets("pageSetup")),
    ("print options", in_sheets("printOptions")),
    ("headers and footers", in_sheets("headerFooter")),
    ("page breaks", in_sheets("brk")),
    ("printer settings", Parts("xl/printerSettings/")),
    ("scenarios", in_sheets("scenario")),
    ("custom views", in_sheets("customSheetView")),
    ("ignored errors", in_sheets("ignoredError")),
    ("external links", Parts("xl/externalLinks/")),
    ("calculation chain", Parts("xl/calcChain.xml")),
    ("macros", Parts("vbaProject.bin")),
    ("custom parts", Parts("customXml/")),
    ("custom properties", Parts("docProps/custom.xml")),
];

/// The table as a page of Markdown.
pub(crate) fn table(senders: &[Sender]) -> String {
    let packages: Vec<(Unpacked, Unpacked)> =
        senders.iter().map(|it| (Unpacked::new(&it.bytes), Unpacked::new(&it.annotated().bytes))).collect();
    let names: Vec<String> = senders.iter().map(|sender| format!(" `{}` |", sender.name)).collect();
    let mut page = format!("{HEAD}| feature |{}\n|---|{}\n", names.concat(), "---|".repeat(names.len()));
    for (name, place) in &FEATURES {
        let cells: String = packages.iter().map(|(original, copy)| state(place, original, copy)).collect();
        assert!(cells.contains("kept") || cells.contains(LOST), "no file has {name}");
        writeln!(page, "| {name} |{cells}").unwrap();
    }
    let signed = |(original, _): &(Unpacked, Unpacked)| original.names.iter().any(|name| is_signature(name));
    let cells: String = packages.iter().map(|it| if signed(it) { " taken out, said |" } else { " – |" }).collect();
    format!("{page}| digital signature |{cells}\n{FOOT}")
}

fn state(place: &Place, original: &Unpacked, copy: &Unpacked) -> String {
    let (before, mut after) = (found(place, original), found(place, copy));
    let mut is_kept = |item: &Vec<u8>| {
        let place = after.iter().position(|it| it == item);
        place.map(|place| after.swap_remove(place)).is_some()
    };
    let state = match before.len() {
        0 => "–",
        _ if before.iter().all(&mut is_kept) => "kept",
        _ => LOST,
    };
    format!(" {state} |")
}

/// All of a feature that a package has, as it is written.
fn found(place: &Place, package: &Unpacked) -> Vec<Vec<u8>> {
    let is_in = |name: &str, part: &str| name.contains(part);
    match place {
        Parts(part) => {
            let parts = package.parts.iter().filter(|(name, _)| is_in(name, part) && !name.ends_with(".rels"));
            parts.map(|(name, bytes)| [name.as_bytes(), bytes].concat()).collect()
        }
        Elements { part, local, with } => {
            let texts = package.texts_ending(".xml").into_iter().filter(|(name, _)| is_in(name, part));
            texts.flat_map(|(_, text)| elements(&text, local, with)).collect()
        }
        Controls => {
            let shapes = package.texts_ending(".vml").into_iter().flat_map(|(_, text)| shapes(&text));
            shapes.filter(|shape| !shape.contains("ObjectType=\"Note\"")).map(String::into_bytes).collect()
        }
    }
}

/// The elements of a name as written, without what says only which comes first.
fn elements(xml: &str, local: &str, with: &str) -> Vec<Vec<u8>> {
    let root = Node::parse(xml);
    let sources = root.descendants(local).into_iter().map(|node| node.source.as_str());
    let settled = |source: &str| without_attribute(&without_attribute(source, "priority"), "localSheetId").into_bytes();
    sources.filter(|source| source.contains(with)).map(settled).collect()
}
