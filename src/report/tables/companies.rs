//! `Virksomheder`: what each company applied for and is paid.

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::{Language, Text};
use crate::report::statistics::{ClaimSums, CompanyGrants};

/// The table.
pub(in crate::report) const TABLE: Table = Table {
    name: Text::new("Virksomheder", "Companies"),
    columns: &[
        Column::text(Text::new("CVR-nummer", "CVR number"), 14),
        Column::text(Text::new("Virksomhed", "Company"), 36),
        Column::numbers(Text::new("Sager", "Cases"), 9),
        Column::numbers(Text::new("Ansøgt tilskud", "Grants claimed"), 17),
        Column::numbers(Text::new("Genberegnet tilskud", "Grants recalculated"), 17),
        Column::numbers(Text::new("Forskel i tilskud", "Grant difference"), 15),
        Column::numbers(Text::new("Ansøgt, men ikke genberegnet", "Claimed, not recalculated"), 17),
        Column::numbers(Text::new("Oplyst udbetaling", "Payouts claimed"), 17),
        Column::numbers(Text::new("Genberegnet udbetaling", "Payouts recalculated"), 17),
        Column::numbers(Text::new("Oplyst, men ikke genberegnet", "Claimed, not recalculated"), 17),
    ],
    nothing: Text::new("Ingen virksomheder.", "No companies."),
};

/// The row of a company.
pub(in crate::report) fn row(company: &CompanyGrants, language: Language) -> Row<'_> {
    let nobody = Text::new("Uden CVR-nummer", "Without a CVR number").get(language);
    let name = company.name.as_deref().or(company.cvr.is_none().then_some(nobody));
    let ClaimSums { claimed, recalculated, claimed_only, compared, .. } = company.grants;
    let known = |known: bool, value: Value<'static>| if known { value } else { Value::Blank };
    vec![
        Value::optional(company.cvr.as_deref()),
        Value::optional(name),
        Value::Count(company.cases),
        known(compared > 0, Value::Amount(claimed)),
        known(compared > 0, Value::Amount(recalculated)),
        known(compared > 0, Value::Difference(company.grants.difference())),
        known(company.grants.not_compared > 0, Value::Amount(claimed_only)),
        known(company.payouts.compared > 0, Value::Amount(company.payouts.claimed)),
        known(company.payouts.compared > 0, Value::Amount(company.payouts.recalculated)),
        known(company.payouts.not_compared > 0, Value::Amount(company.payouts.claimed_only)),
    ]
}
