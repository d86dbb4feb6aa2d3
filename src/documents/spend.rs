//! The log of spend: what approvals commit, year by year, and what is left of the funds.

use super::budget::{
    AgainstView, AmountView, FundView, Running, SumView, YearView, day_after, day_before, funds,
    sum, years, years_of,
};
use super::common::{DayView, child_of, json, label, person, said};
use super::spend_by::{GroupsView, groups};
use super::spend_now::{EffectView, NowView, effect, now};
use super::{Document, Options, names, render};
use crate::council::Use;
use crate::desk::{Commitment, Desk, FinancialYear, Made, Overlap, PanelMeeting, Stretch};
use crate::records::{Day, ExpenditureSigned, Funding, Money, Person};
use serde::Serialize;

/// What the template of the log of spend is given.
#[derive(Debug, Clone, Serialize)]
struct SpendView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the log speaks.
    as_of: DayView,
    /// The first of the days that are counted, where they were asked for.
    from: Option<DayView>,
    /// The last of them.
    to: Option<DayView>,
    /// Whether only some days are counted.
    is_part: bool,
    /// Where the money stands on the day of the log, whatever days are counted.
    now: NowView,
    /// What the meeting that was asked for adds; only its lines are then listed.
    effect: Option<EffectView>,
    /// Whether the council's file asks for a signature in the log.
    wants_log: bool,
    /// Line by line, in the order of the decisions.
    lines: Vec<LineView>,
    /// All lines together.
    sum: SumView,
    /// How many lines are not signed in the log.
    unsigned: usize,
    /// What these come to.
    unsigned_sum: AmountView,
    /// The meeting's day of the oldest of them.
    unsigned_since: Option<DayView>,
    /// How many days ago that was.
    unsigned_days: Option<i64>,
    /// Financial year by financial year.
    years: Vec<YearView>,
    /// The sums by what was asked for: provision, funder, child or meeting.
    by: Option<GroupsView>,
    /// Lines for one child that are both paid for in the same days.
    overlaps: Vec<OverlapView>,
    /// What the earlier ones of them cost in these days.
    overlaps_sum: AmountView,
    /// Placements that had begun when the panel refused them; nothing of them is in any sum.
    refused: Vec<RefusedView>,
    /// What there is to spend, and what is left of it.
    funds: Vec<FundView>,
    /// Decisions whose lines could not all be read.
    doubtful: Vec<String>,
    /// Decisions on referrals that are not there; nothing of them is counted.
    left_out: Vec<String>,
}

/// One approved line.
#[derive(Debug, Clone, Serialize)]
struct LineView {
    /// The meeting's folder.
    meeting: String,
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// Number on the case system.
    case_id: Option<String>,
    /// `in-force`, or `in-principle` while an endorsement is awaited.
    state: &'static str,
    /// What it is for, as files write it.
    item: String,
    /// What it is for, in words.
    item_words: String,
    /// In the worker's words.
    description: Option<String>,
    /// Pounds a week.
    weekly: Option<AmountView>,
    /// Pounds once.
    one_off: Option<AmountView>,
    /// The first day.
    from: DayView,
    /// The day after the last; none where it is paid once.
    to: Option<DayView>,
    /// The last day.
    last: Option<DayView>,
    /// Whether it ended before its time.
    is_ended: bool,
    /// The later approval that takes its place before its time.
    replaced: Option<ReplacedView>,
    /// Whether the council's file wants a signature in the log for it.
    wants_log: bool,
    /// The whole line.
    #[serde(flatten)]
    sum: SumView,
    /// The days that are counted.
    counted: SumView,
    /// What falls into each financial year of the days that are counted.
    years: Vec<LineYear>,
    /// Who pays how much of it.
    funders: Vec<FunderView>,
    /// The panel's own part of this line and of all before it.
    running: AmountView,
    /// The same against the funds in force on the meeting's day.
    against: Option<AgainstView>,
    /// Who signed the spend on the decision, and when.
    expenditure_signed: Option<SignatureView>,
    /// Who signed it in the log, and when.
    log_signed: Option<SignatureView>,
}

