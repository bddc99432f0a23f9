//! The charts, drawn by the spreadsheet program from the cells beside them.

use std::ops::RangeInclusive;

use rust_xlsxwriter::{
    Chart, ChartAxisDateUnitType, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color, ObjectMovement,
};

use super::look::color;
use crate::annotate::palette::{HEADING_INK, INK, LINE, severity_colors};
use crate::finding::Severity;
use crate::language::{Language, Text};
use crate::report::statistics::YearBudget;
use crate::report::tables::{Column, mistakes};

/// How many rows of usual height the chart of a year lies over.
pub(super) const CHART_ROWS: u32 = 17;

/// How many rules a chart shows.
const MOST_BARS: u32 = 20;

/// The second column right of a table.
pub(super) fn beside(columns: &[Column]) -> u16 {
    u16::try_from(columns.len()).unwrap_or_default() + 1
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Calibri").set_size(size).set_color(color(INK)).unset_bold();
    font
}

fn grid() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(color(LINE)).set_width(0.5);
    line
}

fn titled(chart: &mut Chart, title: &str) {
    let mut large = font(12.0);
    large.set_color(color(HEADING_INK)).set_bold();
    chart.title().set_name(title).set_font(&large);
    chart.set_object_movement(ObjectMovement::DontMoveOrSizeWithCells);
}

/// Findings by rule from the first rows of the table of rules; `None` where there are none.
pub(super) fn findings_by_rule(rows: u32, language: Language) -> Option<Chart> {
    let last = rows.min(MOST_BARS);
    if last == 0 {
        return None;
    }
    let sheet = mistakes::RULES.name.get(language);
    let mut chart = Chart::new(ChartType::Bar);
    let mut fill = ChartSolidFill::new();
    fill.set_color(color(HEADING_INK));
    chart
        .add_series()
        .set_name(Text::new("Fund", "Findings").get(language))
        .set_categories((sheet, 1, 1, last, 1))
        .set_values((sheet, 1, 3, last, 3))
        .set_format(ChartFormat::new().set_solid_fill(&fill))
        .set_data_label(ChartDataLabel::new().show_value().set_num_format("#,##0").set_font(&font(9.0)))
        .set_gap(45);
    titled(&mut chart, Text::new("De hyppigste regler: antal fund", "The most frequent rules: findings").get(language));
    chart.y_axis().set_reverse().set_font(&font(9.0)).set_major_gridlines(false);
    // The numbers stand at the bars.
    chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    chart.legend().set_hidden();
    chart.set_alt_text(
        Text::new(
            "Søjlediagram: antal fund for de regler, der fandt mest. Tallene står i tabellen til venstre.",
            "Bar chart: findings of the rules that found most. The numbers are in the table to the left.",
        )
        .get(language),
    );
    chart.set_width(600).set_height(90 + 22 * last);
    Some(chart)
}

/// How many days a curve needs.
const FEWEST_DAYS: usize = 3;

/// Whether there is anything to see in a chart of a year's days.
pub(super) fn is_worth_a_chart(year: &YearBudget) -> bool {
    year.days.len() >= FEWEST_DAYS
}

/// How a year's budget is drawn down, from the rows of its days.
pub(super) fn draw_down_chart(sheet: &str, rows: RangeInclusive<u32>, year: &YearBudget, language: Language) -> Chart {
    let (first, last) = (*rows.start(), *rows.end());
    let mut chart = Chart::new(ChartType::Line);
    let mut add = |name: Text, column: u16, format: &mut ChartFormat, marker: &ChartMarker| {
        chart
            .add_series()
            .set_name(name.get(language))
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column))
            .set_format(format)
            .set_marker(marker);
    };
    let error = color(severity_colors(Severity::Error).ink);
    let none = ChartMarker::new().set_none().clone();
    add(
        Text::new("Brugt i alt", "Drawn in all"),
        3,
        ChartFormat::new().set_line(&line(color(HEADING_INK), 2.25)),
        &none,
    );
    let mut dashed = line(error, 1.5);
    dashed.set_dash_type(ChartLineDashType::Dash);
    add(Text::new("Årets pulje", "The year's budget"), 4, ChartFormat::new().set_line(&dashed), &none);
    if year.passed().is_some() {
        let diamond = marker(ChartMarkerType::Diamond, 12, error);
        add(Text::new("Puljen brugt op", "Budget used up"), 6, ChartFormat::new().set_no_line(), &diamond);
    }
    let title = Text::new("Brugt af puljen", "Drawn on the budget of").get(language);
    titled(&mut chart, &format!("{title} {} ({})", year.year, Text::new("mio. kr.", "million kr.").get(language)));
    chart
        .x_axis()
        .set_date_axis(true)
        .set_num_format("dd-mm-yyyy")
        .set_font(&font(9.0))
        .set_major_unit(1)
        .set_major_unit_date_type(ChartAxisDateUnitType::Months);
    chart
        .y_axis()
        .set_font(&font(9.0))
        .set_min(0)
        // Two commas for millions: not every program knows an axis's own units.
        .set_num_format("#,##0.0,,")
        .set_major_gridlines_line(&grid());
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0));
    chart.set_alt_text(
        Text::new(
            "Kurve: hvad der i alt er brugt af årets pulje dag for dag. Tallene står i tabellen nedenunder.",
            "Line chart: what is drawn in all on the year's budget day by day. The numbers are in the table below.",
        )
        .get(language),
    );
    chart.set_width(820).set_height(CHART_ROWS * 20 - 10);
    chart
}

fn line(color: Color, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(color).set_width(width);
    line
}

fn marker(kind: ChartMarkerType, size: u8, color: Color) -> ChartMarker {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color);
    let mut marker = ChartMarker::new();
    let outline = line(color, 0.75);
    marker.set_type(kind).set_size(size).set_format(ChartFormat::new().set_solid_fill(&fill).set_line(&outline));
    marker
}
