//! The same as at random instants, step by step: a command is killed at each call by which it changes
//! the disk, in turn, and what it does is held against what a power cut asks for.
//!
//! `strace` stops a program at a call that is named. Where there is none, this says so and is skipped.
#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use support::deeds::{Deed, deeds, files, say};
use support::{on_every_core, status, stderr};

/// The calls by which a program changes what is on a disk. A machine need not know all of them.
const CHANGES: &str = "?mkdir,?mkdirat,?rmdir,?rename,?renameat,?renameat2,?link,?linkat,?unlink,?unlinkat,?chmod,?fchmod,?fchmodat,?truncate,?ftruncate,fsync,?fdatasync,flock,write";

fn has_strace() -> bool {
    Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "-e", "trace=none", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn skipped(what: &str) {
    say(&format!("faults: {what}: skipped, there is no strace here"));
}

/// Runs a command under `strace` with more options.
fn traced(deed: &Deed, folder: &Path, log: &Path, options: &[&str]) -> Output {
    let mut command = Command::new("strace");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TZ", "UTC")
        .current_dir(std::env::temp_dir())
        .args(["-f", "-qq", "-y", "-s", "0", "-o"])
        .arg(log)
        .args(["-e", &format!("trace={CHANGES}")])
        .args(options)
        .arg(env!("CARGO_BIN_EXE_panel"));
    deed.lay(&mut command, folder);
    command.output().expect("strace is there")
}

/// The calls of the program's own thread, which alone writes.
fn calls(log: &Path) -> Vec<String> {
    let log = std::fs::read_to_string(log).expect("strace wrote it");
    let lines = log.lines().filter_map(|line| line.split_once(' '));
    let mut lines = lines.map(|(thread, call)| (thread, call.trim_start().to_owned()));
    let Some((own, first)) = lines.next() else {
        return Vec::new();
    };
    let of_own = lines.filter(|(thread, _)| *thread == own);
    [first]
        .into_iter()
        .chain(of_own.map(|(_, call)| call))
        .collect()
}

/// The calls of a command that nothing disturbs.
fn undisturbed(deed: &Deed) -> Vec<String> {
    let folder = deed.folder();
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    traced(deed, folder.path(), log.path(), &[]);
    let calls = calls(log.path());
    assert!(calls.len() > 5, "{}: {calls:?}", deed.name);
    calls
}

/// One call of a command: its name, the how many-th of that name it is, and as it was seen.
struct Step {
    name: String,
    number: usize,
    seen: String,
}

/// Every call by which a command changes the disk, in their order.
fn steps_of(deed: &Deed) -> Vec<Step> {
    let mut counts = BTreeMap::new();
    undisturbed(deed)
        .into_iter()
        .map(|seen| {
            let name = seen.split('(').next().unwrap_or_default().to_owned();
            let number = counts.entry(name.clone()).or_insert(0);
            *number += 1;
            Step {
                number: *number,
                name,
                seen,
            }
        })
        .collect()
}

/// Runs a command with something done to it at one of its calls.
fn disturbed(deed: &Deed, folder: &Path, step: &Step, how: &str) -> Output {
    let inject = format!("inject={}:{how}:when={}", step.name, step.number);
    let mut options = vec!["-e", &inject];
    // Much quicker, where nobody is to be killed.
    if !how.starts_with("signal") {
        options.push("--seccomp-bpf");
    }
    traced(deed, folder, Path::new("/dev/null"), &options)
}

#[test]
fn killed_at_each_step_a_command_leaves_whole_files_or_none() {
    if !has_strace() {
        return skipped("killed at each step");
    }
    let deeds = deeds();
    let steps: Vec<(&Deed, Step)> = deeds
        .iter()
        .flat_map(|deed| steps_of(deed).into_iter().map(move |step| (deed, step)))
        .collect();
    let results = on_every_core(&steps, |(deed, step)| {
        let folder = deed.folder();
        let output = disturbed(deed, folder.path(), step, "signal=KILL");
        let mut faults = deed.left_whole(folder.path());
        if output.status.success() {
            faults.push("it was not killed".to_owned());
        }
        for fault in &mut faults {
            *fault = format!("{} killed at {}: {fault}", deed.name, step.seen);
        }
        faults
    });
    let faults: Vec<String> = results.into_iter().flatten().collect();
    say(&format!(
        "faults: {} commands killed at each of their {} steps; {} files lost or half-written",
        deeds.len(),
        steps.len(),
        faults.len()
    ));
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn where_a_call_fails_everything_is_written_or_nothing() {
    if !has_strace() {
        return skipped("each call failing");
    }
    let deeds = deeds();
    let mut steps: Vec<(&Deed, Step, &str)> = Vec::new();
    for deed in &deeds {
        for step in steps_of(deed) {
            // Each error as often, and none always at the same place.
            let error = ["EIO", "ENOSPC", "EACCES"][steps.len() % 3];
            steps.push((deed, step, error));
        }
    }
    let results = on_every_core(&steps, |(deed, step, error)| {
        let folder = deed.folder();
        let output = disturbed(deed, folder.path(), step, &format!("error={error}"));
        let now = files(folder.path());
        let mut faults = Vec::new();
        let is_sound = match status(&output) {
            0 => now == deed.after,
            // Written and not confirmed, or not printed, is told too.
            2 => now == deed.before || now == deed.after,
            _ => false,
        };
        if !is_sound {
            faults.push("neither everything nor nothing".to_owned());
        }
        let told = stderr(&output);
        if told.contains("panicked") || (status(&output) == 2 && !told.contains("error: ")) {
            faults.push("it is not told".to_owned());
        }
        faults.extend(deed.left_whole(folder.path()));
        for fault in &mut faults {
            *fault = format!(
                "{} with {error} at {}: {fault}: {told}",
                deed.name, step.seen
            );
        }
        (status(&output), faults)
    });
    let refused = results.iter().filter(|(status, _)| *status == 2).count();
    let faults: Vec<String> = results.into_iter().flat_map(|(_, faults)| faults).collect();
    say(&format!(
        "faults: {} calls that failed, {refused} of them told; {} files lost or half-written",
        steps.len(),
        faults.len()
    ));
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(refused > steps.len() / 3, "{refused} of {}", steps.len());
}

/// The paths between quotation marks, and behind open files, of a call.
fn paths(call: &str, open: char, close: char) -> Vec<&str> {
    let mut paths = Vec::new();
    let mut rest = call;
    while let Some(start) = rest.find(open) {
        let inside = &rest[start + 1..];
        let Some(end) = inside.find(close) else {
            break;
        };
        paths.push(&inside[..end]);
        rest = &inside[end + 1..];
    }
    paths
}

#[test]
fn every_file_is_flushed_before_it_gets_its_name_and_its_folder_after() {
    if !has_strace() {
        return skipped("flushed before it is named");
    }
    let mut named = 0;
    for deed in deeds() {
        let calls = undisturbed(&deed);
        let is_flush = |call: &str, path: &str| {
            call.starts_with("fsync(") && paths(call, '<', '>').first() == Some(&path)
        };
        let answered = calls
            .iter()
            .rposition(|call| call.starts_with("write(1<"))
            .expect("it prints what it wrote");
        for (at, call) in calls.iter().enumerate() {
            let parent_of = |path: &str| {
                let parent = Path::new(path).parent().expect("it has one");
                parent.display().to_string()
            };
            let new = if call.starts_with("rename") {
                let [from, to] = paths(call, '"', '"')[..] else {
                    panic!("{}: {call}", deed.name);
                };
                let is_flushed = calls[..at].iter().any(|call| is_flush(call, from));
                assert!(is_flushed, "{}: {call}", deed.name);
                named += 1;
                to
            } else if call.starts_with("mkdir") && call.ends_with("= 0") {
                paths(call, '"', '"')[0]
            } else {
                continue;
            };
            let folder = parent_of(new);
            let is_kept = calls[at..answered]
                .iter()
                .any(|call| is_flush(call, &folder));
            assert!(is_kept, "{}: {call}: {folder} is not flushed", deed.name);
        }
    }
    assert!(named > 15, "{named} files were named");
}
