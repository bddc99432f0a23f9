//! Each kind of change that a scenario can make ends up in the workbook as described in `samples/bases.toml`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's helpers may panic")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use sporskifte::form::{FormKind, Layout};
use sporskifte::parameters::Parameters;
use sporskifte::sample::{Bases, SampleError, Scenario, workbooks};

type Made = Vec<(FormKind, Xlsx<Cursor<Vec<u8>>>)>;

fn make(changes: &str) -> Result<Made, SampleError> {
    let scenario = Scenario::from_table(changes.parse().unwrap())?;
    let layouts = Layout::embedded().unwrap();
    let made = workbooks(&scenario, &Bases::embedded()?, &layouts, &Parameters::embedded().unwrap())?;
    Ok(made.into_iter().map(|(kind, bytes)| (kind, Xlsx::new(Cursor::new(bytes)).unwrap())).collect())
}

fn budget(changes: &str) -> Xlsx<Cursor<Vec<u8>>> {
    make(&format!("base = \"2023\"\n{changes}")).unwrap().remove(0).1
}

fn cell(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, address: (u32, u32)) -> Data {
    workbook.worksheet_range(sheet).unwrap().get_value(address).cloned().unwrap_or_default()
}

fn formula(workbook: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, address: (u32, u32)) -> String {
    workbook.worksheet_formula(sheet).unwrap().get_value(address).cloned().unwrap_or_default()
}

/// 0-based places in the budget.
const ADMIN_HOURS: (u32, u32) = (5, 20);
const ADMIN_AMOUNT: (u32, u32) = (5, 22);
const GUIDANCE_WAGE: (u32, u32) = (5, 12);
const COSTS: (u32, u32) = (5, 29);
const GRANT: (u32, u32) = (5, 30);
const TOTAL_GRANT: (u32, u32) = (50, 30);
const SUM_TOTAL: (u32, u32) = (54, 30);

#[test]
fn a_changed_input_changes_what_follows_from_it() {
    let mut clean = budget("");
    let mut changed = budget("[set.budget]\n\"packages.1.admin.hours\" = 4");
    assert_eq!(cell(&mut changed, "Budget", ADMIN_HOURS), Data::Float(4.0));
    assert_eq!(cell(&mut changed, "Budget", ADMIN_AMOUNT), Data::Float(980.0));
    let grand_total = |workbook: &mut _| cell(workbook, "Budget", SUM_TOTAL).to_string().parse::<f64>().unwrap();
    assert!((grand_total(&mut clean) - grand_total(&mut changed) - 245.0).abs() < 1e-6);
}

#[test]
fn a_row_past_the_last_is_appended_and_a_removed_input_leaves_the_cell_empty() {
    let mut changed = budget("[set.budget]\npackages.3.employee = \"NY\"\npackages.1.wage = \"\"");
    assert_eq!(cell(&mut changed, "Budget", (7, 1)), Data::String("NY".into()));
    assert_eq!(cell(&mut changed, "Budget", (5, 8)), Data::Empty);
    assert_eq!(cell(&mut changed, "Budget", GUIDANCE_WAGE), Data::Float(0.0));
}

#[test]
fn what_is_typed_over_a_formula_is_a_constant_that_the_form_goes_on_from() {
    for key in ["Budget!AD6", "packages.1.costs"] {
        let mut changed = budget(&format!("[type.budget]\n\"{key}\" = 130000"));
        assert_eq!(formula(&mut changed, "Budget", COSTS), "");
        assert_eq!(cell(&mut changed, "Budget", COSTS), Data::Float(130_000.0));
        assert_eq!(cell(&mut changed, "Budget", GRANT), Data::Float(120_000.0));
    }
}

#[test]
fn text_where_the_form_calculates_gives_the_error_that_a_spreadsheet_gives() {
    let mut changed = budget("[set.budget]\n\"packages.1.materials\" = \"efter aftale\"");
    assert_eq!(cell(&mut changed, "Budget", COSTS).to_string(), "#VALUE!");
    assert_eq!(cell(&mut changed, "Budget", SUM_TOTAL).to_string(), "#VALUE!");
    assert_eq!(cell(&mut changed, "Budget", GUIDANCE_WAGE), Data::Float(3626.0));
}

#[test]
fn a_stale_value_leaves_the_formula_and_what_follows_alone() {
    let mut changed = budget("[stored.budget]\n\"Budget!M6\" = 1\n\"totals.grant\" = \"#REF!\"");
    assert_eq!(cell(&mut changed, "Budget", GUIDANCE_WAGE), Data::Float(1.0));
    assert!(formula(&mut changed, "Budget", GUIDANCE_WAGE).contains("maks_timeløn"));
    assert_eq!(cell(&mut changed, "Budget", TOTAL_GRANT).to_string(), "#REF!");
    assert_eq!(cell(&mut changed, "Budget", GRANT), cell(&mut budget(""), "Budget", GRANT));
}

#[test]
fn a_formula_can_lack_its_stored_value() {
    let mut one = budget("stored.budget.\"Budget!M6\" = \"(none)\"");
    assert_eq!(cell(&mut one, "Budget", GUIDANCE_WAGE), Data::Empty);
    assert_ne!(cell(&mut one, "Budget", GRANT), Data::Empty);
    let mut all = budget("stored.budget.\"*\" = \"(none)\"");
    assert_eq!(cell(&mut all, "Budget", GRANT), Data::Empty);
    assert!(formula(&mut all, "Budget", GRANT).contains("maks_pakke"));
}

