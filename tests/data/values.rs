//! Whatever a form can say goes into a workbook and comes out again; what cannot is named, and never written otherwise.

use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::Index;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sporskifte::export::Said;
use sporskifte::form::{FieldKind, FieldType, FormKind, Layout, SheetLayout};
use sporskifte::identity::{Cvr, holds_cpr};
use sporskifte::import::ImportError;
use sporskifte::language::Language;

use super::support::{exported_again, imported, values};

/// Texts that spreadsheets, CSV and XML like to take for something else.
const ODD_TEXTS: [&str; 26] = [
    "=1+1",
    "=HYPERLINK(\"http://eksempel.dk\";\"klik\")",
    "+4512345678",
    "-2",
    "@SUM(A1)",
    "'0012",
    "007",
    "1e5",
    "1.234,50",
    "01-02-2023",
    "SAND",
    "Ja",
    "#REF!",
    "Ærø Øl & Ål A/S <\"x\">",
    "linje 1\nlinje 2",
    "a\tb",
    "a  b",
    "a\r\nb",
    "_x000D_",
    "_x0041_b",
    "a\u{a0}b",
    "e\u{301}",
    "😀 smil",
    "\u{200f}fra højre",
    "a;b,c|d",
    "]]>",
];

/// What a field may be given, of whatever type it is.
#[derive(Debug, Clone)]
struct Material {
    text: String,
    number: (u64, u32),
    days: i64,
    yes: bool,
    choice: Index,
}

fn text() -> impl Strategy<Value = String> {
    let any_text = "[=+@'\"a-zA-Z0-9æøåÆØÅéö€%&<>;:,.!?()/ -]{1,30}".prop_map(|text| text.trim().to_owned());
    prop_oneof![
        prop::sample::select(ODD_TEXTS.to_vec()).prop_map(str::to_owned),
        any_text.prop_filter("something, and no CPR number", |text| !text.is_empty() && !holds_cpr(text)),
    ]
}

fn material() -> impl Strategy<Value = Material> {
    // Up to fifteen digits, which is what a spreadsheet keeps, and below a billion.
    let number = (0_u32..=12).prop_flat_map(|scale| (0..10_u64.pow((scale + 9).min(15)), Just(scale)));
    let number = number.prop_filter("no CPR number without its zero", |(digits, scale)| {
        let number = Decimal::from_i128_with_scale((*digits).into(), *scale).normalize();
        !holds_cpr(&format!("{number:0>10}")) && !holds_cpr(&format!("{:0>10}", digits % 1_000_000_000))
    });
    // From the first day that a spreadsheet has a number for to the last.
    (text(), number, 0_i64..2_958_465, any::<bool>(), any::<Index>())
        .prop_map(|(text, number, days, yes, choice)| Material { text, number, days, yes, choice })
}

impl Material {
    /// As a value of a field's type, written in the one way that exports write it.
    fn value(&self, kind: FieldKind<'_>) -> Value {
        let digits = self.number.0;
        match kind.field_type {
            FieldType::Text | FieldType::Email => self.text.clone().into(),
            FieldType::Whole => (digits % 1_000_000_000).to_string().into(),
            FieldType::Number | FieldType::Hours => self.number().to_string().into(),
            FieldType::Amount => {
                let number = self.number();
                if number.scale() < 2 { format!("{number:.2}").into() } else { number.to_string().into() }
            }
            FieldType::Date => Date::constant(1900, 1, 1).checked_add(self.days.days()).unwrap().to_string().into(),
            FieldType::YesNo => self.yes.into(),
            FieldType::Choice => self.choice.get(kind.choices).clone().into(),
            FieldType::Cvr => (10_000_000 + digits % 80_000_000..)
                .find_map(|number| Cvr::parse(&number.to_string()))
                .unwrap()
                .to_string()
                .into(),
            FieldType::PNumber => (1_000_000_000 + digits % 999_999_999).to_string().into(),
            FieldType::Industry => format!("{:06}", digits % 1_000_000).into(),
        }
    }

    fn number(&self) -> Decimal {
        Decimal::from_i128_with_scale(self.number.0.into(), self.number.1).normalize()
    }

    /// As something that is no value of the type, or anything at all.
    fn whatever(&self, kind: FieldKind<'_>) -> Value {
        match self.days % 11 {
            0 => json!({ "written": self.text }),
            1 => json!({ "written": format!("-{}", self.number()), "as": "number" }),
            2 => json!({ "written": self.text, "as": "number" }),
            3 => json!({ "written": "#DIV/0!", "as": "error" }),
            4 => json!({ "written": self.text, "as": "error" }),
            5 => json!({ "written": "", "as": "no-result" }),
            6 => json!({ "value": self.text }),
            7 => json!({ "value": format!("{}{}", self.number(), self.number.0) }),
            8 => json!({ "value": "1899-12-31" }),
            9 => json!({ "written": "æ".repeat(40_000) }),
            _ => json!({ "value": self.value(kind) }),
        }
    }
}

/// What stands in a form: fields, and rows of each table.
#[derive(Debug, Clone)]
struct Filled {
    kind: Index,
    fields: Vec<(Index, Material)>,
    rows: Vec<(Index, Vec<(Index, Material)>)>,
}

