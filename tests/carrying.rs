//! What goes from one form into another, value by value, and what is left behind.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use sporskifte::carry::{Carried, Grant, Reason, accounts, blanks, overview, upgrade};
use sporskifte::form::{Form, FormKind, Layout, read_form, recognise};
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::sample::{Bases, Scenario, workbooks};
use sporskifte::template::{Entry, Filling, Forms, Row};
use sporskifte::workbook::{Limits, read};

/// The layouts, with the budget's first.
fn layouts() -> Vec<Layout> {
    Layout::embedded().unwrap()
}

fn form_of(workbook: Vec<u8>, layouts: &[Layout]) -> Form {
    let opened = read(workbook.into(), &Limits::default()).unwrap();
    let layouts: Vec<Arc<Layout>> = layouts.iter().cloned().map(Arc::new).collect();
    read_form(&opened.workbook, recognise(&opened.workbook, &layouts).unwrap())
}

/// The budget of the clean case of 2023, changed.
fn budget(changes: &str) -> Form {
    let scenario = Scenario::from_table(format!("base = \"2023\"\n{changes}").parse().unwrap()).unwrap();
    let made = workbooks(&scenario, &Bases::embedded().unwrap(), &layouts(), &Parameters::embedded().unwrap()).unwrap();
    let (_, workbook) = made.into_iter().find(|(kind, _)| *kind == FormKind::Budget).unwrap();
    form_of(workbook, &layouts())
}

fn number(text: &str) -> Entry {
    Entry::Number(text.parse().unwrap())
}

fn text(text: &str) -> Entry {
    Entry::Text(text.to_owned())
}

fn row(entries: &[(&str, Entry)]) -> Row {
    entries.iter().map(|(key, entry)| ((*key).to_owned(), entry.clone())).collect()
}

/// What was left behind: cell, and why.
fn left(carried: &Carried) -> Vec<(String, Reason)> {
    carried.left.iter().map(|left| (left.origin.cell.to_string(), left.reason)).collect()
}

#[test]
fn an_overview_has_the_hours_and_fees_of_what_is_planned() {
    let budget = budget(
        "[set.budget]\n\"packages.1.guidance.veu_hours\" = 14.8\n\"packages.1.guidance.hours\" = 14.8\n\
        \"packages.1.course.veu_hours\" = 7.4\n\"packages.1.internship.weeks\" = 2\n\
        \"packages.1.internship.week_hours\" = 36.5\n\"packages.2.guidance.hours\" = 0\n\
        \"packages.2.course.veu_hours\" = 0",
    );
    let carried = overview(&budget, &layouts()[1]);
    let of = |nr: &str, employee: &str, activity: &str, rest: &[(&str, Entry)]| {
        let first = [("nr", number(nr)), ("employee", text(employee)), ("activity", text(activity))];
        row(&[&first, rest].concat())
    };
    let expected = [
        of(
            "1",
            "JHA",
            "Vejledning og afklaring",
            &[("hours", number("14.8")), ("fee", number("3200")), ("veu", Entry::YesNo(true))],
        ),
        // The allowance is for some of the hours, so the company says for which courses.
        of("1", "JHA", "Erhvervsrettet efteruddannelse", &[("hours", number("185")), ("fee", number("11250"))]),
        of("1", "JHA", "Praktik", &[("hours", number("73"))]),
        of(
            "2",
            "BKN",
            "Erhvervsrettet efteruddannelse",
            &[("hours", number("185")), ("fee", number("11925.5")), ("veu", Entry::YesNo(false))],
        ),
    ];
    assert_eq!(carried.filling.tables["activities"], expected);
    assert_eq!(carried.left, []);
    assert_eq!(carried.filling.fields["company.cvr"], text("29324662"));
    let hosts =
        blanks(&layouts()[1], &carried.filling).into_iter().find(|blank| blank.label.starts_with("Praktiksted"));
    assert_eq!(hosts.unwrap().rows, Some(1));
}

