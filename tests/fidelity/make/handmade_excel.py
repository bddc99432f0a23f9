"""A package in the shape that Excel writes, with what no library writes."""

from handmade_package import DOCUMENT, HEADER, MAIN, PACKAGE, SPREADSHEET, rels, rows, types

OFFICE = "http://schemas.microsoft.com/office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
ROOT = (
    f'xmlns="{MAIN}" xmlns:r="{DOCUMENT}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'mc:Ignorable="x14ac xr" xmlns:x14ac="{OFFICE}/spreadsheetml/2009/9/ac" xmlns:xr="{OFFICE}/spreadsheetml/2014/revision"'
)

WORKBOOK = f"""{HEADER}<workbook {ROOT}><fileVersion appName="xl" lastEdited="7"/><workbookPr defaultThemeVersion="166925"/>\
<workbookProtection lockStructure="1"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="20000" \
windowHeight="9000" firstSheet="1" activeTab="2"/></bookViews><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/>\
<sheet name="Pivot" sheetId="9" r:id="rId2"/><sheet name="Satser" sheetId="3" state="veryHidden" r:id="rId3"/></sheets>\
<externalReferences><externalReference r:id="rId4"/></externalReferences><definedNames><definedName name="_xlnm.Print_Area" \
localSheetId="0">Budget!$A$1:$F$20</definedName><definedName name="lokal" localSheetId="1" hidden="1">Pivot!$A$1\
</definedName><definedName name="sats">Satser!$B$1</definedName></definedNames><calcPr calcId="191029" iterate="1"/>\
<customWorkbookViews><customWorkbookView name="Sag" guid="{{0A1B2C3D-0000-4000-8000-000000000001}}" windowWidth="1" \
windowHeight="1" activeSheetId="1"/></customWorkbookViews><pivotCaches><pivotCache cacheId="1" r:id="rId5"/></pivotCaches>\
<extLst><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{OFFICE}/spreadsheetml/2010/11/main">\
<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>"""

SPARKLINES = f"""<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main">\
<x14:sparklineGroups xmlns:xm="{OFFICE}/excel/2006/main"><x14:sparklineGroup displayEmptyCellsAs="gap"><x14:sparklines>\
<x14:sparkline><xm:f>Budget!B1:B9</xm:f><xm:sqref>G6</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>\
</x14:sparklineGroups></ext>"""

X14_VALIDATION = f"""<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main">\
<x14:dataValidations count="1" xmlns:xm="{OFFICE}/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">\
<x14:formula1><xm:f>Satser!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>D3</xm:sqref></x14:dataValidation>\
</x14:dataValidations></ext>"""

X14_FORMATS = f"""<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main">\
<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{OFFICE}/excel/2006/main"><x14:cfRule type="expression" \
priority="2" id="{{0A1B2C3D-0000-4000-8000-000000000002}}"><xm:f>Satser!$B$1&gt;100</xm:f><x14:dxf><fill><patternFill>\
<bgColor rgb="FFFF0000"/></patternFill></fill></x14:dxf></x14:cfRule><xm:sqref>B1:B15</xm:sqref></x14:conditionalFormatting>\
</x14:conditionalFormattings></ext>"""

CONTROLS = f"""<mc:AlternateContent><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">\
<control shapeId="1026" r:id="rId4" name="Afkryds 2"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0">\
<anchor moveWithCells="1"><from><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff>\
</from><to><xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor>\
</controlPr></control></mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>"""

SHEET_DATA = rows() + (
    '<row r="20" spans="1:6" ht="33" customHeight="1" hidden="1" x14ac:dyDescent="0.25"><c r="A20" s="2" t="s"><v>0</v></c>'
    '<c r="B20" s="1"/><c r="C20" t="b"><v>1</v></c><c r="D20" t="e"><v>#DIV/0!</v></c><c r="E20" s="1"><f t="shared" '
    'ref="E20:F20" si="0">B20*2</f><v>0</v></c><c r="F20" s="1"><f t="shared" si="0"/><v>0</v></c><c r="G20" cm="0"><f '
    't="array" ref="G20">SUM(B1:B9*2)</f><v>9045</v></c><c r="H20" t="str"><f>"a"&amp;[1]Ark!$A$1</f><v>ab</v></c></row>'
)

