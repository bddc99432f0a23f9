//! Kroner and øre: the one place that rounds.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds to øre as a spreadsheet's ROUND does: halves away from zero.
pub fn round_to_ore(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_away_from_zero() {
        for (amount, rounded) in [("0.125", "0.13"), ("0.135", "0.14"), ("-0.125", "-0.13"), ("82.125", "82.13")] {
            assert_eq!(round_to_ore(amount.parse().unwrap()), rounded.parse().unwrap());
        }
    }
}
