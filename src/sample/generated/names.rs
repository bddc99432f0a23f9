//! Where the files of a case lie, and what they are called.

use super::super::scenario::Target;
use super::application::Application;
use super::mixture::Mixture;
use super::random::{Random, Topic};
use crate::form::FormKind;

/// The folder of the cases in folders of their own.
const CASES: &str = "sager";
/// The folder of the folders that hold files of many cases.
const INBOXES: &str = "indbakke";
/// How many cases in a row are drawn for one folder of many cases, and for one folder of case folders.
const CASES_OF_INBOX: u64 = 1_000;

/// The names of a case's files.
#[derive(Debug)]
pub(super) struct Names {
    random: Random,
    /// The folder, below the folder of all cases.
    pub(super) folder: String,
    number: u64,
    is_inbox: bool,
    company: String,
    year: i16,
}

impl Names {
    /// The names of a case; only one that may lie with others does.
    pub(super) fn draw(
        seed: u64,
        number: u64,
        application: &Application<'_>,
        mixture: &Mixture,
        may_share: bool,
    ) -> Self {
        let mut random = Random::of(seed, Topic::Names, number);
        let is_inbox = random.chance(mixture.shares.inbox) && may_share;
        let company = application.company.name.replace('/', "");
        let group = number / CASES_OF_INBOX;
        let folder = if is_inbox {
            format!("{INBOXES}/{group:04}")
        } else {
            format!("{CASES}/{group:04}/{number:06} {company}")
        };
        Self { random, folder, number, is_inbox, company, year: application.applied.year() }
    }

    /// The path of a form, below the folder of all cases.
    pub(super) fn path(&mut self, kind: FormKind, mixture: &Mixture) -> String {
        let target = match kind {
            FormKind::Budget => Target::Budget,
            FormKind::Overview => Target::Overview,
            FormKind::Accounts => Target::Accounts,
        };
        let names = mixture.file_names.get(&target).map_or(&[][..], Vec::as_slice);
        let name = self.random.word(names);
        let name = name.replace("{company}", &self.company).replace("{year}", &self.year.to_string());
        let prefix = if self.is_inbox { format!("{:06} - ", self.number) } else { String::new() };
        format!("{}/{prefix}{name}", self.folder)
    }
}
