//! The run as SARIF 2.1.0, which code hosts and editors read: a result for each finding, a notification for each file
//! that could not be checked. `docs/sarif-junit.md` says what stands where.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::model::FileReport;
use super::run_report::RunReport;
use super::tables::not_checked::reason;
use super::text::problem_in_words;
use crate::configuration::{Configuration, Weight};
use crate::finding::{Finding, Place, Severity, Verdict};
use crate::intake::FileHash;
use crate::language::Language;
use crate::plain_text::{quotable, unabridged};
use crate::rules::{Rule, RuleSource, all, document_name};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Writes the run as one SARIF log, result by result: a run may be longer than memory.
pub fn write_sarif(report: &RunReport, language: Language, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\n\"$schema\": \"{SCHEMA}\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\"tool\": ")?;
    serde_json::to_writer(&mut *out, &tool(language))?;
    let name = match language {
        Language::Danish => "da",
        Language::English => "en",
    };
    write!(out, ",\n\"language\": \"{name}\",\n\"columnKind\": \"unicodeCodePoints\",\n\"results\": [")?;
    let results = report.files().map(|file| Ok(results(&file?, &report.configuration, language)));
    write_array(results, out)?;
    write!(out, ",\n\"invocations\": [{{\n\"executionSuccessful\": {},\n", report.problems.is_empty())?;
    write!(out, "\"ruleConfigurationOverrides\": [")?;
    let overrides = report.configuration.weights().filter_map(|(code, weight)| configured(code, weight));
    write_array([Ok(overrides.collect())].into_iter(), out)?;
    write!(out, ",\n\"toolExecutionNotifications\": [")?;
    write_array(notifications(report, language), out)?;
    out.write_all(b"\n}]\n}]\n}\n")
}

/// Writes what stands in an array, an object a line, and its end.
fn write_array(objects: impl Iterator<Item = io::Result<Vec<Value>>>, out: &mut dyn Write) -> io::Result<()> {
    let mut separator = "\n";
    for some in objects {
        for object in some? {
            out.write_all(separator.as_bytes())?;
            serde_json::to_writer(&mut *out, &object)?;
            separator = ",\n";
        }
    }
    out.write_all(b"]")
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Review => "note",
    }
}

fn tool(language: Language) -> Value {
    let rules: Vec<Value> = all().map(|rule| descriptor(rule, language)).collect();
    let version = env!("CARGO_PKG_VERSION");
    json!({ "driver": { "name": "sporskifte", "version": version, "semanticVersion": version, "rules": rules } })
}

fn descriptor(rule: &Rule, language: Language) -> Value {
    let said = |source: &RuleSource| format!("{}: »{}«", document_name(source.document).get(language), source.quote);
    let help: Vec<String> = rule.sources.iter().map(said).collect();
    let kinds: Vec<&str> = rule.kinds.iter().map(|kind| kind.name()).collect();
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.title.get(language) },
        "help": { "text": help.join("\n") },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "kinds": kinds },
    })
}

/// The place of a rule among the descriptors.
fn index_of(code: &str) -> Option<usize> {
    all().position(|rule| rule.code == code)
}

/// What the user decided about a rule.
fn configured(code: &str, weight: Weight) -> Option<Value> {
    let configuration = match weight {
        Weight::Off => json!({ "enabled": false }),
        Weight::Review => json!({ "level": level(Severity::Review) }),
        Weight::Warning => json!({ "level": level(Severity::Warning) }),
        Weight::Error => json!({ "level": level(Severity::Error) }),
    };
    Some(json!({ "descriptor": { "id": code, "index": index_of(code)? }, "configuration": configuration }))
}

/// The results of a file; those that a waiver accepts are there too, marked as suppressed.
fn results(file: &FileReport, configuration: &Configuration, language: Language) -> Vec<Value> {
    let mut seen = BTreeMap::new();
    let found = file.findings.iter().map(|finding| (finding, None));
    let waived = file.waived.iter().map(|(place, finding)| (finding, configuration.waivers.get(*place)));
    let findings = found.chain(waived);
    findings
        .map(|(finding, waiver)| {
            let mut result = result(finding, file, &mut seen, language);
            if let Some(waiver) = waiver {
                let justification = format!("{} ({})", unabridged(&waiver.reason), quotable(&waiver.who));
                let suppression = json!({ "kind": "external", "status": "accepted", "justification": justification });
                result.insert("suppressions".into(), json!([suppression]));
            }
            Value::Object(result)
        })
        .collect()
}

fn result(
    finding: &Finding,
    file: &FileReport,
    seen: &mut BTreeMap<String, usize>,
    language: Language,
) -> Map<String, Value> {
    let text = format!("{} {}", finding.message(language), finding.action(language));
    let mut result = Map::new();
    result.insert("ruleId".into(), finding.rule.code.into());
    if let Some(index) = index_of(finding.rule.code) {
        result.insert("ruleIndex".into(), index.into());
    }
    result.insert("level".into(), level(finding.severity()).into());
    result.insert("message".into(), message(&text));
    result.insert("locations".into(), json!([location(&file.path, finding.place())]));
    let others: Vec<Value> = finding.places.iter().skip(1).map(|place| location(&file.path, Some(place))).collect();
    if !others.is_empty() {
        result.insert("relatedLocations".into(), others.into());
    }
    let fingerprint = fingerprint(finding, &file.path, seen);
    result.insert("partialFingerprints".into(), json!({ "sporskifte/v1": fingerprint }));
    let properties = json!({
        "case": file.case,
        "kind": file.form.as_ref().map(|form| form.kind.name()),
        "found": finding.found.plain(language),
        "expected": finding.expected.plain(language),
        "difference": finding.difference().map(|difference| difference.plain(language)),
        "status": finding.certainty,
    });
    result.insert("properties".into(), properties);
    result
}

