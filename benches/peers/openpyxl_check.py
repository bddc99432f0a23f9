#!/usr/bin/env python3
"""The same job with openpyxl: check every budget of a folder and write an annotated copy of it.

    python3 benches/peers/openpyxl_check.py FOLDER OUT [--limit N]

A script as a colleague would write it well: each workbook is opened twice, once for its formulas (what is saved again) and
once for the stored values; fields are found by their labels, never by a fixed address; amounts are recalculated with
`decimal` and rounded half up to øre. A cell that differs from the recalculation is filled red and gets a note. It knows
only the arithmetic of the budget: none of the program's other rules, no limits on hostile files, no cases of several forms.

It prints one JSON object: how many workbooks it did, how many it could not read, how many differences it found.
"""

import argparse
import json
import sys
import time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

ORE = Decimal("0.01")
ZERO = Decimal(0)
RED = PatternFill("solid", fgColor="FFC7CE")

# What the scheme says, by the first year it holds for.
WAGE_CAP, PACKAGE_CAP = Decimal(260), Decimal(120000)
ADMIN_HOURS, ADMIN_RATE, NO_ADMIN_LIMIT_FROM = Decimal(5), Decimal(260), 2024
AUDIT_THRESHOLD = Decimal(500000)
VEU = {2018: "116.22", 2019: "117.70", 2020: "119.05", 2021: "120.54", 2023: "123.11"}
MILEAGE = {2018: "1.94", 2019: "1.98", 2020: "1.96", 2021: "1.90", 2023: "2.19", 2024: "2.23"}

COLUMNS = {
    "number": "nr.",
    "employee": "medarbejder-id",
    "sick_hours": "timer som sygemeldt",
    "wage": "timeløn (kr.)",
    "guidance_hours": "vejledning: timer",
    "guidance_veu": "vejledning: heraf veu-timer",
    "guidance_fee": "vejledning: deltagerbetaling (kr.)",
    "guidance_wage": "vejledning: lønkompensation (kr.)",
    "course_hours": "efteruddannelse: timer",
    "course_veu": "efteruddannelse: heraf veu-timer",
    "course_fee": "efteruddannelse: deltagerbetaling (kr.)",
    "course_wage": "efteruddannelse: lønkompensation (kr.)",
    "weeks": "praktik: uger",
    "week_hours": "praktik: timer pr. uge",
    "internship_wage": "praktik: lønkompensation (kr.)",
    "admin_hours": "administration: timer",
    "admin_rate": "administration: timesats (kr.)",
    "admin_amount": "administration: beløb (kr.)",
    "km": "kørsel: km pr. dag",
    "days": "kørsel: dage",
    "driving_amount": "kørsel: beløb (kr.)",
    "materials": "kursusmaterialer (kr.)",
    "sick_deduction": "fradrag for sygetimer (kr.)",
    "other_support": "anden støtte (kr.)",
    "costs": "udgifter i alt (kr.)",
    "grant": "ansøgt tilskud (kr.)",
}
# The totals row adds hours and amounts, but no rates and no other numbers.
NOT_SUMMED = {"number", "employee", "wage", "admin_rate", "weeks", "week_hours", "km", "days"}
SUMS = {
    "packages": "tilskud til pakker i alt (kr.)",
    "audit": "ekstern revision (kr.)",
    "total": "samlet ansøgt tilskud (kr.)",
}


class NotABudget(Exception):
    """The workbook is something else."""


def label(value):
    """A label as it is compared: folded, with single spaces, without a colon or a star at the end."""
    return " ".join(str(value).split()).casefold().rstrip(":* ") if isinstance(value, str) else None


def number(value):
    """The decimal that a cell shows; None where it is empty or no number."""
    if isinstance(value, bool) or value is None or value == "":
        return None
    try:
        return Decimal(repr(value)) if isinstance(value, (int, float)) else Decimal(str(value))
    except InvalidOperation:
        return None


def ore(amount):
    return amount.quantize(ORE, rounding=ROUND_HALF_UP)


def master_data(sheet):
    """The values beside the labels of the sheet Stamdata."""
    found = {}
    for row in sheet.iter_rows():
        for cell, value in zip(row, row[1:]):
            name = label(cell.value)
            if name and name not in found:
                found[name] = value.value
    return found


def header(sheet):
    """The row of the headers, and the column of each field."""
    wanted = {name: key for key, name in COLUMNS.items()}
    for row in sheet.iter_rows(max_row=40):
        columns = {wanted[label(cell.value)]: cell.column for cell in row if label(cell.value) in wanted}
        if len(columns) > len(COLUMNS) // 2:
            return row[0].row, columns
    raise NotABudget("no header row")


