//! Each remark has a file that earns it, and sound files earn none.

use super::*;
use crate::council::{BUILT_IN, parse_whole};

const LEAST: &str = "[council]
name = \"Borough of Wendham\"
panel = \"Panel\"
clause = \"1\"
[meetings]
every = \"week\"
on = \"thursday\"
start = 14:00:00
clause = \"2\"
";
const FIRST: u32 = 10;

fn remarks_of(text: &str) -> Vec<Remark> {
    let loaded = parse_whole("draft", "draft.toml", text);
    let loaded = loaded.unwrap_or_else(|error| panic!("{error:?}"));
    lint(&Wanted {
        loaded: &loaded,
        today: "2026-11-24".parse().expect("a day"),
    })
}

/// The one remark on what is added: its id, its line from there and its first column.
fn only(added: &str) -> (&'static str, u32, u32, Remark) {
    let mut remarks = remarks_of(&format!("{LEAST}{added}"));
    assert_eq!(remarks.len(), 1, "{added}\n{remarks:#?}");
    let remark = remarks.remove(0);
    (
        remark.id,
        remark.span.line + 1 - FIRST,
        remark.span.column,
        remark,
    )
}

#[test]
fn a_plain_file_earns_no_remark() {
    assert_eq!(remarks_of(LEAST), []);
}

