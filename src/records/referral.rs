//! A referral: what a social worker asks of the panel for a child.
//!
//! Every field may be absent: the council's rule file decides what must be there.

use super::{Day, Decimal, Moment, Money, Named, Person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
        reference: String,
        /// The panel asked for, where the council has several.
        r#for: Option<String>,
        /// Day of the meeting asked for.
        panel: Option<Day>,
        /// When it was sent; absent in a draft.
        submitted: Option<Moment>,
        /// When new paperwork came after a deferral.
        resubmitted: Option<Moment>,
        /// Other referrals that this one request covers; costs stand here.
        with: Vec<String>,
        /// The lead referral that holds the costs.
        part_of: Option<String>,
        /// Taken back by its service.
        withdrawn: Option<Withdrawn>,
        child: Child,
        /// References of brothers' and sisters' referrals.
        siblings: Vec<String>,
        worker: Person,
        team_manager: Option<Named>,
        service_manager: Option<Named>,
        /// Independent reviewing officer.
        iro: Option<Named>,
        family: Vec<FamilyMember>,
        network: Vec<Person>,
        family_network_meeting: Option<YesNo>,
        safety_plan: Option<YesNo>,
        signs_of_safety: Option<SignsOfSafety>,
        request: Request,
        provider: Option<Provider>,
        options: Vec<PlacementOption>,
        /// A placement that has already begun.
        placed_on: Option<Day>,
        placement: Option<Placement>,
        /// Costs of what is in place now.
        current_costs: Vec<CostLine>,
        emergency: Option<Emergency>,
        costs: Vec<CostLine>,
        /// Declared sum of the cost lines, in pounds.
        total: Option<Money>,
        /// Other funders whose part is needed.
        needs: Vec<String>,
        referred_to: Vec<ReferredTo>,
        funding: Vec<Funding>,
        alternatives: Vec<Alternative>,
        views: Views,
        documents: Vec<Document>,
        sign_offs: Vec<SignOff>,
        permissions: Vec<Permission>,
        attending: Vec<Person>,
        /// Names of panel members who know the case.
        involved_members: Vec<String>,
        /// Answers to the council's checklist, by its ids.
        checklist: BTreeMap<String, String>,
        /// Time limits that were met and that nothing else here shows: their ids, and when.
        done: BTreeMap<String, Day>,
        /// Further sections of the council's own form, by their ids.
        sections: BTreeMap<String, String>,
    }

    /// Taken back: when, and who agreed.
    Withdrawn {
        on: Option<Day>,
        agreed_by: Option<Person>,
    }

    /// The child or young person.
    Child {
        /// Number on the case system: text, leading zeros kept.
        case_id: Option<String>,
        name: Option<String>,
        date_of_birth: Option<Day>,
        ethnicity: Option<String>,
        disability: Option<String>,
        religion: Option<String>,
        language: Option<String>,
        culture: Option<String>,
        disabled_childrens_team: Option<bool>,
        meets_marp: Option<bool>,
        legal_status: Option<String>,
        looked_after_since: Option<Day>,
        /// Day of the last looked-after review held.
        last_looked_after_review: Option<Day>,
    }

    /// A member of the family.
    FamilyMember {
        name: Option<String>,
        date_of_birth: Option<Day>,
        relationship: Option<String>,
    }

    /// A yes or no of the form, with the reason for a no.
    YesNo {
        held: Option<bool>,
        in_place: Option<bool>,
        explain: Option<String>,
    }

    /// Signs of Safety case summary.
    SignsOfSafety {
        past_harm: Option<String>,
        future_danger: Option<String>,
        complicating_factors: Option<String>,
        existing_strengths: Option<String>,
        existing_safety: Option<String>,
        next_steps: Option<String>,
        danger_statement: Option<String>,
        safety_goals: Option<String>,
        scaling: Vec<Scaling>,
    }

    /// One person's score of how safe things are.
    Scaling {
        name: Option<String>,
        role: Option<String>,
        /// 0 (act now) to 10 (safe enough).
        score: Option<i64>,
        reasons: Option<String>,
    }

    /// What is asked of the panel.
    Request {
        kind: Option<String>,
        provision: Option<String>,
        summary: Option<String>,
        reason: Option<String>,
        care_plan: Option<String>,
        /// First day.
        from: Option<Day>,
        /// The day after the last.
        to: Option<Day>,
        complex: Option<bool>,
        wider_package: Option<bool>,
        /// The referral whose decision is under review.
        review_of: Option<String>,
        /// The meeting that asked for this presentation.
        requested_by_panel: Option<Day>,
        search_started: Option<Day>,
        school_change: Option<bool>,
        virtual_school_told: Option<Day>,
        /// Miles from home.
        distance_miles: Option<Decimal>,
        out_of_area: Option<bool>,
        risk_to_life: Option<bool>,
        averts_accommodation: Option<bool>,
        notice: Option<Notice>,
        staffing: Option<Staffing>,
        court: Option<Court>,
    }

    /// Notice on the present placement.
    Notice {
        given: Option<Day>,
        ends: Option<Day>,
    }

    /// Extra staff in a placement.
    Staffing {
        ratio: Option<String>,
        days: Option<i64>,
    }

    /// Court proceedings that bear on the request.
    Court {
        order: Option<String>,
        hearing: Option<Day>,
        made_on: Option<Day>,
        orders_placement: Option<bool>,
        plan_filed: Option<Day>,
        legal_gateway: Option<Day>,
    }

    /// Who would provide.
    Provider {
        name: Option<String>,
        external: Option<bool>,
        registered: Option<bool>,
        sector: Option<String>,
    }

    /// One way of meeting the need that was looked at.
    PlacementOption {
        provision: Option<String>,
        provider: Option<String>,
        available: Option<bool>,
        suitable: Option<bool>,
        /// Pounds a week.
        weekly: Option<Money>,
        note: Option<String>,
    }

    /// The placement that the child is in.
    Placement {
        long_term: Option<bool>,
        contract_ends: Option<Day>,
        notice_weeks: Option<i64>,
        moves: Option<i64>,
    }

    /// An emergency: what made it one and who approved it.
    Emergency {
        ground: Option<String>,
        approved_by: Option<Person>,
        approved_on: Option<Moment>,
    }

    /// One line of cost: weekly × weeks + one_off, in pounds.
    CostLine {
        item: Option<String>,
        description: Option<String>,
        weekly: Option<Money>,
        /// Absent: open-ended.
        weeks: Option<i64>,
        one_off: Option<Money>,
        /// The first day of this line, where it is not that of the whole.
        from: Option<Day>,
    }

    /// Another panel that has seen the case, or why it need not.
    ReferredTo {
        panel: Option<String>,
        on: Option<Day>,
        outcome: Option<String>,
        not_needed: Option<String>,
    }

    /// What another funder pays.
    Funding {
        source: Option<String>,
        status: Option<String>,
        /// Per cent.
        share: Option<i64>,
        note: Option<String>,
    }

    /// A service tried before.
    Alternative {
        tried: Option<String>,
        outcome: Option<String>,
    }

    /// What the people concerned think.
    Views {
        child: Option<String>,
        parents: Option<String>,
        carers: Option<String>,
        parental_responsibility: Option<String>,
        iro: Option<String>,
        head_of_service: Option<String>,
    }

    /// A paper that goes with the referral.
    Document {
        kind: Option<String>,
        title: Option<String>,
        dated: Option<Day>,
        /// Path from the case folder.
        file: Option<String>,
    }

    /// A signature: a date without a time counts to the end of that day.
    SignOff {
        role: Option<String>,
        name: Option<String>,
        on: Option<Moment>,
    }

    /// Leave given before a step was taken.
    Permission {
        r#for: Option<String>,
        role: Option<String>,
        name: Option<String>,
        via: Option<String>,
        delegated_by: Option<String>,
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
