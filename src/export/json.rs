//! Cases as JSON: one document, or a case a line.

use std::io::{self, Write};

use super::document::{CASE_SCHEMA, CaseExport};
use crate::language::Language;
use crate::report::RunReport;

/// Writes a case a line; case by case, so that a run of any length needs no more memory.
pub fn write_case_lines(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for line in lines(report, language) {
        out.write_all(&line?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes one document: `{"schema": …, "cases": […]}`, a case a line.
pub fn write_cases(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"schema\":\"{CASE_SCHEMA}\",\"cases\":[")?;
    let mut separator: &[u8] = b"\n";
    for line in lines(report, language) {
        out.write_all(separator)?;
        out.write_all(&line?)?;
        separator = b",\n";
    }
    out.write_all(b"\n]}\n")
}

fn lines(report: &RunReport, language: Language) -> impl Iterator<Item = io::Result<Vec<u8>>> + '_ {
    report.map_cases(move |case| Ok(serde_json::to_vec(&CaseExport::of(&case, language))?))
}