def recalculate(row, veu, mileage, has_admin_limit):
    """The computed amounts of a package, to the øre."""
    get = lambda key: row.get(key) or ZERO
    wage = min(get("wage"), WAGE_CAP)
    admin_hours = min(get("admin_hours"), ADMIN_HOURS) if has_admin_limit else get("admin_hours")
    admin_rate = min(get("admin_rate"), ADMIN_RATE) if has_admin_limit else get("admin_rate")
    amounts = {
        "guidance_wage": ore(max(ZERO, get("guidance_hours") * wage - get("guidance_veu") * veu)),
        "course_wage": ore(max(ZERO, get("course_hours") * wage - get("course_veu") * veu)),
        "internship_wage": ore(get("weeks") * get("week_hours") * wage),
        "admin_amount": ore(admin_hours * admin_rate),
        "driving_amount": ore(get("km") * get("days") * mileage),
        "sick_deduction": ore(get("sick_hours") * wage),
    }
    added = ("guidance_wage", "course_wage", "internship_wage", "admin_amount", "driving_amount")
    costs = sum((amounts[key] for key in added), ZERO) + get("guidance_fee") + get("course_fee") + get("materials")
    amounts["costs"] = ore(max(ZERO, costs - amounts["sick_deduction"] - get("other_support")))
    amounts["grant"] = min(amounts["costs"], PACKAGE_CAP)
    return amounts


def check(values):
    """The differences of a budget: (row, column, found, expected)."""
    names = {label(name): name for name in values.sheetnames}
    if "budget" not in names or "stamdata" not in names:
        raise NotABudget("no sheet Budget")
    sheet, stamdata = values[names["budget"]], master_data(values[names["stamdata"]])
    applied = stamdata.get("ansøgningsdato")
    year = getattr(applied, "year", None)
    veu = number(VEU.get(year)) or number(stamdata.get("veu-sats (kr. pr. time)")) or ZERO
    mileage = number(MILEAGE.get(year)) or number(stamdata.get("kilometersats (kr. pr. km)")) or ZERO
    has_admin_limit = year is None or year < NO_ADMIN_LIMIT_FROM
    top, columns = header(sheet)
    differences, sums, bottom = [], {}, None
    for cells in sheet.iter_rows(min_row=top + 1):
        by_column = {cell.column: cell for cell in cells}
        named = {key: by_column[column] for key, column in columns.items() if column in by_column}
        if label(named["employee"].value) == "i alt":
            bottom = cells[0].row
            break
        row = {key: number(cell.value) for key, cell in named.items()}
        if named["employee"].value is None and row.get("wage") is None and row.get("course_hours") is None:
            continue
        expected = recalculate(row, veu, mileage, has_admin_limit)
        for key, amount in expected.items():
            if key in named and (row.get(key) or ZERO) != amount:
                differences.append((cells[0].row, columns[key], row.get(key), amount))
        for key in set(row) - NOT_SUMMED:
            sums[key] = sums.get(key, ZERO) + (row[key] or ZERO)
        sums["recalculated"] = sums.get("recalculated", ZERO) + expected["grant"]
    if bottom is None:
        raise NotABudget("no totals row")
    for key, total in sums.items():
        if key in columns:
            found = number(sheet.cell(bottom, columns[key]).value)
            if (found or ZERO) != total:
                differences.append((bottom, columns[key], found, total))
    below = {}
    for cells in sheet.iter_rows(min_row=bottom + 1, max_row=bottom + 10):
        for cell, value in zip(cells, cells[1:]):
            if label(cell.value):
                below[label(cell.value)] = value
    packages, audit = sums.get("grant", ZERO), number(getattr(below.get(SUMS["audit"]), "value", None)) or ZERO
    total = packages + (audit if sums.get("recalculated", ZERO) > AUDIT_THRESHOLD else ZERO)
    for key, expected in (("packages", packages), ("total", total)):
        cell = below.get(SUMS[key])
        if cell is not None and (number(cell.value) or ZERO) != expected:
            differences.append((cell.row, cell.column, number(cell.value), expected))
    return names["budget"], differences


def annotate(formulas, sheet_name, differences, path):
    """Marks the cells that differ, each with a note, and saves the workbook."""
    sheet = formulas[sheet_name]
    for row, column, found, expected in differences:
        cell = sheet.cell(row, column)
        cell.fill = RED
        cell.comment = Comment(f"Her står {found}, men beløbet skal være {expected}.", "kontrol")
    path.parent.mkdir(parents=True, exist_ok=True)
    formulas.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--limit", type=int, default=None, help="stop after so many budgets")
    arguments = parser.parse_args()
    started = time.perf_counter()
    done = unreadable = others = differing = found = 0
    for path in sorted(arguments.folder.rglob("*")):
        if path.suffix.lower() != ".xlsx" or not path.is_file():
            continue
        if arguments.limit is not None and done >= arguments.limit:
            break
        try:
            sheet_name, differences = check(load_workbook(path, data_only=True))
            formulas = load_workbook(path)
        except NotABudget:
            others += 1
            continue
        except Exception:  # whatever openpyxl raises on a damaged file
            unreadable += 1
            continue
        annotate(formulas, sheet_name, differences, arguments.out / path.relative_to(arguments.folder))
        done += 1
        differing += bool(differences)
        found += len(differences)
    json.dump(
        {
            "workbooks": done,
            "with_differences": differing,
            "differences": found,
            "other_forms": others,
            "unreadable": unreadable,
            "seconds": round(time.perf_counter() - started, 3),
        },
        sys.stdout,
    )
    print()


if __name__ == "__main__":
    main()
