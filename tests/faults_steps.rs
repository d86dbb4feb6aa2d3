//! The same as at random instants, step by step: a command is killed at each call by which it changes
//! the disk, in turn, and what it does is held against what a power cut asks for.
//!
//! `strace` stops a program at a call that is named. Where there is none, this says so and is skipped.
#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use support::deeds::{Deed, deeds, say};
use support::on_every_core;

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
fn traced(deed: &Deed, folder: &Path, log: &Path, options: &[&str]) {
    let mut command = Command::new("strace");
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TZ", "UTC")
        .current_dir(std::env::temp_dir())
        .args(["-f", "--seccomp-bpf", "-qq", "-y", "-s", "0", "-o"])
        .arg(log)
        .args(["-e", &format!("trace={CHANGES}")])
        .args(options)
        .arg(env!("CARGO_BIN_EXE_panel"));
    deed.lay(&mut command, folder);
    command.output().expect("strace is there");
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

#[test]
fn killed_at_each_step_a_command_leaves_whole_files_or_none() {
    if !has_strace() {
        return skipped("killed at each step");
    }
    let deeds = deeds();
    let steps: Vec<(&Deed, usize)> = deeds
        .iter()
        .flat_map(|deed| (1..=undisturbed(deed).len()).map(move |step| (deed, step)))
        .collect();
    let results = on_every_core(&steps, |(deed, step)| {
        let folder = deed.folder();
        let inject = format!("inject={CHANGES}:signal=KILL:when={step}");
        traced(
            deed,
            folder.path(),
            Path::new("/dev/null"),
            &["-e", &inject],
        );
        let mut faults = deed.left_whole(folder.path());
        for fault in &mut faults {
            *fault = format!("{} killed at step {step}: {fault}", deed.name);
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
