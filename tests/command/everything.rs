//! Everything that the program writes about a folder `in`: each command and each format, what is printed and what is
//! left in files.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::command::support::{Folder, run};

/// What was written, by what it is called: `check --format json: out`, `out/rapport.html`.
pub(crate) struct Everything(pub(crate) BTreeMap<String, Vec<u8>>);

impl Everything {
    /// Runs everything; what lies in `in` changes a little between two nights, so that there is something new.
    pub(crate) fn about(folder: &Folder) -> Self {
        let mut everything = Self(BTreeMap::new());
        everything.reports(folder);
        everything.nights(folder);
        everything.parts(folder);
        for name in ["out", "out2", "part1", "part2", "merged"] {
            let files = folder.files(name);
            let names: Vec<&str> = files.keys().map(String::as_str).collect();
            everything.0.insert(format!("the names in {name}"), names.join("\n").into_bytes());
            everything.0.extend(files.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        }
        everything.0.extend(folder.files("kept").into_iter().map(|(file, bytes)| (format!("kept/{file}"), bytes)));
        everything
    }

    /// What was written under names with such an ending.
    pub(crate) fn ending(&self, ending: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let all = self.0.iter().filter(move |(name, _)| name.ends_with(ending));
        all.map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// What a command printed.
    pub(crate) fn printed(&self, command: &str) -> &str {
        std::str::from_utf8(&self.0[&format!("{command}: out")]).unwrap()
    }

    fn run(&mut self, name: &str, arguments: &[&str]) -> String {
        let run = run(arguments);
        assert!(run.code < 2 || name.starts_with("wrong"), "{name}: {}", run.err);
        self.0.insert(format!("{name}: out"), run.out.clone().into_bytes());
        self.0.insert(format!("{name}: err"), run.err.into_bytes());
        run.out
    }

    fn reports(&mut self, folder: &Folder) {
        let inputs = folder.arg("in");
        for (format, language) in
            [("text", "da"), ("text", "en"), ("json", "da"), ("jsonl", "da"), ("sarif", "da"), ("junit", "da")]
        {
            let name = format!("check --format {format} --lang {language}");
            self.run(&name, &["check", &inputs, "--format", format, "--lang", language]);
        }
        for format in ["text", "jsonl"] {
            let dates = ["--rules-date", "2023-06-01", "--rules-date", "2024-06-01"];
            self.run(
                &format!("compare --format {format}"),
                &[&["compare", "--format", format], &dates[..], &[&inputs]].concat(),
            );
        }
    }

    /// Two nights with a state, all that they leave, and what asks for it afterwards.
    fn nights(&mut self, folder: &Folder) {
        let (inputs, state) = (folder.arg("in"), folder.arg("kept/state"));
        folder.put("kept/made", b"");
        let night = |out: &str| {
            [
                "check",
                &inputs,
                "--out",
                &folder.arg(out),
                "--annotate",
                "all",
                "--letter",
                "--state",
                &state,
                "--log",
                &folder.arg("kept/log"),
            ]
            .map(str::to_owned)
        };
        let first = night("out");
        self.run("the first night", &first.each_ref().map(String::as_str));
        self.run("verify", &["verify", &folder.arg("out/kvittering.json"), &inputs]);
        self.run("verify --replay", &["verify", &folder.arg("out/kvittering.json"), "--replay", &inputs]);
        let last = folder.files("in").into_keys().next_back().unwrap();
        std::fs::remove_file(folder.path("in").join(last)).unwrap();
        self.run("verify what has changed", &["verify", &folder.arg("out/kvittering.json"), &inputs]);
        let second = night("out2");
        self.run("the second night", &second.each_ref().map(String::as_str));
        let report: Value = serde_json::from_str(self.printed("check --format json --lang da")).unwrap();
        for (number, case) in report["cases"].as_array().unwrap().iter().enumerate() {
            let case = case["case"].as_str().unwrap();
            self.run(&format!("history {number}"), &["history", "--state", &state, "--", case]);
        }
    }

    fn parts(&mut self, folder: &Folder) {
        let (inputs, parts) = (folder.arg("in"), ["part1", "part2"].map(|part| folder.arg(part)));
        for (part, shard) in parts.iter().zip(["1/2", "2/2"]) {
            self.run(&format!("check --shard {shard}"), &["check", &inputs, "--shard", shard, "--out", part]);
        }
        let [one, two] = &parts;
        self.run("merge", &["merge", &inputs, "--part", one, "--part", two, "--out", &folder.arg("merged")]);
    }
}
