//! Makes the file of `rust_xlsxwriter`.

use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, DataValidation,
    DocProperties, ExcelDateTime, Format, FormatBorder, Formula, Image, Note, ProtectionOptions, Sparkline, Table,
    Workbook, Worksheet, XlsxError,
};

/// A PNG of one pixel.
const PIXEL: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1,
    1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// The workbook, the same in every run.
pub(crate) fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made).set_custom_property("Journal", "17"));
    let budget = workbook.add_worksheet().set_name("Budget")?;
    fill_cells(budget)?;
    add_rules(budget)?;
    set_print(budget)?;
    second_sheet(workbook.add_worksheet().set_name("O'Hare & Søn")?)?;
    workbook.add_worksheet().set_name("Satser")?.write(0, 1, 132.97)?.set_hidden(true);
    workbook.define_name("sats", "=Satser!$B$1")?;
    workbook.define_name("Budget!lokal", "=Budget!$B$2")?;
    workbook.save_to_buffer()
}

fn fill_cells(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let amount = Format::new().set_num_format("#,##0.00").set_border_bottom(FormatBorder::Double);
    let bold = Format::new().set_bold();
    for row in 0..15_u32 {
        sheet.write(row, 0, format!("Række {row} æøå"))?;
        sheet.write_with_format(row, 1, f64::from(row) * 100.5, &amount)?;
        sheet.write(row, 2, Formula::new(format!("B{}*2", row + 1)).set_result((row * 201).to_string()))?;
    }
    sheet.write_rich_string(4, 3, &[(&Format::default(), "Almindelig "), (&bold, "fed")])?;
    sheet.write_url(8, 0, "https://example.org/skema")?;
    sheet.merge_range(2, 4, 3, 5, "Flettet", &bold)?;
    sheet.insert_note(1, 1, &Note::new("Husk bilag fra skolen").set_author("Ida"))?;
    sheet.insert_note(4, 1, &Note::new("Se mail af 3. maj"))?;
    sheet.set_column_width(0, 24.5)?.set_column_hidden(7)?.set_row_hidden(6)?.set_row_height(1, 31)?;
    sheet.group_rows(9, 11)?;
    Ok(())
}

fn add_rules(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let choices = DataValidation::new().allow_list_strings(&["Ja", "Nej"])?;
    sheet.add_data_validation(1, 3, 8, 3, &choices)?;
    let red = Format::new().set_background_color("FF0000").set_font_color("FFFFFF");
    let above = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::GreaterThan(900)).set_format(red);
    sheet.add_conditional_format(0, 1, 14, 1, &above)?;
    sheet.add_conditional_format(0, 2, 14, 2, &ConditionalFormatDataBar::new())?;
    sheet.protect_with_options(&ProtectionOptions { sort: true, ..ProtectionOptions::default() });
    Ok(())
}

fn set_print(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_print_area(0, 0, 19, 5)?.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(9);
    sheet.set_footer("&CSide &P af &N").set_page_breaks(&[12])?;
    sheet.set_freeze_panes(1, 1)?.autofilter(0, 0, 14, 2)?;
    Ok(())
}

fn second_sheet(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.write_column(1, 1, [3, 5, 8])?;
    sheet.add_table(0, 0, 4, 1, &Table::new())?;
    sheet.add_sparkline(1, 3, &Sparkline::new().set_range(("O'Hare & Søn", 1, 1, 3, 1)))?;
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("O'Hare & Søn", 1, 1, 3, 1));
    sheet.insert_chart(6, 3, &chart)?;
    sheet.insert_image(24, 3, &Image::new_from_buffer(&PIXEL)?)?;
    Ok(())
}
