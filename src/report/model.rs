//! What was found in a file and in a case, as values: the one model that every report is made from.

use std::borrow::Cow;
use std::ops::Add;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::calculation::Step;
use crate::case::{Assessment, Document, Field, Package, PackageAssessment};
use crate::export::FormContent;
use crate::finding::{Finding, Place, Severity, Verdict};
use crate::form::{FormKind, Origin};
use crate::intake::FileHash;
use crate::language::Text;
use crate::plain_text::{printable, quotable, spaced};

/// Something that went wrong with the run itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// A folder or an entry of it could not be read, so that there may be files that nobody checked.
    UnreadableFolder {
        /// Its path, as reports show it.
        path: String,
        /// Why.
        reason: Text,
    },
    /// An output file could not be written.
    NotWritten {
        /// Its path, as reports show it.
        path: String,
        /// Why.
        reason: Text,
    },
    /// The rules across cases broke down, so that nothing was checked by them.
    NotCheckedAcross,
    /// No annotated copy could be made.
    NotAnnotated {
        /// The path of the input.
        path: String,
        /// Why.
        reason: Text,
        /// What exactly, for developers; empty where the reason says it all.
        detail: String,
    },
}

/// One input file and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileReport {
    /// The path as reports show it: as it was found, `/` between folders, CPR numbers masked.
    pub path: String,
    /// The case it belongs to.
    pub case: String,
    /// The hash of what was checked; `None` where the file could not be read at all.
    pub sha256: Option<FileHash>,
    /// The verdict.
    pub verdict: Verdict,
    /// The findings, in reading order.
    pub findings: Vec<Finding>,
    /// Findings that a waiver accepts, each with the waiver's place in the configuration.
    pub waived: Vec<(usize, Finding)>,
    /// The form, where it is one.
    pub form: Option<CheckedFile>,
}

/// What was read from a file that is one of the forms.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedFile {
    /// Which form it is.
    pub kind: FormKind,
    /// The company's name, shown as text from a submission.
    pub company: Option<String>,
    /// The CVR number.
    pub cvr: Option<String>,
    /// The P-number.
    pub p_number: Option<String>,
    /// The journal number, shown as text from a submission.
    pub journal: Option<String>,
    /// The application date.
    pub application_date: Option<Date>,
    /// The packages of a budget or of accounts.
    pub packages: Vec<PackageLine>,
    /// The sums below them.
    pub sums: Vec<SumLine>,
    /// The date the rules were looked up for.
    pub rules_date: Option<Date>,
    /// All that the form says, where the run keeps it.
    #[serde(with = "kept_content")]
    pub content: Option<FormContent>,
}

/// All that a form says, kept as the JSON that exports write.
mod kept_content {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, ser::Error as _};

    use crate::export::FormContent;

    #[allow(clippy::ref_option, reason = "serde asks so")]
    pub(super) fn serialize<S: Serializer>(content: &Option<FormContent>, to: S) -> Result<S::Ok, S::Error> {
        let json = content.as_ref().map(serde_json::to_string).transpose();
        json.map_err(S::Error::custom)?.serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<FormContent>, D::Error> {
        let json = Option::<String>::deserialize(from)?;
        json.map(|json| serde_json::from_str(&json)).transpose().map_err(D::Error::custom)
    }
}

/// What a workbook claims, and what the recalculation gives, in kroner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// As claimed; `None` where it cannot be read.
    pub claimed: Option<Decimal>,
    /// As recalculated; `None` where it cannot be.
    pub recalculated: Option<Decimal>,
}

impl Claim {
    /// Claimed less recalculated, where both are known.
    pub fn difference(&self) -> Option<Decimal> {
        Some(self.claimed? - self.recalculated?)
    }
}

/// One package of a budget or of accounts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PackageLine {
    /// The number in the form.
    pub number: Option<Decimal>,
    /// The employee's ID, shown as text from a submission.
    pub employee: String,
    /// Every computed amount.
    pub amounts: Vec<AmountLine>,
}

/// One computed amount of a package.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AmountLine {
    /// Where it stands.
    pub place: Option<Place>,
    /// What it is a step of; `None` for the payout.
    pub step: Option<Step>,
    /// What is claimed and what is right.
    pub claim: Claim,
}

/// One sum below the packages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SumLine {
    /// The label in the form.
    pub label: Arc<str>,
    /// Where it stands.
    pub place: Option<Place>,
    /// What is claimed and what is right.
    pub claim: Claim,
    /// Whether it is what the form asks for in all.
    pub is_total: bool,
}

impl PackageLine {
    fn of(package: &Package, assessed: Option<&PackageAssessment>) -> Self {
        let steps = Step::ALL.into_iter().map(|step| {
            let recalculated = assessed.map(|assessed| assessed.amounts.get(step));
            AmountLine::of(package.claimed(step), Some(step), recalculated)
        });
        let payout = package
            .payout
            .origin()
            .map(|_| AmountLine::of(&package.payout, None, assessed.and_then(|assessed| assessed.payout)));
        Self {
            number: package.number.value().copied(),
            employee: package.employee.value().map(|id| quotable(id)).unwrap_or_default(),
            amounts: steps.chain(payout).collect(),
        }
    }

