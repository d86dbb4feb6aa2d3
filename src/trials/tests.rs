//! The bytes that were kept, tried again.

use std::path::Path;

/// Tries every file of a corpus.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the project's own folders"
)]
fn again(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(target);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the corpus is kept with the source")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    assert!(files.len() >= 50, "only {} files in {target}", files.len());
    for file in files {
        let bytes = std::fs::read(&file).expect("a file of the corpus");
        let told = std::panic::catch_unwind(|| run(&bytes));
        assert!(told.is_ok(), "{target}: {}", file.display());
    }
}

#[test]
fn referrals_that_were_kept_are_read_again() {
    again("referral", super::referral);
}

#[test]
fn rule_files_that_were_kept_are_read_again() {
    again("rule_file", super::rule_file);
}

#[test]
fn conditions_that_were_kept_are_read_again() {
    again("condition", super::condition);
}

#[test]
fn dates_that_were_kept_are_read_again() {
    again("date", super::date);
}

#[test]
fn templates_that_were_kept_are_filled_again() {
    again("template", super::template);
}
