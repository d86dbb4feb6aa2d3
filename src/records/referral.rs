//! A referral: what a social worker asks of the panel for a child.
//!
//! Every field may be absent: the council's rule file decides what must be there.

use super::{ById, Day, Decimal, Moment, Money, Named, Person, Text};
use serde::{Deserialize, Serialize};

/// Declares record structs whose fields may all be absent.
macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        pub(crate) struct $name { $($(#[$field_doc])* pub(crate) $field: $type,)* }
    )*};
}
pub(super) use records;

records! {
    /// One request for one child, or the lead request for several.
    Referral {
        /// Letters, digits and `-`, at most 40; equals the file's stem.
        reference: Text,
        /// The panel asked for, where the council has several.
        r#for: Option<Text>,
        /// Day of the meeting asked for.
        panel: Option<Day>,
        /// When it was sent; absent in a draft.
        submitted: Option<Moment>,
        /// When new paperwork came after a deferral.
        resubmitted: Option<Moment>,
        /// Other referrals that this one request covers; costs stand here.
        with: Box<[Text]>,
        /// The lead referral that holds the costs.
        part_of: Option<Text>,
        /// Taken back by its service.
        withdrawn: Option<Box<Withdrawn>>,
        /// The child or young person that the request is for.
        child: Child,
        /// References of brothers' and sisters' referrals.
        siblings: Box<[Text]>,
        /// The child's social worker.
        worker: Person,
        /// The worker's team manager.
        team_manager: Option<Named>,
        /// The service manager for the team.
        service_manager: Option<Named>,
        /// Independent reviewing officer.
        iro: Option<Named>,
        /// The family and who lives in the home, a person an entry.
        family: Box<[FamilyMember]>,
        /// Other people and professionals around the child, a person an entry.
        network: Box<[Person]>,
        /// Whether a family network meeting was held: `held`, and `explain` for a no.
        family_network_meeting: Option<YesNo>,
        /// Whether a safety plan is in place: `in_place`, and `explain` for a no.
        safety_plan: Option<YesNo>,
        /// The Signs of Safety summary of the case.
        signs_of_safety: Option<SignsOfSafety>,
        /// What is asked of the panel, why and for how long.
        request: Request,
        /// Who would provide what is asked for.
        provider: Option<Box<Provider>>,
        /// Placements that were looked at, each with whether it is available and suitable.
        options: Box<[PlacementOption]>,
        /// A placement that has already begun.
        placed_on: Option<Day>,
        /// The placement that the child is in now.
        placement: Option<Box<Placement>>,
        /// Costs of what is in place now.
        current_costs: Box<[CostLine]>,
        /// Only for an emergency: its ground, and who approved it and when.
        emergency: Option<Box<Emergency>>,
        /// What is asked for in money, a line an item: weekly × weeks + one_off, in pounds.
        costs: Box<[CostLine]>,
        /// Declared sum of the cost lines, in pounds.
        total: Option<Money>,
        /// Other funders whose part is needed.
        needs: Box<[Text]>,
        /// Other panels that have seen the case, or why they need not.
        referred_to: Box<[ReferredTo]>,
        /// What other funders pay, or were asked to.
        funding: Box<[Funding]>,
        /// What was tried before, and how it went.
        alternatives: Box<[Alternative]>,
        /// What the child and the people around them think of the request.
        views: Views,
        /// Papers that go with the referral.
        documents: Box<[Document]>,
        /// Signatures: the post, the name and when.
        sign_offs: Box<[SignOff]>,
        /// Leave that was given before a step was taken, like the start of a search.
        permissions: Box<[Permission]>,
        /// Who comes to the panel to present the case.
        attending: Box<[Person]>,
        /// Names of panel members who know the case.
        involved_members: Box<[Text]>,
        /// Answers to the council's checklist, by its ids.
        checklist: ById<Text>,
        /// Time limits that were met and that nothing else here shows: their ids, and when.
        done: ById<Day>,
        /// Further sections of the council's own form, by their ids.
        sections: ById<Text>,
    }

    /// Taken back: when, and who agreed.
    Withdrawn {
        /// Day on which it was taken back.
        on: Option<Day>,
        /// Who agreed that it was taken back.
        agreed_by: Option<Person>,
    }

    /// The child or young person.
    Child {
        /// Number on the case system: text, leading zeros kept.
        case_id: Option<Text>,
        /// The child's initials, as the office writes names here.
        name: Option<Text>,
        /// Date of birth; left out for an unborn child.
        date_of_birth: Option<Day>,
        /// Ethnicity, in the family's own words.
        ethnicity: Option<Text>,
        /// Disability or diagnosis; write "none" where there is none.
        disability: Option<Text>,
        /// Religion; write "none" where there is none.
        religion: Option<Text>,
        /// First language.
        language: Option<Text>,
        /// What matters to the child and family in their culture.
        culture: Option<Text>,
        /// Whether the disabled children's team works with the child.
        disabled_childrens_team: Option<bool>,
        /// Whether the child meets the criteria of the multi-agency resource panel.
        meets_marp: Option<bool>,
        /// Legal status: a word, or its code in the national return.
        legal_status: Option<Text>,
        /// Day on which the child began to be looked after.
        looked_after_since: Option<Day>,
        /// Day of the last looked-after review held.
        last_looked_after_review: Option<Day>,
    }

    /// A member of the family.
    FamilyMember {
        /// Initial and surname.
        name: Option<Text>,
        /// Date of birth.
        date_of_birth: Option<Day>,
        /// Relationship to the child, like mother or maternal aunt.
        relationship: Option<Text>,
    }

    /// A yes or no of the form, with the reason for a no.
    YesNo {
        /// Whether the meeting was held.
        held: Option<bool>,
        /// Whether the plan is in place.
        in_place: Option<bool>,
        /// Why not, where the answer is no.
        explain: Option<Text>,
    }

    /// Signs of Safety case summary.
    SignsOfSafety {
        /// What has happened that harmed the child.
        past_harm: Option<Text>,
        /// What you are worried will happen if nothing changes.
        future_danger: Option<Text>,
        /// What makes the situation harder to put right.
        complicating_factors: Option<Text>,
        /// What is working well.
        existing_strengths: Option<Text>,
        /// Times when the child was kept safe although the danger was there.
        existing_safety: Option<Text>,
        /// What has to happen next.
        next_steps: Option<Text>,
        /// Who is worried, about what, and what could happen to the child.
        danger_statement: Option<Text>,
        /// What the family must be seen doing, and for how long, for the worry to end.
        safety_goals: Option<Text>,
        /// Each person's score of how safe things are.
        scaling: Box<[Scaling]>,
    }

    /// One person's score of how safe things are.
    Scaling {
        /// Who gives the score.
        name: Option<Text>,
        /// Their post, or who they are to the child.
        role: Option<Text>,
        /// 0 (act now) to 10 (safe enough).
        score: Option<i64>,
        /// Why that score.
        reasons: Option<Text>,
    }

    /// What is asked of the panel.
    Request {
        /// What kind of request it is.
        kind: Option<Text>,
        /// The placement or service that is asked for.
        provision: Option<Text>,
        /// What is asked for, in a sentence or two.
        summary: Option<Text>,
        /// Why it is needed now.
        reason: Option<Text>,
        /// The child's care plan, and how the request serves it.
        care_plan: Option<Text>,
        /// First day.
        from: Option<Day>,
        /// The day after the last.
        to: Option<Day>,
        /// Whether the case is complex, where the council gives such cases more time.
        complex: Option<bool>,
        /// Whether it is part of a wider package of support.
        wider_package: Option<bool>,
        /// The referral whose decision is under review.
        review_of: Option<Text>,
        /// The meeting that asked for this presentation.
        requested_by_panel: Option<Day>,
        /// Day on which the search for a placement began.
        search_started: Option<Day>,
        /// Whether the child would change school.
        school_change: Option<bool>,
        /// Day on which the virtual school was told of a change of school.
        virtual_school_told: Option<Day>,
        /// Miles from home.
        distance_miles: Option<Decimal>,
        /// Whether the placement lies outside the council's area.
        out_of_area: Option<bool>,
        /// Whether there is a risk to life.
        risk_to_life: Option<bool>,
        /// Whether it is to keep the child from having to be accommodated.
        averts_accommodation: Option<bool>,
        /// Notice on the present placement: when it was given and when it ends.
        notice: Option<Box<Notice>>,
        /// Extra staff in the placement.
        staffing: Option<Box<Staffing>>,
        /// Court proceedings that bear on the request.
        court: Option<Box<Court>>,
    }

    /// Notice on the present placement.
    Notice {
        /// Day on which notice was given.
        given: Option<Day>,
        /// Day on which the notice runs out.
        ends: Option<Day>,
    }

    /// Extra staff in a placement.
    Staffing {
        /// Staff to child, like 2:1.
        ratio: Option<Text>,
        /// For how many days.
        days: Option<i64>,
    }

    /// Court proceedings that bear on the request.
    Court {
        /// The order that is applied for or made.
        order: Option<Text>,
        /// Day of the next hearing.
        hearing: Option<Day>,
        /// Day on which the order was made.
        made_on: Option<Day>,
        /// Whether the court orders this very placement.
        orders_placement: Option<bool>,
        /// Day on which the plan is to be filed with the court.
        plan_filed: Option<Day>,
        /// Day of the legal gateway or planning meeting.
        legal_gateway: Option<Day>,
    }

    /// Who would provide.
    Provider {
        /// The provider's name.
        name: Option<Text>,
        /// Whether the provider is outside the council.
        external: Option<bool>,
        /// Whether the provision is registered with the regulator.
        registered: Option<bool>,
        /// The sector that the provider belongs to.
        sector: Option<Text>,
    }

    /// One way of meeting the need that was looked at.
    PlacementOption {
        /// The kind of placement.
        provision: Option<Text>,
        /// The provider's name; left out for the council's own.
        provider: Option<Text>,
        /// Whether there is a place.
        available: Option<bool>,
        /// Whether it would meet the child's needs.
        suitable: Option<bool>,
        /// Pounds a week.
        weekly: Option<Money>,
        /// Why it does not serve, or what else matters.
        note: Option<Text>,
    }

    /// The placement that the child is in.
    Placement {
        /// Whether it is meant to last.
        long_term: Option<bool>,
        /// Day on which the contract ends.
        contract_ends: Option<Day>,
        /// Weeks of notice in the contract.
        notice_weeks: Option<i64>,
        /// How many placement moves the child has had.
        moves: Option<i64>,
    }

    /// An emergency: what made it one and who approved it.
    Emergency {
        /// What makes it an emergency.
        ground: Option<Text>,
        /// Who approved it before panel.
        approved_by: Option<Person>,
        /// When it was approved.
        approved_on: Option<Moment>,
    }

    /// One line of cost: weekly × weeks + one_off, in pounds.
    CostLine {
        /// What the line is for.
        item: Option<Text>,
        /// What is bought, from whom.
        description: Option<Text>,
        /// Pounds a week.
        weekly: Option<Money>,
        /// Absent: open-ended.
        weeks: Option<i64>,
        /// Pounds once.
        one_off: Option<Money>,
        /// The first day of this line, where it is not that of the whole.
        from: Option<Day>,
    }

    /// Another panel that has seen the case, or why it need not.
    ReferredTo {
        /// The other panel, by its id.
        panel: Option<Text>,
        /// Day on which it saw the case.
        on: Option<Day>,
        /// What it said.
        outcome: Option<Text>,
        /// Why that panel need not see the case.
        not_needed: Option<Text>,
    }

    /// What another funder pays.
    Funding {
        /// The other funder.
        source: Option<Text>,
        /// How far the funder has come.
        status: Option<Text>,
        /// Per cent.
        share: Option<i64>,
        /// What was said; why it was not asked.
        note: Option<Text>,
    }

    /// A service tried before.
    Alternative {
        /// The service or support that was tried.
        tried: Option<Text>,
        /// How it went, and why it is not enough.
        outcome: Option<Text>,
    }

    /// What the people concerned think.
    Views {
        /// The child's own wishes and feelings.
        child: Option<Text>,
        /// What the parents think.
        parents: Option<Text>,
        /// What the present carers think.
        carers: Option<Text>,
        /// What whoever has parental responsibility thinks.
        parental_responsibility: Option<Text>,
        /// What the independent reviewing officer thinks.
        iro: Option<Text>,
        /// What the head of service thinks.
        head_of_service: Option<Text>,
    }

    /// A paper that goes with the referral.
    Document {
        /// Which paper it is.
        kind: Option<Text>,
        /// Its title, where the kind does not say enough.
        title: Option<Text>,
        /// Day on its front page.
        dated: Option<Day>,
        /// Path from the case folder.
        file: Option<Text>,
    }

    /// A signature: a date without a time counts to the end of that day.
    SignOff {
        /// The post that signs.
        role: Option<Text>,
        /// Who signed.
        name: Option<Text>,
        /// When they signed; a date alone counts to the end of that day.
        on: Option<Moment>,
    }

    /// Leave given before a step was taken.
    Permission {
        /// The step that leave is given for.
        r#for: Option<Text>,
        /// The post that gave it.
        role: Option<Text>,
        /// Who gave it.
        name: Option<Text>,
        /// The post through which it was asked for.
        via: Option<Text>,
        /// The post whose power a delegate used.
        delegated_by: Option<Text>,
        /// When it was given.
        on: Option<Moment>,
    }
}

