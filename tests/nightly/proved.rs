//! The receipt of a run, and what verify says of it.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::nightly::support::Night;
use crate::support::extent;

fn receipt(night: &Night) -> Value {
    serde_json::from_slice(&fs::read(night.path("nat/kvittering.json")).unwrap()).unwrap()
}

#[test]
fn a_receipt_names_every_input_and_every_output_and_its_counts_agree() {
    let night = Night::with_cases(30);
    night.check("--out nat --letter");
    let receipt = receipt(&night);
    let paths = |list: &str| -> BTreeSet<String> {
        receipt[list].as_array().unwrap().iter().map(|each| each["path"].as_str().unwrap().to_owned()).collect()
    };
    let inputs: BTreeSet<String> = night.files("sager").into_keys().map(|name| format!("sager/{name}")).collect();
    let without_list: BTreeSet<String> = inputs.into_iter().filter(|name| !name.ends_with("forventet.jsonl")).collect();
    assert_eq!(paths("inputs"), without_list);
    let outputs = night.files("nat").into_keys();
    let named = outputs.filter(|name| name != "kvittering.json" && name != ".sporskifte-kontrol").collect();
    assert_eq!(paths("outputs"), named);
    let counts = &receipt["counts"];
    let by_verdict: u64 = counts["by_verdict"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    for count in [&counts["inputs"], &counts["verdicts"]] {
        assert_eq!(count.as_u64(), Some(by_verdict));
    }
    assert_eq!(counts["inputs"].as_u64(), Some(without_list.len() as u64));
    assert_eq!(counts["outputs"].as_u64(), Some(paths("outputs").len() as u64));
    assert_eq!(receipt["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn verify_says_what_was_changed_since_and_replay_that_the_verdicts_come_out_again() {
    let night = Night::with_cases(extent(40, 200));
    night.check("--out nat");
    let verified = night.run("verify nat/kvittering.json --replay");
    assert_eq!((verified.code, verified.err.as_str()), (0, ""));
    assert!(verified.out.contains("resultaterne er de samme"), "{}", verified.out);
    let budget = night.some_budget();
    let whole = fs::read(&budget).unwrap();
    fs::write(&budget, &whole[..100]).unwrap();
    fs::write(night.path("sager/ny.xlsx"), "").unwrap();
    fs::write(night.path("nat/rapport.xlsx"), "rettet").unwrap();
    let verified = night.run("verify nat/kvittering.json");
    assert_eq!(verified.code, 1);
    let name = budget.strip_prefix(night.path("")).unwrap().to_str().unwrap();
    assert!(
        verified.out.contains(&format!("{name}: er ikke, som den var, da den blev kontrolleret")),
        "{}",
        verified.out
    );
    assert!(verified.out.contains("sager/ny.xlsx: er ikke i kvitteringen"), "{}", verified.out);
    assert!(verified.out.contains("rapport.xlsx: er ikke, som den blev skrevet"), "{}", verified.out);
    let replayed = night.run("verify nat/kvittering.json --replay");
    assert!(replayed.out.contains("men er nu »Ikke kontrolleret«"), "{}", replayed.out);
    fs::remove_file(&budget).unwrap();
    assert!(night.run("verify nat/kvittering.json").out.contains("blev kontrolleret, men er der ikke"));
}

#[test]
fn a_replay_by_other_rules_says_so() {
    let night = Night::with_cases(10);
    night.check("--out nat --rules-date 2023-06-01");
    // The rules of the receipt's date are used without being asked for.
    assert_eq!(night.run("verify nat/kvittering.json --replay").code, 0);
    let other = night.run("verify nat/kvittering.json --replay --rules-date 2019-06-01");
    assert_eq!(other.code, 1);
    assert!(other.out.contains("andre regler, tal eller valg"), "{}", other.out);
}

#[test]
fn what_is_no_receipt_is_refused() {
    let night = Night::with_cases(1);
    fs::write(night.path("brev.json"), "{\"format\": \"noget andet\"}").unwrap();
    for name in ["brev.json", "sager/forventet.jsonl"] {
        let run = night.run(&format!("verify {name}"));
        assert_eq!((run.code, run.err), (2, format!("{name} er ikke en kvittering fra sporskifte.\n")));
    }
    assert_eq!(night.run("verify findes-ikke.json").code, 2);
}

#[test]
fn the_log_tells_beginning_and_end_and_what_was_not_checked() {
    let night = Night::with_cases(4);
    fs::write(night.path("sager/ødelagt.xlsx"), "ikke et regneark").unwrap();
    let run = night.run("check sager --log log.jsonl");
    let log = fs::read_to_string(night.path("log.jsonl")).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((events[0], events[events.len() - 1]), ("start", "end"));
    let not_checked = lines.iter().find(|line| line["file"] == "sager/ødelagt.xlsx").unwrap();
    assert_eq!(not_checked["event"], "not-checked");
    assert_eq!(lines[lines.len() - 1]["exit_code"].as_i64(), Some(i64::from(run.code)));
    night.run("check findes-ikke --log log.jsonl");
    let log = fs::read_to_string(night.path("log.jsonl")).unwrap();
    assert!(log.lines().last().unwrap().contains("\"event\":\"failed\""), "{log}");
}
