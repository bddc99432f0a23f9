//! A run divided over machines and merged is the same as one run.

use crate::nightly::support::{Night, assert_same};
use crate::support::extent;

#[test]
fn parts_merged_are_the_same_as_one_run() {
    let night = Night::with_cases(extent(40, 200));
    let whole = night.check("--out hel --letter --annotate all");
    let mut files = 0;
    for part in 1..=3 {
        let run =
            night.run(&format!("check sager --shard {part}/3 --out del{part} --letter --annotate all --format jsonl"));
        let summary: serde_json::Value = serde_json::from_str(run.out.lines().last().unwrap()).unwrap();
        assert!(summary["inputs"].as_u64().unwrap() > 20, "{summary}");
        assert_eq!(summary["shard"], format!("{part}/3"));
        files += summary["inputs"].as_u64().unwrap();
    }
    let inputs = night.files("sager").len() as u64 - 1;
    assert_eq!(files, inputs, "every file is in just one part");
    let merged = night.run("merge sager --part del1 --part del2 --part del3 --out samlet --letter --annotate all");
    assert_eq!((merged.code, merged.out), (1, whole));
    assert_same(&night.files("samlet"), &night.files("hel"));
}

#[test]
fn a_missing_part_is_made_up_for() {
    let night = Night::with_cases(20);
    let whole = night.check("--out hel");
    night.run("check sager --shard 1/2 --out del1");
    let merged = night.run("merge sager --part del1 --out samlet");
    assert_eq!(merged.out, whole);
    assert_same(&night.files("samlet"), &night.files("hel"));
}

#[test]
fn a_part_says_that_it_is_one_and_needs_a_folder() {
    let night = Night::with_cases(6);
    let run = night.run("check sager --shard 1/2 --out del1");
    assert!(run.out.contains("Kun del 1/2 af sagerne er kontrolleret"), "{}", run.out);
    assert_eq!(night.run("check sager --shard 1/2").code, 2);
    let run = night.run("check sager --shard 3/2 --out del3");
    assert_eq!((run.code, run.err.as_str()), (2, "--shard: »3/2« er ikke en del. Skriv den som DEL/DELE, fx 2/8.\n"));
    let run = night.run("merge sager --part sager --out samlet");
    assert_eq!((run.code, run.err.as_str()), (2, "sager er ikke resultatet af en del af en kørsel (--shard).\n"));
}
