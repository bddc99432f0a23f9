//! How a sheet of the overview is seen and printed.

use rust_xlsxwriter::Worksheet;

use crate::language::{Language, Text};

const A4: u8 = 9;

/// Sets a sheet up for the screen and for A4 on its side, as wide as the page.
pub(super) fn set_up(worksheet: &mut Worksheet, language: Language) {
    worksheet.set_screen_gridlines(false);
    worksheet.set_paper_size(A4).set_landscape();
    worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_footer(Text::new("&L&A&RSide &P af &N", "&L&A&RPage &P of &N").get(language));
}
