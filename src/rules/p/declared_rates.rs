//! The rates that a workbook declares, beside those in force.

use rust_decimal::Decimal;

use crate::case::{Field, Package};
use crate::parameters::ParameterKey;
use crate::rules::CaseSubject;

/// A rate that a workbook declares.
pub(super) struct DeclaredRate<'a> {
    /// The field.
    pub(super) field: &'a Field<Decimal>,
    /// The rate in force, where it is known.
    pub(super) in_force: Option<Decimal>,
    /// Whether any amount builds on it.
    pub(super) is_used: bool,
}

/// The VEU rate and the mileage rate; none where no rules are in force.
pub(super) fn declared_rates<'a>(subject: &CaseSubject<'a>) -> Vec<DeclaredRate<'a>> {
    let Some(parameters) = subject.parameters else { return Vec::new() };
    let master = &subject.document.master;
    let any = |uses: fn(&Package) -> bool| subject.document.packages.iter().any(uses);
    let has_veu = |package: &Package| {
        package.guidance.veu_hours.above_zero().is_some() || package.course.veu_hours.above_zero().is_some()
    };
    let has_driving = |package: &Package| package.driving_km.above_zero().is_some();
    let veu = parameters.known(ParameterKey::VeuHourlyRate);
    let mileage = parameters.known(ParameterKey::MileageRate);
    vec![
        DeclaredRate { field: &master.veu_rate, in_force: veu, is_used: any(has_veu) },
        DeclaredRate { field: &master.mileage_rate, in_force: mileage, is_used: any(has_driving) },
    ]
}
