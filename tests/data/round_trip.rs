//! What is exported, imported and exported again is the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sporskifte::export::{CaseExport, Field, FileExport, FormContent};
use sporskifte::form::{FormKind, Layout};
use sporskifte::import::ImportError;
use sporskifte::sample::CaseGenerator;

use super::support::{Files, exported, exported_again, imported, samples, values, without_what_is_lost};

/// Whether a place is a computed cell of a form.
fn is_computed(kind: FormKind, place: &str) -> bool {
    let layouts = Layout::embedded().unwrap();
    let layout = layouts.iter().find(|layout| layout.kind == kind).unwrap();
    let mut words = place.split('.');
    let (table, row) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let key = words.collect::<Vec<_>>().join(".");
    if row == "total" {
        return true;
    }
    let in_table = layout.table_sheet(table).and_then(|sheet| sheet.columns.iter().find(|column| column.key == key));
    let below = layout.sheets.iter().flat_map(|sheet| &sheet.summary).find(|field| field.key == place);
    in_table.map_or(below.is_some_and(|field| field.formula.is_some()), |column| column.formula.is_some())
}

/// What came back otherwise. A form whose label for a computed field was missing has that field when it is made anew.
fn differences(given: &FormContent, made: &FormContent) -> Vec<String> {
    let (given_values, made_values) = (values(given), values(made));
    let mut left: BTreeMap<&String, &Field> = made_values.iter().map(|(place, field)| (place, field)).collect();
    let mut differing = Vec::new();
    for (place, field) in &given_values {
        let made = left.remove(place);
        if made != Some(field) {
            differing.push(format!("{} {place}: {field:?} became {made:?}", given.kind));
        }
    }
    let added = left.into_iter().filter(|(place, field)| field.overridden || !is_computed(given.kind, place));
    differing.extend(added.map(|(place, field)| format!("{} {place}: {field:?} was added", given.kind)));
    differing
}

fn lost(case: &CaseExport) -> Vec<String> {
    let made = match imported(&serde_json::to_vec(case).unwrap()) {
        Ok(made) => made,
        Err(ImportError::Problems(problems)) => {
            let language = sporskifte::language::Language::English;
            return problems.iter().map(|problem| problem.in_words(language)).collect();
        }
        Err(error) => return vec![error.to_string()],
    };
    let again = exported(made.into_iter().map(|form| (form.name, form.bytes.into())).collect());
    let forms = |cases: &[CaseExport]| -> BTreeMap<FormKind, Vec<FormContent>> {
        let mut forms: BTreeMap<FormKind, Vec<FormContent>> = BTreeMap::new();
        for form in cases.iter().flat_map(|case| &case.files).filter_map(|file| file.form.as_ref()) {
            forms.entry(form.kind).or_default().push(form.clone());
        }
        forms
    };
    let (given, made) = (forms(std::slice::from_ref(case)), forms(&again));
    assert_eq!(given.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    let pairs = given.iter().flat_map(|(kind, forms)| forms.iter().zip(&made[kind]));
    pairs.flat_map(|(given, made)| differences(given, made)).collect()
}

fn assert_nothing_is_lost(files: Files) -> usize {
    let mut forms = 0;
    for case in exported(files).into_iter().map(without_what_is_lost) {
        forms += case.files.len();
        let lost = lost(&case);
        assert!(lost.is_empty(), "{}:\n{}", case.case, lost.join("\n"));
    }
    forms
}

#[test]
fn every_sample_comes_back_as_it_was() {
    let forms = assert_nothing_is_lost(samples(""));
    assert!(forms > 30, "{forms}");
}

#[test]
fn a_clean_case_comes_back_with_the_same_cells_findings_and_amounts() {
    for folder in ["01-", "02-", "03-", "04-"] {
        let mut cases = exported(samples(folder));
        let case = cases.remove(0);
        let mut again = exported_again(imported(&serde_json::to_vec(&case).unwrap()).unwrap());
        again.files.sort_by_key(FileExport::kind);
        let mut expected = case.clone();
        expected.files.sort_by_key(FileExport::kind);
        for (expected, again) in expected.files.iter_mut().zip(&again.files) {
            (expected.file, expected.sha256) = (again.file.clone(), again.sha256.clone());
        }
        assert_eq!(again, expected, "{folder}");
    }
}

#[test]
fn the_json_of_an_imported_case_is_the_json_it_was_made_from() {
    let case = exported(samples("03-")).remove(0);
    let first = exported_again(imported(&serde_json::to_vec(&case).unwrap()).unwrap());
    let json = serde_json::to_string(&first).unwrap();
    let second = exported_again(imported(json.as_bytes()).unwrap());
    assert_eq!(serde_json::to_string(&second).unwrap(), json);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_cases_come_back_as_they_were(seed in 0_u64..1_000_000, clean in 0_u32..=100) {
        let case = CaseGenerator::new(seed, clean).unwrap().case(0).unwrap();
        assert_nothing_is_lost(case.files.into_iter().map(|file| (file.file, file.bytes.into())).collect());
    }
}
