//! What conditions may speak of: each name with its kind, its meaning and where it comes from.

use super::MoneyBase;
use super::condition::{Facts, Kind, Names, Value};
use super::vocabulary::{Use, Vocabulary};
use crate::calendar;
use crate::records::{CostLine, Day, Decimal, Decision, Funding, Money, Referral, Text};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What the panel approved for the child in requests other than the one that is asked about.
pub(super) const OF_OTHER_REQUESTS: &str = "history.approved_kinds";

/// One referral as conditions see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// The referral.
    pub(crate) referral: &'a Referral,
    /// The lines that hold its costs: its own, or those of the request it is part of.
    pub(crate) costs: &'a [CostLine],
    /// The day of the meeting it goes to: ages are of this day.
    pub(crate) meeting_on: Option<Day>,
    /// Weeks beyond this do not count; an open-ended line counts as this.
    pub(crate) most_weeks: i64,
    /// Whether it is an emergency: its ground is none that the council refuses.
    pub(crate) is_emergency: bool,
    /// The day on which it was sent; a draft as if sent now.
    pub(crate) sent_on: Option<Day>,
    /// The day of the meeting held after the one it goes to.
    pub(crate) next_meeting_on: Option<Day>,
    /// What the panel knows of the child from before.
    pub(crate) history: Option<&'a History>,
    /// The decision that is asked about, where it is one.
    pub(crate) decision: Option<&'a Decision>,
}

/// What the panel knows of a child from before the meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct History {
    /// How often this referral was put off.
    pub(crate) deferrals: i64,
    /// Kinds of the child's requests that were approved at earlier meetings.
    pub(crate) approved_kinds: Vec<Text>,
    /// The day on which this referral, or the one that it brings back, was last decided or heard.
    pub(crate) last_heard_on: Option<Day>,
}

impl Subject<'_> {
    /// The request's cost on a base, in pounds; none where it has no cost lines.
    pub(crate) fn cost(&self, base: MoneyBase) -> Option<Money> {
        // A row that is still blank is no cost of nothing: what it comes to is not known yet.
        if self
            .costs
            .iter()
            .all(|line| line.weekly.is_none() && line.one_off.is_none())
        {
            return None;
        }
        const YEAR: i64 = 52;
        Some(
            self.costs
                .iter()
                .map(|line| match base {
                    MoneyBase::Total => line.sum(self.most_weeks),
                    MoneyBase::Yearly => line.sum(self.most_weeks.min(YEAR)),
                    MoneyBase::Weekly => line.weekly.unwrap_or_default(),
                    MoneyBase::OneOff => line.one_off.unwrap_or_default(),
                })
                .sum(),
        )
    }

    /// The weeks of the cost line that lasts longest; none where no line is paid by the week.
    fn longest_line(&self) -> Option<i64> {
        let paid_weekly = self.costs.iter().filter(|line| line.weekly.is_some());
        paid_weekly
            .map(|line| line.weeks.unwrap_or(self.most_weeks))
            .max()
    }
}

enum Sort {
    Truth,
    Whole,
    Number,
    Money,
    Day,
    Text,
    Word(Use),
    Words(Use),
}

/// A name that conditions know.
pub(crate) struct Name {
    /// As conditions write it.
    pub(crate) name: &'static str,
    sort: Sort,
    /// What it means.
    pub(crate) meaning: &'static str,
    value: fn(&Subject<'_>, &Vocabulary) -> Value,
}

fn truth(value: Option<bool>) -> Value {
    value.map_or(Value::Absent, Value::Truth)
}
fn whole(value: Option<i64>) -> Value {
    value.map_or(Value::Absent, Value::Whole)
}
fn number(value: Option<Decimal>) -> Value {
    value.map_or(Value::Absent, Value::Number)
}
fn money(value: Option<Money>) -> Value {
    value.map_or(Value::Absent, Value::Money)
}
fn day(value: Option<Day>) -> Value {
    value.map_or(Value::Absent, Value::Day)
}
fn text(value: Option<&Text>) -> Value {
    match value {
        Some(text) if !text.trim().is_empty() => Value::Text(text.clone()),
        _ => Value::Absent,
    }
}
/// A word by its id, whichever of its spellings the file has.
fn word(words: &Vocabulary, place: Use, value: Option<&Text>) -> Value {
    match value {
        Some(text) if !text.trim().is_empty() => Value::Text(by_its_id(words, place, text)),
        _ => Value::Absent,
    }
}
/// What is written is nearly always the id, and is not copied then.
fn by_its_id(words: &Vocabulary, place: Use, written: &Text) -> Text {
    match words.find(place, written) {
        Some(known) if known.id != **written => known.id.as_str().into(),
        _ => written.clone(),
    }
}
fn list<'a>(words: &Vocabulary, place: Use, values: impl Iterator<Item = &'a Text>) -> Value {
    Value::Words(
        values
            .map(|written| by_its_id(words, place, written))
            .collect(),
    )
}

