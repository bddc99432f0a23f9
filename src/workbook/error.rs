//! Why a file could not be read: one variant for each thing a person can act on.

use std::fmt;

/// A file that did not become a workbook.
///
/// The texts here are for developers; the sentences for users are written from the variants.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file asks for more than one of the [`Limits`](super::Limits) allows.
    #[error("{what}: {found} is more than the limit of {limit}")]
    TooLarge {
        /// What there is too much of.
        what: Quantity,
        /// How much there is, or at least is.
        found: u64,
        /// How much is allowed.
        limit: u64,
    },
    /// Reading the file takes longer than the [`Limits`](super::Limits) allow.
    #[error("reading took longer than the limit of {limit} seconds")]
    TooSlow {
        /// How many seconds are allowed.
        limit: u64,
    },
    /// The file is protected by a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// The file is encrypted for those whom a sensitivity label or rights management lets in.
    #[error("the file is encrypted by a sensitivity label")]
    Labelled,
    /// The file is something other than a workbook, whatever its name says.
    #[error("the file is not a workbook but {0}")]
    NotAWorkbook(FileGuess),
    /// The workbook holds no sheet of cells.
    #[error("the workbook has no worksheet")]
    NoWorksheets,
    /// The file holds something that is made to harm its reader, and that no spreadsheet program writes.
    #[error("{part}: {hazard}")]
    Hazardous {
        /// The part of the file, or the file.
        part: String,
        /// What was found.
        hazard: Hazard,
    },
    /// The file is a workbook, but broken.
    #[error("{part}: {detail}")]
    Damaged {
        /// The part of the file, or the file.
        part: String,
        /// What is wrong, for developers.
        detail: String,
    },
}

impl ReadError {
    /// The error for a part that does not say what it should.
    pub(crate) fn damaged(part: impl Into<String>, detail: impl fmt::Display) -> Self {
        Self::Damaged { part: part.into(), detail: detail.to_string() }
    }

    /// The error for a file whose reader broke down on it.
    pub(crate) fn contradictory() -> Self {
        Self::damaged("file", "its records contradict each other")
    }

    /// The error for a part that would harm its reader.
    pub(crate) fn hazardous(part: impl Into<String>, hazard: Hazard) -> Self {
        Self::Hazardous { part: part.into(), hazard }
    }
}

/// Something a file can have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Bytes of the file.
    FileBytes,
    /// Entries of the package.
    Entries,
    /// Bytes of one part, inflated.
    PartBytes,
    /// Bytes of all parts, inflated.
    TotalBytes,
    /// Cells of all sheets.
    Cells,
    /// Sheets of the workbook.
    Sheets,
    /// Characters of one cell's text.
    TextChars,
    /// Bytes of all cells' texts and formulas.
    TextBytes,
    /// Places between the first and the last used cell, of all sheets.
    Places,
    /// Formats of cells in the styles.
    CellFormats,
    /// XML elements within each other.
    Depth,
    /// XML elements of a part, beside cells.
    Elements,
    /// Attributes of an XML element.
    Attributes,
    /// Bytes of the attributes of an XML element.
    AttributeBytes,
    /// Rows of all sheets.
    Rows,
    /// Texts in the table that cells share.
    SharedStrings,
    /// Notes on the cells of a sheet.
    Comments,
    /// Files of a case.
    CaseFiles,
    /// Bytes that the files of a case take in memory.
    CaseBytes,
    /// Merged regions of a sheet.
    MergedRanges,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FileBytes => "bytes of the file",
            Self::Entries => "entries of the package",
            Self::PartBytes => "bytes of a part",
            Self::TotalBytes => "bytes of all parts",
            Self::Cells => "cells",
            Self::Sheets => "sheets",
            Self::TextChars => "characters in a cell",
            Self::TextBytes => "bytes of all texts",
            Self::Places => "places in the used ranges",
            Self::CellFormats => "formats of cells",
            Self::Depth => "elements within each other",
            Self::Elements => "elements of a part",
            Self::Attributes => "attributes of an element",
            Self::AttributeBytes => "bytes of an element's attributes",
            Self::Rows => "rows",
            Self::SharedStrings => "shared texts",
            Self::Comments => "notes",
            Self::CaseFiles => "files of the case",
            Self::CaseBytes => "bytes of the files of the case",
            Self::MergedRanges => "merged regions",
        })
    }
}

