//! Every list over a generated folder of two years, against `panel check` on the same folder: none
//! is to take more than one and a half times as long. Run with `cargo bench --bench lists`.
//!
//! `PANEL_BENCH_REFERRALS` sets another number than 3,000 and 20,000; `PANEL_BENCH_RUNS` another
//! number of runs. The exit status is 1 where a list takes longer than it may.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement makes its own folder, takes the time and prints it"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use support::ledger::{Day, Ledger};
use support::two_years::{LAST, Wanted, write};

/// How much longer than `panel check` a list may take.
const BAR: f64 = 1.5;
const MOMENT: &str = "2026-12-01T18:00";

fn main() -> ExitCode {
    let setting = |name: &str| std::env::var(name).ok()?.parse().ok();
    let runs = setting("PANEL_BENCH_RUNS").unwrap_or(5);
    let counts = setting("PANEL_BENCH_REFERRALS").map_or(vec![3_000, 20_000], |count| vec![count]);
    let mut is_within = true;
    for count in counts {
        is_within &= measure(count, runs);
    }
    if is_within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Measures every list over a folder; whether all keep to the bar.
fn measure(count: usize, runs: usize) -> bool {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("two-years-{count}"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the target folder can be written");
    }
    let wanted = Wanted {
        council: "bexley",
        referrals: count,
        seed: 20_261_201,
    };
    let ledger = write(&folder, wanted);
    let lists = lists(&ledger);
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); lists.len()];
    // Interleaved, so that whatever else the machine does falls on all of them.
    for _ in 0..runs {
        for (list, times) in lists.iter().zip(&mut times) {
            times.push(timed(&folder, list));
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let check = times[0];
    println!("{} referrals, {runs} runs, medians", ledger.requests.len());
    for (list, time) in lists.iter().zip(&times) {
        let ratio = time / check;
        let mark = if ratio > BAR { "  too long" } else { "" };
        println!(
            "{:<44} {:>7.0} ms {ratio:>6.2}{mark}",
            list.join(" "),
            time * 1e3
        );
    }
    times.iter().all(|time| time / check <= BAR)
}

/// `check` first, and every list after it.
fn lists(ledger: &Ledger) -> Vec<Vec<String>> {
    let last = Day::of(LAST);
    let mut meetings = ledger.meetings.iter();
    let next = meetings.find(|meeting| meeting.on >= last && !meeting.is_cancelled);
    let next = next.expect("there is a meeting to come").id.clone();
    let mut held = ledger.meetings.iter().rev();
    let before = held.find(|meeting| meeting.on < last && !meeting.is_cancelled);
    let before = before.expect("meetings were held").id.clone();
    let reviewed = ledger
        .requests
        .iter()
        .rev()
        .find_map(|request| request.under_review);
    let child = &ledger.requests[reviewed.expect("something was reviewed")].reference;
    let lists: [&[&str]; 12] = [
        &["check", "--format", "json"],
        &["agenda", "--date", &next],
        &["minutes", "--date", &before],
        &["diary"],
        &["diary", "--format", "ics"],
        &["deadlines", "--date", &before],
        &["chase", "--date", &next],
        &["spend"],
        &["spend", "--date", &before, "--by", "provision"],
        &["attendance"],
        &["report"],
        &["record", child],
    ];
    let owned = |list: &&[&str]| list.iter().map(|word| (*word).to_owned()).collect();
    lists.iter().map(owned).collect()
}

fn timed(folder: &Path, list: &[String]) -> Duration {
    let args: Vec<&str> = list.iter().map(String::as_str).collect();
    let start = Instant::now();
    let output = support::run(folder, MOMENT, &args);
    let time = start.elapsed();
    let status = support::status(&output);
    assert!(status < 2, "{args:?}: {}", support::stderr(&output));
    time
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
