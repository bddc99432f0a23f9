//! Values as people write them: what is read from a text is read again from what we write of it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use sporskifte::calendar::{date_of_serial, parse_written_date, weeks_spanned, working_days};
use sporskifte::form::{parse_written_number, two_readings};
use sporskifte::identity::{Cvr, IndustryCode, PNumber, holds_cpr, mask_cpr};
use sporskifte::language::Language;
use sporskifte::money::round_to_ore;
use sporskifte::workbook::{CellAddress, DateSystem};

pub fn written_values(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    number(text);
    date(text);
    identity(text);
    address(text);
    personal_number(text);
}

fn number(text: &str) {
    let read = parse_written_number(text);
    assert_eq!(parse_written_number(&format!(" {text}\n")), read, "space around a number means nothing");
    let Some(number) = read else {
        return;
    };
    let typed = Language::Danish.ungrouped(number);
    match two_readings(&typed) {
        None => assert_eq!(parse_written_number(&typed), Some(number), "{typed}: as we type it"),
        Some((with_decimals, _)) => assert_eq!(with_decimals, number, "{typed}: one of its readings"),
    }
    let rounded = round_to_ore(number);
    assert_eq!(round_to_ore(rounded), rounded, "what is rounded stays");
    assert!((rounded - number).abs() <= Decimal::new(5, 3), "rounding moves by half an øre at most");
    let amount = Language::Danish.amount(number);
    assert_eq!(parse_written_number(&amount), Some(rounded), "{amount}: as we write amounts");
    for system in [DateSystem::From1900, DateSystem::From1904] {
        if let Some(day) = date_of_serial(number, system) {
            assert_eq!(date_of_serial(number.trunc(), system), Some(day), "the time of day means nothing");
        }
    }
}

fn date(text: &str) {
    let Some(day) = parse_written_date(text) else {
        return;
    };
    for language in [Language::Danish, Language::English] {
        let written = language.date(day);
        assert_eq!(parse_written_date(&written), Some(day), "{written}");
    }
    let first = Date::constant(2019, 1, 1);
    if let (Some(working), Some(weeks)) = (working_days(first, day), weeks_spanned(first, day)) {
        assert!(i64::from(working) <= weeks * 5, "at most five working days a week");
    }
}

fn identity(text: &str) {
    if let Some(cvr) = Cvr::parse(text) {
        assert_eq!(Cvr::parse(&cvr.to_string()), Some(cvr.clone()));
        assert_eq!(Cvr::parse(&format!("DK {cvr}")), Some(cvr));
    }
    if let Some(p_number) = PNumber::parse(text) {
        assert_eq!(PNumber::parse(&p_number.to_string()), Some(p_number));
    }
    if let Some(code) = IndustryCode::parse(text) {
        assert_eq!(IndustryCode::parse(code.as_str()), Some(code));
    }
}

fn address(text: &str) {
    if let Ok(address) = text.parse::<CellAddress>() {
        assert!(address.row < CellAddress::ROWS && address.column < CellAddress::COLUMNS);
        assert_eq!(address.to_string().parse(), Ok(address));
    }
}

fn personal_number(text: &str) {
    let masked = mask_cpr(text);
    assert!(!holds_cpr(&masked), "a CPR number is left: {masked:?}");
    assert_eq!(mask_cpr(&masked), masked, "what is masked stays");
    assert_eq!(masked == text, !holds_cpr(text), "what holds no CPR number is not touched");
}
