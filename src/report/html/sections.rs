//! The sections of the page, in the order in which a caseworker asks.

use std::io;

use super::table::{Shape, severity_name};
use super::worst::{Told, WorstFindings};
use super::{Page, charts};
use crate::finding::{Place, Severity, Verdict};
use crate::language::Text;
use crate::report::decisions::decisions_in_words;
use crate::report::model::{CaseReport, Counts};
use crate::report::statistics::YearBudget;
use crate::report::tables::{Column, Row, Table, Value};
use crate::report::tables::{cases, companies, draw_down, mistakes, not_checked, summary};
use crate::report::text::problem_in_words;

/// The most cases the page tells.
const MOST_CASES: usize = 20_000;
/// The most findings.
const MOST_FINDINGS: usize = 5_000;
/// The most companies.
const MOST_COMPANIES: usize = 1_000;
/// The most files that could not be checked.
const MOST_NOT_CHECKED: usize = 5_000;

/// A section.
pub(super) struct Section {
    /// Its name within the page.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) heading: Text,
}

const OVERVIEW: Section = Section { id: "overblik", heading: Text::new("Overblik", "Overview") };
const MISTAKES: Section = Section { id: "fejl", heading: Text::new("Hyppigste fejl", "Most frequent mistakes") };
const CASES: Section = Section { id: "sager", heading: Text::new("Sager", "Cases") };
const FINDINGS: Section = Section { id: "fund", heading: Text::new("Fund", "Findings") };
const NOT_CHECKED: Section = Section { id: "ikke-kontrolleret", heading: not_checked::TABLE.name };
const COMPANIES: Section =
    Section { id: "virksomheder", heading: Text::new("Tilskud efter virksomhed", "Grants by company") };
const BUDGET: Section = Section { id: "pulje", heading: Text::new("Årets pulje", "The year's budget") };
const DECISIONS: Section =
    Section { id: "valg", heading: Text::new("Slukkede regler og fritagelser", "Switched-off rules and waivers") };

/// All sections, in their order.
pub(super) const SECTIONS: [Section; 8] =
    [OVERVIEW, MISTAKES, CASES, FINDINGS, NOT_CHECKED, COMPANIES, BUDGET, DECISIONS];

/// The findings, in fewer columns than a spreadsheet has.
const FINDINGS_TABLE: Table = Table {
    name: Text::new("Fund, de værste først", "Findings, the worst first"),
    columns: &[
        Column::text(Text::new("Alvor", "Severity"), 12),
        Column::text(Text::new("Regel", "Rule"), 22),
        Column::text(Text::new("Sag", "Case"), 14),
        Column::text(Text::new("Fil", "File"), 24),
        Column::text(Text::new("Sted", "Place"), 24),
        Column::text(Text::new("Hvad er galt", "What is wrong"), 46),
        Column::text(Text::new("Hvad skal der gøres", "What to do"), 36),
    ],
    nothing: Text::new("Kontrollen fandt intet.", "The check found nothing."),
};

/// What is kept of the cases while they go by, for the sections below theirs.
struct Kept {
    worst: WorstFindings,
    not_checked: Vec<Row<'static>>,
}

