//! A disk that refuses: full, read-only, closed to this user, or gone while a command runs. Nothing is
//! written then, it is told, and the same command does its work when the disk takes it again.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and wait by themselves"
)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use support::deeds::{Deed, deeds, files, own_files, say};
use support::{on_every_core, panel, status, stderr};

/// A user without any rights of its own.
const NOBODY: u32 = 65534;

/// What the refusals of one kind came to.
#[derive(Default)]
struct Tally {
    refused: usize,
    done: usize,
    faults: Vec<String>,
}

impl Tally {
    fn of(kind: &str, results: Vec<Tally>) -> usize {
        let mut all = Self::default();
        for result in results {
            all.refused += result.refused;
            all.done += result.done;
            all.faults.extend(result.faults);
        }
        say(&format!(
            "faults: {kind}: {} writes refused, {} done; {} files lost or half-written",
            all.refused,
            all.done,
            all.faults.len()
        ));
        assert!(all.faults.is_empty(), "{kind}: {:#?}", all.faults);
        all.refused
    }

    /// Looks at what a command left that met with a fault: everything or nothing.
    fn look(&mut self, deed: &Deed, folder: &Path, output: &Output, how: &str) {
        let now = files(folder);
        let fault = |what: String| format!("{} {how}: {what}: {}", deed.name, stderr(output));
        match output.status.code() {
            Some(0) => {
                self.done += 1;
                if now != deed.after {
                    self.faults
                        .push(fault("it did not do what it said".to_owned()));
                }
            }
            Some(2) => {
                self.refused += 1;
                if now != deed.before {
                    self.faults
                        .push(fault("refused, and something was written".to_owned()));
                }
                if !stderr(output).contains("error: ") || stderr(output).contains("panicked") {
                    self.faults.push(fault("it is not told".to_owned()));
                }
            }
            code => self.faults.push(fault(format!("it ended with {code:?}"))),
        }
        for own in own_files(folder) {
            self.faults.push(fault(format!("{own} is left")));
        }
    }

    /// The same command again, when nothing stands in its way.
    fn again(&mut self, deed: &Deed, folder: &Path, how: &str) {
        let output = deed.command(folder).output().expect("it runs");
        if files(folder) != deed.after || !own_files(folder).is_empty() {
            let told = stderr(&output);
            self.faults.push(format!(
                "{} {how}: given again it does not arrive: {told}",
                deed.name
            ));
        }
    }
}

/// `sh` that lets no file grow beyond so many blocks of 512 bytes.
fn limited(deed: &Deed, folder: &Path, blocks: u32, ignored: bool) -> Output {
    let trap = if ignored { "trap '' XFSZ;" } else { "" };
    let mut command = Command::new("sh");
    command
        .env_clear()
        .env("TZ", "UTC")
        .current_dir(std::env::temp_dir())
        .arg("-c")
        .arg(format!(
            "ulimit -c 0; ulimit -f {blocks}; {trap} exec \"$0\" \"$@\""
        ))
        .arg(env!("CARGO_BIN_EXE_panel"));
    deed.lay(&mut command, folder);
    command.output().expect("there is a shell")
}

#[test]
fn where_a_file_cannot_grow_nothing_is_written() {
    let deeds = deeds();
    let tries: Vec<(&Deed, u32)> = deeds
        .iter()
        .flat_map(|deed| [0, 1, 2, 4, 8].map(|blocks| (deed, blocks)))
        .collect();
    let results = on_every_core(&tries, |(deed, blocks)| {
        let mut tally = Tally::default();
        let how = format!("with files of at most {blocks} blocks");
        let folder = deed.folder();
        let folder = folder.path();
        let output = limited(deed, folder, *blocks, true);
        tally.look(deed, folder, &output, &how);
        tally.again(deed, folder, &how);
        tally
    });
    assert!(Tally::of("files that cannot grow", results) >= deeds.len());
    // And where the system kills the program for it.
    let results = on_every_core(&tries, |(deed, blocks)| {
        let mut tally = Tally::default();
        let how = format!("killed at {blocks} blocks");
        let folder = deed.folder();
        let folder = folder.path();
        let output = limited(deed, folder, *blocks, false);
        match output.status.signal() {
            Some(_) => {
                tally.refused += 1;
                tally.faults.extend(deed.faults(folder));
                tally.again(deed, folder, &how);
            }
            None => tally.look(deed, folder, &output, &how),
        }
        tally
    });
    assert!(Tally::of("killed as a file grew", results) >= deeds.len());
}

