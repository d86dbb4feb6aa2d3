//! Where a referral goes: to which panel, to which of its meetings, and by whose rules.

use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{Council, Panel};
use crate::records::{Day, Interval, Moment, Unit};
use chrono::NaiveDateTime;

impl<'a> Desk<'a> {
    /// The panel or part that a referral is for: the one that it names, else the one that has heard
    /// it, else the first that sits by then and whose condition holds, else the first.
    ///
    /// `heard_by` is the panel of the meeting at whose beginning the desk stands, where that decided.
    pub(super) fn find_panel(&self, case: &mut Case<'a>, heard_by: Option<&'a str>) {
        let book: &'a Council = self.book;
        if book.panels.is_empty() {
            return;
        }
        let go_to = |case: &mut Case<'a>, panel: Option<&'a Panel>| {
            case.panel = panel.map(|panel| panel.id.as_str());
            case.rules = book.at(case.panel, self.today());
        };
        let named = case.referral().r#for.as_deref();
        let mut all = book.panels.iter();
        if let Some(named) = all.find(|panel| Some(panel.id.as_str()) == named) {
            return go_to(case, Some(named));
        }
        let meets = |panel: &&Panel| panel.when.is_some() && self.holds(panel.when.as_ref(), case);
        let mut wanted: Vec<&Panel> = book.panels.iter().filter(meets).collect();
        wanted.extend(book.panels.first());
        let last = case.last().and_then(|made| self.meeting_in(made.meeting));
        let heard_by = heard_by.or(last.and_then(|meeting| meeting.panel));
        if let Some(sat) = heard_by {
            // Of a panel in parts it is the part that would be asked.
            let part = wanted.iter().find(|panel| book.sits_as(&panel.id) == sat);
            let own = || book.panels.iter().find(|panel| panel.id == sat);
            return go_to(case, part.copied().or_else(own));
        }
        for panel in &wanted {
            go_to(case, Some(panel));
            if self.is_heard_by(case) {
                return;
            }
        }
        go_to(case, wanted.first().copied());
    }

    /// Whether the panel that a referral would go to sits by the time that it would be heard: one
    /// that has not begun does not take from the others what they hear before, and one that has
    /// ended hears nothing more.
    fn is_heard_by(&self, case: &Case<'a>) -> bool {
        let editions = || {
            self.book
                .editions_of(case.panel)
                .map(|rules| &rules.edition)
        };
        let is_open = editions().any(|edition| edition.from.is_none());
        let from = editions().filter_map(|edition| edition.from).min();
        let has_end = editions().all(|edition| edition.until.is_some());
        let today = self.today();
        let waits =
            |meeting: &&PanelMeeting<'a>| !meeting.is_cancelled && !meeting.has_passed(today);
        if !is_open && let Some(from) = from.filter(|from| *from > today) {
            let before = self.makes_of(case, self.book.first_panel());
            if before
                .filter(waits)
                .is_some_and(|meeting| meeting.on < from)
            {
                return false;
            }
        }
        if !has_end {
            return true;
        }
        let mut meeting = self.makes(case);
        while let Some(passed) = meeting.filter(|meeting| !waits(meeting)) {
            meeting = self.next_for(case.panel, passed);
        }
        meeting.is_some()
    }

    /// The rules that a referral is judged by: those of the day of its meeting.
    pub(super) fn find_rules(&self, case: &mut Case<'a>) {
        let meeting = case.meeting.map(|index| &self.meetings[index]);
        let on = meeting.map_or(self.today(), |meeting| meeting.on);
        case.next_meeting_on = meeting
            .and_then(|meeting| self.next_for(case.panel, meeting))
            .map(|next| next.on);
        case.rules = self.book.at(case.panel, on);
        let own: Vec<_> = case
            .decisions
            .iter()
            .map(|made| match self.meeting_in(made.meeting) {
                Some(meeting) => self.rules_at(case.panel, meeting),
                None => made.rules,
            })
            .collect();
        for (made, rules) in case.decisions.iter_mut().zip(own) {
            made.rules = rules;
        }
    }

