//! The worksheet part: the marks, the link to the notes, the selected tab. `sheetData` is never touched.

use super::dialect::Dialect;
use super::escape::{escape, with_prefix};
use super::grid::Grid;
use super::region::{Region, merged_regions};
use super::splice::Splice;
use super::tag;
use super::xml::{Element, Part, XmlError};
use crate::finding::Severity;

/// The children of a worksheet in the order that Excel insists on.
const CHILDREN: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The attribute of the tab, or tabs, that are selected.
pub(super) const SELECTED: &str = "tabSelected";

/// The regions to mark with one severity.
pub(super) struct SeverityMarks {
    /// The severity.
    pub(super) severity: Severity,
    /// What is coloured.
    pub(super) regions: Vec<Region>,
    /// The index of its format among the `dxfs`.
    pub(super) format: usize,
}

/// What marks and notes must know of a worksheet.
#[derive(Debug)]
pub(super) struct Outline {
    /// The merged regions.
    pub(super) merged: Vec<Region>,
    /// How wide its columns are.
    pub(super) grid: Grid,
    /// The id of the relationship to the drawing of notes and controls.
    pub(super) drawing_id: Option<String>,
}

impl Outline {
    /// Reads it off a worksheet.
    pub(super) fn of(worksheet: &Part<'_>) -> Result<Self, XmlError> {
        Ok(Self {
            merged: merged_regions(worksheet)?,
            grid: Grid::read(worksheet)?,
            drawing_id: drawing_id(worksheet)?,
        })
    }
}

/// Adds a conditional format for each severity, before all that the sheet has, and the link to a drawing of notes that was
/// made for it.
pub(super) fn annotate(
    xml: &str,
    worksheet: &Part<'_>,
    marks: &[SeverityMarks],
    drawing_id: Option<&str>,
) -> Result<String, XmlError> {
    let mut splice = Splice::new(xml);
    add_marks(worksheet, &mut splice, marks)?;
    if let Some(id) = drawing_id {
        add_legacy_drawing(worksheet, &mut splice, id)?;
    }
    Ok(splice.finish())
}

fn add_marks(part: &Part<'_>, splice: &mut Splice<'_>, marks: &[SeverityMarks]) -> Result<(), XmlError> {
    raise_priorities(part, splice, i64::try_from(marks.len()).unwrap_or(i64::MAX))?;
    let blocks: String = marks.iter().zip(1..).map(|(mark, priority)| mark_block(mark, priority)).collect();
    let blocks = with_prefix(&blocks, part.root.prefix());
    splice.insert_child(part, &CHILDREN, "conditionalFormatting", blocks)
}

/// Links the worksheet to the drawing of its notes; a link that leads nowhere goes, for a worksheet has one at most.
fn add_legacy_drawing(part: &Part<'_>, splice: &mut Splice<'_>, relation_id: &str) -> Result<(), XmlError> {
    let prefix = part.root.prefix();
    let id = Dialect::of(&part.root)?.id_attribute(&part.root, relation_id)?;
    for dangling in part.children_named("legacyDrawing") {
        splice.remove(dangling.span());
    }
    splice.insert_child(part, &CHILDREN, "legacyDrawing", format!("<{prefix}legacyDrawing {id}/>"))
}

fn drawing_id(part: &Part<'_>) -> Result<Option<String>, XmlError> {
    let Some(drawing) = part.child("legacyDrawing") else { return Ok(None) };
    Ok(drawing.attribute("id")?.map(std::borrow::Cow::into_owned))
}

/// Takes the sheet out of the selected group of tabs: typing into one of a group changes all.
pub(super) fn deselect(xml: &str) -> Result<String, XmlError> {
    let mut splice = Splice::new(xml);
    let before_cells = Part::children_before(xml, "sheetData")?;
    for views in before_cells.iter().filter(|child| child.local() == "sheetViews") {
        for view in views.children_named("sheetView")? {
            if let Some(selected) = view.attribute_range(SELECTED)? {
                splice.replace(selected, "0");
            }
        }
    }
    Ok(splice.finish())
}

