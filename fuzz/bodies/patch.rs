//! Annotating: a copy is read again, gives the same findings, and annotated again is the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use sporskifte::annotate::{AnnotateError, Annotation, Mark, annotate, rebuild};
use sporskifte::batch::check_in_memory;
use sporskifte::finding::Severity;
use sporskifte::language::Language;
use sporskifte::report::FileReport;
use sporskifte::workbook::{OpenWorkbook, Package, read};

use super::check::{SETTINGS, told};
use super::package_of_parts::{SMALL, file_of};

/// Marked in addition to what is found, on the first two sheets.
const ALSO_MARKED: [&str; 4] = ["A1", "B2", "C3", "AZ900"];

pub fn patch(input: &[u8]) {
    let file: Arc<[u8]> = file_of(input).into();
    let Ok(opened) = read(Arc::clone(&file), &SMALL) else {
        return;
    };
    let before = check(file);
    let (control, mut marks) = told(&before, &SETTINGS);
    let sheets = opened.workbook.sheets.iter().take(2).map(|sheet| sheet.name.as_str());
    marks.extend(sheets.flat_map(|sheet| ALSO_MARKED.map(|cell| mark(sheet, cell))));
    let annotation = Annotation { marks: &marks, control: &control };
    let Ok(copy) = annotated(&opened, &annotation) else {
        return;
    };
    let after = check(Arc::clone(&copy));
    assert_eq!(in_words(&before), in_words(&after), "the copy gives other findings");
    assert_eq!(format!("{:?}", before.form), format!("{:?}", after.form), "the copy gives other amounts");
    if opened.package.is_some() {
        let again = annotated_again(&copy, &annotation);
        assert_same_names(&copy, &again);
        // What the first copy had to mend (a note of the sender's without a box, a signature) is mended in the second.
        assert_same_parts(&again, &annotated_again(&again, &annotation));
    }
}

fn annotated_again(copy: &Arc<[u8]>, annotation: &Annotation<'_>) -> Arc<[u8]> {
    let reopened = read(Arc::clone(copy), &SETTINGS.limits).expect("a copy can be read");
    annotated(&reopened, annotation).expect("a copy can be annotated")
}

fn assert_same_names(copy: &Arc<[u8]>, again: &Arc<[u8]>) {
    let names = |bytes| package(bytes).part_names().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(names(copy), names(again), "annotated again, the copy has other parts");
}

/// Part by part, since each copy names the parts that are new to it last.
fn assert_same_parts(copy: &Arc<[u8]>, again: &Arc<[u8]>) {
    assert_same_names(copy, again);
    let (copy, again) = (package(copy), package(again));
    for name in copy.part_names() {
        let text = |package: &Package| String::from_utf8_lossy(package.part(name).unwrap_or_default()).into_owned();
        let (was, is) = (text(&copy), text(&again));
        assert!(was == is, "{name} was\n{}\nand is\n{}", from_difference(&was, &is), from_difference(&is, &was));
    }
}

fn package(bytes: &Arc<[u8]>) -> Package {
    Package::open(Arc::clone(bytes), &SETTINGS.limits).expect("a copy is a package")
}

/// What stands in a text from where it differs from another.
fn from_difference(text: &str, other: &str) -> String {
    let same = text.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    text.chars().skip(same.saturating_sub(40)).take(240).collect()
}

fn check(file: Arc<[u8]>) -> FileReport {
    let report = check_in_memory(vec![("fil.xlsx".into(), file)], &SETTINGS);
    let mut files = report.all_files().expect("files in memory");
    files.pop().expect("every file ends in a report")
}

/// The copy; an error where the file cannot be annotated.
fn annotated(opened: &OpenWorkbook, annotation: &Annotation<'_>) -> Result<Arc<[u8]>, AnnotateError> {
    let copy = match &opened.package {
        Some(package) => annotate(package, annotation),
        None => rebuild(&opened.workbook, annotation),
    };
    copy.map(|copy| copy.bytes.into())
}

fn mark(sheet: &str, cell: &str) -> Mark {
    let cell = cell.parse().expect("an address");
    Mark { sheet: sheet.into(), cell, severity: Severity::Warning, code: "P309".into(), note: "Ret <tallet>.".into() }
}

/// What the findings say and where.
fn in_words(file: &FileReport) -> (String, Vec<String>) {
    let line = |finding: &sporskifte::finding::Finding| {
        format!("{} {:?} {}", finding.rule.code, finding.places, finding.message(Language::Danish))
    };
    (format!("{:?}", file.verdict), file.findings.iter().map(line).collect())
}
