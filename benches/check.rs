//! `panel check` over a generated folder of 20,000 referrals, against walking and reading the
//! same files: time as a multiple, and peak memory. Run with `cargo bench`.
//!
//! `PANEL_BENCH_REFERRALS` sets another number; `PANEL_BENCH_RUNS` another number of runs.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement makes its own folder, takes the time and prints it"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let count = setting("PANEL_BENCH_REFERRALS", 20_000);
    let runs = setting("PANEL_BENCH_RUNS", 7);
    let folder = generated(count);
    let bytes: u64 = files(&folder)
        .iter()
        .map(|path| fs::metadata(path).expect("just walked").len())
        .sum();
    println!(
        "{count} referrals, {:.1} MB, {runs} runs, medians",
        bytes as f64 / 1e6
    );

    let mut reading = Vec::new();
    let mut checking = Vec::new();
    let mut peak = 0;
    // Interleaved, so that whatever else the machine does falls on both.
    for _ in 0..runs {
        reading.push(timed(|| {
            for path in files(&folder) {
                std::hint::black_box(fs::read(path).expect("just walked"));
            }
        }));
        let mut found = 0;
        checking.push(timed(|| found = check(&folder)));
        peak = peak.max(found);
    }
    let (reading, checking) = (median(reading), median(checking));
    println!(
        "walk and read, one thread: {:.0} ms",
        reading.as_secs_f64() * 1e3
    );
    println!(
        "panel check --format json: {:.0} ms",
        checking.as_secs_f64() * 1e3
    );
    println!(
        "multiple of reading:       {:.2}",
        checking.as_secs_f64() / reading.as_secs_f64()
    );
    println!("peak memory:               {:.0} MB", peak as f64 / 1e3);
}

fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the generated folder can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Runs the check and gives its peak memory in kilobytes, as far as the system tells it.
fn check(folder: &Path) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_panel"))
        .args([
            "--as-of",
            "2026-11-24T09:00",
            "check",
            "--format",
            "json",
            "--folder",
        ])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program has been built");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let now = text
                .lines()
                .find_map(|line| line.strip_prefix("VmHWM:"))
                .and_then(|rest| rest.trim().split(' ').next()?.parse().ok());
            peak = peak.max(now.unwrap_or(0));
        }
        if child.try_wait().expect("the child is ours").is_some() {
            return peak;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A folder of invented referrals, always the same for the same number: one in six has a fault.
fn generated(count: usize) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("referrals-{count}"));
    if folder.join("panel.toml").is_file() {
        return folder;
    }
    let mut seed = 20_261_124_u64;
    let mut next = move |below: usize| {
        // Numerical Recipes' generator: enough for variety, and the same everywhere.
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for number in 0..count {
        let place = folder.join(format!("referrals/2026/{:03}", number / 1000));
        fs::create_dir_all(&place).expect("the target folder can be written");
        let reference = format!("R-2026-{number:06}");
        let text = referral(&reference, number, &mut next);
        fs::write(place.join(format!("{reference}.yaml")), text)
            .expect("the target folder can be written");
    }
    fs::write(folder.join("panel.toml"), "council = \"bexley\"\n")
        .expect("the target folder can be written");
    folder
}

const NAMES: [&str; 8] = [
    "Aisha", "Ben", "Chloe", "Dev", "Ella", "Finn", "Grace", "Hana",
];
const WORDS: [&str; 12] = [
    "the family",
    "her grandmother",
    "school",
    "the youth worker",
    "contact",
    "a calm evening",
    "the safety plan",
    "his brother",
    "the carers",
    "missed visits",
    "the health visitor",
    "bedtime",
];

fn sentence(next: &mut impl FnMut(usize) -> usize, words: usize) -> String {
    let parts: Vec<&str> = (0..words).map(|_| WORDS[next(WORDS.len())]).collect();
    format!("We have talked about {}.", parts.join(" and "))
}

fn referral(reference: &str, number: usize, next: &mut impl FnMut(usize) -> usize) -> String {
    let name = NAMES[next(NAMES.len())];
    let weekly = 100 + next(400);
    let weeks = 10 + next(20);
    let total = weekly * weeks + usize::from(number.is_multiple_of(6));
    let mut long = |words| sentence(next, words);
    format!(
        "reference: {reference}
submitted: 2026-11-20T10:{:02}
child:
  case_id: \"{:07}\"
  name: {name} K.
  date_of_birth: 201{}-0{}-1{}
  ethnicity: White British
  disability: none recorded
  legal_status: child-in-need
worker: {{name: A. Singh, role: social-worker, team: Children in Need {}}}
team_manager: {{name: J. Blake}}
service_manager: {{name: P. Nowak}}
family:
  - {{name: Dana K., date_of_birth: 1988-04-02, relationship: mother}}
network:
  - {{name: S. Hall, role: head of year}}
family_network_meeting: {{held: true}}
safety_plan: {{in_place: true}}
sections:
  main-issues: >-
    {}
signs_of_safety:
  past_harm: {}
  future_danger: {}
  complicating_factors: {}
  existing_strengths: {}
  existing_safety: {}
  next_steps: {}
  danger_statement: {}
  safety_goals: {}
  scaling:
    - {{name: Dana K., role: mother, score: 6, reasons: Evenings are calmer.}}
    - {{name: A. Singh, role: social worker, score: 5, reasons: It is early days.}}
request:
  kind: support-package
  summary: {}
  reason: {}
  care_plan: {}
  from: 2026-12-01
  to: 2027-03-01
costs:
  - {{item: home-support, description: Family support worker, weekly: {weekly}.00, weeks: {weeks}}}
total: {total}.00
alternatives:
  - {{tried: Parenting group, outcome: She went twice and found it too large.}}
views:
  child: {}
  parents: {}
sign_offs:
  - {{role: social-worker, name: A. Singh, on: 2026-11-19}}
  - {{role: team-manager, name: J. Blake, on: 2026-11-19}}
  - {{role: service-manager, name: P. Nowak, on: 2026-11-20}}
attending:
  - {{name: A. Singh, role: social-worker}}
",
        number % 60,
        number,
        number % 10,
        1 + number % 9,
        number % 10,
        1 + number % 5,
        long(14),
        long(9),
        long(9),
        long(8),
        long(9),
        long(8),
        long(8),
        long(9),
        long(8),
        long(9),
        long(12),
        long(9),
        long(8),
        long(8),
    )
}
