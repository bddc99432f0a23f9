//! Files that were passed over although a form may be in them: each is told, so that nobody takes it for checked.

use serde::Serialize;

use crate::language::{Language, Text};

/// What a file is in which a form may be, and which is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassedOverKind {
    /// An archive of files.
    Archive,
    /// A mail, or a box of them.
    Mail,
    /// A spreadsheet in a format that is not read.
    OtherSpreadsheet,
    /// Rows of separated values.
    SeparatedValues,
    /// A PDF document.
    Pdf,
    /// A picture.
    Image,
    /// A text document.
    TextDocument,
    /// What cannot be opened.
    Unreadable,
}

impl PassedOverKind {
    /// Whether what is sent in such files are workbooks themselves, and not what goes with them: then the run does not end as
    /// if all were well.
    pub fn holds_workbooks(self) -> bool {
        match self {
            Self::Archive | Self::Mail | Self::OtherSpreadsheet | Self::Unreadable => true,
            Self::SeparatedValues | Self::Pdf | Self::Image | Self::TextDocument => false,
        }
    }

    /// What it is, as in “it is an archive”.
    pub fn what(self) -> Text {
        match self {
            Self::Archive => Text::new("et arkiv", "an archive"),
            Self::Mail => Text::new("en mail", "a mail"),
            Self::OtherSpreadsheet => {
                Text::new("et regneark i et format, som ikke læses", "a spreadsheet in a format that is not read")
            }
            Self::SeparatedValues => Text::new("adskilte værdier (CSV)", "separated values (CSV)"),
            Self::Pdf => Text::new("en PDF", "a PDF"),
            Self::Image => Text::new("et billede", "a picture"),
            Self::TextDocument => Text::new("et tekstdokument", "a text document"),
            Self::Unreadable => Text::new("en fil, der ikke kan åbnes", "a file that cannot be opened"),
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> Text {
        match self {
            Self::Archive => Text::new("pak det ud, og kontrollér mappen", "unpack it and check the folder"),
            Self::Mail => {
                Text::new("gem de vedhæftede regneark, og kontrollér dem", "save the attached workbooks and check them")
            }
            Self::OtherSpreadsheet | Self::SeparatedValues => {
                Text::new("gem det som .xlsx, hvis det er et skema", "save it as .xlsx if it is a form")
            }
            Self::Pdf | Self::Image | Self::TextDocument => {
                Text::new("bed om regnearket, hvis det er et skema", "ask for the workbook if it is a form")
            }
            Self::Unreadable => Text::new("undersøg, om du har adgang til den", "see whether you may read it"),
        }
    }
}

/// What stands above the names of such files.
pub const NOT_OPENED: Text =
    Text::new("Ikke åbnet, selv om der kan ligge et skema i", "Not opened, although a form may be in it");

/// A file that was passed over although a form may be in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// Its path, as reports show it.
    pub path: String,
    /// What it is.
    pub kind: PassedOverKind,
}

impl PassedOver {
    /// What it is and what to do about it.
    pub fn reason(&self, language: Language) -> String {
        format!("{}; {}", self.kind.what().get(language), self.kind.remedy().get(language))
    }

    /// The same behind its path.
    pub fn in_words(&self, language: Language) -> String {
        format!("{}: {}", self.path, self.reason(language))
    }
}
