//! `sporskifte accounts`, `overview` and `upgrade`: one form made from another.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::failure::Failure;
use super::new_workbook::write_workbook;
use super::settings::{date, settings};
use super::{NOTHING_FOUND, SOMETHING_FOUND};
use crate::batch::{NamedOutput, NamedOutputs, Settings};
use crate::carry::{Blank, Carried, Grant, accounts, blanks, overview, upgrade};
use crate::case::{Assessment, Case, Document};
use crate::form::{Form, FormKind, Layout, read_form, recognise};
use crate::intake::{IntakeError, open, read_bytes};
use crate::language::{Language, OwnedText, Text};
use crate::plain_text::file_name;
use crate::rules::{FileSubject, check_file};
use crate::template::Forms;
use crate::workbook::{Limits, WorkbookFormat, recognise as recognise_format};

/// A new form, about to be written.
struct NewForm {
    kind: FormKind,
    carried: Carried,
    /// What else the user must know.
    remarks: Vec<String>,
    /// What the company must fill in.
    blanks: Vec<Blank>,
}

pub(super) fn run(command: &str, matches: &ArgMatches, language: Language) -> Result<u8, Failure> {
    let input: PathBuf = matches.get_one::<PathBuf>("paths").cloned().unwrap_or_default();
    let settings = settings(matches, language)?;
    let document = read_document(&input, &settings)?;
    let layouts = Layout::embedded().map_err(|error| Failure::Internal(error.to_string()))?;
    let forms = Forms::new(&layouts, &settings.parameters);
    let (suffix, new) = match command {
        "accounts" => ("slutregnskab", new_accounts(&document, &forms, &input, matches, language)?),
        "overview" => ("kursusoversigt", new_overview(&document, &forms, &input)?),
        _ => ("opgraderet", upgraded(&document, &forms)?),
    };
    let out = out_path(matches, &input, suffix)?;
    let rules = settings.rules_date.or(document.master.application_date.value().copied());
    let bytes = forms.fill(new.kind, rules, &new.carried.filling);
    let bytes = bytes.map_err(|error| Failure::Internal(error.to_string()))?;
    let wrote = write_workbook(&out, &bytes, language)?;
    // The form is there, whether or not anybody reads this.
    let _ = std::io::stdout().write_all(words(&new, wrote, language).as_bytes());
    let is_whole = new.carried.left.is_empty() && new.remarks.is_empty();
    Ok(if is_whole { NOTHING_FOUND } else { SOMETHING_FOUND })
}

fn read_document(path: &Path, settings: &Settings) -> Result<Document, Failure> {
    if path.symlink_metadata().is_err() {
        return Err(Failure::NoSuchPath(path.to_owned()));
    }
    let read = || read_the_form(path, settings);
    let form = catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(IntakeError::Failed));
    let findings = match form {
        Ok(Some(form)) => return Ok(Document::new("".into(), form)),
        Ok(None) => return Err(not_carried(path, NO_FORM)),
        Err(error) => check_file(&FileSubject { workbook: Err(&error), recognised: false }),
    };
    let said = |language| findings.first().map(|finding| finding.message(language)).unwrap_or_default();
    Err(Failure::NotCarried(path.to_owned(), OwnedText { da: said(Language::Danish), en: said(Language::English) }))
}

const NO_FORM: Text = Text::new("Det er ingen af de kendte skabeloner.", "It is none of the known forms.");
const NO_BUDGET: Text = Text::new("Det er ikke et budget.", "It is not a budget.");

fn read_the_form(path: &Path, settings: &Settings) -> Result<Option<Form>, IntakeError> {
    let opened = open(read_bytes(path, &settings.limits)?, &settings.limits)?;
    let recognised = recognise(&opened.workbook, &settings.layouts);
    Ok(recognised.map(|recognised| read_form(&opened.workbook, recognised)))
}

fn not_carried(path: &Path, reason: Text) -> Failure {
    Failure::NotCarried(path.to_owned(), OwnedText { da: reason.da.to_owned(), en: reason.en.to_owned() })
}

fn layout<'f>(forms: &Forms<'f>, kind: FormKind) -> Result<&'f Layout, Failure> {
    forms.layout(kind).ok_or_else(|| Failure::Internal(kind.to_string()))
}

fn budget<'d>(document: &'d Document, path: &Path) -> Result<&'d Form, Failure> {
    if document.kind() == FormKind::Budget { Ok(&document.form) } else { Err(not_carried(path, NO_BUDGET)) }
}

fn upgraded(document: &Document, forms: &Forms<'_>) -> Result<NewForm, Failure> {
    let kind = document.kind();
    let carried = upgrade(&document.form, layout(forms, kind)?);
    Ok(NewForm { kind, carried, remarks: Vec::new(), blanks: Vec::new() })
}

fn new_overview(document: &Document, forms: &Forms<'_>, path: &Path) -> Result<NewForm, Failure> {
    let layout = layout(forms, FormKind::Overview)?;
    let carried = overview(budget(document, path)?, layout);
    let blanks = blanks(layout, &carried.filling);
    Ok(NewForm { kind: FormKind::Overview, carried, remarks: Vec::new(), blanks })
}