    /// The grant of a budget's package, the payout of accounts'.
    pub fn result(&self) -> Claim {
        let payout = self.amounts.iter().find(|amount| amount.step.is_none());
        let grant = || self.amounts.iter().find(|amount| amount.step == Some(Step::Grant));
        payout.or_else(grant).map(|amount| amount.claim).unwrap_or_default()
    }
}

impl AmountLine {
    fn of(field: &Field<Decimal>, step: Option<Step>, recalculated: Option<Decimal>) -> Self {
        let claim = Claim { claimed: field.or_zero(), recalculated };
        Self { place: field.origin().map(Place::from), step, claim }
    }
}

impl FileReport {
    /// The findings, those that a waiver accepts too.
    pub(crate) fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.waived.iter().map(|(_, finding)| finding))
    }
}

impl CheckedFile {
    /// Where its amounts stand.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        let amounts = self.packages.iter().flat_map(|package| &package.amounts).map(|amount| &amount.place);
        amounts.chain(self.sums.iter().map(|sum| &sum.place)).flatten()
    }

    /// What reports need of a document and its recalculation.
    pub fn of(document: &Document, assessment: Option<&Assessment>, rules_date: Option<Date>) -> Self {
        let master = &document.master;
        let assessed = |index: usize| assessment.and_then(|all| all.packages.get(index)?.as_ref());
        let packages = document.packages.iter().enumerate();
        Self {
            kind: document.kind(),
            company: master.company_name.value().map(|name| quotable(name)),
            cvr: master.cvr.value().map(ToString::to_string),
            p_number: master.p_number.value().map(ToString::to_string),
            journal: master.journal.value().map(|journal| quotable(journal)),
            application_date: master.application_date.value().copied(),
            packages: packages.map(|(index, package)| PackageLine::of(package, assessed(index))).collect(),
            sums: sums(document, assessment),
            rules_date,
            content: None,
        }
    }

    /// What the form asks for in all.
    pub fn total(&self) -> Claim {
        self.sums.iter().find(|sum| sum.is_total).map(|sum| sum.claim).unwrap_or_default()
    }
}

fn sums(document: &Document, assessment: Option<&Assessment>) -> Vec<SumLine> {
    let totals = assessment.and_then(|assessment| assessment.totals);
    let summary = &document.summary;
    let line = |field: &Field<Decimal>, recalculated: Option<Decimal>, is_total: bool| {
        let origin: &Origin = field.origin()?;
        let claim = Claim { claimed: field.or_zero(), recalculated };
        Some(SumLine { label: Arc::clone(&origin.label), place: Some(origin.into()), claim, is_total })
    };
    [
        line(&summary.packages, totals.map(|totals| totals.packages), false),
        line(&summary.audit, totals.map(|totals| totals.audit), false),
        line(&summary.total, totals.map(|totals| totals.total), true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CaseReport {
    /// Its name: the journal number, else company and date, else the folder.
    pub id: String,
    /// The company's name, where a form gives it.
    pub company: Option<String>,
    /// Its files, in the order of their paths.
    pub files: Vec<FileReport>,
    /// The worst verdict among its files.
    pub verdict: Verdict,
    /// The grant of its budget; of its accounts where it has no budget.
    pub grant: Claim,
    /// The payout of its accounts.
    pub payout: Claim,
}

impl CaseReport {
    /// The forms of the case.
    pub fn forms(&self) -> impl Iterator<Item = &CheckedFile> {
        self.files.iter().filter_map(|file| file.form.as_ref())
    }

    /// The application date, of the first file that gives one.
    pub fn application_date(&self) -> Option<Date> {
        self.forms().find_map(|form| form.application_date)
    }

    /// The findings of all files.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.files.iter().flat_map(|file| &file.findings)
    }
}

/// How many of each there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Findings to review.
    pub reviews: usize,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            reviews: self.reviews + other.reviews,
        }
    }
}

impl Counts {
    /// Counts findings by severity.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        findings.into_iter().fold(Self::default(), |mut counts, finding| {
            match finding.severity() {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Review => counts.reviews += 1,
            }
            counts
        })
    }
}

/// A path as reports show it: `/` between folders, no control characters, CPR numbers masked, except for the file's own
/// P-number.
pub fn shown_path(path: &str, p_number: Option<&str>) -> String {
    let shown = |name: &str| {
        let plain = printable(name);
        if p_number.is_some_and(|number| plain == number) { plain } else { spaced(&plain) }
    };
    as_typed(path).replace('\\', "/").split('/').map(shown).collect::<Vec<_>>().join("/")
}

/// A path of Windows as a person would write it, without the mark that it is one to be taken literally.
fn as_typed(path: &str) -> Cow<'_, str> {
    match (path.strip_prefix(r"\\?\UNC\"), path.strip_prefix(r"\\?\")) {
        (Some(on_server), _) => Cow::Owned(format!(r"\\{on_server}")),
        (None, Some(on_drive)) => Cow::Borrowed(on_drive),
        (None, None) => Cow::Borrowed(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_windows_are_shown_as_they_are_typed() {
        for (path, shown) in [
            (r"\\?\C:\sager\Ågård.xlsx", "C:/sager/Ågård.xlsx"),
            (r"\\?\UNC\server\sager", "//server/sager"),
            (r"\\server\sager", "//server/sager"),
            ("/sager/a.xlsx", "/sager/a.xlsx"),
        ] {
            assert_eq!(shown_path(path, None), shown);
        }
    }
}
