//! One input file, read as a form, before its case is known.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::grouping::FormFacts;
use super::{InputFile, Settings};
use crate::case::{Document, MasterData};
use crate::finding::Finding;
use crate::form::{read_form, recognise};
use crate::intake::{FileHash, IntakeError, open, read_bytes};
use crate::report::shown_path;
use crate::rules::{FileSubject, check_file};
use crate::workbook::{OpenWorkbook, ReadError, WorkbookFormat, read_first_sheet};

/// A file as it was read, before its case is known.
pub(super) struct ReadFile {
    pub(super) shown_path: String,
    pub(super) sha256: Option<FileHash>,
    pub(super) content: Content,
    /// What grouping needs to know.
    pub(super) facts: FormFacts,
    /// Whether the same bytes give the same again; not where the time was up.
    pub(super) is_repeatable: bool,
}

/// What a file turned out to be: a form, or the findings on why it is none.
pub(super) enum Content {
    Form(Box<ReadForm>),
    NoForm(Vec<Finding>),
}

/// A form, and the workbook it was read from, which its annotated copy is made of.
pub(super) struct ReadForm {
    pub(super) document: Document,
    pub(super) format: WorkbookFormat,
    pub(super) workbook: OpenWorkbook,
}

impl ReadFile {
    pub(super) fn read(input: &InputFile, settings: &Settings) -> Self {
        let path = input.path();
        let shown = path.to_string_lossy();
        match read_bytes(&path, &settings.limits) {
            Ok(bytes) => Self::of_bytes(&shown, &bytes, settings),
            Err(error) => Self::failed(&shown, None, &error),
        }
    }

    pub(super) fn of_bytes(path: &str, bytes: &Arc<[u8]>, settings: &Settings) -> Self {
        let sha256 = Some(FileHash::of(bytes));
        let content = catch_unwind(AssertUnwindSafe(|| read_content(Arc::clone(bytes), path, settings)));
        match content.unwrap_or(Err(IntakeError::Failed)) {
            Ok(content) => {
                let facts = content.facts().unwrap_or_else(|| peek(bytes, settings).unwrap_or_default());
                Self { shown_path: content.shown_path(path), sha256, content, facts, is_repeatable: true }
            }
            Err(error) => {
                let facts = peek(bytes, settings).unwrap_or_default();
                Self { facts, ..Self::failed(path, sha256, &error) }
            }
        }
    }

    pub(super) fn failed(path: &str, sha256: Option<FileHash>, error: &IntakeError) -> Self {
        let findings = check_file(&FileSubject { workbook: Err(error), recognised: false });
        let is_repeatable = sha256.is_some() && !matches!(error, IntakeError::Read(ReadError::TooSlow { .. }));
        let (content, facts) = (Content::NoForm(findings), FormFacts::default());
        Self { shown_path: shown_path(path, None), sha256, content, facts, is_repeatable }
    }

    /// About how many bytes of memory it holds.
    pub(super) fn held_bytes(&self) -> u64 {
        match &self.content {
            Content::Form(form) => form.workbook.held_bytes(),
            Content::NoForm(_) => 0,
        }
    }
}

fn read_content(bytes: Arc<[u8]>, path: &str, settings: &Settings) -> Result<Content, IntakeError> {
    let opened = open(bytes, &settings.limits)?;
    let workbook = &opened.workbook;
    let Some(recognised) = recognise(workbook, &settings.layouts) else {
        let subject = FileSubject { workbook: Ok(workbook), recognised: false };
        return Ok(Content::NoForm(check_file(&subject)));
    };
    let form = read_form(workbook, recognised);
    let mut document = Document::new(path.into(), form);
    let p_number = document.master.p_number.value().map(ToString::to_string);
    document.file = shown_path(path, p_number.as_deref()).into();
    let format = workbook.format;
    Ok(Content::Form(Box::new(ReadForm { document, format, workbook: opened.for_annotation() })))
}

/// What grouping needs to know, from the first worksheet alone; `None` where that does not tell it.
///
/// It tells just what reading the whole workbook would: where the first sheet is Stamdata and says which form it is, no
/// other sheet has a word in this. So a workbook whose other sheets are damaged still belongs to its case.
pub(super) fn peek(bytes: &Arc<[u8]>, settings: &Settings) -> Option<FormFacts> {
    let look = || {
        let workbook = read_first_sheet(bytes, &settings.limits).ok()??;
        let recognised = recognise(&workbook, &settings.layouts)?;
        let first = recognised.layout.sheets.first()?;
        let is_first = workbook.sheets.first().is_some_and(|sheet| sheet.name == first.name);
        if !is_first || recognised.marker.is_none() {
            return None;
        }
        let form = read_form(&workbook, recognised);
        Some(FormFacts::of(form.layout.kind, &MasterData::of(&form)))
    };
    catch_unwind(AssertUnwindSafe(look)).ok()?
}

impl Content {
    fn facts(&self) -> Option<FormFacts> {
        match self {
            Self::Form(form) => Some(FormFacts::of(form.document.kind(), &form.document.master)),
            Self::NoForm(_) => None,
        }
    }

    fn shown_path(&self, path: &str) -> String {
        match self {
            Self::Form(form) => form.document.file.to_string(),
            Self::NoForm(_) => shown_path(path, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::sample_files;

    #[test]
    fn the_first_sheet_tells_of_a_form_just_what_the_whole_workbook_does() {
        let settings = Settings::embedded().unwrap();
        let mut told = 0;
        for file in sample_files().unwrap() {
            let bytes: Arc<[u8]> = file.bytes.into();
            let whole = ReadFile::of_bytes(&file.path, &bytes, &settings);
            let Some(first) = peek(&bytes, &settings) else { continue };
            assert_eq!(first, whole.facts, "{}", file.path);
            told += 1;
        }
        assert!(told > 30, "{told}");
    }

    #[test]
    fn a_workbook_of_which_only_the_first_sheet_can_be_read_still_belongs_to_its_case() {
        let settings = Settings::embedded().unwrap();
        let file = sample_files().unwrap().into_iter().find(|file| file.path.starts_with("03-")).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
        let mut damaged = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).unwrap();
            if entry.name().unwrap() == "xl/worksheets/sheet2.xml" {
                damaged.start_file("xl/worksheets/sheet2.xml", zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut damaged, b"<worksheet><sheetData><row>").unwrap();
            } else {
                damaged.raw_copy_file(entry).unwrap();
            }
        }
        let damaged: Arc<[u8]> = damaged.finish().unwrap().into_inner().into();
        let read = ReadFile::of_bytes("a.xlsx", &damaged, &settings);
        assert!(matches!(read.content, Content::NoForm(_)));
        assert_eq!(read.facts, ReadFile::of_bytes("b.xlsx", &file.bytes.into(), &settings).facts);
        assert_ne!(read.facts, FormFacts::default());
    }
}
