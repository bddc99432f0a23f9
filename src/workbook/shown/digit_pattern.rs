//! Number formats that show a whole number as a text of digits: `000000`, `"MA-"0000`, `00\.00\.00`.

use rust_decimal::Decimal;

/// Such a format: where its digits stand, and what stands between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DigitPattern(Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A digit, which is a zero where the number has none.
    Zero,
    /// A digit, or nothing.
    Digit,
    /// What stands there always.
    Sign(char),
}

impl DigitPattern {
    /// Reads the format's first section, that of numbers above zero; `None` where it shows a number in another way, or
    /// just as it is.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                '0' => pieces.push(Piece::Zero),
                '#' => pieces.push(Piece::Digit),
                ';' => break,
                '"' => pieces.extend(characters.by_ref().take_while(|c| *c != '"').map(Piece::Sign)),
                '\\' => pieces.push(Piece::Sign(characters.next()?)),
                '-' | '+' | ' ' | '(' | ')' | ':' => pieces.push(Piece::Sign(character)),
                _ => return None,
            }
        }
        let zeros = pieces.iter().filter(|piece| **piece == Piece::Zero).count();
        let has_signs = pieces.iter().any(|piece| matches!(piece, Piece::Sign(_)));
        let has_digits = pieces.iter().any(|piece| !matches!(piece, Piece::Sign(_)));
        (has_digits && (zeros > 1 || has_signs)).then_some(Self(pieces))
    }

    /// How the format shows a number; `None` for one that is not whole or is below zero.
    pub(super) fn show(&self, number: Decimal) -> Option<String> {
        if !number.is_integer() || number.is_sign_negative() {
            return None;
        }
        let digits = number.trunc().normalize().to_string();
        let mut digits = digits.chars().rev().skip_while(|_| number.is_zero());
        let mut places_left = self.0.iter().filter(|piece| !matches!(piece, Piece::Sign(_))).count();
        let mut backwards = Vec::new();
        for piece in self.0.iter().rev() {
            match piece {
                Piece::Sign(sign) => backwards.push(*sign),
                Piece::Zero | Piece::Digit => {
                    places_left -= 1;
                    let zero = Some('0').filter(|_| *piece == Piece::Zero);
                    backwards.extend(digits.next().or(zero));
                    // The first place takes all digits that are left.
                    if places_left == 0 {
                        backwards.extend(digits.by_ref());
                    }
                }
            }
        }
        Some(backwards.into_iter().rev().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_shown_by_its_pattern() {
        for (code, number, shown) in [
            ("000000", "11100", "011100"),
            ("0000", "17", "0017"),
            ("0000", "12345", "12345"),
            ("0000", "0", "0000"),
            ("\"MA-\"0000", "17", "MA-0017"),
            ("\"MA-\"0000", "123456", "MA-123456"),
            ("\\M\\A\\-0", "17", "MA-17"),
            ("00\\.00\\.00", "11100", "01.11.00"),
            ("00\".\"00\".\"00", "331200", "33.12.00"),
            ("00-000000", "23000117", "23-000117"),
            ("#-0000", "17", "-0017"),
            ("0000;\"minus\"0", "17", "0017"),
            ("0000000000", "1003445566", "1003445566"),
        ] {
            let pattern = DigitPattern::parse(code).unwrap();
            assert_eq!(pattern.show(number.parse().unwrap()).as_deref(), Some(shown), "{code} {number}");
        }
    }

    #[test]
    fn what_is_no_pattern_of_digits_is_left_alone() {
        for code in [
            "General",
            "0",
            "#",
            "##0",
            "0.00",
            "#,##0",
            "0%",
            "0.00E+00",
            "@",
            "# ?/?",
            "[Red]0000",
            "0*x",
            "",
            "\"MA\"",
            "00\\",
        ] {
            assert_eq!(DigitPattern::parse(code), None, "{code}");
        }
        let pattern = DigitPattern::parse("0000").unwrap();
        for number in ["-17", "1.5"] {
            assert_eq!(pattern.show(number.parse().unwrap()), None, "{number}");
        }
    }
}
