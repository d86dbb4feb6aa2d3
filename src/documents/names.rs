//! Names on paper: nobody else's on a child's record, and initials where they are asked for.

pub(super) use super::initials::as_asked;
use crate::desk::{Case, Desk, NamedBy, without};
use serde_json::Value;
use std::collections::BTreeSet;

/// Other children whose names were taken out of a paper: by what each was named there, and the
/// reference that tells whose child it is.
pub(crate) type TakenOut = BTreeSet<(NamedBy, String)>;

/// A view that concerns one child: other children's names and references are taken out of prose.
pub(super) fn only_about(desk: &Desk<'_>, case: &Case<'_>, view: Value) -> (Value, TakenOut) {
    let case = desk.case(case.reference());
    only_about_all(desk, case.as_slice(), &[], view)
}

/// A view that concerns the one child of several referrals: other children's names are taken out
/// of prose, and their references but those that may stand in it.
pub(super) fn only_about_all<'d, 'a>(
    desk: &'d Desk<'a>,
    cases: &[&'d Case<'a>],
    kept: &[String],
    mut view: Value,
) -> (Value, TakenOut) {
    let others = desk.others_than(cases);
    let mut taken_out = TakenOut::new();
    each_text(&mut view, &mut |text| {
        let mut named = others.named_in(text);
        named.retain(|own| {
            own.by != NamedBy::Reference || !kept.iter().any(|kept| kept == own.reference)
        });
        if !named.is_empty() {
            *text = without(text, &named);
        }
        taken_out.extend(
            named
                .into_iter()
                .map(|own| (own.by, own.reference.to_owned())),
        );
    });
    (view, taken_out)
}

/// Gives every text of a view to be changed.
fn each_text(view: &mut Value, change: &mut dyn FnMut(&mut String)) {
    match view {
        Value::String(text) => change(text),
        Value::Array(list) => list.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| each_text(field, change)),
        _ => {}
    }
}
