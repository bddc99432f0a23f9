"""Makes the files of openpyxl: python3 openpyxl_files.py FOLDER (needs openpyxl and Pillow)."""

import io
import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo
from PIL import Image as Picture


def fill_cells(sheet):
    for row in range(1, 16):
        sheet.cell(row, 1, f"Række {row} æøå")
        sheet.cell(row, 2, row * 100.5).number_format = "#,##0.00"
        sheet.cell(row, 3, f"=B{row}*2")
    sheet["D2"] = "Ja"
    sheet["D3"] = datetime(2024, 5, 2)
    sheet["D3"].number_format = "dd-mm-yyyy"
    sheet["A1"].font = Font(name="Arial", size=14, bold=True, color="FF1F4E79")
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFFE699")
    sheet["A3"].border = Border(bottom=Side(style="double"))
    sheet["B4"].protection = Protection(locked=False)
    sheet["E3"] = "Flettet"
    sheet.merge_cells("E3:F4")
    sheet["A9"].hyperlink = "https://example.org/skema"
    sheet["B2"].comment = Comment("Husk bilag fra skolen", "Ida", width=180, height=60)
    sheet["B5"].comment = Comment("Se mail af 3. maj", "Bo & Søn")
    sheet.column_dimensions["A"].width = 24.5
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[7].hidden = True
    sheet.row_dimensions[2].height = 31
    sheet.row_dimensions.group(10, 12, outline_level=1)


def add_rules(sheet):
    choices = DataValidation(type="list", formula1='"Ja,Nej"', allow_blank=True, showErrorMessage=True)
    amounts = DataValidation(type="decimal", operator="between", formula1="0", formula2="99999")
    choices.add("D2:D9")
    amounts.add("B1:B15")
    sheet.add_data_validation(choices)
    sheet.add_data_validation(amounts)
    red = PatternFill("solid", bgColor="FFFF0000")
    sheet.conditional_formatting.add("B1:B15", CellIsRule(operator="greaterThan", formula=["900"], fill=red))
    sheet.conditional_formatting.add("A1:A15", FormulaRule(formula=["LEN(A1)>9"], font=Font(color="FFFFFFFF")))
    sheet.conditional_formatting.add(
        "C1:C15", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="00B050")
    )
    sheet.conditional_formatting.add("B1:B15", DataBarRule("min", None, "max", None, color="FF638EC6"))
    sheet.conditional_formatting.add("C1:C15", IconSetRule("3Arrows", "percent", [0, 33, 67]))


def set_print(sheet):
    sheet.print_area = "A1:F20"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.oddFooter.center.text = "Side &P af &N"
    sheet.row_breaks.append(Break(id=12))
    sheet.freeze_panes = "B2"
    sheet.sheet_properties.tabColor = "FF00B050"


def second_sheet(book):
    sheet = book.create_sheet("O'Hare & Søn")
    sheet.append(["Navn", "Antal"])
    for name, count in [("Anna", 3), ("Bo", 5), ("Cilie", 8)]:
        sheet.append([name, count])
    table = Table(displayName="Deltagere", ref="A1:B4")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    picture = io.BytesIO()
    Picture.new("RGB", (8, 8), "navy").save(picture, "PNG")
    sheet.add_image(Image(picture), "D20")


def everything(template):
    book = Workbook()
    book.template = template
    sheet = book.active
    sheet.title = "Budget"
    fill_cells(sheet)
    add_rules(sheet)
    set_print(sheet)
    sheet.auto_filter.ref = "A1:C15"
    sheet.protection.sheet = True
    sheet.protection.password = "hemmelig"
    second_sheet(book)
    hidden = book.create_sheet("Satser")
    hidden.append(["VEU", 132.97])
    hidden.sheet_state = "hidden"
    book.create_sheet("Meget skjult").sheet_state = "veryHidden"
    book.defined_names["sats"] = DefinedName("sats", attr_text="Satser!$B$1")
    sheet.defined_names["lokal"] = DefinedName("lokal", attr_text="Budget!$B$2")
    book["O'Hare & Søn"].defined_names["lokal"] = DefinedName("lokal", attr_text="'O''Hare & Søn'!$B$2")
    book.security = WorkbookProtection(workbookPassword="hemmelig", lockStructure=True)
    book.custom_doc_props.append(StringProperty(name="Journal", value="2024-17"))
    book.active = 1
    return book


folder = Path(sys.argv[1])
everything(False).save(folder / "openpyxl.xlsx")
everything(True).save(folder / "openpyxl-template.xltx")
