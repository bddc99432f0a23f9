//! Numbers, dates and places at the edges of what can be.

use super::Hazard;
use super::Outcome::{self, Found, Harmless};
use super::package::{Form, SHEET};

const GROUP: &str = "values";
const MASTER: &str = "xl/worksheets/sheet1.xml";

const fn hazard(name: &'static str, made: &'static str, build: fn() -> Vec<u8>, outcome: Outcome) -> Hazard {
    Hazard { name, group: GROUP, made, file: "budget.xlsx", build, outcome }
}

/// The hazards of this group.
pub static HAZARDS: &[Hazard] = &[
    hazard(
        "sparse-sheet",
        "a value in A1 and one in XFD1048576",
        || {
            let corner = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
            Form::new().filled(SHEET, "</sheetData>", corner, 1).file()
        },
        Found("S012", "Uden for skabelonens felter står »1«"),
    ),
    hazard(
        "dimension-of-everything",
        "a sheet that declares A1:XFD1048576",
        || {
            let form = Form::new();
            let text = form.text(SHEET).to_owned();
            let start = text.find("<dimension").unwrap();
            let end = start + text[start..].find("/>").unwrap();
            form.with_text(SHEET, &format!("{}<dimension ref=\"A1:XFD1048576\"{}", &text[..start], &text[end..])).file()
        },
        Harmless,
    ),
    hazard(
        "number-1e308",
        "1e308 for the hours of an employee",
        || hours("1e308"),
        Found("F102", "Tallet er større, end noget felt i skabelonen kan rumme"),
    ),
    hazard(
        "number-1e400",
        "1e400, which no computer number can be",
        || hours("1e400"),
        Found("F102", "Tallet er større, end noget felt i skabelonen kan rumme"),
    ),
    hazard("number-nan", "NaN for the hours of an employee", || hours("NaN"), Found("F102", "skal der stå et tal")),
    hazard(
        "number-infinity",
        "INF for the hours of an employee",
        || hours("INF"),
        Found("F102", "skal der stå et tal"),
    ),
    hazard(
        "number-minus-zero",
        "-0 for the hours of an employee",
        || hours("-0"),
        Found("P312", "ingen timer til efteruddannelse"),
    ),
    hazard(
        "number-of-30-digits",
        "a number of 30 digits for the hours of an employee",
        || hours("123456789012345678901234567890"),
        Found("F102", "Tallet er større, end noget felt i skabelonen kan rumme"),
    ),
    hazard(
        "number-1e-300",
        "1e-300 for the hours of an employee",
        || hours("1e-300"),
        Found("P312", "ingen timer til efteruddannelse"),
    ),
    hazard(
        "date-beyond-the-year-9999",
        "day 99,999,999 as the date of the application",
        || date("99999999"),
        Found("F104", "er ikke en dato"),
    ),
    hazard(
        "date-before-1900",
        "day -1 as the date of the application",
        || date("-1"),
        Found("F104", "er ikke en dato"),
    ),
    hazard(
        "date-29-february-1900",
        "day 60, Excel's 29 February 1900, as the date of the application",
        || date("60"),
        Found("F104", "er ikke en dato"),
    ),
    hazard(
        "date-1e308",
        "day 1e308 as the date of the application",
        || date("1e308"),
        Found("F104", "er ikke en dato"),
    ),
];

/// The budget with something else for the course hours of its first employee.
fn hours(value: &str) -> Vec<u8> {
    set(SHEET, "N6", value)
}

/// The budget with something else for the date of its application.
fn date(value: &str) -> Vec<u8> {
    set(MASTER, "B11", value)
}

/// The form with another number in a cell.
fn set(part: &str, cell: &str, value: &str) -> Vec<u8> {
    let form = Form::new();
    let text = form.text(part).to_owned();
    let start = text.find(&format!("<c r=\"{cell}\"")).unwrap();
    let start = start + text[start..].find("<v>").unwrap() + "<v>".len();
    let end = start + text[start..].find("</v>").unwrap();
    form.with_text(part, &format!("{}{value}{}", &text[..start], &text[end..])).file()
}
