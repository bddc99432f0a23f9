//! How the cells of a form look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// What a cell is in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The title of a sheet.
    Title,
    /// The marker and the intro.
    Remark,
    /// The help beside a field.
    Help,
    /// The label beside a field.
    Label,
    /// A cell of a table to fill in.
    Input,
    /// A cell to fill in beside its label.
    FieldInput,
    /// A cell that the form computes.
    Computed,
    /// The label of a column to fill in.
    Header,
    /// The label of a column that the form computes.
    ComputedHeader,
    /// A sum, or the label of the totals row.
    Total,
    /// The label of a field below a table.
    SummaryLabel,
    /// A text that is only read.
    Fixed,
    /// A figure that is only read.
    FixedFigure,
    /// A cell that is no part of the form.
    Plain,
}

/// How a cell shows what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFormat {
    /// As it is.
    General,
    /// As text, digits too.
    Text,
    /// Without decimals.
    Whole,
    /// Kroner and øre.
    Amount,
    /// A day.
    Date,
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// What it is in the form.
    pub role: Role,
    /// How it shows what stands in it.
    pub number_format: NumberFormat,
}

const BAND: Color = Color::RGB(0x001F_4E5F);
const COMPUTED_BAND: Color = Color::RGB(0x005F_7F8C);
const GREY: Color = Color::RGB(0x00E9_EDEF);
const TOTAL_GREY: Color = Color::RGB(0x00D5_DDE1);
const LINE: Color = Color::RGB(0x00B8_C4CA);
const FAINT: Color = Color::RGB(0x0055_6570);

impl Style {
    /// The style of a role that shows values as they are.
    pub const fn of(role: Role) -> Self {
        Self { role, number_format: NumberFormat::General }
    }

    /// The style of a role with a number format.
    pub const fn with(role: Role, number_format: NumberFormat) -> Self {
        Self { role, number_format }
    }

    /// The style as the workbook library writes it.
    pub(super) fn format(self) -> Format {
        let format = role_format(self.role);
        match self.number_format {
            NumberFormat::General => format,
            NumberFormat::Text => format.set_num_format("@").set_align(FormatAlign::Left).set_indent(1),
            NumberFormat::Whole => format.set_num_format("0"),
            NumberFormat::Amount => format.set_num_format("#,##0.00"),
            NumberFormat::Date => format.set_num_format("dd-mm-yyyy"),
        }
    }
}

fn role_format(role: Role) -> Format {
    let format = Format::new().set_align(FormatAlign::VerticalCenter);
    match role {
        Role::Title => format.set_bold().set_font_size(16).set_font_color(BAND),
        Role::Remark => format.set_font_size(9).set_font_color(FAINT),
        Role::Help => role_format(Role::Remark).set_align(FormatAlign::Left).set_indent(1),
        Role::Label => boxed(format).set_background_color(TOTAL_GREY).set_text_wrap().set_indent(1),
        Role::Input => boxed(format).set_background_color(Color::White).set_unlocked(),
        Role::FieldInput => role_format(Role::Input).set_align(FormatAlign::Left).set_indent(1),
        Role::Computed => boxed(format).set_background_color(GREY),
        Role::Header => header(format, BAND),
        Role::ComputedHeader => header(format, COMPUTED_BAND),
        Role::Total => boxed(format).set_bold().set_background_color(TOTAL_GREY).set_border_top(FormatBorder::Medium),
        Role::SummaryLabel => format.set_bold().set_align(FormatAlign::Right),
        Role::Fixed => boxed(format).set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
        Role::FixedFigure => boxed(format).set_background_color(GREY).set_align(FormatAlign::Right).set_indent(1),
        Role::Plain => format,
    }
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

fn header(format: Format, band: Color) -> Format {
    boxed(format)
        .set_bold()
        .set_font_size(10)
        .set_font_color(Color::White)
        .set_background_color(band)
        .set_align(FormatAlign::Center)
        .set_text_wrap()
}
