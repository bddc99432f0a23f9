//! Fills the blank form of a kind and a date: values by key in, a workbook with live formulas and stored results out.

use jiff::civil::Date;

use super::{Draft, Filling, TemplateError, compose, write};
use crate::form::{FormKind, Layout};
use crate::parameters::{Parameters, Resolved};

/// The blank forms of every kind and date.
///
/// ```
/// use sporskifte::form::{FormKind, Layout};
/// use sporskifte::parameters::Parameters;
/// use sporskifte::template::{Entry, Filling, Forms};
///
/// let (layouts, parameters) = (Layout::embedded()?, Parameters::embedded()?);
/// let forms = Forms::new(&layouts, &parameters);
/// let mut filling = Filling::default();
/// let budget = forms.layout(FormKind::Budget).ok_or("no layout")?;
/// filling.set(budget, "company.name", Entry::Text("Vejle Ventilværksted A/S".into()))?;
/// filling.set(budget, "packages.1.wage", Entry::Number(245.into()))?;
/// let workbook = forms.fill(FormKind::Budget, Some("2023-05-01".parse()?), &filling)?;
/// assert!(workbook.starts_with(b"PK"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Forms<'f> {
    layouts: Vec<&'f Layout>,
    parameters: &'f Parameters,
}

impl<'f> Forms<'f> {
    /// The forms of these layouts, with the figures of these parameters.
    pub fn new(layouts: impl IntoIterator<Item = &'f Layout>, parameters: &'f Parameters) -> Self {
        Self { layouts: layouts.into_iter().collect(), parameters }
    }

    /// The layout of a form.
    pub fn layout(&self, kind: FormKind) -> Option<&'f Layout> {
        self.layouts.iter().copied().find(|layout| layout.kind == kind)
    }

    /// The figures in force on a date; `None` where no rules are.
    pub fn figures(&self, date: Date) -> Option<Resolved<'f>> {
        self.parameters.resolve(date)
    }

    /// The workbook of a filled form; its sheet of rates has the figures of the date, or says that they are unknown where
    /// no rules are in force on it.
    pub fn fill(&self, kind: FormKind, date: Option<Date>, filling: &Filling) -> Result<Vec<u8>, TemplateError> {
        write(&self.draft(kind, date, filling)?)
    }

    /// The same before it is written, to be changed beyond its fields.
    pub fn draft(&self, kind: FormKind, date: Option<Date>, filling: &Filling) -> Result<Draft, TemplateError> {
        let layout = self.layout(kind).ok_or(TemplateError::NoLayout(kind))?;
        let resolved = date.and_then(|date| self.figures(date));
        compose(layout, resolved.as_ref(), filling)
    }
}
