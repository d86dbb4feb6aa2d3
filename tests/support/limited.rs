//! The program with an end to its time, and its memory looked at while it runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Seconds of the processor that the program may take; the system ends it after that.
pub(crate) const SECONDS: &str = "5";

/// The most memory, in kilobytes.
pub(crate) const KILOBYTES: u64 = 300_000;

/// What came of a run.
pub(crate) struct Came {
    pub(crate) status: Option<i32>,
    pub(crate) told: String,
    pub(crate) talk: String,
    pub(crate) kilobytes: u64,
}

/// Runs the program in a folder with an end to its time, and looks at its memory while it runs.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Came {
    let out = folder.join(".out");
    let talk = folder.join(".talk");
    let mut child = Command::new("/bin/sh")
        .args(["-c", "ulimit -t $0; exec \"$@\"", SECONDS])
        .arg(env!("CARGO_BIN_EXE_panel"))
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", "2026-11-24T09:00"])
        .args(args)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).expect("a temporary file"))
        .stderr(fs::File::create(&talk).expect("a temporary file"))
        .spawn()
        .expect("a shell");
    let about = format!("/proc/{}/status", child.id());
    let mut kilobytes = 0;
    let status = loop {
        let lines = fs::read_to_string(&about).unwrap_or_default();
        let peak = lines.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse().ok());
        kilobytes = kilobytes.max(peak.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("it was started") {
            break status.code();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |path| String::from_utf8(fs::read(path).expect("it was made")).expect("UTF-8");
    Came {
        status,
        told: text(out),
        talk: text(talk),
        kilobytes,
    }
}
