//! B703: two workbooks of one kind for one case, or one file twice.

use crate::case::Facts;
use crate::finding::{Argument, Finding, Severity};
use crate::form::FormKind;
use crate::intake::FileHash;
use crate::language::Text;
use crate::rules::{ALL_FORMS, Check, Rule, RunFinding, RunSubject, form_says};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    code: "B703",
    name: "case-twice",
    severity: Severity::Warning,
    kinds: ALL_FORMS,
    sources: &[form_says("En sag har ét budget, én kursusoversigt og ét slutregnskab.")],
    parameters: &[],
    title: Text::new("Filen er der to gange", "The file is there twice"),
    message: Text::new("{problem} {other}.", "{problem} {other}."),
    action: Text::new(
        "Behold den fil, der gælder, og slet den anden.",
        "Keep the file that counts and delete the other.",
    ),
    check: Check::Run(check),
};

fn check(subject: &RunSubject<'_>) -> Vec<RunFinding> {
    let mut by_hash: BTreeMap<&FileHash, &Facts> = BTreeMap::new();
    let mut by_form: BTreeMap<(&str, FormKind), &Facts> = BTreeMap::new();
    let mut findings = Vec::new();
    for ((index, facts), hash) in subject.facts.iter().zip(subject.hashes) {
        let same_content = by_hash.get(hash).map(|first| (SAME_CONTENT, *first));
        let same_form = || by_form.get(&(facts.case.as_ref(), facts.kind)).map(|first| (SAME_FORM, *first));
        if let Some((problem, first)) = same_content.or_else(same_form) {
            findings.push(RunFinding { file: *index, finding: finding(problem, first) });
        }
        by_hash.entry(hash).or_insert(facts);
        by_form.entry((facts.case.as_ref(), facts.kind)).or_insert(facts);
    }
    findings
}

const SAME_CONTENT: Text = Text::new("Filens indhold er det samme som i", "The file's content is the same as that of");
const SAME_FORM: Text = Text::new(
    "Sagen har den samme skabelon to gange; sagens beløb er fra den første,",
    "The case has the same form twice; the case's amounts are from the first,",
);

fn finding(problem: Text, first: &Facts) -> Finding {
    let finding = Finding::on_file(&RULE).with("problem", Argument::Words(problem));
    finding.with("other", Argument::Submitted(first.file.to_string()))
}
