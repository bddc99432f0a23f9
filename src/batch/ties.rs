//! Which workbooks of a run have something in common that the rules across cases look at.

use std::collections::BTreeSet;

use crate::case::Facts;
use crate::intake::FileHash;

/// Something that two workbooks can have in common, as the beginning of a hash: two things that begin alike only make
/// that more is kept than must be.
type Tie = u64;

/// The ties of all workbooks of a run, collected while their facts go by.
#[derive(Debug, Default)]
pub(super) struct TieCounter(Vec<Tie>);

/// The ties that more than one workbook has.
#[derive(Debug)]
pub(super) struct SharedTies(BTreeSet<Tie>);

impl TieCounter {
    /// Counts the ties of a workbook with this content.
    pub(super) fn add(&mut self, facts: &Facts, content: &FileHash) {
        self.0.extend(ties(facts, content));
    }

    /// The ties that were counted more than once.
    pub(super) fn shared(mut self) -> SharedTies {
        self.0.sort_unstable();
        let twice = self.0.windows(2).filter_map(|pair| if let [a, b] = pair { (a == b).then_some(*a) } else { None });
        SharedTies(twice.collect())
    }
}

impl SharedTies {
    /// Whether a workbook with this content has something in common with another.
    pub(super) fn tie(&self, facts: &Facts, content: &FileHash) -> bool {
        ties(facts, content).any(|tie| self.0.contains(&tie))
    }
}

/// What the rules across cases compare: the content, the case's form, and of a budget the company and its production
/// unit.
fn ties(facts: &Facts, content: &FileHash) -> impl Iterator<Item = Tie> {
    let budget = facts.budget.as_deref();
    let cvr = budget.and_then(|budget| Some(tie(&[b"cvr", budget.cvr.value()?.to_string().as_bytes()])));
    let p_number = budget.and_then(|budget| Some(tie(&[b"p-number", budget.p_number.value()?.to_string().as_bytes()])));
    let form = tie(&[b"form", facts.case.as_bytes(), facts.kind.name().as_bytes()]);
    [tie(&[b"content", content.as_bytes()]), form].into_iter().chain(cvr).chain(p_number)
}

fn tie(pieces: &[&[u8]]) -> Tie {
    let hash = FileHash::of_pieces(pieces.iter().copied());
    Tie::from_le_bytes(hash.as_bytes().first_chunk().copied().unwrap_or_default())
}