/// What a file seems to be that is no workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileGuess {
    /// A web page, often what a portal exports as `.xls`.
    Html,
    /// Rows of separated values.
    Csv,
    /// Text of any other kind.
    Text,
    /// XML of any other kind.
    Xml,
    /// A spreadsheet in a format that is not read: Excel's of before 1997 or its XML of 2003, flat `OpenDocument`,
    /// `OpenOffice` 1, Lotus, symbolic links, an add-in.
    OtherSpreadsheet,
    /// A document of Apple's programs: Numbers, Pages or Keynote.
    AppleDocument,
    /// A PDF document.
    Pdf,
    /// A picture.
    Image,
    /// A text document: Word or `OpenDocument`.
    TextDocument,
    /// A presentation: `PowerPoint` or `OpenDocument`.
    Presentation,
    /// An OLE container without a workbook: `.doc`, `.ppt`, `.msg`.
    OleContainer,
    /// A zip archive that is no workbook itself.
    Zip,
    /// An archive of another kind: 7z, rar, tar, or compressed.
    Archive,
    /// A mail.
    Mail,
    /// Nothing known.
    Unknown,
}

impl fmt::Display for FileGuess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "a web page",
            Self::Csv => "separated values",
            Self::Text => "text",
            Self::Xml => "XML",
            Self::OtherSpreadsheet => "a spreadsheet in a format that is not read",
            Self::AppleDocument => "a document of Apple's programs",
            Self::Pdf => "a PDF document",
            Self::Image => "a picture",
            Self::TextDocument => "a text document",
            Self::Presentation => "a presentation",
            Self::OleContainer => "an OLE container",
            Self::Zip => "a zip archive",
            Self::Archive => "an archive",
            Self::Mail => "a mail",
            Self::Unknown => "of an unknown kind",
        })
    }
}

/// Something that no spreadsheet program writes and that harms a trusting reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hazard {
    /// A document type declaration, which can define entities.
    DocumentType,
    /// Two entries of one name: two readers may read two different workbooks.
    DuplicateEntry,
    /// Entries that share bytes of the archive: a small file so becomes a large one.
    OverlappingEntries,
    /// An entry whose own header says something else than the directory of the archive.
    ContradictoryEntry,
    /// A name of an entry that leads out of the folder that the archive is unpacked to.
    EntryName,
    /// A part that is meant to be two things at once.
    PartOfTwoKinds,
    /// Two relationships that one name could mean.
    AmbiguousRelationship,
    /// The number of a shared formula beyond any number of cells.
    SharedFormulaIndex(String),
    /// A reference to a cell, row or range that no sheet has.
    Reference(String),
    /// A value broken up by a comment or an element, which two readers read differently.
    BrokenValue(String),
    /// A run of repeated cells, rows or spaces beyond any sheet.
    Repetition(String),
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DocumentType => f.write_str("a document type declaration"),
            Self::DuplicateEntry => f.write_str("two entries of this name"),
            Self::OverlappingEntries => f.write_str("entries that share bytes"),
            Self::ContradictoryEntry => f.write_str("an entry that contradicts the directory"),
            Self::EntryName => f.write_str("a name that leads out of the archive"),
            Self::PartOfTwoKinds => f.write_str("a part of two kinds"),
            Self::AmbiguousRelationship => f.write_str("two relationships in one place"),
            Self::SharedFormulaIndex(index) => write!(f, "shared formula number {index}"),
            Self::Reference(reference) => write!(f, "the reference `{reference}` is outside of any sheet"),
            Self::BrokenValue(cell) => write!(f, "the value of {cell} is broken up"),
            Self::Repetition(count) => write!(f, "a repetition of {count}"),
        }
    }
}
