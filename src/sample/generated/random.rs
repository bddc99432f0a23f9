//! A stream of numbers that is the same on every machine and in every version.
//!
//! `SplitMix64`, as published by Steele, Lea and Flood: eight lines that never change. A library's generator may give
//! other numbers after an update, and then case 17 of seed 1 would be another case.

/// What a stream is drawn for; streams of different topics have nothing in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// What becomes of a case.
    Case = 1,
    /// A company, which several cases may share.
    Company = 2,
    /// The names of a case's files.
    Names = 3,
}

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The stream of one case or company: it depends on nothing but the seed and its number.
    pub(super) fn of(seed: u64, topic: Topic, number: u64) -> Self {
        let mut random = Self { state: seed };
        for part in [topic as u64, number] {
            random.state = random.next() ^ part;
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `bound`; 0 where there is none.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        // The upper half of the product: every number below the bound comes up equally often but for one in 2^32.
        u32::try_from(((self.next() >> 32) * u64::from(bound)) >> 32).unwrap_or_default()
    }

    /// A number between two others, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let width = u32::try_from(most - least + 1).unwrap_or(1);
        least + i64::from(self.below(width))
    }

    /// True in so many of a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of several; `None` where there are none.
    pub(super) fn one_of<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(usize::try_from(self.below(u32::try_from(items.len()).ok()?)).ok()?)
    }

    /// One of several words; the empty word where there are none.
    pub(super) fn word<'w>(&mut self, words: &'w [String]) -> &'w str {
        self.one_of(words).map_or("", String::as_str)
    }

    /// One of several, each as often as it weighs.
    pub(super) fn weighted<'t, T>(&mut self, items: &'t [T], weight: impl Fn(&T) -> u32) -> Option<&'t T> {
        let mut left = self.below(items.iter().map(&weight).sum());
        items.iter().find(|item| {
            let own = weight(item);
            let found = left < own;
            left = left.saturating_sub(own);
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_the_published_algorithm() {
        let mut random = Random { state: 1_234_567 };
        let published = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([random.next(), random.next(), random.next()], published);
    }

    #[test]
    fn streams_depend_on_seed_topic_and_number() {
        let first = |seed, topic, number| Random::of(seed, topic, number).next();
        let streams = [
            first(1, Topic::Case, 0),
            first(2, Topic::Case, 0),
            first(1, Topic::Company, 0),
            first(1, Topic::Case, 1),
            first(0, Topic::Case, 1),
        ];
        for (index, stream) in streams.iter().enumerate() {
            assert!(!streams[index + 1..].contains(stream), "{index}");
        }
        assert_eq!(first(7, Topic::Names, 3), first(7, Topic::Names, 3));
    }

    #[test]
    fn what_weighs_three_times_as_much_comes_three_times_as_often() {
        let mut random = Random::of(1, Topic::Case, 0);
        let items = [(0, 1_u32), (1, 3), (2, 0)];
        let mut counts = [0_u32; 3];
        for _ in 0..4_000 {
            counts[random.weighted(&items, |item| item.1).unwrap().0] += 1;
        }
        assert!((900..1_100).contains(&counts[0]), "{counts:?}");
        assert_eq!(counts[2], 0);
    }
}
