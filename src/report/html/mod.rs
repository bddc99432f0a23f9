//! The overview of a run as one page: `rapport.html`, for whoever has a browser, and for paper.
//!
//! The page needs no network and no script: without it all is there, with it tables are sorted and filtered. It is
//! written from the top, in one pass over the cases. [`sections`] says what stands on it, [`table`] writes tables,
//! [`charts`] draws, [`worst`] keeps the findings that are told, [`head`] holds style, script and policy.

mod charts;
mod head;
mod sections;
mod table;
mod worst;

use std::io::{self, Write};

use super::escape::Escaped;
use super::run_report::RunReport;
use super::statistics::Statistics;
use crate::language::{Language, Text};

/// The page being written.
struct Page<'p> {
    out: &'p mut dyn Write,
    report: &'p RunReport,
    statistics: &'p Statistics,
    language: Language,
}

/// Writes the overview of a run as a page; the same run gives the same bytes.
pub fn write_page(
    report: &RunReport,
    statistics: &Statistics,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut page = Page { out, report, statistics, language };
    page.head()?;
    page.beginning()?;
    page.sections()?;
    page.end()
}

impl Page<'_> {
    fn t(&self, da: &'static str, en: &'static str) -> &'static str {
        Text::new(da, en).get(self.language)
    }

    /// Writes a paragraph of text.
    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "<p>{}</p>", Escaped(text))
    }

    /// Writes sentences as a list.
    fn sentences(&mut self, sentences: impl IntoIterator<Item = String>) -> io::Result<()> {
        writeln!(self.out, "<ul class=\"sentences\">")?;
        for sentence in sentences {
            writeln!(self.out, "<li>{}</li>", Escaped(&sentence))?;
        }
        writeln!(self.out, "</ul>")
    }
}
