//! The sheet `Pulje`: how the applications draw each year's budget down, as a chart and day by day.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::charts::{CHART_ROWS, draw_down_chart, is_worth_a_chart};
use super::flow::Flow;
use super::look::Looks;
use crate::language::{Language, Text};
use crate::report::statistics::{Statistics, YearBudget};
use crate::report::tables::draw_down::{DAYS, day_row, sentence, years_in_detail};

/// The widths of the columns of the days, in characters.
const WIDTHS: [u8; 7] = [14, 9, 18, 18, 18, 18, 18];

/// Writes the sheet.
pub(super) fn write(
    worksheet: &mut Worksheet,
    statistics: &Statistics,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let mut flow = Flow::begin(worksheet, DAYS.name, &WIDTHS, looks, language)?;
    let title = Text::new("Årets pulje i rækkefølge efter ansøgning", "The year's budget in order of application");
    flow.title(title.get(language))?;
    if statistics.years.is_empty() {
        return flow.sentence(DAYS.nothing.get(language));
    }
    flow.sentence(flow.t(
        "Først til mølle: efter ansøgningsdato, med det genberegnede tilskud. Sag for sag står det på arket Puljens sager.",
        "First come, first served: by application date, with the recalculated grants. The sheet Budget by case tells it case by case.",
    ))?;
    let (years, left_out) = years_in_detail(statistics);
    years.into_iter().try_for_each(|year| write_year(&mut flow, year))?;
    if left_out == 0 {
        return Ok(());
    }
    let more = flow.t("år mere står kun på arket Puljens sager.", "more years are only on the sheet Budget by case.");
    flow.sentence(&format!("{left_out} {more}"))
}

fn write_year(flow: &mut Flow<'_>, year: &YearBudget) -> Result<(), XlsxError> {
    let language = flow.language();
    flow.heading(&format!("{} {}", flow.t("Puljen", "The budget of"), year.year))?;
    flow.sentence(&sentence(year, language))?;
    let chart_row = flow.next_row();
    let has_chart = is_worth_a_chart(year);
    flow.leave(if has_chart { CHART_ROWS } else { 0 })?;
    flow.header(&DAYS)?;
    let first = flow.next_row();
    year.days.iter().try_for_each(|day| flow.line(&day_row(year, day)))?;
    if !has_chart {
        return Ok(());
    }
    let last = flow.next_row().saturating_sub(1);
    let chart = draw_down_chart(DAYS.name.get(language), first..=last, year, language);
    flow.worksheet().insert_chart_with_offset(chart_row, 0, &chart, 4, 4).map(|_| ())
}
