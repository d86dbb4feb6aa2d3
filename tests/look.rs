//! How findings look to whoever reads them: their own lines, colour where it is wanted, any width.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use support::{change, copy_of, panel, stdout};

const REFERRAL: &str = "referrals/2026/R-2026-0001.yaml";

/// A sound folder with three faults on one line, of which two are at one place, and a long line.
fn folder() -> tempfile::TempDir {
    let folder = copy_of("tests/pages/base");
    let file = folder.path().join(REFERRAL);
    change(&file, "panel: 2026-11-26\n", "panel: 26/11/2026\n");
    change(
        &file,
        "worker: {name: C. Doyle, role: social-worker, team: Family Support 3}",
        "worker: {name: 山田 太郎, rolle: £5, team: TBC, role: sozial-worker}",
    );
    let long = format!("kind: support-pakage # {}", "as asked ".repeat(60));
    change(&file, "kind: support-package", long.trim_end());
    folder
}

fn told(folder: &Path, settings: &[(&str, &str)], more: &[&str]) -> String {
    let output = panel()
        .current_dir(folder)
        .envs(settings.iter().copied())
        .args(["check", REFERRAL])
        .args(more)
        .output()
        .expect("the program was built with the tests");
    stdout(&output)
}

/// How many columns a letter of these tests takes on a terminal.
fn columns_of(c: char) -> usize {
    if "山田太郎".contains(c) { 2 } else { 1 }
}

#[test]
fn a_line_is_shown_once_for_all_that_is_found_on_it() {
    let folder = folder();
    let text = told(folder.path(), &[], &[]);
    assert_eq!(text.matches("rolle: £5").count(), 1, "{text}");
    for id in ["unknown-field", "bad-value"] {
        assert!(text.contains(&format!("error[{id}]: ")), "{text}");
    }
    let line = text
        .lines()
        .find(|line| line.contains("rolle: £5"))
        .expect("it is shown");
    let below = text
        .lines()
        .skip_while(|other| *other != line)
        .nth(1)
        .expect("carets");
    // Two columns for each wide letter: the carets begin under the key itself.
    let wide = line[..line.find("rolle").expect("there")]
        .chars()
        .map(columns_of)
        .sum::<usize>();
    assert_eq!(below.find('^'), Some(wide), "{text}");
}

/// Settings of the environment, and flags.
type Asked<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn colour_is_there_where_it_is_wanted_and_changes_nothing_else() {
    let folder = folder();
    let plain = told(folder.path(), &[], &[]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let coloured: [Asked<'_>; 3] = [
        (&[("CLICOLOR_FORCE", "1")], &[]),
        (&[], &["--color", "always"]),
        (&[("NO_COLOR", "1")], &["--color", "always"]),
    ];
    for (settings, more) in coloured {
        let text = told(folder.path(), settings, more);
        assert!(text.contains('\u{1b}'), "{settings:?} {more:?}: {text}");
        assert_eq!(uncoloured(&text), plain, "{settings:?} {more:?}");
    }
    let without: [Asked<'_>; 4] = [
        (&[("NO_COLOR", "1")], &[]),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], &[]),
        (&[("CLICOLOR", "0")], &[]),
        (&[("CLICOLOR_FORCE", "1")], &["--color", "never"]),
    ];
    for (settings, more) in without {
        let text = told(folder.path(), settings, more);
        assert_eq!(text, plain, "{settings:?} {more:?}");
    }
}

/// Text without the signs that colour it.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        kept + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[test]
fn every_width_tells_the_same_and_the_lines_of_files_fit() {
    let folder = folder();
    let wide = told(folder.path(), &[], &[]);
    for columns in ["40", "60", "100"] {
        let width: usize = columns.parse().expect("a number");
        let text = told(folder.path(), &[("COLUMNS", columns)], &[]);
        // The lines of files, and what is written below their marks.
        let is_picture = |line: &&str| {
            line.split_once(" |").is_some_and(|(number, _)| {
                number.trim().is_empty() || number.trim().parse::<u32>().is_ok()
            })
        };
        assert!(text.lines().filter(is_picture).count() > 4, "{text}");
        for line in text.lines().filter(is_picture) {
            let columns: usize = line.chars().map(columns_of).sum();
            assert!(columns <= width, "{columns}: {line}\n{text}");
        }
        assert!(text.contains("support-pakage"), "{text}");
        // Titles, places and sums; notes are broken, and stand in the same order.
        let notes =
            |text: &str| text.matches("  = help: ").count() + text.matches("  = note: ").count();
        assert_eq!(notes(&text), notes(&wide), "{text}");
        let words = |text: &str| {
            let is_said = |line: &&str| !line.contains('|') && !line.contains("-->");
            let lines = text.lines().filter(is_said);
            lines
                .flat_map(str::split_whitespace)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&text), words(&wide), "{columns}");
    }
}

/// Whatever stands around somebody's own words needs no more than plain letters.
#[test]
fn frames_are_plain_letters() {
    let folder = copy_of("tests/pages/base");
    let file = folder.path().join(REFERRAL);
    change(&file, "panel: 2026-11-26\n", "panel: 26/11/2026\n");
    let text = told(folder.path(), &[], &[]);
    let frames = text
        .lines()
        .filter(|line| line.contains('|') || line.contains("-->"));
    assert!(frames.clone().count() >= 4, "{text}");
    assert!(frames.clone().all(str::is_ascii), "{text}");
}
