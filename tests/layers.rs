//! The shape of the source: imports run downward, and no council is named outside its own file.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From the top down; a module may import what stands below it.
const LAYERS: [&str; 11] = [
    "trials",
    "commands",
    "documents",
    "rules",
    "output",
    "desk",
    "council",
    "calendar",
    "folder",
    "findings",
    "records",
];

/// Output is handed what it prints: it asks neither the rules nor the desk.
const OUTPUT_NEVER: [&str; 2] = ["rules", "desk"];

/// Names of councils and of places that are theirs; the ids of `councils/` are added.
const COUNCILS: [&str; 9] = [
    "bexley",
    "berkshire",
    "nelc",
    "lincolnshire",
    "grimsby",
    "bcp",
    "bournemouth",
    "christchurch",
    "poole",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder: its path from there, with `/`, and its text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in std::fs::read_dir(&here).expect("a folder of the project") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("it is inside");
            let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            found.push((steps.join("/"), text));
        }
    }
    found.sort();
    found
}

fn source() -> Vec<(String, String)> {
    let mut files = files(&root().join("src"));
    files.retain(|(path, _)| path.ends_with(".rs"));
    assert!(files.len() > 40, "the source was not found");
    files
}

/// The module that a file belongs to: its folder in `src/`, or its own name there.
fn module_of(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The modules of this crate that a line of code names: `crate::x::…` and `crate::{x::…, y}`.
fn named_in(code: &str) -> BTreeSet<String> {
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect()
    };
    let mut named = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            named.insert(word(rest));
            continue;
        };
        // Only the first step of each branch counts: `{desk::{Case, Desk}, records::Day}`.
        let mut depth = 0;
        let mut is_start = true;
        for (place, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => is_start = true,
                c if is_start && c.is_ascii_alphabetic() => {
                    named.insert(word(&group[place..]));
                    is_start = false;
                }
                _ => {}
            }
        }
    }
    named
}

/// A file's code without its comments, so that a link in a doc comment is no import.
fn code_of(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn imports_run_downward() {
    let layer = |module: &str| LAYERS.iter().position(|known| *known == module);
    let mut faults = Vec::new();
    for (path, text) in source() {
        let module = module_of(&path);
        if matches!(module, "main" | "lib" | "cli") {
            continue;
        }
        let Some(own) = layer(module) else {
            faults.push(format!("src/{path}: `{module}` has no place in the order"));
            continue;
        };
        for other in named_in(&code_of(&text)) {
            let is_upward = layer(&other).is_some_and(|other| other < own) || other == "cli";
            let is_asked = module == "output" && OUTPUT_NEVER.contains(&other.as_str());
            if is_upward || is_asked {
                faults.push(format!("src/{path}: `{module}` imports `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_reading_of_imports_sees_single_and_grouped_ones() {
    let code = "use crate::{desk::{Case, Desk},\n records};\nlet x = crate::folder::nearest; use my_crate::output;";
    let named: Vec<String> = named_in(code).into_iter().collect();
    assert_eq!(named, ["desk", "folder", "records"]);
}

/// Calls that change what is on the disk, and types through which it is changed.
const WRITES: [&str; 24] = [
    "fs::write(",
    "fs::rename(",
    "fs::copy(",
    "fs::hard_link(",
    "fs::remove_file(",
    "fs::remove_dir(",
    "fs::remove_dir_all(",
    "fs::create_dir(",
    "fs::create_dir_all(",
    "fs::set_permissions(",
    "fs::symlink(",
    "File::create(",
    "File::create_new(",
    "File::options(",
    "OpenOptions",
    "DirBuilder",
    ".set_len(",
    ".set_permissions(",
    "tempfile",
    "NamedTempFile",
    ".persist(",
    ".persist_noclobber(",
    "fs::*",
    "fs::{",
];

#[test]
fn only_one_module_writes_to_the_disk() {
    let mut faults = Vec::new();
    let mut found = 0;
    for (path, text) in source() {
        let is_test = path.contains("tests");
        for (number, line) in (1..).zip(text.lines()) {
            let is_comment = line.trim_start().starts_with("//");
            let Some(call) = WRITES.iter().find(|call| line.contains(**call)) else {
                continue;
            };
            if path.starts_with("folder/write/") {
                found += 1;
            } else if !is_test && !is_comment {
                faults.push(format!("src/{path}:{number}: `{call}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(found > 10, "the writing was not found");
}

#[test]
fn no_source_file_names_a_council() {
    let mut names: BTreeSet<String> = COUNCILS.iter().map(|name| (*name).to_owned()).collect();
    for (path, text) in files(&root().join("councils")) {
        // A file that others build on, like the law's, is no council's.
        if !text.lines().any(|line| line.trim() == "[council]") {
            continue;
        }
        let id = path.trim_end_matches(".toml");
        // An id of two common words is known by neither of them alone.
        if !id.contains('-') && id != "template" {
            names.insert(id.to_owned());
        }
    }
    let mut faults = Vec::new();
    for (path, text) in files(&root().join("src")) {
        for (number, line) in (1..).zip(text.lines()) {
            if line.contains("include_") || line.contains("include!") {
                continue;
            }
            let line = line.to_lowercase();
            let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
            if let Some(name) = words.find(|word| names.contains(*word)) {
                faults.push(format!("src/{path}:{number}: `{name}`"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
