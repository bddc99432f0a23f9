//! No text of a submission becomes a formula, a link, markup or a control of the terminal in anything that is written.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use sporskifte::form::FormKind;

use crate::command::everything::Everything;
use crate::command::support::{Folder, Parts, case, packed, parts, run};

/// What spreadsheets, browsers, terminals and XML take for something else than text.
const TEXTS: [&str; 24] = [
    "=HYPERLINK(\"http://evil.example/\",\"Klik\")",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "=1+1\n@SUM(1)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x='",
    "javascript:alert(1)",
    "http://evil.example/ mailto:a@evil.example",
    "[klik](http://evil.example/) {0} ${x}",
    "[evil.xlsx]Ark",
    "\\\\evil.example\\del\\a.xlsx",
    "\u{1b}[31mrød\u{1b}[0m\u{1b}]0;titel\u{7}",
    "\u{1b}]8;;http://evil.example/\u{1b}\\klik\u{1b}]8;;\u{1b}\\ \u{9b}2J \u{8}\u{8}",
    "nul\u{0}nul",
    "gpj.\u{202e}xslx.exe \u{2066}a\u{2069}\u{200f}",
    "usyn\u{200b}ligt\u{feff} \u{ad}\u{e0041}\u{2028}linje\u{2029}",
    "_xD800_ _x000A_ _x001B_[31m _x005F_x000A_ _x0000_",
    "]]> --> <![CDATA[ <!-- &amp; &#0; <?xml?>",
    "\u{fffe}\u{ffff}\u{fdd0} %00 %1b[31m",
    "-- ; DROP TABLE cases; ' OR 1=1",
];

/// A text as a string of TOML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The forms of an application whose every text is this one, and one very long.
fn application(text: &str) -> Vec<(FormKind, Vec<u8>)> {
    let (long, short) =
        (quoted(&format!("{text}{}", "langt ".repeat(if text == TEXTS[0] { 2_000 } else { 100 }))), quoted(text));
    let mut changes = vec![
        "omit = [\"accounts\"]".to_owned(),
        format!("set.all.\"packages.1.employee\" = {short}"),
        format!("set.budget.\"packages.1.new_job\" = {long}"),
        format!("set.budget.\"packages.2.employee\" = {long}"),
        format!("rename.budget.\"Budget!L5\" = {short}"),
        format!("type.budget.\"Stamdata!F30\" = {short}"),
        // A cell on the sheet of the hostile name is found fault with, so that the sheet is named.
        "add.budget = [\"Noter\"]\ntype.budget.\"Noter!A1\" = \"010170-0000\"".to_owned(),
    ];
    let fields = ["company.name", "case.journal", "contact.name", "contact.email", "contact.phone", "company.industry"];
    changes.extend(fields.map(|field| format!("fields.\"{field}\" = {short}")));
    let of_package = ["current_job", "employment", "wage", "guidance.hours"];
    changes.extend(of_package.map(|cell| format!("set.budget.\"packages.1.{cell}\" = {short}")));
    let of_activity = ["employee", "activity", "title", "code", "provider", "host_p_number", "start", "purpose"];
    changes.extend(of_activity.map(|cell| format!("set.overview.\"activities.1.{cell}\" = {short}")));
    let forms = case(&changes.join("\n")).into_iter();
    forms.map(|(kind, bytes)| (kind, with_sheet_renamed(&bytes, text))).collect()
}

/// The workbook with the text for the name of its sheet `Noter`, which no spreadsheet program would let pass.
fn with_sheet_renamed(bytes: &[u8], text: &str) -> Vec<u8> {
    let name: String = text.chars().map(in_attribute).collect();
    let mut parts = parts(bytes);
    for part in ["xl/workbook.xml", "docProps/app.xml"] {
        let xml = String::from_utf8(parts[part].clone()).unwrap();
        let xml = xml.replace("name=\"Noter\"", &format!("name=\"{name}\""));
        parts.insert(part.to_owned(), xml.into_bytes());
    }
    packed(&parts)
}

fn in_attribute(c: char) -> String {
    match c {
        '<' | '>' | '&' | '"' => format!("&#{};", u32::from(c)),
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => format!("_x{:04X}_", u32::from(c)),
        c => c.to_string(),
    }
}

/// A text as a name of a file or folder.
fn name(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '/' | '\0') && (cfg!(unix) || (c.is_alphanumeric()))).take(60).collect()
}

