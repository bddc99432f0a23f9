//! The examples that the program shows of its rules are those of the cases here.
//!
//! After a change of a rule or its cases: `SPORSKIFTE_UPDATE=1 cargo test rules::examples`, then
//! `SPORSKIFTE_UPDATE=1 cargo test catalogue::`.

use std::fs;
use std::path::Path;

use sporskifte::catalogue::{Example, ExampleCase, Examples, FoundExample};
use sporskifte::finding::{Argument, Finding};
use sporskifte::form::{FormKind, Layout};
use sporskifte::language::{Language, OwnedText};
use sporskifte::rules::{self, Rule};
use toml::{Table, Value};

use crate::rules::fixture::{Checker, Fixtures};

/// The keys of a case that is said in full by the fields it fills in.
const SAID_IN_FULL: [&str; 8] = ["what", "base", "omit", "template_date", "fields", "set", "type", "expect"];

/// The most lines that an example has.
const MOST_LINES: usize = 6;

#[test]
fn the_committed_examples_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue/examples.json");
    let (checker, layouts) = (Checker::new(), Layout::embedded().unwrap());
    let tested = rules::all().filter(|rule| Fixtures::path(rule.code).exists());
    let examples = Examples::new(tested.map(|rule| (rule.code.into(), example(rule, &checker, &layouts))).collect());
    let made = format!("{:#}\n", serde_json::to_value(examples).unwrap());
    if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let update = "SPORSKIFTE_UPDATE=1 cargo test rules::examples";
    assert!(fs::read_to_string(&path).unwrap() == made, "the examples are out of date: run {update}");
}

fn example(rule: &Rule, checker: &Checker, layouts: &[Layout]) -> Example {
    let cases = Fixtures::of(rule.code);
    let outcome = checker.check(cases.fails[0].clone());
    let found = outcome.findings().map(|(_, finding)| finding).find(|finding| finding.rule.code == rule.code);
    let found = found_example(found.unwrap_or_else(|| panic!("{}: its first case does not fail", rule.code)));
    let fails = case_lines(&cases.fails[0], layouts);
    let passing = cases.passes.iter().map(|case| case_lines(case, layouts)).filter(|case| !case.says.is_empty());
    // The one most like the failing one shows best where the limit is.
    let passes = passing.min_by_key(|case| (case.year != fails.year, places(case) != places(&fails), case.says.len()));
    let passes = passes.unwrap_or_else(|| panic!("{}: a passing case needs `da`, what it is in Danish", rule.code));
    Example { failing: cases.fails.len(), passing: cases.passes.len(), fails, found, passes }
}

/// The fields that a case fills in.
fn places(case: &ExampleCase) -> Vec<&str> {
    case.says.iter().filter_map(|line| Some(line.da.rsplit_once(": ")?.0)).collect()
}

fn found_example(finding: &Finding) -> FoundExample {
    let in_both = |text: &dyn Fn(Language) -> String| both(text(Language::Danish), text(Language::English));
    let place = finding.place().map(|place| {
        let cell = place.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
        format!("{}{cell}", place.shown_sheet())
    });
    FoundExample {
        place: place.unwrap_or_default(),
        message: in_both(&|language| finding.message(language)),
        action: in_both(&|language| finding.action(language)),
    }
}

/// What a case says besides the clean one it stands on: in its own words, else as the fields it fills in.
fn case_lines(case: &Table, layouts: &[Layout]) -> ExampleCase {
    let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
    let fields = case.get("fields").and_then(Value::as_table);
    let is_redated = fields.is_some_and(|fields| fields.contains_key("case.application_date"));
    let year = text("base").filter(|base| base.len() == 4 && !is_redated);
    let says = match text("da") {
        Some(danish) => vec![both(danish, text("what").unwrap())],
        None if case.keys().all(|key| SAID_IN_FULL.contains(&key.as_str())) => changes(case, layouts),
        None => Vec::new(),
    };
    let says = if says.len() > MOST_LINES { Vec::new() } else { says };
    ExampleCase { year, says }
}

