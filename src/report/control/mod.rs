//! The content of the sheet `Kontrol` of an annotated copy.

mod amounts;
mod figures;

use super::alike::{Alike, CellsDown, group_alike};
use super::model::{CheckedFile, Counts, FileReport};
use super::rules_in_force::RulesInForce;
use crate::annotate::{ControlCell, ControlContent, ControlRow, ControlSheet, ControlStyle};
use crate::finding::{Finding, Place};
use crate::identity::holds_cpr;
use crate::language::{Language, Text};

/// Widths of the columns, in characters: severity, rule, cell, field, found, expected; what to do takes the last two,
/// the first of which holds the differences of the amounts.
const WIDTHS: [u16; 8] = [12, 7, 16, 38, 14, 14, 14, 42];

/// What the sheet `Kontrol` tells besides the report on the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ControlContext<'c> {
    /// The rules that the file was checked by; `None` where there are none for its date.
    pub rules: Option<&'c RulesInForce>,
    /// What was decided for the run, in words.
    pub decisions: &'c [String],
    /// Whether the copy is in another format than the file and was therefore rebuilt.
    pub rebuilt: bool,
}

/// The sheet `Kontrol` of a file.
pub fn control_sheet(file: &FileReport, context: &ControlContext<'_>, language: Language) -> ControlSheet {
    let mut sheet = Writer { language, rows: Vec::new() };
    if let Some(form) = &file.form {
        sheet.head(file, form, context);
        sheet.findings(&file.findings);
        sheet.amounts(form);
    }
    if let Some(rules) = context.rules {
        sheet.figures(rules);
    }
    sheet.decisions(context.decisions);
    sheet.foot(file);
    ControlSheet { column_widths: WIDTHS.to_vec(), rows: sheet.rows }
}

struct Writer {
    language: Language,
    rows: Vec<ControlRow>,
}

impl Writer {
    fn t(&self, da: &'static str, en: &'static str) -> String {
        Text::new(da, en).get(self.language).to_owned()
    }

    fn row(&mut self, cells: Vec<ControlCell>) {
        let lines = cells.iter().enumerate().map(|(column, cell)| lines(cell, column, cells.len())).max().unwrap_or(1);
        self.rows.push(ControlRow { cells, lines, header: false });
    }

    fn blank(&mut self) {
        self.row(Vec::new());
    }

    fn heading(&mut self, text: String) {
        self.blank();
        self.row(vec![cell(text, ControlStyle::Heading)]);
    }

    fn table_header(&mut self, labels: &[String], amounts_from: usize, amounts: usize) {
        let style = |index| {
            let is_amount = (amounts_from..amounts_from + amounts).contains(&index);
            if is_amount { ControlStyle::AmountHeader } else { ControlStyle::TableHeader }
        };
        self.row(labels.iter().enumerate().map(|(index, label)| cell(label.clone(), style(index))).collect());
    }

    fn fact(&mut self, label: String, value: String) {
        self.row(vec![cell(label, ControlStyle::Strong), cell(value, ControlStyle::Body)]);
    }

    fn head(&mut self, file: &FileReport, form: &CheckedFile, context: &ControlContext<'_>) {
        let language = self.language;
        let title = self.t("Kontrol af", "Check of");
        let company = form.company.as_deref().unwrap_or_default();
        self.row(vec![cell(format!("{title} {}: {company}", form.kind), ControlStyle::Title)]);
        // Loose pages tell what they belong to. The header of one table would be wrong above the others.
        if let Some(title) = self.rows.last_mut() {
            title.header = true;
        }
        let counts = Counts::of(&file.findings);
        let summary = if file.findings.is_empty() {
            file.verdict.word().get(language).to_owned()
        } else {
            counts_in_words(&counts, language)
        };
        self.fact(self.t("Resultat", "Result"), summary);
        self.fact(self.t("Sag", "Case"), file.case.clone());
        let company =
            [form.cvr.as_deref().map(|cvr| format!("CVR {cvr}")), form.p_number.as_deref().map(|p| format!("P {p}"))];
        self.fact(self.t("Virksomhed", "Company"), company.into_iter().flatten().collect::<Vec<_>>().join(", "));
        if let Some(date) = form.application_date {
            self.fact(self.t("Ansøgt", "Applied"), language.date(date));
        }
        let rules = match context.rules.zip(form.rules_date) {
            Some((rules, date)) => {
                let in_force = self.t("i kraft den", "in force on");
                format!("{}, {in_force} {}", rules.name.get(language), language.date(date))
            }
            None => self.t(
                "ingen: satser, lofter og beløb er ikke kontrolleret",
                "none: rates, caps and amounts were not checked",
            ),
        };
        self.fact(self.t("Regler", "Rules"), rules);
        if context.rebuilt {
            let words = self.t(
                "Kopien er bygget op på ny, fordi filen ikke er en .xlsx: udseendet kan afvige fra originalen.",
                "This copy was rebuilt because the file is no .xlsx: its look may differ from the original.",
            );
            self.fact(self.t("Bemærk", "Note"), words);
        }
    }

