//! Checked cases as data: every field with its cell, claimed and recalculated amounts, findings.
//!
//! One model, [`CaseExport`], is written as JSON, as lines of JSON, and as [`Table`]s: CSV and Parquet. Its schema is
//! [`schema`]; `import` makes workbooks of it again.

mod content;
mod csv;
mod document;
mod field;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod schema;
mod table;

pub use content::{Amounts, Fields, FormContent, RowContent};
pub use csv::{CsvDialect, write_csv};
pub use document::{CASE_SCHEMA, CaseExport, FileExport, FindingExport};
pub use field::{Field, FieldValue, Said, WrittenAs};
pub use json::{write_case_lines, write_cases};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetError, write_parquet};
pub use schema::schema;
pub use table::{Cell, Column, ColumnType, Table};
