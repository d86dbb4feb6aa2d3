//! The diary's views, from outside: by day, meeting, child and owner, and what is chosen of it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{run, status, stderr, stdout};
use tempfile::TempDir;

const NOW: &str = "2026-12-01T11:00";

/// A panel on Wednesdays whose referrals were approved on 25 November, each with the actions given.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().expect("a temporary folder"));
        office.write("panel.toml", "council = \"care-planning\"\n");
        office.write("meetings/2026-11-25/meeting.yaml", "date: 2026-11-25\n");
        office
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
    }

    fn child(&self, reference: &str, child: &str, actions: &str) {
        self.write(
            &format!("referrals/{reference}.yaml"),
            &format!("{{reference: {reference}, child: {{{child}}}, worker: {{name: A. Singh}}, request: {{}}, panel: 2026-11-25, submitted: 2026-11-20}}\n"),
        );
        self.write(
            &format!("meetings/2026-11-25/decisions/{reference}.yaml"),
            &format!("{{referral: {reference}, meeting: 2026-11-25, outcome: approve, decided_by: {{name: M. Osei}}, review: {{none: closed}}, actions: [{actions}]}}\n"),
        );
        let after = "uploaded: 2026-11-26T10:00\n";
        self.write(
            &format!("meetings/2026-11-25/after/{reference}.yaml"),
            after,
        );
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn told(&self, args: &[&str]) -> String {
        let output = run(self.folder(), NOW, &[&["diary"], args].concat());
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        stdout(&output)
    }

    /// The groups: title, and what each entry says.
    fn groups(&self, args: &[&str]) -> Vec<(String, Vec<String>)> {
        let all = [&["--format", "json"], args].concat();
        let view: Value = serde_json::from_str(&self.told(&all)).expect("JSON");
        let text = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
        let groups = view["groups"].as_array().expect("groups");
        groups
            .iter()
            .map(|group| {
                let entries = group["entries"].as_array().expect("entries");
                let said = entries.iter().map(|entry| text(entry, "what")).collect();
                (text(group, "title"), said)
            })
            .collect()
    }
}

fn titles(groups: &[(String, Vec<String>)]) -> Vec<&str> {
    groups.iter().map(|(title, _)| title.as_str()).collect()
}

#[test]
fn children_of_one_name_are_kept_apart_and_one_childs_referrals_stand_together() {
    let office = Office::new();
    let one = "name: Ada F., case_id: \"0100001\", date_of_birth: 2012-03-04";
    let other = "name: Ada F., case_id: \"0100002\", date_of_birth: 2014-05-06";
    office.child(
        "R-1",
        one,
        "{what: First, owner: A. Singh, due: 2026-12-03}",
    );
    office.child(
        "R-2",
        other,
        "{what: Second, owner: A. Singh, due: 2026-12-03}",
    );
    office.child(
        "R-3",
        one,
        "{what: Third, owner: A. Singh, due: 2026-12-04}",
    );
    office.child(
        "R-4",
        "name: Ada F.",
        "{what: Fourth, owner: A. Singh, due: 2026-12-04}",
    );
    office.child(
        "R-5",
        "name: Ada F.",
        "{what: Fifth, owner: A. Singh, due: 2026-12-04}",
    );
    // A slip in the number: a twin under the brother's.
    let twin = "name: Ben F., case_id: \"0100001\", date_of_birth: 2012-03-04";
    office.child(
        "R-6",
        twin,
        "{what: Sixth, owner: A. Singh, due: 2026-12-04}",
    );
    let groups = office.groups(&["--by", "child", "--kind", "action"]);
    assert_eq!(
        groups,
        [
            ("Ada F., R-4, without a case number", vec!["Fourth"]),
            ("Ada F., R-5, without a case number", vec!["Fifth"]),
            ("Ada F., case 0100001", vec!["First", "Third"]),
            ("Ada F., case 0100002", vec!["Second"]),
            ("Ben F., case 0100001", vec!["Sixth"]),
        ]
        .map(|(title, said)| (
            title.to_owned(),
            said.into_iter().map(str::to_owned).collect()
        ))
    );
    // What the office owes for the meeting as a whole is no child's, and comes last.
    let groups = office.groups(&["--by", "child"]);
    assert_eq!(titles(&groups).last(), Some(&"For no one child"));
    let initials = office.told(&["--by", "child", "--initials"]);
    assert!(initials.contains("A.F., case 0100002") && !initials.contains("Ada"));
}

