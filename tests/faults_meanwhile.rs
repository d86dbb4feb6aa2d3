//! What happens while a command runs: its folder goes away, an editor saves what it read, it is stopped
//! with the lock in its hand. Nobody's work is lost.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and wait by themselves"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use support::deeds::{Deed, deeds, files, own_files};
use support::tally::Tally;
use support::{on_every_core, panel, status, stderr};

/// Sends a signal to a process.
fn signal(child: &Child, signal: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{signal} {}", child.id())])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "{signal}");
}

/// Starts a command and stops it while it holds the lock and has written nothing yet; with
/// `is_ready`, when it has made its first file ready. None where it was too quick.
fn stopped(deed: &Deed, folder: &Path, is_ready: bool) -> Option<Child> {
    let root = deed.root(folder);
    let holder = root.join(".panel-held-by.tmp");
    // Made first and filled then: until it says who, nobody is named.
    let is_held = || std::fs::metadata(&holder).is_ok_and(|about| about.len() > 0);
    let mut command = deed.command(folder);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let places = deed.places(folder);
    let is_aside = |place: &PathBuf| {
        std::fs::read_dir(place).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                let name = entry.file_name();
                name.to_string_lossy().starts_with(".panel-") && name != ".panel-held-by.tmp"
            })
        })
    };
    while child.try_wait().expect("it was started").is_none() {
        let is_seen = match is_ready {
            true => places.iter().any(is_aside),
            false => is_held(),
        };
        if !is_seen {
            continue;
        }
        signal(&child, "STOP");
        let is_in_time =
            files(folder) == deed.before && is_held() && (!is_ready || places.iter().any(is_aside));
        if is_in_time {
            return Some(child);
        }
        signal(&child, "CONT");
        break;
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// The same in as many new folders as it takes.
fn stopped_in_time(deed: &Deed, is_ready: bool) -> (tempfile::TempDir, Child) {
    for _ in 0..200 {
        let folder = deed.folder();
        if let Some(child) = stopped(deed, folder.path(), is_ready) {
            return (folder, child);
        }
    }
    panic!("{} was never stopped in time", deed.name);
}

fn goes_on(child: Child) -> Output {
    signal(&child, "CONT");
    child.wait_with_output().expect("it was started")
}

#[test]
fn a_folder_that_is_removed_or_moved_meanwhile_is_not_written_into() {
    let deeds = deeds();
    let results = on_every_core(&deeds, |deed| {
        let mut tally = Tally::default();
        let (folder, child) = stopped_in_time(deed, false);
        let root = deed.root(folder.path());
        std::fs::remove_dir_all(&root).expect("removed");
        let output = goes_on(child);
        let is_told = status(&output) == 2 && stderr(&output).contains("error: ");
        if root.exists() || !is_told {
            let told = stderr(&output);
            tally.faults.push(format!("{} removed: {told}", deed.name));
        }
        let (folder, child) = stopped_in_time(deed, false);
        let root = deed.root(folder.path());
        let elsewhere = folder.path().with_extension("moved");
        std::fs::rename(&root, &elsewhere).expect("moved");
        let output = goes_on(child);
        let is_told = status(&output) == 2 && stderr(&output).contains("error: ");
        if root.exists() || !is_told {
            let told = stderr(&output);
            tally.faults.push(format!("{} moved: {told}", deed.name));
        }
        // What was moved is as it was, and can be worked in where it is now.
        std::fs::rename(&elsewhere, &root).expect("moved back");
        if files(folder.path()) != deed.before {
            tally
                .faults
                .push(format!("{} moved: something was written", deed.name));
        }
        tally.again(deed, folder.path(), "moved");
        tally.refused += 2;
        tally
    });
    Tally::of("a folder that went away", results);
}

#[test]
fn what_an_editor_saves_while_a_command_runs_is_never_lost() {
    let deeds = deeds();
    // A document is made anew; what is new replaces nothing.
    let changing: Vec<&Deed> = deeds
        .iter()
        .filter(|deed| ["act", "done", "accept", "withdraw", "decide"].contains(&deed.name))
        .collect();
    let results = on_every_core(&changing, |deed| {
        let mut tally = Tally::default();
        let (folder, child) = stopped_in_time(deed, true);
        let place = match deed.name {
            "decide" => "referrals/2026/R-2026-0121.yaml",
            _ => deed.changed().last().expect("it changes something"),
        };
        let path = folder.path().join(place);
        let text = std::fs::read_to_string(&path).expect("there") + "# A note of my own.\n";
        std::fs::write(&path, &text).expect("saved");
        let output = goes_on(child);
        let mut wanted = deed.before.clone();
        wanted.insert(place.to_owned(), text.into_bytes());
        let is_told = stderr(&output).contains("has been changed since it was read");
        if status(&output) != 2 || !is_told || files(folder.path()) != wanted {
            tally
                .faults
                .push(format!("{}: {}", deed.name, stderr(&output)));
        }
        tally.refused += 1;
        tally
    });
    Tally::of("saved by an editor meanwhile", results);
}

#[test]
fn a_lock_names_who_holds_it_and_goes_with_whoever_is_killed() {
    let deeds = deeds();
    let deed = deeds.iter().find(|deed| deed.name == "act").expect("there");
    let (folder, mut child) = stopped_in_time(deed, false);
    let new = || {
        let args = [
            "--as-of",
            "2026-12-01T09:00",
            "new",
            "R-2026-0999",
            "--folder",
        ];
        let mut command = panel();
        command.args(args).arg(folder.path());
        command.output().expect("it runs")
    };
    let refused = new();
    let told = stderr(&refused);
    assert_eq!(status(&refused), 2, "{told}");
    for words in [
        "waiting for somebody (panel act, process",
        &format!("process {}", child.id()),
        "is writing in this folder; nothing was written",
        "the lock goes with it",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(files(folder.path()) == deed.before);
    child.kill().expect("it runs");
    child.wait().expect("it was started");
    let next = new();
    assert_eq!(status(&next), 0, "{}", stderr(&next));
    assert!(own_files(folder.path()).is_empty());
}