/// Removes the marks that an earlier run left.
pub(super) fn remove_marks(xml: &str) -> Result<String, XmlError> {
    let mut splice = Splice::new(xml);
    for block in Part::parse(xml)?.children_named("conditionalFormatting") {
        let rules = block.children_named("cfRule")?;
        let mut ours = Vec::new();
        for rule in &rules {
            if is_ours(rule)? {
                ours.push(rule);
            }
        }
        if ours.len() == rules.len() && !ours.is_empty() {
            splice.remove(block.span());
        } else {
            for rule in ours {
                splice.remove(rule.span());
            }
        }
    }
    Ok(splice.finish())
}

/// Whether the worksheet is a sheet `Kontrol` of ours.
pub(super) fn is_control_sheet(xml: &str) -> Result<bool, XmlError> {
    for block in Part::parse(xml)?.children_named("conditionalFormatting") {
        if block.descendants("formula")?.iter().any(|formula| says(formula, tag::is_control)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_ours(rule: &Element<'_>) -> Result<bool, XmlError> {
    Ok(rule.children_named("formula")?.iter().any(|formula| says(formula, tag::is_ours)))
}

/// Whether something holds of the text of an element; a text that cannot be read is none of ours.
fn says(element: &Element<'_>, holds: impl Fn(&str) -> bool) -> bool {
    element.text().is_ok_and(|text| holds(&text))
}

fn mark_block(marks: &SeverityMarks, priority: usize) -> String {
    let regions: Vec<String> = marks.regions.iter().map(ToString::to_string).collect();
    conditional_format(&regions.join(" "), marks.format, priority, &tag::mark_formula(marks.severity))
}

/// One conditional format that stops all after it.
pub(super) fn conditional_format(cells: &str, format: usize, priority: usize, formula: &str) -> String {
    format!(
        "<conditionalFormatting sqref=\"{cells}\"><cfRule type=\"expression\" dxfId=\"{format}\" priority=\"{priority}\" \
         stopIfTrue=\"1\"><formula>{}</formula></cfRule></conditionalFormatting>",
        escape(formula)
    )
}

/// Makes room for `count` rules before those of the sheet, also before those in its extensions.
fn raise_priorities(part: &Part<'_>, splice: &mut Splice<'_>, count: i64) -> Result<(), XmlError> {
    let mut priorities = Vec::new();
    for child in &part.children {
        if !matches!(child.local(), "conditionalFormatting" | "extLst") {
            continue;
        }
        for rule in child.descendants("cfRule")? {
            let value = rule.attribute("priority")?.and_then(|value| value.parse::<i64>().ok());
            priorities.extend(value.zip(rule.attribute_range("priority")?));
        }
    }
    let lowest = priorities.iter().map(|(priority, _)| *priority).min().unwrap_or(i64::MAX);
    if lowest > count {
        return Ok(());
    }
    let step = count.saturating_sub(lowest).saturating_add(1);
    for (priority, range) in priorities {
        splice.replace(range, priority.saturating_add(step).min(i64::from(i32::MAX)).to_string());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotate(xml: &str, marks: &[SeverityMarks], drawing_id: Option<&str>) -> Result<String, XmlError> {
        super::annotate(xml, &Part::parse(xml)?, marks, drawing_id)
    }

    fn marks() -> [SeverityMarks; 2] {
        let regions = |cells: &[&str]| cells.iter().map(|cell| Region::parse(cell).unwrap()).collect();
        [
            SeverityMarks { severity: Severity::Error, regions: regions(&["B2", "C4:D5"]), format: 3 },
            SeverityMarks { severity: Severity::Review, regions: regions(&["A1"]), format: 4 },
        ]
    }

    #[test]
    fn marks_stand_between_merged_cells_and_validations() {
        let xml = "<worksheet><sheetData/><mergeCells/><dataValidations/><extLst/></worksheet>";
        let marked = annotate(xml, &marks(), None).unwrap();
        assert!(marked.contains(
            "<mergeCells/><conditionalFormatting sqref=\"B2 C4:D5\"><cfRule type=\"expression\" dxfId=\"3\" \
             priority=\"1\" stopIfTrue=\"1\"><formula>LEN(&quot;sporskifte:error&quot;)&gt;0</formula>"
        ));
        assert!(marked.contains("</conditionalFormatting><dataValidations/>"));
    }

    #[test]
    fn marks_take_the_prefix_and_come_before_the_rules_of_the_sender() {
        let xml = "<x:worksheet><x:sheetData/><x:conditionalFormatting sqref='A1'><x:cfRule priority='1'/>\
                   <x:cfRule priority=\"7\"/></x:conditionalFormatting><x:extLst><x:ext><e:cfRule priority='2'/></x:ext>\
                   </x:extLst></x:worksheet>";
        let marked = annotate(xml, &marks(), None).unwrap();
        assert!(marked.contains("<x:cfRule priority='3'/><x:cfRule priority=\"9\"/>"), "{marked}");
        assert!(marked.contains("<e:cfRule priority='4'/>"));
        assert!(marked.contains("<x:formula>LEN("));
        assert_eq!(marked.matches("priority=\"1\"").count(), 1);
    }

    #[test]
    fn priorities_that_leave_room_stay() {
        let xml = "<worksheet><sheetData/><conditionalFormatting><cfRule priority=\"3\"/></conditionalFormatting></worksheet>";
        assert!(annotate(xml, &marks(), None).unwrap().contains("<cfRule priority=\"3\"/>"));
    }

    #[test]
    fn our_marks_are_removed_and_those_of_the_sender_stay() {
        let xml = "<worksheet><sheetData/><conditionalFormatting sqref=\"A9\"><cfRule priority=\"3\"><formula>A1&gt;0\
                   </formula></cfRule></conditionalFormatting></worksheet>";
        assert_eq!(remove_marks(&annotate(xml, &marks(), None).unwrap()).unwrap(), xml);
        let mixed = "<worksheet><conditionalFormatting><cfRule><formula>LEN(\"sporskifte:error\")&gt;0</formula></cfRule>\
                     <cfRule><formula>A1</formula></cfRule></conditionalFormatting></worksheet>";
        assert_eq!(
            remove_marks(mixed).unwrap(),
            "<worksheet><conditionalFormatting><cfRule><formula>A1</formula></cfRule></conditionalFormatting></worksheet>"
        );
    }

    #[test]
    fn a_rule_of_the_sender_that_cannot_be_read_is_left_alone() {
        let xml = "<worksheet><conditionalFormatting><cfRule><formula>A1&g{;1</formula></cfRule></conditionalFormatting></worksheet>";
        assert_eq!(remove_marks(xml).unwrap(), xml);
        assert!(!is_control_sheet(xml).unwrap());
    }

    #[test]
    fn the_drawing_is_linked_under_the_prefix_in_use_or_with_a_binding() {
        let bound = "<worksheet xmlns:rel=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
                     <sheetData/><drawing/><tableParts/></worksheet>";
        assert!(
            annotate(bound, &[], Some("rId7"))
                .unwrap()
                .contains("<drawing/><legacyDrawing rel:id=\"rId7\"/><tableParts/>")
        );
        let strict =
            "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData/></x:worksheet>";
        assert!(annotate(strict, &[], Some("rId1")).unwrap().contains(
            "<x:legacyDrawing xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\" r:id=\"rId1\"/>"
        ));
    }

    #[test]
    fn a_link_that_leads_nowhere_gives_way_to_the_new_one() {
        let xml = "<worksheet><sheetData/><legacyDrawing r:id=\"gone\"/><tableParts/></worksheet>";
        let linked = annotate(xml, &[], Some("rId7")).unwrap();
        assert_eq!(linked.matches("<legacyDrawing ").count(), 1);
        assert_eq!(Outline::of(&Part::parse(&linked).unwrap()).unwrap().drawing_id.as_deref(), Some("rId7"));
    }

    #[test]
    fn a_selected_tab_is_deselected() {
        let xml = "<worksheet><sheetViews><sheetView tabSelected='1' workbookViewId='0'/></sheetViews></worksheet>";
        assert!(deselect(xml).unwrap().contains("tabSelected='0'"));
    }
}
