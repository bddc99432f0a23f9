//! Inputs that edit the cells of a sample, so that every input is a workbook with a form in it or near one.
//!
//! An input is a text of lines. The first may name the sample: `sample 14`. Each other line edits a sheet, named by the
//! numbers of its workbook and of the sheet in it (`0.1`); lines that say nothing are passed over:
//!
//! ```text
//! 0.1!U6=12.5     a number in U6          0.1!U6:            nothing in U6
//! 0.1!U6"37 t     a text                  0.1!U6>V7          what stands in U6 is moved
//! 0.1!U6#44986    a day                   0.1!U6+V7          U6 to V7 are merged
//! 0.1!U6!#REF!    an error value          0.1^5,2            two rows are inserted before row 5
//! 0.1!U6?1        TRUE                    0.1<5,2            two columns are inserted before the fifth
//! 0.1!U6*1E+300   a number out of range   0.1~Ark1           the sheet is called Ark1
//! 0.1!U6~A1*2     a formula, no result    0.1/               the sheet is hidden
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use sporskifte::sample::sample_files;
use sporskifte::workbook::{Cell, CellAddress, CellValue, MergedRange, Sheet, Workbook, read};

use super::package_of_parts::SMALL;

/// The workbooks of each sample by the number its folder begins with.
static SAMPLES: LazyLock<BTreeMap<u32, Vec<Workbook>>> = LazyLock::new(|| {
    let mut samples: BTreeMap<u32, Vec<Workbook>> = BTreeMap::new();
    for file in sample_files().expect("the samples can be made") {
        let number = file.path.split('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        if let Ok(opened) = read(Arc::from(file.bytes), &SMALL) {
            samples.entry(number).or_default().push(opened.workbook);
        }
    }
    samples
});

/// The sample whose workbooks are edited where an input names none.
const USUAL: u32 = 3;

/// The workbooks of a sample, edited as the text says.
pub fn edited_sample(text: &str) -> Vec<Workbook> {
    let named = text.lines().next().and_then(|line| line.strip_prefix("sample ")?.parse().ok());
    let sample = named.and_then(|number| SAMPLES.get(&number)).or_else(|| SAMPLES.get(&USUAL));
    let mut workbooks = sample.cloned().unwrap_or_default();
    for line in text.lines() {
        // A line that says nothing edits nothing.
        let _ = edit(&mut workbooks, line);
    }
    workbooks
}

fn edit(workbooks: &mut [Workbook], line: &str) -> Option<()> {
    let (workbook, rest) = line.split_once('.')?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let (sheet, edit) = rest.split_at_checked(end)?;
    let workbook = workbooks.get_mut(workbook.parse::<usize>().ok()?)?;
    let sheet = workbook.sheets.get_mut(sheet.parse::<usize>().ok()?)?;
    let mut characters = edit.chars();
    let kind = characters.next()?;
    let what = characters.as_str();
    match kind {
        '!' => edit_cell(sheet, what),
        '^' => insert(sheet, what, |address| &mut address.row),
        '<' => insert(sheet, what, |address| &mut address.column),
        '~' => {
            what.clone_into(&mut sheet.name);
            Some(())
        }
        '/' => {
            sheet.hidden = true;
            Some(())
        }
        _ => None,
    }
}

fn edit_cell(sheet: &mut Sheet, edit: &str) -> Option<()> {
    let end = edit.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (address, edit) = edit.split_at_checked(end)?;
    let address: CellAddress = address.parse().ok()?;
    let mut characters = edit.chars();
    let kind = characters.next()?;
    let what = characters.as_str();
    let (value, formula) = match kind {
        ':' => {
            replace(sheet, address, None);
            return Some(());
        }
        '>' => {
            let moved = sheet.cell(address)?.clone();
            replace(sheet, address, None);
            let address = what.parse().ok()?;
            replace(sheet, address, Some(Cell { address, ..moved }));
            return Some(());
        }
        '+' => {
            sheet.merged.push(MergedRange::new(address, what.parse().ok()?)?);
            sheet.merged.sort_unstable();
            return Some(());
        }
        '~' => (CellValue::Empty, Some(what.to_owned())),
        '"' => (CellValue::Text(Some(what).filter(|text| !text.is_empty())?.to_owned()), None),
        '=' => (CellValue::Number(what.parse::<Decimal>().ok()?.normalize()), None),
        '#' => (CellValue::Date(what.parse::<Decimal>().ok()?.normalize()), None),
        '!' => (CellValue::Error(what.to_owned()), None),
        '?' => (CellValue::Bool(what != "0"), None),
        '*' => (CellValue::OutOfRange(what.to_owned()), None),
        _ => return None,
    };
    replace(sheet, address, Some(Cell { address, value, formula, shown: None }));
    Some(())
}

fn replace(sheet: &mut Sheet, address: CellAddress, cell: Option<Cell>) {
    let others = sheet.cells().iter().filter(|other| other.address != address).cloned();
    *sheet = remade(sheet, others.chain(cell).collect());
}

fn remade(sheet: &Sheet, cells: Vec<Cell>) -> Sheet {
    Sheet::new(sheet.name.clone(), sheet.hidden, cells).with_merged(sheet.merged.clone())
}

/// Inserts rows or columns; what would go over the edge of the sheet goes.
fn insert(sheet: &mut Sheet, edit: &str, part: fn(&mut CellAddress) -> &mut u32) -> Option<()> {
    let (before, count) = edit.split_once(',')?;
    let (before, count) = (before.parse::<u32>().ok()?, count.parse::<u32>().ok()?);
    let count = count.min(CellAddress::ROWS);
    let moved = |mut cell: Cell| {
        let place = part(&mut cell.address);
        if *place + 1 >= before {
            *place += count;
        }
        (cell.address.row < CellAddress::ROWS && cell.address.column < CellAddress::COLUMNS).then_some(cell)
    };
    *sheet = remade(sheet, sheet.cells().iter().cloned().filter_map(moved).collect());
    Some(())
}
