//! A formula that is written for one cell, as it reads in another: its references move, its names do not.

use calamine::{XlsxError, expand_shared_formula};

use super::super::CellAddress;

/// The formula of one cell as that of another.
///
/// calamine moves the references, but takes whatever looks like one for one: `Ark1` in `Ark1!B5`, `n1` in `Løn1`. So it is
/// given only what can be none of these.
pub(super) fn translate(formula: &str, from: CellAddress, to: CellAddress) -> Result<String, XlsxError> {
    let mut translation = Translation { from, to, written: String::with_capacity(formula.len()) };
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let (taken, after) = rest.split_at(piece_length(rest, first));
        if is_word(first) {
            translation.word(taken, after)?;
        } else {
            translation.written.push_str(taken);
        }
        rest = after;
    }
    Ok(translation.written)
}

struct Translation {
    from: CellAddress,
    to: CellAddress,
    written: String,
}

impl Translation {
    /// Adds a word: a reference, two of a range, a name of something, or the first of a range and a name.
    fn word(&mut self, word: &str, after: &str) -> Result<(), XlsxError> {
        let first_of_range = word.rfind(':').map_or(0, |colon| colon + 1);
        let name_from = match after.chars().next() {
            Some('(') => first_of_range,
            // `Ark1:Ark3!A1` names sheets on both sides, `Ark1!A1:Ark1!B5` on one.
            Some('!') if self.written.ends_with('!') => first_of_range,
            Some('!' | '[') => 0,
            _ => word.len(),
        };
        let (references, name) = word.split_at(name_from);
        self.references(references)?;
        self.written.push_str(name);
        Ok(())
    }

    fn references(&mut self, text: &str) -> Result<(), XlsxError> {
        let (bare, colon) = text.strip_suffix(':').map_or((text, ""), |bare| (bare, ":"));
        if bare.is_ascii() {
            let (from, to) = (self.from, self.to);
            let moved = expand_shared_formula(bare, (from.row, from.column), (to.row, to.column))?;
            self.written.push_str(&moved);
        } else {
            self.written.push_str(bare);
        }
        self.written.push_str(colon);
        Ok(())
    }
}

/// How many bytes the word, the quoted text, the part in brackets or the sign at the start has.
fn piece_length(text: &str, first: char) -> usize {
    match first {
        '"' | '\'' => quoted_length(text, first),
        '[' => bracketed_length(text),
        _ if is_word(first) => text.find(|c| !is_word(c)).unwrap_or(text.len()),
        _ => first.len_utf8(),
    }
}

/// Of a quote that is doubled, each half ends or begins a text: what is between the texts is nothing.
fn quoted_length(text: &str, quote: char) -> usize {
    let mut quotes = text.char_indices().filter(|&(_, c)| c == quote);
    quotes.nth(1).map_or(text.len(), |(end, _)| end + quote.len_utf8())
}

/// The columns of a table, with brackets in brackets; an apostrophe takes its meaning from the next sign.
fn bracketed_length(text: &str) -> usize {
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (place, c) in text.char_indices() {
        match c {
            _ if std::mem::take(&mut is_escaped) => {}
            '\'' => is_escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => return place + 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

/// Whether a character can be one of a reference, a range or a name.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '\\' | '?' | '$' | ':')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The formula of A1 as that of B3: a column to the right, two rows down.
    fn moved(formula: &str) -> String {
        translate(formula, CellAddress::new(0, 0), CellAddress::new(2, 1)).unwrap()
    }

    #[test]
    fn references_move_as_far_as_they_are_relative() {
        for (formula, expected) in [
            ("A1", "B3"),
            ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
            ("SUM(A1:B2)", "SUM(B3:C4)"),
            ("SUM($A$1:A1)", "SUM($A$1:B3)"),
            ("SUM(A:A,1:1)", "SUM(B:B,3:3)"),
            ("A1:INDEX(B:B,3)", "B3:INDEX(C:C,3)"),
            ("-A1%*2.5E+3", "-B3%*2.5E+3"),
        ] {
            assert_eq!(moved(formula), expected, "{formula}");
        }
    }

    #[test]
    fn names_of_sheets_stay() {
        for (formula, expected) in [
            ("ROUND(MIN(AD6+0,Ark1!$B$5),2)", "ROUND(MIN(AE8+0,Ark1!$B$5),2)"),
            ("Ark1!A1", "Ark1!B3"),
            ("'Ark1'!A1", "'Ark1'!B3"),
            ("'A1''s A2'!A1", "'A1''s A2'!B3"),
            ("Løn1!A1", "Løn1!B3"),
            ("Ark1:Ark3!A1", "Ark1:Ark3!B3"),
            ("SUM(Ark1!A1:B2)", "SUM(Ark1!B3:C4)"),
            ("SUM(Ark1!A1:Ark1!B2)", "SUM(Ark1!B3:Ark1!C4)"),
            ("[1]Ark1!A1", "[1]Ark1!B3"),
            ("'[Bog A1.xlsx]Ark1'!A1", "'[Bog A1.xlsx]Ark1'!B3"),
            ("A1+#REF!+Ark1!#REF!", "B3+#REF!+Ark1!#REF!"),
        ] {
            assert_eq!(moved(formula), expected, "{formula}");
        }
    }

    #[test]
    fn names_of_functions_ranges_and_tables_and_quoted_texts_stay() {
        for (formula, expected) in [
            ("LOG10(A1)", "LOG10(B3)"),
            ("AB1x+A1", "AB1x+B3"),
            ("_AB1+AB1_+x.AB1", "_AB1+AB1_+x.AB1"),
            ("løn1+Æ1+A1ø", "løn1+Æ1+A1ø"),
            (r#"IF(A1="A1","B2 ""C3""",A1)"#, r#"IF(B3="A1","B2 ""C3""",B3)"#),
            ("Tabel1[Q1]+A1", "Tabel1[Q1]+B3"),
            ("Tabel1[[#This Row],[Q1]]*A1", "Tabel1[[#This Row],[Q1]]*B3"),
            ("Tabel1[Q'[1]+A1", "Tabel1[Q'[1]+B3"),
        ] {
            assert_eq!(moved(formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_is_cut_off_stays_as_it_is() {
        for formula in ["", "\"A1", "'A1", "Tabel1[A1", "Ark1!", ":"] {
            assert_eq!(moved(formula), formula);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_and_one_that_does_not_move_stays(text in "\\PC{0,40}") {
            let at = CellAddress::new(7, 3);
            prop_assert!(translate(&text, at, CellAddress::new(9, 1)).is_ok());
            let ascii_upper = text.to_uppercase();
            prop_assert_eq!(translate(&ascii_upper, at, at).unwrap(), ascii_upper);
        }
    }
}
