//! The figures on the sheet `Kontrol`: what the form was held against.

use super::{Writer, cell};
use crate::annotate::{ControlCell, ControlStyle};
use crate::report::rules_in_force::{FigureLine, RulesInForce};
use crate::rules::document_name;

impl Writer {
    pub(super) fn figures(&mut self, rules: &RulesInForce) {
        if rules.figures.is_empty() {
            return;
        }
        let title = self.t("Satser, lofter og grænser, der er brugt", "Rates, caps and limits that were used");
        self.heading(title);
        let labels = [
            self.t("Gælder fra", "In force from"),
            String::new(),
            self.t("Sikkerhed", "Certainty"),
            self.t("Tal", "Figure"),
            self.t("Værdi", "Value"),
            self.t("Kilde", "Source"),
        ];
        self.table_header(&labels, 0, 0);
        for figure in &rules.figures {
            let row = self.figure(figure);
            self.row(row);
        }
    }

    fn figure(&self, figure: &FigureLine) -> Vec<ControlCell> {
        let language = self.language;
        let from = figure.from.map(|from| language.date(from)).unwrap_or_default();
        let quoted = figure.source.as_ref().map(|source| {
            let document = document_name(&source.document).get(language);
            format!("{document}: »{}«", source.quote)
        });
        let source = quoted.or_else(|| figure.note.clone()).unwrap_or_else(|| "–".into());
        vec![
            cell(from, ControlStyle::Body),
            cell(String::new(), ControlStyle::Body),
            cell(figure.status.word().get(language).into(), ControlStyle::Body),
            cell(figure.meaning.get(language).into(), ControlStyle::Body),
            cell(figure.amount.get(language).into(), ControlStyle::Body),
            cell(source, ControlStyle::Body),
        ]
    }
}
