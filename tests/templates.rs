//! The blank forms in `templates/` are what the program makes.
//!
//! After a change of a layout, a figure or the look: `SPORSKIFTE_UPDATE=1 cargo test --test templates`.

use std::fs;
use std::path::Path;

use sporskifte::parameters::Parameters;
use sporskifte::template::blank_templates;

#[test]
fn the_committed_templates_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let date = Parameters::embedded().unwrap().latest_rules_from().unwrap();
    for (name, bytes) in blank_templates(date).unwrap() {
        let path = folder.join(&name);
        if std::env::var_os("SPORSKIFTE_UPDATE").is_some() {
            fs::write(&path, &bytes).unwrap();
        }
        let committed = fs::read(&path).unwrap_or_default();
        assert!(committed == bytes, "{name} is out of date: run SPORSKIFTE_UPDATE=1 cargo test --test templates");
    }
}

#[test]
fn making_a_template_twice_gives_the_same_bytes() {
    let date = jiff::civil::Date::constant(2023, 6, 1);
    assert!(blank_templates(date).unwrap() == blank_templates(date).unwrap());
}
