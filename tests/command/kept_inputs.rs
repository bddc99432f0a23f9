//! No output goes over an input, over another output, or over what somebody else made; where one would, nothing is written.

use std::fs;

use crate::command::support::{Folder, Run, clean_budget, finish, json, program, run, wrong_budget};

/// Runs the program and asserts that it refuses in one sentence, naming the file and the option, and that no byte changes.
#[track_caller]
fn assert_refused(folder: &Folder, arguments: &[&str], named: &str, option: &str, reason: &str) {
    let before = folder.files("");
    let refused = run(arguments);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{arguments:?}: {}", refused.err);
    assert!(
        refused.err.starts_with("Intet er skrevet: ") && refused.err.trim_end().lines().count() == 1,
        "{refused:?}"
    );
    assert!(refused.err.contains(&format!("{named} {reason}")), "{}", refused.err);
    assert!(refused.err.contains(&format!("Vælg et andet sted med --{option}.")), "{}", refused.err);
    assert!(folder.files("") == before, "{arguments:?}: {:?}", folder.files("").keys());
}

const OTHER_KIND: &str = "er ikke en fil, som sporskifte har skrevet til det, og er ikke rørt";
const INPUT: &str = "hører til det, der skal kontrolleres, og er ikke rørt";
const OTHER_OUTPUT: &str = "skal bruges til noget andet, som kørslen skriver";

#[test]
fn a_log_or_state_never_goes_to_an_input_however_it_is_named() {
    let folder = Folder::with_clean_budget();
    folder.put("in/tom.xlsx", b"");
    let (input, out) = (folder.arg("in"), folder.arg("ud"));
    for option in ["log", "state"] {
        let flag = format!("--{option}");
        for name in ["in/budget.xlsx", "in/tom.xlsx", "in/../in/budget.xlsx"] {
            assert_refused(&folder, &["check", &input, "--out", &out, &flag, &folder.arg(name)], name, option, INPUT);
        }
        let file = folder.arg("in/budget.xlsx");
        assert_refused(&folder, &["check", &file, &flag, &file], "budget.xlsx", option, INPUT);
    }
}

