//! The sheet Stamdata: the company, the period, the declarations.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Field;
use crate::calculation::DeclaredRates;
use crate::form::Form;
use crate::identity::{Cvr, IndustryCode, PNumber};

/// The fields of the sheet Stamdata; those that a form does not have are absent.
#[derive(Debug, Clone)]
pub struct MasterData {
    /// Virksomhedens navn.
    pub company_name: Field<String>,
    /// CVR-nummer.
    pub cvr: Field<Cvr>,
    /// P-nummer.
    pub p_number: Field<PNumber>,
    /// Branchekode.
    pub industry: Field<IndustryCode>,
    /// Antal ansatte på P-nummeret.
    pub employees: Field<Decimal>,
    /// Journalnummer.
    pub journal: Field<String>,
    /// Ansøgningsdato.
    pub application_date: Field<Date>,
    /// Projektperiode fra.
    pub period_from: Field<Date>,
    /// Projektperiode til.
    pub period_to: Field<Date>,
    /// VEU-sats, kroner an hour.
    pub veu_rate: Field<Decimal>,
    /// Kilometersats, kroner a kilometre.
    pub mileage_rate: Field<Decimal>,
    /// Leder og medarbejder er enige om ansøgningen.
    pub agreed: Field<bool>,
    /// Modtager I anden offentlig støtte til de samme udgifter.
    pub other_support: Field<bool>,
    /// Tilsagnsdato.
    pub grant_date: Field<Date>,
    /// Tilsagnsbeløb, kroner.
    pub grant_amount: Field<Decimal>,
    /// Regnskab indsendt den.
    pub submitted: Field<Date>,
    /// Revisorpåtegning vedlagt.
    pub audited: Field<bool>,
    /// Statusrapport vedlagt.
    pub status_report: Field<bool>,
}

impl MasterData {
    /// Takes the fields from a form.
    pub fn of(form: &Form) -> Self {
        Self {
            company_name: Field::of(form.field("company.name")),
            cvr: Field::of(form.field("company.cvr")),
            p_number: Field::of(form.field("company.p_number")),
            industry: Field::of(form.field("company.industry")),
            employees: Field::of(form.field("company.employees")),
            journal: Field::of(form.field("case.journal")),
            application_date: Field::of(form.field("case.application_date")),
            period_from: Field::of(form.field("period.from")),
            period_to: Field::of(form.field("period.to")),
            veu_rate: Field::of(form.field("rates.veu")),
            mileage_rate: Field::of(form.field("rates.mileage")),
            agreed: Field::of(form.field("declaration.agreed")),
            other_support: Field::of(form.field("declaration.other_support")),
            grant_date: Field::of(form.field("grant.date")),
            grant_amount: Field::of(form.field("grant.amount")),
            submitted: Field::of(form.field("accounts.submitted")),
            audited: Field::of(form.field("accounts.audited")),
            status_report: Field::of(form.field("accounts.status_report")),
        }
    }

    /// The end of the project period; `None` where it is unknown, or before its beginning, which is a mistake of its own.
    pub fn period_end(&self) -> Option<Date> {
        let end = *self.period_to.value()?;
        self.period_from.value().is_none_or(|from| *from <= end).then_some(end)
    }

    /// The rates that the workbook declares.
    pub fn declared_rates(&self) -> DeclaredRates {
        DeclaredRates { veu: self.veu_rate.value().copied(), mileage: self.mileage_rate.value().copied() }
    }
}
