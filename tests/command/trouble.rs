//! What goes wrong around the files: the run goes on as far as it can, says what happened, and gives 2.

use std::io::Read as _;
use std::process::Stdio;

use crate::command::support::{
    Folder, clean_budget, file, finish, json, packed, parts, program, run, samples, wrong_budget,
};

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_reported_and_the_rest_is_checked() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    std::os::unix::fs::symlink(folder.path("in"), folder.path("in/sig-selv")).unwrap();
    let run = run(&["check", &folder.arg("in")]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("sig-selv kan ikke læses (en løkke af genveje)"), "{}", run.out);
    assert!(run.out.contains("P309"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_reported_and_the_rest_is_checked() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &clean_budget());
    std::os::unix::fs::symlink(folder.path("væk"), folder.path("in/mappe")).unwrap();
    let report = json(&[&folder.arg("in")]);
    assert_eq!(report["problems"][0]["problem"], "unreadable-folder");
    assert_eq!(report["summary"]["problems"], 1);
    assert_eq!(file(&report, "budget.xlsx")["kind"], "budget");
    let run = run(&["check", &folder.arg("in")]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("(den findes ikke)"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_folder_without_access_is_reported_and_the_rest_is_checked() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    folder.put("in/budget.xlsx", &clean_budget());
    folder.put("in/lukket/budget.xlsx", &clean_budget());
    let closed = |mode| std::fs::set_permissions(folder.path("in/lukket"), PermissionsExt::from_mode(mode)).unwrap();
    closed(0o000);
    let is_readable = std::fs::read_dir(folder.path("in/lukket")).is_ok();
    let run = run(&["check", &folder.arg("in")]);
    closed(0o755);
    if is_readable {
        eprintln!("skipped: this user (root) may read every folder");
        return;
    }
    assert_eq!(run.code, 2);
    assert!(run.out.contains("lukket kan ikke læses (der er ikke adgang til den)"), "{}", run.out);
    assert!(run.out.contains("Samlet ansøgt tilskud"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_pipe_with_the_name_of_a_workbook_does_not_hold_up_the_run() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &clean_budget());
    for name in ["in/rør.xlsx", "in/rør"] {
        assert!(std::process::Command::new("mkfifo").arg(folder.path(name)).status().unwrap().success());
    }
    for path in ["in", "in/rør"] {
        let report = json(&[&folder.arg(path)]);
        let findings = report["findings"].as_array().unwrap();
        let message = findings.iter().find(|finding| finding["code"] == "S001").unwrap()["message"].as_str().unwrap();
        assert!(message.contains("ikke en almindelig fil"), "{message}");
        assert_eq!(report["summary"]["by_verdict"]["not-checked"], 1);
    }
}

#[test]
fn an_output_folder_that_is_a_file_is_refused_before_anything_is_checked() {
    let folder = Folder::with_clean_budget();
    folder.put("out", b"fil");
    for out in ["out", "out/under"] {
        let run = run(&["check", &folder.arg("in"), "--out", &folder.arg(out)]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("kan ikke skrives: der ligger en fil, hvor mappen skulle være."), "{}", run.err);
    }
}

#[test]
fn a_copy_that_cannot_be_written_is_reported_and_the_others_are_written() {
    let folder = Folder::new();
    folder.put("in/a/budget.xlsx", &wrong_budget());
    folder.put("in/b/budget.xlsx", &wrong_budget());
    folder.put("out/a", b"fil");
    let run = run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("Filen a/budget.kontrolleret.xlsx kunne ikke skrives"), "{}", run.out);
    assert_eq!(run.out.matches("P309").count(), 2);
    assert!(folder.path("out/b/budget.kontrolleret.xlsx").is_file());
    assert!(folder.path("out/rapport.xlsx").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_gives_2_and_the_copies_are_there() {
    let folder = Folder::new();
    folder.put("in/budget.xlsx", &wrong_budget());
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program()
        .args(["check", &folder.arg("in"), "--out", &folder.arg("out")])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words, "Resultatet kan ikke skrives: der er ikke plads.\n");
    assert!(folder.path("out/budget.kontrolleret.xlsx").is_file());
    assert!(folder.path("out/rapport.xlsx").is_file());
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let mut child = program()
        .args(["check", &samples(), "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let code = child.wait().unwrap().code();
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    assert_eq!((code, words.as_str()), (Some(1), ""), "1 is for what was found");
}

#[test]
fn nothing_to_check_among_several_paths_does_not_hide_the_rest() {
    let folder = Folder::with_clean_budget();
    folder.put("tom/brev.txt", b"Hej");
    let run = finish(program().args(["check", &folder.arg("tom"), &folder.arg("in")]));
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn a_copy_that_cannot_be_made_is_told_in_words_a_caseworker_can_act_on() {
    let folder = Folder::new();
    let mut damaged = parts(&wrong_budget());
    damaged.insert("docProps/app.xml".to_owned(), b"<Properties><TitlesOfParts>".to_vec());
    folder.put("in/budget.xlsx", &packed(&damaged));
    let checked = run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    assert_eq!(checked.code, 2);
    assert!(checked.out.contains("P309"), "it is checked all the same: {}", checked.out);
    let told = checked.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("en del af regnearket er beskadiget. Åbn det i Excel, gem det"), "{told}");
    assert!(!folder.path("out/budget.kontrolleret.xlsx").exists());
    let report = json(&[&folder.arg("in"), "--out", &folder.arg("out")]);
    let problem = &report["problems"][0];
    assert_eq!(problem["problem"], "not-annotated");
    assert!(problem["detail"].as_str().unwrap().contains("docProps/app.xml"), "{problem}");
}
