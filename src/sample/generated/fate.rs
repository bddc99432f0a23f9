//! What becomes of a case: clean, with one mistake or two, or with a broken file.

use super::mistake::{Breakage, Mistake, Mistakes};
use super::mixture::Shares;
use super::random::Random;

/// What becomes of a case.
#[derive(Debug, Clone, Default)]
pub(super) struct Fate<'g> {
    /// The mistakes planted in it.
    pub(super) mistakes: Vec<&'g Mistake>,
    /// What is odd about it without being a mistake.
    pub(super) oddity: Option<&'g Mistake>,
    /// How one of its files is broken.
    pub(super) breakage: Option<&'g Breakage>,
}

impl<'g> Fate<'g> {
    /// Draws what becomes of a case; so many percent of all cases are clean.
    pub(super) fn draw(random: &mut Random, all: &'g Mistakes, shares: &Shares, clean: u32) -> Self {
        let weight = |mistake: &Mistake| mistake.weight;
        if random.chance(clean) {
            let is_odd = random.chance(shares.oddity);
            return Self { oddity: random.weighted(&all.oddity, weight).filter(|_| is_odd), ..Self::default() };
        }
        let sort = random.below(100);
        if sort < shares.mistake {
            return Self { mistakes: random.weighted(&all.mistake, weight).into_iter().collect(), ..Self::default() };
        }
        if sort < shares.mistake + shares.two_mistakes {
            return Self { mistakes: pair(random, &all.mistake), ..Self::default() };
        }
        Self { breakage: random.weighted(&all.broken, |breakage| breakage.weight), ..Self::default() }
    }
}

/// Two mistakes that go together.
fn pair<'g>(random: &mut Random, all: &'g [Mistake]) -> Vec<&'g Mistake> {
    let weight = |mistake: &&Mistake| mistake.weight;
    let with = |first: &Mistake| all.iter().filter(|second| first.goes_with(second)).collect::<Vec<_>>();
    let first: Vec<&Mistake> = all.iter().filter(|first| all.iter().any(|second| first.goes_with(second))).collect();
    let Some(&first) = random.weighted(&first, weight) else { return Vec::new() };
    let second = random.weighted(&with(first), weight).copied();
    std::iter::once(first).chain(second).collect()
}
