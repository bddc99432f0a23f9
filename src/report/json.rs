//! The run for programs: one object a line, or one document. Keys are stable; `docs/jsonl.md` describes them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::decisions::{WaiverUse, use_of};
use super::model::{CaseReport, Claim, Counts, FileReport, Problem, RunReport};
use crate::finding::{Finding, Place, Severity, Verdict, quotable};
use crate::language::Language;

/// Writes the run as one JSON object a line: findings and files in the order of their paths, cases, the summary.
pub fn write_jsonl(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for line in objects(report, language) {
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the run as one JSON document with the same objects by type.
pub fn write_json(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Map::new();
    for (key, objects) in [
        ("findings", report.files.iter().flat_map(|file| findings(file, language)).collect()),
        ("files", report.files.iter().map(file).collect::<Vec<_>>()),
        ("cases", report.cases.iter().map(case).collect()),
        ("decisions", decisions(report)),
        ("problems", report.problems.iter().map(|each| problem(each, language)).collect()),
    ] {
        document.insert(key.into(), Value::Array(objects));
    }
    document.insert("summary".into(), summary(report));
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn objects(report: &RunReport, language: Language) -> impl Iterator<Item = Value> {
    let files = report.files.iter().flat_map(move |each| findings(each, language).chain([file(each)]));
    let cases = report.cases.iter().map(case);
    let problems = report.problems.iter().map(move |each| problem(each, language));
    files.chain(cases).chain(decisions(report)).chain(problems).chain([summary(report)])
}

fn findings(file: &FileReport, language: Language) -> impl Iterator<Item = Value> {
    file.findings.iter().map(move |each| finding(each, file, language))
}

fn finding(finding: &Finding, file: &FileReport, language: Language) -> Value {
    let place = finding.place();
    let others = finding.places.iter().skip(1);
    let cell = place.and_then(|place| place.cell).map(|cell| cell.to_string());
    json!({
        "type": "finding",
        "case": file.case,
        "file": file.path,
        "kind": kind(file),
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity(),
        "sheet": place.map(Place::shown_sheet),
        "cell": cell,
        "label": place.map(|place| place.label.to_string()),
        "found": finding.found.plain(language),
        "expected": finding.expected.plain(language),
        "difference": finding.difference().map(|difference| difference.plain(language)),
        "status": finding.certainty,
        "message": finding.message(language),
        "action": finding.action(language),
        "other_cells": others
            .filter_map(|place| Some(format!("{}!{}", place.shown_sheet(), place.cell?)))
            .collect::<Vec<_>>(),
    })
}

fn kind(file: &FileReport) -> Option<&'static str> {
    file.form.as_ref().map(|form| form.kind.name())
}

fn file(file: &FileReport) -> Value {
    let Counts { errors, warnings, reviews } = Counts::of(&file.findings);
    json!({
        "type": "file",
        "file": file.path,
        "case": file.case,
        "kind": kind(file),
        "verdict": file.verdict,
        "sha256": file.sha256.as_ref().map(crate::intake::FileHash::as_str),
        "errors": errors,
        "warnings": warnings,
        "reviews": reviews,
        "packages": file.form.as_ref().map(|form| form.packages.iter().map(package).collect::<Vec<_>>()),
    })
}

fn package(package: &super::model::PackageLine) -> Value {
    let Claim { claimed, recalculated } = package.result();
    json!({
        "number": package.number.map(|number| number.normalize().to_string()),
        "employee": package.employee,
        "claimed": amount(claimed),
        "recalculated": amount(recalculated),
    })
}

fn case(case: &CaseReport) -> Value {
    json!({
        "type": "case",
        "case": case.id,
        "company": case.company,
        "verdict": case.verdict,
        "files": case.files.len(),
        "claimed": amount(case.grant.claimed),
        "recalculated": amount(case.grant.recalculated),
        "payout_claimed": amount(case.payout.claimed),
        "payout_recalculated": amount(case.payout.recalculated),
    })
}

/// An amount in kroner as a decimal text with two decimals.
fn amount(amount: Option<rust_decimal::Decimal>) -> Option<String> {
    amount.map(|amount| format!("{:.2}", crate::money::round_to_ore(amount)))
}

/// What the user decided, and what became of it.
fn decisions(report: &RunReport) -> Vec<Value> {
    let configuration = &report.configuration;
    let weights = configuration.weights().map(|(code, weight)| decision("weight", &json!(code), &json!(weight)));
    let figures = configuration.figures.iter();
    let figures = figures.map(|(key, figure)| decision("figure", &json!(key), &json!(figure.normalize().to_string())));
    let waivers = configuration.waivers.iter().enumerate().map(|(index, waiver)| {
        let (used, findings) = match use_of(report, index, waiver) {
            WaiverUse::Used(count) => ("used", count),
            WaiverUse::Expired => ("expired", 0),
            WaiverUse::NothingFound => ("nothing-found", 0),
            WaiverUse::NoSuchCase => ("no-such-case", 0),
        };
        json!({
            "type": "decision",
            "decision": "waiver",
            "code": waiver.code,
            "value": null,
            "case": quotable(&waiver.journal),
            "reason": quotable(&waiver.reason),
            "who": quotable(&waiver.who),
            "until": waiver.until.to_string(),
            "use": used,
            "findings": findings,
        })
    });
    weights.chain(figures).chain(waivers).collect()
}

fn decision(decision: &str, code: &Value, value: &Value) -> Value {
    json!({
        "type": "decision",
        "decision": decision,
        "code": code,
        "value": value,
        "case": null,
        "reason": null,
        "who": null,
        "until": null,
        "use": null,
        "findings": null,
    })
}

fn problem(problem: &Problem, language: Language) -> Value {
    let (problem, path, reason) = match problem {
        Problem::UnreadableFolder { path, reason } => ("unreadable-folder", path, reason.get(language)),
        Problem::NotWritten { path, reason } => ("not-written", path, reason.get(language)),
        Problem::NotAnnotated { path, reason } => ("not-annotated", path, reason.as_str()),
    };
    json!({ "type": "problem", "problem": problem, "path": path, "reason": reason })
}

fn summary(report: &RunReport) -> Value {
    let verdicts: Map<String, Value> =
        Verdict::ALL.into_iter().map(|verdict| (verdict.name().into(), report.with_verdict(verdict).into())).collect();
    let total: usize = Verdict::ALL.into_iter().map(|verdict| report.with_verdict(verdict)).sum();
    let Counts { errors, warnings, reviews } = report.counts();
    json!({
        "type": "summary",
        "inputs": report.files.len(),
        "verdicts": total,
        "by_verdict": verdicts,
        "cases": report.cases.len(),
        "errors": errors,
        "warnings": warnings,
        "reviews": reviews,
        "passed_over": report.passed_over,
        "rules_date": report.rules_date.map(|date| date.to_string()),
        "problems": report.problems.len(),
        "worst": report.worst().map(|severity| match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Review => "review",
        }),
        "version": env!("CARGO_PKG_VERSION"),
    })
}