BUDGET = f"""{HEADER}<worksheet {ROOT} xmlns:xdr="{DRAWING}/spreadsheetDrawing" xr:uid="{{00000000-0001-0000-0000-000000000000}}">\
<sheetPr codeName="Ark1"><tabColor rgb="FF00B050"/><outlinePr summaryBelow="0"/><pageSetUpPr fitToPage="1"/></sheetPr>\
<dimension ref="A1:H20"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" \
activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="B2" sqref="B2"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="1" width="24.5" customWidth="1"/>\
<col min="8" max="8" width="0" hidden="1" customWidth="1"/></cols><sheetData>{SHEET_DATA}</sheetData>\
<sheetCalcPr fullCalcOnLoad="1"/><sheetProtection sheet="1" objects="1" scenarios="1"/><protectedRanges><protectedRange \
sqref="B1:B5" name="Beløb"/></protectedRanges><scenarios current="0"><scenario name="Lav" count="1"><inputCells r="B1" \
val="100"/></scenario></scenarios><autoFilter ref="A1:C15"/><sortState ref="A2:C15"><sortCondition ref="B2:B15"/></sortState>\
<customSheetViews><customSheetView guid="{{0A1B2C3D-0000-4000-8000-000000000001}}"/></customSheetViews>\
<mergeCells count="1"><mergeCell ref="E3:F4"/></mergeCells><phoneticPr fontId="0"/>\
<conditionalFormatting sqref="B1:B15"><cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan"><formula>900\
</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" allowBlank="1" \
showErrorMessage="1" sqref="D2:D9"><formula1>"Ja,Nej"</formula1></dataValidation></dataValidations><hyperlinks>\
<hyperlink ref="A9" r:id="rId6"/><hyperlink ref="A10" location="Pivot!A1" display="Pivot"/></hyperlinks>\
<printOptions horizontalCentered="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" r:id="rId3"/><headerFooter><oddFooter>&amp;CSide &amp;P</oddFooter>\
</headerFooter><rowBreaks count="1" manualBreakCount="1"><brk id="12" max="16383" man="1"/></rowBreaks><cellWatches>\
<cellWatch r="C1"/></cellWatches><ignoredErrors><ignoredError sqref="A1:A9" numberStoredAsText="1"/></ignoredErrors>\
<legacyDrawing r:id="rId2"/>{CONTROLS}<extLst>{SPARKLINES}{X14_VALIDATION}{X14_FORMATS}</extLst></worksheet>"""

PIVOT = f"""{HEADER}<worksheet {ROOT}><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData>\
<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2">\
<v>100.5</v></c></row></sheetData></worksheet>"""

RATES = f'{HEADER}<worksheet {ROOT}><sheetData><row r="1"><c r="B1"><v>132.97</v></c></row></sheetData></worksheet>'

STYLES = f"""{HEADER}<styleSheet {ROOT}><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;kr.&quot;"/>\
</numFmts><fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/><color theme="1"/><name val="Calibri"/><scheme \
val="minor"/></font><font><b/><sz val="14"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill \
patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/>\
<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" \
borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf \
numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" \
borderId="0" xfId="0" quotePrefix="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>\
</cellStyles><dxfs count="1"><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs><tableStyles count="0"/><extLst>\
<ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" xmlns:x14="{OFFICE}/spreadsheetml/2009/9/main"><x14:slicerStyles \
defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>"""

STRINGS = f"""{HEADER}<sst xmlns="{MAIN}" count="4" uniqueCount="3"><si><r><t>Fed </t></r><r><rPr><b/></rPr><t>tekst</t></r>\
<phoneticPr fontId="0"/></si><si><t>Navn</t></si><si><t xml:space="preserve">Antal </t></si></sst>"""

COMMENTS = f"""{HEADER}<comments xmlns="{MAIN}" xmlns:xr="{OFFICE}/spreadsheetml/2014/revision"><authors><author>Ida</author>\
<author>tc={{0A1B2C3D-0000-4000-8000-0000000000AA}}</author></authors><commentList><comment ref="B2" authorId="0" \
shapeId="0"><text><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve">Ida: </t></r><r><t>Husk bilag</t></r></text></comment>\
<comment ref="B5" authorId="1" shapeId="0" xr:uid="{{0A1B2C3D-0000-4000-8000-0000000000AA}}"><text><t>[Threaded comment]
Kommentar: Passer beløbet?</t></text></comment></commentList></comments>"""

