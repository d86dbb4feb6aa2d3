//! What the chair of the Bexley example types at its coming meeting.

/// The day of that meeting.
pub(crate) const DAY: &str = "2026-12-03";

/// A moment of it.
pub(crate) const AT_THE_MEETING: &str = "2026-12-03T15:00";

/// A decision with its reason, and nothing more.
pub(crate) fn decision<'a>(
    reference: &'a str,
    outcome: &'a str,
    rationale: &'a str,
) -> Vec<&'a str> {
    let chair = ["--by", "M. Osei", "--role", "deputy-director"];
    let mut args = vec!["decide", reference, "--date", DAY, "--outcome", outcome];
    args.extend(chair);
    args.extend(["--rationale", rationale]);
    args
}

/// An approval of what is asked for. When it is reviewed is left to be said.
pub(crate) fn approval<'a>(reference: &'a str, rationale: &'a str) -> Vec<&'a str> {
    let mut args = decision(reference, "approve", rationale);
    args.extend(["--approve-costs", "--sign-expenditure"]);
    args.extend(["--agreement", "Four more weeks."]);
    args
}

/// A deferral to another day.
pub(crate) fn deferral<'a>(
    reference: &'a str,
    rationale: &'a str,
    to: &'a str,
    reason: &'a str,
) -> Vec<&'a str> {
    let mut args = decision(reference, "defer", rationale);
    args.extend(["--defer-to", to, "--defer-reason", reason]);
    args
}
