//! What a field's cell means: a value of the field's type, or the flaw that keeps it from being one.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::label::NormalLabel;
use super::layout::{FieldKind, FieldType};
use super::written_number::parse_written_number;
use crate::calendar::{date_of_serial, parse_written_date};
use crate::identity::{Cvr, IndustryCode, PNumber, holds_cpr};
use crate::language::Language;
use crate::plain_text::{is_blank, plainly_spelled};
use crate::workbook::{Cell, CellValue, DateSystem, WorkedTime};

/// A value of a field's type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, or the choice as the form writes it.
    Text(String),
    /// A number, in the field's unit.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// Ja or Nej.
    YesNo(bool),
    /// A CVR number.
    Cvr(Cvr),
    /// A P-number.
    PNumber(PNumber),
    /// An industry code.
    Industry(IndustryCode),
}

/// Why a cell holds no value of its field's type.
#[derive(Debug, Clone, PartialEq)]
pub enum Flaw {
    /// Text where a number belongs, and the number it can be read as.
    NotANumber(String, Option<Decimal>),
    /// A date where a number belongs, and the number that a spreadsheet may have taken for it: `14.8` for 14 August.
    DateNotNumber(String, Option<Decimal>),
    /// A time of day or a duration where hours belong, and the hours it means.
    Time(String, Decimal),
    /// A number so large that no form can mean it.
    TooLarge(String),
    /// A number below zero.
    Negative(Decimal),
    /// A fraction where a whole number belongs.
    NotWhole(Decimal),
    /// Not a date, and the date it can be read as.
    NotADate(String, Option<Date>),
    /// Not one of the choices.
    NotAChoice(String),
    /// Not a CVR number.
    InvalidCvr(String),
    /// Not a P-number.
    InvalidPNumber(String),
    /// Not an industry code.
    InvalidIndustry(String),
    /// A spreadsheet's error value: `#REF!`.
    ErrorValue(String),
    /// A formula whose result was not stored.
    FormulaWithoutValue,
    /// What looks like a CPR number.
    PersonalNumber,
}

/// What stands in a field's cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// A value of the field's type.
    Value(Value),
    /// Something else.
    Flawed(Flaw),
}

/// Numbers from here on are no hours, kroner or kilometres of any package, and would not fit the calculation.
const TOO_LARGE: i64 = 1_000_000_000;

/// Numbers below have fewer digits than a CPR number.
const SMALL: i64 = 10_000_000;

/// Reads a cell as a field of the given type.
pub fn read_cell(cell: Option<&Cell>, expected: &FieldKind<'_>, dates: DateSystem) -> Content {
    let Some(cell) = cell else { return Content::Empty };
    match read_value(cell, expected, dates) {
        Ok(Some(value)) => Content::Value(value),
        Ok(None) if cell.formula.is_some() && cell.value == CellValue::Empty => {
            Content::Flawed(Flaw::FormulaWithoutValue)
        }
        Ok(None) => Content::Empty,
        Err(flaw) => Content::Flawed(flaw),
    }
}

fn read_value(cell: &Cell, expected: &FieldKind<'_>, dates: DateSystem) -> Result<Option<Value>, Flaw> {
    let value = &cell.value;
    let plain = match value {
        CellValue::Empty => return Ok(None),
        // A number where one belongs, and no CPR number: most cells, read without writing them out.
        CellValue::Number(number) if expected.field_type.is_number() && number.abs() < Decimal::from(SMALL) => {
            return checked(*number, expected).map(|number| Some(Value::Number(number)));
        }
        CellValue::Error(error) => return Err(Flaw::ErrorValue(error.clone())),
        value => show(value, dates),
    };
    let plain = plain.trim();
    if is_blank(plain) {
        return Ok(None);
    }
    let counts = |_: &&str| !matches!(value, CellValue::Number(_)) || !expected.field_type.is_number();
    let shown = cell.shown.as_deref().filter(counts).unwrap_or(plain);
    if is_personal_number(value, [plain, shown], expected.field_type) {
        // Text may stay: it is masked wherever it is shown, and the rule on CPR numbers says what to do.
        // With the zero that a number loses: masking knows it by its ten digits.
        let whole = format!("{plain:0>10}");
        return if expected.field_type == FieldType::Text {
            Ok(Some(Value::Text(whole)))
        } else {
            Err(Flaw::PersonalNumber)
        };
    }
    if matches!(expected.field_type, FieldType::Text | FieldType::Email) {
        return Ok(Some(Value::Text(shown.to_owned())));
    }
    read_spelled(cell, plainly_spelled(shown).trim(), expected, dates)
}

