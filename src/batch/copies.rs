//! The annotated copies of a run's inputs.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use super::outputs::{OutputNames, not_written};
use super::{InputFile, Outputs, Settings};
use crate::annotate::{AnnotateError, Annotation, annotate, rebuild};
use crate::form::is_control;
use crate::intake::{FileHash, IntakeError, open, read_bytes};
use crate::language::{Language, Text};
use crate::plain_text::unabridged;
use crate::report::{
    CaseReport, ControlContext, FileReport, Problem, RulesInForce, control_sheet, decisions_for_case, marks,
};
use crate::workbook::{CellValue, OpenWorkbook, Sheet, Workbook, WorkbookFormat};

/// Makes the copies of a run and brings them to their places.
pub(super) struct Copies<'r> {
    pub(super) inputs: &'r [InputFile],
    pub(super) outputs: &'r Outputs<'r>,
    pub(super) settings: &'r Settings,
    /// The hash of the rules that the run checks by.
    pub(super) rules: FileHash,
}

/// A file of a case that is decided, as its copy tells of it.
struct DecidedFile<'c> {
    file: &'c FileReport,
    decisions: &'c [String],
}

impl Copies<'_> {
    /// Makes the copies of a case that is probably decided, from the workbooks that were just read.
    pub(super) fn stage(&self, case: &CaseReport, workbooks: &[Option<OpenWorkbook>]) {
        let decisions = self.decisions(case);
        for (file, workbook) in case.files.iter().zip(workbooks) {
            let (Some(workbook), true) = (workbook, self.outputs.copies.takes(file)) else { continue };
            let decided = DecidedFile { file, decisions: &decisions };
            let Some(made_from) = self.made_from(&decided) else { continue };
            // What goes wrong here goes wrong again, and is reported, when the copy is brought to its place.
            if let Ok(bytes) = self.annotated(workbook, &decided) {
                let _ = self.outputs.folder.stage(&made_from, &bytes);
            }
        }
    }

    /// Brings the copies of a case to their places, the files given by their places among the run's files; gives what
    /// went wrong.
    pub(super) fn settle(
        &self,
        (case, members): (&CaseReport, &[usize]),
        formats: &[Option<WorkbookFormat>],
        names: &OutputNames,
    ) -> Vec<Problem> {
        let decisions = self.decisions(case);
        let files = case.files.iter().zip(members).zip(formats);
        let results = files.map(|((file, &index), format)| {
            let Some(input) = self.inputs.get(index) else { return Ok(()) };
            let Some(name) = names.copy(index, copy_ending(&input.path(), *format)) else { return Ok(()) };
            if self.outputs.copies.takes(file) {
                self.settle_copy(&DecidedFile { file, decisions: &decisions }, input, &name)
            } else {
                self.outputs.folder.remove_outdated(&name).map_err(|error| not_written(&name, &error))
            }
        });
        results.filter_map(Result::err).collect()
    }

    fn settle_copy(&self, decided: &DecidedFile<'_>, input: &InputFile, name: &Path) -> Result<(), Problem> {
        let folder = self.outputs.folder;
        let failed = |no_copy: NoCopy| Problem::NotAnnotated {
            path: decided.file.path.clone(),
            reason: no_copy.reason(),
            detail: unabridged(&no_copy.to_string()),
        };
        let made_from = self.made_from(decided).ok_or_else(|| failed(NoCopy::BrokeDown))?;
        if folder.is_current(name, &made_from) {
            return Ok(());
        }
        if folder.place_staged(name, &made_from).map_err(|error| not_written(name, &error))? {
            return Ok(());
        }
        let of_part = self.outputs.parts.iter().find_map(|part| part.copy(name, &made_from));
        let bytes = match of_part {
            Some(bytes) => bytes,
            None => self.annotated_anew(decided, input).map_err(failed)?,
        };
        folder.write_copy(name, &bytes, made_from).map_err(|error| not_written(name, &error))
    }

    fn decisions(&self, case: &CaseReport) -> Vec<String> {
        let Settings { configuration, rules_date, language, .. } = self.settings;
        decisions_for_case(case, configuration, *rules_date, *language)
    }

    /// The hash of all that a copy is made from: the file, what is told of it, the rules, the language.
    fn made_from(&self, decided: &DecidedFile<'_>) -> Option<FileHash> {
        let language = match self.settings.language {
            Language::Danish => "da",
            Language::English => "en",
        };
        let told = postcard::to_allocvec(&(decided.file, decided.decisions, language)).ok()?;
        Some(FileHash::of_pieces([self.rules.as_bytes().as_slice(), &told]))
    }

    /// The annotated copy of a file that is opened again; of exactly the bytes that were checked.
    fn annotated_anew(&self, decided: &DecidedFile<'_>, input: &InputFile) -> Result<Vec<u8>, NoCopy> {
        let limits = &self.settings.limits;
        let opened = || {
            let bytes = read_bytes(&input.path(), limits)?;
            if decided.file.sha256 != Some(FileHash::of(&bytes)) {
                return Err(NoCopy::Changed);
            }
            Ok(open(bytes, limits)?)
        };
        let opened = catch_unwind(AssertUnwindSafe(opened)).unwrap_or(Err(NoCopy::BrokeDown))?;
        self.annotated(&opened, decided)
    }

    fn annotated(&self, workbook: &OpenWorkbook, decided: &DecidedFile<'_>) -> Result<Vec<u8>, NoCopy> {
        let make = || annotated_copy(workbook, decided.file, decided.decisions, self.settings);
        catch_unwind(AssertUnwindSafe(make)).map_err(|_| NoCopy::BrokeDown)?.map_err(NoCopy::from)
    }
}

