//! What comes to its end: what is over with it and what is not, and who is asked about it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use support::changes::refused;
use support::office::{Office, PLACEMENT, approved};

#[test]
fn what_was_approved_anew_keeps_its_review_though_the_earlier_approval_has_ended() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    office.does(
        "2027-01-21T18:00",
        &["act", "R-1", "--ended", "Broke down", "--on", "2027-01-20"],
    );
    assert_eq!(office.diary("2027-01-22T09:00", "review"), [""; 0]);
    let second = "{item: placement, description: Home two, weekly: 900, weeks: 10, one_off: 0, from: 2027-02-08}";
    office.decided(
        "R-1",
        "2027-02-01",
        &approved(second, "review: {on: 2027-03-15}"),
    );
    let reviews = office.diary("2027-02-02T09:00", "review");
    assert_eq!(reviews.len(), 1, "{reviews:?}");
    assert!(reviews[0].starts_with("R-1 2027-03-15"), "{reviews:?}");
    let check = office.told("2027-03-20T09:00", &["check", "--format", "json"]);
    assert!(check.contains("review-overdue"), "{check}");
    // And what ends that one ends its review.
    office.does(
        "2027-03-21T18:00",
        &[
            "act",
            "R-1",
            "--ended",
            "He went home",
            "--on",
            "2027-03-20",
        ],
    );
    assert_eq!(office.diary("2027-03-22T09:00", "review"), [""; 0]);
}

#[test]
fn the_end_of_an_addition_ends_no_review_of_where_the_child_lives() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.request("R-2", "transport", "review_of: R-1");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {every: 4 weeks}, until: 2027-07-12"),
    );
    let taxi = "{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}";
    office.decided("R-2", "2027-02-01", &approved(taxi, ""));
    let before = office.diary("2027-02-19T09:00", "review");
    assert!(
        before.iter().any(|line| line.starts_with("R-1 2027-02-01")),
        "{before:?}"
    );
    office.does(
        "2027-02-20T18:00",
        &[
            "act",
            "R-2",
            "--ended",
            "She walks now",
            "--on",
            "2027-02-20",
        ],
    );
    assert_eq!(office.diary("2027-02-21T09:00", "review"), before);
}

#[test]
fn the_end_of_what_goes_on_with_a_placement_ends_the_reviews_of_the_placement() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.request("R-2", "review", "review_of: R-1");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {every: 4 weeks}"),
    );
    office.decided("R-2", "2027-02-01", "outcome: approve");
    let before = office.diary("2027-02-19T09:00", "review");
    assert!(!before.is_empty());
    office.does(
        "2027-02-20T18:00",
        &[
            "act",
            "R-2",
            "--ended",
            "He went home",
            "--on",
            "2027-02-20",
        ],
    );
    assert_eq!(office.diary("2027-02-21T09:00", "review"), [""; 0]);
}

#[test]
fn an_approval_that_goes_on_is_not_taken_back_where_the_request_was_put_off_since() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}, until: 2027-07-12"),
    );
    let defer = "outcome: defer, deferred: {to: 2027-02-08, reason: beyond-remit}";
    office.decided("R-1", "2027-02-01", defer);
    let args = [
        "withdraw",
        "R-1",
        "--by",
        "E. Rudkin",
        "--role",
        "head-of-service",
    ];
    let told = refused(office.folder(), "2027-02-03T18:00", 1, &args);
    for words in [
        "R-1 was approved on Monday 4 January 2027, and that goes on",
        "`panel act R-1 --date 2027-01-04 --ended REASON`",
    ] {
        assert!(told.contains(words), "{told}");
    }
    // What has ended is no reason to hear it again.
    office.does(
        "2027-02-03T18:00",
        &[
            "act",
            "R-1",
            "--date",
            "2027-01-04",
            "--ended",
            "Broke down",
            "--on",
            "2027-02-02",
        ],
    );
    office.does("2027-02-03T18:10", &args);
}

/// 26 weeks from Monday 11 January 2027: the last day is Sunday 11 July, and the panel sits on the
/// Mondays 28 June, 5 July, 12 July.
#[test]
fn the_end_of_the_weeks_of_a_placement_is_asked_about_before_its_last_day_and_until_it_is_answered()
{
    for until in ["", ", until: 2027-07-12"] {
        let office = Office::new();
        office.request("R-1", "new-placement", "");
        let review = format!("review: {{none: Agreed for 26 weeks.}}{until}");
        office.decided("R-1", "2027-01-04", &approved(PLACEMENT, &review));
        let ends = "R-1 2027-07-11 A request to go on, or word that it ends";
        assert_eq!(
            office.diary("2027-01-05T09:00", "ending"),
            [ends],
            "{until}"
        );
        let before = "2027-06-27T09:00";
        assert!(!office.is_asked(before, "2027-06-28"), "{until}");
        assert_eq!(
            office.chased(before, "2027-07-05"),
            [
                "R-1 A request to go on, or word that it ends: what was approved ends on 11 July 2027"
            ],
            "{until}"
        );
        assert!(office.is_asked(before, "2027-07-05"), "{until}");
        assert!(!office.is_asked(before, "2027-07-12"), "{until}");
        // Nobody has answered: it stands at each coming meeting.
        assert!(office.is_asked("2027-07-06T09:00", "2027-07-12"), "{until}");
        assert!(office.is_asked("2027-09-01T09:00", "2027-09-06"), "{until}");
        let overdue = office.diary("2027-09-01T09:00", "ending");
        let gone = "R-1 2027-07-11 A request to go on, or word that it has ended";
        assert_eq!(overdue, [gone], "{until}");
        office.does(
            "2027-09-02T09:00",
            &[
                "act",
                "R-1",
                "--ended",
                "He went home",
                "--on",
                "2027-07-11",
            ],
        );
        assert!(
            !office.is_asked("2027-09-02T10:00", "2027-09-06"),
            "{until}"
        );
        assert_eq!(office.diary("2027-09-02T10:00", "ending"), [""; 0]);
    }
}