impl Page<'_> {
    /// Writes the sections.
    pub(super) fn sections(&mut self) -> io::Result<()> {
        self.overview()?;
        self.mistakes()?;
        let Kept { worst, not_checked } = self.cases()?;
        self.findings(worst)?;
        self.not_checked(&not_checked)?;
        self.companies()?;
        self.budgets()?;
        self.decisions()?;
        writeln!(self.out, "</section>")
    }

    /// Ends the section before, if there is one, and begins another.
    fn section(&mut self, section: &Section) -> io::Result<()> {
        let Section { id, heading } = section;
        if *id != OVERVIEW.id {
            writeln!(self.out, "</section>")?;
        }
        writeln!(self.out, "<section id=\"{id}\" aria-labelledby=\"{id}-overskrift\">")?;
        writeln!(self.out, "<h2 id=\"{id}-overskrift\">{}</h2>", heading.get(self.language))
    }

    fn overview(&mut self) -> io::Result<()> {
        let (report, statistics, language) = (self.report, self.statistics, self.language);
        self.section(&OVERVIEW)?;
        if !report.problems.is_empty() {
            writeln!(self.out, "<h3>{}</h3>", self.t("Problemer under kørslen", "Problems of the run"))?;
            self.sentences(report.problems.iter().map(|problem| problem_in_words(problem, language)))?;
        }
        writeln!(self.out, "<div class=\"side-by-side\">")?;
        self.small_table("resultat", &summary::VERDICTS, &summary::verdicts(report, language))?;
        self.small_table("alvor", &summary::SEVERITIES, &summary::severities(report, statistics, language))?;
        self.small_table("beloeb", &summary::AMOUNTS, &summary::amounts(statistics, language))?;
        writeln!(self.out, "</div>")?;
        let years: Vec<&YearBudget> = draw_down::years_in_detail(statistics).0;
        let mut passed = years.into_iter().filter(|year| year.passed().is_some());
        passed.try_for_each(|year| self.paragraph(&draw_down::sentence(year, language)))
    }

    fn small_table(&mut self, id: &str, table: &Table, rows: &[Row<'_>]) -> io::Result<()> {
        self.table(id, table, Shape::Small, rows)
    }

    fn table(&mut self, id: &str, table: &Table, shape: Shape, rows: &[Row<'_>]) -> io::Result<()> {
        self.begin_table(id, table.name.get(self.language), table.columns, shape)?;
        rows.iter().try_for_each(|row| self.row(table.columns, row, None))?;
        self.end_table()
    }

    /// A table, or a sentence where there is nothing in it.
    fn table_or_nothing(&mut self, id: &str, table: &Table, shape: Shape, rows: &[Row<'_>]) -> io::Result<()> {
        if rows.is_empty() {
            self.paragraph(table.nothing.get(self.language))
        } else {
            self.table(id, table, shape, rows)
        }
    }

    /// Says how much of a long table is not here.
    fn left_out(&mut self, all: usize, most: usize, what: Text) -> io::Result<()> {
        if all <= most {
            return Ok(());
        }
        let count = self.language.number((all - most).into());
        let (what, where_to) =
            (what.get(self.language), self.t("mere står kun i rapport.xlsx.", "more are in rapport.xlsx only."));
        self.paragraph(&format!("{count} {what} {where_to}"))
    }

    fn mistakes(&mut self) -> io::Result<()> {
        let (statistics, language) = (self.statistics, self.language);
        self.section(&MISTAKES)?;
        self.bars()?;
        let rules: Vec<Row<'_>> = statistics.rules.iter().map(|fired| mistakes::rule_row(fired, language)).collect();
        self.table_or_nothing("regler", &mistakes::RULES, Shape::Wide, &rules)?;
        if rules.is_empty() {
            return Ok(());
        }
        let fields = statistics.mistakes.iter().take(mistakes::MOST_FIELDS);
        let fields: Vec<Row<'_>> = fields.map(|mistake| mistakes::field_row(mistake, language)).collect();
        self.table_or_nothing("felter", &mistakes::FIELDS, Shape::Wide, &fields)?;
        self.left_out(statistics.mistakes.len(), mistakes::MOST_FIELDS, Text::new("hyppige fejl", "mistakes"))
    }

    /// The cases; keeps what the sections below tell, so that the cases go by only once.
    fn cases(&mut self) -> io::Result<Kept> {
        let report = self.report;
        let mut kept = Kept { worst: WorstFindings::of(report.totals.counts, MOST_FINDINGS), not_checked: Vec::new() };
        self.section(&CASES)?;
        if report.totals.cases == 0 {
            self.paragraph(cases::TABLE.nothing.get(self.language))?;
            return Ok(kept);
        }
        self.left_out(report.totals.cases, MOST_CASES, Text::new("sager", "cases"))?;
        let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), verdict.word()));
        self.filter("sagsliste", Text::new("Resultat", "Verdict"), &verdicts)?;
        self.begin_table("sagsliste", cases::TABLE.name.get(self.language), cases::TABLE.columns, Shape::Tall)?;
        for (number, case) in report.cases().enumerate() {
            let case = case?;
            if number < MOST_CASES {
                self.row(cases::TABLE.columns, &cases::row(&case), Some(case.verdict.name()))?;
            } else if kept.is_full(self.statistics.files_not_checked) {
                break;
            }
            kept.add(&case, self);
        }
        self.end_table()?;
        Ok(kept)
    }

    fn findings(&mut self, worst: WorstFindings) -> io::Result<()> {
        let Counts { errors, warnings, reviews } = self.report.totals.counts;
        let (all, columns) = (errors + warnings + reviews, FINDINGS_TABLE.columns);
        self.section(&FINDINGS)?;
        if all == 0 {
            return self.paragraph(FINDINGS_TABLE.nothing.get(self.language));
        }
        self.left_out(all, MOST_FINDINGS, Text::new("fund", "findings"))?;
        let severities = [Severity::Error, Severity::Warning, Severity::Review];
        let severities = severities.map(|severity| (severity_name(severity).0, severity.word()));
        self.filter("fundliste", Text::new("Alvor", "Severity"), &severities)?;
        self.begin_table("fundliste", FINDINGS_TABLE.name.get(self.language), columns, Shape::Tall)?;
        for told in worst.worst_first() {
            let filter = severity_name(told.finding.severity()).0;
            self.row(columns, &self.finding_row(&told), Some(filter))?;
        }
        self.end_table()
    }

    fn finding_row(&self, told: &Told) -> Row<'static> {
        let (language, finding) = (self.language, &told.finding);
        let rule = format!("{} {}", finding.rule.code, finding.rule.title.get(language));
        vec![
            Value::Severity(finding.severity()),
            Value::Text(rule.into()),
            Value::Text(told.case.to_string().into()),
            Value::Text(told.file.to_string().into()),
            Value::optional(finding.place().map(place_in_words)),
            Value::Text(finding.message(language).into()),
            Value::Text(finding.action(language).into()),
        ]
    }

    fn not_checked(&mut self, rows: &[Row<'_>]) -> io::Result<()> {
        self.section(&NOT_CHECKED)?;
        let passed_over = &self.report.may_hold_forms;
        let all = self.statistics.files_not_checked + passed_over.len();
        self.left_out(all, MOST_NOT_CHECKED, Text::new("filer", "files"))?;
        let language = self.language;
        let passed_over = passed_over.iter().map(|file| not_checked::passed_over_row(file, language));
        let rows: Vec<Row<'_>> = rows.iter().cloned().chain(passed_over).take(MOST_NOT_CHECKED).collect();
        self.table_or_nothing("ikke-kontrollerede", &not_checked::TABLE, Shape::Wide, &rows)
    }

    fn companies(&mut self) -> io::Result<()> {
        let companies = &self.statistics.companies;
        self.section(&COMPANIES)?;
        self.left_out(companies.len(), MOST_COMPANIES, Text::new("virksomheder", "companies"))?;
        let largest = companies.iter().take(MOST_COMPANIES);
        let rows: Vec<Row<'_>> = largest.map(|company| companies::row(company, self.language)).collect();
        self.table_or_nothing("virksomhedsliste", &companies::TABLE, Shape::Tall, &rows)
    }

    fn budgets(&mut self) -> io::Result<()> {
        self.section(&BUDGET)?;
        let (years, left_out) = draw_down::years_in_detail(self.statistics);
        if years.is_empty() {
            return self.paragraph(draw_down::DAYS.nothing.get(self.language));
        }
        self.paragraph(self.t(
            "Først til mølle: efter ansøgningsdato, med det genberegnede tilskud.",
            "First come, first served: by application date, with the recalculated grants.",
        ))?;
        years.into_iter().try_for_each(|year| self.budget(year))?;
        self.left_out(left_out, 0, Text::new("år", "years"))
    }

    fn budget(&mut self, year: &YearBudget) -> io::Result<()> {
        let (name, sentence) = (self.t("Puljen", "The budget of"), draw_down::sentence(year, self.language));
        writeln!(self.out, "<h3>{name} {}</h3>", year.year)?;
        self.paragraph(&sentence)?;
        // A few days are read rather than looked at.
        if year.days.len() < charts::FEWEST_DAYS {
            return self.days(year, name);
        }
        self.curve(year, &sentence)?;
        writeln!(self.out, "<details><summary>{} {}</summary>", self.t("Dag for dag i", "Day by day in"), year.year)?;
        self.days(year, name)?;
        writeln!(self.out, "</details>")
    }

    fn days(&mut self, year: &YearBudget, name: &str) -> io::Result<()> {
        let caption = format!("{name} {}", year.year);
        self.begin_table(&format!("dage-{}", year.year), &caption, draw_down::DAYS.columns, Shape::Wide)?;
        for day in &year.days {
            self.row(draw_down::DAYS.columns, &draw_down::day_row(year, day), None)?;
        }
        self.end_table()
    }

    fn decisions(&mut self) -> io::Result<()> {
        self.section(&DECISIONS)?;
        let decisions = decisions_in_words(self.report, self.language);
        if decisions.is_empty() {
            return self.paragraph(self.t(
                "Ingen: alle regler er brugt, som de er, og ingen sag er fritaget for en regel.",
                "None: all rules were used as they are, and no case is exempt from a rule.",
            ));
        }
        self.sentences(decisions)
    }
}

impl Kept {
    fn add(&mut self, case: &CaseReport, page: &Page<'_>) {
        for file in &case.files {
            self.worst.add(file);
            if file.verdict == Verdict::NotChecked && self.not_checked.len() < MOST_NOT_CHECKED {
                self.not_checked
                    .push(not_checked::row(file, page.language).into_iter().map(Value::into_owned).collect());
            }
        }
    }

    /// Whether there is nothing more to keep.
    fn is_full(&self, files_not_checked: usize) -> bool {
        self.worst.is_full() && self.not_checked.len() >= files_not_checked.min(MOST_NOT_CHECKED)
    }
}

/// `Budget U6, Administration: timer`, as far as it is known.
fn place_in_words(place: &Place) -> String {
    let cell = place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
    let label = if place.label.is_empty() { String::new() } else { format!(", {}", place.label) };
    format!("{}{cell}{label}", place.shown_sheet())
}
