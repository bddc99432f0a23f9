//! `rapport.html`: the overview of a run as one page, safe with whatever senders wrote.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use sporskifte::batch::{Settings, check_in_memory};
use sporskifte::configuration::Configuration;
use sporskifte::finding::{Argument, Finding, Place, Verdict};
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::report::{CaseReport, Claim, FileReport, RunReport, Statistics, write_page};
use sporskifte::rules::find;
use sporskifte::sample::sample_files;

static RUN: LazyLock<RunReport> = LazyLock::new(|| samples(""));

static PAGE: LazyLock<String> = LazyLock::new(|| page(&RUN, Language::Danish));

/// The check of the samples whose folder begins so.
fn samples(folder: &str) -> RunReport {
    let files = sample_files().unwrap().into_iter().filter(|file| file.path.starts_with(folder));
    let workbooks = files.filter(|file| Path::new(&file.path).extension().is_some_and(|ending| ending == "xlsx"));
    check_in_memory(workbooks.map(|file| (file.path, file.bytes.into())).collect(), &Settings::embedded().unwrap())
}

fn page(report: &RunReport, language: Language) -> String {
    let statistics = Statistics::of(report, &Parameters::embedded().unwrap()).unwrap();
    let mut out = Vec::new();
    write_page(report, &statistics, language, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A case of one file that could not be checked, with a text in every place that a sender fills.
fn hostile_case(text: &str) -> CaseReport {
    let place = Place { sheet: text.into(), cell: "U6".parse().ok(), label: text.into() };
    let finding = Finding::at(find("F102").unwrap(), place).found(Argument::Submitted(text.to_owned()));
    let (path, case) = (text.to_owned(), text.to_owned());
    let (verdict, findings) = (Verdict::NotChecked, vec![finding]);
    let file = FileReport { path, case, sha256: None, verdict, findings, waived: Vec::new(), form: None };
    let (id, company) = (text.to_owned(), Some(text.to_owned()));
    CaseReport { id, company, files: vec![file], verdict, grant: Claim::default(), payout: Claim::default() }
}

fn run_of(cases: Vec<CaseReport>) -> RunReport {
    RunReport::in_memory(cases, Configuration::default())
}

/// The tags of a page, each without what stands between them.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').skip(1).filter_map(|rest| rest.split('>').next())
}

/// The page without style and script and their hashes, which hold no text of a sender.
fn without_style_and_script(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, rest) = rest.rsplit_once("<script>").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    let page = [before, body, after].concat();
    page.split_inclusive('\n').filter(|line| !line.contains("Content-Security-Policy")).collect()
}

#[test]
fn the_page_reads_well() {
    insta::assert_snapshot!(without_style_and_script(&page(&samples("15-"), Language::Danish)));
}

#[test]
fn the_page_reads_well_in_english() {
    let page = page(&RUN, Language::English);
    assert!(page.contains("<html lang=\"en\">"));
    for heading in ["Most frequent mistakes", "Grants by company", "Switched-off rules and waivers"] {
        assert!(page.contains(&format!(">{heading}</h2>")), "{heading}");
    }
    let danish = ["Sager", "Fejl", "Virksomhed", "Alvor", "Hvad"];
    assert!(danish.iter().all(|word| !page.contains(&format!(">{word}<"))));
}

#[test]
fn nothing_on_the_page_is_fetched_from_anywhere() {
    // The hashes of the policy may hold two slashes.
    let page: String = PAGE.lines().filter(|line| !line.contains("Content-Security-Policy")).collect();
    for reach in
        ["http:", "https:", "//", "src=", "url(", "@import", "<link", "<iframe", "<object", "<embed", "<form", "<base"]
    {
        assert!(!page.contains(reach), "{reach}");
    }
    for tag in tags(&PAGE).filter(|tag| tag.contains("href=")) {
        assert!(tag.contains("href=\"#"), "{tag}");
    }
    assert!(PAGE.contains("content=\"default-src 'none'; style-src 'sha256-"));
}

