//! A disk that refuses: full, read-only, or closed to this user. Nothing is written then, it is told, and
//! the same command does its work when the disk takes it again.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and wait by themselves"
)]

mod support;

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use support::deeds::{Deed, deeds, files, say};
use support::tally::Tally;
use support::{on_every_core, status, stderr};

/// A user without any rights of its own.
const NOBODY: u32 = 65534;

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
        let options = match is_pages {
            true => "size=4m,nr_inodes=5000",
            false => "size=4m,nr_inodes=500",
        };
        let disk = Disk::mounted(options).expect("it could be done before");
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

/// A user and a group that own nothing else.
const COLLEAGUE: u32 = 64_001;
const OFFICE: u32 = 64_100;

fn give_all(folder: &Path, owner: u32, group: u32) {
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("it can be walked");
        std::os::unix::fs::chown(entry.path(), Some(owner), Some(group)).expect("given");
        let mode = if entry.file_type().is_dir() {
            0o770
        } else {
            0o660
        };
        open_to(entry.path(), mode);
    }
}

#[test]
fn what_is_written_anew_stays_open_to_whom_it_was_open() {
    use std::os::unix::fs::MetadataExt;
    if !is_root() {
        say("left out: only root can give files away");
        return;
    }
    for deed in deeds().iter().filter(|deed| deed.name != "init") {
        let folder = deed.folder();
        let folder = folder.path();
        give_all(folder, COLLEAGUE, OFFICE);
        let list = c"user.panel-test";
        for place in deed.places(folder).iter().filter(|place| place.is_file()) {
            // Where the disk keeps such things at all.
            let _ = rustix::fs::lsetxattr(place, list, b"kept", rustix::fs::XattrFlags::empty());
        }
        let keeps = |place: &Path| rustix::fs::lgetxattr(place, list, &mut [0_u8; 16][..]);
        let listed: Vec<PathBuf> = deed
            .places(folder)
            .into_iter()
            .filter(|place| keeps(place).is_ok())
            .collect();
        // Whoever writes has a setting of their own that would shut all others out.
        let mut command = Command::new("sh");
        command.env_clear().env("TZ", "UTC").current_dir("/");
        command
            .args(["-c", "umask 077; exec \"$0\" \"$@\""])
            .arg(env!("CARGO_BIN_EXE_panel"));
        deed.lay(&mut command, folder);
        let output = command.output().expect("there is a shell");
        assert_eq!(status(&output), 0, "{}: {}", deed.name, stderr(&output));
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.expect("it can be walked");
            let about = entry.metadata().expect("it is there");
            let wanted = if about.is_dir() { 0o070 } else { 0o060 };
            let place = entry.path().display();
            assert_eq!(about.gid(), OFFICE, "{}: {place}", deed.name);
            assert_eq!(about.mode() & wanted, wanted, "{}: {place}", deed.name);
        }
        for place in listed {
            assert!(keeps(&place).is_ok(), "{}: {}", deed.name, place.display());
        }
    }
}

#[test]
fn what_would_be_closed_to_its_group_is_not_written() {
    if !is_root() {
        say("left out: only root can give files away");
        return;
    }
    let stranger = Stranger::new();
    let mut refused = 0;
    for deed in deeds().iter().filter(|deed| deed.name != "init") {
        let folder = deed.folder();
        let folder = folder.path();
        // The files are the writer's own, and open to a group that they have left since.
        give_all(folder, NOBODY, OFFICE);
        let output = stranger.run(deed, folder);
        if status(&output) == 0 {
            // New records alone take nothing from anybody.
            continue;
        }
        refused += 1;
        assert!(
            stderr(&output).contains("a group that you are not in"),
            "{}",
            stderr(&output)
        );
        assert!(files(folder) == deed.before, "{}", deed.name);
    }
    assert!(refused > 0, "some commands write into what is there");
}

#[test]
fn a_folder_that_is_closed_is_told_and_the_others_are_judged() {
    let stranger = Stranger::new();
    if !stranger.is_root {
        say("left out: only root can close a folder to others for certain");
        return;
    }
    let example = support::copy_of("examples/bexley");
    let folder = example.path();
    open_all(folder, 0o777);
    let told = |args: &[&str]| {
        let output = stranger.started(|command| {
            command.args(["--as-of", "2026-12-03T18:00", "--folder"]);
            command.arg(folder).args(args);
        });
        (status(&output), support::stdout(&output) + &stderr(&output))
    };
    for closed in ["referrals/private", "meetings/2026-12-03/decisions"] {
        let place = folder.join(closed);
        std::fs::create_dir_all(&place).expect("made");
        open_to(&place, 0o700);
        let (status, said) = told(&["check", "--format", "concise"]);
        assert_eq!(status, 1, "{said}");
        assert!(said.contains(&format!("{closed}:1:1")), "{said}");
        assert!(said.contains("this folder could not be read"), "{said}");
        assert!(
            said.contains("R-2026-0118"),
            "the others are judged: {said}"
        );
        let (status, said) = told(&["show", "--files", "0104188"]);
        assert_eq!(status, 0, "{said}");
        assert!(said.contains(closed), "{said}");
    }
    // What was decided there cannot be known: nothing is decided anew, at whatever meeting, and no
    // agenda is kept that could have a child on it twice.
    let earlier = folder.join("meetings/2026-11-19/decisions");
    open_to(&folder.join("meetings/2026-12-03/decisions"), 0o777);
    open_to(&earlier, 0o700);
    for args in [
        &[
            "decide",
            "R-2026-0112",
            "--date",
            "2026-12-03",
            "--outcome",
            "decline",
            "--rationale",
            "No.",
        ][..],
        &["agenda", "--date", "2026-12-10", "--write"],
    ] {
        let (status, said) = told(args);
        assert_ne!(status, 0, "{args:?}: {said}");
        assert!(
            said.contains("meetings/2026-11-19/decisions cannot be read"),
            "{said}"
        );
    }
    let (status, said) = told(&["verify", "--no-history"]);
    assert!(status < 2, "{said}");
    assert!(said.contains("cannot be looked into"), "{said}");
    open_to(&earlier, 0o777);
    open_to(&folder.join("meetings/2026-12-03/decisions"), 0o700);
    let (status, said) = told(&[
        "decide",
        "R-2026-0121",
        "--date",
        "2026-12-03",
        "--outcome",
        "decline",
        "--rationale",
        "Others pay for it.",
    ]);
    assert_ne!(status, 0, "{said}");
    assert!(
        said.contains("could not be read") || said.contains("cannot be read"),
        "{said}"
    );
}
