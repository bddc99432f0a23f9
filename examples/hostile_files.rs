//! Writes every hazard of the registry to a folder, each beside the workbook of its own case, and lists them in
//! `hazards.json`: `cargo run --example hostile_files -- FOLDER`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a tool for measuring, which may stop")]

#[path = "../tests/hostile/mod.rs"]
mod hostile;

use std::fs;
use std::path::Path;

use hostile::{Outcome, companion, good_case, hazards};
use serde_json::{Value, json};

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| panic!("say which folder to write to"));
    let folder = Path::new(&folder);
    let mut list = files(folder);
    list.extend(trees(folder));
    fs::write(folder.join("hazards.json"), serde_json::to_string_pretty(&list).unwrap()).unwrap();
    let good = folder.join("good");
    fs::create_dir_all(&good).unwrap();
    for (name, bytes) in good_case() {
        fs::write(good.join(name), bytes).unwrap();
    }
}

fn files(folder: &Path) -> Vec<Value> {
    let write = |hazard: &hostile::Hazard| {
        let place = folder.join("hazards").join(hazard.name);
        fs::create_dir_all(&place).unwrap();
        let bytes = (hazard.build)();
        fs::write(place.join(hazard.file), &bytes).unwrap();
        let (name, companion) = companion();
        fs::write(place.join(name), companion).unwrap();
        let is_bomb = matches!(hazard.outcome, Outcome::NotChecked(_)) && hazard.group == "bombs";
        json!({
            "name": hazard.name, "group": hazard.group, "made": hazard.made, "file": hazard.file,
            "bytes": bytes.len(), "bomb": is_bomb,
        })
    };
    hazards().into_iter().map(write).collect()
}

#[cfg(unix)]
fn trees(folder: &Path) -> Vec<Value> {
    let write = |hazard: hostile::trees::TreeHazard| {
        let place = folder.join("hazards").join(hazard.name);
        fs::create_dir_all(&place).unwrap();
        (hazard.make)(&place);
        json!({ "name": hazard.name, "group": "folders", "made": hazard.made })
    };
    hostile::trees::tree_hazards().into_iter().map(write).collect()
}

#[cfg(not(unix))]
fn trees(_folder: &Path) -> Vec<Value> {
    Vec::new()
}