fn new_accounts(
    document: &Document,
    forms: &Forms<'_>,
    path: &Path,
    matches: &ArgMatches,
    language: Language,
) -> Result<NewForm, Failure> {
    let budget = budget(document, path)?;
    let layout = layout(forms, FormKind::Accounts)?;
    let amount = matches.get_one::<Decimal>("amount").copied().unwrap_or_default();
    let day = date(matches, "grant-date")?.ok_or(Failure::NoCommand)?;
    let rules = date(matches, "rules-date")?.or(document.master.application_date.value().copied());
    let assessment = assess(document, forms, rules);
    let packages = match &assessment {
        Some(assessment) => assessment.packages.iter().map(|package| Some(package.as_ref()?.amounts.grant)).collect(),
        None => vec![None; document.packages.len()],
    };
    let carried = accounts(budget, layout, &Grant { date: day, amount, packages });
    let total = assessment.and_then(|assessment| assessment.totals).map(|totals| totals.total);
    let remarks = difference(amount, total, language).into_iter().collect();
    let blanks = blanks(layout, &carried.filling);
    Ok(NewForm { kind: FormKind::Accounts, carried, remarks, blanks })
}

/// The budget, recalculated; `None` where no rules are known for it.
fn assess(document: &Document, forms: &Forms<'_>, rules: Option<Date>) -> Option<Assessment> {
    let figures = forms.figures(rules?)?;
    let case = Case { id: String::new(), documents: vec![document.clone()] };
    Some(Assessment::of(document, &case, &figures))
}

/// What is to be said where the amount of the grant is not what the budget gives.
fn difference(amount: Decimal, total: Option<Decimal>, language: Language) -> Option<String> {
    let Some(total) = total else {
        let unknown = Text::new(
            "Budgettets tilskud kan ikke genberegnes, så tilsagnets beløb er ikke holdt op mod det.",
            "The grant of the budget cannot be recalculated, so the amount was not held against it.",
        );
        return Some(unknown.get(language).to_owned());
    };
    let differs = Text::new(
        "Tilsagnets beløb er {amount} kr., men budgettet giver {total} kr. Hver pakkes bevilling står, som budgettet giver den.",
        "The amount of the grant is DKK {amount}, but the budget gives DKK {total}. What is granted for each package stands as the budget gives it.",
    );
    let sentence = differs.get(language).replace("{amount}", &language.amount(amount));
    (amount != total).then(|| sentence.replace("{total}", &language.amount(total)))
}

/// Where the new form goes: never over the workbook it is made from, over another file only where that is asked for.
fn out_path(matches: &ArgMatches, input: &Path, suffix: &str) -> Result<PathBuf, Failure> {
    let stem = input.file_stem().unwrap_or_default().to_string_lossy();
    let name = file_name(&format!("{stem}.{suffix}.xlsx"));
    let path = match matches.get_one::<PathBuf>("out") {
        None => input.with_file_name(name),
        Some(out) if out.is_dir() => out.join(name),
        Some(out) => out.clone(),
    };
    if path.symlink_metadata().is_ok() && !matches.get_flag("force") {
        return Err(Failure::AlreadyThere(path));
    }
    let output = NamedOutput { option: "out", path: path.clone(), is_its_kind: is_workbook };
    let named = NamedOutputs::new(vec![output], None);
    named.refuse_misplaced(&[input.to_owned()]).map_err(Failure::Refused)?;
    Ok(path)
}

/// Whether a file is a workbook, as the forms are that are written.
fn is_workbook(path: &Path) -> io::Result<bool> {
    let limits = Limits::default();
    let bytes = read_bytes(path, &limits).map_err(io::Error::other)?;
    Ok(recognise_format(&bytes, &limits).is_ok_and(|format| format == WorkbookFormat::Xlsx))
}

fn words(new: &NewForm, wrote: String, language: Language) -> String {
    let t = |da, en| Text::new(da, en).get(language);
    let mut lines = vec![wrote];
    lines.extend(new.remarks.iter().cloned());
    if !new.carried.left.is_empty() {
        lines.push(t("Ikke ført over:", "Not carried over:").to_owned());
        lines.extend(new.carried.left.iter().map(|left| format!("  {}", left.in_words(language))));
    }
    if !new.blanks.is_empty() {
        lines.push(t("Virksomheden skal selv udfylde:", "The company must fill in:").to_owned());
        lines.extend(new.blanks.iter().map(|blank| format!("  {}", blank_in_words(blank, language))));
    }
    if new.kind == FormKind::Accounts && !new.blanks.is_empty() {
        let spent = t("og det, der ellers faktisk er brugt.", "and whatever else was actually spent.");
        lines.push(format!("  {spent}"));
    }
    lines.join("\n") + "\n"
}

fn blank_in_words(blank: &Blank, language: Language) -> String {
    let Blank { sheet, label, rows } = blank;
    let field = Text::new("»{}«", "“{}”").get(language).replace("{}", label);
    let in_rows = match rows {
        None => String::new(),
        Some(1) => Text::new(" i 1 række", " in 1 row").get(language).to_owned(),
        Some(rows) => Text::new(" i {} rækker", " in {} rows").get(language).replace("{}", &rows.to_string()),
    };
    format!("{sheet}: {field}{in_rows}")
}
