//! What of a rule file holds for whom and when: dated entries, several panels, parts of one.

use super::*;
use crate::folder::{Fault, FaultKind};
use crate::records::Day;

/// A rule file without meetings; a test says when its panels meet.
const COUNCIL: &str =
    "[council]\nname = \"Borough of Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n";
const THURSDAYS: &str =
    "[meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nclause = \"2\"\n";
/// A main panel, a second one, and a part of the first.
const PANELS: &str = "[[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nclause = \"1\"\n[[panel]]\nid = \"legal\"\npart_of = \"main\"\nclause = \"1\"\n";

fn council(text: &str) -> Council {
    parse_council("draft", "draft.toml", text).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn faults(text: &str) -> Vec<Fault> {
    match parse_council("draft", "draft.toml", text) {
        Ok(_) => Vec::new(),
        Err(CouncilError::Faulty { faults, .. }) => faults,
        Err(error) => panic!("{error}"),
    }
}

/// The one fault of a text, and the line that it is told on.
fn only_fault(text: &str) -> (Fault, String) {
    let faults = faults(text);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = faults.into_iter().next().expect("one");
    let line = usize::try_from(fault.span.line).expect("a line");
    let line = text.lines().nth(line - 1).expect("it is there").to_owned();
    (fault, line)
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn posts(council: &Council) -> Vec<&str> {
    council
        .sign_offs
        .iter()
        .flat_map(|asked| asked.any_of.iter().map(String::as_str))
        .collect()
}

fn sign_off(role: &str, more: &str) -> String {
    format!("[[sign_off]]\nrole = \"{role}\"\nclause = \"3\"\n{more}\n")
}

#[test]
fn an_entry_holds_from_its_first_day_and_no_longer_on_the_day_it_ends() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}{}{}",
        sign_off("team-manager", "until = 2026-04-01"),
        sign_off("service-manager", "from = 2026-04-01\nuntil = 2027-01-01"),
    );
    let council = council(&text);
    let on = |text: &str| posts(council.at(None, day(text)));
    assert_eq!(on("2026-03-31"), ["team-manager"]);
    assert_eq!(on("2026-04-01"), ["service-manager"]);
    assert_eq!(on("2026-12-31"), ["service-manager"]);
    assert!(on("2027-01-01").is_empty());
    let listed = |role: &str| {
        let mut entries = council.listed.iter();
        entries.any(|entry| entry.text.to_lowercase().contains(role))
    };
    assert!(
        listed("team manager") && listed("service manager"),
        "{:#?}",
        council.listed
    );
}

#[test]
fn a_group_written_twice_changes_on_its_day() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[[cut_off]]\nworking_days_before = 3\nuntil = 2026-04-01\nclause = \"3\"\n[[cut_off]]\nworking_days_before = 5\nfrom = 2026-04-01\nclause = \"3\"\n"
    );
    let council = council(&text);
    let on = |text: &str| {
        let rules = council.at(None, day(text));
        rules
            .cut_off
            .as_ref()
            .expect("there is one")
            .in_words
            .clone()
    };
    assert!(on("2026-03-31").starts_with("3 working days"));
    assert!(on("2026-04-01").starts_with("5 working days"));
}

#[test]
fn a_threshold_written_twice_changes_on_its_day() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[[thresholds.panel]]\namount = 1000\nuntil = 2026-04-01\nclause = \"3\"\n[[thresholds.panel]]\namount = 2000\nfrom = 2026-04-01\nclause = \"3\"\n"
    );
    let council = council(&text);
    let on = |text: &str| council.at(None, day(text)).thresholds[0].amount.to_string();
    assert!(on("2026-03-31").contains("1,000"), "{}", on("2026-03-31"));
    assert!(on("2026-04-01").contains("2,000"));
}

#[test]
fn two_groups_that_hold_at_once_are_told_once_at_the_second() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[[cut_off]]\ndays_before = 3\nuntil = 2026-04-02\nclause = \"3\"\n[[cut_off]]\ndays_before = 5\nfrom = 2026-04-01\nclause = \"3\"\n"
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(line, "days_before = 5");
    assert!(fault.message.contains("two [[cut_off]]"), "{fault:?}");
    let help = fault.help.expect("what to do");
    assert!(
        help.contains("line 11") && help.contains("2026-04-01 until 2026-04-02"),
        "{help}"
    );
}

#[test]
fn thresholds_that_hold_at_once_are_told_too() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[[thresholds.panel]]\namount = 1000\nclause = \"3\"\n[[thresholds.panel]]\namount = 2000\nclause = \"3\"\n"
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(line, "amount = 2000");
    assert!(fault.message.contains("two [[panel]]"), "{fault:?}");
}