#[test]
fn what_nobody_owns_comes_first_and_one_name_in_two_spellings_is_one_owner() {
    let office = Office::new();
    office.child(
        "R-1",
        "name: Ada F., case_id: \"0100001\"",
        "{what: Nobody's, due: 2026-12-09}, {what: One, owner: B. Vale, due: 2026-12-03}, \
         {what: Two, owner: \" b.  vale \", due: 2026-12-04}, {what: Three, owner: B. Vale, due: 2026-12-05}, \
         {what: Blank, owner: \" \", due: 2026-12-10}, {what: Four, owner: B. Valentine, due: 2026-12-05}",
    );
    let groups = office.groups(&["--by", "owner", "--kind", "action"]);
    assert_eq!(
        titles(&groups),
        ["No owner named", "B. Vale", "B. Valentine"]
    );
    assert_eq!(groups[0].1, ["Nobody's", "Blank"]);
    assert_eq!(groups[1].1, ["One", "Two", "Three"]);
    let own = office.groups(&["--owner", "b. VALE"]);
    assert_eq!(own[0].1, ["One", "Two", "Three"]);
    let output = run(office.folder(), NOW, &["diary", "--owner", "B. Vael"]);
    assert!(
        stderr(&output).contains("did you mean B. Vale?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn overdue_says_by_how_many_days_and_a_deadline_of_today_since_when() {
    let office = Office::new();
    let actions = "{what: Old, owner: B. Vale, due: 2026-11-24}, {what: Late, owner: B. Vale, due: 2026-11-30}, \
                   {what: Today, owner: B. Vale, due: 2026-12-01}";
    office.child("R-1", "name: Ada F., case_id: \"0100001\"", actions);
    // Met on Monday at 10:40: the final record is late from Wednesday; the draft's own time is over.
    office.write(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\ndone: {draft-record: 2026-11-29T10:40, agenda-out: 2026-11-24T11:00}\n",
    );
    let told = office.told(&["--overdue"]);
    for (left, what) in [
        ("7 days overdue", "Old"),
        ("1 day overdue", "Late"),
        ("overdue since 10:40", "final record"),
    ] {
        assert!(told.contains(left) && told.contains(what), "{told}");
    }
    assert!(!told.contains("Today"), "{told}");
    // By its hour, before what has the whole day.
    let groups = office.groups(&[
        "--from",
        "2026-12-01",
        "--to",
        "2026-12-01",
        "--by",
        "meeting",
    ]);
    let said: Vec<&String> = groups.iter().flat_map(|(_, said)| said).collect();
    let place = |what: &str| said.iter().position(|own| own.contains(what));
    assert!(
        place("final record").is_some() && place("agenda").is_some() && place("Today").is_some()
    );
    let csv = office.told(&["--format", "csv", "--overdue"]);
    let line = csv
        .lines()
        .find(|line| line.contains("Old"))
        .expect("its line");
    assert!(
        line.starts_with("Overdue,2026-11-24,,7,Action,Ada F.,0100001,R-1,Old,B. Vale"),
        "{line}"
    );
}

#[test]
fn by_meeting_tells_what_is_owed_before_it_and_what_is_owed_after() {
    let office = Office::new();
    let actions = "{what: Late, owner: B. Vale, due: 2026-11-30}, {what: Soon, owner: B. Vale, due: 2026-12-02}, \
                   {what: Then, owner: B. Vale, due: 2026-12-03}";
    office.child("R-1", "name: Ada F., case_id: \"0100001\"", actions);
    office.write(
        "referrals/R-2.yaml",
        "{reference: R-2, child: {name: Bo}, worker: {}, request: {}, submitted: 2026-11-20, panel: 2026-11-25}\n",
    );
    office.write(
        "meetings/2026-11-25/decisions/R-2.yaml",
        "{referral: R-2, meeting: 2026-11-25, outcome: approve, decided_by: {name: M. Osei}, review: {on: 2026-12-09}}\n",
    );
    let groups = office.groups(&["--by", "meeting"]);
    let of = |title: &str| {
        let found = groups.iter().find(|(own, _)| own == title);
        found.map_or(&[][..], |(_, said)| said.as_slice())
    };
    assert_eq!(of("Overdue, and tied to no meeting"), ["Late"]);
    assert!(of("After the meeting of Wednesday 25 November 2026").len() >= 3);
    let before = of("Before the meeting of Wednesday 2 December 2026");
    assert!(
        before.iter().any(|what| what.contains("agenda")) && before.contains(&"Soon".to_owned())
    );
    assert_eq!(
        of("Before the meeting of Wednesday 9 December 2026"),
        ["Then"]
    );
    assert_eq!(
        of("At the meeting of Wednesday 9 December 2026"),
        ["Back to panel"]
    );
    let days: Vec<&str> = titles(&groups);
    assert_eq!(days[0], "Overdue, and tied to no meeting");
}

#[test]
fn nothing_written_by_people_runs_in_a_spreadsheet_or_is_wider_than_a_terminal() {
    let office = Office::new();
    let long = "word ".repeat(60);
    let actions = format!(
        "{{what: \"=HYPERLINK(1)\", owner: \"+44\", due: 2026-12-03}}, {{what: \"{long}\", owner: \"{long}\", due: 2026-12-03}}"
    );
    office.child("R-1", "name: \"@Ada\", case_id: \"-1\"", &actions);
    let csv = office.told(&["--format", "csv"]);
    assert!(
        csv.contains(",'=HYPERLINK(1),'+44,") && csv.contains(",'@Ada,'-1,"),
        "{csv}"
    );
    for by in ["day", "meeting", "child", "owner"] {
        let told = office.told(&["--by", by]);
        let widest = told.lines().map(|line| line.chars().count()).max();
        // Headings are the owner's own name, however long somebody wrote it.
        assert!(by == "owner" || widest <= Some(80), "{told}");
    }
}

#[test]
fn what_stands_in_each_view_is_the_same() {
    let office = Office::new();
    office.child(
        "R-1",
        "name: Ada F., case_id: \"0100001\"",
        "{what: One, due: 2026-12-03}, {what: Two, owner: B. Vale, due: 2027-12-04}",
    );
    let of = |by: &str| {
        let mut all: Vec<String> = office
            .groups(&["--by", by])
            .into_iter()
            .flat_map(|(_, said)| said)
            .collect();
        all.sort();
        all
    };
    let days = of("day");
    assert!(days.len() > 5);
    for by in ["meeting", "child", "owner"] {
        assert_eq!(of(by), days, "{by}");
    }
}

#[test]
fn what_was_chosen_is_told_and_days_the_wrong_way_round_are_refused() {
    let office = Office::new();
    let told = office.told(&["--overdue", "--kind", "review", "--to", "2026-12-31"]);
    assert!(
        told.contains("Only what is overdue; due up to 31 December 2026; review"),
        "{told}"
    );
    assert!(told.contains("Nothing is owed."));
    let output = run(
        office.folder(),
        NOW,
        &["diary", "--from", "2026-12-02", "--to", "2026-12-01"],
    );
    assert_eq!(status(&output), 2);
    let output = run(office.folder(), NOW, &["diary", "--panel", "complex"]);
    assert_eq!(status(&output), 2);
}

#[test]
fn deadlines_without_a_date_are_those_open_of_all_meetings() {
    let office = Office::new();
    office.write(
        "meetings/2026-11-18/meeting.yaml",
        "date: 2026-11-18\ndone: {agenda-out: 2026-11-17T10:00, draft-record: 2026-11-19T10:00, final-record: 2026-11-20T10:00}\n",
    );
    let output = run(office.folder(), NOW, &["deadlines", "--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let view: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let told: Vec<(String, String, String)> = view["meetings"]
        .as_array()
        .expect("meetings")
        .iter()
        .flat_map(|meeting| {
            let text = |value: &Value, key: &str| value[key].as_str().expect("text").to_owned();
            let duties = meeting["duties"].as_array().expect("duties");
            duties.iter().map(move |duty| {
                (
                    text(meeting, "meeting"),
                    text(duty, "id"),
                    text(duty, "state"),
                )
            })
        })
        .collect();
    let has = |meeting: &str, id: &str, state: &str| {
        told.contains(&(meeting.to_owned(), id.to_owned(), state.to_owned()))
    };
    assert!(has("2026-11-18", "records-complete", "overdue"), "{told:?}");
    assert!(has("2026-11-25", "draft-record", "overdue"), "{told:?}");
    assert!(has("2026-12-02", "agenda-out", "due"), "{told:?}");
    assert!(
        !told
            .iter()
            .any(|(meeting, id, _)| meeting == "2026-11-18" && id == "draft-record")
    );
    let late = run(
        office.folder(),
        NOW,
        &["deadlines", "--overdue", "--to", "2026-11-25"],
    );
    let late = stdout(&late);
    assert!(late.contains("6 days overdue"), "{late}");
    assert!(
        !late.contains("Meeting of Wednesday 2 December 2026"),
        "{late}"
    );
    assert!(
        late.lines().all(|line| line.chars().count() <= 80),
        "{late}"
    );
}

#[test]
fn an_owner_of_any_kind_stays_within_the_lines_of_a_calendar() {
    let office = Office::new();
    let long = "Zoë Żółć, ".repeat(40);
    let owners = [
        "A. Singh\\r\\nEND:VEVENT\\r\\nBEGIN:VALARM".to_owned(),
        "B.\\u2028C.\\u0085D.\\vE.\\fF.".to_owned(),
        "G.\\e[31m\\u202EH.\\a\\0I.".to_owned(),
        "J; K, L\\\\M\\\"N:O".to_owned(),
        long,
    ];
    let actions: Vec<String> = owners
        .iter()
        .map(|owner| format!("{{what: \"Ring\", owner: \"{owner}\", due: 2026-12-04}}"))
        .collect();
    office.child("R-1", "name: Ann T., case_id: '7001'", &actions.join(", "));
    let told = office.told(&["--format", "ics"]);
    assert!(told.ends_with("END:VCALENDAR\r\n"), "{told}");
    assert_eq!(told.matches('\n').count(), told.matches("\r\n").count());
    for line in told.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        let is_unseen = |letter: char| {
            letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202e}')
        };
        assert!(!line.contains(is_unseen), "{line:?}");
    }
    let unfolded = told.replace("\r\n ", "");
    let entries = unfolded.matches("BEGIN:VEVENT\r\n").count();
    assert_eq!(entries, unfolded.matches("END:VEVENT\r\n").count());
    assert!(!unfolded.contains("\r\nBEGIN:VALARM"), "{unfolded}");
    for line in unfolded.split_terminator("\r\n") {
        let (name, value) = line.split_once([':', ';']).expect("a name and a value");
        assert!(
            name.chars().all(|c| c.is_ascii_uppercase() || c == '-'),
            "{line}"
        );
        if !["SUMMARY", "DESCRIPTION"].contains(&name) {
            continue;
        }
        // Whatever is a mark of the format is escaped.
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            assert!(!matches!(letter, ',' | ';'), "{line}");
            if letter == '\\' {
                let next = letters.next();
                assert!(matches!(next, Some('\\' | ',' | ';' | 'n' | 'N')), "{line}");
            }
        }
    }
    for said in [
        "J\\; K\\, L\\\\M\"N:O",
        "A. Singh END:VEVENT BEGIN:VALARM",
        "Zoë Żółć\\, Zoë",
    ] {
        assert!(unfolded.contains(said), "{said}: {unfolded}");
    }
}

#[test]
fn a_hearing_that_was_held_stays_held_when_a_later_one_is_put_off() {
    let folder = support::copy_of("examples/bexley");
    let own = folder.path();
    let reference = "R-2026-0118";
    let by = [
        "--by",
        "M. Osei",
        "--role",
        "deputy-director",
        "--rationale",
        "As said.",
    ];
    let heard = |day: &str, more: &[&str]| {
        let as_of = format!("{day}T19:00");
        let args = [&["decide", reference, "--date", day], more, &by].concat();
        let output = support::run(own, &as_of, &args);
        assert_eq!(support::status(&output), 0, "{}", support::stderr(&output));
    };
    // Heard each week since 26 November.
    heard("2026-12-03", &["--outcome", "note"]);
    let put_off = [
        "--outcome",
        "defer",
        "--defer-to",
        "2026-12-17",
        "--defer-reason",
        "not-ready",
    ];
    let needs = ["--defer-need", "The plan|B. Okoro|2026-12-15"];
    heard("2026-12-10", &[&put_off[..], &needs].concat());
    let output = support::run(own, "2026-12-11T09:00", &["show", reference]);
    let told = support::stdout(&output);
    let rows: Vec<&str> = told
        .lines()
        .filter(|line| line.contains("every week"))
        .collect();
    let of = |day: &str| {
        rows.iter()
            .filter(|row| row.contains(&format!("| {day} ")))
            .count()
    };
    assert!(
        rows.iter()
            .any(|row| row.contains("3 December 2026") && row.contains("in time")),
        "{told}"
    );
    let overdue: Vec<&&str> = rows.iter().filter(|row| row.contains("overdue")).collect();
    assert_eq!(overdue.len(), 1, "{told}");
    assert!(overdue[0].contains("10 December 2026"), "{told}");
    assert_eq!(of("10 December 2026"), 1, "{told}");
}