#[test]
fn accounts_have_the_packages_and_the_grant_and_nothing_of_what_was_spent() {
    let grant = Grant {
        date: Date::constant(2023, 6, 1),
        amount: "118774.84".parse().unwrap(),
        packages: vec![Some("69090.79".parse().unwrap()), None],
    };
    let carried = accounts(&budget(""), &layouts()[2], &grant);
    let package = |nr: &str, employee: &str, jobs: [&str; 2], granted: &[(&str, Entry)]| {
        let said = [
            ("nr", number(nr)),
            ("employee", text(employee)),
            ("current_job", text(jobs[0])),
            ("new_job", text(jobs[1])),
            ("earlier", Entry::YesNo(false)),
            ("employment", text("Ordinær")),
        ];
        row(&[&said, granted].concat())
    };
    let expected = [
        package("1", "JHA", ["Maskinreparatør", "Servicekoordinator"], &[("granted", number("69090.79"))]),
        package("2", "BKN", ["Hydraulikmontør", "Teknisk sælger"], &[]),
    ];
    let filling = &carried.filling;
    assert_eq!(filling.tables["packages"], expected);
    assert_eq!(filling.tables.len(), 1);
    assert_eq!(filling.fields["grant.date"], Entry::Date(grant.date));
    assert_eq!(filling.fields["grant.amount"], Entry::Number(grant.amount));
    assert_eq!(filling.fields["case.application_date"], Entry::Date(Date::constant(2023, 5, 8)));
    assert!(!filling.fields.contains_key("sum.audit") && !filling.fields.contains_key("accounts.submitted"));
    assert_eq!(carried.left, []);
}

#[test]
fn an_upgrade_leaves_behind_what_is_no_value_what_was_typed_over_and_what_stands_beside_the_form() {
    let budget = budget(
        "[set.budget]\n\"packages.1.materials\" = \"ca. 500 kr.\"\n\"packages.2.employee\" = \"010170-1234\"\n\
        [type.budget]\n\"Budget!AE6\" = 70000\n\"Budget!B62\" = \"Husk underskrift\"",
    );
    let carried = upgrade(&budget, &layouts()[0]);
    let expected = [
        ("AA6", Reason::Unusable),
        ("AE6", Reason::TypedOver),
        ("B7", Reason::PersonalNumber),
        ("B62", Reason::NoField),
    ];
    assert_eq!(left(&carried), expected.map(|(cell, reason)| (cell.to_owned(), reason)));
    assert!(carried.left[2].in_words(Language::Danish).contains("010170-****"));
    let packages = &carried.filling.tables["packages"];
    for key in ["materials", "grant", "costs"] {
        assert!(!packages[0].contains_key(key), "{key}");
    }
    assert!(!packages[1].contains_key("employee"));
    assert_eq!(packages[0]["course.fee"], number("11250"));
}

/// The layout of somebody's own budget: other names, a field of its own, room for more packages.
fn own_layout() -> Layout {
    let toml = include_str!("../templates/budget.toml")
        .replace("template = \"sporskifte-budget\"", "template = \"kommune-budget\"")
        .replace("label = \"Virksomhedens navn\"", "label = \"Firma\"")
        .replace("label = \"Timeløn (kr.)\"", "label = \"Løn i timen\"")
        .replace("capacity = 45", "capacity = 50")
        .replace(
            "[[sheet.field]]\nkey = \"company.cvr\"",
            "[[sheet.field]]\nkey = \"company.department\"\nlabel = \"Afdeling\"\ntype = \"text\"\n\n\
            [[sheet.field]]\nkey = \"company.cvr\"",
        );
    Layout::from_toml(&toml).unwrap()
}

#[test]
fn a_form_of_ones_own_layout_is_carried_into_the_current_one() {
    let own = own_layout();
    let mut filling = Filling::default();
    let mut set = |key: &str, entry: Entry| filling.set(&own, key, entry).unwrap();
    set("company.name", text("Ærø Værft A/S"));
    set("company.department", text("Salg"));
    set("case.application_date", Entry::Date(Date::constant(2023, 5, 8)));
    for nr in 1..=47 {
        set(&format!("packages.{nr}.employee"), text(&format!("M{nr}")));
        set(&format!("packages.{nr}.wage"), Entry::Number(Decimal::from(200 + nr)));
    }
    let parameters = Parameters::embedded().unwrap();
    let forms = Forms::new([&own], &parameters);
    let workbook = forms.fill(FormKind::Budget, Some(Date::constant(2023, 5, 8)), &filling).unwrap();

    let carried = upgrade(&form_of(workbook, std::slice::from_ref(&own)), &layouts()[0]);
    assert_eq!(carried.filling.fields["company.name"], text("Ærø Værft A/S"));
    let packages = &carried.filling.tables["packages"];
    assert_eq!(packages.len(), 45);
    for (package, nr) in packages.iter().zip(1..) {
        assert_eq!(package["employee"], text(&format!("M{nr}")));
        assert_eq!(package["wage"], Entry::Number(Decimal::from(200 + nr)));
    }
    let reasons: Vec<Reason> = carried.left.iter().map(|left| left.reason).collect();
    // The department, and employee and wage of two packages.
    assert_eq!(reasons, [&[Reason::NoField][..], &[Reason::NoRoom; 4]].concat());
    let words = carried.left[0].in_words(Language::Danish);
    assert_eq!(words, "Stamdata!B6 »Afdeling« – »Salg«: skabelonen har ikke noget felt til det");
}
