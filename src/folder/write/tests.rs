use super::*;

fn planned(place: &str, read: Option<&str>, bytes: &str) -> Planned {
    Planned {
        before: match read {
            Some(read) => Before::Bytes(read.as_bytes().to_vec()),
            None => Before::Nothing,
        },
        ..Planned::new(place, bytes)
    }
}

fn lock(folder: &Path) -> Lock {
    let holder = Holder {
        user: "A. Singh".to_owned(),
        process: 1,
        ..Holder::default()
    };
    Lock::take(folder, &holder, &mut |_| {}).expect("nobody else is there")
}

fn folder() -> (tempfile::TempDir, Lock) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("a.yaml"), "a: 1\n").expect("written");
    let lock = lock(folder.path());
    (folder, lock)
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .map(|entry| {
            let entry = entry.expect("it can be walked");
            let inside = entry.path().strip_prefix(folder).expect("it lies below");
            inside.display().to_string()
        })
        .filter(|name| name != ".panel.lock" && name != ".panel-held-by.tmp")
        .collect();
    names.sort();
    names
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("it is there")
}

#[test]
fn records_are_written_together_with_the_folders_that_they_need() {
    let (folder, lock) = folder();
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        planned("after/b.yaml", None, "b: 1\n"),
    ];
    write(folder.path(), &records, &lock).expect("written");
    assert_eq!(names(folder.path()), ["a.yaml", "after", "after/b.yaml"]);
    assert_eq!(read(folder.path(), "a.yaml"), "a: 2\n");
    assert_eq!(read(folder.path(), "after/b.yaml"), "b: 1\n");
}

#[test]
fn what_somebody_changed_meanwhile_stops_every_record() {
    for (second, wanted) in [
        (planned("a.yaml", Some("a: 0\n"), "a: 2\n"), "a.yaml"),
        (planned("c.yaml", Some("c: 0\n"), "c: 2\n"), "c.yaml"),
        (Planned::relied_on("a.yaml", b"a: 0\n"), "a.yaml"),
    ] {
        let (folder, lock) = folder();
        let records = [planned("after/b.yaml", None, "b: 1\n"), second];
        let error = write(folder.path(), &records, &lock);
        let told = matches!(&error, Err(WriteError::Changed(path)) if path.ends_with(wanted));
        assert!(told, "{error:?}");
        assert_eq!(names(folder.path()), ["a.yaml"]);
    }
}

#[test]
fn a_new_record_replaces_nothing() {
    let (folder, lock) = folder();
    let records = [
        planned("after/b.yaml", None, "b: 1\n"),
        planned("a.yaml", None, "a: 2\n"),
    ];
    let error = write(folder.path(), &records, &lock);
    assert!(matches!(error, Err(WriteError::Exists(_))), "{error:?}");
    assert_eq!(names(folder.path()), ["a.yaml"]);
    // Not even one that came after the last look.
    let aside = Aside::written(&folder.path().join("a.yaml"), b"a: 2\n", None).expect("made ready");
    let error = aside.place(&Before::Nothing);
    assert!(matches!(error, Err(WriteError::Exists(_))), "{error:?}");
    assert_eq!(names(folder.path()), ["a.yaml"]);
    assert_eq!(read(folder.path(), "a.yaml"), "a: 1\n");
}

#[test]
fn what_others_rely_on_is_not_written() {
    let (folder, lock) = folder();
    let before = std::fs::metadata(folder.path().join("a.yaml")).expect("there");
    let records = [
        Planned::relied_on("a.yaml", b"a: 1\n"),
        planned("b.yaml", None, "b: 1\n"),
    ];
    write(folder.path(), &records, &lock).expect("written");
    let after = std::fs::metadata(folder.path().join("a.yaml")).expect("there");
    assert_eq!(
        before.modified().expect("a time"),
        after.modified().expect("a time")
    );
    assert_eq!(names(folder.path()), ["a.yaml", "b.yaml"]);
}

#[test]
fn where_one_record_cannot_be_written_none_is_and_nothing_is_left() {
    let (folder, lock) = folder();
    // A file stands where the second record needs a folder.
    let records = [
        planned("after/b.yaml", None, "b: 1\n"),
        planned("a.yaml/c.yaml", None, "c: 1\n"),
    ];
    let error = write(folder.path(), &records, &lock);
    assert!(matches!(error, Err(WriteError::Disk { .. })), "{error:?}");
    assert_eq!(names(folder.path()), ["a.yaml"]);
}