fn hostile_folder() -> Folder {
    let folder = Folder::new();
    for (number, text) in TEXTS.iter().enumerate() {
        let name = name(text);
        for (kind, bytes) in application(text) {
            folder.put(&format!("in/{number}{name}/{name}{kind}{name}.xlsx"), &bytes);
        }
        folder.put(&format!("in/{number}{name}/{name}.xlsx"), text.as_bytes());
    }
    let waiver = |text: &&str| {
        let text = quoted(text);
        format!(
            "[[waiver]]\njournal = {text}\nreason = {text}\nwho = {text}\ncode = \"F102\"\nuntil = \"2030-12-31\"\n"
        )
    };
    folder.put("sporskifte.toml", TEXTS.iter().map(waiver).collect::<String>().as_bytes());
    folder
}

/// Whether a character moves the cursor, turns text around or is not seen; line breaks apart.
fn is_hazard(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

fn assert_plain(text: &str, what: &str) {
    if let Some(at) = text.find(is_hazard) {
        let before: String = text[..at].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{what}: {:?} after {before:?}", text[at..].chars().next());
    }
}

fn assert_plain_values(value: &Value, what: &str) {
    match value {
        Value::String(text) => assert_plain(text, what),
        Value::Array(values) => values.iter().for_each(|value| assert_plain_values(value, what)),
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            assert_plain(key, what);
            assert_plain_values(value, what);
        }),
        _ => {}
    }
}

/// A part or a report in XML: its elements with their attributes, and its texts, entities and all undone.
#[derive(Default)]
struct Xml {
    elements: Vec<(String, Vec<(String, String)>)>,
    texts: Vec<String>,
}

impl Xml {
    /// Reads it to its end; whatever is not well-formed fails.
    fn read(bytes: &[u8], what: &str) -> Self {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(!text.contains(|c: char| c < ' ' && !"\n\r\t".contains(c)), "{what} holds what XML forbids");
        let (mut reader, mut xml, mut depth) = (Reader::from_str(text), Self::default(), 0);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{what}: {error}")) {
                Event::Start(start) => {
                    depth += 1;
                    xml.elements.push(element(&start));
                    xml.texts.push(String::new());
                }
                Event::Empty(start) => xml.elements.push(element(&start)),
                Event::End(_) => depth -= 1,
                Event::Text(text) => xml.add(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let reference = reference.xml10_content();
                    xml.add(&quick_xml::escape::unescape(&format!("&{reference};")).unwrap());
                }
                Event::CData(_) | Event::DocType(_) | Event::PI(_) | Event::Comment(_) => panic!("{what}: of no use"),
                Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        assert_eq!(depth, 0, "{what}");
        xml
    }

    fn add(&mut self, text: &str) {
        if let Some(last) = self.texts.last_mut() {
            last.push_str(text);
        }
    }

    fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|(element, _)| element.rsplit(':').next() == Some(name)).count()
    }

    /// The values of an attribute, wherever it stands.
    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let attributes = self.elements.iter().flat_map(|(_, attributes)| attributes);
        attributes.filter(move |(attribute, _)| attribute == name).map(|(_, value)| value.as_str())
    }
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> (String, Vec<(String, String)>) {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let value = quick_xml::escape::unescape(&attribute.value).unwrap();
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    (start.name().as_ref().to_owned(), attributes.collect())
}

