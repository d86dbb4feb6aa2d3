//! References to referrals that the folder does not hold.
use super::super::prelude::*;
use crate::desk::are_two_children;
use crate::records::Text;

pub(super) const RULE: Rule = Rule {
    id: "unknown-reference",
    summary: "a reference to a referral, a panel or a time limit that is not there",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("unknown_reference.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.cases() {
        done(case, found);
        review_of_itself(case, found);
        let place = Desk::place(case.file, "for");
        panel(
            desk,
            found,
            place,
            case.referral().r#for.as_ref(),
            case.reference(),
        );
    }
    if desk.scope != Scope::Folder {
        return;
    }
    for case in desk.cases() {
        let referral = case.referral();
        let lists = [("with", &referral.with), ("siblings", &referral.siblings)];
        for (key, references) in lists {
            for (row, reference) in references.iter().enumerate() {
                tell(
                    desk,
                    found,
                    Desk::place(case.file, format!("{key}[{row}]")),
                    reference,
                    case.reference(),
                );
            }
        }
        let single = [
            ("part_of", referral.part_of.as_ref()),
            ("request.review_of", referral.request.review_of.as_ref()),
        ];
        for (path, reference) in single {
            if let Some(reference) = reference {
                tell(
                    desk,
                    found,
                    Desk::place(case.file, path),
                    reference,
                    case.reference(),
                );
            }
        }
    }
    for case in desk.cases() {
        review_of_another_child(desk, case, found);
        lead_and_part(desk, case, found);
    }
    for meeting in &desk.folder.meetings {
        for decision in &meeting.decisions {
            let reference = &decision.file.record.referral;
            tell(
                desk,
                found,
                Desk::place(&decision.file, "referral"),
                reference,
                reference,
            );
        }
        if let Some(file) = &meeting.meeting {
            for (key, said) in [("panel", &file.record.panel), ("part", &file.record.part)] {
                panel(desk, found, Desk::place(file, key), said.as_ref(), "");
            }
            in_meeting(desk, file, found);
        }
    }
}

/// Tells a request that is to bring back itself: nothing earlier would come back with it.
fn review_of_itself(case: &Case<'_>, found: &mut Findings) {
    if case.referral().request.review_of.as_deref() != Some(case.reference()) {
        return;
    }
    found
        .at(
            Desk::place(case.file, "request.review_of"),
            "a request cannot review itself: this is its own reference",
        )
        .help("write the reference of the earlier request, whose decision is to be reviewed; where that is this one, bring it back with a new request: `panel new NEW-REFERENCE`")
        .about(case.reference());
}

/// Tells a review of what was decided for another child, a slip of a digit: it would print that
/// child's decision in this one's case, and count as that child's review.
fn review_of_another_child(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(reference) = &case.referral().request.review_of else {
        return;
    };
    if let Some(earlier) = desk.case(reference)
        && are_two_children(case, earlier)
    {
        found
            .at(
                Desk::place(case.file, "request.review_of"),
                format!("{reference} is about another child, so nothing of it comes back with this"),
            )
            .help("write the reference of this child's own referral; if both are about one child, put number, name and date of birth right where they are wrong")
            .about(case.reference());
    }
}

