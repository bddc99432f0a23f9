//! What makes the program at home in a system: completions for each shell, and manual pages.

use std::process::{Command, Stdio};

use crate::command::support::{Folder, run};

/// Every command, as the program's own help lists them.
fn commands() -> Vec<String> {
    let help = run(&["--help", "--lang", "en"]).out;
    let listed = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> = names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(names.len() > 14 && names.contains(&"check".to_owned()), "{names:?}");
    names
}

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

#[test]
fn completions_of_each_shell_name_every_command_and_its_options() {
    let commands = commands();
    for shell in SHELLS {
        let script = run(&["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (0, ""), "{shell}");
        for command in &commands {
            assert!(script.out.contains(command.as_str()), "{command} in the completions for {shell}");
        }
        for option in ["fail-on", "annotate", "grant-date"] {
            assert!(script.out.contains(option), "{option} in the completions for {shell}");
        }
    }
}

#[test]
fn completions_explain_in_the_language_asked_for() {
    for (language, words) in [("da", "Lav en tom skabelon"), ("en", "Make a blank form")] {
        for shell in ["zsh", "fish", "powershell", "elvish"] {
            assert!(run(&["completions", shell, "--lang", language]).out.contains(words), "{shell} in {language}");
        }
    }
}

#[test]
fn the_shells_that_are_here_can_read_their_completions() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let mut reader = Command::new(shell);
        reader.arg("-n").arg(folder.path(shell)).stdin(Stdio::null());
        folder.put(shell, run(&["completions", shell]).out.as_bytes());
        match reader.output() {
            Ok(read) => assert!(read.status.success(), "{shell}: {}", String::from_utf8_lossy(&read.stderr)),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{shell}"),
        }
    }
}

#[test]
fn a_shell_that_is_not_known_is_told_which_are() {
    let wrong = run(&["completions", "cmd"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(SHELLS.iter().all(|shell| wrong.err.contains(shell)), "{}", wrong.err);
}

#[test]
fn the_program_and_every_command_have_a_manual_page() {
    let folder = Folder::new();
    let told = run(&["man", "--out", &folder.arg("man")]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    let pages = folder.files("man");
    assert_eq!(pages.len(), 1 + commands().len());
    assert!(told.out.starts_with(&format!("{} manualsider", pages.len())), "{}", told.out);
    let program = String::from_utf8(pages["sporskifte.1"].clone()).unwrap();
    for command in commands() {
        let page = String::from_utf8(pages[&format!("sporskifte-{command}.1")].clone()).unwrap();
        for heading in [".SH NAME\n", ".SH SYNOPSIS\n", ".SH BESKRIVELSE\n", ".SH VALG\n"] {
            assert!(page.contains(heading), "{heading} in the page about {command}: {page}");
        }
        let listed = format!("sporskifte-{command}(1)").replace('-', "\\-");
        assert!(program.contains(&listed), "{listed} in {program}");
    }
    let check = String::from_utf8(pages["sporskifte-check.1"].clone()).unwrap();
    assert!(check.contains(".SH AFSLUTNINGSKODER\n"), "{check}");
}

#[test]
fn manual_pages_are_in_the_language_asked_for_and_the_same_each_time() {
    let folder = Folder::new();
    for (language, out) in [("da", "da"), ("en", "en"), ("en", "again")] {
        assert_eq!(run(&["man", "--out", &folder.arg(out), "--lang", language]).code, 0);
    }
    assert_eq!(folder.files("en"), folder.files("again"));
    let page = |folder_name: &str| String::from_utf8(folder.files(folder_name)["sporskifte-check.1"].clone()).unwrap();
    for (language, words, other) in
        [("en", ".SH \"EXIT CODES\"\n", "Kontrollér"), ("da", "Kontrollér", "Check workbooks")]
    {
        assert!(page(language).contains(words) && !page(language).contains(other), "{language}: {}", page(language));
    }
}
