//! `--format sarif` and `--format junit`: what programs of others rely on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test's helpers may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::configuration::Configuration;
use sporskifte::finding::{Argument, Finding, Place, Severity, Verdict};
use sporskifte::language::{Language, Text};
use sporskifte::report::{CaseReport, Claim, FileReport, Problem, RunReport, write_junit, write_sarif};
use sporskifte::rules::{all, find};
use sporskifte::sample::sample_files;

/// The samples, with a rule weighed otherwise and a waiver.
static RUN: LazyLock<RunReport> = LazyLock::new(|| {
    let configuration = "[rules]\nF106 = \"warning\"\nP304 = \"off\"\n\n[[waiver]]\njournal = \"23/05285\"\ncode = \"T401\"\n\
         reason = \"aftalt\"\nwho = \"BO\"\nuntil = \"2023-12-31\"\n";
    let configuration = Configuration::from_toml(configuration).unwrap();
    let settings = Settings { configuration, ..Settings::embedded().unwrap() };
    let files = sample_files().unwrap().into_iter();
    let workbooks = files.filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "xlsx"));
    check_in_memory(workbooks.map(|file| (file.path, file.bytes.into())).collect(), &settings)
});

static SARIF: LazyLock<Value> = LazyLock::new(|| sarif(&RUN));

fn sarif(report: &RunReport) -> Value {
    let mut out = Vec::new();
    write_sarif(report, Language::Danish, &mut out).unwrap();
    let mut log: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    log["runs"][0].take()
}

fn junit(report: &RunReport) -> String {
    let mut out = Vec::new();
    write_junit(report, Language::Danish, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// A case of one file that could not be checked, with a text in every place that a sender fills.
fn hostile_run(text: &str) -> RunReport {
    let place = Place { sheet: text.into(), cell: "U6".parse().ok(), label: text.into() };
    let finding = Finding::at(find("F102").unwrap(), place).found(Argument::Submitted(text.to_owned()));
    let (path, case) = (text.to_owned(), text.to_owned());
    let (verdict, findings) = (Verdict::NotChecked, vec![finding]);
    let file = FileReport { path, case, sha256: None, verdict, findings, waived: Vec::new(), form: None };
    let (id, company) = (text.to_owned(), Some(text.to_owned()));
    let (grant, payout) = (Claim::default(), Claim::default());
    let case = CaseReport { id, company, files: vec![file], verdict, grant, payout };
    RunReport::in_memory(vec![case], Configuration::default())
}

/// An element of an XML document: its name, its attributes, the text directly within.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    /// The place of the element around it.
    parent: Option<usize>,
}

impl Element {
    fn number(&self, attribute: &str) -> usize {
        self.attributes[attribute].parse().unwrap()
    }
}

/// The elements of a document, in the order in which they begin.
fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    let mut all: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let element = |start: &BytesStart<'_>, parent: Option<usize>| {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        let name = start.name().as_ref().to_owned();
        Element { name, attributes: attributes.collect(), text: String::new(), parent }
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                all.push(element(&start, open.last().copied()));
                open.push(all.len() - 1);
            }
            Event::Empty(start) => all.push(element(&start, open.last().copied())),
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(&place) = open.last() {
                    all[place].text.push_str(&text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    all
}

#[test]
fn every_rule_is_described_once_in_the_order_of_its_code() {
    let driver = &SARIF["tool"]["driver"];
    assert_eq!(driver["name"], "sporskifte");
    let rules = list(&driver["rules"]);
    assert_eq!(rules.len(), all().count());
    for (described, rule) in rules.iter().zip(all()) {
        assert_eq!(described["id"], rule.code);
        assert_eq!(described["name"], rule.name);
        assert_eq!(described["shortDescription"]["text"], rule.title.da);
        assert!(described["help"]["text"].as_str().unwrap().contains(rule.sources[0].quote));
        let level = ["note", "warning", "error"][rule.severity as usize];
        assert_eq!(described["defaultConfiguration"]["level"], level);
    }
}

#[test]
fn every_finding_is_a_result_and_what_is_waived_is_suppressed() {
    let files = RUN.all_files().unwrap();
    let findings: Vec<&Finding> = files.iter().flat_map(|file| &file.findings).collect();
    let (suppressed, shown): (Vec<&Value>, Vec<&Value>) =
        list(&SARIF["results"]).iter().partition(|result| result.get("suppressions").is_some());
    assert_eq!(shown.len(), findings.len());
    for (result, finding) in shown.iter().zip(findings) {
        assert_eq!(result["ruleId"], finding.rule.code);
        let rule = &SARIF["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], finding.rule.code);
        let level = ["note", "warning", "error"][finding.severity() as usize];
        assert_eq!(result["level"], level);
        assert!(result["message"]["text"].as_str().unwrap().ends_with(&finding.action(Language::Danish)));
    }
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "T401");
    assert_eq!(suppressed[0]["suppressions"][0]["justification"], "aftalt (BO)");
}

#[test]
fn a_result_names_file_sheet_cell_and_field() {
    let wrong_hours = list(&SARIF["results"]).iter().find(|result| result["ruleId"] == "P309").unwrap();
    let location = &wrong_hours["locations"][0];
    assert_eq!(
        location["physicalLocation"]["artifactLocation"]["uri"],
        "05-administrationstimer/Budget%20sporskifte.xlsx"
    );
    let logical: Vec<(&Value, &Value)> =
        list(&location["logicalLocations"]).iter().map(|each| (&each["kind"], &each["name"])).collect();
    let text = |text: &str| Value::from(text);
    let expected =
        [(text("sheet"), text("Budget")), (text("cell"), text("U6")), (text("field"), text("Administration: timer"))];
    assert_eq!(logical, expected.iter().map(|(kind, name)| (kind, name)).collect::<Vec<_>>());
    assert_eq!(location["logicalLocations"][1]["fullyQualifiedName"], "Budget!U6");
}

#[test]
fn no_two_results_share_a_fingerprint_and_another_run_gives_the_same() {
    let fingerprints = |run: &Value| -> Vec<String> {
        let results = list(&run["results"]).iter();
        results.map(|result| result["partialFingerprints"]["sporskifte/v1"].as_str().unwrap().to_owned()).collect()
    };
    let first = fingerprints(&SARIF);
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len());
    assert_eq!(fingerprints(&sarif(&RUN)), first);
}