/// A later approval that takes a line's place.
#[derive(Debug, Clone, Serialize)]
struct ReplacedView {
    /// Its referral.
    by: String,
    /// Its meeting's folder.
    meeting: String,
    /// The day on which it begins.
    on: DayView,
    /// What the line would have cost from that day on.
    spared: AmountView,
    /// Whether it ends the placement, and puts nothing in its place.
    is_end: bool,
}

/// A placement that had begun when the panel refused it.
#[derive(Debug, Clone, Serialize)]
struct RefusedView {
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// The first day.
    from: DayView,
    /// The day of the refusal.
    refused: DayView,
    /// The day from which the child was elsewhere, where that was before the refusal.
    ended: Option<DayView>,
    /// How many days that is.
    days: i64,
    /// What they cost by the request; none where it gives no sum.
    sum: Option<AmountView>,
}

/// Two lines for one child that are both paid for in the same days.
#[derive(Debug, Clone, Serialize)]
struct OverlapView {
    /// The earlier line's meeting's folder.
    meeting: String,
    /// The earlier line's referral.
    reference: String,
    /// The child.
    child: String,
    /// What the earlier line is for, in words.
    item_words: String,
    /// The later line's referral.
    with: String,
    /// The later line's meeting's folder.
    with_meeting: String,
    /// The first day of both.
    from: DayView,
    /// The last.
    last: DayView,
    /// What the earlier line costs in these days.
    sum: AmountView,
}

/// One line's part of a financial year.
#[derive(Debug, Clone, Serialize)]
struct LineYear {
    /// `2026-27`
    year: String,
    /// What falls into it.
    #[serde(flatten)]
    sum: SumView,
}

/// Another funder of a line.
#[derive(Debug, Clone, Serialize)]
struct FunderView {
    /// As files write it.
    source: String,
    /// As people say it.
    words: String,
    /// Per cent.
    share: i64,
    /// `agreed`, `asked`, `refused`.
    status: Option<String>,
    /// What it pays; none where it has not agreed.
    pays: Option<AmountView>,
}

/// A signature.
#[derive(Debug, Clone, Serialize)]
struct SignatureView {
    /// By whom.
    name: String,
    /// In which post.
    role: Option<String>,
    /// When.
    on: Option<DayView>,
}

/// What the log of spend is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SpendAsked<'m, 'a> {
    /// Only the days from this one on.
    pub(crate) from: Option<Day>,
    /// Only the days up to and with this one.
    pub(crate) to: Option<Day>,
    /// Only the lines of this meeting, and what they add.
    pub(crate) meeting: Option<&'m PanelMeeting<'a>>,
    /// Sums by this beside the log.
    pub(crate) by: Option<SpendBy>,
}

/// By what the sums of the log are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpendBy {
    /// What is provided, as the request names it.
    Provision,
    /// Who pays: the panel's own budget and each other funder.
    Funder,
    /// The child.
    Child,
    /// The meeting that approved it.
    Meeting,
}