/// Reads what is no free text, plainly spelled.
fn read_spelled(cell: &Cell, shown: &str, expected: &FieldKind<'_>, dates: DateSystem) -> Result<Option<Value>, Flaw> {
    let value = &cell.value;
    match expected.field_type {
        FieldType::Text | FieldType::Email => Ok(Some(Value::Text(shown.to_owned()))),
        FieldType::Whole | FieldType::Number | FieldType::Hours | FieldType::Amount => {
            number(cell, shown, expected, dates).map(|number| Some(Value::Number(number)))
        }
        FieldType::Date => date(value, shown, dates).map(|date| Some(Value::Date(date))),
        FieldType::YesNo => yes_no(value, shown).map(|yes| Some(Value::YesNo(yes))),
        FieldType::Choice => choice(shown, expected.choices),
        FieldType::Cvr => Cvr::parse(shown).map(|cvr| Some(Value::Cvr(cvr))).ok_or(Flaw::InvalidCvr(shown.into())),
        FieldType::PNumber => {
            PNumber::parse(shown).map(|number| Some(Value::PNumber(number))).ok_or(Flaw::InvalidPNumber(shown.into()))
        }
        FieldType::Industry => IndustryCode::parse(shown)
            .map(|code| Some(Value::Industry(code)))
            .ok_or(Flaw::InvalidIndustry(shown.into())),
    }
}

/// A cell's value as text, as a person would see it.
pub fn show(value: &CellValue, dates: DateSystem) -> String {
    match value {
        CellValue::Empty => String::new(),
        CellValue::Text(text) | CellValue::OutOfRange(text) | CellValue::Error(text) => text.clone(),
        CellValue::Number(number) => number.normalize().to_string(),
        CellValue::Date(serial) => show_date(*serial, dates),
        CellValue::Bool(true) => "SAND".into(),
        CellValue::Bool(false) => "FALSK".into(),
    }
}

/// A count of days as a date; of less than a day, as the time.
fn show_date(serial: Decimal, dates: DateSystem) -> String {
    let time = WorkedTime::of_days(serial).filter(|_| serial > Decimal::ZERO && serial < Decimal::ONE);
    let date = || date_of_serial(serial, dates).map(|date| Language::Danish.date(date));
    time.map(|time| time.to_string()).or_else(date).unwrap_or_else(|| serial.normalize().to_string())
}

/// Whether a cell holds a CPR number; ten digits alone may as well be the P-number that the field asks for.
fn is_personal_number(value: &CellValue, [plain, shown]: [&str; 2], field_type: FieldType) -> bool {
    let asked_for = field_type == FieldType::PNumber && PNumber::parse(shown).is_some();
    !asked_for && (cell_holds_cpr(value, plain) || (shown != plain && holds_cpr(shown)))
}

/// Whether a cell's text, or its number with the leading zero that numbers lose, holds a CPR number.
pub fn cell_holds_cpr(value: &CellValue, shown: &str) -> bool {
    match value {
        CellValue::Text(_) | CellValue::Error(_) | CellValue::OutOfRange(_) => holds_cpr(shown),
        CellValue::Number(number) | CellValue::Date(number)
            if number.is_integer() && (9..=10).contains(&shown.len()) =>
        {
            holds_cpr(&format!("{shown:0>10}"))
        }
        _ => false,
    }
}