#[test]
fn an_entry_that_ends_before_it_begins_is_told_although_no_day_has_it() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}{}",
        sign_off("team-manager", "from = 2026-04-01\nuntil = 2026-04-01")
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(line, "until = 2026-04-01");
    assert!(fault.message.contains("before it begins"), "{fault:?}");
}

#[test]
fn entries_of_one_panel_do_not_hold_for_another() {
    let text = format!(
        "{COUNCIL}{PANELS}{THURSDAYS}{}{}",
        sign_off("team-manager", ""),
        sign_off("service-manager", "only = \"second\""),
    );
    let council = council(&text);
    let of = |panel: &str| posts(council.at(Some(panel), day("2026-11-26")));
    assert_eq!(of("main"), ["team-manager"]);
    assert_eq!(of("second"), ["team-manager", "service-manager"]);
    assert_eq!(of("legal"), ["team-manager"]);
    assert_eq!(posts(council.at(None, day("2026-11-26"))), ["team-manager"]);
}

#[test]
fn a_part_has_what_its_panel_has_and_its_own_group_goes_before_its_panels() {
    let cut_off = |days: u32, more: &str| {
        format!("[[cut_off]]\ndays_before = {days}\nclause = \"3\"\n{more}\n")
    };
    let text = format!(
        "{COUNCIL}{PANELS}{THURSDAYS}{}{}{}{}{}",
        cut_off(1, ""),
        cut_off(2, "only = \"main\""),
        cut_off(3, "only = [\"legal\"]"),
        sign_off("team-manager", "only = \"main\""),
        sign_off("service-manager", "only = \"legal\""),
    );
    let council = council(&text);
    let of = |panel: &str| council.at(Some(panel), day("2026-11-26"));
    let days = |panel: &str| {
        let rule = of(panel).cut_off.as_ref().expect("there is one");
        rule.in_words.chars().next()
    };
    assert_eq!(days("second"), Some('1'));
    assert_eq!(days("main"), Some('2'));
    assert_eq!(days("legal"), Some('3'));
    assert_eq!(posts(of("legal")), ["team-manager", "service-manager"]);
}

#[test]
fn a_panel_that_no_panel_is_is_told_with_the_nearest_although_nobody_has_the_entry() {
    let text = format!(
        "{COUNCIL}{PANELS}{THURSDAYS}{}",
        sign_off("team-manager", "only = [\"main\", \"secnd\"]")
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(line, "only = [\"main\", \"secnd\"]");
    assert_eq!(fault.span.column, 17);
    assert_eq!(fault.help.as_deref(), Some("did you mean `second`?"));

    let text = format!(
        "{COUNCIL}{THURSDAYS}{}",
        sign_off("team-manager", "only = \"x\"")
    );
    let (fault, _) = only_fault(&text);
    let help = fault.help.expect("what to do");
    assert!(help.contains("one panel"), "{help}");
}

#[test]
fn a_panel_that_begins_later_has_no_rules_before() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nfrom = 2026-04-01\nclause = \"1\"\n"
    );
    let council = council(&text);
    let days: Vec<_> = council
        .editions_of(Some("second"))
        .map(|rules| (rules.edition.from, rules.edition.until))
        .collect();
    assert_eq!(days, [(Some(day("2026-04-01")), None)]);
}

#[test]
fn groups_inside_an_entry_have_days_too() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}bank_holiday = {{ move = \"skip\", from = 2026-04-01, clause = \"2\" }}\n"
    );
    let council = council(&text);
    let on = |text: &str| {
        council
            .at(None, day(text))
            .meetings
            .schedule
            .on_bank_holiday
    };
    assert_ne!(on("2026-03-31"), on("2026-04-01"));
    assert_eq!(on("2026-04-01"), crate::calendar::OnBankHoliday::Skip);
}

#[test]
fn an_entry_that_is_off_is_not_there_and_its_dates_turn_nothing() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}{}",
        sign_off("team-manager", "off = true\nfrom = 2026-04-01")
    );
    let council = council(&text);
    assert!(posts(&council).is_empty());
    assert!(council.others.is_empty());
    assert_eq!(council.edition, Edition::default());
}

