//! Work that many threads do, its results told one by one and in order.

use rayon::prelude::*;

/// How many results are made, and held, at once.
const MADE_TOGETHER: usize = 128;

/// What is made for each number below a count, in order; some are made together, by as many threads as there are.
pub(crate) fn made_in_order<'m, T: Send + 'm>(
    count: usize,
    make: impl Fn(usize) -> T + Sync + 'm,
) -> impl Iterator<Item = T> + 'm {
    (0..count).step_by(MADE_TOGETHER).flat_map(move |start| {
        let end = count.min(start + MADE_TOGETHER);
        (start..end).into_par_iter().map(&make).collect::<Vec<T>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_made_once_and_in_order() {
        for count in [0, 1, MADE_TOGETHER - 1, MADE_TOGETHER, MADE_TOGETHER + 1, 5 * MADE_TOGETHER] {
            let made: Vec<usize> = made_in_order(count, |number| number * 2).collect();
            assert_eq!(made, (0..count).map(|number| number * 2).collect::<Vec<_>>());
        }
    }
}
