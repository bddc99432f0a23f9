//! One run: read in parallel, group, check in parallel, write copies in parallel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::grouping::{GroupingFacts, group};
use super::outputs::copy_names;
use super::{Discovered, InputFile, OutputFolder};
use crate::annotate::{Annotation, annotate, rebuild};
use crate::case::{Assessment, Case, Document, Facts};
use crate::finding::{Finding, Verdict, printable};
use crate::form::{FormKind, Layout, LayoutError, read_form, recognise};
use crate::identity::mask_cpr;
use crate::intake::{FileHash, IntakeError, open, read_bytes};
use crate::io_reason::io_reason;
use crate::language::Language;
use crate::parameters::{Industries, IndustriesError, Parameters, ParametersError, Resolved};
use crate::report::{CaseReport, CheckedFile, Claim, FileReport, Problem, RunReport, control_sheet, marks, shown_path};
use crate::rules::{
    CaseSubject, FileSubject, FormSubject, RunFinding, RunSubject, check_document, check_file, check_run,
};
use crate::workbook::{Limits, WorkbookFormat};

/// What a run checks by.
#[derive(Debug, Clone)]
pub struct Settings {
    /// All figures.
    pub parameters: Parameters,
    /// The layouts of the forms that are recognised.
    pub layouts: Vec<Arc<Layout>>,
    /// The list of eligible industries.
    pub industries: Industries,
    /// Bounds on one file.
    pub limits: Limits,
    /// The date whose rules are used in place of the application date's.
    pub rules_date: Option<Date>,
    /// The language of notes and of the sheet Kontrol.
    pub language: Language,
}

