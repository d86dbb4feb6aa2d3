//! Compiles every rule file of `councils/` in, so that adding a council is adding a file.
#![expect(
    clippy::disallowed_methods,
    reason = "a build script reads and writes by itself"
)]

use std::fmt::Write;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=councils");
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
}
