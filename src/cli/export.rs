//! `sporskifte export`: hands checked cases over as data.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::check::{buffered, input_folders, inputs, prepare, tell_unchecked, unless_broken_pipe, use_threads};
use super::failure::Failure;
use super::progress::Bar;
use super::settings::settings;
use super::{NOTHING_FOUND, RUN_FAILED};
use crate::batch::{OutputFolder, Settings, check};
use crate::export::{CaseExport, CsvDialect, Table, schema, write_case_lines, write_cases, write_csv};
use crate::form::Layout;
use crate::io_reason::io_reason;
use crate::language::{Language, Text};
use crate::library::export_each;
use crate::report::RunReport;
use crate::store::Store;

/// Whether this build can write Parquet.
pub(super) const HAS_PARQUET: bool = cfg!(feature = "parquet");
const WITHOUT_PARQUET: Text = Text::new(
    "denne udgave af sporskifte er bygget uden Parquet; vælg csv, json eller jsonl, eller byg den med »cargo build --release --features parquet«",
    "this build of sporskifte is one without Parquet; choose csv, json or jsonl, or build it by “cargo build --release --features parquet”",
);

pub(super) fn run(matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    if matches.get_flag("schema") {
        return print_schema();
    }
    let folder: Option<&PathBuf> = matches.get_one("out");
    let format = matches.get_one::<String>("format").map_or("json", String::as_str);
    if format == "parquet" && !HAS_PARQUET {
        return Err(Failure::NotWritten(PathBuf::from(format), WITHOUT_PARQUET));
    }
    if folder.is_none() && matches!(format, "csv" | "parquet") {
        return Err(Failure::NeedsFolder("format"));
    }
    let settings = Settings { keeps_content: true, ..settings(matches, language)? };
    use_threads(matches)?;
    let (paths, discovered) = inputs(matches, &settings)?;
    let outputs = folder.map(|folder| prepare(folder, &input_folders(&discovered, &paths))).transpose()?;
    let internal = |error: crate::store::StoreError| Failure::Internal(error.to_string());
    let store = Store::temporary().map_err(internal)?;
    let report = check(discovered, &settings, None, Arc::new(store), &Bar::new()).map_err(internal)?;
    let export = Export { report: &report, language, layouts: &settings.layouts };
    match &outputs {
        None => export.print(format)?,
        Some(folder) => export.write(format, matches.get_flag("excel-csv"), folder)?,
    }
    tell_unchecked(&report, language);
    Ok(if report.problems.is_empty() { NOTHING_FOUND } else { RUN_FAILED })
}

fn print_schema() -> Result<u8, Failure> {
    let schema = serde_json::to_string_pretty(&schema()).map_err(|error| Failure::Internal(error.to_string()))?;
    unless_broken_pipe(writeln!(io::stdout(), "{schema}"))?;
    Ok(NOTHING_FOUND)
}

/// What is exported.
struct Export<'e> {
    report: &'e RunReport,
    language: Language,
    layouts: &'e [Arc<Layout>],
}

impl Export<'_> {
    fn print(&self, format: &str) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        let written = match format {
            "jsonl" => write_case_lines(self.report, self.language, &mut out),
            _ => write_cases(self.report, self.language, &mut out),
        };
        unless_broken_pipe(written.and_then(|()| out.flush()))
    }

    fn write(&self, format: &str, is_for_excel: bool, folder: &OutputFolder) -> Result<(), Failure> {
        let dialect = if is_for_excel { CsvDialect::DanishExcel } else { CsvDialect::Programs };
        match format {
            "jsonl" => put(folder, "sager.jsonl", |file| {
                buffered(file, |out| write_case_lines(self.report, self.language, out))
            })?,
            "csv" => self.write_tables(folder, "csv", |table, file| {
                buffered(file, |out| write_csv(table, dialect, &mut self.cases(), out))
            })?,
            "parquet" => self.write_tables(folder, "parquet", |table, file| self.write_parquet(table, file))?,
            _ => put(folder, "sager.json", |file| buffered(file, |out| write_cases(self.report, self.language, out)))?,
        }
        folder.finish().map_err(|error| Failure::NotWritten(PathBuf::from(format), io_reason(&error)))
    }

    fn write_tables(
        &self,
        folder: &OutputFolder,
        ending: &str,
        write: impl Fn(&Table, &mut File) -> io::Result<()>,
    ) -> Result<(), Failure> {
        for table in Table::all(self.layouts) {
            put(folder, &format!("{}.{ending}", table.name()), |file| write(&table, file))?;
        }
        Ok(())
    }

    #[cfg(feature = "parquet")]
    fn write_parquet(&self, table: &Table, file: &mut File) -> io::Result<()> {
        crate::export::write_parquet(table, &mut self.cases(), file).map_err(io::Error::other)
    }

    #[cfg(not(feature = "parquet"))]
    #[allow(clippy::unused_self, reason = "as with Parquet")]
    fn write_parquet(&self, _table: &Table, _file: &mut File) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn cases(&self) -> impl Iterator<Item = io::Result<CaseExport>> + '_ {
        export_each(self.report, self.language)
    }
}

fn put(folder: &OutputFolder, name: &str, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Failure> {
    let written = folder.write_with(Path::new(name), fill);
    written.map_err(|error| Failure::NotWritten(PathBuf::from(name), io_reason(&error)))
}
