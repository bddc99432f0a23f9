//! The amounts on the sheet `Kontrol`: as claimed and as recalculated.

use rust_decimal::Decimal;

use super::{Writer, cell, link};
use crate::annotate::{ControlCell, ControlContent, ControlStyle};
use crate::finding::Place;
use crate::report::alike::CellsDown;
use crate::report::model::{AmountLine, CheckedFile, Claim, PackageLine};

impl Writer {
    pub(super) fn amounts(&mut self, form: &CheckedFile) {
        if form.packages.is_empty() {
            return;
        }
        let title = self.t("Beløb: oplyst og genberegnet (kr.)", "Amounts: claimed and recalculated (kr.)");
        self.heading(title);
        let meaning = self.t(
            "Genberegnet er skemaets regnestykke med de satser og lofter, der gælder. Om en pakke kan få tilskud, står under fundene.",
            "Recalculated is the form's sum with the rates and caps in force. Whether a package can get a grant is a matter of the findings.",
        );
        self.row(vec![cell(meaning, ControlStyle::Quiet)]);
        let labels = [
            self.t("Pakke", "Package"),
            String::new(),
            self.t("Celle", "Cell"),
            self.t("Medarbejder og beløb", "Employee and amount"),
            self.t("Oplyst", "Claimed"),
            self.t("Genberegnet", "Recalculated"),
            self.t("Forskel", "Difference"),
        ];
        self.table_header(&labels, 4, 3);
        for package in &form.packages {
            self.package(package);
        }
        for sum in &form.sums {
            let label = cell(sum.label.to_string(), ControlStyle::Strong);
            self.amount(String::new(), label, sum.place.as_ref(), sum.claim);
        }
    }

    /// Every amount of a package that is not zero, and its result in any case.
    fn package(&mut self, package: &PackageLine) {
        let Some((result, steps)) = package.amounts.split_last() else { return };
        let is_zero = |amount: &AmountLine| {
            let Claim { claimed, recalculated } = amount.claim;
            [claimed, recalculated].iter().all(|amount| amount.is_some_and(|amount| amount.is_zero()))
        };
        for amount in steps.iter().filter(|amount| !is_zero(amount)) {
            self.package_amount(package, amount, ControlStyle::Body);
        }
        self.package_amount(package, result, ControlStyle::Strong);
    }

    fn package_amount(&mut self, package: &PackageLine, amount: &AmountLine, style: ControlStyle) {
        let number = package.number.map(|number| self.language.number(number)).unwrap_or_default();
        let label = amount.place.as_ref().map(|place| place.label.to_string()).unwrap_or_default();
        let label = cell(format!("{}: {label}", package.employee), style);
        self.amount(number, label, amount.place.as_ref(), amount.claim);
    }

    fn amount(&mut self, number: String, label: ControlCell, place: Option<&Place>, claim: Claim) {
        let difference = match claim.difference() {
            None => ControlStyle::Amount,
            Some(difference) if difference.is_zero() => ControlStyle::Amount,
            Some(_) => ControlStyle::AmountDiffers,
        };
        self.row(vec![
            cell(number, ControlStyle::Body),
            cell(String::new(), ControlStyle::Body),
            place.and_then(CellsDown::at).map_or_else(|| cell(String::new(), ControlStyle::Body), |cells| link(&cells)),
            label,
            amount_cell(claim.claimed, ControlStyle::Amount),
            amount_cell(claim.recalculated, ControlStyle::Amount),
            amount_cell(claim.difference(), difference),
        ]);
    }
}

/// An amount; a dash where it is not known.
fn amount_cell(amount: Option<Decimal>, style: ControlStyle) -> ControlCell {
    match amount {
        Some(amount) => ControlCell { content: ControlContent::Amount(amount), style },
        None => cell("–".into(), ControlStyle::Body),
    }
}
