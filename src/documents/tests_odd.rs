//! Documents of folders in which little is said, or something odd.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::{Document, Options};
use crate::council::load_council;
use crate::desk::{Desk, Scope};
use crate::folder::Folder;
use std::path::Path;

const BARE: &str = "reference: R-1\npanel: 2026-11-26\nsubmitted: 2026-11-20\nchild: {name: \"<b>Zo*e* | [x](y)\"}\nworker: {}\nrequest: {}\n";

/// Every document of a folder with these files, on 1 December 2026 at 09:00.
fn documents_of(files: &[(&str, &str)]) -> Vec<Document> {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    let settings = super::tests::example().join("panel.toml");
    std::fs::copy(settings, place.path().join("panel.toml")).expect("a file");
    let folder = Folder::load(place.path()).expect("it loads");
    let named = folder
        .settings
        .council
        .as_deref()
        .expect("it names its council");
    let council = load_council(named, Path::new(".")).expect("a built-in council");
    let now = "2026-12-01T09:00:00".parse().expect("a moment");
    let desk = Desk::new(&folder, &council, now, Scope::Folder);
    let options = Options::default();
    let mut all = Vec::new();
    for day in ["2026-11-26", "2026-12-03"] {
        let meeting = desk
            .meeting_on(day.parse().expect("a day"), None)
            .expect("a meeting");
        all.push(super::agenda(&desk, meeting, true, options));
        all.push(super::minutes(&desk, meeting, options));
    }
    for case in desk.cases() {
        for made in &case.decisions {
            all.push(super::record(&desk, case, made, options));
            all.push(super::letter(&desk, case, made, options));
        }
    }
    let entries = crate::rules::diary(&desk);
    all.push(super::diary(
        &desk,
        &entries,
        super::DiaryAsked::default(),
        options,
    ));
    let meetings: Vec<_> = desk.meetings().iter().collect();
    all.push(super::calendar(&desk, &meetings, options));
    all
}

fn with_decision(decision: &str) -> Vec<Document> {
    let decision = format!("referral: R-1\nmeeting: 2026-11-26\n{decision}");
    documents_of(&[
        ("referrals/R-1.yaml", BARE),
        ("meetings/2026-11-26/decisions/R-1.yaml", &decision),
    ])
}

fn text_of(documents: &[Document], place: &str) -> String {
    documents
        .iter()
        .find(|document| document.place == place)
        .map(|document| document.words().clone())
        .expect("a document")
}

#[test]
fn a_bare_decision_of_every_outcome_makes_every_document() {
    for outcome in [
        "approve",
        "approve-alternative",
        "decline",
        "defer",
        "pending",
        "note",
        "unheard-of",
    ] {
        let documents = with_decision(&format!("outcome: {outcome}\n"));
        for document in &documents {
            let text = &document.words();
            assert!(
                !text.contains("\n\n\n") && !text.contains("none\n"),
                "{text}"
            );
            assert!(!text.contains(". .") && !text.contains(" ,"), "{text}");
            assert!(
                !text.contains("<b>Z") || text.contains("\\<b\\>Z"),
                "{text}"
            );
        }
        let record = text_of(&documents, "records/R-1/2026-11-26.md");
        assert!(
            record.contains("\\<b\\>Zo\\*e\\* \\| \\[x\\](y)"),
            "{record}"
        );
    }
}

#[test]
fn a_blank_name_elsewhere_neither_hangs_nor_takes_the_own_name_away() {
    let decision =
        "referral: R-1\nmeeting: 2026-11-26\noutcome: decline\nrationale: Zoe can wait.\n";
    let of = |reference: &str, child: &str| {
        format!("reference: {reference}\nchild: {child}\nworker: {{}}\nrequest: {{}}\n")
    };
    let documents = documents_of(&[
        (
            "referrals/R-1.yaml",
            &format!(
                "submitted: 2026-11-20\n{}",
                of("R-1", "{name: Zoe K., case_id: \"1\"}")
            ),
        ),
        ("referrals/R-2.yaml", &of("R-2", "{name: \"\"}")),
        ("referrals/R-3.yaml", &of("R-3", "{name: Zoe K.}")),
        (
            "referrals/R-4.yaml",
            &of("R-4", "{name: Zoe K., case_id: \"2\"}"),
        ),
        ("meetings/2026-11-26/decisions/R-1.yaml", decision),
    ]);
    let record = text_of(&documents, "records/R-1/2026-11-26.md");
    assert!(record.contains("Zoe K."), "{record}");
}

