//! A802: declared Ja with no line, or Nej with lines.

use crate::finding::{Argument, Finding, Severity};
use crate::language::Text;
use crate::rules::{BUDGET, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "A802",
    name: "support-declared-not-listed",
    severity: Severity::Warning,
    kinds: BUDGET,
    sources: &[form_says(
        "Modtager I anden offentlig støtte til de samme udgifter? Hvis Ja: skriv støtten på arket Anden støtte.",
    )],
    parameters: &[],
    title: Text::new("Oplysningen om anden støtte passer ikke", "The declaration on other support does not fit"),
    message: Text::new(
        "Det er oplyst: {found}. På arket Anden støtte er der {lines} linjer.",
        "The declaration says {found}. The sheet Anden støtte has {lines} lines.",
    ),
    action: Text::new(
        "Ret svaret, eller ret linjerne på arket Anden støtte.",
        "Correct the answer, or the lines on the sheet Anden støtte.",
    ),
    check: Check::Case(check),
};

fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let document = subject.document;
    let Some((declared, origin)) = document.master.other_support.located() else { return Vec::new() };
    let lines = document.support.len();
    let word = if *declared { Text::new("Ja", "Ja") } else { Text::new("Nej", "Nej") };
    let finding = || {
        let finding = Finding::at(&RULE, origin).found(Argument::Words(word));
        finding.with("lines", Argument::Number(lines.into()))
    };
    let differs = document.form.table("support").is_some() && *declared == (lines == 0);
    differs.then(finding).into_iter().collect()
}
