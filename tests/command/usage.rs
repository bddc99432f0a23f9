//! What is said to somebody who typed something wrong: what it was, and which help tells more.

use crate::command::support::{Folder, run, samples};

#[test]
fn wrong_usage_ends_with_the_help_of_the_command_that_was_used() {
    let samples = samples();
    let cases: [(&[&str], &str); 7] = [
        (&["check", &samples, "--foo"], "sporskifte check --help"),
        (&["--jobs", "0", &samples], "sporskifte check --help"),
        (&["template", "regnskab"], "sporskifte template --help"),
        (&["--lang", "en", "rules", "--foo"], "sporskifte rules --help"),
        (&["--lang=en", "drop"], "sporskifte drop --help"),
        (&["completions"], "sporskifte completions --help"),
        (&["ikke-en-kommando"], "sporskifte --help"),
    ];
    for (arguments, help) in cases {
        let wrong = run(arguments);
        assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{arguments:?}");
        assert!(wrong.err.ends_with(&format!(": {help}\n")), "{arguments:?}: {}", wrong.err);
    }
}

#[test]
fn a_word_that_is_neither_command_nor_path_is_told_so_with_what_may_be_meant() {
    for (language, unknown, meant) in
        [("da", "ingen kommando og ingen fil", "Mente du"), ("en", "no command and no file", "Did you mean")]
    {
        let mistyped = run(&["--lang", language, "chekc", &samples()]);
        assert_eq!((mistyped.code, mistyped.out.as_str()), (2, ""));
        assert!(mistyped.err.contains(unknown) && mistyped.err.contains("chekc"), "{}", mistyped.err);
        assert!(mistyped.err.contains(meant) && mistyped.err.contains("check?"), "{}", mistyped.err);
        let missing = run(&["--lang", language, "Ansøgninger 2023/010170-0000.xlsx"]);
        assert!(missing.err.contains(unknown) && missing.err.contains("010170-****"), "{}", missing.err);
        assert!(!missing.err.contains(meant), "{}", missing.err);
    }
}

#[test]
fn of_several_paths_the_one_that_is_not_there_is_named() {
    let folder = Folder::with_clean_budget();
    let before = folder.files("");
    let wrong = run(&[&folder.arg("in"), &folder.arg("findes-ikke")]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("findes-ikke"), "{}", wrong.err);
    assert!(folder.files("") == before);
}

#[test]
fn no_arguments_at_all_give_2_and_the_help() {
    for arguments in [&[][..], &["--lang", "da"]] {
        let nothing = run(arguments);
        assert_eq!((nothing.code, nothing.out.as_str()), (2, ""));
        assert!(nothing.err.contains("sporskifte MAPPE"), "{}", nothing.err);
        for words in ["Brug:", "Kommandoer:", "  template", "Træk en mappe"] {
            assert!(nothing.err.contains(words), "{words}: {}", nothing.err);
        }
    }
}
