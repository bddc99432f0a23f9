//! How the cells of the overview look, in the colours of the annotated copies.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook};

use crate::annotate::palette::{
    HEADER_FILL, HEADER_LINE, HEADING_INK, INK, LINE, QUIET_INK, SeverityColors, severity_colors,
};
use crate::finding::{Severity, Verdict};

const AMOUNT: &str = "#,##0.00";
const COUNT: &str = "#,##0";
const DATE: &str = "dd-mm-yyyy";

/// The formats of all cells, made once for a workbook.
pub(super) struct Looks {
    /// The title of the workbook.
    pub(super) title: Format,
    /// The heading of a section.
    pub(super) heading: Format,
    /// The header of a column of text.
    pub(super) header: Format,
    /// The header of a column of numbers.
    pub(super) number_header: Format,
    /// The same with room for the button of a filter.
    pub(super) filtered_number_header: Format,
    /// Text.
    pub(super) text: Format,
    /// Text that stands out.
    pub(super) strong: Format,
    /// A sentence below or between tables.
    pub(super) note: Format,
    /// A count.
    pub(super) count: Format,
    /// Hours, days, a package's number: with the decimals it has.
    pub(super) number: Format,
    /// Kroner.
    pub(super) amount: Format,
    /// Kroner that should have been zero.
    pub(super) wrong_amount: Format,
    /// In place of an amount that is not known.
    pub(super) unknown: Format,
    /// A day.
    pub(super) date: Format,
    error: Format,
    warning: Format,
    review: Format,
}

impl Looks {
    /// Makes the formats, numbered by the workbook from the beginning: else the number of each would follow from which sheet
    /// came to use it first.
    pub(super) fn new(workbook: &mut Workbook) -> Self {
        let mut made = |format: Format| {
            workbook.register_format(&format);
            format
        };
        let right = || lined(INK).set_align(FormatAlign::Right).set_indent(1);
        Self {
            title: made(font(18, HEADING_INK).set_bold()),
            heading: made(font(12, HEADING_INK).set_bold()),
            header: made(header().set_align(FormatAlign::Left).set_indent(1)),
            number_header: made(header().set_align(FormatAlign::Right).set_indent(1)),
            filtered_number_header: made(header().set_align(FormatAlign::Right).set_indent(2)),
            text: made(words(INK)),
            strong: made(words(INK).set_bold()),
            note: made(font(10, QUIET_INK).set_text_wrap().set_align(FormatAlign::Top)),
            count: made(right().set_num_format(COUNT)),
            number: made(right()),
            amount: made(right().set_num_format(AMOUNT)),
            wrong_amount: made(
                right().set_num_format(AMOUNT).set_bold().set_font_color(color(of(Severity::Error).ink)),
            ),
            unknown: made(lined(QUIET_INK).set_align(FormatAlign::Right).set_indent(1).set_italic()),
            date: made(lined(INK).set_align(FormatAlign::Left).set_indent(1).set_num_format(DATE)),
            error: made(filled(Severity::Error)),
            warning: made(filled(Severity::Warning)),
            review: made(filled(Severity::Review)),
        }
    }

    /// The look of a severity's word.
    pub(super) const fn severity(&self, severity: Severity) -> &Format {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.warning,
            Severity::Review => &self.review,
        }
    }

    /// The look of a verdict's word.
    pub(super) const fn verdict(&self, verdict: Verdict) -> &Format {
        match verdict {
            Verdict::Ok => &self.text,
            Verdict::Review => &self.review,
            Verdict::Warning => &self.warning,
            Verdict::Error | Verdict::NotChecked => &self.error,
        }
    }
}

fn of(severity: Severity) -> SeverityColors {
    severity_colors(severity)
}

fn font(size: u8, ink: &str) -> Format {
    Format::new().set_font_name("Calibri").set_font_size(size).set_font_color(color(ink))
}

fn lined(ink: &str) -> Format {
    let format = font(10, ink).set_align(FormatAlign::Top);
    format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(color(LINE))
}

/// Text as it came: the quote prefix keeps it text also when somebody edits the cell.
fn words(ink: &str) -> Format {
    lined(ink).set_align(FormatAlign::Left).set_indent(1).set_text_wrap().set_quote_prefix()
}

fn header() -> Format {
    font(10, HEADING_INK)
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(color(HEADER_FILL))
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(color(HEADER_LINE))
}

fn filled(severity: Severity) -> Format {
    let SeverityColors { fill, ink } = of(severity);
    words(ink).set_bold().set_background_color(color(fill))
}

/// A colour of the palette, which writes its opacity first.
pub(super) fn color(argb: &str) -> Color {
    Color::from(argb.strip_prefix("FF").unwrap_or(argb))
}
