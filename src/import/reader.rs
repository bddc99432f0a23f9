//! Reads a case from JSON, and names everything in it that is not as it must be.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::problem::{Expected, ImportProblem, JsonPath, Mistake};
use crate::export::{Amounts, CASE_SCHEMA, Field, FieldValue, Fields, FormContent, RowContent, Said, WrittenAs};
use crate::form::{Column, FieldKind, FieldType, FormKind, Layout, SheetLayout};
use crate::identity::{Cvr, IndustryCode, PNumber, holds_cpr};
use crate::plain_text::one_line;
use crate::template::Forms;

/// What may stand in a case besides its files.
const CASE_KEYS: [&str; 11] = [
    "schema",
    "case",
    "company",
    "application_date",
    "verdict",
    "claimed",
    "recalculated",
    "payout_claimed",
    "payout_recalculated",
    "files",
    "version",
];
/// What may stand in a file.
const FILE_KEYS: [&str; 7] = ["file", "kind", "sha256", "verdict", "rules_date", "form", "findings"];
/// What may stand in a form.
const FORM_KEYS: [&str; 5] = ["kind", "fields", "tables", "totals", "recalculated"];
/// What may stand in a row.
const ROW_KEYS: [&str; 2] = ["fields", "recalculated"];
/// What may stand in a field.
const FIELD_KEYS: [&str; 7] = ["value", "written", "as", "masked", "cell", "overridden", "formula"];
/// Numbers from here on are none of a form's.
const TOO_LARGE: i64 = 1_000_000_000;
/// A spreadsheet keeps no more digits of a number.
const MOST_DIGITS: i128 = 1_000_000_000_000_000;
/// A spreadsheet's cell holds no longer text, counted in its characters of 16 bits.
const MOST_CHARACTERS: usize = 32_767;
/// The first day that a spreadsheet has a number for.
const FIRST_DAY: Date = Date::constant(1900, 1, 1);

/// What may stand in a document of cases.
const DOCUMENT_KEYS: [&str; 2] = ["schema", "cases"];

/// The forms of a case, each with its place, and what is wrong; the case stands alone or as the only one of a document.
pub(super) fn contents(json: &Value, forms: &Forms<'_>) -> (Vec<(JsonPath, FormContent)>, Vec<ImportProblem>) {
    let mut reader = Reader { forms, problems: Vec::new() };
    let root = JsonPath::root();
    let contents = if json.get("cases").is_some() { reader.document(json, &root) } else { reader.case(json, &root) };
    (contents.unwrap_or_default(), reader.problems)
}

struct Reader<'r> {
    forms: &'r Forms<'r>,
    problems: Vec<ImportProblem>,
}