impl CostLine {
    /// Weekly × weeks + one_off; weeks beyond `most_weeks`, or none given, count as `most_weeks`.
    pub(crate) fn sum(&self, most_weeks: i64) -> Money {
        let weeks = self.weeks.map_or(most_weeks, |weeks| weeks.min(most_weeks));
        self.weekly.unwrap_or_default().times(weeks) + self.one_off.unwrap_or_default()
    }
}

impl YesNo {
    /// The answer, whichever of its two keys the form uses; absent is "not said", never no.
    pub(crate) fn answer(&self) -> Option<bool> {
        self.held.or(self.in_place)
    }
}

/// Whether a text has the shape of a reference.
pub(crate) fn is_reference(text: &str) -> bool {
    const LONGEST: usize = 40;
    let is_sound = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_sound)
}

/// Whether a reference has a figure in it: one of words alone would be found in any text, and what is
/// written of it taken for another child's.
pub(crate) fn has_figure(reference: &str) -> bool {
    reference.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether Windows keeps a name for itself: no file can be called so there, whatever its ending.
pub(crate) fn is_device(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    is_port || DEVICES.contains(&stem.as_str())
}

impl Child {
    /// The number on the case system, where there is one.
    pub(crate) fn number(&self) -> Option<&str> {
        super::number_in(self.case_id.as_deref()?)
    }
}