/// Lines of other funders that were asked or have agreed.
fn paying(referral: &Referral) -> impl Iterator<Item = &Funding> {
    referral
        .funding
        .iter()
        .filter(|line| matches!(line.status.as_deref(), Some("asked" | "agreed")))
}

fn current_weekly(referral: &Referral) -> Option<Money> {
    let lines = &referral.current_costs;
    (!lines.is_empty()).then(|| {
        lines
            .iter()
            .map(|line| line.weekly.unwrap_or_default())
            .sum()
    })
}

/// Legal statuses of children whose care plan the law has reviewed. A series of short breaks has
/// rules of its own there.
const LOOKED_AFTER: [&str; 7] = [
    "section-20",
    "epo",
    "police-protection",
    "interim-care-order",
    "care-order",
    "placement-order",
    "remand",
];

fn looked_after(subject: &Subject<'_>, words: &Vocabulary) -> Value {
    let status = subject.referral.child.legal_status.as_ref();
    truth(
        status
            .filter(|status| !status.trim().is_empty())
            .map(|status| {
                LOOKED_AFTER.iter().any(|id| {
                    let known = words.find(Use::LegalStatus, status);
                    known.is_some_and(|known| known.id == *id || known.is_a.as_deref() == Some(*id))
                })
            }),
    )
}

macro_rules! names {
    ($($name:expr, $sort:expr, $meaning:literal, |$s:ident, $w:pat_param| $value:expr;)*) => {
        &[$(Name { name: $name, sort: $sort, meaning: $meaning, value: |$s, $w| $value },)*]
    };
}

