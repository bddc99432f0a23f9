//! Formulas and ranges as `OpenDocument` writes them, in Excel's words: `[.B6]` is `B6`, `[$Satser.$B$4]` is `Satser!$B$4`, and
//! semicolons stand between arguments.

/// The formula in Excel's words; `None` where it has what is not translated: lists in braces, other files, unknown references.
pub(super) fn in_excel(formula: &str) -> Option<String> {
    let mut written = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(start) = rest.find(['"', '[', ';', '{', '\'', '!', '~']) {
        let (before, from) = rest.split_at(start);
        written.push_str(before);
        let taken = match from.chars().next()? {
            '"' => {
                let text = quoted(from, '"')?;
                written.push_str(text);
                text.len()
            }
            '[' => {
                let reference = from.strip_prefix('[')?.split_once(']')?.0;
                written.push_str(&range_in_excel(reference)?);
                reference.len() + 2
            }
            ';' => {
                written.push(',');
                1
            }
            _ => return None,
        };
        rest = from.get(taken..)?;
    }
    written.push_str(rest);
    Some(written)
}

/// A text in quotes, with its quotes; two within it stand for one.
fn quoted(text: &str, quote: char) -> Option<&str> {
    let mut end = 1;
    loop {
        end += text.get(end..)?.find(quote)? + 1;
        if !text.get(end..)?.starts_with(quote) {
            return text.get(..end);
        }
        end += 1;
    }
}

/// A cell or a range: `.B6`, `.B6:.B9`, `$Satser.$B$4`, `$'Anden støtte'.A1:.B2`.
pub(super) fn range_in_excel(reference: &str) -> Option<String> {
    let (sheet, first) = sheet_and_cell(reference)?;
    let (first, last) = match first.split_once(':') {
        None => (first, None),
        Some((first, last)) => {
            let (of, last) = sheet_and_cell(last)?;
            if !of.is_empty() && of != sheet {
                return None;
            }
            (first, Some(last))
        }
    };
    let is_address =
        |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'$');
    if !is_address(first) || !last.is_none_or(is_address) {
        return None;
    }
    let sheet = if sheet.is_empty() { String::new() } else { format!("{sheet}!") };
    Some(last.map_or_else(|| format!("{sheet}{first}"), |last| format!("{sheet}{first}:{last}")))
}

/// The sheet before the point, without the sign that fixes it, and what follows.
fn sheet_and_cell(reference: &str) -> Option<(&str, &str)> {
    let plain = reference.strip_prefix('$').filter(|plain| !plain.starts_with('.')).unwrap_or(reference);
    if plain.starts_with('\'') {
        let sheet = quoted(plain, '\'')?;
        return Some((sheet, plain.get(sheet.len()..)?.strip_prefix('.')?));
    }
    let (sheet, cell) = plain.split_once('.')?;
    // Another file, or a sheet that is gone.
    (!sheet.contains(['#', '\'', '/', ':'])).then_some((sheet, cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_written_as_excel_writes_them() {
        for (formula, expected) in [
            ("ROUND([.J10]*MIN([.I10]+0;maks_timeløn);2)", "ROUND(J10*MIN(I10+0,maks_timeløn),2)"),
            ("IF(COUNTA([.B10:.L10];[.N10])=0;\"\";[.A1])", "IF(COUNTA(B10:L10,N10)=0,\"\",A1)"),
            ("[$Satser.$B$4]*2", "Satser!$B$4*2"),
            ("SUM([$'Anden støtte'.A1:.B2])", "SUM('Anden støtte'!A1:B2)"),
            ("SUM([Ark1.A1:Ark1.B2])", "SUM(Ark1!A1:B2)"),
            ("\"a;[.B1]\"\"\"&[.B2]", "\"a;[.B1]\"\"\"&B2"),
            ("SUM([.$5:.$5])", "SUM($5:$5)"),
        ] {
            assert_eq!(in_excel(formula).as_deref(), Some(expected), "{formula}");
        }
    }

    #[test]
    fn what_is_not_translated_is_not_guessed() {
        for formula in
            ["SUM({1;2})", "['file:///a.ods'#$Ark1.A1]", "[.#REF!]", "[$#REF!.A1]", "\"open", "[.A1", "[.A1]![.B1]"]
        {
            assert_eq!(in_excel(formula), None, "{formula}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_formula_makes_it_fail(formula in "[\\[\\].;\"'$!#:{A1æ ]{0,40}") {
            let _ = in_excel(&formula);
        }
    }
}
