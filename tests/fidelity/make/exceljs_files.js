// Makes the file of exceljs: node exceljs_files.js FOLDER (needs the package exceljs).

const path = require('path');
const { Workbook } = require('exceljs');

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==';

function fillCells(sheet) {
  for (let row = 1; row <= 15; row += 1) {
    sheet.getCell(row, 1).value = `Række ${row} æøå`;
    sheet.getCell(row, 2).value = row * 100.5;
    sheet.getCell(row, 2).numFmt = '#,##0.00';
    sheet.getCell(row, 3).value = { formula: `B${row}*2`, result: row * 201 };
  }
  sheet.getCell('A1').font = { name: 'Arial', size: 14, bold: true, color: { argb: 'FF1F4E79' } };
  sheet.getCell('A2').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFE699' } };
  sheet.getCell('D4').value = new Date(Date.UTC(2024, 4, 2));
  sheet.getCell('D5').value = { richText: [{ text: 'Almindelig ' }, { font: { bold: true }, text: 'fed' }] };
  sheet.getCell('A9').value = { text: 'Skema', hyperlink: 'https://example.org/skema' };
  sheet.getCell('E3').value = 'Flettet';
  sheet.mergeCells('E3:F4');
  sheet.getCell('B2').note = 'Husk bilag fra skolen';
  sheet.getCell('B5').note = { texts: [{ font: { bold: true, size: 9 }, text: 'Bo: ' }, { text: 'Se mail' }] };
}

function addRules(sheet) {
  sheet.getCell('D2').dataValidation = { type: 'list', allowBlank: true, formulae: ['"Ja,Nej"'] };
  sheet.getCell('D3').dataValidation = { type: 'decimal', operator: 'between', formulae: [0, 9999] };
  const fill = { type: 'pattern', pattern: 'solid', bgColor: { argb: 'FFFF0000' } };
  sheet.addConditionalFormatting({
    ref: 'B1:B15',
    rules: [
      { type: 'cellIs', operator: 'greaterThan', formulae: [900], style: { fill }, priority: 1 },
      { type: 'dataBar', cfvo: [{ type: 'min' }, { type: 'max' }], color: { argb: 'FF638EC6' }, priority: 2 },
    ],
  });
}

async function main(folder) {
  const book = new Workbook();
  book.created = new Date(Date.UTC(2024, 0, 1));
  const sheet = book.addWorksheet('Budget', {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', printArea: 'A1:F20', printTitlesRow: '1:1' },
    headerFooter: { oddFooter: 'Side &P af &N' },
    properties: { tabColor: { argb: 'FF00B050' } },
  });
  fillCells(sheet);
  addRules(sheet);
  sheet.getColumn(1).width = 24.5;
  sheet.getColumn(8).hidden = true;
  sheet.getRow(7).hidden = true;
  sheet.getRow(10).outlineLevel = 1;
  sheet.autoFilter = 'A1:C15';
  sheet.getCell('B2').names = ['sats'];
  await sheet.protect('hemmelig', { spinCount: 1000 });
  const second = book.addWorksheet("O'Hare & Søn");
  second.addTable({
    name: 'Deltagere',
    ref: 'A1',
    headerRow: true,
    columns: [{ name: 'Navn' }, { name: 'Antal' }],
    rows: [['Anna', 3], ['Bo', 5]],
  });
  second.addImage(book.addImage({ base64: PIXEL, extension: 'png' }), 'D2:E4');
  book.addWorksheet('Satser', { state: 'hidden' }).getCell('B1').value = 132.97;
  await book.xlsx.writeFile(path.join(folder, 'exceljs.xlsx'));
}

main(process.argv[2]);
