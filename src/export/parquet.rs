//! Tables as Parquet: decimals are exact, `decimal128` to every reader.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::document::CaseExport;
use super::table::{Cell, Column, ColumnType, Table};

/// How many rows are in memory at a time.
const ROWS_TOGETHER: usize = 20_000;
/// The digits of a decimal.
const PRECISION: i32 = 38;
/// The bytes of a decimal.
const DECIMAL_BYTES: i32 = 16;
/// The day that days are counted from.
const DAY_ZERO: Date = Date::constant(1970, 1, 1);

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ParquetError {
    /// The library refused, or the file could not be written.
    #[error(transparent)]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// A case could not be read.
    #[error(transparent)]
    Case(#[from] io::Error),
}

/// Writes a table of cases. What is no value of its column's type is left out here, and stands in the table `values`.
pub fn write_parquet(
    table: &Table,
    cases: &mut dyn Iterator<Item = io::Result<CaseExport>>,
    out: impl Write + Send,
) -> Result<(), ParquetError> {
    let properties =
        WriterProperties::builder().set_created_by(concat!("sporskifte ", env!("CARGO_PKG_VERSION")).to_owned());
    let mut writer = SerializedFileWriter::new(out, schema(table)?, Arc::new(properties.build()))?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for case in cases {
        rows.extend(table.rows(&case?));
        if rows.len() >= ROWS_TOGETHER {
            write_rows(table, &rows, writer.next_row_group()?)?;
            rows.clear();
        }
    }
    if !rows.is_empty() {
        write_rows(table, &rows, writer.next_row_group()?)?;
    }
    writer.close()?;
    Ok(())
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let columns = table.columns.iter().map(|column| Ok(Arc::new(column_type(column)?)));
    let columns: Result<Vec<TypePtr>, ParquetError> = columns.collect();
    Ok(Arc::new(Type::group_type_builder(table.name()).with_fields(columns?).build()?))
}

fn column_type(column: &Column) -> Result<Type, ParquetError> {
    let builder = |physical| Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    let built = match column.holds {
        ColumnType::Text => builder(Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8),
        ColumnType::Number | ColumnType::Amount => {
            let scale = scale(column.holds);
            builder(Physical::FIXED_LEN_BYTE_ARRAY)
                .with_length(DECIMAL_BYTES)
                .with_logical_type(Some(LogicalType::decimal(scale, PRECISION)))
                .with_precision(PRECISION)
                .with_scale(scale)
        }
        ColumnType::Date => builder(Physical::INT32).with_logical_type(Some(LogicalType::Date)),
        ColumnType::YesNo => builder(Physical::BOOLEAN),
    };
    Ok(built.build()?)
}

const fn scale(holds: ColumnType) -> i32 {
    match holds {
        ColumnType::Amount => 2,
        _ => ColumnType::READ_SCALE.cast_signed(),
    }
}

fn write_rows<W: Write + Send>(
    table: &Table,
    rows: &[Vec<Cell>],
    mut group: SerializedRowGroupWriter<'_, W>,
) -> Result<(), ParquetError> {
    for (index, column) in table.columns.iter().enumerate() {
        let cells = || rows.iter().map(|row| row.get(index).unwrap_or(&Cell::Nothing));
        match column.holds {
            ColumnType::Text => write_column::<ByteArrayType, _>(&mut group, cells().map(text))?,
            ColumnType::Number | ColumnType::Amount => {
                let scale = scale(column.holds);
                write_column::<FixedLenByteArrayType, _>(&mut group, cells().map(|cell| decimal(cell, scale)))?;
            }
            ColumnType::Date => write_column::<Int32Type, _>(&mut group, cells().map(day))?,
            ColumnType::YesNo => write_column::<BoolType, _>(&mut group, cells().map(yes_no))?,
        }
    }
    group.close()?;
    Ok(())
}

/// Writes the next column: its values, and which places have one.
fn write_column<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else { return Ok(()) };
    let cells: Vec<Option<T::T>> = cells.collect();
    let is_given: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    column.typed::<T>().write_batch(&values, Some(&is_given), None)?;
    column.close()?;
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    let text = match cell {
        Cell::Nothing => return None,
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::YesNo(yes) => yes.to_string(),
    };
    Some(ByteArray::from(text.into_bytes()))
}

/// The number times ten to the scale, where that is exact.
fn decimal(cell: &Cell, scale: i32) -> Option<FixedLenByteArray> {
    let Cell::Number(number) = cell else { return None };
    let unscaled = unscaled(*number, scale)?;
    Some(ByteArray::from(unscaled.to_be_bytes().to_vec()).into())
}

fn unscaled(number: Decimal, scale: i32) -> Option<i128> {
    let number = number.normalize();
    let missing = scale.checked_sub(i32::try_from(number.scale()).ok()?)?;
    10_i128.checked_pow(u32::try_from(missing).ok()?)?.checked_mul(number.mantissa())
}

fn day(cell: &Cell) -> Option<i32> {
    if let Cell::Date(date) = cell { date.since(DAY_ZERO).ok().map(|span| span.get_days()) } else { None }
}

fn yes_no(cell: &Cell) -> Option<bool> {
    if let Cell::YesNo(yes) = cell { Some(*yes) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_exact_or_left_out() {
        let unscaled = |number: &str, scale| unscaled(number.parse().unwrap(), scale);
        assert_eq!(unscaled("-1340.21", 2), Some(-134_021));
        assert_eq!(unscaled("1340.2100", 2), Some(134_021));
        assert_eq!(unscaled("1340.215", 2), None);
        assert_eq!(unscaled("7.4", 18), Some(7_400_000_000_000_000_000));
    }
}
