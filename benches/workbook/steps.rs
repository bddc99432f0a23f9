//! The steps that are measured, each with its input made ready beforehand.

use std::any::Any;
use std::hint::black_box;
use std::sync::Arc;

use sporskifte::annotate::{Annotation, annotate};
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::case::{Assessment, Case, Document};
use sporskifte::form::{FormKind, Recognised, read_form, recognise};
use sporskifte::language::Language;
use sporskifte::report::{ControlContext, FileReport, RulesInForce, control_sheet, marks};
use sporskifte::rules::{CaseSubject, Comparison, FormSubject, check_document};
use sporskifte::sample::sample_files;
use sporskifte::workbook::{OpenWorkbook, read};

use crate::yardsticks;

/// The steps in the order of the table: two yardsticks, the parts of a check, the whole check, the annotated copy.
pub const NAMES: [&str; 8] = [
    "floor: inflate and tokenise",
    "calamine: values with formulas",
    "read",
    "locate the fields",
    "calculate",
    "rules",
    "check, whole",
    "annotate",
];

/// The places of the steps that others are compared with or added up.
pub const FLOOR: usize = 0;
/// calamine's streaming read.
pub const CALAMINE: usize = 1;
/// The check from bytes to report.
pub const CHECK: usize = 6;
/// The annotated copy, from the package that the check opened.
pub const ANNOTATE: usize = 7;

/// What a step gives; it is dropped outside of the time.
type Outcome = Box<dyn Any>;

/// The inputs of all steps.
pub struct Steps {
    settings: Settings,
    /// The file.
    pub bytes: Arc<[u8]>,
    opened: OpenWorkbook,
    recognised: Recognised,
    case: Case,
    report: FileReport,
    in_force: RulesInForce,
}

impl Steps {
    /// Makes the median budget and everything that a step needs from those before it.
    pub fn prepare() -> Self {
        let settings = Settings::embedded().expect("the embedded data is sound");
        let bytes = median_budget(&settings);
        let opened = read(Arc::clone(&bytes), &settings.limits).expect("a sample can be read");
        let recognised = recognise(&opened.workbook, &settings.layouts).expect("a sample is a form");
        let form = read_form(&opened.workbook, recognised.clone());
        let case = Case { id: "23/1".into(), documents: vec![Document::new("budget.xlsx".into(), form)] };
        let report = check_in_memory(vec![("budget.xlsx".into(), Arc::clone(&bytes))], &settings);
        let files = report.all_files().expect("the report is in memory");
        let report = files.into_iter().next().expect("one file in, one report out");
        let form = report.form.as_ref().expect("a sample is a form");
        let resolved = form.rules_date.and_then(|date| settings.parameters.resolve(date)).expect("rules are in force");
        let in_force = RulesInForce::of(form.kind, &resolved);
        Self { settings, bytes, opened, recognised, case, report, in_force }
    }

    /// A step with its input ready: what is called is what is timed.
    pub fn ready(&self, step: usize) -> Box<dyn FnOnce() -> Outcome + '_> {
        let bytes = Arc::clone(&self.bytes);
        match step {
            FLOOR => Box::new(move || Box::new(yardsticks::floor(black_box(&bytes)))),
            CALAMINE => Box::new(move || Box::new(yardsticks::calamine(black_box(&bytes)))),
            2 => Box::new(move || Box::new(read(black_box(bytes), &self.settings.limits))),
            3 => Box::new(|| Box::new(self.locate())),
            4 => Box::new(|| Box::new(self.calculate())),
            5 => {
                let assessment = self.calculate();
                Box::new(move || Box::new(self.rules(assessment.as_ref())))
            }
            CHECK => Box::new(move || {
                Box::new(check_in_memory(vec![("budget.xlsx".into(), black_box(bytes))], &self.settings))
            }),
            _ => {
                let package = read(bytes, &self.settings.limits).expect("a sample can be read").package;
                let package = package.expect("a sample is a package");
                Box::new(move || {
                    let context = ControlContext { rules: Some(&self.in_force), ..ControlContext::default() };
                    let control = control_sheet(black_box(&self.report), &context, Language::Danish);
                    let marks = marks(&self.report, Language::Danish);
                    Box::new(
                        annotate(&package, &Annotation { marks: &marks, control: &control }).map(|copy| copy.bytes),
                    )
                })
            }
        }
    }

    fn locate(&self) -> Document {
        let recognised = recognise(black_box(&self.opened.workbook), &self.settings.layouts);
        let form = read_form(&self.opened.workbook, recognised.unwrap_or_else(|| self.recognised.clone()));
        Document::new("budget.xlsx".into(), form)
    }

    fn calculate(&self) -> Option<Assessment> {
        let document = self.case.documents.first()?;
        let resolved = self.settings.parameters.resolve(document.master.application_date.value().copied()?)?;
        Some(Assessment::of(black_box(document), &self.case, &resolved))
    }

    fn rules(&self, assessment: Option<&Assessment>) -> usize {
        let Some(document) = self.case.documents.first() else { return 0 };
        let date = document.master.application_date.value().copied();
        let resolved = date.and_then(|date| self.settings.parameters.resolve(date));
        let form =
            FormSubject { form: &document.form, parameters: &self.settings.parameters, resolved: resolved.as_ref() };
        let comparison = Comparison::default();
        let case = CaseSubject {
            case: &self.case,
            document,
            parameters: resolved.as_ref(),
            assessment,
            industries: &self.settings.industries,
            comparison: &comparison,
        };
        check_document(black_box(&form), &case).len()
    }
}

/// The budget whose size is the median of the samples' budgets.
fn median_budget(settings: &Settings) -> Arc<[u8]> {
    let is_budget = |bytes: &Arc<[u8]>| {
        let opened = read(Arc::clone(bytes), &settings.limits).ok();
        let form = opened.and_then(|opened| recognise(&opened.workbook, &settings.layouts));
        form.is_some_and(|form| form.layout.kind == FormKind::Budget)
    };
    let files = sample_files().expect("the samples can be made");
    let mut budgets: Vec<Arc<[u8]>> = files.into_iter().map(|file| file.bytes.into()).filter(is_budget).collect();
    budgets.sort_by_key(|bytes| bytes.len());
    let middle = budgets.len() / 2;
    budgets.swap_remove(middle)
}
