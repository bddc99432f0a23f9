//! CPR numbers, wherever they stand and however they are written, are never repeated unmasked in anything that the
//! program writes itself: streams, reports, copies, letters, receipts, logs, states, and the names of files.
//!
//! In a copy the sender's own cells and notes stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sporskifte::workbook::{CellValue, Limits, read};

use crate::command::everything::Everything;
use crate::command::support::{Folder, Parts, budget, case, packed, parts, run};

/// Numbers that no authority gives out, each in a place of its own.
const NUMBERS: [&str; 12] = [
    "010170-0000",
    "020270-0000",
    "030370-0000",
    "040470-0000",
    "050570-0000",
    "060670-0000",
    "070770-0000",
    "080870-0000",
    "090970-0000",
    "101070-0000",
    "111170-0000",
    "121270-0000",
];

/// A budget and its overview with a CPR number in every kind of place.
fn case_with_numbers() -> Vec<(String, Vec<u8>)> {
    let changes = "fields.\"company.name\" = \"Olsen 010170-0000 ApS\"\n\
        fields.\"case.journal\" = \"23/1 020270-0000\"\n\
        fields.\"contact.email\" = \"030370-0000\"\n\
        fields.\"contact.phone\" = 301700000\n\
        set.all.\"packages.1.employee\" = \"040470-0000\"\n\
        set.budget.\"packages.2.employee\" = 101700000\n\
        set.budget.\"packages.1.new_job\" = \"Svejser 0505700000\"\n\
        set.budget.\"packages.1.materials\" = \"060670-0000\"\n\
        set.budget.\"packages.1.employment\" = \"070770 0000\"\n\
        set.budget.\"packages.1.admin.hours\" = 6\n\
        set.budget.\"support.1.nr\" = 1\n\
        set.budget.\"support.1.scheme\" = \"Ordning 080870-0000\"\n\
        rename.budget.\"Budget!L5\" = \"Gebyr 090970-0000\"\n\
        add.budget = [\"Noter\", \"Ark 101070-0000\"]\n\
        hide.budget = [\"Noter\"]\n\
        type.budget.\"Noter!A1\" = \"Ring til 111170-0000\"\n\
        type.budget.\"Ark 101070-0000!A1\" = \"121270\\n0000\"\n\
        set.overview.\"activities.1.employee\" = \"040470-0000\"\n\
        set.overview.\"activities.1.title\" = \"Kursus 050570-0000\"";
    case(changes)
        .into_iter()
        .map(|(kind, bytes)| (format!("in/Olsen 010170-0000/{kind} 0202700000.xlsx"), with_own_words(&bytes)))
        .collect()
}

/// The workbook with numbers where no field is: a name, a note of the sender on a field that is wrong, the properties.
fn with_own_words(bytes: &[u8]) -> Vec<u8> {
    const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut parts = parts(bytes);
    let mut change = |part: &str, from: &str, to: &str| {
        let xml = String::from_utf8(parts[part].clone()).unwrap();
        assert!(xml.contains(from), "{part}: {from}");
        parts.insert(part.to_owned(), xml.replacen(from, &format!("{to}{from}"), 1).into_bytes());
    };
    change("xl/workbook.xml", "<definedName ", "<definedName name=\"Nr_0101700000\">Stamdata!$A$1</definedName>");
    change("docProps/core.xml", "<dc:creator>", "<dc:title>020270-0000</dc:title>");
    let comments = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
    let own = format!("<Override PartName=\"/xl/comments1.xml\" ContentType=\"{comments}\"/>");
    change("[Content_Types].xml", "</Types>", &own);
    let note = format!(
        "<comments xmlns=\"{NAMESPACE}\"><authors><author>030370-0000</author></authors><commentList>\
         <comment ref=\"B6\" authorId=\"0\"><text><t>Se 040470-0000</t></text></comment></commentList></comments>"
    );
    let link = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{RELATIONS}/comments\" Target=\"../comments1.xml\"/></Relationships>"
    );
    parts.insert("xl/comments1.xml".to_owned(), note.into_bytes());
    parts.insert("xl/worksheets/_rels/sheet2.xml.rels".to_owned(), link.into_bytes());
    packed(&parts)
}

fn folder_with_numbers() -> Folder {
    let folder = Folder::new();
    for (name, bytes) in case_with_numbers() {
        folder.put(&name, &bytes);
    }
    folder.put("in/Olsen 010170-0000/damaged 0303700000.xlsx", b"PK\x03\x04");
    folder
}

/// How often a number of ours stands in a text with all its digits, however it is written: as it is, with another
/// separator or none, without its zero.
fn numbers_in(text: &str) -> usize {
    let spelled = NUMBERS.iter().chain(&["300170-0000"]).flat_map(|number| {
        let (day, serial) = number.split_once('-').unwrap();
        ["-", "", " ", "\n", "%20", "&#10;", "_x000A_", "–"].map(|separator| format!("{day}{separator}{serial}"))
    });
    let lost_zeros = ["101700000".to_owned(), "301700000".to_owned()];
    spelled.chain(lost_zeros).map(|number| text.matches(&number).count()).sum()
}

