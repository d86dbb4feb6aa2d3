//! Compiles every rule file of `councils/` in, so that adding a council is adding a file; and the
//! ids of the rules, which are the names of their files, so that a rule file can be held to them.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads and writes by itself"
)]

use std::fmt::Write;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=councils");
    println!("cargo::rerun-if-changed=src/rules");
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("councils");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("councils/ is part of the project")
        .map(|entry| {
            entry
                .expect("its entries can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| {
            name.ends_with(".toml") && name != "template.toml" && !name.starts_with("bank-holidays")
        })
        .collect();
    names.sort();
    // A file that names no council of its own is one that others build on: the law's timers.
    let (councils, bases): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| {
        let text = std::fs::read_to_string(folder.join(name)).expect("it can be read");
        text.lines().any(|line| line.trim() == "[council]")
    });
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    for (list, names) in [("councils.rs", councils), ("bases.rs", bases)] {
        let mut code = String::from("&[\n");
        for name in names {
            let id = name.trim_end_matches(".toml");
            let path = folder.join(&name);
            writeln!(code, "    ({id:?}, include_str!({path:?})),").expect("text grows");
        }
        code.push_str("]\n");
        std::fs::write(Path::new(&out).join(list), code).expect("OUT_DIR can be written");
    }
    let ids = rule_ids(&Path::new(&root).join("src/rules"));
    std::fs::write(Path::new(&out).join("rule_ids.rs"), format!("&{ids:?}\n"))
        .expect("OUT_DIR can be written");
}

/// Each rule has a page of its name in its family's folder.
fn rule_ids(rules: &Path) -> Vec<String> {
    let entries = |folder: &Path| -> Vec<std::path::PathBuf> {
        std::fs::read_dir(folder)
            .expect("it is part of the project")
            .map(|entry| entry.expect("its entries can be listed").path())
            .collect()
    };
    let mut ids: Vec<String> = entries(rules)
        .iter()
        .filter(|family| family.is_dir())
        .flat_map(|family| entries(family))
        .filter(|file| file.extension().is_some_and(|ending| ending == "md"))
        .filter_map(|file| Some(file.file_stem()?.to_str()?.replace('_', "-")))
        .collect();
    ids.sort();
    ids
}
