//! A case: up to three forms of one application, as typed values that know their cells.

mod activity;
mod assessment;
mod facts;
mod field;
mod master_data;
mod package;

pub use activity::{Activity, ActivityKind, SupportLine};
pub use assessment::{Assessment, PackageAssessment};
pub use facts::{BudgetFacts, Facts, LoneBudget, SharedTexts};
pub use field::Field;
pub use master_data::MasterData;
pub use package::{Package, Summary, TrainingFields};

use std::sync::Arc;

use jiff::civil::Date;

use crate::form::{Form, FormKind};

/// One workbook of a case, read as a form and as typed values.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name that reports know the file by.
    pub file: Arc<str>,
    /// The form as it was read.
    pub form: Form,
    /// The fields of the sheet Stamdata.
    pub master: MasterData,
    /// The packages of a budget or of accounts.
    pub packages: Vec<Package>,
    /// The activities of a course overview.
    pub activities: Vec<Activity>,
    /// The lines of other support.
    pub support: Vec<SupportLine>,
    /// The sums below the packages.
    pub summary: Summary,
}

impl Document {
    /// Takes the typed values from a form.
    pub fn new(file: Arc<str>, form: Form) -> Self {
        Self {
            file,
            master: MasterData::of(&form),
            packages: package::packages_of(&form),
            activities: activity::activities_of(&form),
            support: activity::support_of(&form),
            summary: Summary::of(&form),
            form,
        }
    }

    /// Which form it is.
    pub fn kind(&self) -> FormKind {
        self.form.layout.kind
    }
}

/// The workbooks of one application.
#[derive(Debug, Clone)]
pub struct Case {
    /// The name that reports know the case by: its journal number, else its company and date, else its folder.
    pub id: String,
    /// Its workbooks, in the order of their paths.
    pub documents: Vec<Document>,
}

impl Case {
    /// The first workbook of a kind.
    pub fn document(&self, kind: FormKind) -> Option<&Document> {
        self.documents.iter().find(|document| document.kind() == kind)
    }

    /// The workbook whose application date is the case's: its budget, else its overview, else its accounts, where the date
    /// can be read.
    pub fn dated_by(&self) -> Option<(&Document, Date)> {
        FormKind::ALL.into_iter().find_map(|kind| {
            let document = self.document(kind)?;
            Some((document, *document.master.application_date.value()?))
        })
    }
}