/// Every name but the thresholds, which are the council's own.
pub(crate) const NAMES: &[Name] = names! {
    "child.age", Sort::Whole, "whole years on the day of the meeting, the birthday included",
        |s, _| whole(s.referral.child.date_of_birth.zip(s.meeting_on).map(|(born, on)| calendar::age_on(born, on)));
    "child.date_of_birth", Sort::Day, "date of birth", |s, _| day(s.referral.child.date_of_birth);
    "child.legal_status", Sort::Word(Use::LegalStatus), "legal status", |s, w| word(w, Use::LegalStatus, s.referral.child.legal_status.as_ref());
    "child.looked_after", Sort::Truth, "whether the legal status is one of a looked-after child; a series of short breaks is not counted",
        |s, w| looked_after(s, w);
    "child.looked_after_since", Sort::Day, "the day the child became looked after", |s, _| day(s.referral.child.looked_after_since);
    "child.last_looked_after_review", Sort::Day, "day of the last looked-after review", |s, _| day(s.referral.child.last_looked_after_review);
    "child.disabled_childrens_team", Sort::Truth, "whether a disabled children's team holds the case", |s, _| truth(s.referral.child.disabled_childrens_team);
    "child.meets_marp", Sort::Truth, "whether the case meets the multi-agency panel's criteria", |s, _| truth(s.referral.child.meets_marp);
    "request.kind", Sort::Word(Use::Kind), "what is asked", |s, w| word(w, Use::Kind, s.referral.request.kind.as_ref());
    "request.provision", Sort::Word(Use::Provision), "where the child would live", |s, w| word(w, Use::Provision, s.referral.request.provision.as_ref());
    "request.from", Sort::Day, "first day", |s, _| day(s.referral.request.from);
    "request.to", Sort::Day, "the day after the last", |s, _| day(s.referral.request.to);
    "request.months", Sort::Whole, "months from the first day to the end, a month that has begun counted whole: over three months is more than 3",
        |s, _| whole(s.referral.request.from.zip(s.referral.request.to).map(|(from, to)| calendar::months_begun(from, to)));
    "request.complex", Sort::Truth, "whether the longer slot is asked for", |s, _| truth(s.referral.request.complex);
    "request.wider_package", Sort::Truth, "whether it is part of a wider package of support", |s, _| truth(s.referral.request.wider_package);
    "request.review_of", Sort::Text, "the referral whose decision is under review", |s, _| text(s.referral.request.review_of.as_ref());
    "request.requested_by_panel", Sort::Day, "the meeting that asked for it", |s, _| day(s.referral.request.requested_by_panel);
    "request.search_started", Sort::Day, "when the search for a placement began", |s, _| day(s.referral.request.search_started);
    "request.school_change", Sort::Truth, "whether the school would change", |s, _| truth(s.referral.request.school_change);
    "request.virtual_school_told", Sort::Day, "when the virtual school was told", |s, _| day(s.referral.request.virtual_school_told);
    "request.distance_miles", Sort::Number, "miles from home", |s, _| number(s.referral.request.distance_miles);
    "request.out_of_area", Sort::Truth, "whether it is outside the council's area", |s, _| truth(s.referral.request.out_of_area);
    "request.risk_to_life", Sort::Truth, "whether there is a risk to life", |s, _| truth(s.referral.request.risk_to_life);
    "request.averts_accommodation", Sort::Truth, "whether it is crisis intervention so that the child need not be accommodated", |s, _| truth(s.referral.request.averts_accommodation);
    "request.staffing.days", Sort::Whole, "days of extra staffing", |s, _| whole(s.referral.request.staffing.as_ref().and_then(|staffing| staffing.days));
    "request.staffing.ratio", Sort::Text, "staffing ratio, like '2:1'", |s, _| text(s.referral.request.staffing.as_ref().and_then(|staffing| staffing.ratio.as_ref()));
    "request.notice.given", Sort::Day, "when notice was given on the placement", |s, _| day(s.referral.request.notice.as_ref().and_then(|notice| notice.given));
    "request.notice.ends", Sort::Day, "when that notice ends", |s, _| day(s.referral.request.notice.as_ref().and_then(|notice| notice.ends));
    "request.court.order", Sort::Word(Use::CourtOrder), "the order sought or made", |s, w| word(w, Use::CourtOrder, s.referral.request.court.as_ref().and_then(|court| court.order.as_ref()));
    "request.court.hearing", Sort::Day, "day of the hearing", |s, _| day(s.referral.request.court.as_ref().and_then(|court| court.hearing));
    "request.court.made_on", Sort::Day, "when the order was made", |s, _| day(s.referral.request.court.as_ref().and_then(|court| court.made_on));
    "request.court.orders_placement", Sort::Truth, "whether the court orders the placement", |s, _| truth(s.referral.request.court.as_ref().and_then(|court| court.orders_placement));
    "request.court.plan_filed", Sort::Day, "when the plan is filed", |s, _| day(s.referral.request.court.as_ref().and_then(|court| court.plan_filed));
    "request.court.legal_gateway", Sort::Day, "day of the referral to the legal gateway", |s, _| day(s.referral.request.court.as_ref().and_then(|court| court.legal_gateway));
    "provider.name", Sort::Text, "who would provide", |s, _| text(s.referral.provider.as_ref().and_then(|provider| provider.name.as_ref()));
    "provider.external", Sort::Truth, "whether the provider is outside the council", |s, _| truth(s.referral.provider.as_ref().and_then(|provider| provider.external));
    "provider.registered", Sort::Truth, "whether the provider is registered", |s, _| truth(s.referral.provider.as_ref().and_then(|provider| provider.registered));
    "provider.sector", Sort::Word(Use::Sector), "the provider's sector", |s, w| word(w, Use::Sector, s.referral.provider.as_ref().and_then(|provider| provider.sector.as_ref()));
    "placed_on", Sort::Day, "when a placement that has begun began", |s, _| day(s.referral.placed_on);
    "placement.long_term", Sort::Truth, "whether the present placement is long-term", |s, _| truth(s.referral.placement.as_ref().and_then(|placement| placement.long_term));
    "placement.contract_ends", Sort::Day, "when the present contract ends", |s, _| day(s.referral.placement.as_ref().and_then(|placement| placement.contract_ends));
    "placement.notice_weeks", Sort::Whole, "weeks of notice on the present placement", |s, _| whole(s.referral.placement.as_ref().and_then(|placement| placement.notice_weeks));
    "placement.moves", Sort::Whole, "moves so far", |s, _| whole(s.referral.placement.as_ref().and_then(|placement| placement.moves));
    "emergency", Sort::Truth, "whether it is an emergency: it has an emergency block, and its ground is none that the council refuses", |s, _| Value::Truth(s.is_emergency);
    "emergency.ground", Sort::Word(Use::Ground), "what made it an emergency", |s, w| word(w, Use::Ground, s.referral.emergency.as_ref().and_then(|emergency| emergency.ground.as_ref()));
    "cost.total", Sort::Money, "all cost lines: weekly × weeks + one-off, before other funders' shares", |s, _| money(s.cost(MoneyBase::Total));
    "cost.weekly", Sort::Money, "all weekly amounts", |s, _| money(s.cost(MoneyBase::Weekly));
    "cost.one_off", Sort::Money, "all one-off amounts", |s, _| money(s.cost(MoneyBase::OneOff));
    "cost.yearly", Sort::Money, "all cost lines for 52 weeks at most: weekly × weeks + one-off", |s, _| money(s.cost(MoneyBase::Yearly));
    "cost.weeks", Sort::Whole, "the weeks of the cost line that lasts longest; an open-ended line counts to the most that count", |s, _| whole(s.longest_line());
    "cost.current_weekly", Sort::Money, "all weekly amounts of what is in place now", |s, _| money(current_weekly(s.referral));
    "submitted", Sort::Day, "the day on which it was sent; a draft as if sent now", |s, _| day(s.sent_on);
    "sent", Sort::Truth, "whether it has been sent; a draft has not", |s, _| Value::Truth(s.referral.submitted.is_some());
    "needs", Sort::Words(Use::Funder), "other funders whose part is needed", |s, w| list(w, Use::Funder, s.referral.needs.iter());
    "documents", Sort::Words(Use::Document), "kinds of papers that go with it", |s, w| list(w, Use::Document, s.referral.documents.iter().filter_map(|paper| paper.kind.as_ref()));
    "funders", Sort::Words(Use::Funder), "other funders that were asked or have agreed", |s, w| list(w, Use::Funder, paying(s.referral).filter_map(|line| line.source.as_ref()));
    "funding.sources", Sort::Whole, "how many other funders were asked or have agreed", |s, _| whole(i64::try_from(paying(s.referral).count()).ok());
    "funding.share", Sort::Whole, "the shares of other funders that were asked or have agreed, in per cent, added up", |s, _| whole(Some(paying(s.referral).filter_map(|line| line.share).sum()));
    "permissions", Sort::Words(Use::Permission), "what leave has been given for", |s, w| list(w, Use::Permission, s.referral.permissions.iter().filter_map(|given| given.r#for.as_ref()));
    "permission.accommodation_on", Sort::Day, "the day on which leave to accommodate the child was given",
        |s, _| day(s.referral.permissions.iter().filter(|given| given.r#for.as_deref() == Some("accommodation")).find_map(|given| given.on).map(|on| on.day()));
    "referred_to", Sort::Words(Use::Panel), "other panels that it was referred to, or that were found not to be needed", |s, w| list(w, Use::Panel, s.referral.referred_to.iter().filter_map(|entry| entry.panel.as_ref()));
    "siblings", Sort::Whole, "how many brothers and sisters have referrals of their own", |s, _| whole(i64::try_from(s.referral.siblings.len()).ok());
    "history.deferrals", Sort::Whole, "how often the panel has put this referral off", |s, _| whole(s.history.map(|history| history.deferrals));
    OF_OTHER_REQUESTS, Sort::Words(Use::Kind), "kinds of requests for this child that were approved at earlier meetings", |s, w| list(w, Use::Kind, s.history.into_iter().flat_map(|history| &history.approved_kinds));
    "history.last_heard", Sort::Day, "the day on which it, or the referral that it brings back, was last decided or heard", |s, _| day(s.history.and_then(|history| history.last_heard_on));
    "meeting.date", Sort::Day, "day of the meeting it goes to", |s, _| day(s.meeting_on);
    "meeting.next", Sort::Day, "day of the meeting held after that", |s, _| day(s.next_meeting_on);
    "decision.outcome", Sort::Word(Use::Outcome), "the outcome; not known before the decision", |s, w| word(w, Use::Outcome, s.decision.and_then(|decision| decision.outcome.as_ref()));
    "decision.basis", Sort::Word(Use::Basis), "how it was reached", |s, w| word(w, Use::Basis, s.decision.and_then(|decision| decision.basis.as_ref()));
    "decision.approved_total", Sort::Money, "all approved lines: weekly × weeks + one-off", |s, _| money(s.decision.map(|decision| decision.approved.iter().map(|line| line.sum(s.most_weeks)).sum()));
    "decision.approved_weekly", Sort::Money, "all approved weekly amounts", |s, _| money(s.decision.map(|decision| decision.approved.iter().map(|line| line.weekly.unwrap_or_default()).sum()));
    "decision.approved_one_off", Sort::Money, "all approved amounts that are paid once", |s, _| money(s.decision.map(|decision| decision.approved.iter().map(|line| line.one_off.unwrap_or_default()).sum()));
    "decision.until", Sort::Day, "the day on which the approval ends", |s, _| day(s.decision.and_then(|decision| decision.until));
    "decision.review_on", Sort::Day, "the day on which it comes back", |s, _| day(s.decision.and_then(|decision| decision.review.as_ref()).and_then(|review| review.on));
    "decision.refer_to", Sort::Words(Use::Panel), "other panels that the decision refers to", |s, w| list(w, Use::Panel, s.decision.into_iter().flat_map(|decision| &decision.refer_to));
};

impl Name {
    fn kind(&self, words: &Vocabulary) -> Kind {
        match &self.sort {
            Sort::Truth => Kind::Truth,
            Sort::Whole => Kind::Whole,
            Sort::Number => Kind::Number,
            Sort::Money => Kind::Money,
            Sort::Day => Kind::Day,
            Sort::Text => Kind::Text,
            Sort::Word(place) => Kind::Word(words.ids(*place)),
            Sort::Words(place) => Kind::Words(words.ids(*place)),
        }
    }

    /// Whether it is a date.
    pub(super) const fn is_day(&self) -> bool {
        matches!(self.sort, Sort::Day)
    }

    /// Its value for one referral.
    pub(crate) fn value(&self, subject: &Subject<'_>, words: &Vocabulary) -> Value {
        (self.value)(subject, words)
    }

    /// Its value for one referral as a message says it: words by their labels, dates in words; none
    /// where the referral does not say.
    pub(super) fn said(&self, subject: &Subject<'_>, words: &Vocabulary) -> Option<String> {
        let label = |id: &Text| match self.sort {
            Sort::Word(place) | Sort::Words(place) => words.label(place, id).to_owned(),
            _ => id.to_string(),
        };
        Some(match self.value(subject, words) {
            Value::Absent => return None,
            Value::Truth(true) => "yes".to_owned(),
            Value::Truth(false) => "no".to_owned(),
            Value::Whole(number) => number.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Money(amount) => amount.to_string(),
            Value::Day(day) => day.in_words(),
            Value::Text(text) => label(&text),
            Value::Words(ids) if ids.is_empty() => "none".to_owned(),
            Value::Words(ids) => ids.iter().map(label).collect::<Vec<_>>().join(", "),
        })
    }

    /// The kind in a word, for the book.
    pub(crate) fn kind_in_words(&self) -> &'static str {
        match self.sort {
            Sort::Truth => "true or false",
            Sort::Whole => "whole number",
            Sort::Number => "number",
            Sort::Money => "money",
            Sort::Day => "date",
            Sort::Text => "text",
            Sort::Word(_) => "word",
            Sort::Words(_) => "list of words",
        }
    }
}

/// The names of one council: the built-in ones and its thresholds.
pub(super) struct KnownNames<'a> {
    pub(super) words: &'a Vocabulary,
    pub(super) thresholds: &'a [String],
}

impl Names for KnownNames<'_> {
    fn kind(&self, name: &str) -> Option<Kind> {
        if let Some(id) = name.strip_prefix("threshold.") {
            return self
                .thresholds
                .iter()
                .any(|known| known == id)
                .then_some(Kind::Money);
        }
        NAMES
            .iter()
            .find(|known| known.name == name)
            .map(|known| known.kind(self.words))
    }

    fn all(&self) -> Vec<String> {
        NAMES
            .iter()
            .map(|name| name.name.to_owned())
            .chain(self.thresholds.iter().map(|id| format!("threshold.{id}")))
            .collect()
    }
}

/// One referral's values, as conditions ask for them.
pub(crate) struct SubjectFacts<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) words: &'a Vocabulary,
    pub(crate) thresholds: &'a [super::Threshold],
}

impl Facts for SubjectFacts<'_> {
    fn value(&self, name: &str) -> Value {
        if let Some(id) = name.strip_prefix("threshold.") {
            let threshold = self.thresholds.iter().find(|threshold| threshold.id == id);
            return money(threshold.map(|threshold| threshold.amount));
        }
        // Asked for every condition of every case: looked up, not searched for.
        static BY_NAME: LazyLock<HashMap<&str, &Name, foldhash::fast::RandomState>> =
            LazyLock::new(|| NAMES.iter().map(|known| (known.name, known)).collect());
        BY_NAME.get(name).map_or(Value::Absent, |known| {
            (known.value)(&self.subject, self.words)
        })
    }
}
