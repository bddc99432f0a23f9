//! The run for programs: one object a line, or one document. Keys are stable; `docs/jsonl.md` describes them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::decisions::WaiverUse;
use super::json_document::JsonDocument;
use super::model::{CaseReport, Claim, Counts, FileReport, Problem};
use super::passed_over::PassedOver;
use super::run_report::RunReport;
use crate::finding::{Finding, Place, Verdict};
use crate::language::Language;
use crate::plain_text::{quotable, unabridged};

/// Writes the run as one JSON object a line: case by case its findings, its files and itself, then the summary.
pub fn write_jsonl(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let lines = report.map_cases(|each| {
        let files = each.files.iter().flat_map(|each| findings(each, language).chain([file(each)]));
        let mut lines = Vec::new();
        write_lines(files.chain([case(&each)]), &mut lines)?;
        Ok(lines)
    });
    for of_case in lines {
        out.write_all(&of_case?)?;
    }
    let problems = report.problems.iter().map(|each| problem(each, language));
    let passed_over = passed_over(report, language);
    write_lines(decisions(report).into_iter().chain(problems).chain(passed_over).chain([summary(report)]), out)
}

fn write_lines(lines: impl Iterator<Item = Value>, out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the run as one JSON document with the same objects by type.
pub fn write_json(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut document = JsonDocument::begin(out)?;
    let findings = report.files().flat_map(|each| match each {
        Ok(each) => findings(&each, language).map(Ok).collect(),
        Err(error) => vec![Err(error)],
    });
    document.array("findings", findings)?;
    document.array("files", report.files().map(|each| Ok(file(&each?))))?;
    document.array("cases", report.cases().map(|each| Ok(case(&each?))))?;
    document.member("decisions", &decisions(report))?;
    let problems: Vec<Value> = report.problems.iter().map(|each| problem(each, language)).collect();
    document.member("problems", &problems)?;
    document.member("passed_over", &passed_over(report, language))?;
    document.member("summary", &summary(report))?;
    document.end()
}

fn findings(file: &FileReport, language: Language) -> impl Iterator<Item = Value> + '_ {
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
        "sha256": file.sha256.map(|hash| hash.to_string()),
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
pub(super) fn amount(amount: Option<rust_decimal::Decimal>) -> Option<String> {
    amount.map(|amount| format!("{:.2}", crate::money::round_to_ore(amount)))
}

/// What the user decided, and what became of it.
pub(super) fn decisions(report: &RunReport) -> Vec<Value> {
    let configuration = &report.configuration;
    let weights = configuration.weights().map(|(code, weight)| decision("weight", &json!(code), &json!(weight)));
    let figures = configuration.figures.iter();
    let figures = figures.map(|(key, figure)| decision("figure", &json!(key), &json!(figure.normalize().to_string())));
    let waivers = configuration.waivers.iter().zip(&report.waiver_uses).map(|(waiver, used)| {
        let (used, findings) = match used {
            WaiverUse::Used(count) => ("used", *count),
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
            "reason": unabridged(&waiver.reason),
            "who": quotable(&waiver.who),
            "until": waiver.until.to_string(),
            "use": used,
            "findings": findings,
        })
    });
    let limits = configuration.limits.changed();
    let limits = limits.map(|(name, limit)| decision("limit", &json!(name), &json!(limit.to_string())));
    weights.chain(figures).chain(limits).chain(waivers).collect()
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

pub(super) fn problem(problem: &Problem, language: Language) -> Value {
    let (problem, path, reason, detail) = match problem {
        Problem::UnreadableFolder { path, reason } => ("unreadable-folder", path.as_str(), reason.get(language), ""),
        Problem::NotWritten { path, reason } => ("not-written", path.as_str(), reason.get(language), ""),
        Problem::NotAnnotated { path, reason, detail } => {
            ("not-annotated", path.as_str(), reason.get(language), detail.as_str())
        }
        Problem::NotCheckedAcross => ("not-checked-across", "", "the check across cases broke down", ""),
    };
    json!({ "type": "problem", "problem": problem, "path": path, "reason": reason, "detail": detail })
}

/// The files that were passed over although a form may be in them.
pub(super) fn passed_over(report: &RunReport, language: Language) -> Vec<Value> {
    let told = |file: &PassedOver| {
        let (kind, reason) = (file.kind, file.reason(language));
        json!({ "type": "passed-over", "file": file.path, "kind": kind, "reason": reason })
    };
    report.may_hold_forms.iter().map(told).collect()
}

fn summary(report: &RunReport) -> Value {
    let totals = &report.totals;
    let verdicts = || Verdict::ALL.into_iter().map(|verdict| (verdict, totals.files_with(verdict)));
    let by_verdict: Map<String, Value> =
        verdicts().map(|(verdict, files)| (verdict.name().into(), files.into())).collect();
    let Counts { errors, warnings, reviews } = totals.counts;
    json!({
        "type": "summary",
        "inputs": totals.files,
        "verdicts": verdicts().map(|(_, files)| files).sum::<usize>(),
        "by_verdict": by_verdict,
        "cases": totals.cases,
        "errors": errors,
        "warnings": warnings,
        "reviews": reviews,
        "passed_over": report.passed_over,
        "may_hold_forms": report.may_hold_forms.len(),
        "rules_date": report.rules_date.map(|date| date.to_string()),
        "shard": report.shard,
        "problems": report.problems.len(),
        "worst": totals.worst,
        "version": env!("CARGO_PKG_VERSION"),
    })
}