impl Reader<'_> {
    fn document(&mut self, document: &Value, path: &JsonPath) -> Option<Vec<(JsonPath, FormContent)>> {
        let document = self.object(document, path, &DOCUMENT_KEYS)?;
        let path = path.member("cases");
        match self.array(document.get("cases"), &path)?.as_slice() {
            [case] => self.case(case, &path.item(0)),
            cases => self.refuse(&path, Mistake::NotOneCase(cases.len())),
        }
    }

    fn case(&mut self, case: &Value, path: &JsonPath) -> Option<Vec<(JsonPath, FormContent)>> {
        let case = self.object(case, path, &CASE_KEYS)?;
        if case.get("schema").is_some_and(|schema| schema != CASE_SCHEMA) {
            self.tell(&path.member("schema"), Mistake::Expected(Expected::OneOf(vec![CASE_SCHEMA.to_owned()])));
        }
        let path = path.member("files");
        let files = self.array(case.get("files"), &path)?;
        let read = files.iter().enumerate().filter_map(|(index, file)| self.file(file, &path.item(index)));
        Some(read.collect())
    }

    fn file(&mut self, file: &Value, path: &JsonPath) -> Option<(JsonPath, FormContent)> {
        let file = self.object(file, path, &FILE_KEYS)?;
        let path = path.member("form");
        match file.get("form") {
            None | Some(Value::Null) => self.refuse(&path, Mistake::NoForm),
            Some(form) => self.form(form, &path).map(|content| (path, content)),
        }
    }

    fn form(&mut self, form: &Value, path: &JsonPath) -> Option<FormContent> {
        let form = self.object(form, path, &FORM_KEYS)?;
        let name = form.get("kind").and_then(Value::as_str);
        let kind = FormKind::ALL.into_iter().find(|kind| Some(kind.name()) == name);
        let Some(layout) = kind.and_then(|kind| self.forms.layout(kind)) else {
            let kinds = FormKind::ALL.iter().map(|kind| kind.name().to_owned()).collect();
            return self.refuse(&path.member("kind"), Mistake::Expected(Expected::OneOf(kinds)));
        };
        let fields = self.fields(form.get("fields"), &path.member("fields"), &|key| layout.field_kind(key));
        let (tables, totals) = (self.tables(form, path, layout), self.totals(form, path, layout));
        Some(FormContent { kind: layout.kind, fields, tables, totals, recalculated: Amounts::new() })
    }

    fn tables(
        &mut self,
        form: &Map<String, Value>,
        path: &JsonPath,
        layout: &Layout,
    ) -> BTreeMap<String, Vec<RowContent>> {
        let mut read = BTreeMap::new();
        let path = path.member("tables");
        for (key, rows) in self.members(form.get("tables"), &path) {
            let path = path.member(key);
            let Some(sheet) = layout.table_sheet(key) else {
                self.tell(&path, Mistake::Unknown);
                continue;
            };
            let Some(rows) = self.array(Some(rows), &path) else { continue };
            let rows = rows.iter().enumerate().map(|(index, row)| self.row(row, &path.item(index), sheet));
            read.insert(key.clone(), rows.collect());
        }
        read
    }

    fn row(&mut self, row: &Value, path: &JsonPath, sheet: &SheetLayout) -> RowContent {
        let Some(row) = self.object(row, path, &ROW_KEYS) else { return RowContent::default() };
        let fields = self.fields(row.get("fields"), &path.member("fields"), &|key| column_kind(sheet, key));
        // A field that was refused has its own problem, and the row is not empty for that.
        let was_refused = row.get("fields").and_then(Value::as_object).is_some_and(|given| given.len() > fields.len());
        let says = |(key, field): (&String, &Field)| {
            let is_input = sheet.columns.iter().any(|column| column.key == *key && column.formula.is_none());
            key != "nr" && is_input && !field.is_empty_text()
        };
        if !was_refused && !fields.iter().any(says) {
            self.tell(path, Mistake::RowNotUsed);
        }
        RowContent { fields, recalculated: Amounts::new() }
    }

    fn totals(&mut self, form: &Map<String, Value>, path: &JsonPath, layout: &Layout) -> BTreeMap<String, Fields> {
        let mut read = BTreeMap::new();
        let path = path.member("totals");
        for (key, fields) in self.members(form.get("totals"), &path) {
            let path = path.member(key);
            let has_totals =
                |sheet: &&SheetLayout| sheet.table.as_ref().is_some_and(|table| table.totals_label.is_some());
            let Some(sheet) = layout.table_sheet(key).filter(has_totals) else {
                self.tell(&path, Mistake::Unknown);
                continue;
            };
            read.insert(key.clone(), self.fields(Some(fields), &path, &|key| total_kind(sheet, key)));
        }
        read
    }

    fn fields<'l>(
        &mut self,
        fields: Option<&Value>,
        path: &JsonPath,
        kind: &dyn Fn(&str) -> Option<FieldKind<'l>>,
    ) -> Fields {
        let mut read = Fields::new();
        for (key, field) in self.members(fields, path) {
            let path = path.member(key);
            let Some(kind) = kind(key) else {
                self.tell(&path, Mistake::Unknown);
                continue;
            };
            if let Some(field) = self.field(field, &path, kind) {
                read.insert(key.clone(), field);
            }
        }
        read
    }

    fn field(&mut self, field: &Value, path: &JsonPath, kind: FieldKind<'_>) -> Option<Field> {
        let field = self.object(field, path, &FIELD_KEYS)?;
        let overridden = match field.get("overridden") {
            None => false,
            Some(Value::Bool(yes)) if kind.is_computed || !yes => *yes,
            Some(_) => return self.refuse(&path.member("overridden"), Mistake::Expected(Expected::YesNo)),
        };
        if field.get("formula").is_some_and(|formula| !kind.is_computed || !formula.is_string()) {
            let mistake = if kind.is_computed { Mistake::Expected(Expected::Text) } else { Mistake::Unknown };
            return self.refuse(&path.member("formula"), mistake);
        }
        let texts = [field.get("value"), field.get("written")].into_iter().flatten().filter_map(Value::as_str);
        if texts.into_iter().any(|text| text.encode_utf16().count() > MOST_CHARACTERS) {
            return self.refuse(path, Mistake::TooLong);
        }
        let said = match (field.get("value"), field.get("written"), field.get("masked")) {
            (Some(value), None, None) => {
                let path = path.member("value");
                match value_of(value, kind) {
                    Ok(value) => Said::Value { value },
                    Err(mistake) => return self.refuse(&path, mistake),
                }
            }
            (None, Some(Value::String(written)), None) => {
                Said::Written { written: written.clone(), written_as: self.written_as(field.get("as"), path)? }
            }
            // A sum may look like a CPR number; the formula gives it again.
            (None, None, Some(_)) if kind.is_computed && !overridden => return None,
            (None, None, Some(_)) => return self.refuse(path, Mistake::Masked),
            (None, Some(_), None) => {
                return self.refuse(&path.member("written"), Mistake::Expected(Expected::Text));
            }
            _ => return self.refuse(path, Mistake::Expected(Expected::OneOfThree)),
        };
        Some(Field { said, cell: None, overridden, formula: None })
    }

    fn written_as(&mut self, word: Option<&Value>, path: &JsonPath) -> Option<WrittenAs> {
        let Some(word) = word else { return Some(WrittenAs::Text) };
        let read = serde_json::from_value(word.clone()).ok();
        if read.is_none() {
            let words = ["text", "number", "error", "no-result"].map(str::to_owned).to_vec();
            self.tell(&path.member("as"), Mistake::Expected(Expected::OneOf(words)));
        }
        read
    }

    /// An object, with nothing in it but members of these names.
    fn object<'v>(&mut self, value: &'v Value, path: &JsonPath, keys: &[&str]) -> Option<&'v Map<String, Value>> {
        let Value::Object(object) = value else { return self.refuse(path, Mistake::Expected(Expected::Object)) };
        for key in object.keys().filter(|key| !keys.contains(&key.as_str())) {
            self.tell(&path.member(key), Mistake::Unknown);
        }
        Some(object)
    }

    /// The members of an object that may be left out.
    fn members<'v>(&mut self, value: Option<&'v Value>, path: &JsonPath) -> Vec<(&'v String, &'v Value)> {
        match value {
            None => Vec::new(),
            Some(Value::Object(object)) => object.iter().collect(),
            Some(_) => {
                self.tell(path, Mistake::Expected(Expected::Object));
                Vec::new()
            }
        }
    }

    fn array<'v>(&mut self, value: Option<&'v Value>, path: &JsonPath) -> Option<&'v Vec<Value>> {
        match value {
            Some(Value::Array(items)) => Some(items),
            Some(_) => self.refuse(path, Mistake::Expected(Expected::Array)),
            None => self.refuse(path, Mistake::Missing),
        }
    }

    fn tell(&mut self, path: &JsonPath, mistake: Mistake) {
        self.problems.push(path.problem(mistake));
    }

    fn refuse<T>(&mut self, path: &JsonPath, mistake: Mistake) -> Option<T> {
        self.tell(path, mistake);
        None
    }
}

