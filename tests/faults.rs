//! A program that is killed at any instant leaves whole files, and nothing that stands in the way of
//! the next.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and wait by themselves"
)]

mod support;

use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use support::deeds::{Deed, deeds, files, own_files, say};
use support::on_every_core;

/// How often each command is killed.
const KILLS: usize = 40;

/// When a command is killed.
#[derive(Debug, Clone, Copy)]
enum When {
    /// So long after it was started, in thousandths of what it takes undisturbed.
    After(u32),
    /// So many microseconds after it was seen to hold the lock.
    Locked(u64),
    /// So many microseconds after a file that it makes ready was seen.
    Writing(u64),
    /// So many microseconds after it had noted that it puts several files in their places; of a
    /// command that writes one, after that one was made ready.
    Placing(u64),
}

/// What a kill met with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    /// The command had ended by itself.
    Ended,
    /// Nothing of it was to be seen yet.
    Nothing,
    /// It held the lock.
    Lock,
    /// It had made a file ready that was in no place yet.
    Aside,
    /// It was putting several files in their places.
    Placing,
    /// What it wrote was in place.
    Written,
}

/// Instants spread over a command, most of them around its writing. The same in every run.
fn instants() -> Vec<When> {
    let mut part = 0.5_f64;
    let mut next = |most: f64| {
        // The golden ratio spreads any number of points evenly.
        part = (part + 0.618_033_988_75) % 1.0;
        part * most
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small and positive"
    )]
    (0..KILLS)
        .map(|number| match number % 4 {
            0 => When::After(next(1100.0) as u32),
            1 => When::Locked(next(20_000.0) as u64),
            2 => When::Writing(next(6_000.0) as u64),
            _ => When::Placing(next(1_000.0) as u64),
        })
        .collect()
}

fn spin(micros: u64) {
    let until = Instant::now() + Duration::from_micros(micros);
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// Waits until something is to be seen, or the command has ended.
fn wait_for(child: &mut Child, is_seen: impl Fn() -> bool) {
    while child.try_wait().expect("it was started").is_none() {
        if is_seen() {
            return;
        }
    }
}

fn has_aside(place: &Path) -> bool {
    std::fs::read_dir(place).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(".panel-") && name != ".panel-held-by.tmp"
        })
    })
}

/// Starts a command, kills it, and says how it ended.
fn killed(deed: &Deed, folder: &Path, when: When, undisturbed: Duration) -> ExitStatus {
    let mut command = deed.command(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    match when {
        When::After(thousandths) => std::thread::sleep(undisturbed * thousandths / 1000),
        When::Locked(micros) => {
            let holder = deed.root(folder).join(".panel-held-by.tmp");
            wait_for(&mut child, || holder.exists());
            spin(micros);
        }
        When::Writing(micros) => {
            let places = deed.places(folder);
            wait_for(&mut child, || places.iter().any(|place| has_aside(place)));
            spin(micros);
        }
        When::Placing(micros) => {
            let places = deed.places(folder);
            let note = deed.root(folder).join(".panel-unfinished.tmp");
            let is_alone = deed.changes() == 1;
            wait_for(&mut child, || {
                note.exists() || (is_alone && places.iter().any(|place| has_aside(place)))
            });
            spin(micros);
        }
    }
    // One that has ended cannot be killed any more.
    let _ = child.kill();
    child.wait().expect("it was started")
}

fn met(deed: &Deed, folder: &Path, ended: ExitStatus) -> Met {
    let own = own_files(folder);
    let has = |what: &str| own.iter().any(|path| path.contains(what));
    let is_aside = |path: &String| !path.contains("held-by") && !path.contains("unfinished");
    if ended.code().is_some() {
        Met::Ended
    } else if has("unfinished") {
        Met::Placing
    } else if own.iter().any(is_aside) {
        Met::Aside
    } else if files(folder) == deed.after {
        Met::Written
    } else if has("held-by") {
        Met::Lock
    } else {
        Met::Nothing
    }
}

/// Kills a command once, and looks at everything that is promised of what it leaves.
fn kill(deed: &Deed, when: When, undisturbed: Duration) -> (Met, Vec<String>) {
    let folder = deed.folder();
    let folder = folder.path();
    let ended = killed(deed, folder, when, undisturbed);
    let met = met(deed, folder, ended);
    let mut faults = deed.left_whole(folder);
    for fault in &mut faults {
        *fault = format!("{} killed {when:?}, {met:?}: {fault}", deed.name);
    }
    (met, faults)
}

#[test]
fn killed_at_any_instant_a_command_leaves_whole_files_or_none() {
    let deeds = deeds();
    let mut kills = Vec::new();
    for deed in &deeds {
        let folder = deed.folder();
        let start = Instant::now();
        deed.command(folder.path()).output().expect("it runs");
        let undisturbed = start.elapsed();
        kills.extend(instants().into_iter().map(|when| (deed, when, undisturbed)));
    }
    let results = on_every_core(&kills, |(deed, when, undisturbed)| {
        kill(deed, *when, *undisturbed)
    });
    let faults: Vec<&String> = results.iter().flat_map(|(_, faults)| faults).collect();
    let count = |wanted: &[Met]| {
        let of = results.iter().filter(|(met, _)| wanted.contains(met));
        of.count()
    };
    let amid = count(&[Met::Lock, Met::Aside, Met::Placing]);
    say(&format!(
        "faults: {} kills of {} commands: {} before anything was done, {} under the lock, {} with a file made ready, {} between several files, {} when all was written ({} had ended); {} files lost or half-written",
        results.len() - count(&[Met::Ended]),
        deeds.len(),
        count(&[Met::Nothing]),
        count(&[Met::Lock]),
        count(&[Met::Aside]),
        count(&[Met::Placing]),
        count(&[Met::Written]),
        count(&[Met::Ended]),
        faults.len()
    ));
    assert!(faults.is_empty(), "{faults:#?}");
    // Otherwise nothing was tried.
    assert!(amid > results.len() / 5, "{amid} of {}", results.len());
    assert!(count(&[Met::Aside]) > 0 && count(&[Met::Placing]) > 0);
}
