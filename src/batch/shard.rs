//! A part of a run: which cases one of several machines decides.

use std::fmt;
use std::str::FromStr;

use crate::intake::ShortHash;

/// Part `number` of `of`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: u32,
    of: u32,
}

/// A text that is not like `2/8`.
#[derive(Debug, thiserror::Error)]
#[error("not a part such as 2/8")]
pub struct NotAShard;

impl Shard {
    /// Whether a case, by the hash of what tells it from others, is of this part.
    pub fn takes(self, case: &ShortHash) -> bool {
        let [a, b, c, d, ..] = *case.as_bytes();
        u32::from_le_bytes([a, b, c, d]) % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = NotAShard;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, of) = text.split_once('/').ok_or(NotAShard)?;
        let part = Self { number: number.parse().map_err(|_| NotAShard)?, of: of.parse().map_err(|_| NotAShard)? };
        if (1..=part.of).contains(&part.number) { Ok(part) } else { Err(NotAShard) }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_is_of_just_one_part() {
        let parts: Vec<Shard> = (1..=3).map(|number| format!("{number}/3").parse().unwrap()).collect();
        let mut taken = [0; 3];
        for case in 0..300_u32 {
            let case = ShortHash::of(&case.to_le_bytes());
            let by: Vec<usize> = (0..3).filter(|&part| parts[part].takes(&case)).collect();
            assert_eq!(by.len(), 1);
            taken[by[0]] += 1;
        }
        assert!(taken.iter().all(|count| *count > 70), "{taken:?}");
    }

    #[test]
    fn a_part_is_one_of_so_many() {
        for wrong in ["", "1", "0/3", "4/3", "a/3", "1/0", "1/3/5", "-1/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        assert_eq!("2/8".parse::<Shard>().unwrap().to_string(), "2/8");
    }
}
