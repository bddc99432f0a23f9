"""Makes the packages in odd shapes: python3 handmade_files.py FOLDER."""

import sys
import zipfile
from pathlib import Path

from handmade_excel import excel_parts
from handmade_package import DOCUMENT, MAIN, PACKAGE, SPREADSHEET, STRICT_DOCUMENT, STRICT_MAIN, rels, rows, save, types

SIGNATURE = "application/vnd.openxmlformats-package.digital-signature-"


def bare(sheet_xml):
    """A workbook of one sheet, without styles or properties."""
    return {
        "[Content_Types].xml": types(
            [("xl/workbook.xml", f"{SPREADSHEET}sheet.main+xml"), ("xl/worksheets/sheet1.xml", f"{SPREADSHEET}worksheet+xml")]
        ),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Ark" sheetId="7" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml,
    }


def strict_prefixed():
    """Strict namespaces, prefixes everywhere, single quotes, byte order marks, comments and CDATA between."""
    cells = rows().replace("<", "<x:").replace("<x:/", "</x:").replace('"', "'")
    sheet = (
        f"\ufeff<?xml version='1.0' encoding='utf-8'?><!-- skema --><x:worksheet xmlns:x='{STRICT_MAIN}' "
        f"xmlns:rel='{STRICT_DOCUMENT}'>\n  <x:sheetViews><x:sheetView tabSelected='true' workbookViewId='0'/></x:sheetViews>"
        f"\n  <x:sheetData>{cells}</x:sheetData>\n  <x:mergeCells count='1'><x:mergeCell ref='E3:F4'/></x:mergeCells>"
        "<x:conditionalFormatting sqref='B1:B9'><x:cfRule type='expression' dxfId='0' priority='1'><x:formula>"
        "<![CDATA[B1>900]]></x:formula></x:cfRule></x:conditionalFormatting>"
        "<x:pageMargins left='1' right='1' top='1' bottom='1' header='1' footer='1'/></x:worksheet>"
    )
    parts = bare(sheet)
    parts["[Content_Types].xml"] = (
        f"<t:Types xmlns:t='{PACKAGE}/content-types'><t:Default Extension='RELS' "
        "ContentType='application/vnd.openxmlformats-package.relationships+xml'/><t:Default Extension='xml' "
        f"ContentType='application/xml'/><t:Override PartName='/xl/workbook.xml' ContentType='{SPREADSHEET}sheet.main+xml'/>"
        f"<t:Override PartName='/xl/styles.xml' ContentType='{SPREADSHEET}styles+xml'/><t:Override "
        f"PartName='/xl/worksheets/sheet1.xml' ContentType='{SPREADSHEET}worksheet+xml'/></t:Types>"
    )
    parts["_rels/.rels"] = rels(("officeDocument", "/xl/workbook.xml"), base=STRICT_DOCUMENT)
    parts["xl/workbook.xml"] = (
        f"\ufeff<?xml version='1.0'?><x:workbook xmlns:x='{STRICT_MAIN}' xmlns:rel='{STRICT_DOCUMENT}' "
        "conformance='strict'><x:bookViews><x:workbookView/></x:bookViews><x:sheets><x:sheet name='Ark' sheetId='4' "
        "rel:id='rId1'/></x:sheets><x:definedNames><x:definedName name='lokal' localSheetId='0'>Ark!$B$2</x:definedName>"
        "</x:definedNames></x:workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "/xl/worksheets/sheet1.xml"), ("styles", "styles.xml"), base=STRICT_DOCUMENT
    )
    parts["xl/styles.xml"] = (
        f"<x:styleSheet xmlns:x='{STRICT_MAIN}'><x:numFmts count='1'><x:numFmt numFmtId='164' formatCode='0.000'/></x:numFmts>"
        "<x:fonts><x:font/></x:fonts><x:fills><x:fill><x:patternFill/></x:fill></x:fills><x:borders><x:border/></x:borders>"
        "<x:cellXfs count='2'><x:xf/><x:xf numFmtId='164'/></x:cellXfs><x:dxfs count='1'><x:dxf/></x:dxfs></x:styleSheet>"
    )
    return parts


def without_references():
    """Rows and cells without references, the second sheet empty in one tag, sizes behind the entries, no styles."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows(letter_rows=False)}</sheetData></worksheet>'
    parts = bare(sheet)
    parts["[Content_Types].xml"] = types(
        [
            ("xl/workbook.xml", f"{SPREADSHEET}sheet.main+xml"),
            ("xl/worksheets/sheet1.xml", f"{SPREADSHEET}worksheet+xml"),
            ("xl/worksheets/sheet2.xml", f"{SPREADSHEET}worksheet+xml"),
        ]
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Tomt" sheetId="65534" r:id="rId2"/></sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"))
    parts["xl/worksheets/sheet2.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    return parts


def controls_only():
    """A button in a drawing that is not well-formed, and no comments; the root binds other prefixes than usual."""
    parts = bare(
        f'<worksheet xmlns="{MAIN}" xmlns:rel="{DOCUMENT}"><sheetData>{rows()}</sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<legacyDrawing rel:id="rId1"/></worksheet>'
    )
    parts["[Content_Types].xml"] = types(
        [("xl/workbook.xml", f"{SPREADSHEET}sheet.main+xml"), ("xl/worksheets/sheet1.xml", f"{SPREADSHEET}worksheet+xml")],
        [("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")],
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(("vmlDrawing", "../drawings/vmlDrawing1.vml"))
    parts["xl/drawings/vmlDrawing1.vml"] = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/>'
        '</o:shapelayout><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201"/><v:shape id="Knap_x0020_1" '
        'o:spid="_x0000_s3073" type="#_x0000_t201" style="position:absolute"><v:textbox><div>Tryk<br>her</div></v:textbox>'
        '<x:ClientData ObjectType="Button"><x:Anchor>7, 0, 1, 0, 9, 0, 3, 0</x:Anchor></x:ClientData></v:shape></xml>'
    )
    return parts


def signed():
    """A workbook with the parts of a digital signature."""
    parts = bare(f'<worksheet xmlns="{MAIN}"><sheetData>{rows()}</sheetData></worksheet>')
    origin = f"{PACKAGE}/relationships/digital-signature/origin"
    parts["[Content_Types].xml"] = types(
        [
            ("xl/workbook.xml", f"{SPREADSHEET}sheet.main+xml"),
            ("xl/worksheets/sheet1.xml", f"{SPREADSHEET}worksheet+xml"),
            ("_xmlsignatures/sig1.xml", f"{SIGNATURE}xmlsignature+xml"),
        ],
        [("sigs", f"{SIGNATURE}origin")],
    )
    parts["_rels/.rels"] = rels(("officeDocument", "xl/workbook.xml"), (origin, "_xmlsignatures/origin.sigs"))
    parts["_xmlsignatures/origin.sigs"] = ""
    signature = f"{PACKAGE}/relationships/digital-signature/signature"
    parts["_xmlsignatures/_rels/origin.sigs.rels"] = rels((signature, "sig1.xml"))
    parts["_xmlsignatures/sig1.xml"] = '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature>'
    return parts


folder = Path(sys.argv[1])
save(folder / "handmade-excel.xlsx", excel_parts())
save(folder / "handmade-strict-prefixed.xlsx", strict_prefixed(), zipfile.ZIP_STORED)
save(folder / "handmade-without-references.xlsx", without_references(), one_way=True)
save(folder / "handmade-controls-only.xlsx", controls_only())
save(folder / "handmade-signed.xlsx", signed())
