//! One input file, read as a form, before its case is known.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use super::grouping::GroupingFacts;
use super::{InputFile, Settings};
use crate::case::Document;
use crate::finding::Finding;
use crate::form::{read_form, recognise};
use crate::intake::{FileHash, IntakeError, open, read_bytes};
use crate::report::shown_path;
use crate::rules::{FileSubject, check_file};
use crate::workbook::WorkbookFormat;

/// A file as it was read, before its case is known.
pub(super) struct ReadFile {
    pub(super) shown_path: String,
    pub(super) sha256: Option<FileHash>,
    pub(super) content: Content,
}

/// What a file turned out to be: a form, or the findings on why it is none.
pub(super) enum Content {
    Form(Box<Document>, WorkbookFormat),
    NoForm(Vec<Finding>),
}

impl ReadFile {
    pub(super) fn read(input: &InputFile, settings: &Settings) -> Self {
        let path = input.path.to_string_lossy().into_owned();
        match read_bytes(&input.path, &settings.limits) {
            Ok(bytes) => Self::of_bytes(&path, bytes, settings),
            Err(error) => Self::failed(&path, None, &error),
        }
    }

    pub(super) fn of_bytes(path: &str, bytes: Arc<[u8]>, settings: &Settings) -> Self {
        let sha256 = Some(FileHash::of(&bytes));
        let content = catch_unwind(AssertUnwindSafe(|| read_content(bytes, path, settings)));
        match content.unwrap_or(Err(IntakeError::Failed)) {
            Ok(content) => Self { shown_path: content.shown_path(path), sha256, content },
            Err(error) => Self::failed(path, sha256, &error),
        }
    }

    fn failed(path: &str, sha256: Option<FileHash>, error: &IntakeError) -> Self {
        let findings = check_file(&FileSubject { workbook: Err(error), recognised: false });
        Self { shown_path: shown_path(path, None), sha256, content: Content::NoForm(findings) }
    }

    pub(super) fn grouping_facts(&self, path: &Path) -> GroupingFacts {
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        match &self.content {
            Content::Form(document, _) => GroupingFacts::of(folder, Some((document.kind(), &document.master))),
            Content::NoForm(_) => GroupingFacts::of(folder, None),
        }
    }
}

fn read_content(bytes: Arc<[u8]>, path: &str, settings: &Settings) -> Result<Content, IntakeError> {
    let workbook = open(bytes, &settings.limits)?.workbook;
    let Some(recognised) = recognise(&workbook, &settings.layouts) else {
        let subject = FileSubject { workbook: Ok(&workbook), recognised: false };
        return Ok(Content::NoForm(check_file(&subject)));
    };
    let form = read_form(&workbook, recognised);
    let mut document = Document::new(path.into(), form);
    let p_number = document.master.p_number.value().map(ToString::to_string);
    document.file = shown_path(path, p_number.as_deref()).into();
    Ok(Content::Form(Box::new(document), workbook.format))
}

impl Content {
    fn shown_path(&self, path: &str) -> String {
        match self {
            Self::Form(document, _) => document.file.to_string(),
            Self::NoForm(_) => shown_path(path, None),
        }
    }
}
