//! The cases under `tests/fixtures/`: one file a rule, with cases that break it and cases that just do not.
//!
//! `[[fails]]` and `[[passes]]` are scenarios (see `samples/bases.toml`). A failing one lists *all* findings of its
//! case, reviews too, as `[[fails.expect]]`: the form, the cell, the code, and where it matters the severity, `found` and
//! `expected`. A passing one has no finding of the rule, and no error or warning but those that `also` names.
//! `more` lists further cases of the same run; the forms of the first of them are `2/budget` and so on.
//! `da` is `what` in Danish: `sporskifte rules` shows it of the first case where its changes do not speak for themselves.
//! `related` names a kind of part that each workbook refers to besides its own.
//! `file = "html"` is a file that is none of the forms (see `odd_files`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::finding::{Finding, Place, Severity};
use sporskifte::form::{FormKind, Layout};
use sporskifte::language::Language;
use sporskifte::report::FileReport;
use sporskifte::sample::{Bases, Scenario, workbooks};
use toml::{Table, Value};

use crate::rules::odd_files::{odd_file, with_related};

/// Findings that a case has because the fixture leaves a form out.
const OF_FORMS_LEFT_OUT: [&str; 3] = ["K514", "K515", "R611"];

/// The cases of one rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixtures {
    /// Cases that break the rule.
    pub fails: Vec<Table>,
    /// Cases that do not, though nearly.
    pub passes: Vec<Table>,
}

/// What a case has besides its scenario.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Own {
    /// The findings of the whole case, of a failing one.
    expect: Vec<ExpectedFinding>,
    /// Codes of other errors and warnings that a passing case may have.
    also: Vec<String>,
    /// A file that is none of the forms, in place of a scenario.
    file: Option<String>,
    /// A kind of part that each workbook refers to besides its own: `vbaProject`.
    related: Option<String>,
    /// `what` in Danish, for the example that the program shows.
    #[serde(rename = "da")]
    _da: String,
}

const OWN_KEYS: [&str; 5] = ["expect", "also", "file", "related", "da"];

/// A finding that a failing case must have.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFinding {
    #[serde(default)]
    form: String,
    /// `Budget!U6`; a sheet alone where a cell is missing, nothing where the whole file is meant.
    #[serde(default)]
    cell: String,
    code: String,
    severity: Option<String>,
    found: Option<String>,
    expected: Option<String>,
}

/// A case, and the findings in it.
pub struct Outcome {
    pub what: String,
    own: Own,
    files: Vec<FileReport>,
}

/// Makes workbooks from cases and checks them.
pub struct Checker {
    bases: Bases,
    layouts: Vec<Layout>,
    settings: Settings,
}

impl Fixtures {
    pub fn path(code: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format!("{code}.toml"))
    }

    pub fn of(code: &str) -> Self {
        let path = Self::path(code);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

impl Checker {
    pub fn new() -> Self {
        Self {
            bases: Bases::embedded().unwrap(),
            layouts: Layout::embedded().unwrap(),
            settings: Settings::embedded().unwrap(),
        }
    }

    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.bases.names()
    }

    /// Checks a case from its table.
    pub fn check(&self, mut table: Table) -> Outcome {
        let own: Table = OWN_KEYS.iter().filter_map(|key| table.remove_entry(*key)).collect();
        let own: Own = own.try_into().unwrap();
        // Further cases are taken out by hand: the TOML library makes texts of dates on the way through serde.
        let more = table.remove("more").map_or(Vec::new(), |more| more.as_array().unwrap().clone());
        let scenario = Scenario::from_table(table).unwrap();
        let files = match &own.file {
            Some(kind) => vec![("file.xlsx".to_owned(), odd_file(kind))],
            None => self.run(&scenario, more),
        };
        let files = match &own.related {
            Some(kind) => files.into_iter().map(|(name, bytes)| (name, with_related(&bytes, kind))).collect(),
            None => files,
        };
        let files = check_in_memory(files, &self.settings).all_files().unwrap();
        Outcome { what: scenario.what, own, files }
    }

    /// The files of a case and of further cases, each in a folder of its own.
    fn run(&self, first: &Scenario, more: Vec<Value>) -> Vec<(String, Arc<[u8]>)> {
        let more = more.into_iter().map(|case| Scenario::from_table(case.as_table().unwrap().clone()).unwrap());
        let further = more.zip(2..).flat_map(|(scenario, folder): (Scenario, u32)| {
            self.files(&scenario).into_iter().map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
        });
        self.files(first).into_iter().chain(further).collect()
    }

    fn files(&self, scenario: &Scenario) -> Vec<(String, Arc<[u8]>)> {
        let made = workbooks(scenario, &self.bases, &self.layouts, &self.settings.parameters);
        let made = made.unwrap_or_else(|error| panic!("{error}"));
        made.into_iter().map(|(kind, bytes)| (format!("{}.xlsx", form_name(kind)), bytes.into())).collect()
    }
}