/// What a spreadsheet program reads where `_x001B_` stands.
fn unescaped_as_excel_does(text: &str) -> String {
    let code = |rest: &str| {
        let digits = rest.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    let (mut plain, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let (c, length) = code(rest).map_or((first, first.len_utf8()), |c| (c, 7));
        plain.push(c);
        rest = &rest[length..];
    }
    plain
}

/// A package of ours, or a copy of the sender's, whose own parts are given.
fn assert_package(package: &Parts, own: &Parts, what: &str) {
    let sheets: BTreeSet<String> =
        Xml::read(&package["xl/workbook.xml"], what).values("name").map(str::to_owned).collect();
    for (part, bytes) in package {
        let what = format!("{what}, {part}");
        let ending = part.rsplit('.').next().unwrap();
        if !["xml", "rels", "vml"].contains(&ending) {
            assert!(own.contains_key(part), "{what} is none of ours");
            continue;
        }
        let xml = Xml::read(bytes, &what);
        let before = own.get(part).map(|bytes| Xml::read(bytes, &what)).unwrap_or_default();
        for made in ["f", "ddeLink", "externalReference", "oleObject", "script", "control"] {
            // A chart names its cells so.
            let is_chart = part.starts_with("xl/charts/") && made == "f";
            assert!(is_chart || xml.count(made) == before.count(made), "{what}: <{made}>");
        }
        let typed = |xml: &Xml| xml.values("t").filter(|kind| *kind == "str").count();
        assert_eq!(typed(&xml), typed(&before), "{what}: results of formulas");
        assert_eq!(xml.values("TargetMode").count(), before.values("TargetMode").count(), "{what}: links outside");
        for location in xml.values("location") {
            let (sheet, cell) = location.rsplit_once('!').unwrap();
            let quoted = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
            let sheet = quoted.map_or(sheet.to_owned(), |sheet| sheet.replace("''", "'"));
            assert!(sheets.contains(&sheet) && !sheet.contains(['[', ']', '\\', '/', ':']), "{what}: {location}");
            assert!(cell.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '$' | ':')), "{what}: {location}");
        }
        if before.elements.is_empty() {
            let texts = xml.texts.iter().map(String::as_str).chain(xml.elements.iter().flat_map(values_of));
            // The names that drawings give their kinds of shapes are `_x0000_t202` by tradition.
            let is_cells = ending != "vml";
            texts.for_each(|text| {
                assert_plain(text, &what);
                assert!(!is_cells || !unescaped_as_excel_does(text).contains(is_hazard), "{what}: {text:?}");
            });
        }
    }
}

fn values_of((_, attributes): &(String, Vec<(String, String)>)) -> impl Iterator<Item = &str> {
    // A link inside a workbook must name the sheet as it is; where it leads is looked at apart.
    attributes.iter().filter(|(name, _)| name != "location").map(|(_, value)| value.as_str())
}

/// The page holds our own tags with our own attributes, and nothing else.
fn assert_page(page: &str, what: &str) {
    const TAGS: &str = "!DOCTYPE html head meta title style body a header h1 h2 h3 p nav ul li main section div table \
        caption thead tbody tr th td span strong time label input select option details summary script svg g line path \
        polyline polygon rect circle text desc figure figcaption";
    const ATTRIBUTES: &str = "lang charset http-equiv content name class href id role tabindex scope data-kind data-v \
        data-f data-table data-shown hidden type value datetime aria-label aria-labelledby aria-hidden aria-describedby \
        viewBox width height x y x1 y1 x2 y2 cx cy r rx d points text-anchor transform html focusable preserveAspectRatio";
    assert!(
        page.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
    );
    assert_eq!((page.matches("<script").count(), page.matches("<style").count()), (1, 1), "{what}");
    assert_plain(page, what);
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let (body, _) = rest.split_once("<script>").unwrap();
    for piece in [before, body] {
        for tag in piece.split('<').skip(1) {
            let (tag, text) = tag.split_once('>').unwrap_or_else(|| panic!("{what}: an open tag {tag}"));
            assert!(!text.contains('>'), "{what}: {text}");
            let (name, attributes) = tag.trim_matches('/').split_once(' ').unwrap_or((tag.trim_matches('/'), ""));
            assert!(TAGS.split_whitespace().any(|known| known == name), "{what}: <{tag}>");
            // Between quotes every second piece is a value.
            for (place, attribute) in attributes.split('"').enumerate().filter(|(place, _)| place % 2 == 0) {
                for attribute in attribute.split_whitespace() {
                    let attribute = attribute.trim_end_matches(['=', '/']);
                    let is_ours = attribute.is_empty() || ATTRIBUTES.split_whitespace().any(|known| known == attribute);
                    assert!(is_ours, "{what}: {attribute} in <{tag}>, {place}");
                }
            }
            let links = attributes.split("href=\"").skip(1);
            links.for_each(|link| assert!(link.starts_with('#'), "{what}: <{tag}>"));
        }
    }
}

