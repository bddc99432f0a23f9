//! Reads a workbook as a form of a given layout.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::locate::{FoundLabel, SheetTexts, Wanted};
use super::row_use::{RowColumns, RowUse};
use super::sheets::Assigned;
use super::value::read_cell;
use super::{Anomaly, Column, Content, Form, Origin, Reading, Row, SheetLayout, StrayValue, Table, TableLayout};
use super::{Surroundings, label::NormalLabel, recognise::Recognised, sheets, surroundings};
use crate::form::layout::{FieldKind, FieldType};
use crate::plain_text::is_blank;
use crate::workbook::{Cell, CellAddress, CellValue, Sheet, Workbook};

/// How far to the right of its label a value may stand, where columns were inserted between the two.
const FARTHEST_VALUE: u32 = 4;

/// Reads every field of the form that was recognised in a workbook.
pub fn read_form(workbook: &Workbook, recognised: Recognised) -> Form {
    let layout = recognised.layout;
    let mut reader = Reader {
        workbook,
        form: Form {
            layout: Arc::clone(&layout),
            marker: recognised.marker,
            fields: BTreeMap::new(),
            tables: BTreeMap::new(),
            anomalies: Vec::new(),
            personal_numbers: Vec::new(),
            surroundings: Surroundings::default(),
            merged: Vec::new(),
        },
        labels: Vec::new(),
    };
    let mut sheets = Vec::new();
    for Assigned { expected, found } in sheets::assign(workbook, &layout) {
        match found {
            Ok(found) => {
                reader.form.anomalies.extend(found.anomaly(&expected.name));
                reader.sheet(expected, found.sheet);
                sheets.push((expected, found.sheet));
            }
            Err(alike) if expected.required => {
                let alike = alike.into_iter().map(|sheet| sheet.name.as_str().into()).collect();
                reader.form.anomalies.push(Anomaly::MissingSheet { name: expected.name.clone(), alike });
            }
            Err(_) => {}
        }
    }
    let Reader { mut form, labels, .. } = reader;
    form.surroundings = surroundings::find(workbook, &form, &sheets, &labels);
    form.personal_numbers = super::personal_numbers::find(workbook, &form);
    form
}

struct Reader<'w> {
    workbook: &'w Workbook,
    form: Form,
    /// The cells that were read as labels.
    labels: Vec<Origin>,
}

/// A sheet that is being read.
#[derive(Clone, Copy)]
struct SheetPlace<'w> {
    sheet: &'w Sheet,
    name: &'w Arc<str>,
    texts: &'w SheetTexts<'w>,
}

/// A field beside its label, whether at the top of a sheet or below a table.
struct LabelledField<'l> {
    key: &'l str,
    wanted: Wanted<'l>,
    expected: FieldKind<'l>,
}