fn filled() -> impl Strategy<Value = Filled> {
    let some = |most| prop::collection::vec((any::<Index>(), material()), 1..most);
    let rows = prop::collection::vec((any::<Index>(), some(12)), 0..6);
    (any::<Index>(), some(16), rows).prop_map(|(kind, fields, rows)| Filled { kind, fields, rows })
}

impl Filled {
    fn json(&self, layouts: &[Layout], as_data: impl Fn(&Material, FieldKind<'_>) -> Value) -> Value {
        let layout = self.kind.get(layouts);
        let inputs: Vec<(&str, FieldKind<'_>)> =
            layout.fields().map(|field| (field.key.as_str(), field.kind())).collect();
        let pick = |from: &[(&str, FieldKind<'_>)], picked: &[(Index, Material)]| -> Map<String, Value> {
            let entries = picked.iter().map(|(index, material)| {
                let (key, kind) = index.get(from);
                ((*key).to_owned(), as_data(material, *kind))
            });
            entries.collect()
        };
        let tables: Vec<&SheetLayout> = layout.sheets.iter().filter(|sheet| sheet.table.is_some()).collect();
        let mut rows: Map<String, Value> = Map::new();
        for (table, picked) in &self.rows {
            let sheet = table.get(&tables);
            let columns: Vec<(&str, FieldKind<'_>)> = sheet
                .columns
                .iter()
                .filter(|column| column.formula.is_none() && column.key != "nr")
                .map(|column| (column.key.as_str(), column.kind()))
                .collect();
            let of_table = rows.entry(sheet.table.as_ref().unwrap().key.clone()).or_insert_with(|| json!([]));
            // Hours of its own make it a row in use, whatever else stands in it.
            let (hours, _) = columns.iter().find(|(_, kind)| matches!(kind.field_type, FieldType::Hours)).unwrap();
            let mut fields = pick(&columns, picked);
            fields.insert((*hours).to_owned(), json!({ "value": "1.5" }));
            of_table.as_array_mut().unwrap().push(json!({ "fields": fields }));
        }
        let form = json!({ "kind": layout.kind.name(), "fields": pick(&inputs, &self.fields), "tables": rows });
        json!({ "files": [{ "form": form }] })
    }
}

/// Holds what was imported to saying all that it was given, and to coming back as the very same JSON.
fn assert_says(case: &Value, made: Vec<sporskifte::import::FilledForm>) {
    let first = exported_again(made);
    let json = serde_json::to_string(&first).unwrap();
    let form = first.files[0].form.as_ref().unwrap();
    let said = values(form);
    let given = &case["files"][0]["form"];
    let mut count = 0;
    let mut check = |place: String, field: &Value| {
        count += 1;
        let found = said.iter().find(|(other, _)| *other == place).map(|(_, field)| &field.said);
        let expected: Said = serde_json::from_value(field.clone()).unwrap();
        assert!(found.is_some_and(|found| same(&expected, found)), "{place}: {expected:?} became {found:?}");
    };
    for (key, field) in given["fields"].as_object().unwrap() {
        check(key.clone(), field);
    }
    for (table, rows) in given["tables"].as_object().unwrap() {
        assert_eq!(form.tables[table].len(), rows.as_array().unwrap().len(), "{table}");
        for (index, row) in rows.as_array().unwrap().iter().enumerate() {
            for (key, field) in row["fields"].as_object().unwrap() {
                check(format!("{table}.{index}.{key}"), field);
            }
        }
    }
    assert!(count > 0);
    let second = exported_again(imported(json.as_bytes()).unwrap());
    assert!(serde_json::to_string(&second).unwrap() == json, "it came back otherwise the second time");
}

/// The same value; a number also where it is written with other zeros.
fn same(given: &Said, found: &Said) -> bool {
    let number = |said: &Said| -> Option<Decimal> {
        let text = serde_json::to_value(said).unwrap();
        text["value"].as_str().or(text["written"].as_str().filter(|_| text["as"] == "number"))?.parse().ok()
    };
    given == found || number(given).is_some_and(|value| number(found) == Some(value))
}

fn in_words(error: &ImportError) -> Vec<String> {
    let ImportError::Problems(problems) = error else { panic!("{error}") };
    problems.iter().map(|problem| problem.in_words(Language::English)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::support::draws(16, 64), max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_form_can_say_comes_back_as_it_was(filled in filled()) {
        let layouts = Layout::embedded().unwrap();
        let case = filled.json(&layouts, |material, kind| json!({ "value": material.value(kind) }));
        match imported(case.to_string().as_bytes()) {
            Ok(made) => assert_says(&case, made),
            Err(error) => panic!("{:?}", in_words(&error)),
        }
    }

    #[test]
    fn whatever_is_written_comes_back_as_it_was_or_is_named(filled in filled()) {
        let layouts = Layout::embedded().unwrap();
        let case = filled.json(&layouts, Material::whatever);
        match imported(case.to_string().as_bytes()) {
            Ok(made) => assert_says(&case, made),
            Err(error) => assert!(in_words(&error).iter().all(|problem| problem.starts_with("$.files[0].form"))),
        }
    }
}

#[test]
fn every_form_has_fields_of_the_types_that_are_tried() {
    let layouts = Layout::embedded().unwrap();
    assert_eq!(layouts.iter().map(|layout| layout.kind).collect::<Vec<_>>(), FormKind::ALL);
}