/// A small disk of its own, where this user may mount one.
struct Disk {
    place: tempfile::TempDir,
}

impl Disk {
    fn mounted(options: &str) -> Option<Self> {
        let place = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(place.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        mounted.then_some(Self { place })
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    /// A deed's folder on this disk.
    fn folder_of(&self, deed: &Deed) -> PathBuf {
        let from = deed.folder();
        let to = self.path().join("folder");
        std::fs::create_dir(&to).expect("made");
        for (path, bytes) in files(from.path()) {
            let place = to.join(path);
            std::fs::create_dir_all(place.parent().expect("it has one")).expect("made");
            std::fs::write(place, bytes).expect("written");
        }
        to
    }

    fn read_only(&self, is: bool) {
        let options = if is { "remount,ro" } else { "remount,rw" };
        let status = Command::new("mount")
            .args(["-o", options])
            .arg(self.path())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "{options}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

fn skipped(what: &str) {
    say(&format!(
        "faults: {what}: skipped, this user may not mount a disk"
    ));
}

#[test]
fn on_a_full_disk_nothing_is_written() {
    let deeds = deeds();
    if Disk::mounted("size=64k").is_none() {
        return skipped("a full disk");
    }
    // So many pages are left, or so many files may still be made.
    let tries: Vec<(&Deed, bool, usize)> = deeds
        .iter()
        .flat_map(|deed| {
            let pages = [0, 1, 2, 3, 5, 8].map(|left| (deed, true, left));
            let names = [0, 1, 2, 3].map(|left| (deed, false, left));
            pages.into_iter().chain(names)
        })
        .collect();
    let results = on_every_core(&tries, |(deed, is_pages, left)| {
        let mut tally = Tally::default();
        let disk = Disk::mounted("size=4m,nr_inodes=600").expect("it could be done before");
        let folder = disk.folder_of(deed);
        let how = match is_pages {
            true => format!("with {left} pages left"),
            false => format!("with {left} names left"),
        };
        let fillers = disk.path().join("fillers");
        std::fs::create_dir(&fillers).expect("made");
        match is_pages {
            true => fill_pages(&fillers, *left),
            false => fill_names(&fillers, *left),
        }
        let output = deed.command(&folder).output().expect("it runs");
        tally.look(deed, &folder, &output, &how);
        if let Some(check) = deed.other(&folder, &["check"])
            && status(&check) == 2
        {
            tally.faults.push(format!("{how}: {}", stderr(&check)));
        }
        std::fs::remove_dir_all(&fillers).expect("removed");
        tally.again(deed, &folder, &how);
        tally
    });
    assert!(Tally::of("a full disk", results) >= 2 * deeds.len());
}

fn fill_pages(fillers: &Path, left: usize) {
    const PAGE: usize = 4096;
    let mut number = 0;
    while std::fs::write(fillers.join(number.to_string()), [0; PAGE]).is_ok() {
        number += 1;
    }
    for number in number - left..=number {
        std::fs::remove_file(fillers.join(number.to_string())).expect("it was made");
    }
}

fn fill_names(fillers: &Path, left: usize) {
    let mut number = 0;
    while std::fs::write(fillers.join(number.to_string()), []).is_ok() {
        number += 1;
    }
    for number in number - left..number {
        std::fs::remove_file(fillers.join(number.to_string())).expect("it was made");
    }
}

#[test]
fn on_a_read_only_disk_nothing_is_written_and_everything_is_read() {
    let deeds = deeds();
    if Disk::mounted("size=64k").is_none() {
        return skipped("a read-only disk");
    }
    let results = on_every_core(&deeds, |deed| {
        let mut tally = Tally::default();
        let disk = Disk::mounted("size=4m").expect("it could be done before");
        let folder = disk.folder_of(deed);
        disk.read_only(true);
        let how = "on a read-only disk";
        let output = deed.command(&folder).output().expect("it runs");
        tally.look(deed, &folder, &output, how);
        if !stderr(&output).to_lowercase().contains("read-only") {
            tally
                .faults
                .push(format!("it is not told: {}", stderr(&output)));
        }
        if let Some(check) = deed.other(&folder, &["check"])
            && status(&check) == 2
        {
            tally.faults.push(format!("{how}: {}", stderr(&check)));
        }
        disk.read_only(false);
        tally.again(deed, &folder, how);
        tally
    });
    assert_eq!(Tally::of("a read-only disk", results), deeds.len());
}

/// The program where another user may start it, and what makes that user start it.
struct Stranger {
    place: tempfile::TempDir,
    is_root: bool,
}

impl Stranger {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        open_to(place.path(), 0o755);
        let program = place.path().join("panel");
        std::fs::copy(env!("CARGO_BIN_EXE_panel"), &program).expect("copied");
        open_to(&program, 0o755);
        let is_root = std::fs::read_dir("/root").is_ok() && is_root();
        Self { place, is_root }
    }

    fn run(&self, deed: &Deed, folder: &Path) -> Output {
        self.started(|command| deed.lay(command, folder))
    }

    fn started(&self, lay: impl Fn(&mut Command)) -> Output {
        let mut command = Command::new(self.place.path().join("panel"));
        command
            .env_clear()
            .env("TZ", "UTC")
            .current_dir("/")
            .stdin(Stdio::null());
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        lay(&mut command);
        command.output().expect("it runs")
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.starts_with(b"0\n"))
}

fn open_to(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("set");
}

/// Sets the rights of every folder below one, itself included, and lets files be read.
fn open_all(folder: &Path, folders: u32) {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.expect("it can be walked");
        let mode = if entry.file_type().is_dir() {
            folders
        } else {
            0o666
        };
        open_to(entry.path(), mode);
    }
}

#[test]
fn what_this_user_may_not_write_stays_as_it_is() {
    let deeds = deeds();
    let stranger = Stranger::new();
    let mut results = Vec::new();
    for deed in &deeds {
        // Nothing may be written; or the lock may be taken, and no record written.
        for is_open_at_the_top in [false, true] {
            let how = match is_open_at_the_top {
                true => "where only the lock may be written",
                false => "where nothing may be written",
            };
            let folder = deed.folder();
            let folder = folder.path();
            open_all(folder, 0o555);
            if is_open_at_the_top && deed.name != "init" {
                open_to(folder, 0o777);
            }
            let mut tally = Tally::default();
            let output = stranger.run(deed, folder);
            tally.look(deed, folder, &output, how);
            if !stderr(&output).contains("ermission denied") {
                tally
                    .faults
                    .push(format!("it is not told: {}", stderr(&output)));
            }
            open_all(folder, 0o777);
            tally.again(deed, folder, how);
            results.push(tally);
        }
    }
    assert_eq!(Tally::of("permission denied", results), 2 * deeds.len());
}

#[test]
fn a_lock_that_a_colleague_made_stands_in_nobodys_way() {
    let deeds = deeds();
    let stranger = Stranger::new();
    for deed in deeds.iter().filter(|deed| deed.name != "init") {
        let folder = deed.folder();
        let folder = folder.path();
        open_all(folder, 0o777);
        // As the first who wrote here has left it, with the rights that files usually get.
        std::fs::write(folder.join(".panel.lock"), "").expect("written");
        open_to(&folder.join(".panel.lock"), 0o444);
        let output = stranger.run(deed, folder);
        assert_eq!(status(&output), 0, "{}: {}", deed.name, stderr(&output));
        assert!(files(folder) == deed.after, "{}", deed.name);
    }
}

/// Sends a signal to a process.
fn signal(child: &Child, signal: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{signal} {}", child.id())])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "{signal}");
}

/// Starts a command and stops it while it holds the lock and has written nothing yet; with
/// `is_ready`, when it has made its first file ready. None where it was too quick.
fn stopped(deed: &Deed, folder: &Path, is_ready: bool) -> Option<Child> {
    let root = deed.root(folder);
    let holder = root.join(".panel-held-by.tmp");
    let mut command = deed.command(folder);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let places = deed.places(folder);
    let is_aside = |place: &PathBuf| {
        std::fs::read_dir(place).is_ok_and(|entries| {
            entries.flatten().any(|entry| {
                let name = entry.file_name();
                name.to_string_lossy().starts_with(".panel-") && name != ".panel-held-by.tmp"
            })
        })
    };
    while child.try_wait().expect("it was started").is_none() {
        let is_seen = match is_ready {
            true => places.iter().any(is_aside),
            false => holder.exists(),
        };
        if !is_seen {
            continue;
        }
        signal(&child, "STOP");
        let is_in_time = files(folder) == deed.before
            && holder.exists()
            && (!is_ready || places.iter().any(is_aside));
        if is_in_time {
            return Some(child);
        }
        signal(&child, "CONT");
        break;
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// The same in as many new folders as it takes.
fn stopped_in_time(deed: &Deed, is_ready: bool) -> (tempfile::TempDir, Child) {
    for _ in 0..200 {
        let folder = deed.folder();
        if let Some(child) = stopped(deed, folder.path(), is_ready) {
            return (folder, child);
        }
    }
    panic!("{} was never stopped in time", deed.name);
}

fn goes_on(child: Child) -> Output {
    signal(&child, "CONT");
    child.wait_with_output().expect("it was started")
}

#[test]
fn a_folder_that_is_removed_or_moved_meanwhile_is_not_written_into() {
    let deeds = deeds();
    let results = on_every_core(&deeds, |deed| {
        let mut tally = Tally::default();
        let (folder, child) = stopped_in_time(deed, false);
        let root = deed.root(folder.path());
        std::fs::remove_dir_all(&root).expect("removed");
        let output = goes_on(child);
        let is_told = status(&output) == 2 && stderr(&output).contains("error: ");
        if root.exists() || !is_told {
            let told = stderr(&output);
            tally.faults.push(format!("{} removed: {told}", deed.name));
        }
        let (folder, child) = stopped_in_time(deed, false);
        let root = deed.root(folder.path());
        let elsewhere = folder.path().with_extension("moved");
        std::fs::rename(&root, &elsewhere).expect("moved");
        let output = goes_on(child);
        let is_told = status(&output) == 2 && stderr(&output).contains("error: ");
        if root.exists() || !is_told {
            let told = stderr(&output);
            tally.faults.push(format!("{} moved: {told}", deed.name));
        }
        // What was moved is as it was, and can be worked in where it is now.
        std::fs::rename(&elsewhere, &root).expect("moved back");
        if files(folder.path()) != deed.before {
            tally
                .faults
                .push(format!("{} moved: something was written", deed.name));
        }
        tally.again(deed, folder.path(), "moved");
        tally.refused += 2;
        tally
    });
    Tally::of("a folder that went away", results);
}

#[test]
fn what_an_editor_saves_while_a_command_runs_is_never_lost() {
    let deeds = deeds();
    // A document is made anew; what is new replaces nothing.
    let changing: Vec<&Deed> = deeds
        .iter()
        .filter(|deed| ["act", "done", "accept", "withdraw", "decide"].contains(&deed.name))
        .collect();
    let results = on_every_core(&changing, |deed| {
        let mut tally = Tally::default();
        let (folder, child) = stopped_in_time(deed, true);
        let place = match deed.name {
            "decide" => "referrals/2026/R-2026-0121.yaml",
            _ => deed.changed().last().expect("it changes something"),
        };
        let path = folder.path().join(place);
        let text = std::fs::read_to_string(&path).expect("there") + "# A note of my own.\n";
        std::fs::write(&path, &text).expect("saved");
        let output = goes_on(child);
        let mut wanted = deed.before.clone();
        wanted.insert(place.to_owned(), text.into_bytes());
        let is_told = stderr(&output).contains("has been changed since it was read");
        if status(&output) != 2 || !is_told || files(folder.path()) != wanted {
            tally
                .faults
                .push(format!("{}: {}", deed.name, stderr(&output)));
        }
        tally.refused += 1;
        tally
    });
    Tally::of("saved by an editor meanwhile", results);
}

#[test]
fn a_lock_names_who_holds_it_and_goes_with_whoever_is_killed() {
    let deeds = deeds();
    let deed = deeds.iter().find(|deed| deed.name == "act").expect("there");
    let (folder, mut child) = stopped_in_time(deed, false);
    let new = || {
        let args = [
            "--as-of",
            "2026-12-01T09:00",
            "new",
            "R-2026-0999",
            "--folder",
        ];
        let mut command = panel();
        command.args(args).arg(folder.path());
        command.output().expect("it runs")
    };
    let refused = new();
    let told = stderr(&refused);
    assert_eq!(status(&refused), 2, "{told}");
    for words in [
        "waiting for somebody (panel act, process",
        &format!("process {}", child.id()),
        "is writing in this folder; nothing was written",
        "the lock goes with it",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(files(folder.path()) == deed.before);
    child.kill().expect("it runs");
    child.wait().expect("it was started");
    let next = new();
    assert_eq!(status(&next), 0, "{}", stderr(&next));
    assert!(own_files(folder.path()).is_empty());
}