impl Reader<'_> {
    fn sheet(&mut self, layout: &SheetLayout, sheet: &Sheet) {
        let name: Arc<str> = sheet.name.as_str().into();
        self.form.merged.extend(sheet.merged.iter().map(|region| (Arc::clone(&name), *region)));
        let fields: Vec<LabelledField<'_>> = layout.fields.iter().map(LabelledField::of_field).collect();
        let texts = SheetTexts::of(sheet);
        let place = SheetPlace { sheet, name: &name, texts: &texts };
        self.fields(&place, &fields, 0);
        let Some(table_layout) = &layout.table else { return };
        let Some(header_row) = texts.find_header_row(&layout.wanted_columns()) else {
            self.form.anomalies.push(Anomaly::MissingHeader { sheet: name, row: table_layout.header_row });
            return;
        };
        let (columns, beside) = self.columns(&place, layout, header_row);
        let dates = self.workbook.date_system;
        let reading = TableReading { sheet, name: &name, texts: &texts, layout, columns: &columns, beside, dates };
        let (table, anomalies) = reading.read(table_layout, header_row);
        self.form.anomalies.extend(anomalies);
        let below = table.totals_row.unwrap_or(header_row) + 1;
        let summary: Vec<LabelledField<'_>> = layout.summary.iter().map(LabelledField::of_summary).collect();
        self.fields(&place, &summary, below);
        self.form.tables.insert(table_layout.key.clone(), table);
    }

    /// Reads fields whose label stands at or below a row, each value beside its label.
    fn fields(&mut self, place: &SheetPlace<'_>, fields: &[LabelledField<'_>], from_row: u32) {
        let SheetPlace { sheet, name, texts } = *place;
        if fields.is_empty() {
            return;
        }
        let wanted: Vec<Wanted<'_>> = fields.iter().map(|field| field.wanted).collect();
        let found = texts.find_from(from_row, &wanted);
        let distance = self.value_distance(sheet, fields, &found);
        for (field, found) in fields.iter().zip(found) {
            let label = field.wanted.label.shared();
            let Some(found) = found else {
                self.form.anomalies.push(Anomaly::MissingLabel {
                    sheet: Arc::clone(name),
                    label,
                    cell: None,
                    instead: String::new(),
                });
                continue;
            };
            self.unclear(name, &label, &found);
            let cell = value_cell(sheet, found.cell, distance);
            let reading = self.read(sheet, cell, &field.expected, Origin { sheet: Arc::clone(name), cell, label });
            self.form.fields.insert(field.key.to_owned(), reading);
        }
    }

    /// How many cells to the right of the labels the values stand: where columns were inserted between, the distance at
    /// which most cells can be read as what their labels ask for.
    fn value_distance(&self, sheet: &Sheet, fields: &[LabelledField<'_>], found: &[Option<FoundLabel>]) -> u32 {
        let readable = |distance: u32| {
            let pairs = fields.iter().zip(found).filter_map(|(field, found)| Some((field, found.as_ref()?)));
            pairs
                .filter(|(field, _)| !matches!(field.expected.field_type, FieldType::Text))
                .filter(|(field, found)| {
                    let cell = sheet.cell(value_cell(sheet, found.cell, distance));
                    matches!(read_cell(cell, &field.expected, self.workbook.date_system), Content::Value(_))
                })
                .count()
        };
        let best = (1..=FARTHEST_VALUE).max_by_key(|&distance| (readable(distance), std::cmp::Reverse(distance)));
        best.unwrap_or(1)
    }

    fn read(&self, sheet: &Sheet, cell: CellAddress, expected: &FieldKind<'_>, origin: Origin) -> Reading {
        Reading::of(sheet.cell(cell), expected, origin, self.workbook.date_system)
    }

    fn unclear(&mut self, sheet: &Arc<str>, label: &Arc<str>, found: &FoundLabel) {
        let origin = Origin { sheet: Arc::clone(sheet), cell: found.cell, label: Arc::clone(label) };
        self.labels.push(origin.clone());
        self.labels.extend(found.again.map(|cell| Origin { cell, ..origin.clone() }));
        if let Some(text) = &found.nearly {
            self.form.anomalies.push(Anomaly::NearLabel { origin: origin.clone(), text: text.clone() });
        }
        if let Some(again) = found.again {
            self.form.anomalies.push(Anomaly::RepeatedLabel { origin, again });
        }
    }

    /// The sheet's column for each column of the layout; and those of a second table beside the first, if there is one.
    fn columns(&mut self, place: &SheetPlace<'_>, layout: &SheetLayout, header: u32) -> (Columns, Option<Columns>) {
        let SheetPlace { sheet, name, texts } = *place;
        let found = texts.find_in(header, &layout.wanted_columns());
        let taken: Vec<u32> = found.iter().flatten().map(|label| label.cell.column).collect();
        let beside = columns_of(found.iter().map(|found| found.as_ref()?.again));
        let mut previous = None;
        for (column, found) in layout.columns.iter().zip(&found) {
            let label = column.label.shared();
            if let Some(found) = found {
                // A whole header that stands twice is told once, with what stands under it.
                self.unclear(
                    name,
                    &label,
                    &FoundLabel { again: found.again.filter(|_| beside.is_none()), ..found.clone() },
                );
            } else {
                let guess = CellAddress::new(header, previous.map_or(0, |before| before + 1));
                let cell = Some(guess).filter(|guess| !taken.contains(&guess.column));
                let instead = cell.and_then(|cell| sheet.cell(cell)).map(|cell| self.show(&cell.value));
                let (sheet, instead) = (Arc::clone(name), instead.unwrap_or_default());
                self.form.anomalies.push(Anomaly::MissingLabel { sheet, label, cell, instead });
            }
            previous = found.as_ref().map(|found| found.cell.column).or(previous.map(|before| before + 1)).or(Some(0));
        }
        (found.into_iter().map(|found| found.map(|label| label.cell.column)).collect(), beside)
    }

    fn show(&self, value: &CellValue) -> String {
        super::value::show(value, self.workbook.date_system)
    }
}

