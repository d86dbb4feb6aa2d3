//! What is wrong with a meeting's record, or missing in it, before it is made final.

use crate::commands::minutes::Args;
use crate::commands::session::{Session, Trouble};
use crate::desk::{Desk, PanelMeeting};
use crate::findings::{Finding, Severity};
use crate::output;
use crate::rules;

/// Refuses a record in which `check` finds an error, or that leaves open what the minutes ought to
/// say, unless it is to be made final as it stands. What is told with less weight holds nothing up.
pub(super) fn is_whole(
    args: &Args,
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    session: &mut Session<'_>,
) -> Result<(), Trouble> {
    let found = found(desk, meeting);
    let (errors, warnings): (Vec<&Finding>, Vec<&Finding>) =
        found.iter().partition(|finding| finding.is_error());
    let missing = missing(meeting);
    for finding in warnings {
        session.tell(&format!("note: {}", in_words(finding)));
    }
    for remark in presented_by_nobody(desk, meeting) {
        session.tell(&remark);
    }
    if errors.is_empty() && missing.is_empty() {
        return Ok(());
    }
    let on = meeting.on.with_weekday();
    let mut told: Vec<String> = Vec::new();
    for finding in errors {
        told.push(in_words(finding));
        told.extend(finding.help.as_ref().map(|help| format!("    {help}")));
    }
    told.extend(missing);
    if args.as_it_stands().is_some() {
        session.tell_listing(
            &format!("the record of {on} is made final as it stands:"),
            &told,
        );
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "the record of {on} is not ready to be made final; nothing was written"
    ))
    .listing(told)
    .hint("put it right first; where that cannot be done any more, --as-it-stands REASON makes it final all the same, and the reason is kept with it"))
}

/// Rules about what follows a decision: that it has not been done yet is no fault of what is sealed.
const OF_WHAT_FOLLOWS: [&str; 5] = [
    "action-overdue",
    "decision-overdue",
    "endorsement-overdue",
    "new-placement-overdue",
    "review-overdue",
];

/// What is found in the meeting's own file and in its decisions, but what follows them and what the
/// office still has to do.
fn found(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<Finding> {
    let own = format!("meetings/{}/meeting.yaml", meeting.id);
    let decisions = format!("meetings/{}/decisions/", meeting.id);
    let follows = |id: &str| {
        let mut duties = meeting.rules.deadlines.iter();
        OF_WHAT_FOLLOWS.contains(&id) || duties.any(|duty| duty.finding == id)
    };
    let findings = rules::judge(desk).findings.into_iter();
    findings
        .filter(|finding| finding.place.file == own || finding.place.file.starts_with(&decisions))
        .filter(|finding| finding.severity != Severity::Note && !follows(&finding.rule))
        .collect()
}

fn in_words(finding: &Finding) -> String {
    output::visible(&format!(
        "[{}] {}: {}",
        finding.rule, finding.place.file, finding.message
    ))
}

/// Lists that are absent, which says that nobody has written them down: where there was nothing to
/// write, they are there and empty.
fn missing(meeting: &PanelMeeting<'_>) -> Vec<String> {
    let folder = meeting.folder;
    let Some(file) = folder.and_then(|folder| folder.meeting.as_ref()) else {
        return Vec::new();
    };
    let record = &file.record;
    let has_cases = folder.is_some_and(|folder| !folder.decisions.is_empty());
    let lists = [
        (
            record.chair.is_none(),
            "who chaired",
            "`chair: {name: …, role: …}`",
        ),
        (
            record.attendance.is_none(),
            "who was there",
            "`attendance:`, a line for each member",
        ),
        (
            record.declarations.is_none(),
            "what members declared",
            "`declarations:`, or `declarations: []` where they were asked and there was none",
        ),
        (
            has_cases && record.presented.is_none(),
            "who presented the cases",
            "`presented:`, or `presented: []` where nobody did",
        ),
    ];
    let absent = lists.into_iter().filter(|(is_absent, ..)| *is_absent);
    absent
        .map(|(_, what, how)| {
            format!(
                "{}: it is not recorded {what}; write {how}",
                output::visible(&file.path)
            )
        })
        .collect()
}

/// Cases of which the list of presenters, which is there, has none.
fn presented_by_nobody(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<String> {
    let folder = meeting.folder;
    let file = folder.and_then(|folder| folder.meeting.as_ref());
    let rows = file.and_then(|file| file.record.presented.as_deref());
    let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
        return Vec::new();
    };
    let decided = desk.cases().iter().filter(|case| {
        let mut decisions = case.decisions.iter();
        decisions.any(|made| made.meeting == meeting.id)
    });
    decided
        .map(|case| case.reference())
        .filter(|reference| {
            !rows
                .iter()
                .any(|row| row.referral.as_deref() == Some(*reference))
        })
        .map(|reference| {
            format!("note: it is not recorded who presented {reference}, and the minutes say so")
        })
        .collect()
}
