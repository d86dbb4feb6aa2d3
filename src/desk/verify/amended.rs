//! An amendment and the day on which it took the place of the earlier decision.

use super::{Doubt, amendment_of, name_of};
use crate::desk::{Desk, is_of_other_money, is_of_other_terms};
use crate::findings::Severity;
use crate::folder::{DecisionFile, MeetingFolder};
use crate::records::{Day, Decision};

/// The day of an amendment is past, and not before the decision that it amends.
pub(super) fn has_its_day(
    desk: &Desk<'_>,
    folder: &MeetingFolder,
    decision: &DecisionFile,
    found: &mut Vec<Doubt>,
) {
    let record = &decision.file.record;
    let Some(day) = record.amends.as_ref().and_then(|amends| amends.on) else {
        return;
    };
    let path = &decision.file.path;
    let of_same = |row: &&DecisionFile| row.file.record.referral == record.referral;
    let rows = || folder.decisions.iter().filter(of_same);
    let is_followed = rows().any(|row| row.number > decision.number);
    if day > desk.today() && !is_followed {
        found.push(
            Doubt::error(
                "meeting-not-held",
                path,
                format!("this amendment is dated {}, which is still to come: until then every list has the earlier decision", day.with_weekday()),
                format!("put `amends.on` back where git or a copy has another day; where `panel decide` wrote this one, the clock of that machine was ahead: amend it once more, with the right day, {}", amendment_of(desk, path)),
            )
            .at("amends.on")
            .on(&record.referral),
        );
    }
    let earlier = || rows().filter(|row| row.number < decision.number);
    // What was decided between meetings can be amended before the meeting on whose record it stands.
    let is_between = |held: &Day| {
        earlier()
            .filter_map(|row| made_on(row, folder))
            .any(|on| on < *held)
    };
    let before_meeting = folder.day.filter(|held| *held > day && !is_between(held));
    let before_another = earlier()
        .filter_map(|row| made_on(row, folder))
        .max()
        .filter(|earlier| *earlier > day);
    // Two clocks that disagreed: the order of the files says which is in force.
    let (severity, earlier) = match (before_meeting, before_another) {
        (Some(held), _) => (Severity::Error, held),
        (None, Some(earlier)) => (Severity::Warning, earlier),
        (None, None) => return,
    };
    found.push(
        Doubt::about(
            "meeting-not-held",
            severity,
            path,
            format!(
                "this amendment is dated {}, before the decision that it amends ({}): it is in force all the same, as the one written last",
                day.with_weekday(),
                earlier.with_weekday()
            ),
            "put `amends.on` back where git or a copy has another day; where `panel decide` wrote both, the clock of one machine was wrong, and nothing is to be done",
        )
        .at("amends.on")
        .on(&record.referral),
    );
}

fn made_on(decision: &DecisionFile, folder: &MeetingFolder) -> Option<Day> {
    let record = &decision.file.record;
    let amended = record.amends.as_ref().and_then(|amends| amends.on);
    amended.or(record.decided_on).or(folder.day)
}

/// What was recorded before a decision was amended says nothing of the amendment. `panel decide`
/// puts it aside; who amends by hand, or joins two people's work, can leave it standing.
pub(super) fn is_recorded_anew(desk: &Desk<'_>, folder: &MeetingFolder, found: &mut Vec<Doubt>) {
    for after in &folder.after {
        let decisions = folder.decisions.iter();
        let mut row: Vec<&DecisionFile> = decisions
            .filter(|row| row.file.record.referral == after.stem())
            .collect();
        row.sort_by_key(|decision| decision.number);
        // The last amendment that changed what a mark is of, with its day.
        let last = |has_changed: fn(&Decision, &Decision) -> bool| {
            let pairs = row.windows(2).rev();
            let mut changed = pairs.filter_map(|pair| {
                let (before, now) = (&pair[0].file.record, &pair[1].file.record);
                let on = now.amends.as_ref()?.on.filter(|on| *on <= desk.today())?;
                has_changed(before, now).then_some((pair[1], on))
            });
            changed.next()
        };
        let (any, money, terms) = (
            last(|_, _| true),
            last(is_of_other_money),
            last(is_of_other_terms),
        );
        let record = &after.record;
        let uploaded = record.uploaded.map(|moment| moment.day());
        let signed = record.log_signed.as_ref().and_then(|signed| signed.on);
        let endorsed = record.endorsed.iter().filter_map(|given| given.on).min();
        let marks = [
            (
                "told_family",
                "the family was told",
                record.told_family,
                any,
            ),
            (
                "uploaded",
                "it was put on the child's record",
                uploaded,
                any,
            ),
            ("log_signed", "the log was signed for it", signed, money),
            ("endorsed", "it was endorsed", endorsed, terms),
        ];
        for (key, what, on, amended) in marks {
            let Some((on, (decision, amended))) =
                on.zip(amended).filter(|(on, (_, amended))| on < amended)
            else {
                continue;
            };
            found.push(
                Doubt::about(
                    "not-recorded-anew",
                    Severity::Warning,
                    &after.path,
                    format!(
                        "{what} on {}, and the decision was amended on {} ({}): that says nothing of the amendment",
                        on.with_weekday(),
                        amended.with_weekday(),
                        name_of(&decision.file.path)
                    ),
                    format!("put `{key}` under `before_amendment`, with the file of the earlier decision, as `{{decision: {}.yaml, {key}: …}}`; then record it anew when it is done", after.stem()),
                )
                .at(key)
                .on(after.stem()),
            );
        }
    }
}

/// What is put aside is of a decision whose place another has taken: where no other is there, that
/// one is lost.
pub(super) fn is_put_aside_for_another(folder: &MeetingFolder, found: &mut Vec<Doubt>) {
    for after in &folder.after {
        let rows: Vec<&DecisionFile> = folder
            .decisions
            .iter()
            .filter(|row| row.file.record.referral == after.stem())
            .collect();
        for (index, aside) in after.record.before_amendment.iter().enumerate() {
            let said = aside.decision.as_deref().unwrap_or_default().trim();
            let stem = said.strip_suffix(".yaml").unwrap_or(said);
            let own = rows.iter().find(|row| row.file.stem() == stem);
            let place = format!("before_amendment[{index}].decision");
            let doubt = match own {
                Some(own) if rows.iter().any(|row| row.number > own.number) => continue,
                Some(_) => Doubt::error(
                    "lost",
                    &after.path,
                    format!(
                        "what was recorded for {said} has been put aside here, and nothing has taken its place: the decision that did is missing"
                    ),
                    "put that decision back from a copy or from git",
                ),
                None => Doubt::error(
                    "gap",
                    &after.path,
                    match said {
                        "" => {
                            "what is put aside here does not say for which decision it was recorded"
                                .to_owned()
                        }
                        said => format!(
                            "what is put aside here was recorded for {said}, and no decision on {} at this meeting is that",
                            after.stem()
                        ),
                    },
                    "put it back as `panel decide` wrote it, or the decision, from a copy or from git",
                ),
            };
            found.push(doubt.at(&place).on(after.stem()));
        }
    }
}
