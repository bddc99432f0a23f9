//! The rule catalogue: one file a rule, each with its texts, its source and its check; plain functions, no I/O.
//!
//! A rule is added by its file, a line in its group's list, and its cases under `tests/fixtures/`.

mod a;
mod b;
mod consequences;
mod employee_key;
mod engine;
mod f;
mod k;
mod p;
mod pairing;
mod r;
mod s;
mod t;
mod v;

pub use engine::{check_document, check_file, check_run};

use std::cell::OnceCell;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::case::{Assessment, Case, Document, Facts, LoneBudget};
use crate::finding::{Finding, Severity};
use crate::form::{Form, FormKind};
use crate::intake::{FileHash, IntakeError};
use crate::language::Text;
use crate::parameters::{Industries, ParameterKey, Parameters, Resolved};
use crate::workbook::Workbook;

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// The stable code: `P309`. Never reused.
    pub code: &'static str,
    /// The stable name: `admin-hours`.
    pub name: &'static str,
    /// How much a finding weighs.
    pub severity: Severity,
    /// The forms it is checked on.
    pub kinds: &'static [FormKind],
    /// Where the rule stands.
    pub sources: &'static [RuleSource],
    /// The figures it rests on.
    pub parameters: &'static [ParameterKey],
    /// What is wrong, in a few words.
    pub title: Text,
    /// What was found, what was expected, by how much it differs; `{name}` stands for a value of the finding.
    pub message: Text,
    /// What to do.
    pub action: Text,
    /// The check.
    pub check: Check,
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSource {
    /// The document: `000`, `001`, `003`, `004`, `public`; or `skabelon`, the form itself.
    pub document: &'static str,
    /// The words that say it, in Danish.
    pub quote: &'static str,
}

/// A check, by how far along the way of the data it stands.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// On a file that may be no form at all.
    File(fn(&FileSubject<'_>) -> Vec<Finding>),
    /// On a form as it was filled in.
    Form(fn(&FormSubject<'_>) -> Vec<Finding>),
    /// On a workbook in its case, as typed values.
    Case(fn(&CaseSubject<'_>) -> Vec<Finding>),
    /// On all cases of a run together.
    Run(fn(&RunSubject<'_>) -> Vec<RunFinding>),
}

/// What a check of a file sees: what became of reading it.
#[derive(Debug, Clone, Copy)]
pub struct FileSubject<'a> {
    /// The workbook, or why there is none.
    pub workbook: Result<&'a Workbook, &'a IntakeError>,
    /// Whether it is one of the forms.
    pub recognised: bool,
}

/// What a check of a form sees.
#[derive(Debug, Clone, Copy)]
pub struct FormSubject<'a> {
    /// The form as it was filled in.
    pub form: &'a Form,
    /// All parameters, of any date.
    pub parameters: &'a Parameters,
    /// The parameters of the application date, or of the date the user asked for.
    pub resolved: Option<&'a Resolved<'a>>,
}

/// What a check of a workbook in its case sees.
#[derive(Debug, Clone, Copy)]
pub struct CaseSubject<'a> {
    /// The case.
    pub case: &'a Case,
    /// The workbook that is checked.
    pub document: &'a Document,
    /// The parameters in force; `None` where no rules are in force, or the date is unknown.
    pub parameters: Option<&'a Resolved<'a>>,
    /// The recalculation, of a budget or accounts.
    pub assessment: Option<&'a Assessment>,
    /// The list of eligible industries.
    pub industries: &'a Industries,
    /// The comparison of claimed and recalculated amounts, made once for all rules that need it.
    pub comparison: &'a Comparison,
}

/// The computed cells of one workbook beside their recalculation, made when a rule first asks for them.
#[derive(Debug, Default)]
pub struct Comparison(OnceCell<Vec<t::comparison::ComputedCell>>);

/// What a check across cases sees.
#[derive(Debug, Clone, Copy)]
pub struct RunSubject<'a> {
    /// The facts of every form that may have something in common with another, with its place among the run's files,
    /// in the order of the paths.
    pub facts: &'a [(usize, Facts)],
    /// The hashes of the same workbooks.
    pub hashes: &'a [FileHash],
    /// The budgets that have nothing in common with any other workbook, in the order of the paths.
    pub lone: &'a [LoneBudget],
    /// All parameters, of any date.
    pub parameters: &'a Parameters,
    /// The date whose rules are used in place of the application dates'.
    pub rules_date: Option<Date>,
}

impl<'a> RunSubject<'a> {
    /// The parameters for an application of a date.
    pub fn resolve(&self, applied: Date) -> Option<Resolved<'a>> {
        self.parameters.resolve(self.rules_date.unwrap_or(applied))
    }

    /// The parameters for the application that a file belongs to, by the file's place among the run's files.
    fn figures_for(&self, file: usize) -> Option<Resolved<'a>> {
        let of_facts = || {
            let place = self.facts.binary_search_by_key(&file, |(index, _)| *index).ok()?;
            self.facts.get(place)?.1.application_date
        };
        let of_lone = || {
            let place = self.lone.binary_search_by_key(&file, |budget| budget.index).ok()?;
            Some(self.lone.get(place)?.application_date)
        };
        self.resolve(of_facts().or_else(of_lone)?)
    }
}

/// A finding of a check across cases, and the file it belongs to by its place among the run's files.
#[derive(Debug, Clone)]
pub struct RunFinding {
    /// The file.
    pub file: usize,
    /// The finding.
    pub finding: Finding,
}

impl CaseSubject<'_> {
    /// A figure in force where it is a known number.
    pub fn known(&self, key: ParameterKey) -> Option<Decimal> {
        self.parameters?.known(key)
    }

    /// The recalculated grants of the packages together, where all are known.
    pub fn recalculated_grant(&self) -> Option<Decimal> {
        Some(self.assessment?.totals?.packages)
    }

    /// The workbook's file, as reports name it.
    pub fn file(&self) -> Arc<str> {
        Arc::clone(&self.document.file)
    }
}