#[test]
fn no_text_becomes_anything_but_text() {
    let folder = hostile_folder();
    let inputs: Vec<Parts> =
        folder.files("in").values().filter(|bytes| bytes.starts_with(b"PK")).map(|bytes| parts(bytes)).collect();
    let everything = Everything::about(&folder);
    let mut seen = [0_usize; 6];
    for (what, bytes) in &everything.0 {
        let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"));
        let is_sent_to = |format: &str| what.contains(format) && what.ends_with(": out");
        if bytes.starts_with(b"PK") {
            let package = parts(bytes);
            let own = if what.ends_with("rapport.xlsx") { &Parts::new() } else { original(&inputs, &package) };
            assert_package(&package, own, what);
            seen[0] += 1;
        } else if what.ends_with("rapport.html") {
            assert_page(text(), what);
            seen[1] += 1;
        } else if is_sent_to("junit") {
            let xml = Xml::read(bytes, what);
            let known = ["testsuites", "testsuite", "testcase", "failure", "error", "system-out"];
            assert!(xml.elements.iter().all(|(name, _)| known.contains(&name.as_str())), "{what}");
            xml.texts.iter().map(String::as_str).chain(xml.elements.iter().flat_map(values_of)).for_each(|text| {
                assert_plain(text, what);
            });
            seen[2] += 1;
        } else if is_sent_to("format json ") || is_sent_to("sarif") || what.ends_with("kvittering.json") {
            assert_plain(text(), what);
            assert_plain_values(&serde_json::from_str(text()).unwrap(), what);
            seen[3] += 1;
        } else if is_sent_to("jsonl") || what == "kept/log" {
            assert_plain(text(), what);
            text().lines().for_each(|line| assert_plain_values(&serde_json::from_str(line).unwrap(), what));
            seen[4] += 1;
        } else if !what.starts_with("kept/") && !what.ends_with("/.sporskifte-tilstand") {
            assert_plain(&text().replace("\r\n", "\n"), what);
            seen[5] += 1;
        }
    }
    let copies = everything.ending(".kontrolleret.xlsx").filter(|(name, _)| name.starts_with("out/")).count();
    assert_eq!(copies, 2 * TEXTS.len());
    assert!(everything.ending(".mangler.txt").count() >= TEXTS.len(), "letters");
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// The parts of the input that a copy was made of: the one whose strings the copy has.
fn original<'i>(inputs: &'i [Parts], copy: &Parts) -> &'i Parts {
    let same = |input: &Parts| input["xl/sharedStrings.xml"] == copy["xl/sharedStrings.xml"];
    inputs.iter().find(|input| same(input)).unwrap()
}

#[test]
fn messages_about_what_was_given_are_plain() {
    let folder = Folder::with_clean_budget();
    let inputs = folder.arg("in");
    for text in TEXTS.iter().filter(|text| text.contains(is_hazard) && !text.contains('\0')) {
        folder.put("settings.toml", format!("[rules]\n{} = \"off\"\n{} = 1\n", quoted(text), quoted(text)).as_bytes());
        folder.put("other.toml", format!("{} = {}\n", quoted(text), quoted(text)).as_bytes());
        let receipt = serde_json::json!({ "format": "sporskifte-kvittering 1", "version": text, "paths": [text] });
        folder.put("receipt.json", receipt.to_string().as_bytes());
        let (settings, other, receipt) =
            (folder.arg("settings.toml"), folder.arg("other.toml"), folder.arg("receipt.json"));
        let out = folder.arg(&format!("{}.xlsx", name(text)));
        for arguments in [
            vec!["check", text],
            vec!["check", &inputs, "--rules-date", text],
            vec!["check", &inputs, "--format", text],
            vec!["check", &inputs, "--shard", text, "--out", "x"],
            vec!["check", &inputs, "--jobs", text],
            vec!["check", &inputs, text],
            vec!["check", &inputs, "--config", &settings],
            vec!["check", &inputs, "--config", &other],
            vec!["check", &inputs, "--parameters", &other],
            vec!["check", &inputs, "--layout", &other],
            vec!["compare", &inputs, "--rules-date", text, "--rules-date", text],
            vec!["history", text, "--state", text],
            vec!["verify", text],
            vec!["verify", &receipt],
            vec!["rules", text],
            vec!["rules", "--stale", "--date", text],
            vec!["template", text],
            vec!["template", "budget", "--date", text],
            vec!["template", "budget", "--out", &out],
            vec!["merge", &inputs, "--part", text, "--out", "x"],
            vec![text],
        ] {
            for language in ["da", "en"] {
                let arguments = [&arguments[..], &["--lang", language]].concat();
                let run = run(&arguments);
                assert_plain(&run.out, &format!("{arguments:?}"));
                assert_plain(&run.err, &format!("{arguments:?}"));
            }
        }
    }
}