THREAD = f"""{HEADER}<ThreadedComments xmlns="{OFFICE}/spreadsheetml/2018/threadedcomments"><threadedComment ref="B5" \
dT="2024-05-02T09:00:00.00" personId="{{0A1B2C3D-0000-4000-8000-0000000000BB}}" \
id="{{0A1B2C3D-0000-4000-8000-0000000000AA}}"><text>Passer beløbet?</text></threadedComment></ThreadedComments>"""

PERSONS = f"""{HEADER}<personList xmlns="{OFFICE}/spreadsheetml/2018/threadedcomments"><person displayName="Bo" \
id="{{0A1B2C3D-0000-4000-8000-0000000000BB}}" userId="bo" providerId="None"/></personList>"""


def note_shape(number, row):
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1">'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>\r\n    2, 15, {row}, 2, 4, 15, {row + 2},'
        f" 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>"
    )


VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n xmlns:o="urn:schemas-microsoft-com:office:office"\r\n '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    + note_shape(1025, 1)
    + note_shape(1027, 4)
    + '<v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201"/><v:shape id="_x0000_s1026" type="#_x0000_t201" '
    'style="position:absolute"><v:textbox><div style="text-align:left">Ansøgning<br>modtaget</div></v:textbox><x:ClientData '
    'ObjectType="Checkbox"><x:Anchor>7, 0, 5, 0, 9, 0, 7, 0</x:Anchor></x:ClientData></v:shape></xml>'
)

PIVOT_TABLE = f"""{HEADER}<pivotTableDefinition xmlns="{MAIN}" name="Pivot1" cacheId="1" dataCaption="Værdier"><location \
ref="D1:E3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" \
showAll="0"><items count="2"><item x="0"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/>\
</pivotFields><rowFields count="1"><field x="0"/></rowFields><dataFields count="1"><dataField name="Sum" fld="1"/></dataFields>\
</pivotTableDefinition>"""

PIVOT_CACHE = f"""{HEADER}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{DOCUMENT}" r:id="rId1" recordCount="1"><cacheSource \
type="worksheet"><worksheetSource ref="A1:B2" sheet="Pivot"/></cacheSource><cacheFields count="2"><cacheField name="Navn">\
<sharedItems count="1"><s v="Fed tekst"/></sharedItems></cacheField><cacheField name="Antal"><sharedItems \
containsSemiMixedTypes="0" containsString="0" containsNumber="1" minValue="100.5" maxValue="100.5"/></cacheField></cacheFields>\
</pivotCacheDefinition>"""

PIVOT_RECORDS = f'{HEADER}<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/><n v="100.5"/></r></pivotCacheRecords>'

EXTERNAL = f"""{HEADER}<externalLink xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><externalBook r:id="rId1"><sheetNames><sheetName \
val="Ark"/></sheetNames></externalBook></externalLink>"""

THEME = f"""{HEADER}<a:theme xmlns:a="{DRAWING}/main" name="Kontor"><a:themeElements><a:clrScheme name="Kontor"/>\
<a:fontScheme name="Kontor"/><a:fmtScheme name="Kontor"/></a:themeElements></a:theme>"""

APP = f"""{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><Application>Microsoft Excel</Application>\
<HeadingPairs><vt:vector size="4" baseType="variant"><vt:variant><vt:lpstr>Regneark</vt:lpstr></vt:variant><vt:variant>\
<vt:i4>3</vt:i4></vt:variant><vt:variant><vt:lpstr>Navngivne områder</vt:lpstr></vt:variant><vt:variant><vt:i4>1</vt:i4>\
</vt:variant></vt:vector></HeadingPairs><TitlesOfParts><vt:vector size="4" baseType="lpstr"><vt:lpstr>Budget</vt:lpstr>\
<vt:lpstr>Pivot</vt:lpstr><vt:lpstr>Satser</vt:lpstr><vt:lpstr>sats</vt:lpstr></vt:vector></TitlesOfParts><Company>Firma</Company>\
</Properties>"""

CUSTOM = f"""{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" \
xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property \
fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Journal"><vt:lpwstr>2024-17</vt:lpwstr></property></Properties>"""