/// The log of spend; where days are named, only they are counted, and only lines that cost
/// something in them are listed.
pub(crate) fn spend(desk: &Desk<'_>, asked: SpendAsked<'_, '_>, options: Options) -> Document {
    let (from, to) = (asked.from, asked.to);
    let counted = Stretch {
        from,
        until: to.map(day_after),
    };
    let all = desk.commitments();
    let is_part = counted != Stretch::ALL;
    // Of all days every line is listed, one that came to nothing too: the log is whole.
    let is_listed = |line: &Commitment<'_, '_>| {
        let is_of_meeting = |meeting: &PanelMeeting<'_>| meeting.id == line.made.meeting;
        asked.meeting.is_none_or(is_of_meeting)
            && (!is_part || line.cost.within(counted) > Money::ZERO)
    };
    let mut running = Running::default();
    let mut lines = Vec::new();
    let mut listed = Vec::new();
    for line in &all {
        let against = running.add(desk, line);
        if is_listed(line) {
            lines.push(line_view(desk, line, counted, running.own, against));
            listed.push(line);
        }
    }
    let unsigned: Vec<_> = listed
        .iter()
        .filter(|line| is_unsigned(desk, line))
        .collect();
    let unsigned_since = unsigned.iter().map(|line| line.made.on).min();
    let overlaps: Vec<_> = listed.iter().flat_map(|line| overlaps(line)).collect();
    let doubled = listed.iter().flat_map(|line| &line.overlaps);
    let view = SpendView {
        council: desk.book.about.name.clone(),
        panel: desk.book.about.panel.clone(),
        as_of: desk.today().into(),
        from: from.map(DayView::from),
        to: to.map(DayView::from),
        is_part,
        now: now(desk, &all),
        effect: asked.meeting.map(|meeting| effect(desk, meeting)),
        wants_log: listed
            .iter()
            .any(|line| line.made.rules.expenditure_log.is_some()),
        sum: sum(&listed, counted),
        unsigned: unsigned.len(),
        unsigned_sum: unsigned
            .iter()
            .map(|line| line.cost.within(counted))
            .sum::<Money>()
            .into(),
        unsigned_since: unsigned_since.map(DayView::from),
        unsigned_days: unsigned_since.map(|since| (desk.today().date() - since.date()).num_days()),
        years: years(desk, &listed, counted),
        by: asked.by.map(|by| groups(desk, &listed, counted, by)),
        overlaps,
        overlaps_sum: doubled.map(|overlap| overlap.sum).sum::<Money>().into(),
        refused: refused(desk, counted, asked.meeting),
        funds: funds(desk, &all),
        doubtful: doubtful(&all),
        left_out: desk
            .made_on_nothing()
            .iter()
            .map(|file| file.file.path.clone())
            .collect(),
        lines,
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "spend.md.j2", view, "spend.md".to_owned())
}

/// What the days up to refusals cost that no approval covers, at one meeting or at all of them.
fn refused(
    desk: &Desk<'_>,
    counted: Stretch,
    meeting: Option<&PanelMeeting<'_>>,
) -> Vec<RefusedView> {
    let refused = desk.cases().iter();
    let refused = refused.filter_map(|case| desk.refused_home(case));
    let is_meant = |made: &Made<'_>| meeting.is_none_or(|meeting| meeting.id == made.meeting);
    refused
        .filter(|refused| is_meant(refused.made))
        .filter_map(|refused| {
            let until = desk.refused_until(&refused);
            let own = Stretch {
                from: Some(refused.since),
                until: Some(until),
            };
            let days = own.and(counted);
            let (from, end) = (days.from?, days.until?);
            (!days.is_empty()).then(|| RefusedView {
                reference: refused.case.reference().to_owned(),
                child: child_of(refused.case),
                from: from.into(),
                refused: refused.refused_on().into(),
                ended: (until < refused.made.on).then(|| until.into()),
                days: (end.date() - from.date()).num_days(),
                sum: desk.cost_to_refusal(&refused, days).map(AmountView::from),
            })
        })
        .collect()
}

/// Whether the council wants a signature in the log for a line, and there is none yet.
fn is_unsigned(desk: &Desk<'_>, line: &Commitment<'_, '_>) -> bool {
    line.made.rules.expenditure_log.is_some() && log_signature(desk, line).is_none()
}

fn overlaps(line: &Commitment<'_, '_>) -> Vec<OverlapView> {
    let view = |overlap: &Overlap<'_>| OverlapView {
        meeting: line.made.meeting.to_owned(),
        reference: line.case.reference().to_owned(),
        child: child_of(line.case),
        item_words: item_words(line),
        with: overlap.with.to_owned(),
        with_meeting: overlap.meeting.to_owned(),
        from: overlap.days.from.unwrap_or(line.cost.from).into(),
        last: day_before(overlap.days.until.unwrap_or(line.cost.until())).into(),
        sum: overlap.sum.into(),
    };
    line.overlaps.iter().map(view).collect()
}

fn item_words(line: &Commitment<'_, '_>) -> String {
    label(line.made.rules, Use::Item, line.line.item.as_ref()).unwrap_or_else(|| "Other".to_owned())
}

