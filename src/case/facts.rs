//! What is kept of a workbook once it is checked, for the rules across cases: a small sheet of facts, no cells.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Assessment, Document, Field};
use crate::form::{FormKind, Origin};
use crate::identity::{Cvr, IndustryCode, PNumber, holds_cpr};

/// The facts of one workbook.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    /// The name that reports know the file by.
    pub file: Arc<str>,
    /// The case it belongs to.
    pub case: Arc<str>,
    /// Which form it is.
    pub kind: FormKind,
    /// CVR-nummer.
    pub cvr: Field<Cvr>,
    /// P-nummer.
    pub p_number: Field<PNumber>,
    /// Branchekode.
    pub industry: Field<IndustryCode>,
    /// Antal ansatte på P-nummeret.
    pub employees: Field<Decimal>,
    /// Ansøgningsdato.
    pub application_date: Field<Date>,
    /// The employees of a budget's packages, by their ID; not those whose ID holds a CPR number, which must not be kept.
    pub package_employees: Vec<(String, Origin)>,
    /// How many packages there are.
    pub packages: usize,
    /// The recalculated grant of a budget, in kroner, and where its sum stands.
    pub grant: Option<(Decimal, Origin)>,
}

impl Facts {
    /// The facts of a document and its recalculation.
    pub fn of(document: &Document, case: &Arc<str>, assessment: Option<&Assessment>) -> Self {
        let master = &document.master;
        let is_budget = document.kind() == FormKind::Budget;
        let employees = document.packages.iter().filter(|_| is_budget);
        let employees = employees.filter_map(|package| package.employee.located()).filter(|(id, _)| !holds_cpr(id));
        let total = assessment.and_then(|assessment| assessment.totals).map(|totals| totals.total);
        let grant = total.zip(document.summary.total.origin().cloned()).filter(|_| is_budget);
        Self {
            file: Arc::clone(&document.file),
            case: Arc::clone(case),
            kind: document.kind(),
            cvr: master.cvr.clone(),
            p_number: master.p_number.clone(),
            industry: master.industry.clone(),
            employees: master.employees.clone(),
            application_date: master.application_date.clone(),
            package_employees: employees.map(|(id, origin)| (id.clone(), origin.clone())).collect(),
            packages: document.packages.len(),
            grant,
        }
    }
}
