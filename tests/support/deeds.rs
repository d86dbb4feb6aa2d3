//! Commands that write, and what a folder may hold when one of them was cut off.

use super::deciding::{AT_THE_MEETING, approval};
use super::{change, copy_of, panel, status, stderr};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Every file of a folder by its path, but those that the program keeps for itself.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A command that writes, in a folder made for it.
pub(crate) struct Deed {
    pub(crate) name: &'static str,
    base: &'static str,
    prepare: fn(&Path),
    as_of: &'static str,
    args: Vec<&'static str>,
    /// What the folder holds before.
    pub(crate) before: Files,
    /// What it holds when nothing disturbed the command.
    pub(crate) after: Files,
}

/// The folder, from the temporary one, that `init` makes.
const OFFICE: &str = "office";

impl Deed {
    fn new(
        name: &'static str,
        base: &'static str,
        prepare: fn(&Path),
        as_of: &'static str,
        args: &[&'static str],
    ) -> Self {
        let mut deed = Self {
            name,
            base,
            prepare,
            as_of,
            args: args.to_vec(),
            before: Files::new(),
            after: Files::new(),
        };
        let folder = deed.folder();
        deed.before = files(folder.path());
        let output = deed.command(folder.path()).output().expect("it runs");
        assert!(output.status.success(), "{name}: {output:?}");
        deed.after = files(folder.path());
        assert!(deed.before != deed.after, "{name} writes something");
        assert_eq!(own_files(folder.path()), [""; 0], "{name}");
        deed
    }

    /// A new folder for it.
    pub(crate) fn folder(&self) -> tempfile::TempDir {
        let folder = match self.base {
            "" => tempfile::tempdir().expect("a temporary folder"),
            base => copy_of(base),
        };
        (self.prepare)(folder.path());
        folder
    }

    /// The case folder that it writes in.
    pub(crate) fn root(&self, folder: &Path) -> PathBuf {
        match self.base {
            "" => folder.join(OFFICE),
            _ => folder.to_owned(),
        }
    }

    /// The command itself.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = panel();
        self.lay(&mut command, folder);
        command
    }

    /// Its arguments, for a program that is started in another way.
    pub(crate) fn lay(&self, command: &mut Command, folder: &Path) {
        command.args(["--as-of", self.as_of]).args(&self.args);
        match self.base {
            "" => command.arg(folder.join(OFFICE)),
            _ => command.arg("--folder").arg(folder),
        };
    }

    /// Another command in the same folder; none where it need not be a case folder yet.
    pub(crate) fn other(&self, folder: &Path, args: &[&str]) -> Option<Output> {
        let root = self.root(folder);
        root.join("panel.toml").is_file().then(|| {
            panel()
                .args(["--as-of", self.as_of, "--folder"])
                .arg(root)
                .args(args)
                .output()
                .expect("it runs")
        })
    }

    /// How many files it writes.
    pub(crate) fn changes(&self) -> usize {
        let is_same = |(path, bytes): &(&String, &Vec<u8>)| self.before.get(*path) == Some(*bytes);
        self.after.len() - self.after.iter().filter(is_same).count()
    }

    /// The records that it changes: there before, and other afterwards.
    pub(crate) fn changed(&self) -> impl DoubleEndedIterator<Item = &str> {
        let is_other = |(path, bytes): &(&String, &Vec<u8>)| {
            let after = self.after.get(*path);
            after != Some(*bytes)
        };
        let changed = self.before.iter().filter(is_other);
        changed.map(|(path, _)| path.as_str())
    }

    /// The folders in which it writes.
    pub(crate) fn places(&self, folder: &Path) -> Vec<PathBuf> {
        let changed = self.after.iter().filter(|(path, bytes)| {
            let before = self.before.get(*path);
            before != Some(bytes)
        });
        let mut places: Vec<PathBuf> = changed
            .filter_map(|(path, _)| Some(folder.join(path).parent()?.to_owned()))
            .collect();
        places.dedup();
        places
    }

    /// What is wrong with the files of a folder in which it was cut off: each must be whole, as it
    /// was before or as it is afterwards.
    pub(crate) fn faults(&self, folder: &Path) -> Vec<String> {
        let now = files(folder);
        let mut faults = Vec::new();
        for (path, bytes) in &now {
            let known = [self.before.get(path), self.after.get(path)];
            if !known.contains(&Some(bytes)) {
                faults.push(format!("{path} is neither as before nor as after"));
            }
        }
        for path in self.before.keys().filter(|path| !now.contains_key(*path)) {
            faults.push(format!("{path} is lost"));
        }
        faults
    }

