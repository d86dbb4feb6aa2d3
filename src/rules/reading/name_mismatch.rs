//! A record whose name or folder says something else than its text.
use super::super::prelude::*;
use crate::records::Text;

pub(super) const RULE: Rule = Rule {
    id: "name-mismatch",
    summary: "a file's name differs from what it says",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("name_mismatch.md"),
    check: Check::Desk(check),
};

const NOT_READ: &str = "a request of this name is not read, so nobody will see what it says";
const TO_BE_READ: &str =
    "end its name in `.yaml`, in small letters and with nothing behind it, or delete it";

fn check(desk: &Desk<'_>, found: &mut Findings) {
    if desk.scope == Scope::Alone {
        return;
    }
    for case in desk.cases() {
        // It was named itself; whoever looks at the whole folder does not find it.
        if !is_looked_for(&case.file.path) {
            found
                .at(Desk::place(case.file, ""), NOT_READ)
                .help(TO_BE_READ)
                .about(case.reference());
        } else if case.file.stem() != case.reference() && !case.file.is_unreadable() {
            found
                .at(
                    Desk::place(case.file, "reference"),
                    format!(
                        "the file is named `{}` and its reference is `{}`",
                        case.file.stem(),
                        case.reference()
                    ),
                )
                .help(format!(
                    "name the file {}.yaml, or put the reference right: one of the two is wrong",
                    case.reference()
                ))
                .about(case.reference());
        }
    }
    for path in &desk.folder.strays {
        let place = crate::findings::Place {
            file: path.clone(),
            path: String::new(),
            span: None,
        };
        if !path.contains('/') {
            let right = path.to_lowercase();
            found
                .at(place, format!("`{right}` is looked for, and this is called `{path}`: nobody will see what is in it"))
                .help(format!("name the folder `{right}`, in small letters"));
            continue;
        }
        let (message, help) = match (path.starts_with("referrals/"), is_looked_for(path)) {
            (true, true) => (
                "this is a link or no plain file, so it is not read and nobody will see what it says",
                "put the file itself here, or delete it",
            ),
            (true, false) => (NOT_READ, TO_BE_READ),
            (false, _) => (
                "a file of this name is not looked for here, so nobody will see what it says",
                "a decision belongs in decisions/REFERENCE.yaml below the meeting's folder, what followed it in after/REFERENCE.yaml, the meeting itself in meeting.yaml: move it there, or delete it",
            ),
        };
        found.at(place, message).help(help);
    }
    for meeting in &desk.folder.meetings {
        if crate::desk::named_folder(desk.book, meeting).is_none() {
            folder_name(desk, meeting, found);
            continue;
        }
        panel_name(desk, meeting, found);
        if let (Some(file), Some(day)) = (&meeting.meeting, meeting.day)
            && let Some(date) = file.record.date
            && date != day
        {
            found
                .at(
                    Desk::place(file, "date"),
                    format!("the folder is {day} and the date is {date}"),
                )
                .help("put the date right, or name the folder after it: one of the two is wrong")
                .of_meeting(&meeting.id);
        }
        for decision in &meeting.decisions {
            decision_name(meeting, decision, found);
        }
    }
}

/// Whether files of that name are read.
fn is_looked_for(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

/// Records in a folder whose name is no meeting's would otherwise be lost without a word.
fn folder_name(desk: &Desk<'_>, meeting: &crate::folder::MeetingFolder, found: &mut Findings) {
    let files = meeting
        .meeting
        .iter()
        .map(|file| &file.path)
        .chain(meeting.decisions.iter().map(|decision| &decision.file.path))
        .chain(meeting.after.iter().map(|file| &file.path));
    let (what, help) = what_is_wrong(desk.book, meeting);
    for path in files {
        let place = crate::findings::Place {
            file: path.clone(),
            path: String::new(),
            span: None,
        };
        found
            .at(place, format!("{what}, so nothing in this folder counts"))
            .help(help.clone())
            .of_meeting(&meeting.id);
    }
}

/// Why a folder's name is no meeting's, and what to call it.
fn what_is_wrong(
    book: &crate::council::Council,
    meeting: &crate::folder::MeetingFolder,
) -> (String, String) {
    let panel = meeting.id.get(10..).and_then(|rest| rest.strip_prefix('-'));
    let (Some(day), Some(panel)) = (meeting.day, panel) else {
        return (
            format!("`{}` is not the day of a meeting", meeting.id),
            "name the folder after the meeting's day, like meetings/2026-11-26".to_owned(),
        );
    };
    if book.first_panel() == Some(panel) {
        return (
            format!(
                "the first panel's folder is named `{day}`, not `{}`",
                meeting.id
            ),
            format!("name the folder meetings/{day}, or move what is in it there"),
        );
    }
    let others = || book.panels.iter().skip(1).map(|panel| panel.id.as_str());
    let help = match (crate::folder::nearest(panel, others()), others().count()) {
        (_, 0) => format!("this council has one panel: name the folder meetings/{day}"),
        (Some(near), _) => format!("did you mean meetings/{day}-{near}?"),
        (None, _) => format!(
            "name the folder meetings/{day} for {}, or meetings/{day}-ID with one of {}",
            book.first_panel().unwrap_or("the first panel"),
            others().collect::<Vec<_>>().join(", ")
        ),
    };
    (format!("there is no panel `{panel}`"), help)
}

/// A meeting's file that speaks of another panel than its folder; one that no panel is has its
/// own rule.
fn panel_name(desk: &Desk<'_>, meeting: &crate::folder::MeetingFolder, found: &mut Findings) {
    let book = desk.book;
    let (Some((day, Some(sits))), Some(file)) =
        (crate::desk::named_folder(book, meeting), &meeting.meeting)
    else {
        return;
    };
    let is_known = |id: &&Text| book.panels.iter().any(|panel| panel.id == **id);
    let is_of_it = |id: &str| id == sits || book.sits_as(sits) == id || book.sits_as(id) == sits;
    let said = [
        ("panel", file.record.panel.as_ref()),
        ("part", file.record.part.as_ref()),
    ];
    for (key, said) in said {
        let Some(said) = said.filter(is_known).filter(|said| !is_of_it(said)) else {
            continue;
        };
        let folder = crate::desk::folder_name(book, day, Some(book.sits_as(said)));
        found
            .at(
                Desk::place(file, key),
                format!("the folder is that of `{sits}` and the file says `{said}`"),
            )
            .help(format!(
                "put it right, or name the folder meetings/{folder}"
            ))
            .of_meeting(&meeting.id);
    }
}

fn decision_name(
    meeting: &crate::folder::MeetingFolder,
    decision: &crate::folder::DecisionFile,
    found: &mut Findings,
) {
    let record = &decision.file.record;
    let stem = decision.file.stem();
    let named = stem.split('.').next().unwrap_or(stem);
    if record.referral != named && !decision.file.is_unreadable() {
        found
            .at(
                Desk::place(&decision.file, "referral"),
                format!(
                    "the file is named `{stem}` and decides on `{}`",
                    record.referral
                ),
            )
            .help("a decision's file is named by its referral: put right whichever of the two is wrong")
            .about(&record.referral);
    }
    if let (Some(day), Some(said)) = (meeting.day, record.meeting)
        && day != said
    {
        found
            .at(
                Desk::place(&decision.file, "meeting"),
                format!("the decision stands with the meeting of {day} and says {said}"),
            )
            .help("a decision stands in the folder of the meeting that made it: move it, or put `meeting:` right")
            .about(&record.referral);
    }
}