#[test]
fn a_relative_name_for_an_input_is_recognised() {
    let folder = Folder::with_clean_budget();
    let before = folder.files("");
    let here = folder.path("in");
    for log in ["budget.xlsx", "./budget.xlsx", "../in/budget.xlsx"] {
        let refused = finish(program().current_dir(&here).args(["check", ".", "--log", log]));
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{log}");
        assert!(refused.err.contains(INPUT), "{}", refused.err);
        assert!(folder.files("") == before, "{log}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_or_a_hard_link_to_an_input_is_recognised() {
    let folder = Folder::with_clean_budget();
    folder.put("in/tom.xlsx", b"");
    for name in ["budget", "tom"] {
        let input = folder.path(&format!("in/{name}.xlsx"));
        std::os::unix::fs::symlink(&input, folder.path(&format!("{name}-link"))).unwrap();
        fs::hard_link(&input, folder.path(&format!("{name}-hard"))).unwrap();
    }
    for option in ["--log", "--state"] {
        for (name, reason) in
            [("budget-link", INPUT), ("budget-hard", OTHER_KIND), ("tom-link", INPUT), ("tom-hard", INPUT)]
        {
            let path = folder.arg(name);
            assert_refused(&folder, &["check", &folder.arg("in"), option, &path], name, &option[2..], reason);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_what_is_not_there_yet_does_not_hide_where_it_leads() {
    let folder = Folder::with_clean_budget();
    std::os::unix::fs::symlink(folder.path("in/ny.xlsx"), folder.path("log")).unwrap();
    assert_refused(&folder, &["check", &folder.arg("in"), "--log", &folder.arg("log")], "log", "log", INPUT);
    assert!(!folder.path("in/ny.xlsx").exists());
}

#[test]
fn a_new_file_that_would_be_an_input_of_the_next_run_is_not_made() {
    let folder = Folder::with_clean_budget();
    for option in ["log", "state"] {
        let path = folder.arg("in/under/NY.XLSX");
        let flag = format!("--{option}");
        assert_refused(&folder, &["check", &folder.arg("in"), &flag, &path], "NY.XLSX", option, INPUT);
    }
}

#[test]
fn what_somebody_else_made_becomes_no_log_and_no_state() {
    let folder = Folder::with_clean_budget();
    folder.put("brev.txt", b"Hej");
    folder.put("anden.jsonl", b"{\"time\":\"2024-01-01T00:00:00Z\",\"event\":\"login\"}\n");
    folder.put("budget.xlsx", &clean_budget());
    rusqlite::Connection::open(folder.path("andet.db")).unwrap().execute_batch("CREATE TABLE hers (a)").unwrap();
    for option in ["log", "state"] {
        for name in ["brev.txt", "anden.jsonl", "budget.xlsx", "andet.db"] {
            let flag = format!("--{option}");
            let (input, path) = (folder.arg("in"), folder.arg(name));
            assert_refused(
                &folder,
                &["check", &input, "--out", &folder.arg("ud"), &flag, &path],
                name,
                option,
                OTHER_KIND,
            );
        }
    }
}

#[test]
fn a_setting_that_the_run_reads_is_no_output() {
    let folder = Folder::with_clean_budget();
    folder.put("tom.toml", b"");
    let config = folder.arg("tom.toml");
    assert_refused(
        &folder,
        &["check", &folder.arg("in"), "--config", &config, "--log", &config],
        "tom.toml",
        "log",
        INPUT,
    );
}

#[test]
fn two_outputs_never_share_a_file() {
    let folder = Folder::with_clean_budget();
    let (input, out) = (folder.arg("in"), folder.arg("ud"));
    let (same, state) = (folder.arg("fil"), folder.arg("ud/../fil"));
    fs::create_dir(folder.path("ud")).unwrap();
    assert_refused(&folder, &["check", &input, "--log", &same, "--state", &state], "fil", "log", OTHER_OUTPUT);
    let journal = folder.arg("fil-journal");
    assert_refused(
        &folder,
        &["check", &input, "--state", &same, "--log", &journal],
        "fil-journal",
        "log",
        OTHER_OUTPUT,
    );
    for name in [
        "rapport.xlsx",
        "rapport.html",
        "kvittering.json",
        "nyt-siden-sidst.txt",
        ".sporskifte-kontrol",
        "a/b.kontrolleret.xlsx",
    ] {
        for option in ["log", "state"] {
            let (flag, path) = (format!("--{option}"), folder.arg(&format!("ud/{name}")));
            assert_refused(&folder, &["check", &input, "--out", &out, &flag, &path], name, option, OTHER_OUTPUT);
        }
    }
}

#[test]
fn a_log_that_is_the_state_of_an_earlier_run_stays_a_state() {
    let folder = Folder::with_clean_budget();
    let (input, state, log) = (folder.arg("in"), folder.arg("tilstand"), folder.arg("log"));
    assert_eq!(run(&["check", &input, "--state", &state, "--log", &log]).code, 0);
    assert_refused(&folder, &["check", &input, "--log", &state], "tilstand", "log", OTHER_KIND);
    assert_refused(&folder, &["check", &input, "--state", &log], "log", "state", OTHER_KIND);
}

#[test]
fn night_after_night_the_same_log_state_and_folder_are_used() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    // Empty files that were made ready are taken too.
    folder.put("log", b"");
    folder.put("tilstand", b"");
    let night = || -> Run {
        let (log, state) = (folder.arg("log"), folder.arg("tilstand"));
        run(&["check", &folder.arg("in"), "--out", &folder.arg("ud"), "--log", &log, "--state", &state])
    };
    let mut lines = 0;
    for _ in 0..3 {
        let done = night();
        assert_eq!((done.code, done.err.as_str()), (1, ""));
        let log = String::from_utf8(folder.files("")["log"].clone()).unwrap();
        assert_eq!(log.lines().count(), lines + 3, "{log}");
        lines += 3;
    }
}

#[test]
fn asking_for_a_history_turns_no_file_into_a_state() {
    let folder = Folder::new();
    folder.put("tom.xlsx", b"");
    folder.put("budget.xlsx", &clean_budget());
    let before = folder.files("");
    for name in ["tom.xlsx", "budget.xlsx"] {
        let refused = run(&["history", "23/05285", "--state", &folder.arg(name)]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains(name) && refused.err.contains("vælg en anden"), "{}", refused.err);
    }
    assert!(folder.files("") == before);
}

#[test]
fn a_folder_whose_own_list_is_somebody_elses_is_no_output_folder() {
    let folder = Folder::with_clean_budget();
    folder.put("ud/.sporskifte-kontrol", b"mine noter\n");
    let (input, out) = (folder.arg("in"), folder.arg("ud"));
    for command in ["check", "export"] {
        assert_refused(&folder, &[command, &input, "--out", &out], ".sporskifte-kontrol", "out", OTHER_KIND);
    }
}

#[test]
fn the_state_of_a_part_is_not_written_over_another_file() {
    let folder = Folder::with_clean_budget();
    folder.put("del/.sporskifte-tilstand", b"mine noter\n");
    let arguments = ["check", &folder.arg("in"), "--shard", "1/2", "--out", &folder.arg("del")];
    assert_refused(&folder, &arguments, ".sporskifte-tilstand", "out", OTHER_KIND);
}

#[test]
fn a_merge_keeps_the_states_of_its_parts() {
    let folder = Folder::with_clean_budget();
    let (input, part) = (folder.arg("in"), folder.arg("del"));
    assert_eq!(run(&["check", &input, "--shard", "1/1", "--out", &part]).code, 0);
    let log = folder.arg("del/.sporskifte-tilstand");
    assert_refused(
        &folder,
        &["merge", &input, "--part", &part, "--out", &folder.arg("ud"), "--log", &log],
        ".sporskifte-tilstand",
        "log",
        INPUT,
    );
}

#[test]
fn manual_pages_replace_manual_pages_only() {
    let folder = Folder::new();
    let out = folder.arg("man");
    for _ in 0..2 {
        assert_eq!(run(&["man", "--out", &out]).code, 0);
    }
    folder.put("man/sporskifte-verify.1", b"mine noter");
    assert_refused(&folder, &["man", "--out", &out], "sporskifte-verify.1", "out", OTHER_KIND);
}

#[test]
fn samples_are_written_over_samples_only() {
    let folder = Folder::new();
    folder.put("mit/README.md", b"# Mit projekt");
    folder.put("liste/forventet.jsonl", b"min egen liste");
    let before = folder.files("");
    for arguments in [vec!["samples", "--out"], vec!["samples", "--cases", "1", "--out"]] {
        for name in ["mit", "liste"] {
            let refused = run(&[&arguments[..], &[&folder.arg(name)]].concat());
            let is_free = name == "liste" && arguments.len() == 2;
            assert_eq!(refused.code, if is_free { 0 } else { 2 }, "{arguments:?} {name}");
            assert!(is_free || refused.err.contains("findes allerede"), "{}", refused.err);
            assert!(is_free || folder.files("") == before, "{arguments:?} {name}");
            fs::remove_dir_all(folder.path("liste")).unwrap();
            folder.put("liste/forventet.jsonl", b"min egen liste");
        }
    }
    let again = folder.arg("igen");
    for _ in 0..2 {
        assert_eq!(run(&["samples", "--out", &again]).code, 0);
    }
}

#[cfg(unix)]
#[test]
fn a_form_is_not_made_over_the_form_it_is_made_from_nor_over_another_kind_of_file() {
    let folder = Folder::new();
    folder.put("budget.xlsx", &clean_budget());
    folder.put("brev.docx", b"Hej");
    fs::hard_link(folder.path("budget.xlsx"), folder.path("samme.xlsx")).unwrap();
    let budget = folder.arg("budget.xlsx");
    for (name, reason) in [("samme.xlsx", INPUT), ("brev.docx", OTHER_KIND)] {
        let out = folder.arg(name);
        for command in ["upgrade", "overview"] {
            assert_refused(&folder, &[command, &budget, "--force", "--out", &out], name, "out", reason);
        }
    }
}

#[test]
fn a_refusal_is_told_in_english_too() {
    let folder = Folder::with_clean_budget();
    let log = folder.arg("in/budget.xlsx");
    let refused = run(&["check", &folder.arg("in"), "--log", &log, "--lang", "en"]);
    let words = "belongs to what is to be checked, and was not touched. Choose another place with --log.";
    assert!(refused.code == 2 && refused.err.contains(words), "{}", refused.err);
    assert_eq!(json(&[&folder.arg("in")])["summary"]["inputs"], 1);
}
