//! A file that means harm, or that nobody meant to write: it is told or refused within the time
//! and the memory that are promised, and the other files are judged as if it were not there.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make folders of their own"
)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;
use support::limited::{Came, KILOBYTES, run};
use support::on_every_core;

const SOUND: &str = "\
reference: R-2026-0666
submitted: 2026-11-23T12:40
child:
  case_id: \"0104233\"
  name: Tomasz W.
  date_of_birth: 2011-03-04
  legal_status: section-20
worker: {name: A. Singh, role: social-worker}
request:
  kind: new-placement
  provision: external-residential
  summary: A bed
  from: 2026-12-01
costs: [{item: placement, description: Bed, weekly: 4250.00, weeks: 26, one_off: 0}]
total: 110500.00
";

/// A folder with a sound referral and one that has a fault of its own.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |name: &str, text: String| put(folder.path(), name, text.as_bytes());
    put("panel.toml", "council = \"bexley\"\n".to_owned());
    put(
        "referrals/R-2026-0001.yaml",
        SOUND.replace("R-2026-0666", "R-2026-0001"),
    );
    let other = SOUND.replace("R-2026-0666", "R-2026-0002");
    put(
        "referrals/R-2026-0002.yaml",
        other.replace("case_id", "case_idd"),
    );
    folder
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("a folder");
    fs::write(file, bytes).expect("a temporary file");
}

/// Why a run broke the promise, if it did: the other referral's finding must be there, and
/// nothing may be said at a length that nobody reads.
fn broken(name: &str, came: &Came, is_told: bool) -> Option<String> {
    let why = if came.status.is_none_or(|status| status > 1) {
        format!("ended with {:?}: {:.300}", came.status, came.talk)
    } else if came.kilobytes > KILOBYTES {
        format!("took {} kB", came.kilobytes)
    } else if !came.told.contains("R-2026-0002.yaml:4:3") {
        "hid the finding of another file".to_owned()
    } else if is_told && !came.told.contains("referrals/R-2026-0666.yaml:") {
        "was passed over without a word".to_owned()
    } else if came.told.len() > 1_000_000 {
        format!("was told in {} bytes", came.told.len())
    } else {
        return None;
    };
    Some(format!("{name} {why}"))
}

