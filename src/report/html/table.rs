//! Tables: a caption, headers that say what they are the header of, and a cell for each value.

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::Page;
use crate::finding::{Severity, Verdict};
use crate::language::{Language, Text};
use crate::money::round_to_ore;
use crate::report::escape::Escaped;
use crate::report::tables::{Column, Value};

/// A column of text is told to be wide from here on, in characters.
const WIDE: u8 = 34;

/// How a table is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As wide as it needs to be.
    Small,
    /// As wide as the page; can be sorted.
    Wide,
    /// The same, within a part of the window of its own.
    Tall,
}

impl Shape {
    const fn classes(self) -> (&'static str, &'static str) {
        match self {
            Self::Small => ("scroll", "small"),
            Self::Wide => ("scroll", "wide data"),
            Self::Tall => ("scroll tall", "wide data"),
        }
    }
}

impl Page<'_> {
    /// Begins a table; its rows follow.
    pub(super) fn begin_table(&mut self, id: &str, caption: &str, columns: &[Column], shape: Shape) -> io::Result<()> {
        let (around, class) = shape.classes();
        let caption = Escaped(caption);
        // What scrolls must be reached from the keyboard.
        writeln!(self.out, "<div class=\"{around}\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-navn\">")?;
        writeln!(self.out, "<table id=\"{id}\" class=\"{class}\"><caption id=\"{id}-navn\">{caption}</caption>")?;
        write!(self.out, "<thead><tr>")?;
        for column in columns {
            self.header(column)?;
        }
        writeln!(self.out, "</tr></thead>\n<tbody>")
    }

    fn header(&mut self, column: &Column) -> io::Result<()> {
        let header = column.header.get(self.language);
        if header.is_empty() {
            return write!(self.out, "<td></td>");
        }
        let kind = if column.holds_numbers { " class=\"n\" data-kind=\"number\"" } else { "" };
        write!(self.out, "<th scope=\"col\"{kind}>{}</th>", Escaped(header))
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) -> io::Result<()> {
        writeln!(self.out, "</tbody></table></div>")
    }

    /// Writes a row; its first cell says what the row is about. What it is filtered by is a name of ours.
    pub(super) fn row(&mut self, columns: &[Column], values: &[Value<'_>], filter: Option<&str>) -> io::Result<()> {
        match filter {
            Some(name) => write!(self.out, "<tr data-f=\"{name}\">")?,
            None => write!(self.out, "<tr>")?,
        }
        let mut is_first = true;
        for (column, value) in columns.iter().zip(values) {
            write_cell(self.out, column, value, is_first, self.language)?;
            is_first = false;
        }
        writeln!(self.out, "</tr>")
    }

    /// The fields that filter a table, shown once the script works.
    pub(super) fn filter(&mut self, table: &str, what: Text, choices: &[(&str, Text)]) -> io::Result<()> {
        let shown = self.t("Viser {} af {}", "Showing {} of {}");
        let (search, all) = (self.t("Søg", "Search"), self.t("Alle", "All"));
        let what = what.get(self.language);
        write!(
            self.out,
            "<div class=\"filter\" role=\"search\" hidden data-table=\"{table}\" data-shown=\"{shown}\">"
        )?;
        write!(self.out, "<label>{search}<input type=\"search\"></label>")?;
        write!(self.out, "<label>{what}<select><option value=\"\">{all}</option>")?;
        for (name, word) in choices {
            write!(self.out, "<option value=\"{name}\">{}</option>", word.get(self.language))?;
        }
        writeln!(self.out, "</select></label><p role=\"status\" class=\"quiet\"></p></div>")
    }
}

fn write_cell(
    out: &mut dyn Write,
    column: &Column,
    value: &Value<'_>,
    is_first: bool,
    language: Language,
) -> io::Result<()> {
    let (begin, end) = if is_first { ("th scope=\"row\"", "th") } else { ("td", "td") };
    match value {
        Value::Blank => write!(out, "<{begin} data-v=\"\"></{end}>"),
        Value::Text(text) if column.width >= WIDE => write!(out, "<{begin} class=\"long\">{}</{end}>", Escaped(text)),
        Value::Text(text) => write!(out, "<{begin}>{}</{end}>", Escaped(text)),
        Value::Strong(text) => write!(out, "<{begin}><strong>{}</strong></{end}>", Escaped(text)),
        Value::Count(count) => {
            let shown = language.number(Decimal::from(*count));
            write!(out, "<{begin} class=\"n\" data-v=\"{count}\">{shown}</{end}>")
        }
        Value::Number(number) => {
            let (plain, shown) = (number.normalize(), language.number(*number));
            write!(out, "<{begin} class=\"n\" data-v=\"{plain}\">{shown}</{end}>")
        }
        Value::Amount(amount) => write_amount(out, *amount, "n", (begin, end), language),
        Value::Difference(difference) => {
            let class = if round_to_ore(*difference).is_zero() { "n" } else { "n off" };
            write_amount(out, *difference, class, (begin, end), language)
        }
        Value::Left(left) => {
            let class = if round_to_ore(*left).is_sign_negative() { "n off" } else { "n" };
            write_amount(out, *left, class, (begin, end), language)
        }
        Value::Unknown => {
            let unknown = Text::new("ukendt", "unknown").get(language);
            write!(out, "<{begin} class=\"n u\" data-v=\"\">{unknown}</{end}>")
        }
        Value::Date(date) => {
            let shown = language.date(*date);
            write!(out, "<{begin} class=\"d\" data-v=\"{date}\"><time datetime=\"{date}\">{shown}</time></{end}>")
        }
        Value::Severity(severity) => {
            let (name, rank) = severity_name(*severity);
            let word = severity.word().get(language);
            write!(out, "<{begin} data-v=\"{rank}\"><span class=\"tag {name}\">{word}</span></{end}>")
        }
        Value::Verdict(verdict) => {
            let (name, word) = (verdict.name(), verdict.word().get(language));
            let rank = Verdict::ALL.iter().position(|each| each == verdict).unwrap_or_default();
            write!(out, "<{begin} data-v=\"{rank}\"><span class=\"tag {name}\">{word}</span></{end}>")
        }
    }
}

fn write_amount(
    out: &mut dyn Write,
    amount: Decimal,
    class: &str,
    (begin, end): (&str, &str),
    language: Language,
) -> io::Result<()> {
    let (plain, shown) = (round_to_ore(amount), language.amount(amount));
    write!(out, "<{begin} class=\"{class}\" data-v=\"{plain}\">{shown}</{end}>")
}

/// The name of a severity in the page, and where it sorts.
pub(super) const fn severity_name(severity: Severity) -> (&'static str, u8) {
    match severity {
        Severity::Review => ("review", 1),
        Severity::Warning => ("warning", 2),
        Severity::Error => ("error", 3),
    }
}