#[test]
fn another_formula_stands_with_its_value_and_the_form_goes_on_from_it() {
    let mut changed = budget("[formula.budget]\n\"totals.grant\" = { text = \"SUM(AE6:AE6)\", value = 500 }");
    assert_eq!(formula(&mut changed, "Budget", TOTAL_GRANT), "SUM(AE6:AE6)");
    assert_eq!(cell(&mut changed, "Budget", TOTAL_GRANT), Data::Float(500.0));
    assert_eq!(cell(&mut changed, "Budget", SUM_TOTAL), Data::Float(500.0));
}

#[test]
fn labels_and_sheets_are_renamed_removed_hidden_and_added() {
    let mut changed = budget(
        "rename.budget = { \"Budget!I5\" = \"Løn\", Budget = \"Ark 1\" }\nremove.budget = [\"Anden støtte\"]\n\
         hide.budget = [\"Satser\"]\nadd.budget = [\"Noter\"]\ntype.budget.\"Noter!B2\" = \"husk\"",
    );
    assert_eq!(changed.sheet_names(), ["Stamdata", "Ark 1", "Satser", "Lister", "Noter"]);
    assert_eq!(cell(&mut changed, "Ark 1", (4, 8)), Data::String("Løn".into()));
    assert_eq!(cell(&mut changed, "Noter", (1, 1)), Data::String("husk".into()));
    let hidden = changed.sheets_metadata().iter().filter(|sheet| sheet.visible != calamine::SheetVisible::Visible);
    assert_eq!(hidden.map(|sheet| sheet.name.clone()).collect::<Vec<_>>(), ["Satser", "Lister"]);
}

#[test]
fn inserted_rows_and_columns_move_the_table_and_its_formulas() {
    let mut moved = budget(
        "insert.budget = [{ sheet = \"Budget\", column = \"C\", count = 2 }, { sheet = \"Budget\", row = 3, count = 1 }]",
    );
    let (row, column) = GRANT;
    assert_eq!(
        formula(&mut moved, "Budget", (row + 1, column + 2))
            .rsplit_once(',')
            .unwrap()
            .0
            .rsplit_once("ROUND(")
            .unwrap()
            .1,
        "MIN(AF7+0,maks_pakke)"
    );
    assert_eq!(cell(&mut moved, "Budget", (row + 1, column + 2)), cell(&mut budget(""), "Budget", GRANT));
    assert_eq!(formula(&mut moved, "Budget", (51, 32)), "ROUND(SUM(AG7:AG51),2)");
}

#[test]
fn a_package_is_repeated_in_every_form() {
    let made = make("base = \"2023\"\nrepeat.all = 45").unwrap();
    for (kind, mut workbook) in made {
        let (sheet, last) = match kind {
            FormKind::Budget => ("Budget", (49, 1)),
            FormKind::Overview => ("Kursusoversigt", (5 + 45 * 4 - 1, 1)),
            FormKind::Accounts => ("Slutregnskab", (49, 1)),
        };
        assert_eq!(cell(&mut workbook, sheet, last), Data::String("JHA45".into()), "{kind}");
    }
}

#[test]
fn a_form_that_is_left_out_is_not_made() {
    let made = make("base = \"2023\"\nomit = [\"overview\", \"accounts\"]\nfields.\"grant.amount\" = 1").unwrap();
    assert_eq!(made.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [FormKind::Budget]);
}

#[test]
fn a_slip_of_the_pen_names_the_scenario_and_the_key() {
    let slips = [
        ("[set.budget]\n\"packages.1.admin.hour\" = 6", "packages.1.admin.hour"),
        ("[set.budget]\n\"packages.9.wage\" = 6", "packages.9.wage"),
        ("[set.overview]\n\"declaration.agreed\" = true", "declaration.agreed"),
        ("[type.budget]\n\"Bugdet!A1\" = 6", "Bugdet"),
        ("[stored.budget]\n\"Budget!A1\" = 6", "Budget!A1"),
        ("[rename.budget]\n\"Ark 9\" = \"x\"", "Ark 9"),
    ];
    for (changes, slip) in slips {
        let error = make(&format!("what = \"my case\"\nbase = \"2023\"\n{changes}")).err().unwrap();
        assert!(
            matches!(&error, SampleError::UnknownKey { scenario, key } if scenario == "my case" && key == slip),
            "{error}"
        );
    }
    let computed = make("base = \"2023\"\n[set.budget]\n\"packages.1.costs\" = 6").err().unwrap();
    assert!(matches!(computed, SampleError::Computed { key, .. } if key == "packages.1.costs"));
    assert!(matches!(make("sett = 1").err().unwrap(), SampleError::Syntax { .. }));
    assert!(matches!(make("base = \"1999\"").err().unwrap(), SampleError::UnknownBase { .. }));
}

#[test]
fn the_accounts_of_the_clean_cases_have_what_their_budgets_asked_for() {
    let bases = Bases::embedded().unwrap();
    for name in bases.names() {
        let mut made = make(&format!("base = \"{name}\"")).unwrap();
        let (budget, rest) = made.split_first_mut().unwrap();
        let accounts = rest.last_mut().unwrap();
        for row in [5, 6] {
            let granted = cell(&mut accounts.1, "Slutregnskab", (row, 32));
            assert_eq!(cell(&mut budget.1, "Budget", (row, 30)), granted, "{name}, row {row}");
            assert_eq!(cell(&mut accounts.1, "Slutregnskab", (row, 33)), granted, "{name}, row {row}");
        }
        let total = cell(&mut budget.1, "Budget", SUM_TOTAL);
        let stamdata = accounts.1.worksheet_range("Stamdata").unwrap();
        let granted = stamdata.rows().find(|row| row[0] == "Tilsagnsbeløb (kr.)").unwrap()[1].clone();
        assert_eq!(total, granted, "{name}");
        assert_eq!(total, cell(&mut accounts.1, "Slutregnskab", (54, 33)), "{name}");
    }
}
