//! Whose panel it is, when it meets, who sits and who decides.

use super::{ClockTime, GroupedBy, Move, OneOrMany, tables};
use crate::records::{Day, Interval};
use serde::Deserialize;

tables! {
    /// `[council]`: whose panel it is, and where referrals are sent.
    RawAbout {
        /// Whose panel it is; must be given.
        name: Option<String>,
        /// What the panel is called; must be given.
        panel: Option<String>,
        /// The system that case numbers come from.
        case_system: Option<String>,
        /// The form that referrals are made on.
        form: Option<String>,
        /// The address that referrals are sent to.
        send_to: Option<String>,
    }
    /// `[policy]`: the document that the file puts into practice.
    RawPolicy {
        /// Must be given where there is a `[policy]`.
        title: Option<String>,
        /// When it began, in words, as the cover has it.
        implemented: Option<String>,
        /// When it was last changed, in words.
        revised: Option<String>,
        /// The day by which it is due for review.
        review_due: Option<Day>,
    }
    /// `[[panel]]`: one of several panels, or a part of one with rules of its own. Without any
    /// there is one panel. The first is the one that a referral goes to which names none.
    ///
    /// A referral names its panel or part with `for`; entries name theirs with `only`. A panel's
    /// meetings stand in folders called DATE for the first panel and DATE-ID for the others.
    RawPanel {
        /// Small letters and hyphens; must be given, each its own.
        id: Option<String>,
        /// What it is called.
        label: Option<String>,
        /// The panel that this is a part of: it sits at that panel's meetings.
        part_of: Option<String>,
        /// Referrals that go there although they do not name it.
        when: Option<String>,
    }
    /// `[seniority]`: posts from the most junior to the most senior, for "or more senior".
    RawSeniority {
        /// Posts, the most junior first.
        order: Vec<String>,
    }
    /// `[meetings]`: when and where the panel sits.
    RawMeetings {
        /// `"week"`, `"2 weeks"` (up to 52) or `"month"`; must be given, unless `dates` are.
        every: Option<String>,
        /// The weekday, or several: `["tuesday", "thursday"]`. With `"month"` each may say which of
        /// the month it is: `["first tuesday", "third thursday"]`.
        on: OneOrMany,
        /// With `"month"`: which of the weekdays of the month, like `[2, 4]`; -1 is the last. It holds
        /// for each weekday of `on` that does not say so itself.
        nth: Vec<i64>,
        /// Instead of `every` and `on`: the days themselves.
        dates: Vec<Day>,
        /// With `"2 weeks"` or more: the date of any one meeting.
        counted_from: Option<Day>,
        /// Days on which there is no meeting although the pattern gives one.
        not_on: Vec<Day>,
        /// When it starts, London time; must be given.
        start: Option<ClockTime>,
        /// Where.
        venue: Option<String>,
        /// A meeting that falls on a bank holiday; left out: it stays where it is.
        bank_holiday: Option<RawMove>,
    }
    /// Where something goes that falls on a bank holiday.
    RawMove {
        /// `keep`, `next-working-day`, `previous-working-day`; meetings also `skip` and
        /// `same-weekday-next-week`.
        r#move: Option<Move>,
    }
    /// `[sitting]`: how long the panel sits and how long a case takes, in minutes.
    RawSitting {
        /// The whole; 180 where it is not said.
        minutes: Option<u32>,
        /// Before the first case; 0 where it is not said.
        opening_minutes: Option<u32>,
        /// A case; 20 where it is not said. With `slot_least`: the longest a case may take.
        slot_minutes: Option<u32>,
        /// The shortest a case may take: every case then gets the most whole minutes that fit,
        /// from `slot_minutes` down to this.
        slot_least: Option<u32>,
        /// A case with `complex: true`; as `slot_minutes` where it is not said.
        complex_minutes: Option<u32>,
        /// Slots kept free for emergencies until the meeting begins; 0 where it is not said.
        emergency_slots: Option<u32>,
    }
    /// `[cut_off]`: by when a referral must be sent. One way of counting, and only one.
    RawCutOff {
        /// Working days before the meeting, whose own day is day 0.
        working_days_before: Option<u32>,
        /// Working days of which neither the day of sending nor the meeting's counts.
        clear_working_days_before: Option<u32>,
        /// Days, weekends and holidays included.
        days_before: Option<u32>,
        /// Hours before the meeting starts.
        hours_before: Option<u32>,
        /// The last such weekday before the meeting …
        on: Option<String>,
        /// … or so many weeks earlier than that.
        weeks_before: Option<u32>,
        /// The hour of that day; without it, the end of the day.
        at: Option<ClockTime>,
        /// A condition: referrals that have no cut-off.
        exempt: Option<String>,
        /// A cut-off that falls on a bank holiday; left out: the working day before.
        bank_holiday: Option<RawMove>,
    }
    /// `[cancellation]`: who agrees that a meeting is called off or moved.
    RawCancellation {
        /// `chair` (whoever may chair), or a post; `chair` where it is not said.
        agreed_by: Option<String>,
    }
    /// `[change_notice]`: how long before a meeting its members are told that it changes.
    RawChangeNotice {
        /// Hours before the meeting would have started; must be given.
        hours: Option<u32>,
    }
    /// `[[member]]`: a post that sits on the panel.
    RawMember {
        /// The post; must be given.
        role: Option<String>,
        /// The general post that it stands for wherever that is asked for, not the other way.
        is_a: Option<String>,
        /// As minutes print it; else made from the id.
        label: Option<String>,
        /// Takes the minutes.
        minutes: bool,
        /// Is asked for a view; true where it is not said.
        gives_view: Option<bool>,
        /// Comes only when a case needs it.
        as_necessary: bool,
        /// A condition: the items that it is needed for; the agenda names it there.
        needed_for: Option<String>,
        /// Takes part by video as a rule.
        is_virtual: bool,
    }
    /// `[[chair]]`: a post that may chair, in order of precedence.
    RawChair {
        /// The post; must be given.
        role: Option<String>,
        /// Only where these posts are recorded as away.
        only_if_away: Vec<String>,
        /// A condition: the items that it may decide; left out: all.
        when: Option<String>,
    }
    /// `[[quorum]]`: how many must be there. Each entry must be met.
    RawQuorum {
        /// How many; must be given. Those present, by video or in the room, count, and cover too.
        number: Option<u32>,
        /// Of which posts; left out: of all members.
        of: OneOrMany,
        /// Whether cover counts; true where it is not said.
        cover_counts: Option<bool>,
    }
    /// `[[decider]]`: who may take a decision, where that is not simply the chair: tiers by amount,
    /// kind or outcome. Where entries hold for a decision, each must be met.
    RawDecider {
        /// A name for it; must be given, each its own.
        id: Option<String>,
        /// Posts of which one decides; `"head-of-service or more senior"` is one too.
        any_of: Vec<String>,
        /// The outcomes that it is about; left out: approvals, alternative ones included.
        outcomes: Vec<String>,
        /// A condition on the referral or the decision (`decision.approved_total`).
        when: Option<String>,
        /// Whether a decision of somebody else's stands in principle until one of these has
        /// endorsed it; true where it is not said.
        or_endorses: Option<bool>,
        /// Whether it may be decided between meetings by such a post (`decided_on` before the
        /// meeting's day, or a meeting of its own).
        outside_panel: bool,
    }
    /// `[observers]`: people who watch are agreed to beforehand.
    RawObservers {
        /// `chair`, or a post; `chair` where it is not said.
        agreed_by: Option<String>,
    }
    /// `[attendance]`: how regularly members come.
    RawAttendance {
        /// Per cent of the meetings held; must be given.
        lowest: Option<u32>,
        /// Over how long, back from the day that is asked; "6 months" where it is not said.
        over: Option<Interval>,
        /// Fewer meetings than this say nothing yet; 4 where it is not said.
        least_meetings: Option<u32>,
    }
    /// `[agenda]`: how the agenda is laid out.
    RawAgenda {
        /// `service-manager` puts each service manager's children together.
        group_by: Option<GroupedBy>,
    }
    /// A word that the council adds.
    RawWord {
        /// Small letters and hyphens; must be given.
        id: Option<String>,
        /// As people read it; else made from the id.
        label: Option<String>,
        /// For posts: the general post that it may stand for.
        is_a: Option<String>,
    }
    /// An entry that only says what it says.
    RawPlain {
        /// A name for it, so that a file which builds on this one can change it.
        id: Option<String>,
    }
    /// An entry that holds where its condition does.
    RawWhen {
        /// A condition; left out: always.
        when: Option<String>,
    }
}