    /// What is wrong with a folder in which a command was cut off: now, after the next command, and
    /// after the same one again.
    pub(crate) fn left_whole(&self, folder: &Path) -> Vec<String> {
        let mut faults = self.faults(folder);
        if let Some(check) = self.other(folder, &["check"])
            && (status(&check) == 2 || stderr(&check).contains("cannot be read"))
        {
            faults.push(format!("it does not read: {}", stderr(&check)));
        }
        const NEXT: &str = "referrals/2026/R-2026-0999.yaml";
        if let Some(next) = self.other(folder, &["new", "R-2026-0999"]) {
            if status(&next) != 0 {
                faults.push(format!("the next command fails: {}", stderr(&next)));
            }
            let root = self.root(folder);
            std::fs::remove_file(root.join(NEXT)).expect("it was written");
            let now = files(folder);
            if now != self.before && now != self.after {
                faults
                    .push("after the next command it is neither as before nor as after".to_owned());
            }
            faults.extend(
                own_files(folder)
                    .into_iter()
                    .map(|own| format!("{own} is left")),
            );
        }
        // Given again it does what it is to do, or finds it done.
        let again = self.command(folder).output().expect("it runs");
        if files(folder) != self.after {
            faults.push(format!(
                "given again it does not arrive: {}",
                stderr(&again)
            ));
        }
        faults.extend(
            own_files(folder)
                .into_iter()
                .map(|own| format!("{own} is left")),
        );
        faults
    }
}

/// Every file below a folder but those that the program keeps for itself.
pub(crate) fn files(folder: &Path) -> Files {
    walked(folder)
        .filter(|(path, _)| !is_own(path))
        .map(|(path, place)| {
            let bytes = std::fs::read(&place).expect("it can be read");
            (path, bytes)
        })
        .collect()
}

/// What the program keeps for itself while it writes: all but the lock is gone afterwards.
pub(crate) fn own_files(folder: &Path) -> Vec<String> {
    walked(folder)
        .map(|(path, _)| path)
        .filter(|path| is_own(path) && !path.ends_with(".panel.lock"))
        .collect()
}

fn is_own(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".panel.lock" || name.starts_with(".panel-")
}

fn walked(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be walked"))
        .filter(|entry| entry.file_type().is_file())
        .map(move |entry| {
            let inside = entry.path().strip_prefix(folder).expect("it lies below");
            (inside.display().to_string(), entry.path().to_owned())
        })
}

/// One of each way of writing: a new record, records that are changed, several of them at once, a
/// document, and a whole new folder.
pub(crate) fn deeds() -> Vec<Deed> {
    let as_it_is = |_: &Path| {};
    let mut decision = approval(
        "R-2026-0121",
        "The placement holds and home is not safe yet.",
    );
    decision.extend(["--review-every", "4 weeks"]);
    vec![
        Deed::new(
            "decide",
            "examples/bexley",
            as_it_is,
            AT_THE_MEETING,
            &decision,
        ),
        Deed::new(
            "act",
            "examples/bexley",
            as_it_is,
            "2026-12-01T09:00",
            &[
                "act",
                "R-2026-0118",
                "--action",
                "1,2",
                "--disagreement",
                "young-person",
                "--note",
                "He says that it is too far.",
                "--on",
                "2026-11-30",
            ],
        ),
        Deed::new(
            "done",
            "examples/care-planning",
            not_yet_uploaded,
            "2026-12-01T09:00",
            &["done", "upload-records", "--date", "2026-11-25"],
        ),
        Deed::new(
            "accept",
            "examples/bexley",
            as_it_is,
            "2026-12-01T09:00",
            &[
                "accept",
                "R-2026-0123",
                "--rule",
                "late-submission",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
                "--reason",
                "The hospital sent its report a day late.",
            ],
        ),
        Deed::new(
            "withdraw",
            "examples/bexley",
            as_it_is,
            "2026-12-01T09:00",
            &[
                "withdraw",
                "R-2026-0125",
                "--by",
                "P. Nowak",
                "--role",
                "service-manager",
            ],
        ),
        Deed::new(
            "new",
            "examples/bexley",
            as_it_is,
            "2026-12-01T09:00",
            &["new", "R-2026-0500"],
        ),
        Deed::new(
            "minutes",
            "examples/bexley",
            |folder| {
                std::fs::write(
                    folder.join("meetings/2026-11-26/minutes.md"),
                    "An older draft.\n",
                )
                .expect("a temporary file");
            },
            "2026-12-01T09:00",
            &["minutes", "--date", "2026-11-26", "--write"],
        ),
        Deed::new(
            "init",
            "",
            as_it_is,
            "2026-12-01T09:00",
            &["init", "--council", "bexley"],
        ),
    ]
}

/// Takes out when the records of a meeting's children were put onto the case system: six files to
/// write at once.
fn not_yet_uploaded(folder: &Path) {
    let after = folder.join("meetings/2026-11-25/after");
    for entry in std::fs::read_dir(after).expect("the example has it") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let line = text.lines().find(|line| line.starts_with("uploaded:"));
        if let Some(line) = line {
            change(&path, &format!("{line}\n"), "");
        }
    }
}

/// Says something where whoever runs the tests sees it, also of a test that passes.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}
