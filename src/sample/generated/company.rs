//! Invented companies.

use super::mixture::Mixture;
use super::random::{Random, Topic};

/// The weights of the digits of a CVR number but for the last, whose weight is 1.
const CVR_WEIGHTS: [u32; 7] = [2, 7, 6, 5, 4, 3, 2];
/// Six digits, the first of them not zero, with which a CVR number begins.
const CVR_PLACES: u64 = 900_000;
/// Far apart, so that neighbours have no like numbers; no prime of 900,000 divides it, so that no two come to one place.
const PLACES_APART: u64 = 556_219;
/// How many cases back the company may be that a case shares.
pub(super) const NEIGHBOURS: u32 = 5;

/// An invented company.
#[derive(Debug, Clone)]
pub(super) struct Company {
    pub(super) name: String,
    pub(super) cvr: String,
    pub(super) p_number: String,
    pub(super) industry: String,
    /// Whether the industry is on the list of those that may apply; else it is on no list.
    pub(super) is_listed: bool,
    pub(super) employees: i64,
    pub(super) contact: String,
    pub(super) email: String,
    pub(super) phone: String,
    /// Whether employees are known by payroll number; else by initials.
    pub(super) has_payroll_numbers: bool,
}

/// The number of the company of a case: its own, or that of one of the cases shortly before.
pub(super) fn company_number(random: &mut Random, case: u64, mixture: &Mixture) -> u64 {
    let back = u64::from(random.below(NEIGHBOURS)) + 1;
    let is_shared = random.chance(mixture.shares.same_company);
    case.checked_sub(back).filter(|_| is_shared).unwrap_or(case)
}

impl Company {
    /// The company of a number.
    pub(super) fn of(seed: u64, number: u64, mixture: &Mixture) -> Self {
        let random = &mut Random::of(seed, Topic::Company, number);
        let words = &mixture.words;
        let (town, trade) = (random.word(&words.towns), random.word(&words.trades));
        let (first, last) = (random.word(&words.first_names), random.word(&words.last_names));
        let is_listed = random.chance(mixture.shares.eligible);
        let industries = if is_listed { &words.eligible_industries } else { &words.other_industries };
        let industry = random.word(industries).to_owned();
        Self {
            name: format!("{town} {trade} {}", random.word(&words.company_forms)),
            cvr: cvr(seed, number),
            p_number: p_number(random),
            industry: if random.chance(15) { with_dots(&industry) } else { industry },
            is_listed,
            employees: employees(random),
            contact: format!("{first} {last}"),
            email: format!("{}@{}-{}.example", plain(first), plain(town), plain(trade)),
            phone: format!(
                "{:02} {:02} {:02} {:02}",
                random.between(20, 99),
                random.below(100),
                random.below(100),
                random.below(100)
            ),
            has_payroll_numbers: random.chance(50),
        }
    }
}

/// Many small companies, few large ones.
fn employees(random: &mut Random) -> i64 {
    match random.below(100) {
        0..20 => random.between(3, 9),
        20..60 => random.between(10, 49),
        60..80 => random.between(50, 99),
        80..93 => random.between(100, 249),
        _ => random.between(251, 900),
    }
}

/// Eight digits that satisfy the modulus 11 check. The first 900,000 companies of a seed have different ones: a number that
/// two of them shared would be a finding that nobody planted.
fn cvr(seed: u64, company: u64) -> String {
    let place = (company.wrapping_mul(PLACES_APART) % CVR_PLACES + seed % CVR_PLACES) % CVR_PLACES;
    let beginning = CVR_PLACES / 9 + place;
    // Of two digits in a row at most one leads to the check digit 10, which does not exist.
    let whole = (0..10).find_map(|seventh| with_check_digit(&format!("{beginning}{seventh}")));
    whole.unwrap_or_default()
}

fn with_check_digit(digits: &str) -> Option<String> {
    let sum: u32 = digits.bytes().zip(CVR_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    (check < 10).then(|| format!("{digits}{check}"))
}

/// Ten digits that cannot be taken for a CPR number: their third and fourth are no month.
pub(super) fn p_number(random: &mut Random) -> String {
    format!("10{}{:07}", random.between(2, 9), random.below(10_000_000))
}

fn with_dots(industry: &str) -> String {
    let pairs: Vec<&str> = [0, 2, 4].into_iter().filter_map(|start| industry.get(start..start + 2)).collect();
    pairs.join(".")
}

/// A word as it stands in an e-mail address.
fn plain(word: &str) -> String {
    let spelled = |letter: char| match letter {
        'æ' => "ae".to_owned(),
        'ø' => "oe".to_owned(),
        'å' => "aa".to_owned(),
        letter if letter.is_ascii_alphanumeric() => letter.to_string(),
        _ => "-".to_owned(),
    };
    word.to_lowercase().chars().map(spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{Cvr, IndustryCode, PNumber, holds_cpr};

    #[test]
    fn no_two_companies_have_one_number() {
        let numbers: std::collections::BTreeSet<String> = (0..120_000).map(|company| cvr(2023, company)).collect();
        assert_eq!(numbers.len(), 120_000);
        assert!(numbers.iter().all(|number| Cvr::parse(number).is_some()));
    }

    #[test]
    fn every_company_can_be_told_by_its_numbers() {
        let mixture = Mixture::embedded().unwrap();
        for number in 0..500 {
            let company = Company::of(1, number, &mixture);
            assert!(Cvr::parse(&company.cvr).is_some(), "{}", company.cvr);
            assert!(
                PNumber::parse(&company.p_number).is_some() && !holds_cpr(&company.p_number),
                "{}",
                company.p_number
            );
            assert!(IndustryCode::parse(&company.industry).is_some(), "{}", company.industry);
            assert!(company.email.is_ascii() && !company.email.contains(' '), "{}", company.email);
        }
    }

    #[test]
    fn some_cases_share_their_company_with_one_shortly_before() {
        let mixture = Mixture::embedded().unwrap();
        let of_case = |case| company_number(&mut Random::of(1, Topic::Case, case), case, &mixture);
        let shared = (0..2_000).filter(|&case| of_case(case) != case).count();
        assert!((240..=360).contains(&shared), "{shared}");
        assert!((0..2_000).all(|case| case - of_case(case) <= u64::from(NEIGHBOURS)));
    }
}
