//! P326: package numbers repeat or have gaps.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::finding::{Argument, Finding, Severity};
use crate::form::Origin;
use crate::language::Text;
use crate::rules::{BUDGET_AND_ACCOUNTS, CaseSubject, Check, Rule, form_says};

/// The rule.
pub static RULE: Rule = Rule {
    code: "P326",
    name: "numbers-not-consecutive",
    severity: Severity::Warning,
    kinds: BUDGET_AND_ACCOUNTS,
    sources: &[form_says("Nr.: pakkens nummer, 1, 2, 3 …")],
    parameters: &[],
    title: Text::new("Pakkernes numre springer", "The packages' numbers are not consecutive"),
    message: Text::new("Pakken har nr. {found}, men {problem}.", "The package has number {found}, but {problem}."),
    action: Text::new(
        "Nummerér pakkerne 1, 2, 3 … uden huller og gentagelser, og brug de samme numre i kursusoversigten.",
        "Number the packages 1, 2, 3 … without gaps and repetitions, and use the same numbers in the course overview.",
    ),
    check: Check::Case(check),
};

const REPEATED: Text = Text::new("flere pakker har det nummer: {}", "several packages have it: {}");
const GAP: Text = Text::new("ingen pakke har nr. {}", "no package has number {}");
const BEGINNING: Text = Text::new("numrene begynder med {}", "the numbers begin with {}");

/// The packages of each number, lowest first.
type Numbered<'a> = BTreeMap<Decimal, Vec<&'a Origin>>;

/// Numbers in another order are none of it: rows may be sorted by name.
fn check(subject: &CaseSubject<'_>) -> Vec<Finding> {
    let packages = &subject.document.packages;
    let mut numbered = Numbered::new();
    for (number, origin) in packages.iter().filter_map(|package| package.number.located()) {
        numbered.entry(*number).or_default().push(origin);
    }
    let free = lowest_free(&numbered);
    let repeated: Vec<Finding> = numbered.iter().filter_map(|(number, at)| repeated(*number, at, free)).collect();
    if !repeated.is_empty() {
        return repeated;
    }
    // A number that is missing or unreadable has its own finding, and may be the one that is not there.
    let unknown = packages.len() - numbered.len();
    let is_known =
        |(number, _): &(&Decimal, &Vec<&Origin>)| **number > free + Decimal::from(unknown) || **number < Decimal::ONE;
    numbered.iter().find(is_known).and_then(|(number, at)| Some(gap(*number, at.first()?, free))).into_iter().collect()
}

/// The lowest number from one on that no package has.
fn lowest_free(numbered: &Numbered<'_>) -> Decimal {
    let mut free = Decimal::ONE;
    while numbered.contains_key(&free) {
        free += Decimal::ONE;
    }
    free
}

/// Reported at the second of the packages, with all others: a copied row stands below the one it was made of.
fn repeated(number: Decimal, at: &[&Origin], free: Decimal) -> Option<Finding> {
    let [first, second, rest @ ..] = at else { return None };
    let finding = Finding::at(&RULE, *second).and_at(*first).found(Argument::Number(number));
    let finding = rest.iter().fold(finding, |finding, origin| finding.and_at(*origin));
    let cells = Argument::Cells(at.iter().map(|origin| origin.cell).collect());
    Some(finding.expected(Argument::Number(free)).with("problem", Argument::Sentence(REPEATED, Box::new(cells))))
}

fn gap(number: Decimal, at: &Origin, free: Decimal) -> Finding {
    let problem =
        if number < Decimal::ONE { Argument::Phrase(BEGINNING, Decimal::ONE) } else { Argument::Phrase(GAP, free) };
    Finding::at(&RULE, at).found(Argument::Number(number)).expected(Argument::Number(free)).with("problem", problem)
}
