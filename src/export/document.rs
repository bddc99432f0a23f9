//! A checked case as it is exported.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::content::FormContent;
use super::field::number_text;
use crate::finding::{Finding, Place, Severity, Verdict};
use crate::form::{FieldType, FormKind};
use crate::language::Language;
use crate::parameters::Status;
use crate::report::{CaseReport, FileReport};

/// The name and version of the shape of a case: a version only adds members.
pub const CASE_SCHEMA: &str = "sporskifte-case/1";

/// A case with all that its files say and all that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseExport {
    /// The name and version of this shape: `sporskifte-case/1`.
    pub schema: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// The case's name: its journal number, else company and date, else the folder.
    pub case: String,
    /// The company's name, where a form gives it.
    pub company: Option<String>,
    /// The application date, of the first file that gives one.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub application_date: Option<Date>,
    /// The worst verdict among its files.
    #[schemars(with = "VerdictName")]
    pub verdict: Verdict,
    /// The grant that the budget applies for; without a budget, the payout that the accounts ask for.
    pub claimed: Option<String>,
    /// The same, recalculated.
    pub recalculated: Option<String>,
    /// The payout that the accounts ask for.
    pub payout_claimed: Option<String>,
    /// The same, recalculated.
    pub payout_recalculated: Option<String>,
    /// Its files, in the order of their paths.
    pub files: Vec<FileExport>,
}

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileExport {
    /// Its path, `/` between folders.
    pub file: String,
    /// The SHA-256 of what was checked, in hexadecimal.
    pub sha256: Option<String>,
    /// The verdict.
    #[schemars(with = "VerdictName")]
    pub verdict: Verdict,
    /// The date whose rules it was checked by.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub rules_date: Option<Date>,
    /// What the form says; `null` where the file is none of the forms.
    pub form: Option<FormContent>,
    /// What was found, in reading order.
    pub findings: Vec<FindingExport>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingExport {
    /// The rule's code: `T401`.
    pub code: String,
    /// The rule's name.
    pub name: String,
    /// How much it weighs.
    #[schemars(with = "SeverityName")]
    pub severity: Severity,
    /// The sheet to go to.
    pub sheet: Option<String>,
    /// The cell to correct.
    pub cell: Option<String>,
    /// The field's label in the form.
    pub label: Option<String>,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// How far the one is from the other, where both are numbers.
    pub difference: Option<String>,
    /// How sure the figures are that it rests on.
    #[schemars(with = "Option<String>")]
    pub status: Option<Status>,
    /// What was found, in a sentence.
    pub message: String,
    /// What to do.
    pub action: String,
    /// Further cells that it rests on.
    pub other_cells: Vec<String>,
}

/// The verdicts' names, for the schema.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum VerdictName {
    Ok,
    Review,
    Warning,
    Error,
    NotChecked,
}

/// The severities' names, for the schema.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only its schema is used")]
enum SeverityName {
    Review,
    Warning,
    Error,
}

impl CaseExport {
    /// A checked case; its files have their content where the run kept it ([`crate::batch::Settings::keeps_content`]).
    pub fn of(case: &CaseReport, language: Language) -> Self {
        Self {
            schema: CASE_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            case: case.id.clone(),
            company: case.company.clone(),
            application_date: case.application_date(),
            verdict: case.verdict,
            claimed: exact_amount(case.grant.claimed),
            recalculated: exact_amount(case.grant.recalculated),
            payout_claimed: exact_amount(case.payout.claimed),
            payout_recalculated: exact_amount(case.payout.recalculated),
            files: case.files.iter().map(|file| FileExport::of(file, language)).collect(),
        }
    }
}

/// An amount as it is, not rounded: what was claimed may have more decimals.
fn exact_amount(kroner: Option<Decimal>) -> Option<String> {
    kroner.map(|kroner| number_text(kroner, FieldType::Amount))
}

impl FileExport {
    fn of(file: &FileReport, language: Language) -> Self {
        let form = file.form.as_ref();
        Self {
            file: file.path.clone(),
            sha256: file.sha256.map(|hash| hash.to_string()),
            verdict: file.verdict,
            rules_date: form.and_then(|form| form.rules_date),
            form: form.and_then(|form| form.content.clone()),
            findings: file.findings.iter().map(|finding| FindingExport::of(finding, language)).collect(),
        }
    }

    /// Which form it is.
    pub fn kind(&self) -> Option<FormKind> {
        self.form.as_ref().map(|form| form.kind)
    }
}

impl FindingExport {
    fn of(finding: &Finding, language: Language) -> Self {
        let place = finding.place();
        let others = finding.places.iter().skip(1);
        Self {
            code: finding.rule.code.to_owned(),
            name: finding.rule.name.to_owned(),
            severity: finding.severity(),
            sheet: place.map(Place::shown_sheet),
            cell: place.and_then(|place| place.cell).map(|cell| cell.to_string()),
            label: place.map(|place| place.label.to_string()),
            found: finding.found.plain(language),
            expected: finding.expected.plain(language),
            difference: finding.difference().map(|difference| difference.plain(language)),
            status: finding.certainty,
            message: finding.message(language),
            action: finding.action(language),
            other_cells: others.filter_map(|place| Some(format!("{}!{}", place.shown_sheet(), place.cell?))).collect(),
        }
    }
}
