"""Makes the files of XlsxWriter: python3 xlsxwriter_files.py FOLDER (needs XlsxWriter and Pillow)."""

import io
import sys
from pathlib import Path

import xlsxwriter
from PIL import Image


def picture(colour):
    png = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(png, "PNG")
    return png


def fill_cells(book, sheet):
    amount = book.add_format({"num_format": "#,##0.00"})
    title = book.add_format({"bold": True, "font_size": 14, "bg_color": "#DDEBF7"})
    for row in range(15):
        sheet.write(row, 0, f"Række {row + 1} æøå", title if row == 0 else None)
        sheet.write(row, 1, (row + 1) * 100.5, amount)
        sheet.write_formula(row, 2, f"=B{row + 1}*2", amount, (row + 1) * 201)
    sheet.write("D2", "Ja")
    sheet.write_rich_string("D5", "Almindelig ", book.add_format({"bold": True}), "fed", " og ", title, "stor")
    sheet.merge_range("E3:F4", "Flettet", title)
    sheet.write_array_formula("G1:G3", "{=B1:B3*2}", amount, 201)
    sheet.write_url("A9", "https://example.org/skema", string="Skema")
    sheet.write_url("A10", "internal:'Ark 2'!A1", string="Ark 2")


def add_rules(book, sheet):
    sheet.data_validation("D2:D9", {"validate": "list", "source": ["Ja", "Nej"]})
    sheet.data_validation("B1:B15", {"validate": "decimal", "criteria": ">=", "value": 0, "input_message": "Beløb"})
    red = book.add_format({"bg_color": "#FF0000", "font_color": "#FFFFFF"})
    sheet.conditional_format("B1:B15", {"type": "cell", "criteria": ">", "value": 900, "format": red})
    sheet.conditional_format("C1:C15", {"type": "3_color_scale"})
    sheet.conditional_format("B1:B15", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("A1:A15", {"type": "duplicate", "format": red})


def second_sheet(book):
    sheet = book.add_worksheet("Ark 2")
    sheet.add_table("A1:C5", {"data": [["Anna", 3, 9], ["Bo", 5, 4], ["Cilie", 8, 1]], "total_row": True})
    for row in range(3):
        sheet.add_sparkline(row + 1, 5, {"range": f"'Ark 2'!B{row + 2}:C{row + 2}", "markers": True})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Ark 2'!$B$2:$B$4"})
    sheet.insert_chart("H2", chart)
    sheet.insert_image("H20", "pixel.png", {"image_data": picture("navy")})
    sheet.insert_textbox("H26", "Tekstboks")
    sheet.set_background(picture("white"))
    sheet.set_header("&L&G", {"image_left": "logo.png", "image_data_left": picture("green")})
    sheet.insert_checkbox("A9", True)
    sheet.write_dynamic_array_formula("J1:J3", "=SORT(B2:B4)", None, 3)


def everything(path, macros=None):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Ark 1")
    fill_cells(book, sheet)
    add_rules(book, sheet)
    sheet.write_comment("B2", "Husk bilag fra skolen", {"author": "Ida", "visible": True})
    sheet.write_comment("B5", "Se mail af 3. maj")
    if macros:
        book.add_vba_project(io.BytesIO(macros), True)
        sheet.insert_button("H2", {"macro": "beregn", "caption": "Beregn"})
    sheet.set_column("A:A", 24.5)
    sheet.set_column("H:H", None, None, {"hidden": True})
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_row(10, None, None, {"level": 1})
    sheet.autofilter("A1:C15")
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})
    sheet.protect("hemmelig", {"sort": True})
    sheet.unprotect_range("B1:B5", "Beløb")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.print_area("A1:F20")
    sheet.repeat_rows(0)
    sheet.set_h_pagebreaks([12])
    sheet.set_v_pagebreaks([6])
    sheet.set_footer("&CSide &P af &N")
    second_sheet(book)
    hidden = book.add_worksheet("Satser")
    hidden.write("B1", 132.97)
    hidden.hide()
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Ark 2'!$B$2:$B$4"})
    book.add_chartsheet("Diagram").set_chart(chart)
    book.define_name("sats", "=Satser!$B$1")
    book.define_name("'Ark 2'!lokal", "='Ark 2'!$B$2")
    book.set_custom_property("Journal", "2024-17")
    book.close()


def inline_strings(path):
    """A workbook written row by row, with inline strings."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    for name in ["Data", "Mere"]:
        sheet = book.add_worksheet(name)
        for row in range(15):
            sheet.write(row, 0, f"Række {row + 1} <&> ")
            sheet.write(row, 1, row * 1.25)
    book.close()


folder = Path(sys.argv[1])
everything(folder / "xlsxwriter.xlsx")
# Never run: to the copy, macros are bytes to keep.
everything(folder / "xlsxwriter-macros.xlsm", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 4)
inline_strings(folder / "xlsxwriter-inline-strings.xlsx")