#[test]
fn files_not_checked_problems_and_decisions_are_told_of_the_invocation() {
    let invocation = &SARIF["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    let notifications = list(&invocation["toolExecutionNotifications"]);
    assert_eq!(notifications.len(), RUN.totals.files_with(Verdict::NotChecked));
    assert!(notifications.iter().all(|each| each["descriptor"]["id"] == "not-checked"));
    let overrides = list(&invocation["ruleConfigurationOverrides"]);
    let of = |code: &str| overrides.iter().find(|each| each["descriptor"]["id"] == code).unwrap();
    assert_eq!(of("F106")["configuration"]["level"], "warning");
    assert_eq!(of("P304")["configuration"]["enabled"], false);
    let mut run = hostile_run("x");
    run.problems = vec![Problem::UnreadableFolder { path: "låst".into(), reason: Text::new("nej", "no") }];
    let failed = sarif(&run);
    assert_eq!(failed["invocations"][0]["executionSuccessful"], false);
    let problem = &failed["invocations"][0]["toolExecutionNotifications"][1];
    assert!(problem["message"]["text"].as_str().unwrap().starts_with("låst kan ikke læses"));
}

#[test]
fn junit_counts_are_those_of_the_run() {
    let xml = junit(&RUN);
    let elements = elements(&xml);
    let root = &elements[0];
    assert_eq!(root.name, "testsuites");
    assert_eq!(root.number("tests"), RUN.totals.files);
    assert_eq!(root.number("failures"), RUN.totals.files_with(Verdict::Error));
    assert_eq!(root.number("errors"), RUN.totals.files_with(Verdict::NotChecked));
    let named = |name: &'static str| elements.iter().filter(move |element| element.name == name);
    assert_eq!(named("testcase").count(), RUN.totals.files);
    assert_eq!(named("failure").count(), root.number("failures"));
    assert_eq!(named("error").count(), root.number("errors"));
    for attribute in ["tests", "failures", "errors", "skipped"] {
        let of_suites: usize = named("testsuite").map(|suite| suite.number(attribute)).sum();
        assert_eq!(of_suites, root.number(attribute), "{attribute}");
    }
    // One suite a case, and one for what was decided.
    assert_eq!(named("testsuite").count(), RUN.totals.cases + 1);
}

#[test]
fn junit_tells_each_file_in_its_case_with_all_its_findings() {
    let xml = junit(&RUN);
    let elements = elements(&xml);
    let files = RUN.all_files().unwrap();
    let tests = elements.iter().enumerate().filter(|(_, element)| element.name == "testcase");
    for ((place, test), file) in tests.zip(&files) {
        assert_eq!(test.attributes["name"], file.path);
        assert_eq!(elements[test.parent.unwrap()].attributes["name"], file.case);
        let within = |name: &str| {
            let inner = elements.iter().find(|element| element.parent == Some(place) && element.name == name);
            inner.map(|element| element.text.trim().lines().count()).unwrap_or_default()
        };
        let of = |severity: Severity| file.findings.iter().filter(|each| each.severity() == severity).count();
        assert_eq!(within("failure") + within("error"), of(Severity::Error), "{}", file.path);
        assert_eq!(within("system-out"), of(Severity::Warning) + of(Severity::Review), "{}", file.path);
    }
}

#[test]
fn decisions_and_problems_stand_in_a_suite_of_their_own_that_changes_no_count() {
    let mut run = hostile_run("x");
    run.problems = vec![Problem::UnreadableFolder { path: "låst".into(), reason: Text::new("nej", "no") }];
    let xml = junit(&run);
    let elements = elements(&xml);
    assert_eq!(elements[0].number("tests"), 1);
    let problems = elements.iter().find(|element| element.name == "system-err").unwrap();
    assert!(problems.text.contains("låst kan ikke læses"));
    assert_eq!(elements[problems.parent.unwrap()].number("tests"), 0);
    let decided = junit(&RUN);
    assert!(decided.contains("Regel P304") && decided.contains("Sag 23/05285 er fritaget for T401"));
}

#[test]
fn what_a_sender_wrote_is_text_in_either_format() {
    let clean = elements(&junit(&hostile_run("x"))).len();
    for text in ["]]><script>", "\"/><a b='", "<!--", "a\u{0}b\u{1b}c\u{fffe}d", "&amp;", "[her](http://x)", "{0}"] {
        let run = hostile_run(text);
        let xml = junit(&run);
        assert_eq!(elements(&xml).len(), clean, "{text:?}");
        assert!(!xml.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{fffe}'), "{text:?}");
        let log = sarif(&run);
        let message = log["results"][0]["message"]["text"].as_str().unwrap();
        assert!(!message.contains("](") && !message.replace("{{", "").contains('{'), "{message}");
    }
}
