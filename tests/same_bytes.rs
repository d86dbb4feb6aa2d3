//! The same folder and the same moment give the same bytes, wherever and however they are asked for.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use support::{copy_of, panel};

/// What a user would ask for, one of each kind of output.
const QUESTIONS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "concise", "--history"],
    &["agenda", "--date", "2026-12-03", "--pack"],
    &["minutes", "--date", "2026-11-26"],
    &["record", "R-2026-0102"],
    &["letter", "R-2026-0102"],
    &["show", "R-2026-0102"],
    &["show", "--files", "0104188", "--format", "json"],
    &["diary"],
    &["diary", "--format", "ics"],
    &[
        "calendar",
        "--from",
        "2026-12-01",
        "--to",
        "2027-04-30",
        "--format",
        "ics",
    ],
    &["rules", "--format", "json"],
];

#[test]
fn time_zone_locale_width_and_directory_change_nothing() {
    let here = copy_of("examples/bexley");
    let there = copy_of("examples/bexley");
    for question in QUESTIONS {
        let first = panel()
            .args(*question)
            .args(["--folder", "."])
            .current_dir(here.path())
            .env("PANEL_AS_OF", "2026-12-01T09:00")
            .output()
            .expect("it runs");
        let other = panel()
            .args(*question)
            .arg("--folder")
            .arg(there.path())
            .env("PANEL_AS_OF", "2026-12-01T09:00")
            .env("TZ", "Pacific/Kiritimati")
            .env("LANG", "tr_TR.UTF-8")
            .env("LC_ALL", "tr_TR.UTF-8")
            // Findings for people are laid out for the width that somebody asks for; nothing else is.
            .env("COLUMNS", if *question == ["check"] { "" } else { "40" })
            .env("RAYON_NUM_THREADS", "1")
            .output()
            .expect("it runs");
        assert_eq!(
            String::from_utf8_lossy(&first.stdout),
            String::from_utf8_lossy(&other.stdout),
            "{question:?}"
        );
        assert_eq!(first.status.code(), other.status.code(), "{question:?}");
        assert!(!first.stdout.is_empty(), "{question:?} prints something");
    }
}