fn line_view(
    desk: &Desk<'_>,
    line: &Commitment<'_, '_>,
    counted: Stretch,
    running: Money,
    against: Option<AgainstView>,
) -> LineView {
    let cost = &line.cost;
    let amount = |money: Option<Money>| money.filter(|money| *money != Money::ZERO);
    let until = (cost.days > 0).then(|| cost.until());
    LineView {
        meeting: line.made.meeting.to_owned(),
        reference: line.case.reference().to_owned(),
        child: child_of(line.case),
        case_id: said(line.case.referral().child.case_id.as_ref()),
        state: if line.made.awaits(desk.today()).is_empty() {
            "in-force"
        } else {
            "in-principle"
        },
        item: said(line.line.item.as_ref()).unwrap_or_else(|| "other".to_owned()),
        item_words: item_words(line),
        description: said(line.line.description.as_ref()),
        weekly: amount(line.line.weekly).map(AmountView::from),
        one_off: amount(line.line.one_off).map(AmountView::from),
        from: cost.from.into(),
        to: until.map(DayView::from),
        last: until.map(|until| day_before(until).into()),
        is_ended: line.is_ended,
        replaced: line.replaced.as_ref().map(|replaced| ReplacedView {
            by: replaced.by.to_owned(),
            meeting: replaced.meeting.to_owned(),
            on: replaced.on.into(),
            spared: replaced.spared.into(),
            is_end: replaced.is_end,
        }),
        wants_log: line.made.rules.expenditure_log.is_some(),
        sum: sum(&[line], Stretch::ALL),
        counted: sum(&[line], counted),
        years: years_of(line)
            .filter_map(|year| line_year(line, year, counted))
            .collect(),
        funders: funders(line),
        running: running.into(),
        against,
        expenditure_signed: line
            .made
            .decision()
            .expenditure_signed
            .as_ref()
            .and_then(|signed| signature(desk, line, signed)),
        log_signed: log_signature(desk, line),
    }
}

fn line_year(line: &Commitment<'_, '_>, year: FinancialYear, counted: Stretch) -> Option<LineYear> {
    let days = year.days().and(counted);
    (line.cost.within(days) > Money::ZERO).then(|| LineYear {
        year: year.to_string(),
        sum: sum(&[line], days),
    })
}

/// Other funders with what they pay: those who have agreed first come to exactly their share.
fn funders(line: &Commitment<'_, '_>) -> Vec<FunderView> {
    let mut pay = line.funders().into_iter();
    let view = |funder: &Funding| {
        let has_agreed = funder.status.as_deref() == Some("agreed");
        let share = funder.share.unwrap_or_default();
        FunderView {
            source: said(funder.source.as_ref()).unwrap_or_else(|| "other".to_owned()),
            words: label(line.made.rules, Use::Funder, funder.source.as_ref())
                .unwrap_or_else(|| "Another funder".to_owned()),
            share,
            status: said(funder.status.as_ref()),
            pays: (has_agreed && share > 0)
                .then(|| pay.next())
                .flatten()
                .map(|(_, amount)| amount.into()),
        }
    };
    line.funding.iter().map(view).collect()
}

fn log_signature(desk: &Desk<'_>, line: &Commitment<'_, '_>) -> Option<SignatureView> {
    let signed = line.made.log_signed()?;
    signature(desk, line, signed)
}

/// A signature that has been given by the desk's moment.
fn signature(
    desk: &Desk<'_>,
    line: &Commitment<'_, '_>,
    signed: &ExpenditureSigned,
) -> Option<SignatureView> {
    if signed.on.is_some_and(|on| on > desk.today()) {
        return None;
    }
    let who = person(
        line.made.rules,
        &Person {
            name: signed.name.clone(),
            role: signed.role.clone(),
            ..Person::default()
        },
    );
    Some(SignatureView {
        name: who.name,
        role: who.role,
        on: signed.on.map(DayView::from),
    })
}

/// Decisions of which something that bears on the money could not be read.
fn doubtful(lines: &[Commitment<'_, '_>]) -> Vec<String> {
    let keys = ["approved", "until", "funding"];
    let mut paths: Vec<String> = lines
        .iter()
        .map(|line| &line.made.file.file)
        .filter(|file| {
            file.faults
                .iter()
                .any(|fault| keys.iter().any(|key| fault.path.starts_with(key)))
        })
        .map(|file| file.path.clone())
        .collect();
    paths.dedup();
    paths
}
