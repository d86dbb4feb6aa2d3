//! Whether there is anything to decide, and whether the decision would break a rule.

use super::{Args, Hearing};
use crate::cli::{Exit, say};
use crate::council::ChecklistPoint;
use crate::desk::{Desk, Standing};
use crate::findings::Finding;
use crate::folder::{DecisionFile, File, nearest};
use crate::records::Decision;
use crate::rules;

/// Why nothing can be decided.
pub(super) struct Refusal {
    text: String,
    exit: Exit,
}

impl Refusal {
    fn refused(text: impl Into<String>) -> Self {
        Self { text: text.into(), exit: Exit::Findings }
    }

    /// Tells it, and that nothing was written.
    pub(super) fn tell(self) -> anyhow::Result<Exit> {
        say(&format!("{}; nothing was written", self.text));
        Ok(self.exit)
    }
}

/// The case and the meeting, where a decision can be made there.
pub(super) fn hearing<'d, 'a>(args: &Args, desk: &'d Desk<'a>) -> Result<Hearing<'d, 'a>, Refusal> {
    let Some(case) = desk.case(&args.reference) else {
        let near = nearest(&args.reference, desk.references()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        return Err(Refusal { text: format!("there is no referral {}{near}", args.reference), exit: Exit::Usage });
    };
    let Some(meeting) = desk.meeting_of(args.date).filter(|meeting| meeting.is_expected) else {
        let next = desk.first_from(args.date).map(|next| format!("; the next meeting from then on is {}", next.on.with_weekday())).unwrap_or_default();
        return Err(Refusal::refused(format!("the panel does not meet on {}{next}", args.date.with_weekday())));
    };
    let hearing = Hearing { desk, case, meeting };
    if meeting.is_cancelled {
        return Err(Refusal::refused(format!("the meeting of {} was cancelled", meeting.day.with_weekday())));
    }
    if meeting.on > desk.today() {
        return Err(Refusal::refused(format!(
            "the meeting of {} has not been held yet: today is {}",
            meeting.on.with_weekday(),
            desk.today().with_weekday()
        )));
    }
    if case.file.is_unreadable() {
        return Err(Refusal::refused(format!("{} cannot be read: run `panel check {}`", case.reference(), case.file.path)));
    }
    match case.standing {
        Standing::Withdrawn => return Err(Refusal::refused(format!("{} was withdrawn", case.reference()))),
        Standing::Draft => return Err(Refusal::refused(format!("{} is a draft that was never submitted", case.reference()))),
        _ => {}
    }
    match (hearing.in_force(), &args.amend) {
        (Some(before), None) if before.record.outcome.as_deref() != Some("pending") => Err(Refusal::refused(format!(
            "{} was decided at this meeting ({}); a decision is never changed, but `--amend REASON` writes another beside it",
            case.reference(),
            before.path
        ))),
        (None, Some(_)) => Err(Refusal::refused(format!("there is no decision on {} at this meeting to amend", case.reference()))),
        _ => Ok(hearing),
    }
}

impl<'a> Hearing<'_, 'a> {
    /// The decision already made at this meeting, whatever the desk's moment.
    pub(super) fn in_force(&self) -> Option<&'a File<Decision>> {
        self.rows().last().map(|row| &row.file)
    }

    /// Its number in the row: 1 for the first.
    pub(super) fn next_number(&self) -> u32 {
        self.rows().map(|row| row.number).max().map_or(1, |number| number + 1)
    }

    fn rows(&self) -> impl Iterator<Item = &'a DecisionFile> {
        let reference = self.case.reference();
        self.meeting.folder.into_iter().flat_map(|folder| &folder.decisions).filter(move |row| row.file.record.referral == reference)
    }

    /// The council's questions of this case.
    pub(super) fn checklist(&self) -> impl Iterator<Item = &'a ChecklistPoint> {
        let (desk, case) = (self.desk, self.case);
        let points: &'a [ChecklistPoint] = &desk.council.checklist;
        points.iter().filter(move |point| desk.holds(point.when.as_ref(), case))
    }
}

/// A decision as it would stand on the disk.
pub(super) struct DecisionText {
    /// Path from the case folder.
    pub(super) path: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// 1, or the number in its name.
    pub(super) number: u32,
    /// The meeting's folder.
    pub(super) meeting: String,
}

/// The rules that the decision would break, found by judging the folder as if it stood there; for
/// an approval also what holds the referral itself back and nobody has accepted.
pub(super) fn broken_rules(hearing: &Hearing<'_, '_>, text: &DecisionText) -> Vec<Finding> {
    let desk = hearing.desk;
    let mut folder = desk.folder.clone();
    let file = crate::folder::read_decision(text.path.clone(), text.bytes.clone(), text.number);
    let is_approval = matches!(file.file.record.outcome.as_deref(), Some("approve" | "approve-alternative"));
    match folder.meetings.iter_mut().find(|meeting| meeting.id == text.meeting) {
        Some(meeting) => meeting.decisions.push(file),
        None => folder.meetings.push(crate::folder::MeetingFolder {
            id: text.meeting.clone(),
            day: Some(hearing.meeting.day),
            decisions: vec![file],
            ..Default::default()
        }),
    }
    folder.meetings.sort_by(|one, other| one.id.cmp(&other.id));
    let after = Desk::new(&folder, desk.council, desk.as_of, desk.scope);
    let mut broken: Vec<Finding> = rules::judge(&after)
        .findings
        .into_iter()
        .filter(|finding| finding.is_error() && finding.place.file == text.path)
        .collect();
    let is_first = hearing.in_force().is_none();
    if is_approval && is_first && let Some(meeting) = after.meeting_in(&hearing.meeting.id) {
        let began = after.as_meeting_began(meeting);
        let path = &hearing.case.file.path;
        broken.extend(
            rules::judge(&began)
                .findings
                .into_iter()
                .filter(|finding| finding.is_error() && &finding.place.file == path),
        );
    }
    broken
}