#[test]
fn what_was_written_before_another_failed_is_put_back() {
    let (folder, _lock) = folder();
    let path = folder.path();
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        planned("b.yaml", None, "b: 1\n"),
    ];
    for record in &records {
        std::fs::write(path.join(&record.place), &record.bytes).expect("written");
    }
    put_back(path, &records.iter().collect::<Vec<_>>());
    assert_eq!(names(path), ["a.yaml"]);
    assert_eq!(read(path, "a.yaml"), "a: 1\n");
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let (folder, lock) = folder();
    for place in ["../b.yaml", "/b.yaml", "a/../../b.yaml", ""] {
        let error = write(folder.path(), &[Planned::new(place, "b: 1\n")], &lock);
        assert!(
            matches!(error, Err(WriteError::Outside(_))),
            "{place}: {error:?}"
        );
    }
    assert_eq!(names(folder.path()), ["a.yaml"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (folder, lock) = folder();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(folder.path().join("deep")).expect("made");
    for (link, place) in [("after", "after/b.yaml"), ("deep/er", "deep/er/on/b.yaml")] {
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join(link)).expect("linked");
        for before in [Before::Nothing, Before::Anything] {
            let planned = Planned {
                before,
                ..Planned::new(place, "b: 1\n")
            };
            let error = write(folder.path(), &[planned], &lock);
            let told = matches!(&error, Err(WriteError::Linked(path)) if path.ends_with(link));
            assert!(told, "{error:?}");
        }
    }
    assert_eq!(names(elsewhere.path()), [""; 0]);
}

#[test]
fn whoever_reads_where_a_program_was_cut_off_is_told() {
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        planned("b.yaml", None, "b: 1\n"),
    ];
    let (folder, held) = folder();
    assert_eq!(cut_off(folder.path()), None);
    leave_cut_off(folder.path(), &records, 1);
    assert_eq!(cut_off(folder.path()), None, "somebody is still writing");
    drop(held);
    assert!(cut_off(folder.path()).is_some());
    drop(lock(folder.path()));
    assert_eq!(cut_off(folder.path()), None);
}

#[cfg(unix)] // Windows lets nobody remove what somebody else has open.
#[test]
fn a_folder_that_has_gone_is_not_brought_back() {
    let (folder, lock) = folder();
    let path = folder.path().to_owned();
    folder.close().expect("removed");
    let error = write(&path, &[Planned::new("after/b.yaml", "b: 1\n")], &lock);
    assert!(matches!(error, Err(WriteError::Gone(_))), "{error:?}");
    assert!(!path.exists());
    let error = Lock::take(&path, &Holder::default(), &mut |_| {});
    assert!(matches!(error, Err(WriteError::Gone(_))), "{error:?}");
}

#[test]
fn a_new_folder_that_nothing_was_written_in_is_not_left() {
    let top = tempfile::tempdir().expect("a temporary folder");
    let root = top.path().join("north/office");
    let lock = Lock::take_in_new(&root, &Holder::default(), &mut |_| {}).expect("taken");
    assert!(root.is_dir());
    drop(lock);
    assert_eq!(names(top.path()), [""; 0]);
    let lock = Lock::take_in_new(&root, &Holder::default(), &mut |_| {}).expect("taken");
    write(&root, &[Planned::new("a.yaml", "a: 1\n")], &lock).expect("written");
    drop(lock);
    assert_eq!(read(&root, "a.yaml"), "a: 1\n");
}

/// Leaves the folder as a program does that was killed when so many of its files were in place.
fn leave_cut_off(folder: &Path, records: &[Planned], placed: usize) {
    let mut made = MadeFolders::default();
    let planned: Vec<&Planned> = records.iter().collect();
    let ready: Vec<Aside> = planned
        .iter()
        .map(|file| {
            made.make(folder, parent(Path::new(&file.place)))
                .expect("made");
            made_ready(folder, file).expect("made ready")
        })
        .collect();
    let note = Unfinished::note(folder, &planned, &ready, &made).expect("noted");
    made.keep();
    for (number, aside) in ready.into_iter().enumerate() {
        if number < placed {
            aside.place(&records[number].before).expect("placed");
        } else {
            std::mem::forget(aside);
        }
    }
    std::mem::forget(note);
}