    fn findings(&mut self, findings: &[Finding]) {
        let title = self.t("Det skal I se på", "What to look at");
        self.heading(title);
        if findings.is_empty() {
            let nothing = self.t("Kontrollen fandt intet.", "The check found nothing.");
            self.row(vec![cell(nothing, ControlStyle::Body)]);
            return;
        }
        let labels = [
            self.t("Alvor", "Severity"),
            self.t("Regel", "Rule"),
            self.t("Celle", "Cell"),
            self.t("Felt", "Field"),
            self.t("Fundet", "Found"),
            self.t("Forventet", "Expected"),
            self.t("Hvad er galt, og hvad skal der gøres", "What is wrong, and what to do"),
        ];
        self.table_header(&labels, 0, 0);
        let mut worst_first: Vec<&Finding> = findings.iter().collect();
        worst_first.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
        for alike in group_alike(worst_first) {
            let mut links = alike.cells().into_iter().map(|cells| link(&cells));
            let row = self.finding(&alike, links.next());
            self.row(row);
            for further in links {
                self.row(vec![
                    cell(String::new(), ControlStyle::Body),
                    cell(String::new(), ControlStyle::Body),
                    further,
                ]);
            }
        }
    }

    /// A finding's row, with the link to its first cells.
    fn finding(&self, alike: &Alike<'_>, link: Option<ControlCell>) -> Vec<ControlCell> {
        let finding = alike.first;
        let language = self.language;
        let place = finding.place();
        let label = place.map(|place| place.label.to_string()).unwrap_or_default();
        let lines = [Some(finding.message(language)), alike.in_words(language)];
        let words = lines.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let words = format!("{words}\n→ {}", finding.action(language));
        vec![
            cell(finding.severity().word().get(language).into(), ControlStyle::Severity(finding.severity())),
            cell(finding.rule.code.into(), ControlStyle::Body),
            link.unwrap_or_else(|| cell(place.map(Place::shown_sheet).unwrap_or_default(), ControlStyle::Body)),
            cell(label, ControlStyle::Body),
            cell(shown_or_blank(&finding.found, language), ControlStyle::Body),
            cell(shown_or_blank(&finding.expected, language), ControlStyle::Body),
            cell(words, ControlStyle::Body),
        ]
    }

    /// What the user decided for the whole run, so that nobody takes silence for a check.
    fn decisions(&mut self, decisions: &[String]) {
        if decisions.is_empty() {
            return;
        }
        let title = self.t("Valgt for kørslen", "Decided for the run");
        self.heading(title);
        for decision in decisions {
            self.row(vec![cell(decision.clone(), ControlStyle::Body)]);
        }
    }

    fn foot(&mut self, file: &FileReport) {
        self.blank();
        let hash = file.sha256.map(|hash| hash.to_string()).unwrap_or_default();
        let checked = self.t("Kontrolleret fil: SHA-256", "Checked file: SHA-256");
        let by = self.t("Kontrolleret med sporskifte", "Checked with sporskifte");
        let version = env!("CARGO_PKG_VERSION");
        self.row(vec![cell(format!("{checked} {hash}. {by} {version}."), ControlStyle::Quiet)]);
        let kept = self.t(
            "Jeres egne tal er ikke ændret: markeringer og noter er lagt ovenpå.",
            "Your own figures were not changed: marks and notes lie on top of them.",
        );
        self.row(vec![cell(kept, ControlStyle::Quiet)]);
    }
}

/// Counts in words: `2 fejl, 1 advarsel, 0 til vurdering`.
pub(super) fn counts_in_words(counts: &Counts, language: Language) -> String {
    let Counts { errors, warnings, reviews } = *counts;
    match language {
        Language::Danish => {
            let warnings_word = if warnings == 1 { "advarsel" } else { "advarsler" };
            format!("{errors} fejl, {warnings} {warnings_word}, {reviews} til vurdering")
        }
        Language::English => {
            let plural = |count| if count == 1 { "" } else { "s" };
            format!("{errors} error{}, {warnings} warning{}, {reviews} to review", plural(errors), plural(warnings))
        }
    }
}

fn shown_or_blank(argument: &crate::finding::Argument, language: Language) -> String {
    match argument {
        crate::finding::Argument::Nothing => String::new(),
        argument => argument.show(language),
    }
}

fn cell(text: String, style: ControlStyle) -> ControlCell {
    let content = if text.is_empty() { ControlContent::Blank } else { ControlContent::Text(text) };
    ControlCell { content, style }
}

fn link(cells: &CellsDown<'_>) -> ControlCell {
    let text = format!("{} {cells}", cells.place.shown_sheet());
    // A link says the sheet's name as it is.
    if holds_cpr(&cells.place.sheet) {
        return cell(text, ControlStyle::Body);
    }
    let content = ControlContent::Link { text, sheet: cells.place.sheet.to_string(), cells: (cells.first, cells.last) };
    ControlCell { content, style: ControlStyle::Link }
}

/// How many lines a cell's text takes in its column; the last text of a row takes the columns that are left.
fn lines(cell: &ControlCell, column: usize, cells: usize) -> u16 {
    let ControlContent::Text(text) = &cell.content else { return 1 };
    let widths = WIDTHS.get(column..).unwrap_or_default();
    let width: u16 = if column + 1 == cells { widths.iter().sum() } else { widths.iter().take(1).sum() };
    // A column's width counts digits of the workbook's usual font; letters of ours are narrower.
    let per_line = (usize::from(width) * 6 / 5).max(1);
    let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(per_line).max(1)).sum();
    u16::try_from(lines).unwrap_or(u16::MAX)
}
