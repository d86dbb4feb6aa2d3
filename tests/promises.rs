//! The page of promises: every test that it names is there.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the project's own files"
)]

mod support;

use std::path::Path;
use support::project;

/// The text of every Rust file below a folder whose path holds a word.
fn code(folder: &Path, word: &str) -> String {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter(|path| {
            path.iter()
                .any(|step| step.to_string_lossy().trim_end_matches(".rs") == word)
        })
        .map(|path| std::fs::read_to_string(path).expect("it can be read"))
        .collect()
}

#[test]
fn every_test_that_holds_a_promise_is_there() {
    let page = project().join("docs/src/promises.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let mut found = 0;
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        let Some(held_by) = cells.get(1).filter(|held_by| held_by.contains("::")) else {
            continue;
        };
        for named in held_by.split('`').filter(|named| named.contains("::")) {
            let (place, name) = named.split_once("::").expect("it was looked for");
            let code = code(&project().join("tests"), place) + &code(&project().join("src"), place);
            assert!(code.contains(&format!("fn {name}()")), "no test `{named}`");
            found += 1;
        }
    }
    assert!(found > 15, "{found} promises");
    assert!(!page.contains("FIGURE"), "a figure is missing");
}