#[test]
fn whoever_comes_after_a_program_that_was_cut_off_finishes_it() {
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        planned("after/b.yaml", None, "b: 1\n"),
        Planned {
            before: Before::Anything,
            ..Planned::new("c.md", "c\n")
        },
    ];
    for placed in 0..=records.len() {
        let (folder, held) = folder();
        std::fs::write(folder.path().join("c.md"), "older\n").expect("written");
        drop(held);
        leave_cut_off(folder.path(), &records, placed);
        let lock = lock(folder.path());
        let places = records[placed..].iter().map(|record| record.place.clone());
        assert_eq!(lock.found.finished, places.collect::<Vec<_>>(), "{placed}");
        assert_eq!(
            names(folder.path()),
            ["a.yaml", "after", "after/b.yaml", "c.md"],
            "{placed}"
        );
        for (name, text) in [
            ("a.yaml", "a: 2\n"),
            ("after/b.yaml", "b: 1\n"),
            ("c.md", "c\n"),
        ] {
            assert_eq!(read(folder.path(), name), text, "{placed}");
        }
        assert!(lock.found.left.is_empty() && lock.found.removed == 0);
    }
}

#[test]
fn what_was_changed_after_a_program_was_cut_off_is_left_and_told() {
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        planned("b.yaml", None, "b: 1\n"),
    ];
    let (folder, held) = folder();
    drop(held);
    leave_cut_off(folder.path(), &records, 0);
    for name in ["a.yaml", "b.yaml"] {
        std::fs::write(folder.path().join(name), "mine: true\n").expect("written");
    }
    let lock = lock(folder.path());
    assert_eq!(lock.found.left, ["a.yaml", "b.yaml"]);
    assert!(lock.found.finished.is_empty());
    assert_eq!(names(folder.path()), ["a.yaml", "b.yaml"]);
    assert_eq!(read(folder.path(), "a.yaml"), "mine: true\n");
}

#[test]
fn a_note_that_leads_out_of_the_folder_or_is_cut_off_itself_does_nothing() {
    let (top, held) = folder();
    drop(held);
    let inside = top.path().join("inside");
    std::fs::create_dir(&inside).expect("made");
    let aside = top.path().join(".panel-abcdef.tmp");
    std::fs::write(&aside, "evil").expect("written");
    let step = format!(
        r#"[{{"place":"../b.yaml","aside":".panel-abcdef.tmp","before":null,"anything":true,"after":"{}"}}]"#,
        digest(b"evil")
    );
    for text in [step.as_str(), &step[..step.len() / 2], "", "7", "\u{0}"] {
        std::fs::write(inside.join(".panel-unfinished.tmp"), text).expect("written");
        let lock = lock(&inside);
        assert!(lock.found.finished.is_empty());
        drop(lock);
        assert_eq!(names(&inside), [""; 0], "{text}");
        assert!(aside.exists() && !top.path().join("b.yaml").exists());
    }
}

#[test]
fn what_is_left_over_is_known_by_its_name_alone() {
    assert!(aside::is_left_over(".panel-aB3xY9.tmp"));
    for name in [
        ".panel.lock",
        ".panel-held-by.tmp",
        ".panel-unfinished.tmp",
        ".panel-aB3xY9.yaml",
        "R-2026-0142.yaml",
        ".panel-aB3x-9.tmp",
    ] {
        assert!(!aside::is_left_over(name), "{name}");
    }
}

#[test]
fn the_lock_is_waited_for_and_whoever_holds_it_is_named() {
    let (folder, held) = folder();
    let mut told = Vec::new();
    let mut tell = |holder: &Holder| told.push(holder.user.clone());
    let refused = Lock::take(folder.path(), &Holder::default(), &mut tell);
    let is_named = matches!(&refused, Err(WriteError::Locked(holder)) if holder.user == "A. Singh");
    assert!(is_named, "{refused:?}");
    assert_eq!(told, ["A. Singh"]);
    drop(held);
    let lock = Lock::take(folder.path(), &Holder::default(), &mut |_| {}).expect("it is free");
    assert!(lock.found.is_empty());
}

#[test]
fn a_file_left_beside_its_place_is_removed_by_whoever_comes_next() {
    let (folder, held) = folder();
    std::fs::create_dir(folder.path().join("after")).expect("made");
    let aside = Aside::written(&folder.path().join("after/b.yaml"), b"b: 1\n", None).expect("made");
    std::mem::forget(aside);
    // As a killed program leaves it: the lock is free, and says whose it was.
    let holder = folder.path().join(".panel-held-by.tmp");
    let said = std::fs::read(&holder).expect("the holder says so");
    drop(held);
    std::fs::write(&holder, said).expect("written");
    assert_eq!(names(folder.path()).len(), 3);
    let lock = lock(folder.path());
    assert_eq!(
        (lock.found.removed, lock.found.by.user.as_str()),
        (1, "A. Singh")
    );
    assert_eq!(names(folder.path()), ["a.yaml", "after"]);
    drop(lock);
    assert!(!holder.exists());
}