/// Tells a request that says it is part of another which says nothing of it, or is a part itself;
/// one that is to bring in another which does not say so; and a lead and its part that go to
/// different meetings, on each of which the same money would be asked for.
fn lead_and_part(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let (own, referral) = (case.reference(), case.referral());
    let mut tell = |path: String, message: String, help: String| {
        let _ = found
            .at(Desk::place(case.file, path), message)
            .help(help)
            .about(own)
            .weighing(Severity::Warning);
    };
    let is_open = |case: &Case<'_>| case.standing != Standing::Withdrawn;
    if !is_open(case) {
        return;
    }
    for (row, reference) in referral.with.iter().enumerate() {
        if let Some(part) = desk.case(reference).filter(|part| is_open(part))
            && part.referral().part_of.as_deref() != Some(own)
        {
            tell(
                format!("with[{row}]"),
                format!("{reference} does not say that it is part of this request"),
                format!(
                    "write `part_of: {own}` in {}, or take {reference} out of `with`",
                    part.file.path
                ),
            );
        }
    }
    let lead = referral.part_of.as_deref().and_then(|lead| desk.case(lead));
    // One that has been taken back is told with the costs that it leaves.
    let Some(lead) = lead.filter(|lead| is_open(lead)) else {
        return;
    };
    let other = lead.reference();
    if let Some(third) = &lead.referral().part_of {
        tell(
            "part_of".to_owned(),
            format!(
                "{other} is part of another request itself ({third}), so the costs of this one stand nowhere"
            ),
            format!(
                "write as `part_of` the one request that has the costs, in this file and in {}",
                lead.file.path
            ),
        );
    } else if !lead.referral().with.iter().any(|part| part == own) {
        tell(
            "part_of".to_owned(),
            format!("{other} does not say that this is part of it"),
            format!(
                "write `with: [{own}]` in {}, beside others that stand there; or take `part_of` out and write `costs:` of its own",
                lead.file.path
            ),
        );
    }
    let (here, there) = (desk.meeting_for(case), desk.meeting_for(lead));
    if let (Some(here), Some(there)) = (here, there)
        && here.id != there.id
        && case.is_waiting()
        && lead.is_waiting()
    {
        tell(
            "part_of".to_owned(),
            format!(
                "this goes to the meeting of {}, and {other}, which it is part of, to that of {}: both would ask for the same money",
                here.on.with_weekday(),
                there.on.with_weekday()
            ),
            format!(
                "write the same day as `panel:` in both, like `panel: {}`",
                here.day.max(there.day)
            ),
        );
    }
}

/// Tells a time limit that is said to be met and that the council has not.
fn done(case: &Case<'_>, found: &mut Findings) {
    let known = || case.rules.timers.iter().map(|timer| timer.id.as_str());
    for id in case.referral().done.keys() {
        if known().any(|known| known == id) {
            continue;
        }
        let help = match crate::folder::nearest(id, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the name that `panel check` prints between brackets, or take the line out if this council has no such limit".to_owned(),
        };
        found
            .at(
                Desk::place(case.file, format!("done.{id}")),
                format!("there is no time limit `{id}` for this request"),
            )
            .help(help)
            .about(case.reference());
    }
}

/// Tells a panel or part that the council has not.
fn panel(
    desk: &Desk<'_>,
    found: &mut Findings,
    place: crate::findings::Place,
    said: Option<&Text>,
    reference: &str,
) {
    let ids: Vec<&str> = desk.book.panels.iter().map(|own| own.id.as_str()).collect();
    let Some(said) = said.filter(|said| !ids.contains(&said.as_str())) else {
        return;
    };
    let help = match (
        crate::folder::nearest(said, ids.iter().copied()),
        ids.is_empty(),
    ) {
        (_, true) => "this council has one panel: take the line out".to_owned(),
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, _) => format!("this council's panels are {}", ids.join(", ")),
    };
    found
        .at(place, format!("there is no panel `{said}`"))
        .help(help)
        .about(reference);
}

fn in_meeting(
    desk: &Desk<'_>,
    file: &crate::folder::File<crate::records::Meeting>,
    found: &mut Findings,
) {
    let record = &file.record;
    let named =
        record
            .declarations
            .iter()
            .flatten()
            .enumerate()
            .map(|(row, entry)| {
                (
                    format!("declarations[{row}].referral"),
                    entry.referral.as_ref(),
                )
            })
            .chain(
                record.accepted.iter().enumerate().map(|(row, entry)| {
                    (format!("accepted[{row}].referral"), entry.referral.as_ref())
                }),
            )
            .chain(
                record
                    .presented
                    .iter()
                    .flatten()
                    .enumerate()
                    .map(|(row, entry)| {
                        (
                            format!("presented[{row}].referral"),
                            entry.referral.as_ref(),
                        )
                    }),
            )
            .chain(
                record
                    .order
                    .iter()
                    .enumerate()
                    .map(|(row, reference)| (format!("order[{row}]"), Some(reference))),
            );
    for (path, reference) in named {
        if let Some(reference) = reference {
            tell(desk, found, Desk::place(file, path), reference, "");
        }
    }
}

fn tell(
    desk: &Desk<'_>,
    found: &mut Findings,
    place: crate::findings::Place,
    reference: &str,
    about: &str,
) {
    if desk.case(reference).is_some() {
        return;
    }
    let help = match crate::folder::nearest_reference(reference, desk.references()) {
        Some(near) => format!("did you mean {near}?"),
        None => "put the reference right, or add that referral to the folder (`panel new`), even as a draft".to_owned(),
    };
    found
        .at(
            place,
            format!("there is no referral {reference} in this folder"),
        )
        .help(help)
        .about(about);
}