/// Puts each text in the place of a referral and looks at what `check` makes of it.
fn all_hold(texts: Vec<(&str, Vec<u8>)>) {
    let faults: Vec<String> = on_every_core(&texts, |(name, text)| {
        let folder = folder();
        put(folder.path(), "referrals/R-2026-0666.yaml", text);
        broken(
            name,
            &run(folder.path(), &["check", "--format", "concise"]),
            true,
        )
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    eprintln!("{} files, each told or refused", texts.len());
}

fn with(end: &str) -> Vec<u8> {
    format!("{SOUND}{end}\n").into_bytes()
}

fn instead(from: &str, to: &str) -> Vec<u8> {
    assert!(SOUND.contains(from), "{from}");
    SOUND.replacen(from, to, 1).into_bytes()
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn nesting_and_references_in_a_file_are_refused() {
    const DEEP: usize = 200_000;
    let bomb = numbered(12, |row| {
        let uses = format!("*a{},", row.max(1) - 1).repeat(10);
        format!("a{row}: &a{row} [{uses}]\n")
    });
    let anchors = numbered(DEEP, |row| format!("&a{row} x,"));
    let tags = numbered(DEEP, |row| format!("!a{row} x,"));
    let steps = numbered(2_000, |row| format!("{}a:\n", " ".repeat(row)));
    let brackets = |text: &str| with(&format!("siblings: {}", text.repeat(DEEP)));
    let flow = format!("siblings: {}{}", "[".repeat(DEEP), "]".repeat(DEEP));
    all_hold(vec![
        ("an alias bomb", with(&bomb)),
        (
            "many aliases",
            with(&format!("a: &a x\nb: [{}]", "*a,".repeat(DEEP))),
        ),
        (
            "many aliases, a line each",
            with(&format!("b: [\n{}]", "*a,\n".repeat(DEEP))),
        ),
        ("many anchors", with(&format!("b: [{anchors}]"))),
        (
            "many anchors, a line each",
            with(&format!("b: [{}]", anchors.replace(',', ",\n"))),
        ),
        ("many tags", with(&format!("b: [{tags}]"))),
        (
            "many tags, a line each",
            with(&format!("b: [{}]", tags.replace(',', ",\n"))),
        ),
        ("deep lists", with(&flow)),
        ("deep lists, a line each", with(&flow.replace('[', "[\n"))),
        ("deep lists that stay open", brackets("[")),
        ("deep groups", brackets("{a: ")),
        (
            "deep rows",
            brackets("\n- ")
                .into_iter()
                .chain("- ".repeat(DEEP).bytes())
                .collect(),
        ),
        ("deep blocks", steps.into_bytes()),
        ("deep keys", brackets("? ")),
        ("brackets that close nothing", brackets("]")),
        (
            "a tag that runs something",
            with("x: !!python/object/apply:os.system [ls]"),
        ),
        ("a merge key", with("x: &b {a: 1}\ny: {<<: *b}")),
        ("many merge keys", with(&"<<: 1\n".repeat(DEEP))),
    ]);
}

#[test]
fn size_is_held_to_the_limits() {
    const MANY: usize = 200_000;
    let long = "x".repeat(4_900_000);
    let keys = numbered(MANY, |row| format!("key{row}: 1\n"));
    let under = |key: &str| with(&format!("{key}:\n{}", keys.replace("key", "  key")));
    let costs = "{item: foo, weekly: -1, weeks: x},".repeat(MANY / 4);
    all_hold(vec![
        ("a line of 5 MB", with(&format!("x: {long}"))),
        (
            "a line of 5 MB in quotation marks",
            with(&format!("x: \"{long}\"")),
        ),
        (
            "a line of 5 MB that stays open",
            with(&format!("x: \"{long}")),
        ),
        ("a key of 5 MB", with(&format!("{long}: 1"))),
        ("a comment of 5 MB", with(&format!("#{long}"))),
        ("5 MB of prose", instead("A bed", &"ab ".repeat(1_600_000))),
        ("a kind of 5 MB", instead("new-placement", &long)),
        ("a reference of 5 MB", instead("R-2026-0666", &long)),
        ("a date of 5 MB", instead("2011-03-04", &long)),
        ("a sum of 5 MB", instead("4250.00", &"9".repeat(4_900_000))),
        ("a word of 49 kB", instead("new-placement", &long[..49_000])),
        (
            "a word over many lines",
            instead("new-placement", &"x\n    ".repeat(500_000)),
        ),
        ("a file of 6 MB", with(&"#\n".repeat(3_000_000))),
        ("200,000 keys", with(&keys)),
        ("200,000 sections", under("sections")),
        ("200,000 answers", under("checklist")),
        ("200,000 time limits", under("done")),
        (
            "4,900 keys",
            with(&numbered(4_900, |row| format!("key{row}: 1\n"))),
        ),
        ("200,000 keys that are one", with(&"zz: 1\n".repeat(MANY))),
        (
            "200,000 siblings",
            with(&format!("siblings: [{}]", "R-2026-9999,".repeat(MANY))),
        ),
        (
            "9,000 siblings",
            with(&format!("siblings: [{}]", "R-9,".repeat(9_000))),
        ),
        (
            "50,000 costs",
            instead("costs: [", &format!("costs: [{costs}")),
        ),
        (
            "50,000 costs, a line each",
            instead(
                "costs: [",
                &format!("costs: [{}", costs.replace("},", "},\n")),
            ),
        ),
        ("200,000 documents", with(&"---\na: 1\n".repeat(MANY))),
        ("a second document", with(&format!("---\n{SOUND}"))),
        ("a key twice", with("total: 1")),
    ]);
}

#[test]
fn bytes_that_are_no_form_are_refused() {
    let wide = |le: bool| -> Vec<u8> {
        let bytes = |unit: u16| {
            if le {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        format!("\u{FEFF}{SOUND}")
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    let every: Vec<u8> = (0..=255).cycle().take(1_000_000).collect();
    let bed = |text: &[u8]| {
        let at = SOUND.find("A bed").expect("it is there");
        [&SOUND.as_bytes()[..at], text, &SOUND.as_bytes()[at + 5..]].concat()
    };
    all_hold(vec![
        ("a NUL", with("x: a\0b")),
        ("5 MB of NUL", vec![0; 4_900_000]),
        (
            "two byte order marks",
            format!("\u{FEFF}\u{FEFF}{SOUND}").into_bytes(),
        ),
        ("old line ends", SOUND.replace('\n', "\r").into_bytes()),
        ("UTF-16, little end first", wide(true)),
        ("UTF-16, big end first", wide(false)),
        ("Windows-1252", bed(b"Caf\xe9 \x93bed\x94")),
        ("every byte", every),
        ("an escape", bed(b"\x1b]0;owned\x07")),
        ("nothing", Vec::new()),
        ("only colons", b":".repeat(4_900_000)),
        (
            "only quotation marks, a line each",
            b"\"\n".repeat(2_400_000),
        ),
        ("only bars, a line each", b"|\n".repeat(2_400_000)),
        (
            "only per cent signs, a line each",
            b"%a\n".repeat(1_600_000),
        ),
        ("only dashes, a line each", b"-\n".repeat(2_400_000)),
    ]);
}

#[test]
fn values_beyond_all_measure_are_told() {
    let digits = "9".repeat(400);
    all_hold(vec![
        (
            "a year of five digits",
            instead("2011-03-04", "99999-12-31"),
        ),
        ("the year nought", instead("2011-03-04", "0000-00-00")),
        ("born in the year 9999", instead("2011-03-04", "9999-12-31")),
        (
            "sent in the year 9999",
            instead("2026-11-23T12:40", "9999-12-31T23:59"),
        ),
        (
            "sent in the year 1",
            instead("2026-11-23T12:40", "0001-01-01T00:00"),
        ),
        ("a panel in the year 9999", with("panel: 9999-12-31")),
        (
            "a stay of 9,998 years",
            instead("from: 2026-12-01", "from: 0001-01-01\n  to: 9999-12-31"),
        ),
        (
            "weeks without end",
            instead("weeks: 26", "weeks: 4294967295"),
        ),
        (
            "weeks of 400 digits",
            instead("weeks: 26", &format!("weeks: {digits}")),
        ),
        ("a sum of 400 digits", instead("4250.00", &digits)),
        (
            "the largest sum there is",
            instead("4250.00", "92233720368547758.07"),
        ),
        ("a power of ten", instead("4250.00", "1e400")),
        ("no number", instead("4250.00", ".nan")),
        ("an endless number", instead("4250.00", ".inf")),
        (
            "a distance that is no number",
            instead("summary:", "distance_miles: .nan\n  summary:"),
        ),
        (
            "a reference that leads away",
            instead("R-2026-0666", "../../x"),
        ),
        (
            "a reference with a folder",
            instead("R-2026-0666", "\"a/../../x\""),
        ),
    ]);
}

#[test]
fn what_only_looks_odd_is_read() {
    let folder = folder();
    let texts = [
        format!("\u{FEFF}{SOUND}"),
        SOUND.replace('\n', "\r\n"),
        SOUND.replace("A bed", &"a bed ".repeat(2_000)),
    ];
    for text in texts {
        put(folder.path(), "referrals/R-2026-0666.yaml", text.as_bytes());
        let came = run(folder.path(), &["check", "--format", "concise"]);
        assert!(!came.told.contains("[syntax]"), "{}", came.told);
        assert_eq!(broken("it", &came, false), None);
    }
}

#[test]
fn links_pipes_and_devices_are_neither_followed_nor_waited_for() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a temporary folder");
    put(outside.path(), "secret.yaml", b"secret: yes\n");
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("meetings/2026-11-26/decisions")).expect("a folder");
    symlink("..", at("referrals/loop")).expect("a link");
    symlink("R-2026-0667.yaml", at("referrals/R-2026-0667.yaml")).expect("a link");
    symlink(outside.path(), at("referrals/out")).expect("a link");
    symlink(
        outside.path().join("secret.yaml"),
        at("referrals/R-2026-0668.yaml"),
    )
    .expect("a link");
    symlink("/dev/zero", at("referrals/R-2026-0669.yaml")).expect("a link");
    symlink("/dev/zero", at("meetings/2026-11-26/meeting.yaml")).expect("a link");
    fs::create_dir(at("referrals/R-2026-0670.yaml")).expect("a folder");
    // Where the system has no pipes with names, the rest still holds.
    for name in [
        "referrals/R-2026-0671.yaml",
        "meetings/2026-11-26/decisions/R-2026-0001.yaml",
    ] {
        let _ = Command::new("mkfifo").arg(at(name)).status();
    }
    for command in [
        &["check"][..],
        &["diary"],
        &["agenda", "--date", "2026-11-26"],
    ] {
        let came = run(folder.path(), command);
        assert!(
            came.status.is_some_and(|status| status <= 1),
            "{command:?}: {}",
            came.talk
        );
        assert!(!(came.told + &came.talk).contains("secret"), "{command:?}");
    }
    let came = run(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(broken("they", &came, false), None);
    // Named outright, each is refused.
    for name in ["referrals/R-2026-0669.yaml", "referrals/R-2026-0671.yaml"] {
        let came = run(
            folder.path(),
            &["check", at(name).to_str().expect("a path")],
        );
        assert!(came.status.is_some(), "{name} was waited for");
    }
}

#[test]
fn settings_and_rule_files_that_mean_harm_are_refused() {
    let own = project_council();
    let deep = format!("x = {}1{}\n", "[".repeat(200_000), "]".repeat(200_000));
    let condition = format!("({}", "not (".repeat(200_000));
    let texts = [
        ("deep lists", deep),
        (
            "a line of 5 MB",
            format!("x = \"{}\"\n", "y".repeat(4_900_000)),
        ),
        ("a group twice", "[limits]\n[limits]\n".to_owned()),
        ("a NUL", "x = \"\0\"\n".to_owned()),
        (
            "dots without end",
            format!("{}a = 1\n", "a.".repeat(200_000)),
        ),
    ];
    for (name, text) in &texts {
        let folder = folder();
        put(
            folder.path(),
            "panel.toml",
            format!("council = \"bexley\"\n{text}").as_bytes(),
        );
        refused(
            &format!("panel.toml with {name}"),
            folder.path(),
            "panel.toml",
        );
        put(folder.path(), "panel.toml", b"council = \"./own.toml\"\n");
        put(
            folder.path(),
            "own.toml",
            format!("{own}\n[meetings.x]\n{text}").as_bytes(),
        );
        refused(
            &format!("a rule file with {name}"),
            folder.path(),
            "own.toml",
        );
    }
    for (name, text) in [
        (
            "itself to build on",
            "extends = \"./own.toml\"\n".to_owned(),
        ),
        (
            "a device to build on",
            "extends = \"/dev/zero\"\n".to_owned(),
        ),
        (
            "a deep condition",
            format!("[[criterion]]\nid = \"x\"\nwhen = \"{condition}\"\nclause = \"1\"\n"),
        ),
    ] {
        let folder = folder();
        put(folder.path(), "panel.toml", b"council = \"./own.toml\"\n");
        put(folder.path(), "own.toml", text.as_bytes());
        refused(
            &format!("a rule file with {name}"),
            folder.path(),
            "own.toml",
        );
    }
}

/// The beginning of a rule file.
fn project_council() -> String {
    "[council]\nname = \"Somewhere\"\npanel = \"Panel\"\n".to_owned()
}

fn refused(name: &str, folder: &Path, file: &str) {
    let came = run(folder, &["check"]);
    assert_eq!(came.status, Some(2), "{name}: {:.500}", came.talk);
    assert!(came.talk.contains(file), "{name}: {:.500}", came.talk);
    assert!(
        came.kilobytes <= KILOBYTES,
        "{name} took {} kB",
        came.kilobytes
    );
    assert!(
        came.talk.len() < 100_000,
        "{name} was told in {} bytes",
        came.talk.len()
    );
}

#[test]
fn keys_that_nobody_knows_are_told_until_there_are_too_many() {
    let own = project_council();
    let keys = numbered(100_000, |row| format!("key{row} = 1\n"));
    let folder = folder();
    let text = format!("council = \"bexley\"\n{keys}");
    put(folder.path(), "panel.toml", text.as_bytes());
    refused("panel.toml with 100,000 keys", folder.path(), "panel.toml");
    put(folder.path(), "panel.toml", b"council = \"./own.toml\"\n");
    put(folder.path(), "own.toml", (keys + &own).as_bytes());
    refused("a rule file with 100,000 keys", folder.path(), "own.toml");
}

#[test]
fn each_limit_can_be_set_to_less_and_to_more() {
    // Something of a form that each allows at first or not.
    let list = |depth: usize| with(&format!("x: {}1{}", "[".repeat(depth), "]".repeat(depth)));
    let steps: String = (0..30)
        .map(|row| format!("{}a:\n", " ".repeat(row)))
        .collect();
    let texts = [
        (
            "line",
            500,
            60_000,
            with(&format!("# {}", "x".repeat(600))),
            with(&format!("# {}", "x".repeat(55_000))),
        ),
        (
            "entries",
            100,
            20_000,
            with(&numbered(150, |row| format!("# {row}\nk{row}: 1\n"))),
            with(&format!("siblings: [{}]", "R-9,\n ".repeat(11_000))),
        ),
        ("depth", 3, 60, list(4), list(50)),
        (
            "depth",
            3,
            60,
            format!("{SOUND}b:\n{steps}").into_bytes(),
            list(50),
        ),
        (
            "bytes",
            1_000,
            7_000_000,
            with(&"# x\n".repeat(300)),
            with(&"# x\n".repeat(1_400_000)),
        ),
    ];
    let is_refused = |text: &[u8], setting: &str| {
        let folder = folder();
        put(
            folder.path(),
            "panel.toml",
            format!("council = \"bexley\"\n{setting}").as_bytes(),
        );
        put(folder.path(), "referrals/R-2026-0666.yaml", text);
        let came = run(
            folder.path(),
            &["check", "--format", "concise", "referrals/R-2026-0666.yaml"],
        );
        assert!(
            came.status.is_some_and(|status| status <= 1),
            "{setting}: {}",
            came.talk
        );
        came.told.contains("R-2026-0666.yaml") && came.told.contains("[syntax]")
    };
    for (key, less, more, small, large) in texts {
        let [less, more] = [less, more].map(|limit: u32| format!("[limits]\n{key} = {limit}\n"));
        assert!(!is_refused(&small, ""), "{key}: what is allowed at first");
        assert!(is_refused(&small, &less), "{less}");
        assert!(
            is_refused(&large, ""),
            "{key}: what is not allowed at first"
        );
        assert!(!is_refused(&large, &more), "{more}");
    }
}

#[test]
fn a_level_less_than_any_form_has_is_held_on_every_way_of_reading() {
    let folder = folder();
    put(
        folder.path(),
        "panel.toml",
        b"council = \"bexley\"\n[limits]\ndepth = 1\n",
    );
    let came = run(folder.path(), &["check", "--format", "concise"]);
    assert!(
        came.told.contains("referrals/R-2026-0001.yaml:") && came.told.contains("[syntax]"),
        "{}",
        came.told
    );
}

#[test]
fn a_folder_full_of_references_to_nothing_takes_no_longer_for_each() {
    let folder = folder();
    for number in 1000..3000 {
        let reference = format!("R-2026-{number}");
        let text = SOUND.replace("R-2026-0666", &reference);
        let text = format!("{text}siblings: [R-2025-{number}, R-2024-{number}, R-2023-{number}]\n");
        put(
            folder.path(),
            &format!("referrals/{reference}.yaml"),
            text.as_bytes(),
        );
    }
    let came = Command::new("/bin/sh")
        .args(["-c", "ulimit -t $0; exec \"$@\"", "30"])
        .arg(env!("CARGO_BIN_EXE_panel"))
        .arg("--folder")
        .arg(folder.path())
        .args(["--as-of", "2026-11-24T09:00", "check", "--statistics"])
        .env_clear()
        .output()
        .expect("a shell");
    assert_eq!(came.status.code(), Some(1));
}

#[test]
fn settings_and_rule_files_are_held_to_the_limits() {
    let patterns = numbered(20_000, |row| format!("\"referrals/**/*{row}*a*a\",\n"));
    let ids = numbered(200_000, |row| format!("\"timer-{row}\","));
    let days = numbered(80_000, |row| {
        let (year, day) = (1900 + row / 336, row % 336);
        format!("{year}-{:02}-{:02},", 1 + day / 28, 1 + day % 28)
    });
    let rules = numbered(5_000, |row| {
        format!(
            "[[rule]]\nid = \"own-{row}\"\nseverity = \"error\"\nwhen = \"child.age > {row}\"\nmessage = \"m\"\nclause = \"1\"\n"
        )
    });
    let own = "council = \"./own.toml\"\n";
    let files = [
        (
            "exclude",
            format!("council = \"bexley\"\nexclude = [{patterns}]\n"),
            String::new(),
        ),
        (
            "turn_on",
            format!("council = \"bexley\"\nturn_on = [{ids}]\n"),
            String::new(),
        ),
        (
            "bank holidays",
            format!("council = \"bexley\"\n[bank_holidays]\ndates = [{days}]\n"),
            String::new(),
        ),
        (
            "rules",
            own.to_owned(),
            format!("extends = \"bexley\"\n{rules}"),
        ),
    ];
    let faults: Vec<String> = on_every_core(&files, |(name, settings, rules)| {
        let folder = folder();
        put(folder.path(), "panel.toml", settings.as_bytes());
        put(folder.path(), "own.toml", rules.as_bytes());
        let came = run(folder.path(), &["check", "--format", "concise"]);
        let is_told = came.talk.contains("holds more than 10000 keys and values");
        let is_held = came.status == Some(2) && came.kilobytes <= KILOBYTES && is_told;
        (!is_held).then(|| {
            format!(
                "{name}: {:?}, {} kB, {:.300}",
                came.status, came.kilobytes, came.talk
            )
        })
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