#[test]
fn a_record_marked_as_read_only_is_left() {
    let (folder, lock) = folder();
    let path = folder.path().join("a.yaml");
    let mut allowed = std::fs::metadata(&path).expect("there").permissions();
    allowed.set_readonly(true);
    std::fs::set_permissions(&path, allowed).expect("set");
    let records = [planned("a.yaml", Some("a: 1\n"), "a: 2\n")];
    let error = write(folder.path(), &records, &lock);
    assert!(matches!(error, Err(WriteError::Protected(_))), "{error:?}");
    assert_eq!(read(folder.path(), "a.yaml"), "a: 1\n");
    assert_eq!(names(folder.path()), ["a.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_record_keeps_who_may_read_it_and_a_program_may_be_started() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, lock) = folder();
    let mode = |name: &str| {
        let about = std::fs::metadata(folder.path().join(name)).expect("there");
        about.permissions().mode() & 0o777
    };
    let own = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(folder.path().join("a.yaml"), own).expect("set");
    let records = [
        planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
        Planned {
            is_program: true,
            ..Planned::new("hook", "#!/bin/sh\n")
        },
        Planned::new("b.yaml", "b: 1\n"),
    ];
    write(folder.path(), &records, &lock).expect("written");
    assert_eq!(mode("a.yaml"), 0o640);
    assert_eq!(mode("b.yaml") & 0o111, 0);
    assert_eq!(
        mode("hook"),
        mode("b.yaml") | ((mode("b.yaml") & 0o444) >> 2)
    );
}

#[cfg(unix)]
#[test]
fn a_document_made_again_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, lock) = folder();
    let own = folder.path();
    let mode = |name: &str| {
        let about = std::fs::metadata(own.join(name)).expect("there");
        about.permissions().mode() & 0o777
    };
    let anew = Planned {
        before: Before::Anything,
        ..Planned::new("minutes.md", "New.\n")
    };
    for name in ["minutes.md", "pack.md"] {
        std::fs::write(own.join(name), "Old.\n").expect("written");
        let closed = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(own.join(name), closed).expect("set");
    }
    write(own, std::slice::from_ref(&anew), &lock).expect("written");
    write_elsewhere(&own.join("pack.md"), b"New.\n").expect("written");
    for name in ["minutes.md", "pack.md"] {
        assert_eq!((read(own, name).as_str(), mode(name)), ("New.\n", 0o600));
        let marked = std::fs::Permissions::from_mode(0o400);
        std::fs::set_permissions(own.join(name), marked).expect("set");
    }
    let again = write(own, &[anew], &lock);
    assert!(matches!(again, Err(WriteError::Protected(_))), "{again:?}");
    let again = write_elsewhere(&own.join("pack.md"), b"Newer.\n");
    assert!(matches!(again, Err(WriteError::Protected(_))), "{again:?}");
}

#[cfg(unix)]
#[test]
fn a_record_put_back_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, lock) = folder();
    let own = folder.path();
    let closed = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(own.join("a.yaml"), closed).expect("set");
    let record = planned("a.yaml", Some("a: 1\n"), "a: 2\n");
    write(own, std::slice::from_ref(&record), &lock).expect("written");
    put_back(own, &[&record]);
    assert_eq!(read(own, "a.yaml"), "a: 1\n");
    let about = std::fs::metadata(own.join("a.yaml")).expect("there");
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_document_is_written_over_no_record_whatever_it_is_called() {
    let (folder, _lock) = folder();
    let own = folder.path();
    for name in ["a.yaml", "A.YAML", "panel.Toml", ".panel.lock"] {
        let refused = write_elsewhere(&own.join(name), b"Minutes.\n");
        assert!(matches!(refused, Err(WriteError::Record(_))), "{refused:?}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("a.yaml", own.join("minutes.md")).expect("linked");
        let refused = write_elsewhere(&own.join("minutes.md"), b"Minutes.\n");
        assert!(matches!(refused, Err(WriteError::Record(_))), "{refused:?}");
    }
    assert_eq!(read(own, "a.yaml"), "a: 1\n");
}