fn column_kind<'l>(sheet: &'l SheetLayout, key: &str) -> Option<FieldKind<'l>> {
    sheet.columns.iter().find(|column| column.key == key).map(Column::kind)
}

fn total_kind<'l>(sheet: &'l SheetLayout, key: &str) -> Option<FieldKind<'l>> {
    sheet.columns.iter().find(|column| column.key == key && column.sum).map(Column::total_kind)
}

/// A value of a field's type, written in the one way that exports write it.
fn value_of(value: &Value, kind: FieldKind<'_>) -> Result<FieldValue, Mistake> {
    let expected = |expected| Err(Mistake::Expected(expected));
    if kind.field_type == FieldType::YesNo {
        let Value::Bool(yes) = value else { return expected(Expected::YesNo) };
        return Ok(FieldValue::YesNo(*yes));
    }
    let wanted = expected_of(kind);
    let Value::String(text) = value else { return expected(wanted) };
    let is_right = match kind.field_type {
        FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => is_number(text, kind),
        FieldType::Date => text.parse::<Date>().is_ok_and(|date| date >= FIRST_DAY && date.to_string() == *text),
        FieldType::Choice => kind.choices.contains(text),
        FieldType::Cvr => Cvr::parse(text).is_some_and(|cvr| cvr.to_string() == *text),
        FieldType::PNumber => PNumber::parse(text).is_some_and(|number| number.to_string() == *text),
        FieldType::Industry => IndustryCode::parse(text).is_some_and(|code| code.as_str() == text),
        FieldType::Text | FieldType::Email | FieldType::YesNo => !text.is_empty() && text.trim() == text,
    };
    let plain = one_line(text);
    match is_right {
        false => expected(wanted),
        true if kind.field_type != FieldType::PNumber && is_cpr(&plain, kind) => Err(Mistake::PersonalNumber),
        true => Ok(FieldValue::Text(text.clone())),
    }
}

/// Whether a text holds a CPR number, or is a number that would be read as one that lost its zero.
fn is_cpr(text: &str, kind: FieldKind<'_>) -> bool {
    let digits = text.split('.').next().unwrap_or_default();
    let is_whole = text.parse::<Decimal>().is_ok_and(|number| number.is_integer());
    holds_cpr(text)
        || (kind.field_type.is_number() && is_whole && digits.len() == 9 && holds_cpr(&format!("0{digits}")))
}

fn is_number(text: &str, kind: FieldKind<'_>) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    let Some(number) = Some(text).filter(|_| is_plain).and_then(|text| text.parse::<Decimal>().ok()) else {
        return false;
    };
    let in_bounds = number.abs() < Decimal::from(TOO_LARGE) && number.normalize().mantissa().abs() < MOST_DIGITS;
    let is_whole = kind.field_type != FieldType::Whole || number.is_integer();
    in_bounds && is_whole && (kind.is_computed || !number.is_sign_negative() || number.is_zero())
}

fn expected_of(kind: FieldKind<'_>) -> Expected {
    match kind.field_type {
        FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => Expected::Decimal,
        FieldType::Date => Expected::Date,
        FieldType::YesNo => Expected::YesNo,
        FieldType::Choice => Expected::OneOf(kind.choices.to_vec()),
        FieldType::Cvr => Expected::Cvr,
        FieldType::PNumber => Expected::PNumber,
        FieldType::Industry => Expected::Industry,
        FieldType::Text | FieldType::Email => Expected::Text,
    }
}