fn assert_masked(text: &str, what: &str) {
    assert_eq!(numbers_in(text), 0, "{what}: {text}");
}

/// The number in all spellings that stand for it, each in a cell of its own.
const SPELLINGS: [&str; 9] = [
    "\"131271-0000\"",
    "\"1312710000\"",
    "\"131271 0000\"",
    "\"131271 - 0000\"",
    "\"131271–0000\"",
    "\"131271\\u00a00000\"",
    "\"1312\\u200b71-00\\u00ad00\"",
    "1312710000",
    "\"Bo, født 131271-0000, og én til\"",
];

#[test]
fn every_spelling_is_found_and_none_is_repeated() {
    let folder = Folder::new();
    let mut changes = vec!["omit = [\"overview\", \"accounts\"]\nadd.budget = [\"Noter\"]".to_owned()];
    let typed = (1..).zip(SPELLINGS).map(|(row, spelling)| format!("type.budget.\"Noter!A{row}\" = {spelling}"));
    changes.extend(typed);
    // Numbers that are nobody's: a CVR number, an account with its bank, a day that is none.
    changes.push("type.budget.\"Noter!B1\" = \"CVR 13585628, konto 4180 0012345678, 321271-0000\"".to_owned());
    changes.push("type.budget.\"Noter!B2\" = 13585628".to_owned());
    folder.put("in/budget.xlsx", &budget(&changes.join("\n")));
    folder.put("in/gone the second night.xlsx", b"PK\x03\x04");
    let report: Value = serde_json::from_str(&run(&["check", &folder.arg("in"), "--format", "json"]).out).unwrap();
    let cells: Vec<String> = (1..=SPELLINGS.len()).map(|row| format!("A{row}")).collect();
    assert_eq!(personal_numbers(&report, "budget.xlsx"), cells.iter().map(|cell| format!("Noter!{cell}")).collect());
    let everything = Everything::about(&folder);
    for (what, bytes) in everything.0.iter().filter(|(what, _)| !what.ends_with(".kontrolleret.xlsx")) {
        assert!(!String::from_utf8_lossy(bytes).contains("131271-0"), "{what}");
    }
}

/// Where the report on a file says that CPR numbers stand.
fn personal_numbers(report: &Value, file: &str) -> BTreeSet<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let found =
        findings.filter(|finding| finding["code"] == "F109" && finding["file"].as_str().unwrap().ends_with(file));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    found.map(|finding| format!("{}!{}", text(&finding["sheet"]), text(&finding["cell"]))).collect()
}

/// Where numbers of ours stand in a workbook.
fn cells_with_numbers(bytes: &[u8]) -> BTreeSet<String> {
    let workbook = read(bytes.to_vec().into(), &Limits::default()).unwrap().workbook;
    let mut cells = BTreeSet::new();
    for sheet in &workbook.sheets {
        let holds = |value: &CellValue| match value {
            CellValue::Text(text) => numbers_in(text) > 0,
            CellValue::Number(number) => numbers_in(&number.to_string()) > 0,
            _ => false,
        };
        let name = sheet.name.replace("101070-0000", "101070-****");
        cells.extend(
            sheet.cells().iter().filter(|cell| holds(&cell.value)).map(|cell| format!("{name}!{}", cell.address)),
        );
    }
    cells
}

#[test]
fn the_report_says_where_each_number_stands() {
    let folder = folder_with_numbers();
    let report: Value = serde_json::from_str(&run(&["check", &folder.arg("in"), "--format", "json"]).out).unwrap();
    for (name, bytes) in case_with_numbers() {
        let expected = cells_with_numbers(&bytes);
        assert!(!expected.is_empty());
        let file = name.rsplit('/').next().unwrap().replace("0202700000", "020270-****");
        assert_eq!(personal_numbers(&report, &file), expected, "{name}");
    }
}

#[test]
fn reports_never_repeat_a_number() {
    let folder = folder_with_numbers();
    std::fs::create_dir_all(folder.path("in")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("væk"), folder.path("in/genvej 040470-0000")).unwrap();
    for format in ["text", "json", "jsonl", "sarif", "junit"] {
        for language in ["da", "en"] {
            let run = run(&["check", &folder.arg("in"), "--format", format, "--lang", language]);
            assert!(run.out.contains("F109") && run.out.contains("010170-****"), "{}", run.out);
            assert_masked(&run.out, format);
            assert_masked(&run.err, "stderr");
        }
    }
}