fn number(cell: &Cell, shown: &str, expected: &FieldKind<'_>, dates: DateSystem) -> Result<Decimal, Flaw> {
    let number = match &cell.value {
        CellValue::Number(number) => *number,
        CellValue::OutOfRange(_) => return Err(Flaw::TooLarge(shown.into())),
        _ if expected.field_type == FieldType::Hours => return hours(cell, shown, dates),
        CellValue::Date(serial) => return Err(date_in_place_of_number(*serial, shown, dates)),
        _ => return Err(not_a_number(shown)),
    };
    if number.abs() >= Decimal::from(TOO_LARGE) {
        return Err(Flaw::TooLarge(shown.into()));
    }
    checked(number, expected)
}

fn not_a_number(shown: &str) -> Flaw {
    Flaw::NotANumber(shown.into(), parse_written_number(shown))
}

/// Hours that are no number: a time, perhaps. None at all are zero, whichever way they are written.
fn hours(cell: &Cell, shown: &str, dates: DateSystem) -> Result<Decimal, Flaw> {
    let time = match &cell.value {
        // A whole number of days may as well be the number of hours in a cell that shows a date.
        CellValue::Date(days) if cell.shown.is_some() || !days.is_integer() => WorkedTime::of_days(*days),
        CellValue::Text(_) => WorkedTime::parse(shown),
        _ => None,
    };
    match time {
        Some(time) if time.is_zero() => Ok(Decimal::ZERO),
        Some(time) if matches!(cell.value, CellValue::Date(_)) && cell.shown.is_none() => {
            Err(Flaw::Time(time.to_string(), time.hours()))
        }
        Some(time) => Err(Flaw::Time(shown.into(), time.hours())),
        None => Err(match cell.value {
            CellValue::Date(serial) => date_in_place_of_number(serial, shown, dates),
            _ => not_a_number(shown),
        }),
    }
}

/// A date in a number's place: where somebody types `14.8`, a Danish spreadsheet makes it 14 August of the year.
fn date_in_place_of_number(serial: Decimal, shown: &str, dates: DateSystem) -> Flaw {
    if !serial.is_integer() {
        return not_a_number(shown);
    }
    let typed = date_of_serial(serial, dates).and_then(|date| format!("{}.{}", date.day(), date.month()).parse().ok());
    Flaw::DateNotNumber(shown.into(), typed)
}

/// A number that is not too large, where its sign and fraction are what the field asks for.
fn checked(number: Decimal, expected: &FieldKind<'_>) -> Result<Decimal, Flaw> {
    if number < Decimal::ZERO && !expected.is_computed {
        return Err(Flaw::Negative(number));
    }
    if expected.field_type == FieldType::Whole && !number.is_integer() {
        return Err(Flaw::NotWhole(number));
    }
    Ok(number)
}

fn date(value: &CellValue, shown: &str, dates: DateSystem) -> Result<Date, Flaw> {
    let read = match value {
        CellValue::Date(serial) | CellValue::Number(serial) => date_of_serial(*serial, dates),
        _ => return Err(Flaw::NotADate(shown.into(), parse_written_date(shown))),
    };
    read.ok_or_else(|| Flaw::NotADate(shown.into(), None))
}

fn yes_no(value: &CellValue, shown: &str) -> Result<bool, Flaw> {
    if let CellValue::Bool(yes) = value {
        return Ok(*yes);
    }
    match shown.to_lowercase().trim_end_matches(['.', '!']) {
        "ja" | "j" | "x" | "yes" | "y" | "true" | "sand" => Ok(true),
        "nej" | "n" | "no" | "false" | "falsk" => Ok(false),
        _ => Err(Flaw::NotAChoice(shown.into())),
    }
}

