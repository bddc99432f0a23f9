//! What reaches a terminal: no colours where nobody sees them, and nothing that the names of files could steer it with.

use crate::command::support::{Folder, budget, finish, program, run, samples, wrong_budget};

#[test]
fn piped_output_has_no_colours_and_no_progress() {
    let piped = run(&["check", &samples()]);
    assert!(!piped.out.contains('\u{1b}'));
    assert_eq!(piped.err, "");
    for colour in ["", "1"] {
        let with_variable = finish(program().env("NO_COLOR", colour).args(["check", &samples()]));
        assert_eq!(with_variable, piped);
    }
    let forced = finish(program().env("CLICOLOR_FORCE", "1").args(["check", "--help"]));
    assert_eq!(forced.code, 0);
}

#[test]
fn errors_have_no_colours_when_piped() {
    assert!(!run(&["check", "--foo"]).err.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn names_of_files_and_folders_cannot_steer_the_terminal() {
    let folder = Folder::new();
    folder.put("in/mappe\u{1b}[2J\u{7}/budget\n\u{202e}xslx.\u{1b}]0;x\u{7}.xlsx", &wrong_budget());
    std::os::unix::fs::symlink(folder.path("væk"), folder.path("in/genvej\u{1b}[31m\u{2066}")).unwrap();
    for format in ["text", "json", "jsonl"] {
        let run = run(&["check", &folder.arg("in"), "--format", format, "--out", &folder.arg("out")]);
        assert_eq!(run.code, 2);
        assert_harmless(&run.out);
        assert!(run.out.contains("genvej"), "{}", run.out);
    }
    let missing = run(&["check", &folder.arg("fil\u{1b}[31m\u{202e}")]);
    assert_harmless(&missing.err);
}

#[test]
fn what_is_written_in_cells_and_on_tabs_cannot_steer_the_terminal() {
    let folder = Folder::new();
    let changes = "fields.\"company.name\" = \"A\\u202e/S\\u2066\"\nfields.\"case.journal\" = \"23\\u200f/1\"\n\
                   set.budget.\"packages.1.materials\" = \"5\\u202e0\\u2028\"\n\
                   rename.budget.Budget = \"Budge\\u202e\"";
    folder.put("budget.xlsx", &budget(changes));
    for format in ["text", "json", "jsonl"] {
        let run = run(&["check", &folder.arg("budget.xlsx"), "--format", format]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert_harmless(&run.out);
    }
}

fn assert_harmless(text: &str) {
    let harmful = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(text.find(harmful), None, "{text:?}");
    assert!(!text.contains("\\u001b") && !text.contains("\\u0007"), "{text}");
}