/// Why a workbook that was checked got no copy.
///
/// The texts here are for developers; users read [`NoCopy::reason`].
#[derive(Debug, thiserror::Error)]
enum NoCopy {
    #[error(transparent)]
    Unreadable(#[from] IntakeError),
    #[error("the file has changed since it was checked")]
    Changed,
    #[error(transparent)]
    NotAnnotated(#[from] AnnotateError),
    #[error("a panic, or what the copy is made from cannot be told")]
    BrokeDown,
}

impl NoCopy {
    fn reason(&self) -> Text {
        match self {
            Self::Unreadable(_) => Text::new("filen kunne ikke læses igen", "the file could not be read again"),
            Self::Changed => {
                Text::new("filen er ændret, siden den blev kontrolleret", "the file has changed since it was checked")
            }
            Self::NotAnnotated(AnnotateError::Rebuild(_)) => Text::new(
                "regnearket kan ikke skrives på ny. Gem det som xlsx i Excel, og kontrollér det igen",
                "the workbook cannot be written anew. Save it as xlsx in Excel and check it again",
            ),
            Self::NotAnnotated(AnnotateError::Read(_)) => Text::new(
                "en del af regnearket, fx noter eller tegninger, kan ikke læses eller er for stor",
                "a part of the workbook, such as notes or drawings, cannot be read or is too large",
            ),
            Self::NotAnnotated(_) => Text::new(
                "en del af regnearket er beskadiget. Åbn det i Excel, gem det, og kontrollér det igen",
                "a part of the workbook is damaged. Open it in Excel, save it and check it again",
            ),
            Self::BrokeDown => Text::new(
                "sporskifte brød sammen under arbejdet med den. Selve kontrollen er gjort færdig",
                "sporskifte broke down while working on it. The check itself was completed",
            ),
        }
    }
}

/// Excel opens a workbook with macros, or a template, only under its own ending.
fn copy_ending(input: &Path, format: Option<WorkbookFormat>) -> &'static str {
    let is_template = input.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xltx"));
    match format {
        Some(WorkbookFormat::Xlsm) => "xlsm",
        Some(WorkbookFormat::Xlsx) if is_template => "xltx",
        _ => "xlsx",
    }
}

/// The annotated copy of a workbook that was checked; what was decided for the run is told in these words.
pub(crate) fn annotated_copy(
    workbook: &OpenWorkbook,
    file: &FileReport,
    decisions: &[String],
    settings: &Settings,
) -> Result<Vec<u8>, AnnotateError> {
    let (rules, language) = (rules_in_force(file, settings), settings.language);
    let context = ControlContext { rules: rules.as_ref(), decisions, rebuilt: workbook.package.is_none() };
    let control = control_sheet(file, &context, language);
    let marks = marks(file, language);
    let annotation = Annotation { marks: &marks, control: &control };
    let annotated = match &workbook.package {
        Some(package) => annotate(package, &annotation),
        None => rebuild(&without_own_sheet(&workbook.workbook), &annotation),
    };
    annotated.map(|annotated| annotated.bytes)
}

/// What our own sheet says at its end: a sheet of the sender's may have its name and its title, but hardly this.
const SIGNED: [&str; 2] = ["Kontrolleret med sporskifte ", "Checked with sporskifte "];

/// The workbook without the sheet `Kontrol` of an earlier copy: where a copy was saved in another format, the new sheet
/// replaces it.
fn without_own_sheet(workbook: &Workbook) -> Cow<'_, Workbook> {
    let is_signed = |sheet: &Sheet| {
        sheet.cells().iter().any(|cell| match &cell.value {
            CellValue::Text(text) => SIGNED.iter().any(|words| text.contains(words)),
            _ => false,
        })
    };
    let is_own = |sheet: &Sheet| is_control(sheet) && is_signed(sheet);
    let own = workbook.sheets.iter().filter(|sheet| is_own(sheet)).count();
    if own == 0 || own == workbook.sheets.len() {
        return Cow::Borrowed(workbook);
    }
    let mut others = workbook.clone();
    others.sheets.retain(|sheet| !is_own(sheet));
    Cow::Owned(others)
}

fn rules_in_force(file: &FileReport, settings: &Settings) -> Option<RulesInForce> {
    let form = file.form.as_ref()?;
    let in_force = settings.parameters.resolve(form.rules_date?)?;
    Some(RulesInForce::of(form.kind, &in_force))
}
