//! The groups of the catalogue, by the first letter of their codes.

use crate::language::Text;

/// A group of rules.
#[derive(Debug)]
pub(super) struct Group {
    /// The letter its codes begin with.
    pub(super) letter: char,
    /// What its rules are about.
    pub(super) name: Text,
    /// How many rules the specification of the scheme's checks has in the group.
    pub(super) specified: usize,
}

/// The groups, in the order of the specification; S015 stands in it as an addition of this tool.
pub(super) const GROUPS: [Group; 9] = [
    Group { letter: 'S', name: Text::new("Filen og skemaet", "The file and the form"), specified: 20 },
    Group { letter: 'F', name: Text::new("De enkelte felter", "Single fields"), specified: 13 },
    Group { letter: 'V', name: Text::new("Virksomheden og sagen", "The company and the case"), specified: 12 },
    Group { letter: 'P', name: Text::new("Sporskiftepakken", "The package"), specified: 29 },
    Group { letter: 'T', name: Text::new("Beløb og summer", "Amounts and totals"), specified: 5 },
    Group { letter: 'K', name: Text::new("Budget mod kursusoversigt", "Budget and course overview"), specified: 17 },
    Group { letter: 'R', name: Text::new("Slutregnskabet", "The final accounts"), specified: 13 },
    Group { letter: 'A', name: Text::new("Anden offentlig støtte", "Other public support"), specified: 9 },
    Group { letter: 'B', name: Text::new("På tværs af sager", "Across cases"), specified: 6 },
];
