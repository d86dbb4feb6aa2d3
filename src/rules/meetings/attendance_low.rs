//! Members who came to too few of the panel's meetings.
use super::super::prelude::*;
use crate::calendar::subtract;

pub(super) const RULE: Rule = Rule {
    id: "attendance-low",
    summary: "a member has come to too few meetings",
    severity: Severity::Warning,
    asked_by: &["attendance"],
    text: include_str!("attendance_low.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let today = desk.today();
    for panel in desk.sitting_panels() {
        let rules = desk.book.at(panel, today);
        let Some(bar) = &rules.attendance else {
            continue;
        };
        let from = subtract(today, bar.over);
        let held = desk.attended(panel, from, today);
        // It is told where the last of these meetings records who was there.
        let Some((meeting, file, rows)) = held.last() else {
            continue;
        };
        for post in desk.attendance(panel, from, today) {
            if !post.is_below(bar) {
                continue;
            }
            let who = match post.people.last() {
                Some((name, _)) => format!("{} ({name})", post.label),
                None => post.label.to_owned(),
            };
            let service = match post.rate.covered {
                0 => "nobody covered".to_owned(),
                covered => format!(
                    "cover came to {covered} more, so that the service was there at {} per cent",
                    post.rate.service_rate()
                ),
            };
            let row = rows
                .iter()
                .position(|row| row.role.as_deref() == Some(post.role));
            let path = match row {
                Some(row) => format!("attendance[{row}]"),
                None => "attendance".to_owned(),
            };
            found
                .at(
                    Desk::place(file, path),
                    format!(
                        "{who} came to {} of {} meetings since {} ({} per cent; {} is the least); {service}",
                        post.rate.there,
                        post.rate.held,
                        from.with_weekday(),
                        post.rate.person_rate(),
                        bar.lowest
                    ),
                )
                .because(&bar.basis)
                .help("if somebody was there and is not recorded, put `attendance` right in that meeting's file; if not, the chair speaks with the member, then with the member's manager; `panel attendance` shows everybody's share")
                .of_meeting(&meeting.id);
        }
    }
}
