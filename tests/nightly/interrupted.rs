//! Killed at any moment, without room on the disk, or without the right to write: nothing half is left under a final
//! name, and the next run completes what was begun.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::nightly::support::{Night, Run, assert_same};
use crate::support::extent;

/// What lies under a final name is whole: each workbook's archive and each list can be read to its end.
fn assert_whole(night: &Night, folder: &str) {
    if !night.path(folder).exists() {
        return;
    }
    for (name, bytes) in night.files(folder) {
        if name.starts_with(".sporskifte-undervejs/") {
            continue;
        }
        assert!(!name.contains(".tmp"), "{name} lies where no later run looks for it");
        let ending = std::path::Path::new(&name).extension().unwrap_or_default();
        if ending == "xlsx" || ending == "xlsm" {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
            for index in 0..archive.len() {
                std::io::copy(&mut archive.by_index(index).unwrap(), &mut std::io::sink()).unwrap();
            }
        } else if ending == "json" {
            serde_json::from_slice::<serde_json::Value>(&bytes).unwrap();
        }
    }
}

const NIGHTLY: &str = "check sager --out nat --state tilstand --letter";

/// Starts a run and kills it after so long; `false` where it was over by then.
fn kill_after(night: &Night, moment: Duration) -> bool {
    let mut run = night.program(NIGHTLY).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    let is_killed = run.try_wait().unwrap().is_none();
    run.kill().unwrap();
    run.wait().unwrap();
    is_killed
}

/// Takes away what the runs have left, so that the next begins at the beginning.
fn begin_anew(night: &Night) {
    std::fs::remove_dir_all(night.path("nat")).unwrap();
    for name in ["tilstand", "tilstand-journal"] {
        let _ = std::fs::remove_file(night.path(name));
    }
}

#[test]
fn a_run_that_is_killed_at_any_moment_is_completed_by_the_next() {
    const KILLS: u32 = 14;
    let night = Night::with_cases(extent(40, 150));
    let begun = Instant::now();
    night.check("--out uforstyrret --state tilstand-uforstyrret --letter");
    let mut whole_run = begun.elapsed();
    let (mut killed, mut tries) = (0, 0);
    while killed < KILLS {
        tries += 1;
        assert!(tries < 10 * KILLS, "only {killed} of {tries} runs were killed before their end");
        // Moments spread over the whole run, early and late ones in turn.
        let moment = whole_run * (tries * 5 % KILLS + 1) / (KILLS + 1);
        if kill_after(&night, moment) {
            killed += 1;
            assert_whole(&night, "nat");
        } else {
            // It had less to do than the first: begin anew, and kill earlier.
            whole_run = whole_run * 9 / 10;
            begin_anew(&night);
        }
        if killed % 5 == 0 && night.path("nat").exists() {
            begin_anew(&night);
        }
    }
    night.check("--out nat --state tilstand --letter");
    let mut completed = night.files("nat");
    let mut undisturbed = night.files("uforstyrret");
    // A run that was over just before it was killed is one that the news tell of.
    if completed["nyt-siden-sidst.txt"] != undisturbed["nyt-siden-sidst.txt"] {
        for files in [&mut completed, &mut undisturbed] {
            for of_the_state in ["nyt-siden-sidst.txt", "kvittering.json", ".sporskifte-kontrol"] {
                files.remove(of_the_state);
            }
        }
    }
    assert_same(&completed, &undisturbed);
}

/// Runs the program where no file may grow beyond so many blocks of 512 bytes, as on a disk that is full.
#[cfg(unix)]
fn run_without_room(night: &Night, blocks: u32, arguments: &str) -> Run {
    let program = env!("CARGO_BIN_EXE_sporskifte");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {arguments}");
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(night.path("."))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_gives_2_and_the_next_run_completes() {
    let night = Night::with_cases(12);
    night.check("--out uforstyrret");
    // Room for some lists, not for every copy; then not even for these.
    for blocks in [30, 1] {
        let run = run_without_room(&night, blocks, "check sager --out nat");
        assert_eq!(run.code, 2, "{blocks}: {}", run.err);
        assert_whole(&night, "nat");
    }
    night.check("--out nat");
    assert_same(&night.files("nat"), &night.files("uforstyrret"));
}

#[cfg(unix)]
#[test]
fn a_state_without_room_gives_2_and_says_so() {
    let night = Night::with_cases(12);
    let run = run_without_room(&night, 8, "check sager --state tilstand");
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("Tilstandsfilen tilstand kan ikke bruges"), "{}", run.err);
    night.check("--state tilstand");
}

#[test]
fn an_output_folder_that_cannot_be_made_gives_2_before_anything_is_checked() {
    let night = Night::with_cases(2);
    std::fs::write(night.path("nat"), "en fil").unwrap();
    let run = night.run("check sager --out nat");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("nat kan ikke skrives"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(night.path("nat")).unwrap(), "en fil");
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_may_only_be_read_gives_2() {
    use std::os::unix::fs::PermissionsExt;

    let night = Night::with_cases(2);
    std::fs::create_dir(night.path("nat")).unwrap();
    let allow = |mode| std::fs::set_permissions(night.path("nat"), PermissionsExt::from_mode(mode)).unwrap();
    allow(0o555);
    let is_writable = std::fs::write(night.path("nat/prøve"), "").is_ok();
    let run = night.run("check sager --out nat");
    allow(0o755);
    if is_writable {
        eprintln!("skipped: this user (root) may write to every folder");
        return;
    }
    assert_eq!(run.code, 2);
    assert!(run.err.contains("der er ikke adgang til den"), "{}", run.err);
}