/// The columns of a further header, by the cells of its labels, where it has most of them.
fn columns_of(labels: impl Iterator<Item = Option<CellAddress>>) -> Option<Columns> {
    let columns: Columns = labels.map(|cell| cell.map(|cell| cell.column)).collect();
    (columns.iter().flatten().count() * 2 > columns.len()).then_some(columns)
}

/// The cell that many cells to the right of a label; merged cells count as one.
fn value_cell(sheet: &Sheet, label: CellAddress, distance: u32) -> CellAddress {
    (0..distance).fold(label, |cell, _| sheet.right_of(cell))
}

impl<'l> LabelledField<'l> {
    fn of_field(field: &'l super::Field) -> Self {
        Self { key: &field.key, wanted: Wanted { label: &field.label, also: &field.also }, expected: field.kind() }
    }

    fn of_summary(field: &'l super::SummaryField) -> Self {
        Self { key: &field.key, wanted: Wanted { label: &field.label, also: &field.also }, expected: field.kind() }
    }
}

/// The cell of a row in a column.
pub(super) fn in_column(row: &[Cell], column: u32) -> Option<&Cell> {
    row.binary_search_by_key(&column, |cell| cell.address.column).ok().and_then(|index| row.get(index))
}

/// A table about to be read: its header is found, its rows are not.
struct TableReading<'w> {
    sheet: &'w Sheet,
    name: &'w Arc<str>,
    texts: &'w SheetTexts<'w>,
    layout: &'w SheetLayout,
    columns: &'w Columns,
    /// Those of a second table beside the first, under the same row of headers.
    beside: Option<Columns>,
    dates: crate::workbook::DateSystem,
}

/// The sheet's column for each column of the layout.
type Columns = Rc<[Option<u32>]>;

/// A row below the header that holds something.
struct FoundRow<'w> {
    number: u32,
    cells: &'w [Cell],
    row_use: RowUse,
    /// The columns of the header that it stands under.
    columns: Columns,
}

impl<'w> TableReading<'w> {
    fn read(&self, table: &TableLayout, header_row: u32) -> (Table, Vec<Anomaly>) {
        let labels: Vec<Arc<str>> = self.layout.columns.iter().map(|column| column.label.shared()).collect();
        let (totals_row, anomaly) = self.find_totals(table, header_row);
        let found = self.rows(header_row, totals_row, table);
        let (passed_over, of_rows) = self.passed_over(&found);
        let in_use = found.iter().filter(|found| found.row_use == RowUse::InUse);
        let rows: Vec<Row> = in_use.map(|found| self.row(found, &labels)).collect();
        let has_sums = |cells: &[Cell]| {
            self.summed(cells).any(|cell| matches!(cell.value, CellValue::Number(number) if !number.is_zero()))
        };
        let subtotals = found.iter().filter(|found| found.row_use != RowUse::InUse && has_sums(found.cells));
        let subtotals = subtotals.map(|found| self.total(found.number, &labels)).collect();
        let totals = totals_row.map(|row| self.total(row, &labels));
        let needs_first = table.needs_rows && rows.is_empty();
        let first_row = needs_first.then(|| self.first_row(header_row, &labels));
        let places = self.layout.column_places();
        let columns = self.columns.to_vec();
        let sheet = Arc::clone(self.name);
        let table =
            Table { sheet, header_row, places, columns, rows, passed_over, subtotals, first_row, totals_row, totals };
        (table, anomaly.into_iter().chain(of_rows).collect())
    }

