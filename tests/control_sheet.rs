//! What the sheet `Kontrol` tells of a check.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use rust_decimal::Decimal;
use sporskifte::annotate::{ControlCell, ControlContent, ControlStyle};
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::form::FormKind;
use sporskifte::language::Language;
use sporskifte::report::{ControlContext, FileReport, RulesInForce, control_sheet};
use sporskifte::sample::sample_files;

/// The check of the budget of a folder of the samples.
fn budget_of(folder: &str) -> FileReport {
    let files = sample_files().unwrap().into_iter().filter(|file| file.path.starts_with(folder));
    let files = files.map(|file| (file.path, file.bytes.into())).collect();
    let report = check_in_memory(files, &Settings::embedded().unwrap());
    let is_budget = |file: &FileReport| file.form.as_ref().is_some_and(|form| form.kind == FormKind::Budget);
    report.all_files().unwrap().into_iter().find(is_budget).unwrap()
}

fn rules_for(file: &FileReport) -> Option<RulesInForce> {
    let form = file.form.as_ref().unwrap();
    let parameters = Settings::embedded().unwrap().parameters;
    Some(RulesInForce::of(form.kind, &parameters.resolve(form.rules_date?)?))
}

/// The cells of the sheet, row by row.
fn rows(file: &FileReport) -> Vec<Vec<ControlCell>> {
    let rules = rules_for(file);
    let context = ControlContext { rules: rules.as_ref(), ..ControlContext::default() };
    control_sheet(file, &context, Language::Danish).rows.into_iter().map(|row| row.cells).collect()
}

fn text(cell: &ControlCell) -> String {
    match &cell.content {
        ControlContent::Text(text) | ControlContent::Link { text, .. } => text.clone(),
        ControlContent::Amount(amount) => amount.to_string(),
        ControlContent::Count(count) => count.to_string(),
        ControlContent::Blank => String::new(),
    }
}

fn texts(rows: &[Vec<ControlCell>]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(text).collect()).collect()
}

#[test]
fn the_rules_are_told_by_name_and_date() {
    let rows = texts(&rows(&budget_of("06-")));
    assert!(rows.contains(&vec!["Regler".into(), "vejledningen fra april 2023, i kraft den 08-05-2023".into()]));
    let without = texts(&self::rows(&budget_of("18-")));
    assert!(without.iter().any(|row| row[0..] == ["Regler", "ingen: satser, lofter og beløb er ikke kontrolleret"]));
    assert!(!without.iter().flatten().any(|text| text.starts_with("Satser, lofter og grænser")));
}

#[test]
fn every_figure_used_is_told_once_with_its_date_certainty_and_source() {
    let file = budget_of("06-");
    let rows = texts(&rows(&file));
    let cap = ["01-01-2018", "", "angivet", "højeste lønkompensation pr. time", "260 kr./time"];
    let source = "STARs vejledning (april 2023): »Maks. 260 kr./time«";
    assert!(rows.contains(&[cap.as_slice(), &[source]].concat().into_iter().map(String::from).collect::<Vec<_>>()));
    for figure in rules_for(&file).unwrap().figures {
        let named = rows.iter().filter(|row| row.get(3) == Some(&figure.meaning.da)).count();
        assert_eq!(named, 1, "{}", figure.meaning.da);
    }
}

#[test]
fn every_amount_that_is_not_zero_is_told_and_those_that_differ_stand_out() {
    let file = budget_of("06-");
    let rows = rows(&file);
    let amounts: Vec<&Vec<ControlCell>> =
        rows.iter().filter(|row| row.len() == 7 && matches!(row[4].content, ControlContent::Amount(_))).collect();
    let form = file.form.as_ref().unwrap();
    for amount in form.packages.iter().flat_map(|package| &package.amounts) {
        let place = amount.place.as_ref().unwrap();
        let link = format!("{} {}", place.sheet, place.cell.unwrap());
        let is_zero = amount.claim.claimed == Some(Decimal::ZERO) && amount.claim.recalculated == Some(Decimal::ZERO);
        let told = amounts.iter().filter(|row| text(&row[2]) == link).count();
        assert_eq!(told, usize::from(!is_zero), "{link}");
    }
    let stands_out = |row: &[ControlCell]| row[6].style == ControlStyle::AmountDiffers;
    let differs = |row: &[ControlCell]| row[4].content != row[5].content;
    assert!(amounts.iter().all(|row| stands_out(row) == differs(row)));
    assert_eq!(amounts.iter().filter(|row| stands_out(row)).count(), 5);
}
