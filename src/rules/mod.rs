//! The rules: each turns a desk into findings, and is one `.rs` and one `.md` of the same name.

mod acceptance;
mod decisions;
#[cfg(test)]
mod edges_tests;
mod emergency;
mod form;
mod judge;
mod lines;
mod meetings;
#[cfg(test)]
mod owed_tests;
mod own;
#[cfg(test)]
mod pages_tests;
mod papers;
mod papers_follow;
#[cfg(test)]
mod past_tests;
mod people;
mod reading;
mod remit;
mod reviews;
mod time;
mod ways;

pub(crate) use acceptance::{Leave, is_accepted_of_another_text};
pub(crate) use decisions::withdrawal_objection;
pub(crate) use judge::{Judgement, State, judge, judge_history};
pub(crate) use papers_follow::{diary, is_owed, owed_by};

use crate::desk::{Case, Desk};
use crate::findings::{Finding, Findings, Severity};

/// What rules are written with.
mod prelude {
    pub(super) use super::{Check, Rule};
    pub(super) use crate::council::Use;
    pub(super) use crate::desk::{Case, Desk, Made, Scope, Standing, is_ending};
    pub(super) use crate::findings::{Finding, Findings, Severity};
    pub(super) use crate::records::{Day, Money, moment_in_words, same_name};
}

/// How a rule looks.
pub(crate) enum Check {
    /// At each referral that rules for referrals look at, by itself.
    Case(fn(&Desk<'_>, &Case<'_>, &mut Findings)),
    /// At the desk as a whole.
    Desk(fn(&Desk<'_>, &mut Findings)),
    /// At the desk and at what the other rules found there.
    Found(fn(&Desk<'_>, &[Finding], &mut Findings)),
}

/// One rule.
pub(crate) struct Rule {
    /// Its id, which names the fault.
    pub(crate) id: &'static str,
    /// The fault in a line.
    pub(crate) summary: &'static str,
    /// How much it weighs, unless the council's file says otherwise.
    pub(crate) severity: Severity,
    /// The entries of a rule file that ask for it, by the ids of `panel rules`; `*` ends a family.
    pub(crate) asked_by: &'static [&'static str],
    /// Its page: what it checks, why, an example, how to fix it.
    pub(crate) text: &'static str,
    /// How it looks.
    pub(crate) check: Check,
}

impl Rule {
    /// What it finds at a desk by itself; nothing where it looks at what other rules found.
    fn find(&self, desk: &Desk<'_>) -> Vec<Finding> {
        let mut found = Findings::default();
        found.begin(self.id, self.severity);
        match self.check {
            Check::Case(check) => desk.judged().for_each(|case| check(desk, case, &mut found)),
            Check::Desk(check) => check(desk, &mut found),
            Check::Found(_) => {}
        }
        found.into_sorted()
    }

    /// Whether an entry of a rule file, by its id in `panel rules`, asks for this rule.
    pub(crate) fn is_asked_by(&self, entry: &str) -> bool {
        let fits = |wanted: &&str| match wanted.strip_suffix('*') {
            Some(start) => entry.starts_with(start),
            None => entry == *wanted,
        };
        self.asked_by.iter().any(fits)
    }
}

/// Every rule, family by family.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    let families: [&[Rule]; 11] = [
        reading::RULES,
        remit::RULES,
        time::RULES,
        emergency::RULES,
        form::RULES,
        papers::RULES,
        people::RULES,
        reviews::RULES,
        meetings::RULES,
        decisions::RULES,
        own::RULES,
    ];
    families.into_iter().flatten()
}

/// Whether a rule's findings carry ids of the council's own file and never the rule's.
pub(crate) fn is_named_by_council(id: &str) -> bool {
    own::RULES.iter().any(|rule| rule.id == id)
}

/// The rule of that id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
