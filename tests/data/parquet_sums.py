"""Prints what pyarrow and DuckDB read in the Parquet files of a folder: of each column its type, how many values it
has, and the exact sum where it holds numbers."""

import decimal
import json
import pathlib
import sys

import duckdb
import pyarrow
import pyarrow.parquet

decimal.getcontext().prec = 60


def plain(number):
    return format(number.normalize() if number else decimal.Decimal(0), "f")


def with_pyarrow(path):
    table = pyarrow.parquet.read_table(path)
    read = {}
    for field in table.schema:
        values = [value for value in table.column(field.name).to_pylist() if value is not None]
        is_decimal = pyarrow.types.is_decimal128(field.type)
        total = plain(sum(values, decimal.Decimal(0))) if is_decimal else None
        read[field.name] = {"type": str(field.type), "values": len(values), "sum": total}
    return read


def with_duckdb(path):
    read = {}
    for name, of_type, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall():
        is_decimal = of_type.startswith("DECIMAL")
        total = f'sum("{name}")' if is_decimal else "NULL"
        values, total = duckdb.sql(f"SELECT count(\"{name}\"), {total} FROM '{path}'").fetchall()[0]
        total = plain(total or decimal.Decimal(0)) if is_decimal else None
        read[name] = {"type": of_type, "values": values, "sum": total}
    return read


folder = pathlib.Path(sys.argv[1])
files = sorted(folder.glob("*.parquet"))
readers = {"pyarrow": with_pyarrow, "duckdb": with_duckdb}
print(json.dumps({name: {path.stem: read(path) for path in files} for name, read in readers.items()}))
