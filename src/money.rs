//! Kroner and øre: the one place that rounds.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds to øre as a spreadsheet's ROUND does: halves away from zero.
pub fn round_to_ore(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_round_away_from_zero() {
        for (amount, rounded) in [("0.125", "0.13"), ("0.135", "0.14"), ("-0.125", "-0.13"), ("82.125", "82.13")] {
            assert_eq!(round_to_ore(amount.parse().unwrap()), rounded.parse().unwrap());
        }
    }

    proptest! {
        #[test]
        fn rounding_moves_by_half_an_ore_at_most_and_the_same_below_zero(digits in any::<i64>(), scale in 0..18_u32) {
            let amount = Decimal::new(digits, scale);
            let rounded = round_to_ore(amount);
            prop_assert!((rounded - amount).abs() <= Decimal::new(5, 3));
            prop_assert_eq!(round_to_ore(-amount), -rounded);
            prop_assert_eq!(round_to_ore(rounded), rounded);
        }
    }
}
