//! The colours and fonts of the marks and of the sheet `Kontrol`; colours are `AARRGGBB`.

use std::sync::LazyLock;

use super::control_sheet::ControlStyle;
use crate::finding::Severity;

/// How each style of the sheet `Kontrol` is drawn.
pub(super) static LOOKS: LazyLock<Vec<(ControlStyle, Look)>> =
    LazyLock::new(|| CONTROL_STYLES.map(|style| (style, look(style))).into());

/// All styles of the sheet `Kontrol`.
pub(super) const CONTROL_STYLES: [ControlStyle; 13] = [
    ControlStyle::Title,
    ControlStyle::Heading,
    ControlStyle::TableHeader,
    ControlStyle::AmountHeader,
    ControlStyle::Body,
    ControlStyle::Strong,
    ControlStyle::Quiet,
    ControlStyle::Amount,
    ControlStyle::AmountDiffers,
    ControlStyle::Link,
    ControlStyle::Severity(Severity::Error),
    ControlStyle::Severity(Severity::Warning),
    ControlStyle::Severity(Severity::Review),
];

/// Excel's own format `#,##0.00`: shown as `1.234,56` where Danish is set.
pub(super) const AMOUNT: u32 = 4;

/// Text.
pub(crate) const INK: &str = "FF1F2933";
/// Titles and headings.
pub(crate) const HEADING_INK: &str = "FF1B3A57";
/// Text of less weight.
pub(crate) const QUIET_INK: &str = "FF5F6B76";
const LINK_INK: &str = "FF0B5CAD";
/// The background of a table's header.
pub(crate) const HEADER_FILL: &str = "FFDCE6F0";
/// The line between rows.
pub(crate) const LINE: &str = "FFCBD3DB";
/// The line below a table's header.
pub(crate) const HEADER_LINE: &str = "FF1B3A57";

/// A fill that stays light in print and a dark ink that is read on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SeverityColors {
    /// The background.
    pub(crate) fill: &'static str,
    /// The text and the border.
    pub(crate) ink: &'static str,
}

/// The colours of a severity, as `AARRGGBB`.
pub(crate) const fn severity_colors(severity: Severity) -> SeverityColors {
    match severity {
        Severity::Error => SeverityColors { fill: "FFF8B4B4", ink: "FF7A0C0C" },
        Severity::Warning => SeverityColors { fill: "FFFFDD8A", ink: "FF5C3D00" },
        Severity::Review => SeverityColors { fill: "FFBBDCF7", ink: "FF0B3A66" },
    }
}

/// The pieces of a cell format, as XML without a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// The font.
    pub(super) font: String,
    /// The fill, if any.
    pub(super) fill: Option<String>,
    /// The border, if any.
    pub(super) border: Option<String>,
    /// The id of one of Excel's own number formats.
    pub(super) number_format: u32,
    /// The alignment.
    pub(super) alignment: &'static str,
}

const WRAPPED: &str = "<alignment horizontal=\"left\" vertical=\"top\" wrapText=\"1\"/>";
const ONE_LINE: &str = "<alignment vertical=\"center\"/>";
const HEADER: &str = "<alignment vertical=\"center\" wrapText=\"1\"/>";
const AMOUNT_HEADER: &str = "<alignment horizontal=\"right\" vertical=\"center\" wrapText=\"1\"/>";
const RIGHT: &str = "<alignment horizontal=\"right\" vertical=\"top\"/>";

fn look(style: ControlStyle) -> Look {
    let plain = font(10, INK, "");
    let lined = || Some(bottom_line("thin", LINE));
    let header = |alignment| {
        let (fill, border) = (Some(cell_fill(HEADER_FILL)), Some(bottom_line("medium", HEADER_LINE)));
        Look { font: font(10, HEADING_INK, "<b/>"), fill, border, number_format: 0, alignment }
    };
    let look = |font, fill, border, alignment| Look { font, fill, border, number_format: 0, alignment };
    match style {
        ControlStyle::Title => look(font(18, HEADING_INK, "<b/>"), None, None, ONE_LINE),
        ControlStyle::Heading => look(font(12, HEADING_INK, "<b/>"), None, None, ONE_LINE),
        ControlStyle::TableHeader => header(HEADER),
        ControlStyle::AmountHeader => header(AMOUNT_HEADER),
        ControlStyle::Body => look(plain, None, lined(), WRAPPED),
        ControlStyle::Strong => look(font(10, INK, "<b/>"), None, lined(), WRAPPED),
        ControlStyle::Quiet => look(font(9, QUIET_INK, ""), None, None, WRAPPED),
        ControlStyle::Amount => Look { number_format: AMOUNT, ..look(plain, None, lined(), RIGHT) },
        ControlStyle::AmountDiffers => {
            let SeverityColors { fill, ink } = severity_colors(Severity::Error);
            Look { number_format: AMOUNT, ..look(font(10, ink, "<b/>"), Some(cell_fill(fill)), lined(), RIGHT) }
        }
        ControlStyle::Link => look(font(10, LINK_INK, "<u/>"), None, lined(), WRAPPED),
        ControlStyle::Severity(severity) => {
            let SeverityColors { fill, ink } = severity_colors(severity);
            look(font(10, ink, "<b/>"), Some(cell_fill(fill)), lined(), WRAPPED)
        }
    }
}

/// The format of a mark: text that is read on the fill whatever the cell's own, and a border for print.
pub(super) fn mark_format(severity: Severity) -> String {
    let SeverityColors { fill, ink } = severity_colors(severity);
    let sides: Vec<String> = ["left", "right", "top", "bottom"]
        .iter()
        .map(|side| format!("<{side} style=\"thin\"><color rgb=\"{ink}\"/></{side}>"))
        .collect();
    format!(
        "<dxf><font><color rgb=\"{ink}\"/></font><fill><patternFill patternType=\"solid\"><fgColor rgb=\"{fill}\"/>\
         <bgColor rgb=\"{fill}\"/></patternFill></fill><border>{}</border></dxf>",
        sides.concat()
    )
}

/// The format that goes with the tag of the sheet `Kontrol`: it changes nothing that is seen.
pub(super) fn tag_format() -> String {
    format!("<dxf><font><color rgb=\"{HEADING_INK}\"/></font></dxf>")
}

fn font(size: u8, ink: &str, effects: &str) -> String {
    format!(
        "<font>{effects}<sz val=\"{size}\"/><color rgb=\"{ink}\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    )
}

fn cell_fill(color: &str) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{color}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
    )
}

fn bottom_line(style: &str, color: &str) -> String {
    format!(
        "<border><left/><right/><top/><bottom style=\"{style}\"><color rgb=\"{color}\"/></bottom><diagonal/></border>"
    )
}
