//! What two runs over the same files say of a case, where they were made by different rules.

use std::collections::BTreeSet;
use std::io::{self, Write};

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::model::{CaseReport, Claim};
use crate::finding::Verdict;
use crate::language::{Language, Text};
use crate::rules;

/// What becomes of one case by other rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseComparison {
    /// The case.
    pub case: String,
    /// The company's name.
    pub company: Option<String>,
    /// The verdict by the first rules, and by the second.
    pub verdicts: [Verdict; 2],
    /// The recalculated grant in kroner.
    pub grants: [Option<Decimal>; 2],
    /// The recalculated payout in kroner.
    pub payouts: [Option<Decimal>; 2],
    /// The codes of rules that find something by the first rules only, and by the second only.
    pub only: [BTreeSet<&'static str>; 2],
}

impl CaseComparison {
    /// Compares a case with itself by other rules.
    pub fn of(first: &CaseReport, second: &CaseReport) -> Self {
        let codes = |case: &CaseReport| case.findings().map(|finding| finding.rule.code).collect::<BTreeSet<_>>();
        let (a, b) = (codes(first), codes(second));
        let both = |claim: fn(&CaseReport) -> Claim| [claim(first).recalculated, claim(second).recalculated];
        Self {
            case: first.id.clone(),
            company: first.company.clone(),
            verdicts: [first.verdict, second.verdict],
            grants: both(|case| case.grant),
            payouts: both(|case| case.payout),
            only: [a.difference(&b).copied().collect(), b.difference(&a).copied().collect()],
        }
    }

    /// Whether the verdict, an amount or a rule that finds something is another.
    pub fn differs(&self) -> bool {
        let same = |amounts: [Option<Decimal>; 2]| amounts[0] == amounts[1];
        let is_same_verdict = self.verdicts[0] == self.verdicts[1];
        let is_same_rules = self.only.iter().all(BTreeSet::is_empty);
        !(is_same_verdict && same(self.grants) && same(self.payouts) && is_same_rules)
    }

    /// As an object for programs.
    pub fn json(&self) -> Value {
        let amounts = |amounts: [Option<Decimal>; 2]| amounts.map(super::json::amount);
        json!({
            "type": "comparison",
            "case": self.case,
            "company": self.company,
            "verdicts": self.verdicts,
            "grants": amounts(self.grants),
            "payouts": amounts(self.payouts),
            "only_first": self.only[0],
            "only_second": self.only[1],
        })
    }

    /// Writes it for people.
    pub fn write(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        let t = |da, en| Text::new(da, en).get(language);
        let company = self.company.as_deref().map(|company| format!(" · {company}")).unwrap_or_default();
        let [first, second] = self.verdicts.map(|verdict| verdict.word().get(language));
        let verdict = if first == second { first.to_owned() } else { format!("{first} → {second}") };
        writeln!(out, "{} {}{company}: {verdict}", t("Sag", "Case"), self.case)?;
        for (word, amounts) in [(t("Tilskud", "Grant"), self.grants), (t("Udbetaling", "Payout"), self.payouts)] {
            if amounts[0] != amounts[1] {
                writeln!(out, "  {word}: {}", change_in_words(amounts, language))?;
            }
        }
        let headings = [
            t("Kun med de første regler", "By the first rules only"),
            t("Kun med de andre regler", "By the second rules only"),
        ];
        for (heading, codes) in headings.into_iter().zip(&self.only) {
            for code in codes {
                let title = rules::find(code).map(|rule| rule.title.get(language)).unwrap_or_default();
                writeln!(out, "  {heading}: {code} {title}")?;
            }
        }
        Ok(())
    }
}

/// `64.389,32 → 60.000,00 (-4.389,32)`.
pub(super) fn change_in_words([before, after]: [Option<Decimal>; 2], language: Language) -> String {
    let unknown = Text::new("ukendt", "unknown").get(language);
    let show = |amount: Option<Decimal>| amount.map_or_else(|| unknown.to_owned(), |amount| language.amount(amount));
    let difference = before.zip(after).map(|(before, after)| format!(" ({})", language.amount(after - before)));
    format!("{} → {}{}", show(before), show(after), difference.unwrap_or_default())
}

/// What becomes of all cases together.
#[derive(Debug, Clone, Default)]
pub struct ComparisonTotals {
    cases: usize,
    differing: usize,
    other_verdict: usize,
    grants: [Decimal; 2],
}

impl ComparisonTotals {
    /// Adds a case.
    pub fn add(&mut self, case: &CaseComparison) {
        self.cases += 1;
        self.differing += usize::from(case.differs());
        self.other_verdict += usize::from(case.verdicts[0] != case.verdicts[1]);
        for (sum, grant) in self.grants.iter_mut().zip(case.grants) {
            *sum += grant.unwrap_or_default();
        }
    }

    /// As an object for programs.
    pub fn json(&self) -> Value {
        json!({
            "type": "comparison-summary",
            "cases": self.cases,
            "differing": self.differing,
            "other_verdict": self.other_verdict,
            "grants": self.grants.map(|sum| super::json::amount(Some(sum))),
        })
    }

    /// In words.
    pub fn in_words(&self, language: Language) -> String {
        let Self { cases, differing, other_verdict, grants } = self;
        let grants = change_in_words(grants.map(Some), language);
        match language {
            Language::Danish => format!(
                "{cases} sager: {differing} bliver anderledes, {other_verdict} får et andet resultat. Genberegnet tilskud i alt: {grants}."
            ),
            Language::English => format!(
                "{cases} cases: {differing} become different, {other_verdict} get another verdict. Recalculated grants in all: {grants}."
            ),
        }
    }
}
