//! The sheet `Satser`: the figures that the formulas use, each with where it comes from.

use super::compose::Form;
use super::draft::{Content, DraftSheet};
use super::formula::CellRange;
use super::style::{NumberFormat, Role, Style};
use crate::form::{RateLine, SheetLayout};
use crate::parameters::{Amount, Figure, Source};
use crate::workbook::CellAddress;

/// What a figure's cell says where a source states that there is no limit.
pub const NO_LIMIT: &str = "ingen grænse";
/// What a figure's cell says where no source was found.
pub const UNKNOWN: &str = "ukendt";

/// The 0-based row of the column headers.
const HEADER_ROW: u32 = 2;
/// The height of a line of text, in points.
const LINE_HEIGHT: u16 = 15;
const HEADERS: [(&str, u16); 5] =
    [("Sats", 50), ("Værdi", 14), ("Enhed", 12), ("Gælder fra", 13), ("Kilde og dens ord", 100)];

/// Fills the sheet with the figures in force.
pub(super) fn compose_rates(
    form: &Form<'_>,
    sheet_layout: &SheetLayout,
    sheet: &mut DraftSheet,
    names: &mut Vec<(String, CellRange)>,
) {
    if sheet_layout.rates.is_empty() {
        return;
    }
    sheet.landscape = true;
    for ((header, width), column) in HEADERS.into_iter().zip(0..) {
        sheet.put_text(CellAddress::new(HEADER_ROW, column), header, Style::of(Role::Header));
        sheet.widths.insert(column, width);
    }
    sheet.heights.insert(HEADER_ROW, 20);
    for (line, row) in sheet_layout.rates.iter().zip(HEADER_ROW + 1..) {
        let figure = form.parameters.and_then(|parameters| parameters.figure(line.parameter));
        compose_line(line, figure.as_ref(), CellAddress::new(row, 0), sheet);
        let value = CellRange::cell(sheet.id, CellAddress::new(row, 1));
        names.extend(line.name.iter().map(|name| (name.clone(), value)));
    }
}

fn compose_line(line: &RateLine, figure: Option<&Figure<'_>>, label: CellAddress, sheet: &mut DraftSheet) {
    let fixed = Style::of(Role::Fixed);
    sheet.put_text(label, &line.label, fixed);
    sheet.put(label.right(1), value(figure), Style::with(Role::FixedFigure, NumberFormat::Amount));
    let Some(figure) = figure else { return };
    sheet.put_text(label.right(2), figure.unit, fixed);
    if let Some(from) = figure.from {
        sheet.put(label.right(3), Content::Date(from), Style::with(Role::Fixed, NumberFormat::Date));
    }
    let lines: Vec<String> = figure.sources.iter().map(source_line).collect();
    sheet.heights.insert(label.row, line_count(lines.len()) * LINE_HEIGHT + 5);
    sheet.put_text(label.right(4), lines.join("\n"), fixed);
}

fn line_count(lines: usize) -> u16 {
    u16::try_from(lines.max(1)).unwrap_or(1)
}

fn value(figure: Option<&Figure<'_>>) -> Content {
    match figure.map(|figure| figure.amount) {
        Some(Amount::Known(value)) => Content::Number(value),
        Some(Amount::NoLimit) => Content::Text(NO_LIMIT.to_owned()),
        Some(Amount::BySize(brackets)) => {
            let bracket = |from: u32, packages: u32| format!("fra {from}: {packages}");
            let all = brackets.iter().map(|line| bracket(line.employees_from, line.packages));
            Content::Text(all.collect::<Vec<_>>().join("; "))
        }
        Some(Amount::Unknown) | None => Content::Text(UNKNOWN.to_owned()),
    }
}

/// A source and its own words: `STARs faktaark fra 2019 (003): »…«`.
fn source_line(source: &Source) -> String {
    let document = match source.document.as_str() {
        "000" => "STARs ark for industrien fra 2024 (000)",
        "001" => "STARs vejledning fra april 2023 (001)",
        "003" => "STARs faktaark fra 2019 (003)",
        "public" => "Offentligt opslag",
        other => other,
    };
    format!("{document}: »{}«", source.quote)
}
