//! What the user decides in `sporskifte.toml`: it is used, and no report is silent about it.

use crate::command::support::{Folder, codes, json, run};

/// Six hours of administration, a review of driving, and a case of its own journal number.
const APPLICATION: &str = "set.budget.\"packages.1.admin.hours\" = 6\n\
     set.budget.\"packages.1.materials\" = 500\n\
     fields.\"case.journal\" = \"23/77\"";

fn waiver(code: &str, journal: &str, until: &str) -> String {
    format!(
        "[[waiver]]\njournal = \"{journal}\"\ncode = \"{code}\"\nreason = \"aftalt med STAR\"\nwho = \"BO\"\nuntil = \"{until}\"\n"
    )
}

fn folder(configuration: &str) -> Folder {
    let folder = Folder::new();
    folder.put_application("sager", APPLICATION);
    folder.put("sporskifte.toml", configuration.as_bytes());
    folder
}

/// A text without its line breaks.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_rule_switched_off_finds_nothing_and_every_report_says_so() {
    let folder = folder("[rules]\nP309 = \"off\"\n");
    let path = folder.arg("sager");
    let report = json(&[&path]);
    assert_eq!(codes(&report), ["P322"]);
    assert_eq!(report["decisions"][0]["code"], "P309");
    let text = run(&[&path, "--out", &folder.arg("ud")]);
    assert_eq!(text.code, 0);
    assert!(unwrapped(&text.out).contains("P309 (For mange timer til administration) er slået fra."), "{}", text.out);
    for name in ["ud/budget.kontrolleret.xlsx", "ud/rapport.xlsx"] {
        let bytes = std::fs::read(folder.path(name)).unwrap();
        let all: String = crate::command::support::parts(&bytes)
            .values()
            .map(|part| String::from_utf8_lossy(part).into_owned())
            .collect();
        assert!(all.contains("er slået fra"), "{name}");
    }
}

#[test]
fn a_rule_weighed_otherwise_changes_verdict_and_exit_code() {
    let folder = folder("[rules]\nP309 = \"review\"\nP322 = \"warning\"\n");
    let path = folder.arg("sager");
    assert_eq!(run(&["check", &path]).code, 0);
    assert_eq!(run(&[&path, "--fail-on", "warning"]).code, 1);
}

#[test]
fn a_waiver_sets_its_finding_aside_until_its_last_day() {
    for (until, expected, used) in
        [("2030-01-01", vec!["P322"], "used"), ("2019-01-01", vec!["P309", "P322"], "expired")]
    {
        let folder = folder(&waiver("P309", "23/77", until));
        let report = json(&[&folder.arg("sager")]);
        assert_eq!(codes(&report), expected, "{until}");
        assert_eq!(report["decisions"][0]["use"], used);
    }
}

#[test]
fn a_waiver_that_matches_nothing_says_so() {
    let other_case = folder(&waiver("P309", "99/1", "2030-01-01"));
    let text = unwrapped(&run(&["check", &other_case.arg("sager")]).out);
    assert!(text.contains("Sagen er ikke med her."), "{text}");
    let other_rule = folder(&waiver("P310", "23/77", "2030-01-01"));
    assert!(unwrapped(&run(&["check", &other_rule.arg("sager")]).out).contains("Den ramte intet."));
}

#[test]
fn a_configuration_that_the_sender_put_into_the_folder_does_not_count() {
    let folder = Folder::new();
    folder.put_application("sager", APPLICATION);
    folder.put("sager/sporskifte.toml", b"[rules]\nP309 = \"off\"\n");
    assert!(codes(&json(&[&folder.arg("sager")])).contains(&"P309"));
}

#[test]
fn a_broken_configuration_stops_the_run_before_any_file_is_read() {
    for (configuration, sentence) in [
        ("[rules]\nP999 = \"off\"\n", "der er ingen regel, der hedder P999"),
        ("[figures]\npackage_cap = \"1\"\n", "package_cap er ikke et arbejdstal"),
        ("[rules\n", "linje 1"),
        (
            "[[waiver]]\njournal = \"1\"\ncode = \"P309\"\nreason = \"\"\nwho = \"\"\nuntil = \"2030-01-01\"\n",
            "skal sige hvorfor",
        ),
    ] {
        let folder = folder(configuration);
        let broken = run(&[&folder.arg("sager"), "--out", &folder.arg("ud")]);
        assert_eq!(broken.code, 2);
        assert!(broken.err.contains(sentence) && broken.err.contains("sporskifte.toml"), "{}", broken.err);
        assert!(broken.out.is_empty() && !folder.path("ud").exists());
    }
}
