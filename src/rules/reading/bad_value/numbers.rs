//! Numbers of the case system that lost their leading noughts: one child would be two.

use super::super::super::prelude::*;
use super::differs;
use std::collections::HashMap;

/// Referrals of one child whose number has fewer leading noughts than another's has: a spreadsheet
/// takes it for a figure. Each would have half of the child's history, and be paid for beside the
/// other.
pub(super) fn without_noughts(desk: &Desk<'_>, found: &mut Findings) {
    if desk.scope != Scope::Folder {
        return;
    }
    let mut whole: HashMap<&str, (&str, &Case<'_>)> = HashMap::with_capacity(desk.cases().len());
    for case in desk.cases() {
        let Some(number) = case.referral().child.number() else {
            continue;
        };
        let longest = whole.entry(bare(number)).or_insert((number, case));
        if number.len() > longest.0.len() {
            *longest = (number, case);
        }
    }
    for case in desk.cases() {
        let child = &case.referral().child;
        let known = child
            .number()
            .and_then(|own| Some((own, *whole.get(bare(own))?)));
        let Some((own, (number, other))) = known else {
            continue;
        };
        if own == number || differs(child, &other.referral().child).is_some() {
            continue;
        }
        let _ = found
            .at(
                Desk::place(case.file, "child.case_id"),
                format!(
                    "`{own}` differs from `{number}`, the number in {}, in leading noughts alone: each is taken for a child of its own",
                    other.reference()
                ),
            )
            .help(format!(
                "look the number up on the case system; if it is one child, write the number alike in both, in quotation marks so that it keeps its noughts: `case_id: \"{number}\"`"
            ))
            .about(case.reference())
            .weighing(Severity::Warning);
    }
}

/// The number without leading noughts.
fn bare(number: &str) -> &str {
    number.trim_start_matches('0')
}
