//! Whose panel it is, when it meets, who sits and who decides.

use crate::calendar::{CutOff, CutOffOnBankHoliday, Schedule};
use crate::council::condition::Condition;
use crate::council::raw::GroupedBy;
use crate::findings::Basis;
use crate::records::{Day, Interval};

/// Whose panel this is.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) panel: String,
    pub(crate) case_system: Option<String>,
    pub(crate) form: Option<String>,
    /// The address that referrals are sent to.
    pub(crate) send_to: Option<String>,
}

/// The policy document.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    pub(crate) title: String,
    pub(crate) implemented: Option<String>,
    pub(crate) revised: Option<String>,
    pub(crate) review_due: Option<Day>,
}

/// When and where the panel sits.
#[derive(Debug, Clone)]
pub(crate) struct Meetings {
    pub(crate) schedule: Schedule,
    pub(crate) venue: Option<String>,
    /// As people say it: "every week on Thursday at 14:00".
    pub(crate) in_words: String,
    pub(crate) basis: Basis,
}

/// Minutes of a sitting.
#[derive(Debug, Clone)]
pub(crate) struct Sitting {
    pub(crate) minutes: u32,
    pub(crate) opening_minutes: u32,
    pub(crate) slot_minutes: u32,
    /// The shortest a case may take, where slots stretch to fill the sitting.
    pub(crate) slot_least: Option<u32>,
    pub(crate) complex_minutes: u32,
    /// Slots kept free for emergencies.
    pub(crate) emergency_slots: u32,
    pub(crate) basis: Basis,
}

/// How long before a meeting its members are told that it changes.
#[derive(Debug, Clone)]
pub(crate) struct ChangeNotice {
    pub(crate) hours: u32,
    pub(crate) basis: Basis,
}

/// By when a referral must be sent.
#[derive(Debug)]
pub(crate) struct CutOffRule {
    pub(crate) rule: CutOff,
    pub(crate) on_bank_holiday: CutOffOnBankHoliday,
    /// Referrals that it does not hold for.
    pub(crate) exempt: Option<Condition>,
    pub(crate) in_words: String,
    pub(crate) basis: Basis,
}

/// Who agrees to calling a meeting off: `chair`, or a post.
#[derive(Debug, Clone)]
pub(crate) struct Cancellation {
    pub(crate) agreed_by: String,
    pub(crate) basis: Basis,
}

/// A post that sits on the panel.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) role: String,
    pub(crate) label: String,
    /// Takes the minutes.
    pub(crate) minutes: bool,
    /// Is asked for a view.
    pub(crate) gives_view: bool,
    /// Comes only when a case needs it.
    pub(crate) as_necessary: bool,
    /// The items that it is needed for.
    pub(crate) needed_for: Option<Condition>,
    /// Takes part by video as a rule.
    pub(crate) is_virtual: bool,
}

/// A post that may chair.
#[derive(Debug)]
pub(crate) struct Chair {
    pub(crate) role: String,
    /// Only where the holders of these posts are recorded as away.
    pub(crate) only_if_away: Vec<String>,
    /// The items that it may decide; all where absent.
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// One of a council's panels, or a part of one.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) id: String,
    pub(crate) label: String,
    /// The panel that it is a part of.
    pub(crate) part_of: Option<String>,
    /// Referrals that go there although they do not name it.
    pub(crate) when: Option<Condition>,
}

/// How many must be there, and of which posts; all members where none are named.
#[derive(Debug, Clone)]
pub(crate) struct Quorum {
    pub(crate) number: u32,
    pub(crate) of: Vec<String>,
    pub(crate) cover_counts: bool,
    pub(crate) basis: Basis,
}

/// Who may take a decision.
#[derive(Debug)]
pub(crate) struct Decider {
    pub(crate) any_of: Vec<String>,
    /// The outcomes that it is about.
    pub(crate) outcomes: Vec<String>,
    pub(crate) when: Option<Condition>,
    /// Somebody else's decision stands in principle until one of these has endorsed it.
    pub(crate) or_endorses: bool,
    /// It may be decided between meetings.
    pub(crate) outside_panel: bool,
    pub(crate) basis: Basis,
}

/// How regularly members come.
#[derive(Debug, Clone)]
pub(crate) struct AttendanceBar {
    /// Per cent.
    pub(crate) lowest: u32,
    pub(crate) over: Interval,
    pub(crate) least_meetings: u32,
    pub(crate) basis: Basis,
}

/// How the agenda is laid out.
#[derive(Debug, Clone)]
pub(crate) struct AgendaForm {
    pub(crate) group_by: Option<GroupedBy>,
}
