//! What is kept of a workbook once it is checked, for the rules across cases: a small sheet of facts, no cells.

use std::collections::BTreeSet;
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
    /// Ansøgningsdato.
    pub application_date: Option<Date>,
    /// What a budget applies for.
    pub budget: Option<Box<BudgetFacts>>,
}

/// The facts of a budget.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BudgetFacts {
    /// CVR-nummer.
    pub cvr: Field<Cvr>,
    /// P-nummer.
    pub p_number: Field<PNumber>,
    /// Branchekode.
    pub industry: Field<IndustryCode>,
    /// Antal ansatte på P-nummeret.
    pub employees: Field<Decimal>,
    /// The employees of the packages, by their ID; not those whose ID holds a CPR number, which must not be kept.
    pub package_employees: Box<[(Box<str>, Origin)]>,
    /// How many packages there are.
    pub packages: usize,
    /// The grant, in kroner, and where its sum stands: recalculated, or as claimed where it cannot be, so that the
    /// application keeps its place in the queue.
    pub grant: Option<(Decimal, Origin)>,
}

/// What is kept of a budget that has nothing in common with any other workbook of a run: what it draws on a year's budget.
#[derive(Debug, Clone)]
pub struct LoneBudget {
    /// The file's place in the run.
    pub index: usize,
    /// Ansøgningsdato.
    pub application_date: Date,
    /// The grant, in kroner: recalculated, or as claimed where it cannot be.
    pub grant: Decimal,
    /// Where its sum stands.
    pub origin: Arc<Origin>,
}

/// Texts that many facts have in common, each kept once.
#[derive(Debug, Default)]
pub struct SharedTexts {
    texts: BTreeSet<Arc<str>>,
    origins: BTreeSet<Arc<Origin>>,
}

impl Facts {
    /// The facts of a document and its recalculation.
    pub fn of(document: &Document, case: &Arc<str>, assessment: Option<&Assessment>) -> Self {
        let is_budget = document.kind() == FormKind::Budget;
        Self {
            file: Arc::clone(&document.file),
            case: Arc::clone(case),
            kind: document.kind(),
            application_date: document.master.application_date.value().copied(),
            budget: is_budget.then(|| Box::new(BudgetFacts::of(document, assessment))),
        }
    }

    /// Where they were read.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.budget.iter().flat_map(|budget| budget.origins())
    }

    /// The same facts, their texts shared with others'.
    #[must_use]
    pub fn sharing(mut self, texts: &mut SharedTexts) -> Self {
        texts.share(&mut self.case);
        if let Some(budget) = &mut self.budget {
            let fields = [
                budget.cvr.origin_mut(),
                budget.p_number.origin_mut(),
                budget.industry.origin_mut(),
                budget.employees.origin_mut(),
                budget.grant.as_mut().map(|(_, origin)| origin),
            ];
            let employees = budget.package_employees.iter_mut().map(|(_, origin)| origin);
            for origin in fields.into_iter().flatten().chain(employees) {
                texts.share(&mut origin.sheet);
                texts.share(&mut origin.label);
            }
        }
        self
    }

    /// What is kept of the facts where the workbook, at this place in the run, has nothing in common with any other;
    /// nothing of what draws on no year's budget.
    pub fn alone(self, index: usize, texts: &mut SharedTexts) -> Option<LoneBudget> {
        let (grant, origin) = self.budget?.grant?;
        Some(LoneBudget { index, application_date: self.application_date?, grant, origin: texts.origin(origin) })
    }
}

impl BudgetFacts {
    fn origins(&self) -> impl Iterator<Item = &Origin> {
        let grant = self.grant.as_ref().map(|(_, origin)| origin);
        let fields =
            [self.cvr.origin(), self.p_number.origin(), self.industry.origin(), self.employees.origin(), grant];
        fields.into_iter().flatten().chain(self.package_employees.iter().map(|(_, origin)| origin))
    }

    fn of(document: &Document, assessment: Option<&Assessment>) -> Self {
        let master = &document.master;
        let employees = document.packages.iter().filter_map(|package| package.employee.located());
        let employees = employees.filter(|(id, _)| !holds_cpr(id));
        let recalculated = assessment.and_then(|assessment| assessment.totals).map(|totals| totals.total);
        let claimed = || document.summary.total.value().map(|claimed| (*claimed).max(Decimal::ZERO));
        Self {
            cvr: master.cvr.clone(),
            p_number: master.p_number.clone(),
            industry: master.industry.clone(),
            employees: master.employees.clone(),
            package_employees: employees.map(|(id, origin)| (id.as_str().into(), origin.clone())).collect(),
            packages: document.packages.len(),
            grant: recalculated.or_else(claimed).zip(document.summary.total.origin().cloned()),
        }
    }
}

impl SharedTexts {
    fn share(&mut self, text: &mut Arc<str>) {
        match self.texts.get(text) {
            Some(known) => *text = Arc::clone(known),
            None => drop(self.texts.insert(Arc::clone(text))),
        }
    }

    fn origin(&mut self, origin: Origin) -> Arc<Origin> {
        if let Some(known) = self.origins.get(&origin) {
            return Arc::clone(known);
        }
        let origin = Arc::new(origin);
        self.origins.insert(Arc::clone(&origin));
        origin
    }
}
