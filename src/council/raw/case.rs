//! What comes to the panel, and what must come with it.

use super::{MoneyBase, OneOrMany, PermittedBefore, RawPlain, RuleOf, SignedBy, tables};
use crate::records::{Interval, Money};
use serde::Deserialize;

tables! {
    /// `[thresholds.ID]`: an amount in pounds that conditions (`threshold.ID`) and findings refer to.
    RawThreshold {
        /// Pounds; must be given. A request at or under it is too small for the panel.
        amount: Option<Money>,
        /// What it is compared with: `total`, `weekly`, `yearly` or `one-off`; `total` where not said.
        of: Option<MoneyBase>,
        /// Whether a request that meets no criterion and is at or under it is told so
        /// (below-threshold); true where it is not said. A threshold only for conditions says false.
        for_remit: Option<bool>,
        /// A condition: requests that it is about; left out: all.
        when: Option<String>,
        /// A permission (`permissions[].for`) that settles a request under it without the panel.
        cleared_by: Option<String>,
        /// The post that gives that permission; left out: any.
        cleared_by_role: Option<String>,
    }
    /// `[[criterion]]`: a ground for coming to the panel. A referral that meets none is not the panel's.
    RawCriterion {
        /// Must be given, each its own.
        id: Option<String>,
        /// Must be given.
        label: Option<String>,
        /// A condition; must be given.
        when: Option<String>,
        /// Comes after the fact: it stands in the agenda's part for retrospective items.
        retrospective: bool,
    }
    /// `[[exclusion]]`: what the panel does not fund or decide, whatever criterion it meets.
    RawExclusion {
        /// Must be given, each its own.
        id: Option<String>,
        /// Must be given.
        label: Option<String>,
        /// A condition; must be given.
        when: Option<String>,
        /// Where it goes instead, or who decides it, in words.
        instead: Option<String>,
        /// The other panel that it goes to: an id of `[[other_panel]]`.
        goes_to: Option<String>,
    }
    /// `[[other_panel]]`: another panel that cases may be referred to.
    RawOtherPanel {
        /// Must be given, each its own.
        id: Option<String>,
        /// What it is called; must be given.
        label: Option<String>,
        /// A condition: cases for which the referral says whether it was referred there
        /// (refer-elsewhere); left out: none.
        when: Option<String>,
        /// What is to be told to that panel; printed with the child's record.
        notification: Option<String>,
        /// Actions that a decision with `refer_to` creates.
        actions: Vec<RawPanelAction>,
    }
    /// An action that a referral to another panel creates.
    RawPanelAction {
        /// What is done; must be given.
        what: Option<String>,
        /// Who does it: a post, or a name in words; must be given.
        owner: Option<String>,
        /// `next-meeting`, or a length of time like `3 working days`; `next-meeting` where not said.
        due: Option<String>,
    }
    /// `[newly_looked_after]`: children whose care began since the last meeting are on the agenda.
    RawNewly {
        /// How soon one may be brought back: `4 weeks`; left out: not said.
        review: Option<Interval>,
    }
    /// `[new_placement]`: a placement comes to panel soon after it began.
    RawNewPlacement {
        /// How soon after `placed_on`: `1 month`; must be given.
        within: Option<Interval>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[[search]]`: what comes before the search for a placement.
    RawSearch {
        /// `decision` (of the panel), or a permission's word like `accommodation`; must be given.
        after: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// A condition: cases that need not wait.
        exempt: Option<String>,
    }
    /// `[emergency]`: what an emergency is, and what follows it.
    RawEmergency {
        /// Grounds that make one; others draw a warning. Left out: any.
        grounds: Vec<String>,
        /// Grounds that never make one: an error, and no emergency.
        refused: Vec<String>,
        /// Whether it comes to the next panel; true where it is not said.
        ratified: Option<bool>,
        /// A condition: emergencies that come to the next panel; left out: all.
        ratified_when: Option<String>,
        /// What follows if it does not.
        if_missed: Option<String>,
        /// How long after the panel refused it the child has left, or another request has come; left
        /// out: by the next meeting.
        ended_within: Option<Interval>,
        /// Rules whose findings wait (become notes) for an emergency that came after the cut-off;
        /// what they ask for is owed at the next meeting.
        papers_follow: Vec<String>,
        /// `[emergency.ordinarily]`: what `grounds` rest on, where that is a clause of their own.
        ordinarily: Option<RawPlain>,
        /// `[emergency.never]`: what `refused` rests on, where that is a clause of its own.
        never: Option<RawPlain>,
        /// `[emergency.papers]`: what `papers_follow` rests on, where that is a clause of its own.
        papers: Option<RawPlain>,
    }
    /// `[[emergency_approval]]`: who approves an emergency before it is carried out.
    RawEmergencyApproval {
        /// Posts of which one approves; must be given.
        any_of: Vec<String>,
        /// A condition, like a tier of cost; left out: always.
        when: Option<String>,
    }
    /// `[[milestone]]`: an age by which a case must have come to panel.
    RawMilestone {
        /// Must be given, each its own.
        id: Option<String>,
        /// In whole years; must be given.
        age: Option<i64>,
        /// As people say it: "18th birthday".
        label: Option<String>,
        /// A condition; left out: every case.
        when: Option<String>,
        /// The last looked-after review must be on record.
        after_last_review: bool,
        /// Not this referral must come before the birthday, but some decision of the panel must
        /// have been made since the birthday of this age: then say what counts with the next two.
        since_age: Option<i64>,
        /// Kinds of request on which a decision counts.
        kinds: Vec<String>,
        /// Checklist points whose answer in a decision counts.
        checklist: Vec<String>,
        /// How long before the birthday the diary begins to show it; left out: always.
        diary_from: Option<Interval>,
    }
    /// `[[timer]]`: a day by which something is done, counted from a date of the referral: the law's
    /// time limits. Its id is the id of its finding.
    RawTimer {
        /// Must be given, each its own.
        id: Option<String>,
        /// What is to happen; must be given.
        label: Option<String>,
        /// The date that it counts from: a name of conditions, like `child.looked_after_since`; must be given.
        after: Option<String>,
        /// Days, weeks or months, like `6 months`; this or the next two must be given.
        within: Option<Interval>,
        /// Working days.
        within_working_days: Option<u32>,
        /// Hours; the day on which they end counts.
        within_hours: Option<u32>,
        /// A condition: cases that it is about; left out: all.
        when: Option<String>,
        /// A condition that says it was done; until then it is in the diary. Left out: until the date that
        /// it counts from is another, or `done` in meeting.yaml says so under its id.
        met_when: Option<String>,
    }
    /// `[[bring_forward]]`: cases that the panel hears again by a condition and not by a date: a
    /// contract's end, a number of moves, a time under section 20.
    RawBringForward {
        /// Must be given, each its own.
        id: Option<String>,
        /// Why, as the agenda prints it; must be given.
        label: Option<String>,
        /// A condition; must be given. `meeting.date` is the meeting whose agenda is made.
        when: Option<String>,
        /// Not again within so long of the last time it was heard; "1 month" where it is not said.
        not_within: Option<Interval>,
    }
    /// `[[section]]`: a part of the form that must be filled in.
    RawSection {
        /// The key in the referral, or `sections.ID` for a part of your own form; must be given.
        field: Option<String>,
        /// As people know it; else the field's name.
        label: Option<String>,
        /// Printed into new referrals.
        hint: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[scale]`: the ends of the scaling question of Signs of Safety.
    RawScale {
        /// 0 where it is not said.
        least: Option<i64>,
        /// 10 where it is not said.
        most: Option<i64>,
    }
    /// `[[yes_no]]`: a question of the form whose no must be explained.
    RawYesNo {
        /// `family_network_meeting` or `safety_plan`; must be given.
        field: Option<String>,
        /// As people know it.
        label: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[[view]]`: whose views the form asks for; any one of those named serves.
    RawView {
        /// `child`, `parents`, `carers`, `parental_responsibility`, `iro`, `head_of_service`; must be given.
        any_of: Vec<String>,
        /// As people know it.
        label: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[costs]`: cost lines and their sum are asked for.
    RawCosts {
        /// A condition; left out: always.
        when: Option<String>,
        /// Weeks of a line that count at most; 52 where it is not said.
        most_weeks: Option<i64>,
    }
    /// `[[document]]`: a paper that goes with the referral.
    RawDocument {
        /// A name for it; left out: made from `any_of`.
        id: Option<String>,
        /// Kinds of papers of which one serves; must be given.
        any_of: Vec<String>,
        /// As people know it; else made from the kinds.
        label: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// How old it may be on the meeting's day, by its date.
        not_older_than: Option<Interval>,
        /// The post that gives it, where that is not the worker: it is then expected from them by
        /// the agenda, and never holds the referral back.
        given_by: Option<String>,
    }
    /// `[length]`: how long a part of the form may be.
    RawLength {
        /// In words; 400 where it is not said.
        most_words: Option<u32>,
    }
    /// `[[sign_off]]`: a signature that the form needs.
    RawSignOff {
        /// The post; must be given, or `any_of`. `"team-manager or more senior"` is one too.
        role: Option<String>,
        /// Posts of which one signs.
        any_of: Vec<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// The latest moment: `submission`, `cut-off` or `meeting`; left out: none.
        by: Option<SignedBy>,
    }
    /// `[[permission]]`: leave that somebody gives before a step is taken.
    RawPermission {
        /// A name for it; left out: what it is for.
        id: Option<String>,
        /// `accommodation`, `search`, `distance`, `out-of-area`, `package` or a word of your own; must be given.
        r#for: Option<String>,
        /// Posts of which one gives it; `"head-of-service or more senior"` is one too; must be given.
        by: OneOrMany,
        /// The post through which it is asked.
        via: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// What it comes before: `submission`, `placement` or `meeting`; left out: nothing more.
        before: Option<PermittedBefore>,
        /// A condition: its absence is only a note there.
        eased_when: Option<String>,
    }
    /// `[[presenter]]`: who presents the case; any one of those named serves.
    RawPresenter {
        /// Posts; must be given.
        any_of: Vec<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[[not_invited]]`: who does not come to the panel.
    RawNotInvited {
        /// Posts; must be given.
        roles: Vec<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[duty_cover]`: whoever presents knows the child; cover by duty does not serve.
    RawDutyCover {
        /// Posts that are duty cover; `["duty-worker"]` where it is not said.
        roles: Vec<String>,
    }
    /// `[withdrawal]`: who agrees that a referral is taken back.
    RawWithdrawal {
        /// Posts of which one agrees; must be given.
        agreed_by: OneOrMany,
        /// Whether it is the very person whom the referral names in that post, where it names one.
        named_person: bool,
    }
    /// `[[acceptance]]`: which findings may be accepted on the record, and by whom.
    RawAcceptance {
        /// Ids of rules, as `panel check` prints them, your own included; must be given.
        rules: Vec<String>,
        /// `chair`, a post, or several of which one serves; must be given.
        by: OneOrMany,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[[rule]]`: a check of your own, for what no group above has.
    RawRule {
        /// The id of its finding; must be given, each its own, and none of the built-in ones.
        id: Option<String>,
        /// The condition under which something is wrong; must be given.
        when: Option<String>,
        /// What is wrong; must be given. `{name}` puts in the value of a name of conditions.
        message: Option<String>,
        /// What to do.
        help: Option<String>,
        /// The key that it points at, like `request.staffing.days`; left out: `request`, or `outcome` of
        /// a decision.
        at: Option<String>,
        /// `referral` or `decision`; `referral` where it is not said.
        of: Option<RuleOf>,
    }
}
