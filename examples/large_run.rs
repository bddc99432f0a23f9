//! Writes every report of a run of made cases, to see how they look and how much memory they need:
//! `cargo run --release --example large_run -- 40000 FOLDER`.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::time::Instant;

use jiff::ToSpan as _;
use jiff::civil::Date;
use rust_decimal::Decimal;
use sporskifte::configuration::Configuration;
use sporskifte::finding::{Argument, Finding, Place, Verdict};
use sporskifte::form::FormKind;
use sporskifte::language::Language;
use sporskifte::parameters::Parameters;
use sporskifte::report::{
    CaseReport, CaseSource, CheckedFile, Claim, FileReport, RunReport, Statistics, SumLine, write_overview, write_page,
};
use sporskifte::rules::{Rule, all, find};

/// Cases that are made when they are asked for.
#[derive(Debug)]
struct MadeCases {
    cases: usize,
    rules: Vec<&'static Rule>,
}

impl CaseSource for MadeCases {
    fn count(&self) -> usize {
        self.cases
    }

    fn case(&self, index: usize) -> io::Result<CaseReport> {
        let id = format!("23/{index:06}");
        let applied =
            Date::constant(2023, 1, 2).saturating_add(i64::try_from(index * 730 / self.cases).unwrap_or(0).days());
        let budget = self.budget(index, &id, applied);
        let damaged = index.is_multiple_of(97).then(|| damaged(index, &id));
        let files: Vec<FileReport> = std::iter::once(budget).chain(damaged).collect();
        let grant = files.iter().find_map(|file| file.form.as_ref()).map(CheckedFile::total).unwrap_or_default();
        let verdict = files.iter().map(|file| file.verdict).max().unwrap_or(Verdict::NotChecked);
        let company = Some(company(index));
        Ok(CaseReport { id, company, files, verdict, grant, payout: Claim::default() })
    }
}

fn company(index: usize) -> String {
    format!("Virksomhed nr. {} ApS", index * 7919 % 3500)
}

impl MadeCases {
    fn budget(&self, index: usize, case: &str, applied: Date) -> FileReport {
        let place = |row: usize| Place {
            sheet: "Budget".into(),
            cell: format!("U{}", row + 6).parse().ok(),
            label: "Administration: timer".into(),
        };
        // Some rules fire far more often than others, as in life.
        let rule =
            |number: usize| self.rules.get(((index + 1) * (number + 3) * 31 % 997).pow(2) / 24_000 % self.rules.len());
        let finding = |number: usize| {
            let finding = Finding::at(rule(number)?, place(number));
            Some(
                finding
                    .found(Argument::Amount(Decimal::new(3_300_000, 2)))
                    .expected(Argument::Amount(Decimal::from(31_659))),
            )
        };
        let findings: Vec<Finding> = (0..index % 9).filter_map(finding).collect();
        // So that the larger of the two years' budgets is passed in autumn.
        let grant = Decimal::from(2_600_000_000_usize / self.cases + index % 1000) / Decimal::from(43);
        let claim = Claim { claimed: Some(grant + Decimal::from(index % 3)), recalculated: Some(grant) };
        let form = CheckedFile {
            content: None,
            kind: FormKind::Budget,
            company: Some(company(index)),
            cvr: Some(format!("{:08}", 10_000_000 + index * 7919 % 3500)),
            p_number: None,
            journal: Some(case.to_owned()),
            application_date: Some(applied),
            packages: Vec::new(),
            sums: vec![SumLine { label: "I alt".into(), place: None, claim, is_total: true }],
            rules_date: Some(applied),
        };
        FileReport {
            path: format!("ansøgninger/{}/{index:06}/budget.xlsx", applied.year()),
            case: case.to_owned(),
            sha256: None,
            verdict: Verdict::of(&findings),
            findings,
            waived: Vec::new(),
            form: Some(form),
        }
    }
}

fn damaged(index: usize, case: &str) -> FileReport {
    let findings = find("S001").map(Finding::on_file).into_iter().collect();
    FileReport {
        path: format!("ansøgninger/{index:06}/slutregnskab.xlsx"),
        case: case.to_owned(),
        sha256: None,
        verdict: Verdict::NotChecked,
        findings,
        waived: Vec::new(),
        form: None,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let cases = arguments.next().unwrap_or_default().parse()?;
    let folder = PathBuf::from(arguments.next().unwrap_or_default());
    std::fs::create_dir_all(&folder)?;
    let source = MadeCases { cases, rules: all().collect() };
    let report = RunReport::new(Box::new(source), Configuration::default())?;
    let statistics = measured("statistics", || Ok(Statistics::of(&report, &Parameters::embedded()?)?))?;
    let (language, file) = (Language::Danish, |name: &str| File::create(folder.join(name)).map(BufWriter::new));
    measured("rapport.xlsx", || Ok(write_overview(&report, &statistics, language, &folder, file("rapport.xlsx")?)?))?;
    measured("rapport.html", || Ok(write_page(&report, &statistics, language, &mut file("rapport.html")?)?))?;
    let counts = report.totals.counts;
    println!("{cases} cases, {} findings", counts.errors + counts.warnings + counts.reviews);
    Ok(())
}

/// Says how long a step took, and the most memory that was needed until its end.
fn measured<T>(
    step: &str,
    run: impl FnOnce() -> Result<T, Box<dyn std::error::Error>>,
) -> Result<T, Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let result = run()?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    println!("{step}: {:.1} s, peak {peak}", begin.elapsed().as_secs_f64());
    Ok(result)
}