#[test]
fn a_full_decision_is_told_in_full() {
    let documents = with_decision(concat!(
        "outcome: approve\n",
        "decided_on: 2026-11-28\n",
        "decided_by: {name: M. Osei, role: deputy-director}\n",
        "subject_to: [{role: service-director, for: distance}]\n",
        "amends: {decision: R-1.yaml, reason: A line was wrong.}\n",
        "approved: [{item: placement, weekly: 100.00}]\n",
        "not_attended: {resources: kept, risk: None at once.}\n",
        "refer_to: [complex-needs-panel]\n",
        "review: {every: 4 weeks}\n",
        "unmet_need: No night carer.\n",
        "dissent: [{member: T. Reeve, reason: Too long.}]\n",
    ));
    let record = text_of(&documents, "records/R-1/2026-11-26.md");
    for wanted in [
        "**Amended.** Why it was changed: A line was wrong.",
        "Decided on Saturday 28 November 2026, after the meeting.",
        "In principle, until endorsed by: Service director (distance).",
        "open-ended (52 count)",
        "£5,200.00",
        "**Expenditure signed by:** not yet signed",
        "Resources meanwhile: kept. Risk of waiting: None at once.",
        "**Return to panel:** every 4 weeks",
        "**Referred to:** Complex needs panel",
        "No night carer.",
        "- T. Reeve: Too long.",
    ] {
        assert!(record.contains(wanted), "{wanted} in {record}");
    }
    let letter = text_of(&documents, "records/R-1/2026-11-26-letter.md");
    assert!(
        letter.contains("This still has to be confirmed by: Service director."),
        "{letter}"
    );
    assert!(letter.contains("in all."), "{letter}");
    let minutes = text_of(&documents, "meetings/2026-11-26/minutes.md");
    assert!(
        minutes.contains("Not recorded.") && minutes.contains("not yet signed"),
        "{minutes}"
    );
}

#[test]
fn an_amended_decision_names_the_earlier_one() {
    let first = "referral: R-1\nmeeting: 2026-11-26\noutcome: decline\n";
    let second = "referral: R-1\nmeeting: 2026-11-26\noutcome: approve\namends: {decision: R-1.yaml, reason: A slip.}\n";
    let documents = documents_of(&[
        ("referrals/R-1.yaml", BARE),
        ("meetings/2026-11-26/decisions/R-1.yaml", first),
        ("meetings/2026-11-26/decisions/R-1.2.yaml", second),
    ]);
    let record = text_of(&documents, "records/R-1/2026-11-26.md");
    assert!(
        record.contains("The earlier decision was “Resource declined”."),
        "{record}"
    );
    assert!(record.contains("- [x] Resource approved"), "{record}");
}

#[test]
fn a_cancelled_meeting_is_told_as_such() {
    let documents = documents_of(&[
        ("referrals/R-1.yaml", BARE),
        (
            "meetings/2026-11-26/meeting.yaml",
            "date: 2026-11-26\ncancelled: {agreed_by: {name: M. Osei, role: deputy-director}, reason: Snow.}\n",
        ),
    ]);
    for place in ["agenda.md", "minutes.md"] {
        let text = text_of(&documents, &format!("meetings/2026-11-26/{place}"));
        assert!(
            text.contains("called off") && text.contains("Snow."),
            "{text}"
        );
        assert!(!text.contains("carried over"), "{text}");
    }
    assert!(text_of(&documents, "calendar.md").contains("Cancelled: Snow."));
}
