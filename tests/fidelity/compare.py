"""Compares workbooks with their annotated copies, as openpyxl reads them: python3 compare.py ORIGINALS COPIES.

Writes one line for each pair of files, and stops with an error at the first difference.
"""

import sys
import warnings
import zipfile
from pathlib import Path

from openpyxl import load_workbook

TAG = "sporskifte"


def cells(sheet, looks):
    """All that a cell has, but for its note, with how it looks or without."""
    return {
        cell.coordinate: (
            cell.value if isinstance(cell.value, (str, int, float, bool, type(None))) else repr(vars_of(cell.value)),
            cell.data_type,
            cell.number_format,
            repr(cell.hyperlink),
            [repr(look) for look in (cell.font, cell.fill, cell.border, cell.alignment, cell.protection) if looks],
        )
        for cell in sheet._cells.values()
        if cell.value is not None or cell.has_style
    }


def vars_of(value):
    """Formulas of a range and rich text have no text of their own; dates do."""
    return vars(value) if hasattr(value, "__dict__") else value


def notes(sheet):
    # Not by rows: a note on the last cell of a sheet would make all that are before it.
    return {cell.coordinate: cell.comment for cell in sheet._cells.values() if cell.comment}


def formats(sheet):
    """The conditional formats of the sender in their order, without ours."""
    rules = [(rule.priority, str(block.sqref), rule) for block in sheet.conditional_formatting for rule in block.rules]
    rules = [rule for rule in rules if TAG not in "".join(map(str, rule[2].formula))]
    rules.sort(key=lambda rule: rule[0])
    return [(cells, rule.type, rule.operator, rule.formula, repr(rule.dxf)) for _, cells, rule in rules]


def around(sheet):
    """What a sheet has besides cells."""
    return {
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "widths": {name: (size.width, size.hidden, size.outlineLevel) for name, size in sheet.column_dimensions.items()},
        "heights": {row: (size.height, size.hidden, size.outlineLevel) for row, size in sheet.row_dimensions.items()
                    if (size.height, size.hidden, size.outlineLevel) != (None, False, 0)},
        "validations": [repr(rule) for rule in sheet.data_validations.dataValidation],
        "formats": formats(sheet),
        "protection": repr(sheet.protection),
        "names": {name: (value.attr_text, value.hidden) for name, value in sheet.defined_names.items()},
        "print": (sheet.print_area, sheet.print_title_rows, repr(sheet.page_setup), repr(sheet.page_margins),
                  [part.text for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)], repr(sheet.print_options), repr(sheet.row_breaks), repr(sheet.col_breaks)),
        "view": (sheet.freeze_panes, sheet.sheet_state, repr(sheet.sheet_properties), repr(sheet.auto_filter)),
        "drawn": (len(sheet._charts), len(sheet._images), sorted(sheet.tables)),
    }


def compare_notes(before, after, where):
    for cell, note in before.items():
        copy = after[cell]
        assert copy.author == note.author, f"{where}!{cell}: {copy.author}"
        assert copy.text.startswith(note.text), f"{where}!{cell}: {copy.text}"
        assert copy.width >= note.width and copy.height >= note.height, f"{where}!{cell}: the box shrank"
    for cell, note in after.items():
        assert cell in before or note.text.startswith(TAG), f"{where}!{cell}: {note.text}"


def compare(original, copy):
    before, after = (load_workbook(path, keep_vba=path.suffix == ".xlsm", rich_text=True) for path in (original, copy))
    if not before.sheetnames:
        return f"(strict: not read by openpyxl: {after.sheetnames})"
    assert after.sheetnames == ["Kontrol", *before.sheetnames], after.sheetnames
    assert {k: repr(v) for k, v in before.defined_names.items()} == {k: repr(v) for k, v in after.defined_names.items()}
    assert repr(before.security) == repr(after.security)
    # Without styles, how cells look is for the reader to choose.
    looks = any(name.startswith("xl/styles") for name in zipfile.ZipFile(original).namelist())
    values = [load_workbook(path, data_only=True) for path in (original, copy)]
    for sheet in before.worksheets:
        where, other = f"{original.name}, {sheet.title}", after[sheet.title]
        compare_notes(notes(sheet), notes(other), where)
        for book, copied in [(before, after), values]:
            assert cells(book[sheet.title], looks) == cells(copied[sheet.title], looks), where
        for (what, theirs), ours in zip(around(sheet).items(), around(other).values()):
            assert theirs == ours, f"{where}: {what}: {theirs} became {ours}"
    marked = sum(TAG in note.text for sheet in after.worksheets for note in notes(sheet).values())
    assert marked >= 10, f"{original.name}: only {marked} notes of ours"
    return f"equal but for {marked} notes"


warnings.simplefilter("ignore")
for original in sorted(Path(sys.argv[1]).iterdir()):
    print(f"{original.name}: {compare(original, Path(sys.argv[2]) / original.name)}")
