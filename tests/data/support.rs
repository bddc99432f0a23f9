//! Cases exported from workbooks in memory, and imported again.

use std::sync::Arc;

use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::export::{CaseExport, Field, FieldValue, FormContent, Said};
use sporskifte::form::Layout;
use sporskifte::import::{FilledForm, ImportError, import_case};
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::sample::sample_files;
use sporskifte::template::Forms;

pub type Files = Vec<(String, Arc<[u8]>)>;

/// The cases of files as they are exported.
pub fn exported(files: Files) -> Vec<CaseExport> {
    let settings = Settings { keeps_content: true, ..Settings::embedded().unwrap() };
    let report = check_in_memory(files, &settings);
    report.cases().map(|case| CaseExport::of(&case.unwrap(), Language::Danish)).collect()
}

/// The samples of folders whose names begin so.
pub fn samples(beginning: &str) -> Files {
    let files = sample_files().unwrap().into_iter().filter(|file| file.path.starts_with(beginning));
    files.map(|file| (file.path, file.bytes.into())).collect()
}

pub fn imported(json: &[u8]) -> Result<Vec<FilledForm>, ImportError> {
    let (layouts, parameters) = (Layout::embedded().unwrap(), Parameters::embedded().unwrap());
    import_case(json, &Forms::new(&layouts, &parameters))
}

/// The one case that made forms are, exported.
pub fn exported_again(made: Vec<FilledForm>) -> CaseExport {
    let mut cases = exported(made.into_iter().map(|form| (form.name, form.bytes.into())).collect());
    assert_eq!(cases.len(), 1);
    cases.remove(0)
}

/// Takes out what cannot be made again: files that are none of the forms, and masked CPR numbers.
pub fn without_what_is_lost(mut case: CaseExport) -> CaseExport {
    case.files.retain(|file| file.form.is_some());
    for form in case.files.iter_mut().filter_map(|file| file.form.as_mut()) {
        all_fields_mut(form, |fields| fields.retain(|_, field| !matches!(field.said, Said::Masked { .. })));
    }
    case
}

pub fn all_fields_mut(form: &mut FormContent, mut change: impl FnMut(&mut sporskifte::export::Fields)) {
    change(&mut form.fields);
    form.tables.values_mut().flatten().for_each(|row| change(&mut row.fields));
    form.totals.values_mut().for_each(change);
}

/// Every value of a form by its place, without its cell.
pub fn values(form: &FormContent) -> Vec<(String, Field)> {
    let mut values = Vec::new();
    let mut add = |place: String, fields: &sporskifte::export::Fields| {
        values
            .extend(fields.iter().map(|(key, field)| (format!("{place}{key}"), Field { cell: None, ..field.clone() })));
    };
    add(String::new(), &form.fields);
    for (table, rows) in &form.tables {
        rows.iter().enumerate().for_each(|(row, content)| add(format!("{table}.{row}."), &content.fields));
    }
    form.totals.iter().for_each(|(table, totals)| add(format!("{table}.total."), totals));
    values
}

pub fn value(text: &str) -> Said {
    Said::Value { value: FieldValue::Text(text.to_owned()) }
}