/// A message that readers show as it stands: braces are doubled, or they would be places for values, and no brackets
/// make a link.
fn message(text: &str) -> Value {
    json!({ "text": text.replace('{', "{{").replace('}', "}}").replace("](", "] (") })
}

/// A file, and the sheet, cell and field in it as far as they are known.
fn location(path: &str, place: Option<&Place>) -> Value {
    let artifact = json!({ "artifactLocation": { "uri": uri(path) } });
    let Some(place) = place else { return json!({ "physicalLocation": artifact }) };
    let sheet = place.shown_sheet();
    let mut logical = vec![json!({ "name": sheet, "fullyQualifiedName": sheet, "kind": "sheet" })];
    if let Some(cell) = place.cell {
        let qualified = format!("{sheet}!{cell}");
        logical.push(json!({ "name": cell.to_string(), "fullyQualifiedName": qualified, "kind": "cell" }));
    }
    if !place.label.is_empty() {
        logical.push(json!({ "name": quotable(&place.label), "kind": "field" }));
    }
    json!({ "physicalLocation": artifact, "logicalLocations": logical })
}

/// The same finding at the same place has the same fingerprint in every run; of several alike, each has its own.
fn fingerprint(finding: &Finding, path: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let place = finding.place();
    let sheet = place.map(Place::shown_sheet).unwrap_or_default();
    let cell = place.and_then(|place| place.cell).map(|cell| cell.to_string()).unwrap_or_default();
    let label = place.map(|place| quotable(&place.label)).unwrap_or_default();
    let what = [finding.rule.code, path, &sheet, &cell, &label].join("\n");
    let count = seen.entry(what.clone()).or_default();
    *count += 1;
    let what = if *count == 1 { what } else { format!("{what}\n{count}") };
    FileHash::of(what.as_bytes()).to_string()
}

/// A path as a URI: relative as it was given, `file:` where it is absolute.
fn uri(path: &str) -> String {
    let is_drive = path.get(1..3) == Some(":/");
    let (begin, rest) = match path.get(..2) {
        Some(drive) if is_drive => (format!("file:///{drive}"), path.get(2..).unwrap_or_default()),
        _ if path.starts_with('/') => ("file://".to_owned(), path),
        _ => (String::new(), path),
    };
    begin + &percent_encoded(rest)
}

/// All but what RFC 3986 calls unreserved, and the slashes between folders.
fn percent_encoded(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(encoded).collect()
}

/// The files that could not be checked, and what went wrong with the run.
fn notifications(report: &RunReport, language: Language) -> impl Iterator<Item = io::Result<Vec<Value>>> + '_ {
    let any = report.totals.files_with(Verdict::NotChecked) > 0;
    let files = any.then(|| report.files()).into_iter().flatten();
    let not_checked = files.map(move |file| {
        let file = file?;
        let notification = |file: &FileReport| notification(&reason(file, language), Some(&file.path), "not-checked");
        Ok((file.verdict == Verdict::NotChecked).then(|| notification(&file)).into_iter().collect())
    });
    let problem = move |problem| Ok(vec![notification(&problem_in_words(problem, language), None, "problem")]);
    let passed_over = report
        .may_hold_forms
        .iter()
        .map(move |file| Ok(vec![notification(&file.in_words(language), Some(&file.path), "passed-over")]));
    not_checked.chain(passed_over).chain(report.problems.iter().map(problem))
}

fn notification(text: &str, path: Option<&str>, id: &str) -> Value {
    let locations: Vec<Value> = path.into_iter().map(|path| location(path, None)).collect();
    json!({ "level": "error", "message": message(text), "descriptor": { "id": id }, "locations": locations })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri_whatever_it_holds() {
        assert_eq!(uri("sager/Å & b/100% #1.xlsx"), "sager/%C3%85%20%26%20b/100%25%20%231.xlsx");
        assert_eq!(uri("a:b/../c.xlsx"), "a%3Ab/../c.xlsx");
        assert_eq!(uri("/data/a b.xlsx"), "file:///data/a%20b.xlsx");
        assert_eq!(uri("C:/data/a.xlsx"), "file:///C:/data/a.xlsx");
        assert_eq!(uri("ø:/a"), "%C3%B8%3A/a");
    }

    #[test]
    fn no_text_becomes_a_link_or_a_place_for_a_value() {
        let shown = message("se [her](http://x) og {0}");
        assert_eq!(shown["text"], "se [her] (http://x) og {{0}}");
    }

    #[test]
    fn a_fingerprint_depends_on_the_place_alone() {
        let place = |cell: &str| Place { sheet: "Budget".into(), cell: cell.parse().ok(), label: "Timer".into() };
        let finding = |cell: &str| Finding::at(crate::rules::find("P309").unwrap(), place(cell));
        let of = |finding: &Finding, path: &str| fingerprint(finding, path, &mut BTreeMap::new());
        let one = of(&finding("U6"), "a.xlsx");
        assert_eq!(one.len(), 64);
        assert_eq!(of(&finding("U6").found(crate::finding::Argument::Number(6.into())), "a.xlsx"), one);
        assert_ne!(of(&finding("U7"), "a.xlsx"), one);
        assert_ne!(of(&finding("U6"), "b.xlsx"), one);
        let mut seen = BTreeMap::new();
        let twice = [(); 2].map(|()| fingerprint(&finding("U6"), "a.xlsx", &mut seen));
        assert!(twice[0] == one && twice[1] != one);
    }
}