    /// The panel or part that made a decision: the one that the request is for, or the one that sat
    /// where that is another.
    pub(crate) fn panel_of(&self, case: &Case<'a>, made: &Made<'a>) -> Option<&'a str> {
        match self.meeting_in(made.meeting) {
            Some(meeting) if !self.is_of(meeting, case.panel) => meeting.panel,
            _ => case.panel,
        }
    }

    /// The rules by which a referral for a panel or part is decided at a meeting: its own of that
    /// day, or those of the panel that sits where that is another one.
    pub(crate) fn rules_at(&self, panel: Option<&str>, meeting: &PanelMeeting<'a>) -> &'a Council {
        if self.is_of(meeting, panel) {
            self.book.at(panel, meeting.on)
        } else {
            meeting.rules
        }
    }

    /// The cut-off that a referral has to make; none where the council exempts it.
    pub(crate) fn cut_off(&self, case: &Case<'a>) -> Option<NaiveDateTime> {
        if self.is_exempt(case) {
            return None;
        }
        self.meeting_for(case).and_then(|meeting| meeting.cut_off)
    }

    fn is_exempt(&self, case: &Case<'a>) -> bool {
        case.rules
            .cut_off
            .as_ref()
            .and_then(|rule| rule.exempt.as_ref())
            .is_some_and(|exempt| self.holds(Some(exempt), case))
    }

    /// When a referral counts as sent: a draft as if it were sent at the desk's moment.
    pub(crate) fn sent_or_now(&self, case: &Case<'_>) -> NaiveDateTime {
        match case.standing {
            Standing::Draft => self.as_of,
            _ => case.sent_at().unwrap_or(self.as_of),
        }
    }

    /// The first meeting whose cut-off a referral makes.
    pub(crate) fn makes(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        self.makes_of(case, case.panel)
    }

    fn makes_of(&self, case: &Case<'a>, panel: Option<&str>) -> Option<&PanelMeeting<'a>> {
        self.first_made(self.sent_or_now(case), self.is_exempt(case), panel)
    }

    /// Whether a day on which something is said to have been done lies so far ahead that it is a slip
    /// of the year or month: over three weeks after today, after the last meeting of which the folder
    /// has a decision, and after what else has been sent since, each within three weeks of the one
    /// before. Those are later where somebody looks back, and what was done between is only to come,
    /// as it is to the desk of a meeting as it began.
    pub(crate) fn is_far_ahead(&self, day: Day) -> bool {
        self.before.is_none() && day > self.reached()
    }

    /// The last day that a slip can be told from.
    fn reached(&self) -> Day {
        const AT_MOST: Interval = Interval {
            count: 3,
            unit: Unit::Weeks,
        };
        *self.reached.get_or_init(|| {
            let has_decided = |meeting: &&PanelMeeting<'_>| {
                meeting.folder.is_some_and(|own| !own.decisions.is_empty())
            };
            let last = self.meetings().iter().rev().find(has_decided);
            let last = last.map_or(self.today(), |meeting| meeting.on.max(self.today()));
            let mut until = calendar::add(last, AT_MOST);
            let sent = self
                .cases
                .iter()
                .filter_map(|case| case.referral().submitted);
            let mut sent: Vec<Day> = sent.map(Moment::day).filter(|day| *day > last).collect();
            sent.sort_unstable();
            for day in sent {
                if day > until {
                    break;
                }
                until = until.max(calendar::add(day, AT_MOST));
            }
            until
        })
    }

    /// Whether a request counts as a draft only because the day on which it was sent is a slip.
    pub(crate) fn is_draft_by_a_slip(&self, case: &Case<'_>) -> bool {
        let sent = case.referral().submitted.map(Moment::day);
        case.standing == Standing::Draft && sent.is_some_and(|day| self.is_far_ahead(day))
    }

    fn index_of(&self, meeting: &PanelMeeting<'_>) -> Option<usize> {
        self.by_id.get(&meeting.id).copied()
    }

    pub(super) fn find_meeting(&self, case: &mut Case<'a>) {
        let settled = matches!(
            case.standing,
            Standing::Pending | Standing::InPrinciple | Standing::Decided
        );
        if settled {
            let decided_at = case.last().map(|made| made.meeting);
            case.meeting = decided_at.and_then(|id| self.by_id.get(id).copied());
            return;
        }
        let asked = self.asked_for(case);
        // When it was sent cannot be told: it stands with what is not ready for the coming meeting.
        let is_blurred = case.standing != Standing::Draft && case.sent_at().is_none();
        let first = asked
            .or_else(|| {
                self.first_of(self.today(), case.panel)
                    .filter(|_| is_blurred)
            })
            .or_else(|| self.makes(case));
        let Some(first) = first else { return };
        let today = self.today();
        let mut meeting = first;
        // A cancelled meeting is skipped at once and carries nothing over; one that passed does.
        while meeting.is_cancelled || meeting.has_passed(today) {
            if !meeting.is_cancelled && !meeting.is_outside {
                case.carried_over += 1;
            }
            match self.next_for(case.panel, meeting) {
                Some(next) => meeting = next,
                None => {
                    case.meeting = None;
                    return;
                }
            }
        }
        case.meeting = self.index_of(meeting);
        // Only what was sent and waits can have been passed over.
        if !case.is_waiting() {
            case.carried_over = 0;
        }
    }

    /// The meeting that a deferral or the referral itself names.
    fn asked_for(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        if case.standing == Standing::Deferred {
            let made = case.last()?;
            let to = made
                .decision()
                .deferred
                .as_ref()
                .and_then(|deferred| deferred.to);
            // A meeting that was moved goes by the day that it was to be held on, which can lie before
            // the deferral; one that was moved to before the deferral has no more to do with it.
            let named = to.and_then(|to| self.meeting_on(to, case.panel));
            let named = named.filter(|meeting| meeting.on > made.on);
            return match to {
                Some(_) if named.is_some() => named,
                Some(to) if to > made.on => self.first_of(to, case.panel),
                // A deferral to no day, or to one gone by, goes to the next meeting.
                _ => self.first_after(made.on, case.panel),
            };
        }
        let panel = case.referral().panel?;
        let named = self.meeting_on(panel, case.panel)?;
        // A meeting that had passed before the form was sent cannot carry it over: it goes to the
        // first that it makes, or its being late would never be told.
        let sent_on = Day::of(self.sent_or_now(case).date());
        (!named.has_passed(sent_on)).then_some(named)
    }
}
