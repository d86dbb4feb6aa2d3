//! What the program is built from: what is asked for is on the page with its reason, and comes from
//! the one registry.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read the project's own files"
)]

mod support;

use std::collections::BTreeSet;
use support::project;

fn read(path: &str) -> String {
    std::fs::read_to_string(project().join(path)).expect("a file of the project")
}

fn asked_for(tables: &[&str]) -> BTreeSet<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let mut names = BTreeSet::new();
    for table in tables {
        let table = table
            .split('|')
            .try_fold(&manifest, |table, key| table.get(key)?.as_table());
        names.extend(table.expect("a table of dependencies").keys().cloned());
    }
    names
}

/// The libraries of each table of the page.
fn on_the_page() -> Vec<BTreeSet<String>> {
    let page = read("docs/src/dependencies.md");
    let mut tables = Vec::new();
    for line in page.lines() {
        if line == "| library | why |" {
            tables.push(BTreeSet::new());
        }
        let Some((name, why)) = line
            .strip_prefix("| `")
            .and_then(|row| row.trim_end_matches(" |").split_once("` | "))
        else {
            continue;
        };
        assert!(why.len() > 10, "{name} needs a reason");
        let table = tables.last_mut().expect("a table has a head");
        assert!(table.insert(name.to_owned()), "{name} stands there twice");
    }
    tables
}

#[test]
fn every_library_is_on_the_page_with_its_reason_and_no_other() {
    let tests = [
        "dev-dependencies",
        "target|cfg(unix)|dev-dependencies",
        "target|cfg(target_os = \"linux\")|dev-dependencies",
    ];
    let program = ["dependencies", "target|cfg(unix)|dependencies"];
    assert_eq!(on_the_page(), [asked_for(&program), asked_for(&tests)]);
}

#[test]
fn every_library_comes_from_the_registry_with_a_digest() {
    let lock: toml::Table = read("Cargo.lock").parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    assert!(packages.len() > 50, "{} packages", packages.len());
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        if name == "panel" {
            continue;
        }
        let source = package.get("source").and_then(toml::Value::as_str);
        assert!(
            source.is_some_and(|source| source.starts_with("registry+")),
            "{name} comes from {source:?}"
        );
        assert!(package.get("checksum").is_some(), "{name} has no digest");
    }
}