fn changes(case: &Table, layouts: &[Layout]) -> Vec<OwnedText> {
    let table = |key: &str| case.get(key).and_then(Value::as_table).cloned().unwrap_or_default();
    let fields = table("fields").into_iter().filter_map(|(key, value)| field_line(&key, &value, layouts, None));
    let set = table("set").into_iter().flat_map(|(form, changes)| {
        let kind = form_kind(&form);
        let changes = changes.as_table().unwrap().clone().into_iter();
        changes.filter_map(move |(key, value)| line(&key, &value, layouts, kind)).collect::<Vec<_>>()
    });
    let typed = table("type").into_iter().flat_map(|(form, cells)| {
        let kind = form_kind(&form);
        let cells = cells.as_table().unwrap().clone().into_iter();
        let said = move |(cell, value): (String, Value)| {
            let address = cell.replace('!', " ");
            line(&cell, &value, layouts, kind).unwrap_or_else(|| says(&both(address.clone(), address), &value))
        };
        cells.map(said).collect::<Vec<_>>()
    });
    fields.chain(set).chain(typed).collect()
}

fn form_kind(word: &str) -> Option<FormKind> {
    match word {
        "budget" => Some(FormKind::Budget),
        "overview" => Some(FormKind::Overview),
        "accounts" => Some(FormKind::Accounts),
        _ => None,
    }
}

/// A change of an input: `packages.1.admin.hours`, or a field.
fn line(key: &str, value: &Value, layouts: &[Layout], kind: Option<FormKind>) -> Option<OwnedText> {
    let rows =
        [("packages", "pakke", "package"), ("activities", "aktivitet", "activity"), ("support", "linje", "line")];
    let Some((_, da, en)) = rows.into_iter().find(|(table, ..)| key.starts_with(&format!("{table}."))) else {
        return field_line(key, value, layouts, kind);
    };
    let (number, column) = key.split_once('.')?.1.split_once('.')?;
    let mut of_kind = layouts.iter().filter(|layout| kind.is_none_or(|kind| layout.kind == kind));
    let (name, label) = of_kind.find_map(|layout| Some((layout.kind.name(), &layout.column(column)?.label)))?;
    let place = |row: &str| format!("{name}, {row} {number}, »{label}«");
    Some(says(&both(place(da), place(en)), value))
}

fn field_line(key: &str, value: &Value, layouts: &[Layout], kind: Option<FormKind>) -> Option<OwnedText> {
    let mut of_kind = layouts.iter().filter(|layout| kind.is_none_or(|kind| layout.kind == kind));
    let label = of_kind.find_map(|layout| field_label(key, layout))?;
    let place = kind.map_or_else(|| format!("»{label}«"), |kind| format!("{kind}, »{label}«"));
    Some(says(&both(place.clone(), place), value))
}

/// The label of a field of the master data or below a table.
fn field_label<'l>(key: &str, layout: &'l Layout) -> Option<&'l str> {
    let fields = layout.fields().map(|field| (&field.key, &field.label));
    let sums = layout.sheets.iter().flat_map(|sheet| &sheet.summary).map(|sum| (&sum.key, &sum.label));
    fields.chain(sums).find(|(own, _)| *own == key).map(|(_, label)| &**label)
}

fn says(place: &OwnedText, value: &Value) -> OwnedText {
    let line = |language| format!("{}: {}", place.get(language), shown(value, language));
    both(line(Language::Danish), line(Language::English))
}

fn shown(value: &Value, language: Language) -> String {
    let argument = match value {
        Value::Integer(number) => Argument::Number((*number).into()),
        Value::Float(number) => Argument::Number(number.to_string().parse().unwrap()),
        Value::Datetime(date) => Argument::Date(date.to_string().parse().unwrap()),
        Value::Boolean(yes) => return if *yes { "Ja".into() } else { "Nej".into() },
        Value::String(text) if text.is_empty() => Argument::Nothing,
        Value::String(text) => return format!("»{}«", Argument::Submitted(text.clone()).show(language)),
        other => panic!("no cell holds {other:?}"),
    };
    argument.show(language)
}

fn both(da: String, en: String) -> OwnedText {
    OwnedText { da, en }
}