#[test]
fn a_fault_of_a_condition_is_told_once_whatever_the_panels_and_days() {
    let text = format!(
        "{COUNCIL}{PANELS}{THURSDAYS}{}[alternatives]\nwhen = \"request.knid == 'review'\"\nclause = \"3\"\n",
        sign_off("team-manager", "from = 2026-04-01"),
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(fault.kind, FaultKind::BadValue);
    assert!(line.starts_with("when"), "{line}");
    let help = fault.help.expect("what to do");
    assert!(!help.contains("in the rules"), "{help}");
}

#[test]
fn a_fault_of_some_days_says_of_which() {
    let text = format!(
        "{COUNCIL}{THURSDAYS}[thresholds.panel]\namount = 1000\nfrom = 2026-04-01\nclause = \"3\"\n[alternatives]\nwhen = \"cost.total > threshold.panel\"\nclause = \"3\"\n"
    );
    let (fault, line) = only_fault(&text);
    assert!(line.starts_with("when"), "{line}");
    let help = fault.help.expect("what to do");
    assert!(
        help.contains("this is so in the rules before 2026-04-01"),
        "{help}"
    );
}

#[test]
fn each_panel_meets_when_its_own_group_says() {
    let meetings = |nth: &str, more: &str| {
        format!(
            "[[meetings]]\nevery = \"month\"\non = \"tuesday\"\nnth = {nth}\nstart = 10:00:00\nclause = \"2\"\n{more}\n"
        )
    };
    let text = format!(
        "{COUNCIL}[[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nclause = \"1\"\n{}{}",
        meetings("[2]", "only = \"main\""),
        meetings("[4]", "only = \"second\""),
    );
    let council = council(&text);
    let of = |panel: &str| {
        let rules = council.at(Some(panel), day("2026-11-01"));
        let schedule = &rules.meetings.schedule;
        let found = schedule.meetings(day("2026-11-01"), day("2026-12-31"), &rules.holidays);
        let days: Vec<String> = found.iter().map(|found| found.day.to_string()).collect();
        days.join(" ")
    };
    assert_eq!(of("main"), "2026-11-10 2026-12-08");
    assert_eq!(of("second"), "2026-11-24 2026-12-22");
}

#[test]
fn a_panel_without_meetings_is_told() {
    let text = format!(
        "{COUNCIL}{PANELS}[[meetings]]\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nonly = \"main\"\nclause = \"2\"\n"
    );
    let (fault, _) = only_fault(&text);
    assert_eq!(
        (fault.kind, fault.path.as_str()),
        (FaultKind::MissingField, "meetings")
    );
    let help = fault.help.expect("whose");
    assert!(help.contains("of second"), "{help}");
}

/// The days on which a panel with this calendar meets in a stretch.
fn days(meetings: &str, from: &str, to: &str) -> String {
    let text = format!("{COUNCIL}[meetings]\n{meetings}\nstart = 10:00:00\nclause = \"2\"\n");
    let council = council(&text);
    let schedule = &council.meetings.schedule;
    let found = schedule.meetings(day(from), day(to), &council.holidays);
    let days: Vec<String> = found.iter().map(|found| found.day.to_string()).collect();
    days.join(" ")
}

#[test]
fn several_sittings_a_month_and_the_last_of_the_month_are_nth_weekdays() {
    let tuesdays = |nth: &str| {
        let pattern = format!("every = \"month\"\non = \"tuesday\"\nnth = {nth}");
        days(&pattern, "2026-06-01", "2026-07-31")
    };
    assert_eq!(
        tuesdays("[1, 3]"),
        "2026-06-02 2026-06-16 2026-07-07 2026-07-21"
    );
    // June 2026 has five Tuesdays, July four.
    assert_eq!(tuesdays("[5]"), "2026-06-30");
    assert_eq!(tuesdays("[-1]"), "2026-06-30 2026-07-28");
    assert_eq!(
        days(
            "every = \"month\"\non = \"tuesday\"\nnth = [1, 3]\nnot_on = [2026-06-16]",
            "2026-06-01",
            "2026-07-31"
        ),
        "2026-06-02 2026-07-07 2026-07-21"
    );
}

#[test]
fn a_calendar_of_days_has_those_days_and_no_others() {
    assert_eq!(
        days(
            "dates = [2026-06-04, 2026-07-23, 2026-10-01]\nnot_on = [2026-07-23]",
            "2026-01-01",
            "2027-12-31"
        ),
        "2026-06-04 2026-10-01"
    );
}

#[test]
fn every_second_week_is_counted_from_any_one_meeting() {
    let fortnightly = |counted_from: &str| {
        let pattern =
            format!("every = \"2 weeks\"\non = \"thursday\"\ncounted_from = {counted_from}");
        days(&pattern, "2026-11-01", "2026-12-05")
    };
    assert_eq!(fortnightly("2026-11-12"), "2026-11-12 2026-11-26");
    // A meeting years later or earlier gives the same weeks.
    assert_eq!(fortnightly("2024-11-14"), "2026-11-12 2026-11-26");
    assert_eq!(
        fortnightly("2026-11-19"),
        "2026-11-05 2026-11-19 2026-12-03"
    );

    let text = format!(
        "{COUNCIL}[meetings]\nevery = \"2 weeks\"\non = \"thursday\"\nstart = 10:00:00\nclause = \"2\"\n"
    );
    let (fault, line) = only_fault(&text);
    assert_eq!(line, "every = \"2 weeks\"");
    let help = fault.help.expect("what to do");
    assert!(help.contains("counted_from"), "{help}");
}
