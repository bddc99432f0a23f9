//! How long each step takes on the samples' median budget workbook, on one core.
//!
//! `cargo bench` prints the times; README names the command.

#![allow(clippy::expect_used)] // a bench that cannot prepare its input has nothing to measure

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use sporskifte::annotate::{Annotation, annotate};
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::form::{read_form, recognise};
use sporskifte::language::Language;
use sporskifte::report::{ControlContext, RulesInForce, control_sheet, marks};
use sporskifte::sample::sample_files;
use sporskifte::workbook::{Limits, Package, read};

/// The budget whose size is the median of the samples' budgets.
fn median_budget(settings: &Settings) -> Arc<[u8]> {
    let is_budget = |bytes: &Arc<[u8]>| {
        let opened = read(Arc::clone(bytes), &settings.limits).ok();
        let form = opened.and_then(|opened| recognise(&opened.workbook, &settings.layouts));
        form.is_some_and(|form| form.layout.kind.name() == "budget")
    };
    let files = sample_files().expect("the samples can be made");
    let mut budgets: Vec<Arc<[u8]>> = files.into_iter().map(|file| file.bytes.into()).filter(is_budget).collect();
    budgets.sort_by_key(|bytes| bytes.len());
    let middle = budgets.len() / 2;
    budgets.swap_remove(middle)
}

fn steps(criterion: &mut Criterion) {
    let settings = Settings::embedded().expect("the embedded data is sound");
    let limits = Limits::default();
    let bytes = median_budget(&settings);
    let opened = read(Arc::clone(&bytes), &limits).expect("a sample can be read");
    let recognised = recognise(&opened.workbook, &settings.layouts).expect("a sample is a form");
    let package = Package::open(Arc::clone(&bytes), &limits).expect("a sample is a package");
    let report = check_in_memory(vec![("budget.xlsx".into(), Arc::clone(&bytes))], &settings);
    let files = report.all_files().expect("the report is in memory");
    let file = files.first().expect("one file in, one report out");

    let form = file.form.as_ref().expect("a sample is a form");
    let in_force = form.rules_date.and_then(|date| settings.parameters.resolve(date)).expect("rules are in force");
    let rules = RulesInForce::of(form.kind, &in_force);
    let context = ControlContext { rules: Some(&rules), ..ControlContext::default() };

    criterion.bench_function("1 inflate and verify", |bencher| {
        bencher.iter(|| Package::open(black_box(Arc::clone(&bytes)), &limits));
    });
    criterion.bench_function("2 read all cells", |bencher| {
        bencher.iter(|| read(black_box(Arc::clone(&bytes)), &limits));
    });
    criterion.bench_function("3 find the fields", |bencher| {
        bencher.iter(|| read_form(black_box(&opened.workbook), recognised.clone()));
    });
    criterion.bench_function("4 check, whole", |bencher| {
        bencher.iter(|| check_in_memory(vec![("budget.xlsx".into(), black_box(Arc::clone(&bytes)))], &settings));
    });
    criterion.bench_function("5 annotate", |bencher| {
        bencher.iter(|| {
            let control = control_sheet(black_box(file), &context, Language::Danish);
            let marks = marks(file, Language::Danish);
            annotate(&package, &Annotation { marks: &marks, control: &control })
        });
    });
    criterion.bench_function("6 check and annotate, whole", |bencher| {
        bencher.iter(|| {
            let report = check_in_memory(vec![("budget.xlsx".into(), black_box(Arc::clone(&bytes)))], &settings);
            let package = Package::open(Arc::clone(&bytes), &limits).expect("a sample is a package");
            let files = report.all_files().expect("the report is in memory");
            let file = files.first().expect("one file in, one report out");
            let control = control_sheet(file, &context, Language::Danish);
            let marks = marks(file, Language::Danish);
            annotate(&package, &Annotation { marks: &marks, control: &control })
        });
    });
}

criterion_group!(workbook, steps);
criterion_main!(workbook);
