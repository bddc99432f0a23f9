//! `Pulje`: how the applications draw the year's budget down, day by day and case by case.

use std::cmp::Reverse;

use super::value::Value;
use super::{Column, Row, Table};
use crate::language::{Language, Text};
use crate::report::statistics::{Draw, DrawnDay, Statistics, YearBudget};

/// How many years are told day by day.
const MOST_YEARS: usize = 12;

const PASSED: Text = Text::new("Puljen er brugt op", "The budget is used up");

/// A year's days.
pub(in crate::report) const DAYS: Table = Table {
    name: Text::new("Pulje", "Budget"),
    columns: &[
        Column::text(Text::new("Ansøgt", "Applied"), 14),
        Column::numbers(Text::new("Sager", "Cases"), 9),
        Column::numbers(Text::new("Genberegnet tilskud", "Grants recalculated"), 18),
        Column::numbers(Text::new("Brugt i alt", "Drawn in all"), 18),
        Column::numbers(Text::new("Årets pulje", "The year's budget"), 18),
        Column::numbers(Text::new("Tilbage", "Left"), 18),
        Column::numbers(Text::new("Puljen brugt op ved", "Budget used up at"), 18),
    ],
    nothing: Text::new(
        "Ingen budgetter med ansøgningsdato og genberegnet tilskud i et år med en kendt pulje.",
        "No budgets with an application date and a recalculated grant in a year with a known budget.",
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
        Column::numbers(Text::new("Genberegnet tilskud", "Grant recalculated"), 18),
        Column::numbers(Text::new("Brugt i alt", "Drawn in all"), 18),
        Column::numbers(Text::new("Årets pulje", "The year's budget"), 18),
        Column::numbers(Text::new("Tilbage", "Left"), 18),
        Column::text(Text::new("Bemærk", "Note"), 24),
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
    format!("{first} {second}")
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
        if draw.passes { Value::Strong(PASSED.get(language).into()) } else { Value::Blank },
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