fn choice(shown: &str, choices: &[String]) -> Result<Option<Value>, Flaw> {
    let given = NormalLabel::new(shown);
    let chosen = choices.iter().find(|choice| NormalLabel::new(choice) == given);
    chosen.map(|choice| Some(Value::Text(choice.clone()))).ok_or(Flaw::NotAChoice(shown.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::CellAddress;

    fn read(field_type: FieldType, value: CellValue) -> Content {
        let choices = ["Ordinær".to_owned(), "Elev/lærling".to_owned()];
        let expected = FieldKind { field_type, choices: &choices, is_computed: false };
        let cell = Cell { address: CellAddress::new(0, 0), value, formula: None, shown: None };
        read_cell(Some(&cell), &expected, DateSystem::From1900)
    }

    #[test]
    fn an_email_address_is_read_as_it_is_written() {
        let written = "a\u{a0}b@c\u{2011}d.dk\u{200b}";
        assert_eq!(read(FieldType::Email, typed(written)), Content::Value(Value::Text(written.into())));
    }

    const ALL_TYPES: [FieldType; 12] = [
        FieldType::Text,
        FieldType::Email,
        FieldType::Whole,
        FieldType::Number,
        FieldType::Hours,
        FieldType::Amount,
        FieldType::Date,
        FieldType::YesNo,
        FieldType::Choice,
        FieldType::Cvr,
        FieldType::PNumber,
        FieldType::Industry,
    ];

    #[test]
    fn a_formula_that_gives_no_text_leaves_any_field_empty() {
        for field_type in ALL_TYPES {
            let expected = FieldKind { field_type, choices: &[], is_computed: false };
            let read = |value| {
                let cell = Cell { address: CellAddress::new(0, 0), value, formula: Some("B1".into()), shown: None };
                read_cell(Some(&cell), &expected, DateSystem::From1900)
            };
            assert_eq!(read(typed("")), Content::Empty, "{field_type:?}");
            assert_eq!(read(CellValue::Empty), Content::Flawed(Flaw::FormulaWithoutValue), "{field_type:?}");
        }
    }

    fn typed(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn text_in_an_amount_is_a_flaw_that_knows_the_number() {
        assert_eq!(
            read(FieldType::Amount, typed("1.234,50 kr.")),
            Content::Flawed(Flaw::NotANumber("1.234,50 kr.".into(), Some(decimal("1234.50"))))
        );
        assert_eq!(read(FieldType::Amount, typed("  ")), Content::Empty);
    }

    #[test]
    fn numbers_keep_to_the_bounds_of_their_field() {
        let number = |text| CellValue::Number(decimal(text));
        assert_eq!(read(FieldType::Hours, number("-1")), Content::Flawed(Flaw::Negative(decimal("-1"))));
        assert_eq!(read(FieldType::Whole, number("1.5")), Content::Flawed(Flaw::NotWhole(decimal("1.5"))));
        assert_eq!(read(FieldType::Whole, number("2.0")), Content::Value(Value::Number(decimal("2"))));
        assert_eq!(read(FieldType::Amount, number("2e9".replace("e9", "000000000").as_str())), {
            Content::Flawed(Flaw::TooLarge("2000000000".into()))
        });
    }

    #[test]
    fn a_number_without_date_format_is_still_a_date() {
        let date = Content::Value(Value::Date(Date::constant(2023, 3, 1)));
        assert_eq!(read(FieldType::Date, CellValue::Number(decimal("44986"))), date);
        assert_eq!(read(FieldType::Date, CellValue::Date(decimal("44986"))), date);
        assert_eq!(
            read(FieldType::Date, typed("1. marts 2023")),
            Content::Flawed(Flaw::NotADate("1. marts 2023".into(), Some(Date::constant(2023, 3, 1))))
        );
    }

    #[test]
    fn ja_and_nej_are_understood_in_many_spellings() {
        for text in ["Ja", "ja", "JA", "x", "X", "j", "yes"] {
            assert_eq!(read(FieldType::YesNo, typed(text)), Content::Value(Value::YesNo(true)), "{text}");
        }
        assert_eq!(read(FieldType::YesNo, typed("NEJ")), Content::Value(Value::YesNo(false)));
        assert_eq!(read(FieldType::YesNo, typed("måske")), Content::Flawed(Flaw::NotAChoice("måske".into())));
        assert_eq!(read(FieldType::Choice, typed("ordinær ")), Content::Value(Value::Text("Ordinær".into())));
    }

    #[test]
    fn what_nobody_sees_does_not_change_what_a_cell_means() {
        let number = |text: &str| Content::Flawed(Flaw::NotANumber(text.into(), Some(decimal("37"))));
        for (field_type, text, expected) in [
            (FieldType::YesNo, "Nej\u{200b}", Content::Value(Value::YesNo(false))),
            (FieldType::YesNo, "\u{feff}Ja\u{a0}", Content::Value(Value::YesNo(true))),
            (FieldType::Choice, "Ordi\u{ad}nær", Content::Value(Value::Text("Ordinær".into()))),
            (FieldType::Choice, "\u{2060}Elev/lærling\u{200d}", Content::Value(Value::Text("Elev/lærling".into()))),
            (FieldType::Cvr, "12 34 56 74\u{200b}", Content::Value(Value::Cvr(Cvr::parse("12345674").unwrap()))),
            (FieldType::Hours, "37\u{200b} timer", number("37 timer")),
            (
                FieldType::Date,
                "2023\u{2011}03\u{2011}01",
                Content::Flawed(Flaw::NotADate("2023-03-01".into(), Some(Date::constant(2023, 3, 1)))),
            ),
        ] {
            assert_eq!(read(field_type, typed(text)), expected, "{text:?}");
        }
        for field_type in ALL_TYPES {
            assert_eq!(read(field_type, typed(" \u{200b}\u{feff} ")), Content::Empty, "{field_type:?}");
        }
    }

    #[test]
    fn a_field_of_text_is_what_the_format_of_its_number_shows_and_a_number_is_the_number() {
        let read = |field_type, number: &str, shown: Option<&str>| {
            let choices = ["07".to_owned()];
            let expected = FieldKind { field_type, choices: &choices, is_computed: false };
            let value = CellValue::Number(decimal(number));
            let cell = Cell { address: CellAddress::new(0, 0), value, formula: None, shown: shown.map(Into::into) };
            read_cell(Some(&cell), &expected, DateSystem::From1900)
        };
        let text = |text: &str| Content::Value(Value::Text(text.into()));
        let industry = |code| Content::Value(Value::Industry(IndustryCode::parse(code).unwrap()));
        let p_number = |number| Content::Value(Value::PNumber(PNumber::parse(number).unwrap()));
        assert_eq!(read(FieldType::Text, "17", Some("MA-0017")), text("MA-0017"));
        assert_eq!(read(FieldType::Text, "17", None), text("17"));
        assert_eq!(read(FieldType::Choice, "7", Some("07")), text("07"));
        assert_eq!(read(FieldType::Industry, "11100", Some("011100")), industry("011100"));
        assert_eq!(read(FieldType::Industry, "11100", Some("01.11.00")), industry("011100"));
        assert_eq!(read(FieldType::Industry, "11100", None), Content::Flawed(Flaw::InvalidIndustry("11100".into())));
        assert_eq!(read(FieldType::PNumber, "1003445566", None), p_number("1003445566"));
        assert_eq!(read(FieldType::PNumber, "3445566", Some("0003445566")), p_number("0003445566"));
        let number = Content::Value(Value::Number(decimal("17")));
        for field_type in [FieldType::Whole, FieldType::Number, FieldType::Hours, FieldType::Amount] {
            assert_eq!(read(field_type, "17", Some("MA-0017")), number, "{field_type:?}");
        }
        assert_eq!(
            read(FieldType::Date, "44986", Some("044986")),
            Content::Value(Value::Date(Date::constant(2023, 3, 1)))
        );
    }

    #[test]
    fn a_cpr_number_that_a_format_shows_is_one() {
        for (number, shown) in [("101701234", "010170-1234"), ("101701234", "0101701234"), ("1234", "010170-1234")] {
            for field_type in [FieldType::Cvr, FieldType::Industry, FieldType::YesNo, FieldType::Email] {
                let expected = FieldKind { field_type, choices: &[], is_computed: false };
                let value = CellValue::Number(decimal(number));
                let cell = Cell { address: CellAddress::new(0, 0), value, formula: None, shown: Some(shown.into()) };
                let read = read_cell(Some(&cell), &expected, DateSystem::From1900);
                assert_eq!(read, Content::Flawed(Flaw::PersonalNumber), "{number} {shown} {field_type:?}");
            }
        }
    }

    #[test]
    fn a_time_where_hours_belong_is_a_flaw_that_knows_the_hours() {
        let read = |field_type, value: CellValue, shown: Option<&str>| {
            let expected = FieldKind { field_type, choices: &[], is_computed: false };
            let cell = Cell { address: CellAddress::new(0, 0), value, formula: None, shown: shown.map(Into::into) };
            read_cell(Some(&cell), &expected, DateSystem::From1900)
        };
        let days = |text| CellValue::Date(decimal(text));
        let time = |shown: &str, hours| Content::Flawed(Flaw::Time(shown.into(), decimal(hours)));
        for (value, shown, expected) in [
            (days("0.616666666666667"), Some("14:48"), time("14:48", "14.8")),
            (days("0.616666666666667"), None, time("14:48", "14.8")),
            (days("1.54166666666667"), Some("37:00"), time("37:00", "37")),
            (days("1.54166666666667"), Some("13:00"), time("13:00", "37")),
            (days("1.54166666666667"), None, time("37:00", "37")),
            (days("5.85972222222222"), None, time("140:38", "140.63")),
            (days("2"), Some("48:00"), time("48:00", "48")),
            (typed("14:48"), None, time("14:48", "14.8")),
            (typed("7:24 timer"), None, time("7:24 timer", "7.4")),
            (days("0"), Some("0:00"), Content::Value(Value::Number(Decimal::ZERO))),
        ] {
            assert_eq!(read(FieldType::Hours, value.clone(), shown), expected, "{value:?} {shown:?}");
        }
        let not_a_number = |shown: &str| Content::Flawed(Flaw::NotANumber(shown.into(), None));
        let date = |shown: &str, typed: &str| Content::Flawed(Flaw::DateNotNumber(shown.into(), Some(decimal(typed))));
        assert_eq!(read(FieldType::Hours, days("45152"), None), date("14-08-2023", "14.8"));
        assert_eq!(read(FieldType::Amount, days("45152"), None), date("14-08-2023", "14.8"));
        assert_eq!(read(FieldType::Hours, days("37"), None), date("06-02-1900", "6.2"));
        for field_type in [FieldType::Amount, FieldType::Number, FieldType::Whole] {
            assert_eq!(read(field_type, days("1.5"), Some("36:00")), not_a_number("36:00"), "{field_type:?}");
            assert_eq!(read(field_type, days("0.5"), None), not_a_number("12:00"), "{field_type:?}");
        }
        assert_eq!(read(FieldType::Text, days("1.5"), Some("36:00")), Content::Value(Value::Text("36:00".into())));
    }

    #[test]
    fn a_cpr_number_is_kept_out_of_number_fields() {
        assert_eq!(read(FieldType::Amount, typed("010170-1234")), Content::Flawed(Flaw::PersonalNumber));
        let lost_zero = CellValue::Number(decimal("101701234"));
        assert_eq!(read(FieldType::Amount, lost_zero), Content::Flawed(Flaw::PersonalNumber));
        let p_number = CellValue::Number(decimal("1001701234"));
        assert!(matches!(read(FieldType::PNumber, p_number), Content::Value(Value::PNumber(_))));
    }
}