    /// What stands in the rows of the table; and below the totals the packages or activities that do, perhaps under headers of
    /// their own.
    fn rows(&self, header_row: u32, totals_row: Option<u32>, table: &TableLayout) -> Vec<FoundRow<'w>> {
        let mut found = Vec::new();
        let mut columns = Rc::clone(self.columns);
        for (number, cells) in self.rows_below(header_row).filter(|(number, _)| Some(*number) != totals_row) {
            let is_below = totals_row.is_some_and(|totals| number > totals);
            let of_row = RowColumns { columns: &self.layout.columns, places: &columns, dates: self.dates };
            let header = if self.may_be_header(cells) { self.columns_under(number) } else { None };
            let row_use = if header.is_some() { RowUse::Header } else { of_row.use_of(cells) };
            let counts = match row_use {
                RowUse::Header => true,
                RowUse::InUse if is_below => of_row.is_whole(cells) && !says_total(table, cells),
                _ => !is_below,
            };
            columns = header.unwrap_or(columns);
            if counts {
                found.push(FoundRow { number, cells, row_use, columns: Rc::clone(&columns) });
            }
        }
        found.extend(self.rows_beside(header_row));
        found
    }

    /// Whether so many texts stand in a row that it may be a header, in whichever columns.
    fn may_be_header(&self, cells: &[Cell]) -> bool {
        let texts = cells.iter().filter(|cell| matches!(cell.value, CellValue::Text(_))).count();
        texts * 4 >= self.layout.columns.len() * 3
    }

    /// The packages or activities of a table beside the first, and its header.
    fn rows_beside(&self, header_row: u32) -> Vec<FoundRow<'w>> {
        let Some(columns) = &self.beside else { return Vec::new() };
        let of_table = RowColumns { columns: &self.layout.columns, places: columns, dates: self.dates };
        let row = |number, cells, row_use| FoundRow { number, cells, row_use, columns: Rc::clone(columns) };
        let in_use = self.rows_below(header_row).filter(|(_, cells)| of_table.use_of(cells) == RowUse::InUse);
        let rows = in_use.filter(|(_, cells)| of_table.is_whole(cells));
        let header = row(header_row, self.sheet.row(header_row), RowUse::Header);
        [header].into_iter().chain(rows.map(|(number, cells)| row(number, cells, RowUse::InUse))).collect()
    }

    /// The columns of a header that stands further down, where it has most of the labels.
    fn columns_under(&self, header_row: u32) -> Option<Columns> {
        let found = self.texts.find_in(header_row, &self.layout.wanted_columns());
        columns_of(found.into_iter().map(|found| Some(found?.cell)))
    }

    /// The cells of the rows that are passed over, and what is said of these rows: one anomaly a kind.
    fn passed_over(&self, found: &[FoundRow<'_>]) -> (Vec<CellAddress>, Vec<Anomaly>) {
        let of = |wanted: RowUse| found.iter().filter(move |found| found.row_use == wanted);
        let firsts =
            |wanted: RowUse| -> Vec<Origin> { of(wanted).filter_map(|found| self.first_entry(found)).collect() };
        let told = of(RowUse::OfNothing).chain(of(RowUse::Header)).chain(of(RowUse::Words));
        let mut cells: Vec<CellAddress> = told.flat_map(|found| found.cells.iter().map(|cell| cell.address)).collect();
        cells.sort_unstable();
        let nothing = Some(firsts(RowUse::OfNothing)).filter(|rows| !rows.is_empty());
        let headers = Some(firsts(RowUse::Header)).filter(|rows| !rows.is_empty());
        let words: Vec<StrayValue> = of(RowUse::Words).flat_map(|found| self.words(found.cells)).collect();
        let words = Some(words).filter(|words| !words.is_empty());
        let anomalies = [
            nothing.map(|rows| Anomaly::RowsOfNothing { rows }),
            headers.map(|rows| Anomaly::RepeatedHeader { rows }),
            words.map(|words| Anomaly::Headings { words }),
        ];
        (cells, anomalies.into_iter().flatten().collect())
    }

    /// The texts of a row.
    fn words(&self, cells: &[Cell]) -> Vec<StrayValue> {
        let texts = cells.iter().filter_map(|cell| match &cell.value {
            CellValue::Text(text) if !is_blank(text) => Some((cell.address, text.clone())),
            _ => None,
        });
        let stray =
            |(cell, text)| StrayValue { origin: Origin { sheet: Arc::clone(self.name), cell, label: "".into() }, text };
        texts.map(stray).collect()
    }

    /// The first cell of a row that holds something in a column which the form does not compute or number.
    fn first_entry(&self, found: &FoundRow<'_>) -> Option<Origin> {
        self.layout.columns.iter().zip(found.columns.iter()).find_map(|(column, place)| {
            let cell = in_column(found.cells, (*place)?).filter(|cell| cell.value != CellValue::Empty)?;
            let is_entry = column.formula.is_none() && column.key != "nr";
            let label = column.label.shared();
            is_entry.then(|| Origin { sheet: Arc::clone(self.name), cell: cell.address, label })
        })
    }

    /// The cells of a row in the columns that the totals row adds up.
    fn summed<'r>(&'r self, cells: &'r [Cell]) -> impl Iterator<Item = &'r Cell> {
        let summed = self.layout.columns.iter().zip(self.columns.iter()).filter(|(column, _)| column.sum);
        summed.filter_map(|(_, place)| in_column(cells, (*place)?))
    }

    fn rows_below(&self, header_row: u32) -> impl Iterator<Item = (u32, &'w [Cell])> + use<'w> {
        let sheet: &'w Sheet = self.sheet;
        let cells = sheet.cells();
        let below = cells.get(cells.partition_point(|cell| cell.address.row <= header_row)..).unwrap_or_default();
        below.chunk_by(|a, b| a.address.row == b.address.row).filter_map(|row| Some((row.first()?.address.row, row)))
    }

    fn first_row(&self, header_row: u32, labels: &[Arc<str>]) -> Row {
        self.read_row(header_row + 1, self.columns, labels, Column::kind)
    }

    /// A package, an activity or a line.
    fn row(&self, found: &FoundRow<'_>, labels: &[Arc<str>]) -> Row {
        self.read_row(found.number, &found.columns, labels, Column::kind)
    }

    /// The row of the totals, or one like it.
    fn total(&self, number: u32, labels: &[Arc<str>]) -> Row {
        self.read_row(number, self.columns, labels, Column::total_kind)
    }

    fn read_row<'l>(
        &'l self,
        number: u32,
        columns: &[Option<u32>],
        labels: &[Arc<str>],
        kind: impl Fn(&'l Column) -> FieldKind<'l>,
    ) -> Row {
        let in_row = self.sheet.row(number);
        let cells = self.layout.columns.iter().zip(columns).zip(labels).map(|((column, place), label)| {
            let cell = CellAddress::new(number, (*place)?);
            let origin = Origin { sheet: Arc::clone(self.name), cell, label: Arc::clone(label) };
            Some(Reading::of(in_column(in_row, cell.column), &kind(column), origin, self.dates))
        });
        Row { number, cells: cells.collect() }
    }

    /// The totals row: by its words, or by sums that stand in a row of nobody's.
    fn find_totals(&self, table: &TableLayout, header_row: u32) -> (Option<u32>, Option<Anomaly>) {
        let Some(words) = &table.totals_label else { return (None, None) };
        let place = |key: &str| self.layout.columns.iter().position(|column| column.key == key);
        let column = |key: &str| place(key).and_then(|index| self.columns.get(index).copied().flatten());
        let words_in = table.totals_in.as_deref().and_then(column);
        let wanted = NormalLabel::new(words);
        let by_words = || {
            let named = self.rows_below(header_row).filter(|(_, cells)| {
                let near = |cell: &&Cell| words_in.is_none_or(|column| cell.address.column <= column);
                says(&wanted, cells.iter().filter(near))
            });
            named.map(|(row, _)| row)
        };
        let numbers =
            |row: u32| self.summed(self.sheet.row(row)).filter(|cell| matches!(cell.value, CellValue::Number(_)));
        // Somebody may write the words among the rows too, where nothing is added up.
        let named = by_words().find(|row| numbers(*row).next().is_some()).or_else(|| by_words().next());
        if named.is_some() {
            return (named, None);
        }
        let nobody =
            |row: u32, key: &str| column(key).and_then(|place| self.sheet.cell(CellAddress::new(row, place))).is_none();
        let sums = |row: u32| numbers(row).filter(|cell| cell.formula.is_some()).count();
        let unnamed = self
            .rows_below(header_row)
            .map(|(row, _)| row)
            .find(|&row| nobody(row, "nr") && nobody(row, "employee") && sums(row) >= 3);
        let anomaly = Anomaly::MissingLabel {
            sheet: Arc::clone(self.name),
            label: words.as_str().into(),
            cell: unnamed.and_then(|row| Some(CellAddress::new(row, words_in?))),
            instead: String::new(),
        };
        (unnamed, Some(anomaly))
    }
}

/// Whether a row says the words of the totals row.
fn says_total(table: &TableLayout, cells: &[Cell]) -> bool {
    table.totals_label.as_deref().is_some_and(|words| says(&NormalLabel::new(words), cells.iter()))
}

fn says<'c>(words: &NormalLabel, mut cells: impl Iterator<Item = &'c Cell>) -> bool {
    cells.any(|cell| matches!(&cell.value, CellValue::Text(text) if words.is_written(text)))
}