CONTENT_TYPES = types(
    [
        ("xl/workbook.xml", f"{SPREADSHEET}sheet.main+xml"),
        ("xl/worksheets/sheet1.xml", f"{SPREADSHEET}worksheet+xml"),
        ("xl/worksheets/sheet2.xml", f"{SPREADSHEET}worksheet+xml"),
        ("xl/worksheets/sheet3.xml", f"{SPREADSHEET}worksheet+xml"),
        ("xl/styles.xml", f"{SPREADSHEET}styles+xml"),
        ("xl/sharedStrings.xml", f"{SPREADSHEET}sharedStrings+xml"),
        ("xl/calcChain.xml", f"{SPREADSHEET}calcChain+xml"),
        ("xl/comments1.xml", f"{SPREADSHEET}comments+xml"),
        ("xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml"),
        ("xl/persons/person.xml", "application/vnd.ms-excel.person+xml"),
        ("xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml"),
        ("xl/pivotTables/pivotTable1.xml", f"{SPREADSHEET}pivotTable+xml"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", f"{SPREADSHEET}pivotCacheDefinition+xml"),
        ("xl/pivotCache/pivotCacheRecords1.xml", f"{SPREADSHEET}pivotCacheRecords+xml"),
        ("xl/externalLinks/externalLink1.xml", f"{SPREADSHEET}externalLink+xml"),
        ("xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        ("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"),
        ("customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
    ],
    [
        ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
        ("bin", f"{SPREADSHEET}printerSettings"),
    ],
)


def excel_parts():
    """All parts, in the order of the archive."""
    external = ' TargetMode="External"'
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": rels(
            ("officeDocument", "xl/workbook.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("worksheet", "worksheets/sheet3.xml"),
            ("externalLink", "externalLinks/externalLink1.xml"),
            ("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("calcChain", "calcChain.xml"),
            ("theme", "theme/theme1.xml"),
            (f"{OFFICE}/2017/10/relationships/person", "persons/person.xml"),
            ("customXml", "../customXml/item1.xml"),
        ),
        "xl/worksheets/sheet1.xml": BUDGET,
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("comments", "../comments1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("printerSettings", "../printerSettings/printerSettings1.bin"),
            ("ctrlProp", "../ctrlProps/ctrlProp1.xml"),
            (f"{OFFICE}/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml"),
            ("hyperlink", "https://example.org/skema?a=1&amp;b=2", external),
        ),
        "xl/worksheets/sheet2.xml": PIVOT,
        "xl/worksheets/_rels/sheet2.xml.rels": rels(("pivotTable", "../pivotTables/pivotTable1.xml")),
        "xl/worksheets/sheet3.xml": RATES,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": STRINGS,
        "xl/calcChain.xml": f'{HEADER}<calcChain xmlns="{MAIN}"><c r="C1" i="1"/></calcChain>',
        "xl/comments1.xml": COMMENTS,
        "xl/threadedComments/threadedComment1.xml": THREAD,
        "xl/persons/person.xml": PERSONS,
        "xl/drawings/vmlDrawing1.vml": VML,
        "xl/ctrlProps/ctrlProp1.xml": f'{HEADER}<formControlPr xmlns="{OFFICE}/spreadsheetml/2009/9/main" '
        'objectType="CheckBox" fmlaLink="$G$9"/>',
        "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
        "xl/pivotTables/pivotTable1.xml": PIVOT_TABLE,
        "xl/pivotTables/_rels/pivotTable1.xml.rels": rels(("pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")),
        "xl/pivotCache/pivotCacheDefinition1.xml": PIVOT_CACHE,
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": rels(("pivotCacheRecords", "pivotCacheRecords1.xml")),
        "xl/pivotCache/pivotCacheRecords1.xml": PIVOT_RECORDS,
        "xl/externalLinks/externalLink1.xml": EXTERNAL,
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels(("externalLinkPath", "satser.xlsx", external)),
        "xl/theme/theme1.xml": THEME,
        "customXml/item1.xml": "<sag xmlns='urn:sag'><journal>2024-17</journal></sag>",
        "customXml/_rels/item1.xml.rels": rels(("customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/'
        'customXml" ds:itemID="{0A1B2C3D-0000-4000-8000-0000000000CC}"/>',
        "docProps/app.xml": APP,
        "docProps/custom.xml": CUSTOM,
    }
