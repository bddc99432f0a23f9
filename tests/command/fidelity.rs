//! Annotated copies of all samples: what the sender wrote is all there, and a check of the copy finds the same.

use serde_json::Value;

use crate::command::support::{Folder, Parts, files_below, json, parts, run, samples};

/// Parts that an annotated copy changes; besides the sheets, of which the cells stay.
const TOUCHED: [&str; 5] =
    ["[Content_Types].xml", "docProps/app.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml"];

/// Every sample that has a copy, with the copy.
fn pairs(folder: &Folder) -> Vec<(String, Parts, Parts)> {
    run(&["check", &samples(), "--out", &folder.arg("out"), "--annotate", "all"]);
    let mut copies = folder.files("out");
    let originals = files_below(samples().as_ref());
    let pair = |(name, original): (&String, &Vec<u8>)| {
        let copy = copies.remove(&name.replace(".xlsx", ".kontrolleret.xlsx"))?;
        Some((name.clone(), parts(original), parts(&copy)))
    };
    originals.iter().filter_map(pair).collect()
}

#[test]
fn what_is_not_annotated_stays_byte_for_byte() {
    let folder = Folder::new();
    let pairs = pairs(&folder);
    assert!(pairs.len() > 30, "{}", pairs.len());
    for (name, original, copy) in &pairs {
        for (part, bytes) in original {
            let is_sheet = part.starts_with("xl/worksheets/sheet");
            if is_sheet {
                assert!(sheet_data(&copy[part]) == sheet_data(bytes), "{name}: {part}");
            } else if !part.starts_with("xl/worksheets/_rels/") && !TOUCHED.contains(&part.as_str()) {
                assert!(copy[part] == *bytes, "{name}: {part}");
            }
        }
    }
}

fn sheet_data(sheet: &[u8]) -> &str {
    let text = std::str::from_utf8(sheet).unwrap();
    let start = text.find("<sheetData").unwrap();
    let end = text.find("</sheetData>").unwrap_or(start);
    &text[start..end]
}

#[test]
fn every_cell_that_was_found_is_marked_and_has_its_note() {
    let folder = Folder::new();
    run(&["check", &samples(), "--out", &folder.arg("out")]);
    let report = json(&[&samples()]);
    let copies = folder.files("out");
    for finding in report["findings"].as_array().unwrap() {
        let Some(cell) = finding["cell"].as_str() else { continue };
        let path = finding["file"].as_str().unwrap().split_once("samples/").unwrap().1;
        let copy = parts(&copies[&path.replace(".xlsx", ".kontrolleret.xlsx")]);
        let code = finding["code"].as_str().unwrap();
        let is_noted = copy.iter().filter(|(part, _)| part.contains("comments")).any(|(_, bytes)| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let note = text.split("<comment ").find(|note| note.contains(&format!("ref=\"{cell}\"")));
            note.is_some_and(|note| note.contains(&format!("sporskifte {code}")))
        });
        assert!(is_noted, "{path}: {code} in {cell}");
    }
}

#[test]
fn a_check_of_the_copies_finds_what_a_check_of_the_originals_finds() {
    let folder = Folder::new();
    run(&["check", &samples(), "--out", &folder.arg("out"), "--annotate", "all"]);
    for (name, bytes) in folder.files("out").into_iter().filter(|(name, _)| name.contains(".kontrolleret.")) {
        folder.put(&format!("in/{}", name.replace(".kontrolleret", "")), &bytes);
    }
    let of_originals = results(&json(&[&samples()]), "samples/");
    let of_copies = results(&json(&[&folder.arg("in")]), "/in/");
    assert_eq!(of_copies, of_originals);
    assert!(!of_copies.is_empty());
}

/// What was found in each file that is a form: codes, cells, values; and the amounts.
fn results(report: &Value, folder: &str) -> Vec<String> {
    let below = |value: &Value| value["file"].as_str().unwrap().split_once(folder).unwrap().1.to_owned();
    let finding = |finding: &Value| {
        let keys = ["code", "sheet", "cell", "label", "found", "expected"];
        let values: Vec<String> = keys.iter().map(|key| finding[key].to_string()).collect();
        format!("{} {}", below(finding), values.join(" "))
    };
    let form = |file: &Value| format!("{} {} {}", below(file), file["verdict"], file["packages"]);
    let findings = report["findings"].as_array().unwrap().iter().filter(|each| !each["kind"].is_null()).map(finding);
    let forms = report["files"].as_array().unwrap().iter().filter(|each| !each["kind"].is_null()).map(form);
    findings.chain(forms).collect()
}