#[test]
fn what_a_sender_wrote_is_text_and_nothing_else() {
    let hostile = [
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><svg onload=alert(1)>",
        "<!--",
        "&lt;b&gt;",
        "javascript:alert(1)",
    ];
    for text in hostile {
        let page = without_style_and_script(&page(&run_of(vec![hostile_case(text)]), Language::Danish));
        let clean = without_style_and_script(&self::page(&run_of(vec![hostile_case("x")]), Language::Danish));
        assert_eq!(tags(&page).collect::<Vec<_>>(), tags(&clean).collect::<Vec<_>>(), "{text}");
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let escaped = escaped.replace('"', "&quot;").replace('\'', "&#39;");
        assert!(page.matches(&escaped).count() >= 5, "{text} is shown as it was written");
    }
}

#[test]
fn the_script_cannot_be_ended_by_text_and_stands_as_its_hash_says() {
    let script = PAGE.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    assert!(script.contains("'use strict'") && !script.contains("</"));
    assert_eq!(PAGE.matches("<script").count(), 1);
    assert!(!tags(&PAGE).any(|tag| tag.contains(" on") || tag.contains("style=")));
}

#[test]
fn tables_have_captions_and_headers_that_say_of_what() {
    let tables = PAGE.matches("<table ").count();
    assert!(tables >= 8);
    assert_eq!(PAGE.matches("<caption id=").count(), tables);
    assert_eq!(PAGE.matches("<tbody>").count(), tables);
    for tag in tags(&PAGE).filter(|tag| tag.starts_with("th ") || *tag == "th") {
        assert!(tag.contains("scope=\"col\"") || tag.contains("scope=\"row\""), "{tag}");
    }
    let rows = PAGE.matches("<tr").count();
    let headed = PAGE.matches("<th scope=\"row\"").count();
    assert_eq!(rows, headed + tables, "each row but the header has one header");
}

#[test]
fn every_name_within_the_page_is_given_once_and_every_one_that_is_used_is_given() {
    let attribute = |name: &str| -> Vec<String> {
        let begin = format!(" {name}=\"");
        let values = tags(&PAGE).filter_map(|tag| Some(tag.split_once(&begin)?.1.split('"').next()?.to_owned()));
        values.collect()
    };
    let ids = attribute("id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    let used = [attribute("aria-labelledby"), attribute("data-table")].concat();
    for id in used.iter().flat_map(|ids| ids.split(' ')) {
        assert!(unique.contains(&id.to_owned()), "{id}");
    }
    for target in attribute("href") {
        assert!(unique.contains(&target.trim_start_matches('#').to_owned()), "{target}");
    }
}

#[test]
fn severity_is_told_in_words_not_by_colour_alone() {
    let mut tagged = PAGE.split("<span class=\"tag ").skip(1).peekable();
    assert!(tagged.peek().is_some());
    for rest in tagged {
        let word = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
        assert!(["Fejl", "Advarsel", "Til vurdering", "I orden", "Ikke kontrolleret"].contains(&word), "{word}");
    }
}

#[test]
fn every_case_and_finding_and_file_not_checked_is_told() {
    let rows_of = |id: &str| {
        let table = PAGE.split_once(&format!("<table id=\"{id}\"")).unwrap().1.split_once("</table>").unwrap().0;
        table.matches("<tr").count() - 1
    };
    let counts = RUN.totals.counts;
    assert_eq!(rows_of("sagsliste"), RUN.totals.cases);
    assert_eq!(rows_of("fundliste"), counts.errors + counts.warnings + counts.reviews);
    assert_eq!(rows_of("ikke-kontrollerede"), RUN.totals.files_with(Verdict::NotChecked));
}

#[test]
fn a_long_run_says_how_much_more_there_is() {
    let mut cases: Vec<CaseReport> = Vec::new();
    for number in 0..5_003 {
        let mut case = hostile_case(&format!("sag {number}"));
        case.grant = Claim { claimed: Some(Decimal::from(number)), recalculated: None };
        cases.push(case);
    }
    let page = page(&run_of(cases), Language::Danish);
    assert!(page.contains("<p>3 fund mere står kun i rapport.xlsx.</p>"));
    assert!(page.contains("<p>3 filer mere står kun i rapport.xlsx.</p>"));
    assert!(!page.contains("sager mere står kun"));
    let findings = page.split_once("<table id=\"fundliste\"").unwrap().1.split_once("</table>").unwrap().0;
    assert_eq!(findings.matches("<tr").count(), 5_001);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    assert!(page(&RUN, Language::Danish) == *PAGE);
}
