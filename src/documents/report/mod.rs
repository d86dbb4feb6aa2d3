//! The report: a period in figures, for the chair, the service director and scrutiny.

mod beside;
mod charts;
mod children;
mod decisions;
mod judged;
mod lists;
mod meetings;
mod money;
mod requests;
mod reviews;
mod summary;
mod tally;
#[cfg(test)]
mod tests;
mod time;
mod view;

pub(crate) use lists::{Asked, report_lists};

use super::common::{DayView, json};
use super::{Document, Options, names, render};
use crate::desk::{Days, Desk};
use judged::Judged;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use view::Section;

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// Its days; those to come are not counted.
    pub(crate) days: Days,
    /// Cases and meetings of this panel alone.
    pub(crate) panel: Option<&'w str>,
    /// Whether numbers from 1 to 4 are not shown.
    pub(crate) without_small: bool,
}

/// What the template of the report is given.
#[derive(Debug, Clone, Serialize)]
struct ReportView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the report speaks.
    as_of: DayView,
    /// The days that are counted.
    period: PeriodView,
    /// The days that they are compared with, where the folder has something of them.
    before: Option<PeriodView>,
    /// Whether numbers from 1 to 4 are not shown.
    without_small: bool,
    /// The report in a few lines.
    summary: Vec<String>,
    /// The chief figures by name.
    figures: Map<String, Value>,
    /// The same of the days before.
    figures_before: Option<Map<String, Value>>,
    /// Whether each identity that the figures must hold holds; they are printed.
    identities: Vec<Identity>,
    /// What the figures rest on, and what they cannot know.
    notes: Vec<String>,
    /// Section by section.
    sections: Vec<Section>,
}

/// Days, both included.
#[derive(Debug, Clone, Serialize)]
struct PeriodView {
    /// The first.
    from: DayView,
    /// The last that is counted.
    to: DayView,
    /// The last that was asked for, where it is still to come.
    asked_to: Option<DayView>,
    /// How many.
    days: i64,
    /// `1 April 2026 to 27 November 2026`
    words: String,
}

impl From<Days> for PeriodView {
    fn from(days: Days) -> Self {
        Self {
            from: days.from.into(),
            to: days.to.into(),
            asked_to: None,
            days: days.count(),
            words: format!("{} to {}", days.from.in_words(), days.to.in_words()),
        }
    }
}

/// Sums that must agree.
#[derive(Debug, Clone, Serialize)]
struct Identity {
    /// `decided 18 + waiting 5 + withdrawn 1 = sent 24`
    says: String,
    /// Whether they do.
    holds: bool,
}

/// One desk's figures over some days, ready to be counted.
struct Counted<'d, 'a> {
    /// As the last day knew it.
    desk: &'d Desk<'a>,
    /// The desk at the moment asked about: a decision counts with its meeting, in one period, whenever
    /// it was completed or amended; and it says for which meetings duties are followed, else the
    /// meeting that came after a period would be followed in that period's report only.
    now: &'d Desk<'a>,
    days: Days,
    panel: Option<&'d str>,
    /// What was open when the period began.
    open_before: BTreeSet<&'a str>,
    judged: &'d Judged,
}

impl Counted<'_, '_> {
    /// `between 1 April 2026 and 27 November 2026`
    fn between(&self) -> String {
        let (from, to) = (self.days.from.in_words(), self.days.to.in_words());
        if from == to {
            format!("on {from}")
        } else {
            format!("between {from} and {to}")
        }
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![
            requests::section(self),
            time::section(self),
            decisions::section(self),
            reviews::section(self),
            meetings::section(self),
        ];
        sections.extend(money::sections(self));
        sections.push(children::section(self));
        sections.push(judged::section(self));
        sections
    }
}

/// The whole report over some days.
pub(crate) fn report(desk: &Desk<'_>, wanted: Wanted<'_>, options: Options) -> Document {
    let (asked, panel) = (wanted.days, wanted.panel);
    let days = Days {
        to: asked.to.min(desk.today()).max(asked.from),
        ..asked
    };
    let earlier = asked.before();
    let has_before = has_anything(desk, earlier, panel);
    let earlier = has_before.then_some(earlier);
    let both: Vec<Days> = [Some(days), earlier].into_iter().flatten().collect();
    let (judged, ends) = rayon::join(
        || Judged::of(desk, panel, &both),
        || {
            let ends = both.par_iter().map(|days| Ends::of(desk, *days, panel));
            ends.collect::<Vec<_>>()
        },
    );
    let mut counted = ends
        .into_par_iter()
        .map(|ends| ends.counted(desk, panel, &judged))
        .collect::<Vec<_>>()
        .into_iter();
    let mut sections = counted.next().unwrap_or_default();
    let mut then = counted.next();
    if let Some(then) = &then {
        beside::compare(&mut sections, then);
    }
    let identities = identities(&figures(&sections));
    let all = [Some(&mut sections), then.as_mut()];
    for sections in all.into_iter().flatten() {
        if wanted.without_small {
            beside::suppress_small(sections);
        }
        beside::finish(sections, wanted.without_small);
    }
    for group in sections.iter_mut().flat_map(|section| &mut section.groups) {
        group.chart = charts::chart(group);
    }
    let shown = |sections: &[Section]| -> Map<String, Value> {
        let shown = figures(sections).into_iter();
        shown
            .map(|(key, cell)| (key.to_owned(), json(&cell.value)))
            .collect()
    };
    let figures = figures(&sections);
    let view = ReportView {
        council: desk.book.about.name.clone(),
        panel: desk.book.panel_in_full(panel),
        as_of: desk.today().into(),
        period: PeriodView {
            asked_to: (asked.to > days.to).then(|| asked.to.into()),
            ..days.into()
        },
        before: earlier.map(Into::into),
        without_small: wanted.without_small,
        summary: summary::lines(&figures),
        figures: shown(&sections),
        figures_before: then.as_deref().map(shown),
        identities: identities
            .into_iter()
            .filter(|identity| !wanted.without_small || !identity.holds)
            .collect(),
        notes: notes(desk, panel),
        sections,
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "report.md.j2", view, "report.md".to_owned())
}

