//! `Pulje`: how the applications draw the year's budget down, day by day and case by case.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::{Language, Text};
use crate::report::statistics::{Draw, DrawBasis, DrawnDay, Statistics, YearBudget};

/// How many years are told day by day.
const MOST_YEARS: usize = 12;

const PASSED: Text = Text::new("Puljen er brugt op", "The budget is used up");
const CLAIMED: Text = Text::new("Oplyst beløb, ikke genberegnet", "Claimed amount, not recalculated");
const UNKNOWN: Text = Text::new("Beløbet er ukendt", "The amount is unknown");

/// A year's days.
pub(in crate::report) const DAYS: Table = Table {
    name: Text::new("Pulje", "Budget"),
    columns: &[
        Column::text(Text::new("Ansøgt", "Applied"), 14),
        Column::numbers(Text::new("Sager", "Cases"), 9),
        Column::numbers(Text::new("Tilskud", "Grants"), 18),
        Column::numbers(Text::new("Brugt i alt", "Drawn in all"), 18),
        Column::numbers(Text::new("Årets pulje", "The year's budget"), 18),
        Column::numbers(Text::new("Tilbage", "Left"), 18),
        Column::numbers(Text::new("Puljen brugt op ved", "Budget used up at"), 18),
    ],
    nothing: Text::new(
        "Ingen budgetter med ansøgningsdato i et år med en kendt pulje.",
        "No budgets with an application date in a year with a known budget.",
    ),
};

/// A year's cases in the order of their applications.
pub(in crate::report) const CASES: Table = Table {
    name: Text::new("Puljens sager", "Budget by case"),
    columns: &[
        Column::numbers(Text::new("Nr. i året", "No. in the year"), 10),
        Column::text(Text::new("Ansøgt", "Applied"), 12),
        Column::text(Text::new("Sag", "Case"), 26),
        Column::text(Text::new("Virksomhed", "Company"), 36),
        Column::numbers(Text::new("Tilskud", "Grant"), 18),
        Column::numbers(Text::new("Brugt i alt", "Drawn in all"), 18),
        Column::numbers(Text::new("Årets pulje", "The year's budget"), 18),
        Column::numbers(Text::new("Tilbage", "Left"), 18),
        Column::text(Text::new("Bemærk", "Note"), 32),
    ],
    nothing: DAYS.nothing,
};

/// What the sum of a year says in a sentence.
pub(in crate::report) fn sentence(year: &YearBudget, language: Language) -> String {
    let amount = |amount| language.amount(amount);
    let (drawn, allotted, is_one) = (amount(year.drawn()), amount(year.allotted), year.draws.len() == 1);
    let (number, cases) = (year.year, language.number(year.draws.len().into()));
    let first = match language {
        Language::Danish => format!(
            "I {number} er der efter genberegningen søgt om {drawn} kr. i {cases} {} af en pulje på {allotted} kr.",
            if is_one { "sag" } else { "sager" }
        ),
        Language::English => format!(
            "In {number}, {drawn} kr. are applied for in {cases} {} by our recalculation, of a budget of {allotted} kr.",
            if is_one { "case" } else { "cases" }
        ),
    };
    let second = match (year.passed(), language) {
        (None, Language::Danish) => "Puljen er ikke brugt op.".to_owned(),
        (None, Language::English) => "The budget is not used up.".to_owned(),
        (Some(draw), Language::Danish) => format!(
            "Puljen er brugt op med sag {}, ansøgt {}: {} kr. for meget.",
            draw.case,
            language.date(draw.date),
            amount(-draw.left())
        ),
        (Some(draw), Language::English) => format!(
            "The budget is used up with case {}, applied {}: {} kr. too much.",
            draw.case,
            language.date(draw.date),
            amount(-draw.left())
        ),
    };
    [Some(first), Some(second), not_recalculated(year, language)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is said of the applications that hold their place without a recalculated amount.
fn not_recalculated(year: &YearBudget, language: Language) -> Option<String> {
    let cases = year.not_recalculated().count();
    let sum = year.not_recalculated().fold(Decimal::ZERO, |sum, draw| sum.saturating_add(draw.granted));
    let (number, sum) = (language.number(cases.into()), language.amount(sum));
    match (cases, language) {
        (0, _) => None,
        (1, Language::Danish) => {
            Some(format!("Heraf kunne 1 sag ikke genberegnes; den står med det oplyste beløb, {sum} kr."))
        }
        (_, Language::Danish) => {
            Some(format!("Heraf kunne {number} sager ikke genberegnes; de står med de oplyste beløb, {sum} kr. i alt."))
        }
        (1, Language::English) => {
            Some(format!("1 case of them could not be recalculated; it stands with the claimed amount, {sum} kr."))
        }
        (_, Language::English) => Some(format!(
            "{number} cases of them could not be recalculated; they stand with the claimed amounts, {sum} kr. in all."
        )),
    }
}

fn note(draw: &Draw, language: Language) -> Value<'static> {
    let basis = match draw.basis {
        DrawBasis::Recalculated => None,
        DrawBasis::Claimed => Some(CLAIMED),
        DrawBasis::Unknown => Some(UNKNOWN),
    };
    let notes: Vec<&str> =
        [draw.passes.then_some(PASSED), basis].into_iter().flatten().map(|note| note.get(language)).collect();
    if notes.is_empty() { Value::Blank } else { Value::Strong(notes.join(". ").into()) }
}

/// The row of a day.
pub(in crate::report) fn day_row(year: &YearBudget, day: &DrawnDay) -> Row<'static> {
    vec![
        Value::Date(day.date),
        Value::Count(day.cases),
        Value::Amount(day.granted),
        Value::Amount(day.drawn),
        Value::Amount(year.allotted),
        Value::Left(year.allotted.saturating_sub(day.drawn)),
        if day.is_passed { Value::Amount(day.drawn) } else { Value::Blank },
    ]
}

/// The row of a case, which is so many in its year.
pub(in crate::report) fn case_row(number: usize, draw: &Draw, language: Language) -> Row<'_> {
    vec![
        Value::Count(number),
        Value::Date(draw.date),
        Value::Text((&*draw.case).into()),
        Value::optional(draw.company.as_deref()),
        Value::Amount(draw.granted),
        Value::Amount(draw.drawn),
        Value::Amount(draw.allotted),
        Value::Left(draw.left()),
        note(draw, language),
    ]
}

/// The years that are told day by day, in order, and how many are not: those with the largest grants. What senders
/// write is not always a year that has been.
pub(in crate::report) fn years_in_detail(statistics: &Statistics) -> (Vec<&YearBudget>, usize) {
    let mut years: Vec<&YearBudget> = statistics.years.iter().collect();
    years.sort_by_key(|year| Reverse(year.drawn()));
    let left_out = years.len().saturating_sub(MOST_YEARS);
    years.truncate(MOST_YEARS);
    years.sort_by_key(|year| year.year);
    (years, left_out)
}
