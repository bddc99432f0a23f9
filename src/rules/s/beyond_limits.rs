//! What a file has too much of, and what in it could harm its reader, in words.

use crate::language::Text;
use crate::workbook::{Hazard, Quantity};

/// What is counted, to stand after a number.
pub(super) fn counted(what: Quantity) -> Text {
    match what {
        Quantity::FileBytes => Text::new("byte", "bytes"),
        Quantity::Entries => Text::new("filer i sin zip-pakke", "files in its zip package"),
        Quantity::PartBytes => {
            Text::new("byte i en af sine dele, når den pakkes ud", "bytes in one part when unpacked")
        }
        Quantity::TotalBytes => Text::new("byte, når den pakkes ud", "bytes when unpacked"),
        Quantity::Cells => Text::new("udfyldte celler", "cells that hold something"),
        Quantity::Sheets => Text::new("ark", "sheets"),
        Quantity::TextChars => Text::new("tegn i en celle", "characters in a cell"),
        Quantity::TextBytes => Text::new("byte tekst", "bytes of text"),
        Quantity::Places => {
            Text::new("pladser mellem sine første og sidste celler", "places between its first and its last cells")
        }
        Quantity::CellFormats => Text::new("celleformater", "formats of cells"),
        Quantity::MergedRanges => Text::new("flettede områder på et ark", "merged regions on a sheet"),
        Quantity::Depth => Text::new("XML-elementer inden i hinanden", "XML elements within each other"),
        Quantity::Elements => Text::new("XML-elementer i en af sine dele", "XML elements in one part"),
        Quantity::Attributes => Text::new("attributter på et XML-element", "attributes on an XML element"),
        Quantity::AttributeBytes => {
            Text::new("byte i et XML-elements attributter", "bytes in the attributes of an XML element")
        }
        Quantity::Rows => Text::new("rækker", "rows"),
        Quantity::SharedStrings => Text::new("tekster i sin fælles teksttabel", "texts in its shared table of texts"),
        Quantity::CaseFiles => Text::new("filer", "files"),
        Quantity::CaseBytes => Text::new("byte i sine filer", "bytes in its files"),
        Quantity::Comments => Text::new("noter på et ark", "notes on a sheet"),
    }
}

/// What was found, to stand after »den indeholder«.
pub(super) fn found(hazard: &Hazard) -> Text {
    match hazard {
        Hazard::DocumentType => Text::new(
            "en dokumenttype (DTD), som kan hente andre filer ind",
            "a document type (DTD), which can draw in other files",
        ),
        Hazard::DuplicateEntry => {
            Text::new("to filer af samme navn i sin zip-pakke", "two files of one name in its zip package")
        }
        Hazard::OverlappingEntries => {
            Text::new("filer, der overlapper hinanden i dens zip-pakke", "files that overlap in its zip package")
        }
        Hazard::ContradictoryEntry => Text::new(
            "en zip-pakke, hvis indholdsfortegnelse ikke passer med filerne i den",
            "a zip package whose directory contradicts the files in it",
        ),
        Hazard::EntryName => Text::new(
            "et filnavn, der fører ud af dens zip-pakke (»..«)",
            "a file name that leads out of its zip package (“..”)",
        ),
        Hazard::PartOfTwoKinds => {
            Text::new("en del, der skal være to ting på én gang", "a part that is to be two things at once")
        }
        Hazard::AmbiguousRelationship => {
            Text::new("to henvisninger, hvor der kun må være én", "two references where there must be one only")
        }
        Hazard::SharedFormulaIndex(_) => {
            Text::new("en delt formel med et umuligt nummer", "a shared formula of an impossible number")
        }
        Hazard::Reference(_) => {
            Text::new("en henvisning til en celle uden for arket", "a reference to a cell outside of the sheet")
        }
        Hazard::BrokenValue(_) => Text::new("en værdi, der er brudt i stykker", "a value that is broken up"),
        Hazard::Repetition(_) => Text::new("en gentagelse ud over arket", "a repetition beyond the sheet"),
    }
}
