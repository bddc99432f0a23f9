//! Files that cannot be checked end in a verdict and a sentence, and disturb nobody else's result.

use std::fs;

use crate::command::support::{Folder, case, clean_budget, file, json, wrong_budget};

/// The smallest container that tells an encrypted workbook: a table sector, and a directory of three names.
fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;
    bytes[48] = 1;
    bytes[68..72].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    bytes[76..1024].fill(0xFF);
    bytes[76..80].fill(0);
    bytes[516..520].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF]);
    for (index, name) in ["Root Entry", "EncryptionInfo", "EncryptedPackage"].iter().enumerate() {
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[1024 + 128 * index..][..units.len()].copy_from_slice(&units);
    }
    bytes
}

/// Files that are no readable workbook, and a word of the sentence that says so.
fn bad_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = clean_budget();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    vec![
        ("side.xlsx", b"<!DOCTYPE html><html><body>Log ind</body></html>".to_vec(), "webside"),
        ("tal.xlsx", b"Nr.;Navn;Timer\n1;HKR;37\n2;LTO;12\n".to_vec(), "CSV"),
        ("tom.xlsx", Vec::new(), "tom"),
        ("afbrudt.xlsx", whole[..whole.len() / 2].to_vec(), "beskadiget"),
        ("skadet.xlsx", flipped, "beskadiget"),
        ("beskyttet.xlsx", encrypted(), "adgangskode"),
        (
            "regneark.xlsx",
            fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/libreoffice.xlsx")).unwrap(),
            "Stamdata",
        ),
    ]
}

#[test]
fn each_ends_in_the_verdict_not_checked_with_a_sentence_of_its_own() {
    let folder = Folder::new();
    for (name, bytes, _) in bad_files() {
        folder.put(&format!("in/{name}"), &bytes);
    }
    let report = json(&[&folder.arg("in")]);
    for (name, _, word) in bad_files() {
        assert_eq!(file(&report, name)["verdict"], "not-checked", "{name}");
        let findings: Vec<_> = report["findings"].as_array().unwrap().iter().collect();
        let own: Vec<_> = findings.iter().filter(|finding| finding["file"].as_str().unwrap().ends_with(name)).collect();
        assert_eq!(own.len(), 1, "{name}");
        let message = own[0]["message"].as_str().unwrap();
        assert!(message.contains(word), "{name}: {message}");
        assert!(!own[0]["action"].as_str().unwrap().is_empty());
    }
    assert_eq!(report["summary"]["by_verdict"]["not-checked"], bad_files().len());
}

#[test]
fn the_others_results_are_the_same_without_them() {
    let folder = Folder::new();
    folder.put("in/a/budget.xlsx", &wrong_budget());
    folder.put("in/b/budget.xlsx", &clean_budget());
    for (kind, bytes) in case("") {
        folder.put(&format!("in/c/{kind}.xlsx"), &bytes);
    }
    let alone = json(&[&folder.arg("in")]);
    for (name, bytes, _) in bad_files() {
        for place in ["a", "b", "c", ""] {
            folder.put(&format!("in/{place}/{name}"), &bytes);
        }
    }
    let together = json(&[&folder.arg("in")]);
    for before in alone["files"].as_array().unwrap() {
        let mut after = file(&together, before["file"].as_str().unwrap()).clone();
        after["case"] = before["case"].clone();
        assert_eq!(after, *before);
    }
    let findings_of_the_others: Vec<_> = together["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] != "S001" && finding["code"] != "S002")
        .collect();
    assert_eq!(findings_of_the_others, alone["findings"].as_array().unwrap().iter().collect::<Vec<_>>());
    assert_counts_agree(&together);
}

#[test]
fn every_input_ends_in_one_verdict() {
    assert_counts_agree(&json(&[&crate::command::support::samples()]));
}

fn assert_counts_agree(report: &serde_json::Value) {
    let summary = &report["summary"];
    let files = report["files"].as_array().unwrap().len();
    assert_eq!(summary["inputs"], files);
    assert_eq!(summary["verdicts"], files);
    let by_verdict = summary["by_verdict"].as_object().unwrap();
    assert_eq!(by_verdict.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), files as u64);
    let in_cases: u64 = report["cases"].as_array().unwrap().iter().map(|case| case["files"].as_u64().unwrap()).sum();
    assert_eq!(in_cases, files as u64, "every file belongs to one case");
}
