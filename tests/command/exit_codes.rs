//! The exit code is 0, 1 or 2, as the help says.

use crate::command::support::{Folder, program, run, samples, wrong_budget};

#[test]
fn a_clean_application_gives_0_whatever_the_limit() {
    let folder = Folder::new();
    folder.put_application("in", "");
    for limit in ["error", "warning", "review"] {
        assert_eq!(run(&["check", &folder.arg("in"), "--fail-on", limit]).code, 0, "{limit}");
    }
}

#[test]
fn a_finding_gives_1_at_or_above_the_limit_and_0_below_it() {
    let folder = Folder::new();
    folder.put_application("error", "[set.budget]\n\"packages.1.admin.hours\" = 6");
    folder.put_application("warning", "[rename.budget]\n\"Stamdata!A8\" = \"Brancekode\"");
    folder.put_application("review", "[set.budget]\n\"packages.1.new_job\" = \"Maskinreparatør\"");
    for (name, codes) in [("error", [1, 1, 1]), ("warning", [0, 1, 1]), ("review", [0, 0, 1])] {
        for (limit, code) in ["error", "warning", "review"].iter().zip(codes) {
            let run = run(&["check", &folder.arg(name), "--fail-on", limit]);
            assert_eq!(run.code, code, "{name} with --fail-on {limit}: {}", run.out);
        }
    }
}

#[test]
fn a_run_that_cannot_begin_gives_2_and_says_why_in_either_language() {
    let folder = Folder::with_clean_budget();
    folder.put("empty/brev.txt", b"Hej");
    let cases: [(&[&str], &str, &str); 6] = [
        (&["check", &folder.arg("findes-ikke")], "ingen fil eller mappe", "no file or folder"),
        (&["check", &folder.arg("empty")], "ingen regneark", "no workbooks"),
        (&["check", &folder.arg("in"), "--rules-date", "1. maj"], "--rules-date: »1. maj«", "--rules-date: “1. maj”"),
        (&["check", &folder.arg("in"), "--rules-date", "2023-02-30"], "2023-02-30", "2023-02-30"),
        (&["check", &folder.arg("in"), "--rules-date", "2022-06-01"], "01-06-2022", "2022-06-01"),
        (&["template", "budget", "--date", "i går"], "--date: »i går«", "--date: “i går”"),
    ];
    for (arguments, da, en) in cases {
        for (language, words) in [("da", da), ("en", en)] {
            let run = run(&[arguments, &["--lang", language]].concat());
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
            assert!(run.err.contains(words), "{arguments:?}: {}", run.err);
        }
    }
}

#[test]
fn wrong_usage_gives_2_and_names_the_argument_in_either_language() {
    let samples = samples();
    let cases: [(&[&str], &str, &str, &str); 9] = [
        (&["check"], "<STI>", "Der mangler", "Missing"),
        (&["check", &samples, "--foo"], "--foo", "ikke noget, der hedder", "nothing called"),
        (&["check", &samples, "--fail-on", "all"], "--fail-on", "error, warning, review", "error, warning, review"),
        (&["check", &samples, "--format", "xml"], "--format", "text, json, jsonl", "text, json, jsonl"),
        (&["check", &samples, "--jobs", "0"], "--jobs", "kan ikke være", "cannot be"),
        (&["check", &samples, "--out"], "--out", "mangler sin værdi", "lacks its value"),
        (&["check", &samples, "--out", "a", "--out", "b"], "--out", "to gange", "twice"),
        (&["template", "regnskab"], "regnskab", "slutregnskab", "slutregnskab"),
        (&["samples"], "--out", "Der mangler", "Missing"),
    ];
    for (arguments, argument, da, en) in cases {
        for (language, words) in [("da", da), ("en", en)] {
            let run = run(&[&["--lang", language], arguments].concat());
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
            let argument = if language == "en" { argument.replace("STI", "PATH") } else { argument.to_owned() };
            assert!(run.err.contains(&argument) && run.err.contains(words), "{arguments:?}: {}", run.err);
            assert!(run.err.contains("--help"), "{}", run.err);
        }
    }
}

#[test]
fn help_names_the_exit_codes_in_either_language() {
    for (language, heading, usage) in [("da", "Afslutningskoder", "Brug:"), ("en", "Exit codes", "Usage:")] {
        for flag in ["--help", "-h"] {
            let run = run(&["check", flag, "--lang", language]);
            assert_eq!((run.code, run.err.as_str()), (0, ""));
            assert!(run.out.contains(heading) && run.out.contains(usage), "{}", run.out);
            for code in ["\n  0  ", "\n  1  ", "\n  2  "] {
                assert!(run.out.contains(code), "{}", run.out);
            }
        }
    }
}

#[test]
fn danish_help_has_no_english_headings() {
    for arguments in [&["--help"][..], &["help"], &["check", "--help"], &["template", "--help"], &["samples", "--help"]]
    {
        let run = run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        for english in ["Usage", "OPTIONS", "Options", "Commands", "default", "possible values"] {
            assert!(!run.out.contains(english), "{english} in {arguments:?}: {}", run.out);
        }
    }
}

#[test]
fn the_version_is_shown() {
    for flag in ["--version", "-V"] {
        let run = run(&[flag]);
        assert_eq!((run.code, run.out), (0, format!("sporskifte {}\n", env!("CARGO_PKG_VERSION"))));
    }
}

#[test]
fn a_path_with_options_means_check_whether_they_stand_before_or_after() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &wrong_budget());
    let path = folder.arg("budget.xlsx");
    let spelled_out = run(&["check", &path, "--jobs", "1"]);
    assert_eq!(spelled_out.code, 1);
    assert_eq!(run(&[&path, "--jobs", "1"]), spelled_out);
    assert_eq!(run(&["--jobs", "1", &path]), spelled_out);
    assert_eq!(run(&["--lang", "da", &path, "--jobs", "1"]), spelled_out);
    assert_eq!(run(&["--lang=en", &path, "--jobs", "1"]), run(&["check", &path, "--lang", "en"]));
}

#[test]
fn the_language_of_the_surroundings_changes_nothing() {
    let folder = Folder::with_clean_budget();
    let english =
        crate::command::support::finish(program().env("LANG", "en_US.UTF-8").args(["check", &folder.arg("in")]));
    let danish =
        crate::command::support::finish(program().env("LANG", "da_DK.UTF-8").args(["check", &folder.arg("in")]));
    assert_eq!(english, danish);
}
