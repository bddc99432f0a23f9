//! The rules that a form was checked by, as values: which they were, and the figures that they rest on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::form::FormKind;
use crate::language::{Language, OwnedText};
use crate::parameters::{Figure, ParameterKey, Resolved, Source, Status};
use crate::rules;

/// The rules in force for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesInForce {
    /// The name of the document that states them.
    pub name: OwnedText,
    /// The figures that the rules for the form rest on, in the order of the catalogue.
    pub figures: Vec<FigureLine>,
}

/// One figure, as it stood on the rules' date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureLine {
    /// What it means.
    pub meaning: OwnedText,
    /// What it is, with its unit.
    pub amount: OwnedText,
    /// The date from which it holds; `None` where no value was ever in force.
    pub from: Option<Date>,
    /// How sure it is.
    pub status: Status,
    /// Where it stands: in the rules' own document, where that says it.
    pub source: Option<Source>,
    /// The computation or the reading behind it, in Danish.
    pub note: Option<String>,
}

impl RulesInForce {
    /// The rules for a kind of form, by the figures in force.
    pub fn of(kind: FormKind, in_force: &Resolved<'_>) -> Self {
        let for_kind = rules::all().filter(|rule| rule.kinds.contains(&kind));
        let keys: BTreeSet<ParameterKey> = for_kind.flat_map(|rule| rule.parameters).copied().collect();
        let period = in_force.rules();
        let figures = in_force.figures().filter(|figure| keys.contains(&figure.key));
        Self {
            name: period.name.clone(),
            figures: figures.map(|figure| FigureLine::of(&figure, period.document)).collect(),
        }
    }
}

impl FigureLine {
    fn of(figure: &Figure<'_>, document: &str) -> Self {
        let in_document = figure.sources.iter().find(|source| source.document == document);
        let in_words = |language| figure.in_words(language);
        Self {
            meaning: figure.meaning.clone(),
            amount: OwnedText { da: in_words(Language::Danish), en: in_words(Language::English) },
            from: figure.from,
            status: figure.status,
            source: in_document.or(figure.sources.first()).cloned(),
            note: figure.note.map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    fn of_2023(kind: FormKind) -> RulesInForce {
        let parameters = Parameters::embedded().unwrap();
        RulesInForce::of(kind, &parameters.resolve(Date::constant(2023, 5, 8)).unwrap())
    }

    fn line(rules: &RulesInForce, meaning: &str) -> Option<FigureLine> {
        rules.figures.iter().find(|figure| figure.meaning.da == meaning).cloned()
    }

    #[test]
    fn a_figure_is_quoted_from_the_rules_of_its_date() {
        let rules = of_2023(FormKind::Budget);
        assert_eq!(rules.name.da, "vejledningen fra april 2023");
        let cap = line(&rules, "højeste lønkompensation pr. time").unwrap();
        assert_eq!((cap.amount.da.as_str(), cap.amount.en.as_str()), ("260 kr./time", "260 kr./hour"));
        assert_eq!(cap.source.unwrap().quote, "Maks. 260 kr./time");
    }

    #[test]
    fn a_form_shows_only_the_figures_that_its_own_rules_rest_on() {
        let meaning = "højeste tilskud pr. pakke";
        assert!(line(&of_2023(FormKind::Budget), meaning).is_some());
        assert_eq!(line(&of_2023(FormKind::Overview), meaning), None);
    }
}
