//! Reading Office Open XML: the package is checked and cleaned first, then calamine reads the clean copy.

mod airlock;
mod strings;
mod styles;
mod workbook_part;
mod worksheet;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader as _, Xlsx, XlsxCellFormulaMetadataRecord, XlsxFormulaMetadata, expand_shared_formula};

use self::airlock::{Airlock, CleanSheet};
use super::budget::Budget;
use super::error::{Hazard, ReadError};
use super::value::cell_value;
use super::{Cell, CellAddress, CellValue, DateSystem, Limits, OpenWorkbook, Package, Sheet, Workbook, WorkbookFormat};

type CleanXlsx = Xlsx<Cursor<Vec<u8>>>;
/// The formulas that groups of cells share, each with the cell that its text is written for.
type Templates = BTreeMap<usize, (String, (u32, u32))>;

/// Reads a package that was recognised as `format`.
pub(crate) fn read(bytes: Arc<[u8]>, format: WorkbookFormat, limits: &Limits) -> Result<OpenWorkbook, ReadError> {
    let package = Package::open(bytes, limits)?;
    let part = workbook_part::parse(&package, limits)?;
    let Airlock { clean_package, sheets: clean_sheets } = airlock::pass(&package, &part, limits)?;
    let mut xlsx: CleanXlsx = Xlsx::new(clean_package).map_err(|error| ReadError::damaged(&part.name, error))?;
    let mut budget = Budget::new(limits);
    let mut sheets = Vec::with_capacity(clean_sheets.len());
    for clean in clean_sheets {
        let cells = SheetReader { clean: &clean, dates: part.date_system, budget: &mut budget }.read(&mut xlsx)?;
        sheets.push(Sheet::new(clean.name, clean.hidden, cells).with_merged(clean.merged));
    }
    let workbook = Workbook {
        format,
        date_system: part.date_system,
        sheets,
        has_macros: part.has_macros,
        external_links: part.external_links,
    };
    Ok(OpenWorkbook { workbook, package: Some(package) })
}

/// Reads the cells of one sheet in a stream.
struct SheetReader<'a> {
    clean: &'a CleanSheet,
    dates: DateSystem,
    budget: &'a mut Budget,
}

impl SheetReader<'_> {
    fn read(mut self, xlsx: &mut CleanXlsx) -> Result<Vec<Cell>, ReadError> {
        let part = &self.clean.part;
        let mut stream =
            xlsx.worksheet_cells_reader(&self.clean.clean_name).map_err(|error| ReadError::damaged(part, error))?;
        let mut templates = Templates::new();
        let mut cells = Vec::new();
        for position in 0.. {
            let record = stream.next_cell_with_formula_metadata();
            let Some(record) = record.map_err(|error| self.damaged_after(cells.last(), &error))? else {
                break;
            };
            if let Some(cell) = self.cell(position, record, &mut templates)? {
                cells.push(cell);
            }
        }
        Ok(cells)
    }

    /// The cell of a record; `position` counts all cells of the part, empty ones too.
    fn cell(
        &mut self,
        position: usize,
        record: XlsxCellFormulaMetadataRecord<'_>,
        templates: &mut Templates,
    ) -> Result<Option<Cell>, ReadError> {
        let (row, column) = record.pos;
        let address = CellAddress::new(row, column);
        let formula = match record.formula {
            Some(metadata) => Some(self.formula(metadata, record.pos, templates)?),
            None => None,
        };
        let value = match self.clean.other_errors.get(&position) {
            Some(error) => CellValue::Error(self.budget.spend_text(error)?),
            None => cell_value(&record.value, self.dates, self.budget)?,
        };
        if formula.is_none() && value == CellValue::Empty {
            return Ok(None);
        }
        if row >= CellAddress::ROWS || column >= CellAddress::COLUMNS {
            return Err(ReadError::hazardous(
                &self.clean.part,
                Hazard::Reference(format!("row {row}, column {column}")),
            ));
        }
        self.budget.spend_cell()?;
        Ok(Some(Cell { address, value, formula }))
    }

    /// The text of a cell's formula; of a shared one, translated to the cell where its first cell came before.
    fn formula(
        &mut self,
        metadata: XlsxFormulaMetadata,
        position: (u32, u32),
        templates: &mut Templates,
    ) -> Result<String, ReadError> {
        let text = match metadata {
            XlsxFormulaMetadata::Normal { formula } => formula,
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                self.budget.check_chars(&formula)?;
                templates.insert(shared_index, (formula.clone(), position));
                formula
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => match templates.get(&shared_index) {
                Some((template, own_position)) => expand_shared_formula(template, *own_position, position)
                    .map_err(|error| ReadError::damaged(&self.clean.part, error))?,
                None => String::new(),
            },
            _ => String::new(),
        };
        self.budget.spend_text(&text)
    }

    fn damaged_after(&self, last: Option<&Cell>, error: &calamine::XlsxError) -> ReadError {
        let place = last.map_or_else(|| "before the first cell".to_owned(), |cell| format!("after {}", cell.address));
        ReadError::damaged(&self.clean.part, format_args!("{place}: {error}"))
    }
}
