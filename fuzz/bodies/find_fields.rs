//! From cells to findings: whatever stands where, the check of a case does not break down.

use sporskifte::workbook::CellAddress;

use super::check::{SETTINGS, check_case};
use super::edited_sample::edited_sample;
use super::reports::assert_reports_are_written;

pub fn find_fields(input: &[u8]) {
    let workbooks = edited_sample(&String::from_utf8_lossy(input));
    let files = check_case(&workbooks, &SETTINGS);
    assert_reports_are_written(&files, &SETTINGS);
    for file in files {
        for place in file.findings.iter().flat_map(|finding| &finding.places) {
            let is_on_a_sheet = |cell: CellAddress| cell.row < CellAddress::ROWS && cell.column < CellAddress::COLUMNS;
            assert!(place.cell.is_none_or(is_on_a_sheet), "{place:?}: no such cell");
        }
    }
}
