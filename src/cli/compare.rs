//! `sporskifte compare`: what other rules would make of the same cases.

use std::io::{BufWriter, Write};
use std::sync::Arc;

use clap::ArgMatches;
use jiff::civil::Date;

use super::check::{inputs, tell_unchecked, unless_broken_pipe, use_threads};
use super::failure::Failure;
use super::progress::Bar;
use super::settings::settings_for;
use super::{NOTHING_FOUND, RUN_FAILED};
use crate::batch::{Discovered, Settings, check};
use crate::language::Language;
use crate::report::{CaseComparison, ComparisonTotals, RunReport};
use crate::store::Store;

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let dates: Vec<&String> = matches.get_many("rules-date").into_iter().flatten().collect();
    let [first, second] = dates.as_slice() else { return Err(Failure::NotTwoDates) };
    let settings = [date(first)?, date(second)?].map(|date| settings_for(matches, language, Some(date)));
    let [first, second] = settings;
    let (first, second) = (first?, second?);
    use_threads(matches)?;
    let (_, discovered) = inputs(matches, &first)?;
    let reports = [checked(discovered.clone(), &first)?, checked(discovered, &second)?];
    let is_text = matches.get_one::<String>("format").is_none_or(|format| format == "text");
    let mut out = BufWriter::new(std::io::stdout().lock());
    unless_broken_pipe(write(&reports, is_text, language, &mut out).and_then(|()| out.flush()))?;
    let [report, _] = &reports;
    tell_unchecked(report, language);
    Ok(if report.problems.is_empty() { NOTHING_FOUND } else { RUN_FAILED })
}

fn date(text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::NotADate("rules-date", text.to_owned()))
}

fn checked(discovered: Discovered, settings: &Settings) -> Result<RunReport, Failure> {
    let internal = |error: crate::store::StoreError| Failure::Internal(error.to_string());
    let store = Store::temporary().map_err(internal)?;
    check(discovered, settings, None, Arc::new(store), &Bar::new()).map_err(internal)
}

fn write(
    [first, second]: &[RunReport; 2],
    is_text: bool,
    language: Language,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let mut totals = ComparisonTotals::default();
    // Which files belong together does not depend on the rules, so the cases are the same in both runs.
    for (one, other) in first.cases().zip(second.cases()) {
        let comparison = CaseComparison::of(&one?, &other?);
        totals.add(&comparison);
        match is_text {
            true if comparison.differs() => comparison.write(language, out)?,
            true => {}
            false => writeln!(out, "{}", comparison.json())?,
        }
    }
    if is_text { writeln!(out, "{}", totals.in_words(language)) } else { writeln!(out, "{}", totals.json()) }
}