/// The forms that hold packages.
pub const BUDGET_AND_ACCOUNTS: &[FormKind] = &[FormKind::Budget, FormKind::Accounts];
/// The forms of an application.
pub const BUDGET_AND_OVERVIEW: &[FormKind] = &[FormKind::Budget, FormKind::Overview];
/// The budget alone.
pub const BUDGET: &[FormKind] = &[FormKind::Budget];
/// The final accounts alone.
pub const ACCOUNTS: &[FormKind] = &[FormKind::Accounts];
/// The course overview alone.
pub const OVERVIEW: &[FormKind] = &[FormKind::Overview];
/// All forms.
pub const ALL_FORMS: &[FormKind] = &FormKind::ALL;

/// All rules, in the order of their codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [a::RULES, b::RULES, f::RULES, k::RULES, p::RULES, r::RULES, s::RULES, t::RULES, v::RULES]
        .into_iter()
        .flatten()
        .copied()
}

/// The hash of the catalogue: what each rule is called, how much it weighs and what it says.
pub fn catalogue_hash() -> FileHash {
    let texts = |rule: &'static Rule| {
        let Rule { code, name, title, message, action, .. } = rule;
        [code, name, rule.severity.word().en, title.da, title.en, message.da, message.en, action.da, action.en]
    };
    FileHash::of_pieces(all().flat_map(texts).map(str::as_bytes))
}

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// The document of a rule that rests on the form itself.
pub const FORM: &str = "skabelon";

/// The form itself as a rule's source.
const fn form_says(quote: &'static str) -> RuleSource {
    RuleSource { document: FORM, quote }
}

/// One of the scheme's documents as a rule's source.
const fn document_says(document: &'static str, quote: &'static str) -> RuleSource {
    RuleSource { document, quote }
}

/// The name of a source document, as people know it.
pub fn document_name(document: &str) -> Text {
    match document {
        "000" => Text::new("STARs ark for industrien (2024)", "STAR's sheet for industry (2024)"),
        "001" | "002" => Text::new("STARs vejledning (april 2023)", "STAR's guidance (April 2023)"),
        "003" => Text::new("faktaarket om sporskifte (2019)", "the fact sheet on the scheme (2019)"),
        "004" => Text::new("om opkvalificering af medarbejdere", "on training of employees"),
        "public" => Text::new("STARs og AUB's offentlige sider", "STAR's and AUB's public pages"),
        _ => Text::new("skabelonen selv", "the form itself"),
    }
}
