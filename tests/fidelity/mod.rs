//! Files of many producers, marked: everything that is not ours is as it was.
//!
//! After a change of the files or of the features: `SPORSKIFTE_UPDATE=1 cargo test fidelity::`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test's helpers may panic")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the names of parts in files of our own")]

mod corpus;
mod features;
mod node;
mod parts;
mod readers;
#[path = "make/rust_xlsxwriter.rs"]
mod rust_xlsxwriter_file;
mod soundness;

use std::fs;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use sporskifte::annotate::Remark;

use crate::annotating::unpacked::Unpacked;
use crate::fidelity::corpus::{annotated, folder, senders};
use crate::fidelity::node::{Node, without_attribute};

#[test]
fn every_part_is_as_it_was_but_for_what_we_put_in() {
    for sender in senders() {
        println!("{}", sender.name);
        let (original, copy) = (Unpacked::new(&sender.bytes), Unpacked::new(&sender.annotated().bytes));
        for name in &original.names {
            println!("  {name}");
            parts::assert_kept(name, &original, &copy);
        }
    }
}

#[test]
fn every_cell_reads_as_it_did() {
    for sender in senders() {
        let copy = sender.annotated().bytes;
        for sheet in sender.worksheets() {
            assert_eq!(cells(&copy, &sheet), cells(&sender.bytes, &sheet), "{}, {sheet}", sender.name);
        }
    }
}

/// The values and the formulas of a sheet.
fn cells(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let values = workbook.worksheet_range(sheet).unwrap();
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    let values = values.used_cells().map(|cell| format!("{cell:?}"));
    values.chain(formulas.used_cells().map(|cell| format!("{cell:?}"))).collect()
}

#[test]
fn every_copy_is_as_sound_as_the_standard_demands() {
    for sender in senders() {
        println!("{}", sender.name);
        soundness::assert_sound(&Unpacked::new(&sender.annotated().bytes), &Unpacked::new(&sender.bytes));
    }
}

#[test]
fn marks_taken_out_again_leave_the_workbook_as_if_it_had_never_been_marked() {
    for sender in senders() {
        let unmarked = Unpacked::new(&annotated(&sender.bytes, &[]).bytes);
        let again = Unpacked::new(&annotated(&sender.annotated().bytes, &[]).bytes);
        for (name, part) in &unmarked.parts {
            // `Kontrol` says of the first copy alone that a signature was taken out.
            let is_ours = String::from_utf8_lossy(part).contains("sporskifte:kontrol");
            if name.contains("sheets/sheet") && name.ends_with(".xml") && !is_ours {
                let text = String::from_utf8(part.clone()).unwrap();
                assert_eq!(settled(&again.text(name)), settled(&text), "{}: {name}", sender.name);
            }
        }
    }
}

/// A sheet without the link to a drawing, which stays when its notes go, and the order numbers of its formats.
fn settled(sheet: &str) -> String {
    let drawing = Node::parse(sheet).child("legacyDrawing").map(|drawing| drawing.source.clone());
    without_attribute(&drawing.map_or(sheet.to_owned(), |drawing| sheet.replacen(&drawing, "", 1)), "priority")
}

#[test]
fn what_could_not_be_kept_or_marked_is_said() {
    for sender in senders() {
        let remarks = sender.annotated().remarks;
        let expected = match sender.name.as_str() {
            "handmade-signed.xlsx" => vec![Remark::SignatureRemoved],
            "handmade-excel.xlsx" => {
                vec![Remark::ThreadedComment { sheet: "Budget".into(), cell: "B5".parse().unwrap() }]
            }
            _ => Vec::new(),
        };
        assert_eq!(remarks, expected, "{}", sender.name);
    }
}

#[test]
fn the_table_of_features_is_current_and_nothing_is_lost() {
    let table = features::table(&senders());
    assert!(!table.contains(features::LOST), "{table}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fidelity.md");
    if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
        fs::write(path, &table).unwrap();
    }
    let update = "SPORSKIFTE_UPDATE=1 cargo test fidelity::";
    assert!(fs::read_to_string(path).unwrap_or_default() == table, "the table is out of date: run {update}");
}

#[test]
fn the_file_of_rust_xlsxwriter_is_what_its_maker_makes() {
    let path = folder().join("rust_xlsxwriter.xlsx");
    let made = rust_xlsxwriter_file::workbook().unwrap();
    if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(Unpacked::new(&fs::read(&path).unwrap()).parts == Unpacked::new(&made).parts);
}

#[test]
fn the_files_are_small() {
    for sender in senders() {
        assert!(sender.bytes.len() < 30_000, "{}", sender.name);
    }
}