#[test]
fn messages_about_paths_never_repeat_a_number() {
    let folder = Folder::with_clean_budget();
    folder.put("010170-0000/fil", b"x");
    for arguments in [
        vec!["check".to_owned(), folder.arg("020270-0000")],
        vec!["check".to_owned(), folder.arg("in"), "--out".to_owned(), folder.arg("010170-0000/fil")],
        vec!["check".to_owned(), folder.arg("in"), "--parameters".to_owned(), folder.arg("010170-0000/fil")],
        vec!["check".to_owned(), "--010170-0000".to_owned()],
    ] {
        let run = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(run.code, 2);
        assert!(run.err.contains("-****"), "{}", run.err);
        assert_masked(&run.err, "stderr");
    }
}

#[test]
fn nothing_that_is_written_repeats_a_number() {
    let folder = folder_with_numbers();
    let waiver = "[[waiver]]\njournal = \"23/1 020270-0000\"\ncode = \"P309\"\nreason = \"aftalt med 030370-0000\"\n\
                  who = \"040470 0000\"\nuntil = \"2023-12-31\"\n";
    folder.put("sporskifte.toml", waiver.as_bytes());
    let inputs: Vec<Parts> = case_with_numbers().iter().map(|(_, bytes)| parts(bytes)).collect();
    let in_inputs: usize = inputs.iter().flatten().map(|(_, bytes)| numbers_in(&String::from_utf8_lossy(bytes))).sum();
    assert!(in_inputs > 30, "what is looked for can be found: {in_inputs}");
    let everything = Everything::about(&folder);
    let mut seen = BTreeMap::new();
    for (what, bytes) in &everything.0 {
        assert_masked(what, "its name");
        let kind = what.rsplit(['.', ':', '/']).next().unwrap().to_owned();
        *seen.entry(kind).or_insert(0) += 1;
        if !bytes.starts_with(b"PK") {
            assert_masked(&String::from_utf8_lossy(bytes), what);
            continue;
        }
        let package = parts(bytes);
        let own = inputs.iter().find(|input| package.get("xl/sharedStrings.xml") == input.get("xl/sharedStrings.xml"));
        assert_eq!(own.is_some(), what.contains(".kontrolleret."), "{what}");
        for (part, bytes) in &package {
            // What the sender wrote stays, and stands there as often as before.
            let before = own.and_then(|own| own.get(part)).map(|bytes| numbers_in(&String::from_utf8_lossy(bytes)));
            let now = String::from_utf8_lossy(bytes);
            assert_eq!(numbers_in(&now), before.unwrap_or_default(), "{what}, {part}: {now}");
        }
    }
    for kind in [" out", " err", "xlsx", "html", "json", "txt", "log", "state", ".sporskifte-tilstand"] {
        let kind = kind.trim_start_matches('.');
        assert!(seen.contains_key(kind), "{kind} was written: {seen:?}");
    }
    let text = everything.printed("check --format text --lang da");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("aftalt med 030370-**** (040470-****). 1 fund er sat til side."), "{text}");
    for (name, bytes) in everything.ending("rapport.html").filter(|(name, _)| name.starts_with("out")) {
        assert!(String::from_utf8_lossy(bytes).contains("010170-****"), "{name} tells the case, masked");
    }
}

#[test]
fn the_senders_cells_and_notes_stay_as_they_were() {
    let folder = folder_with_numbers();
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    let copies = folder.files("out");
    let copy = parts(&copies["Olsen 010170-xxxx/budget 020270-xxxx.kontrolleret.xlsx"]);
    let text = |part: &str| String::from_utf8(copy[part].clone()).unwrap();
    assert!(text("xl/sharedStrings.xml").contains("040470-0000"));
    assert!(
        text("xl/comments1.xml").contains("Se 040470-0000") && text("xl/comments1.xml").contains("sporskifte F109")
    );
}

#[test]
fn names_of_files_keep_the_p_number_of_the_form() {
    let folder = Folder::new();
    let wrong = "fields.\"company.p_number\" = \"1010170000\"\nset.budget.\"packages.1.admin.hours\" = 6\n";
    folder.put("in/1010170000/budget.xlsx", &budget(wrong));
    folder.put("in/1010180000/budget.xlsx", &budget("set.budget.\"packages.1.admin.hours\" = 6"));
    run(&["check", &folder.arg("in"), "--out", &folder.arg("out")]);
    let names: Vec<String> = folder.files("out").into_keys().filter(|name| name.contains('/')).collect();
    assert_eq!(names, ["1010170000/budget.kontrolleret.xlsx", "101018-xxxx/budget.kontrolleret.xlsx"]);
}

#[test]
fn a_p_number_is_no_personal_number() {
    let folder = Folder::new();
    folder.put("1010170000/budget.xlsx", &budget("fields.\"company.p_number\" = \"1010170000\""));
    let run = run(&["check", &folder.arg("1010170000"), "--format", "jsonl"]);
    assert!(!run.out.contains("F109"), "{}", run.out);
    assert!(run.out.contains("/1010170000/budget.xlsx"), "its folder may be called so: {}", run.out);
}
