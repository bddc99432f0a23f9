//! Files of settings: what is refused is refused with a reason; what is accepted can be worked with.
//!
//! The first line of an input says which file it is: `configuration`, `layout`, `parameters` or `industries`.

use std::sync::Arc;

use jiff::civil::Date;
use sporskifte::batch::Settings;
use sporskifte::catalogue::{Catalogue, catalogue_markdown};
use sporskifte::configuration::Configuration;
use sporskifte::form::Layout;
use sporskifte::language::Language;
use sporskifte::parameters::{Industries, Parameters};
use sporskifte::report::{RunReport, decisions_in_words};

use super::check::{SETTINGS, check_case};
use super::edited_sample::edited_sample;

pub fn settings(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    let (kind, file) = text.split_once('\n').unwrap_or((text, ""));
    match kind {
        "configuration" => configuration(file),
        "layout" => layout(file),
        "parameters" => parameters(file),
        "industries" => industries(file),
        _ => {}
    }
}

fn configuration(file: &str) {
    match Configuration::from_toml(file) {
        Ok(configuration) => {
            let mut settings = SETTINGS.clone();
            for (&key, &figure) in &configuration.figures {
                settings.parameters.set_working_figure(key, figure);
            }
            check_samples(&settings);
            assert_eq!(configuration.limits.raised(), None, "limits are lowered only");
            let report = RunReport::in_memory(Vec::new(), configuration.clone());
            let words = decisions_in_words(&report, Language::Danish);
            assert_eq!(words.is_empty(), configuration.is_empty(), "nothing decided is silent");
        }
        Err(reason) => assert_is_told(&reason),
    }
}

fn layout(file: &str) {
    match Layout::from_toml(file) {
        Ok(layout) => check_samples(&Settings { layouts: vec![Arc::new(layout)], ..SETTINGS.clone() }),
        Err(reason) => assert_is_told(&reason),
    }
}

fn parameters(file: &str) {
    match Parameters::from_toml(file) {
        Ok(parameters) => {
            let catalogue = Catalogue::new(&parameters).expect("the examples are valid");
            assert!(!catalogue_markdown(&catalogue, Language::Danish).is_empty());
            for year in [1900, 2019, 2023, 9999] {
                let day = Date::constant(year, 5, 8);
                parameters.resolve(day).iter().for_each(|in_force| assert!(in_force.figures().count() > 0));
            }
            check_samples(&Settings { parameters, ..SETTINGS.clone() });
        }
        Err(reason) => assert_is_told(&reason),
    }
}

fn industries(file: &str) {
    match Industries::from_csv(file) {
        Ok(industries) => check_samples(&Settings { industries, ..SETTINGS.clone() }),
        Err(reason) => assert_is_told(&reason),
    }
}

fn check_samples(settings: &Settings) {
    check_case(&edited_sample("sample 3"), settings);
}

fn assert_is_told(reason: &dyn std::error::Error) {
    assert!(!reason.to_string().is_empty());
}
