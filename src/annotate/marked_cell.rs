//! The marks of one sheet, gathered by the cell they are shown on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Mark;
use super::region::Region;
use super::tag::TAG;
use crate::finding::Severity;
use crate::workbook::CellAddress;

/// The most characters that one note holds: what a cell can hold.
const NOTE_CHARS: usize = 32_000;

/// One marked cell (or merged region) and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MarkedCell {
    /// What is coloured; the note sits on its first cell.
    pub(super) region: Region,
    /// The worst severity found.
    pub(super) severity: Severity,
    /// The first line of the note: tag and codes.
    pub(super) heading: String,
    /// The rest of the note.
    pub(super) body: String,
}

impl MarkedCell {
    /// The cell that carries the note.
    pub(super) fn anchor(&self) -> CellAddress {
        self.region.first
    }
}

/// Gathers the marks of one sheet, the worst of each cell first.
pub(super) fn gather(marks: &[&Mark], merged: &[Region]) -> Vec<MarkedCell> {
    let mut by_region: BTreeMap<Region, Vec<&Mark>> = BTreeMap::new();
    for mark in marks {
        let region = merged.iter().find(|region| region.contains(mark.cell)).copied();
        by_region.entry(region.unwrap_or(Region::cell(mark.cell))).or_default().push(mark);
    }
    by_region
        .into_iter()
        .map(|(region, mut marks)| {
            marks.sort_by_key(|mark| Reverse(mark.severity));
            marks.dedup_by_key(|mark| (&mark.code, &mark.note));
            marked_cell(region, &marks)
        })
        .collect()
}

/// The marked cells by severity, the worst first; severities without cells are left out.
pub(super) fn by_severity(cells: &[MarkedCell]) -> Vec<(Severity, Vec<Region>)> {
    [Severity::Error, Severity::Warning, Severity::Review]
        .into_iter()
        .map(|severity| {
            let regions = cells.iter().filter(|cell| cell.severity == severity).map(|cell| cell.region);
            (severity, regions.collect::<Vec<_>>())
        })
        .filter(|(_, regions)| !regions.is_empty())
        .collect()
}

fn marked_cell(region: Region, marks: &[&Mark]) -> MarkedCell {
    let severity = marks.first().map_or(Severity::Review, |mark| mark.severity);
    let mut codes: Vec<&str> = Vec::new();
    for mark in marks {
        if !codes.contains(&mark.code.as_str()) {
            codes.push(&mark.code);
        }
    }
    let heading = format!("{TAG} {}", codes.join(" "));
    MarkedCell { region, severity, heading, body: body(marks) }
}

/// The notes below each other; each with its code where there are several.
fn body(marks: &[&Mark]) -> String {
    let notes: Vec<String> = match marks {
        [only] => vec![only.note.clone()],
        several => several.iter().map(|mark| format!("{}: {}", mark.code, mark.note)).collect(),
    };
    notes.join("\n\n").chars().take(NOTE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(cell: &str, severity: Severity, code: &str) -> Mark {
        let note = format!("Om {code}");
        Mark { sheet: "Budget".into(), cell: cell.parse().unwrap(), severity, code: code.into(), note }
    }

    #[test]
    fn several_findings_on_one_cell_become_one_note_with_the_worst_first_and_none_twice() {
        let marks = [
            mark("U6", Severity::Review, "R001"),
            mark("U6", Severity::Error, "P309"),
            mark("U6", Severity::Error, "P309"),
        ];
        let cells = gather(&marks.iter().collect::<Vec<_>>(), &[]);
        assert_eq!(cells.len(), 1);
        assert_eq!(cells[0].heading, "sporskifte P309 R001");
        assert_eq!(cells[0].body, "P309: Om P309\n\nR001: Om R001");
        assert_eq!(cells[0].severity, Severity::Error);
    }

    #[test]
    fn a_mark_in_a_merged_region_covers_it_and_sits_on_its_anchor() {
        let marks = [mark("C3", Severity::Warning, "S006")];
        let cells = gather(&marks.iter().collect::<Vec<_>>(), &[Region::parse("B2:D4").unwrap()]);
        assert_eq!(cells[0].region.to_string(), "B2:D4");
        assert_eq!(cells[0].anchor().to_string(), "B2");
        assert_eq!(cells[0].body, "Om S006");
    }

    #[test]
    fn cells_are_grouped_by_severity_with_the_worst_first() {
        let marks = [mark("A1", Severity::Review, "R1"), mark("A2", Severity::Error, "E1")];
        let grouped = by_severity(&gather(&marks.iter().collect::<Vec<_>>(), &[]));
        let order: Vec<_> = grouped.iter().map(|(severity, _)| *severity).collect();
        assert_eq!(order, [Severity::Error, Severity::Review]);
    }
}