impl Outcome {
    /// All findings, each with the form it is in.
    pub fn findings(&self) -> impl Iterator<Item = (&str, &Finding)> {
        let ignored =
            |finding: &Finding| OF_FORMS_LEFT_OUT.contains(&finding.rule.code) && !self.expects(finding.rule.code);
        self.files.iter().flat_map(move |file| {
            let form = file.path.trim_end_matches(".xlsx").trim_start_matches("file");
            file.findings.iter().filter(move |finding| !ignored(finding)).map(move |finding| (form, finding))
        })
    }

    /// Why the findings are not exactly the expected ones; empty where they are.
    pub fn differences(&self) -> Vec<String> {
        let mut missing: Vec<&ExpectedFinding> = self.own.expect.iter().collect();
        let mut differences = Vec::new();
        for (form, finding) in self.findings() {
            match missing.iter().position(|expected| expected.is(form, finding)) {
                Some(index) => drop(missing.remove(index)),
                None => differences.push(format!("unexpected {}", shown(form, finding))),
            }
        }
        differences.extend(missing.iter().map(|expected| format!("missing {expected:?}")));
        differences
    }

    /// The findings that a passing case of a rule must not have.
    pub fn faults(&self, code: &str) -> Vec<String> {
        let allowed = |finding: &Finding| {
            let named = self.own.also.iter().any(|also| also == finding.rule.code);
            finding.rule.code != code && (named || finding.severity() == Severity::Review)
        };
        self.findings().filter(|(_, finding)| !allowed(finding)).map(|(form, finding)| shown(form, finding)).collect()
    }

    /// Whether the case expects a finding of a rule.
    pub fn expects(&self, code: &str) -> bool {
        self.own.expect.iter().any(|expected| expected.code == code)
    }
}

impl ExpectedFinding {
    fn is(&self, form: &str, finding: &Finding) -> bool {
        let same = |own: &Option<String>, other: String| own.as_ref().is_none_or(|own| *own == other);
        self.form == form
            && self.code == finding.rule.code
            && self.cell == finding.place().map_or_else(String::new, shown_place)
            && same(&self.severity, format!("{:?}", finding.severity()).to_lowercase())
            && same(&self.found, finding.found.plain(Language::Danish))
            && same(&self.expected, finding.expected.plain(Language::Danish))
    }
}

fn form_name(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Budget => "budget",
        FormKind::Overview => "overview",
        FormKind::Accounts => "accounts",
    }
}

fn shown_place(place: &Place) -> String {
    place.cell.map_or_else(|| place.sheet.to_string(), |cell| format!("{}!{cell}", place.sheet))
}

fn shown(form: &str, finding: &Finding) -> String {
    let cell = finding.place().map_or_else(String::new, shown_place);
    let (found, expected) = (finding.found.plain(Language::Danish), finding.expected.plain(Language::Danish));
    let message = finding.message(Language::Danish);
    format!(
        "{} form = {form:?} cell = {cell:?} found = {found:?} expected = {expected:?}: {message}",
        finding.rule.code
    )
}