/// Is told how far a run has come.
pub trait Progress: Sync {
    /// So many steps are to do.
    fn begin(&self, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// Checks everything that was discovered; writes annotated copies where there is a folder for them.
pub fn check(
    discovered: Discovered,
    settings: &Settings,
    outputs: Option<&OutputFolder>,
    progress: &dyn Progress,
) -> RunReport {
    let inputs = discovered.files;
    progress.begin(inputs.len() * if outputs.is_some() { 2 } else { 1 });
    let read: Vec<ReadFile> = inputs
        .par_iter()
        .map(|input| {
            let file = ReadFile::read(input, settings);
            progress.step();
            file
        })
        .collect();
    let facts: Vec<GroupingFacts> =
        read.iter().zip(&inputs).map(|(file, input)| file.grouping_facts(&input.path)).collect();
    let (mut report, formats) = check_cases(read, &group(&facts), settings);
    report.passed_over = discovered.passed_over;
    report.problems = discovered.problems;
    if let Some(outputs) = outputs {
        let written =
            write_copies(&report, &CopyPlan { inputs: &inputs, formats: &formats }, outputs, settings, progress);
        report.problems.extend(written);
    }
    report.problems.sort();
    report
}

/// Checks workbooks that are already in memory, each with the path that reports name it by.
pub fn check_in_memory(files: Vec<(String, Arc<[u8]>)>, settings: &Settings) -> RunReport {
    let (paths, read): (Vec<String>, Vec<ReadFile>) = files
        .into_iter()
        .map(|(path, bytes)| {
            let file = ReadFile::of_bytes(&path, bytes, settings);
            (path, file)
        })
        .unzip();
    let facts: Vec<GroupingFacts> =
        read.iter().zip(&paths).map(|(file, path)| file.grouping_facts(Path::new(path))).collect();
    check_cases(read, &group(&facts), settings).0
}

/// A file as it was read, before its case is known.
struct ReadFile {
    shown_path: String,
    sha256: Option<FileHash>,
    content: Content,
}

enum Content {
    Form(Box<Document>, WorkbookFormat),
    NoForm(Vec<Finding>),
}

impl Settings {
    /// The parameters, layouts and industries that come with the program, in Danish.
    pub fn embedded() -> Result<Self, EmbeddedDataError> {
        Ok(Self {
            parameters: Parameters::embedded()?,
            layouts: Layout::embedded()?.into_iter().map(Arc::new).collect(),
            industries: Industries::embedded()?,
            limits: Limits::default(),
            rules_date: None,
            language: Language::Danish,
        })
    }
}

/// Why the data that comes with the program cannot be used; a test keeps this from ever happening.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedDataError {
    /// The parameters.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A layout.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// The list of industries.
    #[error(transparent)]
    Industries(#[from] IndustriesError),
}

impl ReadFile {
    fn read(input: &InputFile, settings: &Settings) -> Self {
        let path = input.path.to_string_lossy().into_owned();
        match read_bytes(&input.path, &settings.limits) {
            Ok(bytes) => Self::of_bytes(&path, bytes, settings),
            Err(error) => Self::failed(&path, None, &error),
        }
    }

    fn of_bytes(path: &str, bytes: Arc<[u8]>, settings: &Settings) -> Self {
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

    fn grouping_facts(&self, path: &Path) -> GroupingFacts {
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

/// Checks case by case; the reports come back in the order of the files.
fn check_cases(
    read: Vec<ReadFile>,
    groups: &[Vec<usize>],
    settings: &Settings,
) -> (RunReport, Vec<Option<WorkbookFormat>>) {
    let mut files: Vec<Option<ReadFile>> = read.into_iter().map(Some).collect();
    let taken: Vec<(Vec<usize>, Vec<ReadFile>)> = groups
        .iter()
        .map(|indexes| {
            let members = indexes.iter().filter_map(|&index| files.get_mut(index)?.take()).collect();
            (indexes.clone(), members)
        })
        .collect();
    let checked: Vec<CheckedCase> =
        taken.into_par_iter().map(|(indexes, members)| check_case(indexes, members, settings)).collect();
    let mut report = RunReport::default();
    let mut by_index = Vec::new();
    let mut facts = Vec::new();
    for case in checked {
        by_index.extend(case.report.files.iter().copied().zip(case.files));
        facts.extend(case.facts);
        report.cases.push(case.report);
    }
    by_index.sort_by_key(|(index, _)| *index);
    facts.sort_by_key(|(index, _)| *index);
    let (files, formats) = by_index.into_iter().map(|(_, file)| file).unzip();
    report.files = files;
    check_across_cases(&mut report, &facts, settings);
    for case in &mut report.cases {
        let verdicts = case.files.iter().filter_map(|&index| report.files.get(index)).map(|file| file.verdict);
        case.verdict = verdicts.max().unwrap_or(Verdict::NotChecked);
    }
    (report, formats)
}

/// Adds the findings across cases to the files they belong to.
fn check_across_cases(report: &mut RunReport, facts: &[(usize, Facts)], settings: &Settings) {
    let hash = |(index, _): &(usize, Facts)| report.files.get(*index)?.sha256.clone();
    let Some(hashes) = facts.iter().map(hash).collect::<Option<Vec<FileHash>>>() else { return };
    let subject =
        RunSubject { facts, hashes: &hashes, parameters: &settings.parameters, rules_date: settings.rules_date };
    for RunFinding { file, finding } in check_run(&subject) {
        if let Some(file) = report.files.get_mut(file) {
            file.findings.push(finding);
            file.verdict = Verdict::of(&file.findings);
        }
    }
}

struct CheckedCase {
    report: CaseReport,
    /// The facts of each file that is a form, by its place among the run's files.
    facts: Vec<(usize, Facts)>,
    files: Vec<(FileReport, Option<WorkbookFormat>)>,
}

fn check_case(indexes: Vec<usize>, members: Vec<ReadFile>, settings: &Settings) -> CheckedCase {
    let mut places = Vec::new();
    let mut documents = Vec::new();
    for file in members {
        let (path, sha256) = (file.shown_path, file.sha256);
        let (findings, format) = match file.content {
            Content::Form(document, format) => {
                documents.push(*document);
                (Vec::new(), Some(format))
            }
            Content::NoForm(findings) => (findings, None),
        };
        let verdict = Verdict::NotChecked;
        places.push((FileReport { path, case: String::new(), sha256, verdict, findings, form: None }, format));
    }
    let id = case_id(&documents, places.first().map(|(file, _)| file.path.as_str()).unwrap_or_default());
    let case = Case { id: id.clone(), documents };
    let date = settings.rules_date.or_else(|| application_date(&case));
    let resolved = date.and_then(|date| settings.parameters.resolve(date));
    let mut checked = case.documents.iter().map(|document| check_one(document, &case, resolved.as_ref(), settings));
    let results: Vec<_> = places
        .into_iter()
        .map(|(file, format)| {
            let checked = if format.is_some() { checked.next() } else { None };
            (file, format, checked)
        })
        .collect();
    let mut files = Vec::new();
    let mut facts = Vec::new();
    for (index, (file, format, checked)) in indexes.iter().zip(results) {
        let (file, of_file) = with_result(FileReport { case: id.clone(), ..file }, checked);
        facts.extend(of_file.map(|of_file| (*index, of_file)));
        files.push((file, format));
    }
    CheckedCase { report: case_report(id, indexes, &files), facts, files }
}

/// A document that was checked.
struct CheckedDocument {
    findings: Vec<Finding>,
    form: CheckedFile,
    facts: Facts,
}

/// The report on a file, and its facts where it is a form.
fn with_result(file: FileReport, checked: Option<Result<CheckedDocument, IntakeError>>) -> (FileReport, Option<Facts>) {
    match checked {
        None => (file, None),
        Some(Ok(CheckedDocument { findings, form, facts })) => {
            (FileReport { verdict: Verdict::of(&findings), findings, form: Some(form), ..file }, Some(facts))
        }
        Some(Err(error)) => {
            let findings = check_file(&FileSubject { workbook: Err(&error), recognised: false });
            (FileReport { findings, ..file }, None)
        }
    }
}

fn check_one(
    document: &Document,
    case: &Case,
    resolved: Option<&Resolved<'_>>,
    settings: &Settings,
) -> Result<CheckedDocument, IntakeError> {
    let check = || {
        let has_packages = document.kind() != FormKind::Overview;
        let parameters = resolved.filter(|_| has_packages);
        let assessment = parameters.map(|parameters| Assessment::of(document, case, parameters));
        let form_subject = FormSubject { form: &document.form, parameters: &settings.parameters, resolved };
        let case_subject = CaseSubject {
            case,
            document,
            parameters: resolved,
            assessment: assessment.as_ref(),
            industries: &settings.industries,
        };
        let findings = check_document(&form_subject, &case_subject);
        let rules_date = resolved.map(Resolved::date);
        let form = CheckedFile::of(document, assessment.as_ref(), rules_date);
        CheckedDocument { findings, form, facts: Facts::of(document, &case.id.as_str().into(), assessment.as_ref()) }
    };
    catch_unwind(AssertUnwindSafe(check)).map_err(|_| IntakeError::Failed)
}

/// The application date of the case: of its budget, else of its overview, else of its accounts.
fn application_date(case: &Case) -> Option<Date> {
    FormKind::ALL.into_iter().find_map(|kind| case.document(kind)?.master.application_date.value().copied())
}

/// The journal number, else company and date, else the folder of the first file.
fn case_id(documents: &[Document], first_path: &str) -> String {
    let journal = documents.iter().find_map(|document| document.master.journal.value());
    let identity = || {
        documents.iter().find_map(|document| {
            let master = &document.master;
            let (cvr, p_number) = (master.cvr.value()?, master.p_number.value()?);
            Some(format!("{cvr}-{p_number}-{}", master.application_date.value()?))
        })
    };
    let folder = || first_path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned();
    journal.map(|journal| crate::finding::quotable(journal)).or_else(identity).unwrap_or_else(folder)
}

fn case_report(id: String, indexes: Vec<usize>, files: &[(FileReport, Option<WorkbookFormat>)]) -> CaseReport {
    let forms = || files.iter().filter_map(|(file, _)| file.form.as_ref());
    let total = |kind| forms().find(|form| form.kind == kind).map(CheckedFile::total);
    let payout = total(FormKind::Accounts);
    CaseReport {
        id,
        company: forms().find_map(|form| form.company.clone()),
        files: indexes,
        verdict: files.iter().map(|(file, _)| file.verdict).max().unwrap_or(Verdict::NotChecked),
        grant: total(FormKind::Budget).or(payout).unwrap_or_default(),
        payout: payout.unwrap_or(Claim::default()),
    }
}

/// Which input a report's file is, and in which format it came.
struct CopyPlan<'a> {
    inputs: &'a [InputFile],
    formats: &'a [Option<WorkbookFormat>],
}

/// Writes the annotated copies; gives what went wrong.
fn write_copies(
    report: &RunReport,
    plan: &CopyPlan<'_>,
    outputs: &OutputFolder,
    settings: &Settings,
    progress: &dyn Progress,
) -> Vec<Problem> {
    let endings: Vec<&str> =
        plan.inputs.iter().zip(plan.formats).map(|(input, format)| copy_ending(&input.path, *format)).collect();
    let names = copy_names(plan.inputs, &endings);
    let jobs: Vec<(&InputFile, &FileReport, &PathBuf)> =
        plan.inputs.iter().zip(&report.files).zip(&names).map(|((input, file), name)| (input, file, name)).collect();
    jobs.into_par_iter()
        .filter_map(|(input, file, name)| {
            let problem = file.form.as_ref().and_then(|_| write_copy(input, file, name, outputs, settings).err());
            progress.step();
            problem
        })
        .collect()
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

fn write_copy(
    input: &InputFile,
    file: &FileReport,
    name: &Path,
    outputs: &OutputFolder,
    settings: &Settings,
) -> Result<(), Problem> {
    let bytes = annotated_copy(input, file, settings)
        .map_err(|reason| Problem::NotAnnotated { path: file.path.clone(), reason: mask_cpr(&printable(&reason)) })?;
    let shown = || shown_path(&name.to_string_lossy(), None);
    outputs.write(name, &bytes).map_err(|error| Problem::NotWritten { path: shown(), reason: io_reason(&error) })
}

/// The annotated copy of a file; of exactly the bytes that were checked.
fn annotated_copy(input: &InputFile, file: &FileReport, settings: &Settings) -> Result<Vec<u8>, String> {
    let make = || {
        let bytes = read_bytes(&input.path, &settings.limits).map_err(|error| error.to_string())?;
        if file.sha256 != Some(FileHash::of(&bytes)) {
            return Err("the file has changed since it was checked".to_owned());
        }
        let opened = open(bytes, &settings.limits).map_err(|error| error.to_string())?;
        let control = control_sheet(file, settings.language, opened.package.is_none());
        let marks = marks(file, settings.language);
        let annotation = Annotation { marks: &marks, control: &control };
        let annotated = match &opened.package {
            Some(package) => annotate(package, &annotation),
            None => rebuild(&opened.workbook, &annotation),
        };
        annotated.map(|annotated| annotated.bytes).map_err(|error| error.to_string())
    };
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| Err("the annotation broke down".to_owned()))
}
