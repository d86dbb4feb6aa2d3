//! What tests from outside share: temporary folders and running the real program.
#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

pub(crate) mod cases;
pub(crate) mod changes;
pub(crate) mod client;
pub(crate) mod deciding;
pub(crate) mod deeds;
pub(crate) mod excerpt;
pub(crate) mod figures;
pub(crate) mod git;
pub(crate) mod injected;
pub(crate) mod ledger;
pub(crate) mod limited;
pub(crate) mod office;
pub(crate) mod places;
pub(crate) mod tally;
pub(crate) mod two_years;
pub(crate) mod two_years_text;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, with nothing of the machine's own settings: no clock, no terminal, no colour.
pub(crate) fn panel() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_panel"));
    command
        .env_clear()
        .env("TZ", "UTC")
        .env("PANEL_AS_OF", "2026-11-24T09:00")
        .current_dir(std::env::temp_dir())
        .stdin(std::process::Stdio::null());
    command
}

/// Runs the program in a folder at a moment.
pub(crate) fn run(folder: &Path, as_of: &str, args: &[&str]) -> Output {
    panel()
        .arg("--folder")
        .arg(folder)
        .args(["--as-of", as_of])
        .args(args)
        .output()
        .expect("the program was built with the tests")
}

/// What a command that is taken says on the side.
pub(crate) fn told(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stderr(&output)
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("talk is UTF-8")
}

/// The exit status.
pub(crate) fn status(output: &Output) -> i32 {
    let ended = output.status;
    ended
        .code()
        .unwrap_or_else(|| panic!("the program was ended, {ended}: {}", stderr(output)))
}

/// A copy of a folder of the project in a temporary place.
pub(crate) fn copy_of(folder: &str) -> tempfile::TempDir {
    let to = tempfile::tempdir().expect("a temporary folder");
    copy(&project().join(folder), to.path());
    to
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the project's folders can be walked");
        let place = to.join(entry.path().strip_prefix(from).expect("it lies below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&place).expect("a temporary folder");
        } else {
            std::fs::copy(entry.path(), &place).expect("a temporary file");
        }
    }
}

/// Replaces one stretch of text in a file; the stretch must stand there exactly once.
pub(crate) fn change(file: &Path, from: &str, to: &str) {
    let text =
        std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let count = text.matches(from).count();
    assert_eq!(count, 1, "{} holds {count} times: {from}", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).expect("a temporary file");
}

/// What `work` makes of each item, in the items' order. The items are shared out among as many
/// threads as the machine has cores: nearly all the time goes into waiting for the program.
pub(crate) fn on_every_core<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(share)).collect();
        threads
            .into_iter()
            .flat_map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
