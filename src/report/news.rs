//! What is new since the last run: for each case the findings that are new, mended or lasting.

use std::io::{self, Write};

use jiff::civil::Date;

use super::change::{Change, HistoryEntry, KnownFinding};
use super::model::CaseReport;
use crate::finding::Verdict;
use crate::language::{Language, Text};
use crate::rules;

/// Writes what is new, case by case; cases in which nothing changed are only counted.
pub fn write_news(
    since: Option<Date>,
    cases: impl Iterator<Item = io::Result<(CaseReport, Change)>>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let t = |da, en| Text::new(da, en).get(language);
    match since {
        Some(day) => writeln!(out, "{} {}", t("Nyt siden kørslen den", "New since the run of"), language.date(day))?,
        None => writeln!(out, "{}", t("Den første kørsel: alt er nyt.", "The first run: everything is new."))?,
    }
    let mut counts = NewsCounts::default();
    for case in cases {
        let (case, change) = case?;
        counts.add(&change);
        if change.before.is_none_or(|before| before != case.verdict) || change.is_change() {
            write_case(&case, &change, language, out)?;
        }
    }
    writeln!(out, "\n{}", counts.in_words(language))
}

fn write_case(case: &CaseReport, change: &Change, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let t = |da, en| Text::new(da, en).get(language);
    let word = |verdict: Verdict| verdict.word().get(language);
    let company = case.company.as_deref().map(|company| format!(" · {company}")).unwrap_or_default();
    let verdict = match change.before {
        None => format!("{} ({})", word(case.verdict), t("ny sag", "new case")),
        Some(before) if before == case.verdict => word(before).to_owned(),
        Some(before) => format!("{} → {}", word(before), word(case.verdict)),
    };
    writeln!(out, "\n{} {}{company}: {verdict}", t("Sag", "Case"), case.id)?;
    write_change(change, language, out)
}

fn write_change(change: &Change, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for (findings, heading) in [(&change.new, Text::new("Nyt", "New")), (&change.mended, Text::new("Rettet", "Mended"))]
    {
        for finding in findings {
            writeln!(out, "  {}: {}", heading.get(language), in_words(finding, language))?;
        }
    }
    if change.lasting > 0 {
        let words = Text::new("fund står, som de stod", "findings stand as they stood").get(language);
        writeln!(out, "  {} {words}.", change.lasting)?;
    }
    Ok(())
}

fn in_words(finding: &KnownFinding, language: Language) -> String {
    let title = rules::find(&finding.code).map(|rule| rule.title.get(language)).unwrap_or_default();
    let parts = [finding.place.as_str(), finding.label.as_str(), finding.file.as_str()];
    let place = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    format!("{} {} {title} ({place})", finding.severity.word().get(language), finding.code)
}

/// What is new in all cases together.
#[derive(Default)]
struct NewsCounts {
    new_cases: usize,
    unchanged_cases: usize,
    new: usize,
    mended: usize,
    lasting: usize,
}

impl NewsCounts {
    fn add(&mut self, change: &Change) {
        self.new_cases += usize::from(change.before.is_none());
        self.unchanged_cases += usize::from(change.before.is_some() && !change.is_change());
        self.new += change.new.len();
        self.mended += change.mended.len();
        self.lasting += change.lasting;
    }

    fn in_words(&self, language: Language) -> String {
        let Self { new_cases, unchanged_cases, new, mended, lasting } = self;
        match language {
            Language::Danish => format!(
                "I alt: {new} nye fund, {mended} rettede, {lasting} som før; {new_cases} nye sager, {unchanged_cases} sager uden ændring."
            ),
            Language::English => format!(
                "In all: {new} new findings, {mended} mended, {lasting} as before; {new_cases} new cases, {unchanged_cases} cases without a change."
            ),
        }
    }
}

/// Writes what was found in a case run by run: of the first run everything, of the others what was otherwise.
pub fn write_history(entries: &[HistoryEntry], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut before: Option<&HistoryEntry> = None;
    for entry in entries {
        let word = entry.verdict.word().get(language);
        writeln!(out, "{} · sporskifte {}: {word}", language.date(entry.run.day), entry.run.version)?;
        write_change(&Change::between(before.cloned(), &entry.findings), language, out)?;
        before = Some(entry);
    }
    Ok(())
}