#[test]
fn built_in_councils_have_no_remark_at_error_level() {
    for (id, text) in BUILT_IN {
        let loaded = parse_whole(id, id, text).expect("it loads");
        let remarks = lint(&Wanted {
            loaded: &loaded,
            today: "2026-11-24".parse().expect("a day"),
        });
        let errors: Vec<_> = remarks
            .iter()
            .filter(|remark| remark.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{id}: {errors:#?}");
    }
}

#[test]
fn conditions_that_never_or_always_hold_are_told_at_their_text() {
    let (id, line, column, _) =
        only("[costs]\nwhen = \"child.age > 18 and child.age < 16\"\nclause = \"3\"\n");
    assert_eq!((id, line, column), ("condition-never-holds", 2, 8));
    let (id, ..) = only("[cut_off]\ndays_before = 3\nexempt = \"true\"\nclause = \"3\"\n");
    assert_eq!(id, "condition-always-holds");
    let (id, .., remark) = only(
        "[costs]\nwhen = \"emergency or request.kind == 'legal' and request.kind == 'review'\"\nclause = \"3\"\n",
    );
    assert_eq!(id, "condition-never-holds");
    assert!(remark.message.contains("alternative 2"), "{remark:?}");
}

#[test]
fn a_threshold_is_compared_by_its_amount_unless_that_changes() {
    let amount = "[thresholds.panel]\namount = 1000\nclause = \"3\"\n";
    let costs = "[costs]\nwhen = \"cost.total > threshold.panel and cost.total < '£900'\"\nclause = \"3\"\n";
    assert_eq!(only(&format!("{amount}{costs}")).0, "condition-never-holds");
    let amounts = "[[thresholds.panel]]\namount = 1000\nuntil = 2027-01-01\nclause = \"3\"\n\
                   [[thresholds.panel]]\namount = 500\nfrom = 2027-01-01\nclause = \"3\"\n";
    assert_eq!(remarks_of(&format!("{LEAST}{amounts}{costs}")), []);
}

#[test]
fn a_threshold_that_nothing_asks_for_is_told() {
    let amount = "[thresholds.high]\namount = 1000\nfor_remit = false\nclause = \"3\"\n";
    let (id, line, ..) = only(amount);
    assert_eq!((id, line), ("threshold-unused", 1));
    let used = "[costs]\nwhen = \"cost.total > threshold.high\"\nclause = \"3\"\n";
    assert_eq!(remarks_of(&format!("{LEAST}{amount}{used}")), []);
}

#[test]
fn two_entries_of_one_id_at_once_are_told_and_one_after_the_other_are_not() {
    let entry = |days: &str| {
        format!("[[document]]\nid = \"plan\"\nany_of = [\"care-plan\"]\nclause = \"3\"\n{days}")
    };
    let (id, line, ..) = only(&format!("{}{}", entry(""), entry("when = \"emergency\"\n")));
    assert_eq!((id, line), ("same-id", 6));
    let dated = format!(
        "{LEAST}{}{}",
        entry("until = 2026-01-01\n"),
        entry("from = 2026-01-01\n")
    );
    assert_eq!(remarks_of(&dated), []);
}

#[test]
fn a_policy_past_its_review_is_told() {
    let policy =
        |due: &str| format!("[policy]\ntitle = \"P\"\nreview_due = {due}\nclause = \"3\"\n");
    let (id, line, ..) = only(&policy("2020-08-01"));
    assert_eq!((id, line), ("policy-past-review", 3));
    assert_eq!(remarks_of(&format!("{LEAST}{}", policy("2028-08-01"))), []);
}

#[test]
fn a_finding_of_deadlines_shares_its_id_with_no_check() {
    let rule =
        "[[rule]]\nid = \"plan-late\"\nwhen = \"emergency\"\nmessage = \"m\"\nclause = \"3\"\n";
    let deadline = |finding: &str| {
        format!(
            "[[deadline]]\nid = \"plan\"\ntask = \"t\"\nafter = \"meeting\"\ndays = 2\nfinding = \"{finding}\"\nclause = \"3\"\n"
        )
    };
    let (id, line, ..) = only(&format!("{rule}{}", deadline("plan-late")));
    assert_eq!((id, line), ("id-taken", 11));
    let apart = format!("{LEAST}{rule}{}", deadline("plan-overdue"));
    assert_eq!(remarks_of(&apart), []);
}

#[test]
fn chairs_sit_and_stand_ins_stand_in_for_chairs() {
    let member = "[[member]]\nrole = \"head-of-service\"\nclause = \"3\"\n";
    let (id, line, ..) = only(&format!(
        "{member}[[chair]]\nrole = \"assistant-director\"\nclause = \"3\"\n"
    ));
    assert_eq!((id, line), ("post-without-holder", 5));
    let from_outside = "[[chair]]\nrole = \"head-of-service\"\nclause = \"3\"\n\n[[chair]]\nrole = \"assistant-director\"\nonly_if_away = [\"head-of-service\"]\nclause = \"3\"\n";
    assert_eq!(remarks_of(&format!("{LEAST}{member}{from_outside}")), []);
    let (id, line, ..) = only(&format!(
        "{member}[[chair]]\nrole = \"head-of-service\"\nonly_if_away = [\"team-manager\"]\nclause = \"3\"\n"
    ));
    assert_eq!((id, line), ("post-does-not-chair", 6));
}

#[test]
fn a_quorum_can_be_reached() {
    let member = "[[member]]\nrole = \"head-of-service\"\nclause = \"3\"\n";
    let (id, ..) = only(&format!("{member}[[quorum]]\nnumber = 2\nclause = \"3\"\n"));
    assert_eq!(id, "quorum-out-of-reach");
    let (id, ..) = only(&format!(
        "{member}[[quorum]]\nnumber = 1\nof = \"team-manager\"\nclause = \"3\"\n"
    ));
    assert_eq!(id, "post-without-holder");
}

#[test]
fn figures_that_no_panel_has_are_told() {
    let birthday = |age| {
        format!(
            "[[milestone]]\nid = \"grown\"\nage = {age}\nlabel = \"birthday\"\nclause = \"3\"\n"
        )
    };
    assert_eq!(remarks_of(&format!("{LEAST}{}", birthday(25))), []);
    let (id, line, ..) = only(&birthday(220));
    assert_eq!((id, line), ("age-out-of-reach", 3));

    let cut_off = |figure| format!("[cut_off]\n{figure}\nclause = \"3\"\n");
    assert_eq!(
        remarks_of(&format!("{LEAST}{}", cut_off("working_days_before = 20"))),
        []
    );
    for figure in [
        "working_days_before = 300",
        "clear_working_days_before = 90",
        "days_before = 100",
        "hours_before = 2400",
        "on = \"friday\"\nweeks_before = 14",
    ] {
        let (id, line, ..) = only(&cut_off(figure));
        let line_of_figure = 1 + u32::try_from(figure.lines().count()).expect("few");
        assert_eq!((id, line), ("cut-off-far-off", line_of_figure), "{figure}");
    }
}

#[test]
fn a_panel_whose_days_have_all_gone_by_and_one_that_nobody_chairs_are_told() {
    let with_dates = |days: &str| {
        let dates = format!("dates = [{days}]");
        LEAST.replace("every = \"week\"\non = \"thursday\"", &dates)
    };
    assert_eq!(remarks_of(&with_dates("2026-01-07, 2026-11-24")), []);
    let past = remarks_of(&with_dates("2026-01-07, 2026-11-23"));
    assert_eq!(past.len(), 1, "{past:#?}");
    assert_eq!(past[0].id, "no-day-to-come");

    let chair = "[[chair]]\nrole = \"head-of-service\"\nclause = \"3\"\n";
    assert_eq!(remarks_of(&format!("{LEAST}{chair}")), []);
    let (id, ..) = only(&format!("{chair}off = true\n"));
    assert_eq!(id, "nobody-chairs");
}

#[test]
fn a_file_that_names_no_council_is_read_with_all_its_entries_on() {
    let text = "[[timer]]\nid = \"plan-late\"\nlabel = \"l\"\nafter = \"placed_on\"\nwithin = \"1 month\"\nwhen = \"emergency and not emergency\"\nclause = \"3\"\noff = true\n";
    let loaded = parse_whole("law", "law.toml", text).expect("it loads");
    assert!(loaded.is_base);
    let ids: Vec<&str> = loaded
        .council
        .listed
        .iter()
        .map(|entry| entry.id.as_str())
        .collect();
    assert_eq!(ids, ["timer/plan-late"]);
    assert_eq!(remarks_of(text)[0].id, "condition-never-holds");
}
