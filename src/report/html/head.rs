//! What stands before and after the sections: style, script and the policy that allows nothing else.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::Page;
use super::sections::SECTIONS;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The source of an inline style or script, as a policy names it.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Nothing but our own style and script: no network, no frames, no forms, and no script that a sender wrote.
fn policy() -> String {
    let (style, script) = (source(STYLE), source(SCRIPT));
    format!("default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'")
}

impl Page<'_> {
    /// The head, with all that the page needs.
    pub(super) fn head(&mut self) -> io::Result<()> {
        let (language, title) = (self.t("da", "en"), self.title());
        writeln!(self.out, "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(self.out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", policy())?;
        writeln!(self.out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(self.out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
        writeln!(self.out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>")
    }

    fn title(&self) -> &'static str {
        self.t("Overblik over kontrollen", "Overview of the check")
    }

    /// The title and the way to each section.
    pub(super) fn beginning(&mut self) -> io::Result<()> {
        let skip = self.t("Spring til indholdet", "Skip to the content");
        writeln!(self.out, "<body>\n<a class=\"skip\" href=\"#indhold\">{skip}</a>\n<header>")?;
        writeln!(self.out, "<h1>{}</h1>", self.title())?;
        let by = self.t("Kontrolleret med sporskifte", "Checked with sporskifte");
        let beside = self.t(
            "Alle sager, filer, fund og pakker står i rapport.xlsx ved siden af.",
            "All cases, files, findings and packages are in rapport.xlsx beside it.",
        );
        writeln!(self.out, "<p class=\"quiet\">{by} {}. {beside}</p>", env!("CARGO_PKG_VERSION"))?;
        writeln!(self.out, "<nav aria-label=\"{}\"><ul>", self.t("Indhold", "Contents"))?;
        for section in SECTIONS {
            let name = section.heading.get(self.language);
            writeln!(self.out, "<li><a href=\"#{}\">{name}</a></li>", section.id)?;
        }
        writeln!(self.out, "</ul></nav>\n</header>\n<main id=\"indhold\">")
    }

    /// The end, with the script once all it works on is there.
    pub(super) fn end(&mut self) -> io::Result<()> {
        writeln!(self.out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The colours of a block of the style, by their names.
    fn colours(block: &str) -> std::collections::BTreeMap<String, [f64; 3]> {
        let declarations = block.split([';', '{', '}']).filter_map(|each| each.trim().strip_prefix("--"));
        let colours = declarations.filter_map(|each| each.split_once(": #"));
        let part = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        colours.map(|(name, hex)| (name.to_owned(), [part(hex, 0), part(hex, 2), part(hex, 4)])).collect()
    }

    /// The contrast of two colours as WCAG 2.2 defines it.
    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let luminance =
            |[red, green, blue]: [f64; 3]| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_stands_out_from_its_ground_in_light_and_dark_and_on_paper() {
        let pairs = [
            ("ink", "paper"),
            ("ink", "stripe"),
            ("quiet", "paper"),
            ("quiet", "stripe"),
            ("heading", "paper"),
            ("heading", "header"),
            ("focus", "paper"),
            ("off", "paper"),
            ("off", "stripe"),
            ("error-ink", "error"),
            ("warning-ink", "warning"),
            ("review-ink", "review"),
            ("ok-ink", "ok"),
        ];
        let blocks: Vec<&str> = STYLE.split(":root {").skip(1).filter_map(|rest| rest.split('}').next()).collect();
        assert_eq!(blocks.len(), 3, "light, dark, print");
        for block in blocks {
            let colours = colours(block);
            let colour = |name: &str| colours.get(name).copied();
            for (ink, ground) in pairs {
                // Printing needs no colour for the focus.
                let Some(ink_colour) = colour(ink).or_else(|| (ink != "focus").then(|| panic!("{ink}"))) else {
                    continue;
                };
                let found = contrast(ink_colour, colour(ground).unwrap());
                assert!(found >= 4.5, "{ink} on {ground}: {found:.2}");
            }
        }
    }

    #[test]
    fn the_policy_allows_the_pages_own_style_and_script_alone() {
        let policy = policy();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
        // The hash of nothing, as it is well known.
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}
