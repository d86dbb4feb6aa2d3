//! The folder of requests that `speed.py` measures with, and the two programs that `panel check`
//! is measured against: one that walks the folder and reads its files in one thread, and one that
//! walks, reads and parses them on all cores as `panel` does, and stops there.
//!
//! `cargo bench --bench check` measures the three in a row; `make DIR NUMBER`, `read DIR` and
//! `parse DIR` do one thing each, for the script.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement makes its own folder, takes the time and prints it"
)]

#[path = "support/forms.rs"]
mod forms;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    // cargo puts `--bench` behind what it was told.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    match wanted[..] {
        ["make", folder, number] => {
            let number = number.parse().expect("the number of requests");
            forms::write(Path::new(folder), number);
            println!("{}", forms::path(number / 2));
        }
        ["read", folder] => println!("{} bytes", read(Path::new(folder))),
        ["parse", folder] => println!("{} records", panel::read_only(Path::new(folder))),
        [] => measure(),
        _ => panic!("make DIR NUMBER, read DIR or parse DIR"),
    }
}

/// Measures the three programs over a folder, interleaved.
fn measure() {
    let count = setting("PANEL_BENCH_REFERRALS", 20_000);
    let runs = setting("PANEL_BENCH_RUNS", 7);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("referrals-{count}"));
    forms::write(&folder, count);
    let this = std::env::current_exe().expect("the program knows where it lies");
    let (mut reading, mut parsing, mut checking) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        reading.push(timed(Command::new(&this).arg("read").arg(&folder)));
        parsing.push(timed(Command::new(&this).arg("parse").arg(&folder)));
        checking.push(timed(
            Command::new(env!("CARGO_BIN_EXE_panel"))
                .args([
                    "--as-of",
                    forms::AS_OF,
                    "check",
                    "--format",
                    "json",
                    "--folder",
                ])
                .arg(&folder),
        ));
    }
    let reading = median(reading);
    println!("{count} requests, {runs} runs, medians");
    for (name, time) in [
        ("walk and read, one thread", reading),
        ("walk, read and parse", median(parsing)),
        ("panel check --format json", median(checking)),
    ] {
        println!("{name:26} {:5.0} ms  {:.2}", time * 1e3, time / reading);
    }
}

/// Walks a folder and reads each of its files in one thread: how many bytes they have.
fn read(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| black_box(fs::read(entry.path()).expect("just walked")).len())
        .sum()
}

fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program has been built");
    let time = start.elapsed();
    assert!(status.code().is_some_and(|code| code < 2), "{command:?}");
    time
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