#[test]
fn a_placement_whose_review_was_refused_is_asked_about_at_its_end() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    // The review comes first, and asks.
    assert_eq!(office.diary("2027-01-05T09:00", "ending"), [""; 0]);
    office.request("R-2", "review", "review_of: R-1");
    office.decided("R-2", "2027-03-01", "outcome: decline");
    let ends = "R-1 2027-07-11 A request to go on, or word that it ends";
    assert_eq!(office.diary("2027-03-02T09:00", "ending"), [ends]);
    assert!(office.is_asked("2027-06-27T09:00", "2027-07-05"));
}

#[test]
fn what_is_gone_on_with_or_asked_for_is_not_asked_about() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    let never = "review: {none: Agreed for 26 weeks.}";
    office.decided("R-1", "2027-01-04", &approved(PLACEMENT, never));
    // A taxi beside it ends with its weeks, and says nothing of the placement.
    office.request("R-2", "transport", "review_of: R-1");
    let taxi = "{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}";
    office.decided("R-2", "2027-02-01", &approved(taxi, never));
    let of = |as_of: &str| office.diary(as_of, "ending");
    let starts = |rows: Vec<String>| -> Vec<String> {
        rows.iter().map(|row| row[..14].to_owned()).collect()
    };
    assert_eq!(starts(of("2027-06-01T09:00")), ["R-1 2027-07-11"]);
    assert!(office.is_asked("2027-06-27T09:00", "2027-07-05"));
    // One that has been sent waits for its own meeting.
    office.request("R-3", "continue-placement", "");
    assert_eq!(of("2027-06-01T09:00"), [""; 0]);
    assert_eq!(office.chased("2027-06-01T09:00", "2027-07-05"), [""; 0]);
    // It goes on the day after: nothing is cut short, and the earlier one is followed all the same.
    let next = "{item: placement, description: Foster home, weekly: 1000, weeks: 10, one_off: 0, from: 2027-07-12}";
    office.decided("R-3", "2027-06-21", &approved(next, never));
    assert_eq!(starts(of("2027-06-22T09:00")), ["R-3 2027-09-19"]);
}

#[test]
fn an_approval_without_an_end_is_asked_about_when_its_weeks_are_counted_out() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    let line = "{item: placement, description: Foster home, weekly: 1000, one_off: 0}";
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(line, "review: {none: For good.}"),
    );
    assert_eq!(
        office.diary("2027-02-01T09:00", "ending"),
        [
            "R-1 2028-01-09 The weeks that the log of spend counts end: a request to go on, or word that it ends"
        ]
    );
}

#[test]
fn a_placement_without_a_price_that_was_approved_until_a_day_is_asked_about_too() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    let line =
        "{item: placement, description: With the council's own carers, weekly: 0, one_off: 0}";
    let until = "review: {none: Agreed for 26 weeks.}, until: 2027-07-12";
    office.decided("R-1", "2027-01-04", &approved(line, until));
    assert!(!office.is_asked("2027-06-27T09:00", "2027-06-28"));
    assert!(office.is_asked("2027-06-27T09:00", "2027-07-05"));
    assert!(office.is_asked("2027-09-01T09:00", "2027-09-06"));
    assert_eq!(office.diary("2027-09-01T09:00", "ending").len(), 1);
    office.request("R-2", "continue-placement", "");
    office.decided("R-2", "2027-06-21", "outcome: approve");
    assert_eq!(office.diary("2027-09-01T09:00", "ending"), [""; 0]);
}

#[test]
fn what_is_no_place_to_live_is_asked_about_until_its_last_day_alone() {
    let office = Office::new();
    office.request("R-1", "transport", "");
    let taxi = "{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}";
    let until = "review: {none: A taxi.}, until: 2027-03-22";
    office.decided("R-1", "2027-01-04", &approved(taxi, until));
    assert!(office.is_asked("2027-03-14T09:00", "2027-03-15"));
    assert!(!office.is_asked("2027-03-23T09:00", "2027-04-05"));
    assert_eq!(office.diary("2027-03-23T09:00", "ending"), [""; 0]);
}
