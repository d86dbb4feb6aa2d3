//! Placements that began before the panel decided and that it refused: the child still lives there
//! until somebody says otherwise.

use super::cost::Cost;
use super::replaced::MOVE;
use super::spend::placed_before;
use super::stretch::Stretch;
use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar;
use crate::findings::Basis;
use crate::records::{CostLine, Day, Money};

/// A placement that had begun when the panel refused it.
#[derive(Debug)]
pub(crate) struct RefusedHome<'d, 'a> {
    /// The request.
    pub(crate) case: &'d Case<'a>,
    /// The refusal.
    pub(crate) made: &'d Made<'a>,
    /// The first day.
    pub(crate) since: Day,
    /// The day by which it has ended, or another request has come.
    pub(crate) due_on: Day,
    /// What sets that day, where the council's file does.
    pub(crate) basis: Basis,
}

impl RefusedHome<'_, '_> {
    /// The day of the refusal: of its amendment where the panel had first said yes.
    pub(crate) fn refused_on(&self) -> Day {
        self.made.made_on()
    }

    /// What it is, as every list says it.
    pub(crate) fn in_words(&self) -> String {
        let what = match self.case.is_emergency() {
            true => "emergency placement",
            false => "placement",
        };
        format!("The {what} of {} was refused", self.since.in_words())
    }

    /// The same with what is asked for.
    pub(super) fn asked(&self) -> String {
        let what = self.in_words();
        format!("{what}: word that it has ended, or another request")
    }
}

/// Kinds of request that say nothing of where a child lives.
const ELSEWHERE: [&str; 9] = [
    "transport",
    "holiday",
    "legal",
    "additional-support",
    "support-package",
    "child-minding",
    "day-care",
    "home-support",
    "permanence-support",
];

impl<'a> Desk<'a> {
    /// Every such placement of which nobody has said that it has ended, by reference.
    pub(crate) fn refused_homes(&self) -> Vec<RefusedHome<'_, 'a>> {
        let cases = self.cases().iter();
        let refused = cases.filter_map(|case| self.refused_home(case));
        refused
            .filter(|refused| !self.is_answered(refused))
            .collect()
    }

    /// The placement of a case that had begun when the panel refused it, where the refusal stands.
    pub(crate) fn refused_home<'d>(&'d self, case: &'d Case<'a>) -> Option<RefusedHome<'d, 'a>> {
        let is_settled = matches!(case.standing, Standing::Decided | Standing::InPrinciple);
        let made = case
            .settled_by()
            .filter(|made| made.outcome() == "decline")?;
        let was_granted = case.decisions.iter().any(Made::is_approval);
        // A move is to another home than what its request follows.
        let is_move = case.kind() == MOVE;
        let before_the_panel = match case.is_emergency() || is_move {
            true => case.referral().placed_on,
            false => placed_before(case),
        };
        // Or placed as the panel had agreed, before that was amended to a refusal.
        let as_agreed = || {
            let placed = made.after?.record.placed.as_ref()?;
            placed.on.filter(|_| !ELSEWHERE.contains(&case.kind()))
        };
        let refused_on = made.made_on();
        let since = before_the_panel
            .or_else(as_agreed)
            .filter(|since| *since <= refused_on)?;
        let rule = made.rules.emergency.as_ref();
        let within = rule.and_then(|rule| Some((rule, rule.ended_within?)));
        let within = within.filter(|_| case.is_emergency());
        (is_settled && !was_granted).then(|| RefusedHome {
            case,
            made,
            since,
            due_on: match within {
                Some((_, within)) => calendar::add(refused_on, within),
                None => self.day_after(refused_on, case.panel),
            },
            basis: within
                .map(|(rule, _)| rule.basis.clone())
                .unwrap_or_default(),
        })
    }

    /// Whether it is on record that it has ended, or another request says what becomes of where the
    /// child lives: one that waits, or that was approved since.
    fn is_answered(&self, refused: &RefusedHome<'_, 'a>) -> bool {
        let (case, made) = (refused.case, refused.made);
        let mut others = self.about_one_child(case);
        case.has_ended(made, self.today())
            || others.any(|other| {
                let is_open = other.is_waiting() || other.standing == Standing::Pending;
                let mut approved = other.decisions.iter().filter(|own| own.is_approval());
                // An old approval that was put right since is no answer.
                let is_since = |own: &Made<'a>| own.answered_on() >= refused.refused_on();
                other.reference() != case.reference()
                    && !ELSEWHERE.contains(&other.kind())
                    && other.standing != Standing::Withdrawn
                    && (is_open || approved.any(is_since))
            })
    }

    /// The meeting on whose list it stands: the last one held by its day; where there is none after
    /// the refusal, the first after that.
    pub(super) fn meeting_of_refused(
        &self,
        refused: &RefusedHome<'_, 'a>,
    ) -> Option<&PanelMeeting<'a>> {
        self.meeting_before(refused.due_on, refused.refused_on(), refused.case.panel)
    }

    /// What the days to the refusal cost in a stretch, by what the request asks for; none where it
    /// gives no sum.
    pub(crate) fn cost_to_refusal(
        &self,
        refused: &RefusedHome<'_, 'a>,
        days: Stretch,
    ) -> Option<Money> {
        let until = self.refused_until(refused);
        let lines = refused.case.costs.iter();
        let priced = |line: &&CostLine| line.weekly.is_some() || line.one_off.is_some();
        let sums: Vec<Money> = lines
            .filter(priced)
            .map(|line| {
                let from = line.from.unwrap_or(refused.since);
                let most = refused.made.rules.most_weeks();
                let weeks = line.weeks.unwrap_or(most).clamp(0, most);
                let days_asked = weeks.saturating_mul(7);
                let days_there = (until.date() - from.date()).num_days().max(0);
                let one_off = line.one_off.filter(|_| from < until);
                let cost = Cost {
                    from,
                    days: days_asked.min(days_there),
                    weekly: line.weekly.unwrap_or_default(),
                    one_off: one_off.unwrap_or_default(),
                    others: 0,
                };
                cost.within(days)
            })
            .collect();
        (!sums.is_empty()).then(|| sums.into_iter().sum())
    }

    /// The day of the refusal, or of the end where that was before.
    pub(crate) fn refused_until(&self, refused: &RefusedHome<'_, 'a>) -> Day {
        let refused_on = refused.refused_on();
        let ended = refused.made.ended_by(self.today());
        ended.map_or(refused_on, |on| on.min(refused_on))
    }
}
