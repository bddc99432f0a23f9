//! Files in place of the built-in figures, forms and industries; and broken ones, refused before anything is checked.

use crate::command::support::{Folder, codes, file, json, run};

const PARAMETERS: &str = include_str!("../../parameters/parameters.toml");
const INDUSTRIES: &str = include_str!("../../parameters/industries.csv");
const BUDGET: &str = include_str!("../../templates/budget.toml");

#[test]
fn a_changed_cap_is_used() {
    let folder = Folder::new();
    folder.put_application("in", "");
    let cap = "key = \"hourly_wage_cap\"";
    let (before, after) = PARAMETERS.split_once(cap).unwrap();
    let changed = format!("{before}{cap}{}", after.replacen("value = \"260\"", "value = \"200\"", 1));
    folder.put("satser.toml", changed.as_bytes());
    let path = folder.arg("in");
    let amount = |report: &serde_json::Value| file(report, "budget.xlsx")["packages"][0]["recalculated"].clone();
    let built_in = json(&[&path]);
    let changed = json(&[&path, "--parameters", &folder.arg("satser.toml")]);
    assert_eq!(codes(&built_in), [""; 0]);
    assert!(codes(&changed).contains(&"P301"), "{:?}", codes(&changed));
    assert_ne!(amount(&built_in), amount(&changed));
}

#[test]
fn a_form_with_other_labels_is_read_by_its_layout() {
    let folder = Folder::new();
    let others = "rename.budget.\"Stamdata!A2\" = \"Skabelon: star-budget 7\"\n\
                  rename.budget.\"Budget!U5\" = \"Timer brugt på papirarbejde\"\n\
                  rename.budget.\"Stamdata!A6\" = \"Virksomhedens registrering\"\n\
                  set.budget.\"packages.1.admin.hours\" = 6";
    folder.put_application("in", others);
    let layout = BUDGET
        .replace("template = \"sporskifte-budget\"", "template = \"star-budget\"")
        .replace("version = 1", "version = 7")
        .replace("label = \"Administration: timer\"", "label = \"Timer brugt på papirarbejde\"")
        .replace("label = \"CVR-nummer\"", "label = \"Virksomhedens registrering\"");
    folder.put("star.toml", layout.as_bytes());
    let path = folder.arg("in");
    assert!(codes(&json(&[&path])).contains(&"S004"));
    let report = json(&[&path, "--layout", &folder.arg("star.toml")]);
    assert_eq!(codes(&report), ["P309"]);
    assert_eq!(report["findings"][0]["label"], "Timer brugt på papirarbejde");
}

#[test]
fn a_list_with_one_more_industry_is_used() {
    let folder = Folder::new();
    folder.put_application("in", "fields.\"company.industry\" = \"279000\"");
    folder.put("brancher.csv", format!("{INDUSTRIES}279000,Elektrisk udstyr,yes,brev\n").as_bytes());
    let path = folder.arg("in");
    assert!(codes(&json(&[&path])).contains(&"V202"));
    assert_eq!(codes(&json(&[&path, "--industries", &folder.arg("brancher.csv")])), [""; 0]);
}

#[test]
fn a_broken_file_is_named_and_explained_before_anything_is_checked() {
    let folder = Folder::with_clean_budget();
    let twice = BUDGET.replace("key = \"admin.rate\"", "key = \"admin.hours\"");
    let missing = PARAMETERS.replace("\"answer_weeks\"", "\"answer_days\"");
    let negative = PARAMETERS.replacen("value = \"260\"", "value = \"-260\"", 1);
    let cases: [(&str, &str, &str, &str); 8] = [
        ("parameters", "kode\nb", "linje 1", "line 1"),
        ("parameters", &missing, "answer_days", "answer_days"),
        ("parameters", &negative, "hourly_wage_cap", "between 0 and"),
        ("layout", "kind = \"budget\"\n[[sheet]]\nfarve = 1\n", "linje", "line"),
        ("layout", &twice, "nøglen admin.hours står to gange på arket Budget", "stands twice on the sheet"),
        ("industries", "kode;navn\n", "linje 1 skal være code,title,eligible,source", "line 1 must be"),
        ("industries", "code,title,eligible,source\n31100,x,ja,y\n", "linje 2", "line 2"),
        ("industries", "code,title,eligible,source\n331100,x,ja,y\n331100,x,nej,y\n", "linje 3", "line 3"),
    ];
    for (option, text, da, en) in cases {
        folder.put("indstillinger.fil", text.as_bytes());
        for (language, words) in [("da", da), ("en", en)] {
            let option = format!("--{option}");
            let file = folder.arg("indstillinger.fil");
            let run =
                run(&["check", &folder.arg("in"), &option, &file, "--lang", language, "--out", &folder.arg("out")]);
            assert_eq!((run.code, run.out.as_str()), (2, ""), "{option}");
            assert!(run.err.contains("indstillinger.fil") && run.err.contains(words), "{option}: {}", run.err);
            assert!(!folder.path("out").exists(), "{option}");
        }
    }
}

#[test]
fn a_file_that_is_missing_or_no_text_is_named() {
    let folder = Folder::with_clean_budget();
    folder.put("latin1.csv", b"code,title,eligible,source\n331100,V\xE6rksted,ja,y\n");
    for option in ["--parameters", "--layout", "--industries"] {
        for (name, words) in [("findes-ikke", "den findes ikke"), ("latin1.csv", "ikke gemt som UTF-8")] {
            let run = run(&["check", &folder.arg("in"), option, &folder.arg(name)]);
            assert_eq!((run.code, run.out.as_str()), (2, ""));
            assert!(run.err.contains(name) && run.err.contains(words), "{}", run.err);
        }
    }
}