/// The chief figures, in the order of the sections.
type Figures<'s> = Vec<(&'static str, &'s view::Cell)>;

fn figures(sections: &[Section]) -> Figures<'_> {
    sections
        .iter()
        .flat_map(|section| &section.groups)
        .flat_map(|group| &group.rows)
        .flat_map(|row| {
            let keys = row.keys.iter();
            keys.filter_map(|(column, key)| Some((*key, row.cells.get(*column)?)))
        })
        .collect()
}

/// How things stood at the two ends of some days.
struct Ends<'a> {
    days: Days,
    /// What was open when they began.
    open_before: BTreeSet<&'a str>,
    /// The desk at the end of the last; none where that day has not gone by.
    desk: Option<Desk<'a>>,
}

impl<'a> Ends<'a> {
    fn of(desk: &Desk<'a>, days: Days, panel: Option<&str>) -> Self {
        let eve = crate::calendar::plus_days(days.from, -1);
        let open_before = match desk.at_end_of(eve) {
            Some(start) => start.open(panel),
            None => desk.open(panel),
        };
        Self {
            days,
            open_before,
            desk: desk.at_end_of(days.to),
        }
    }

    /// The figures of the days. `now` is the desk where they have no end yet.
    fn counted(self, now: &Desk<'a>, panel: Option<&str>, judged: &Judged) -> Vec<Section> {
        let counted = Counted {
            desk: self.desk.as_ref().unwrap_or(now),
            now,
            days: self.days,
            panel,
            open_before: self.open_before,
            judged,
        };
        counted.sections()
    }
}

/// Whether the folder has anything of some days: a request sent, or a meeting held.
fn has_anything(desk: &Desk<'_>, days: Days, panel: Option<&str>) -> bool {
    let was_sent = desk
        .cases()
        .iter()
        .filter(|case| desk.is_for(case, panel))
        .filter_map(|case| case.referral().submitted)
        .any(|sent| days.holds(sent.day()));
    was_sent
        || desk
            .meetings_in(days, panel)
            .any(|meeting| meeting.folder.is_some())
}

fn identities(figures: &Figures<'_>) -> Vec<Identity> {
    let of = |key: &str| -> usize {
        let found = figures.iter().find(|(known, _)| *known == key);
        match found.map(|(_, cell)| cell.value) {
            Some(view::Value::Count(count)) => count,
            _ => 0,
        }
    };
    let one = |parts: &[(&str, &str, i64)], whole: (&str, &str)| {
        let mut says = String::new();
        let mut sum = 0i64;
        for (place, (key, word, sign)) in parts.iter().enumerate() {
            let mark = match (place, *sign < 0) {
                (0, _) => "",
                (_, true) => " − ",
                (_, false) => " + ",
            };
            says.push_str(&format!("{mark}{word} {}", of(key)));
            sum += sign * i64::try_from(of(key)).unwrap_or(i64::MAX);
        }
        says.push_str(&format!(" = {} {}", whole.1, of(whole.0)));
        Identity {
            says,
            holds: sum == i64::try_from(of(whole.0)).unwrap_or(i64::MAX),
        }
    };
    vec![
        one(
            &[
                ("decided", "decided", 1),
                ("waiting", "waiting", 1),
                ("withdrawn", "withdrawn", 1),
            ],
            ("submitted", "sent"),
        ),
        one(
            &[
                ("open_at_start", "open before", 1),
                ("submitted", "sent", 1),
                ("reopened", "opened again", 1),
                ("closed_decided", "decided", -1),
                ("closed_withdrawn", "withdrawn", -1),
            ],
            ("open_at_end", "open at the end"),
        ),
        one(
            &[
                ("on_time", "in time", 1),
                ("late", "late", 1),
                ("exempt", "exempt", 1),
                ("no_cut_off", "no cut-off", 1),
            ],
            ("submitted", "sent"),
        ),
    ]
}

fn notes(desk: &Desk<'_>, panel: Option<&str>) -> Vec<String> {
    let mut notes = Vec::new();
    let unknown = desk.sent_on_no_day(panel);
    if unknown > 0 {
        notes.push(format!(
            "{} whose day of sending cannot be read: in no period, and not counted here.",
            crate::output::count(unknown, "request")
        ));
    }
    let lost = desk.made_on_nothing().len();
    if lost > 0 {
        notes.push(format!(
            "{} on a referral that is not in the folder: not counted here.",
            crate::output::count(lost, "decision")
        ));
    }
    notes
}
