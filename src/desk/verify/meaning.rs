//! What each thing that `verify` finds means, for whoever asks.

/// One thing that `verify` finds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    /// Its id, as `verify` prints it between brackets.
    pub(crate) id: &'static str,
    /// What is wrong.
    pub(crate) wrong: &'static str,
    /// What to do.
    pub(crate) remedy: &'static str,
}

const fn meaning(id: &'static str, wrong: &'static str, remedy: &'static str) -> Meaning {
    Meaning { id, wrong, remedy }
}

/// All of them.
pub(crate) const MEANINGS: [Meaning; 20] = [
    meaning(
        "referral-changed",
        "The referral is not the one that was decided on: it was edited afterwards.",
        "Put it back as it was, from a copy or from git, and ask for the change in a new referral.",
    ),
    meaning(
        "decision-edited",
        "The decision is not the one that its amendment, minutes, record or letter was made from, or that was first committed to git.",
        "Put it back as it was. What the panel changes afterwards is an amendment: `panel decide REFERENCE --date DAY --amend REASON --from FILE`.",
    ),
    meaning(
        "sealed-changed",
        "A file of a final record was edited after the record was sealed.",
        "Put it back as it was, from a copy or from git. What the panel changes afterwards is an amendment, which stands beside it. Where meeting.yaml was wrong, and is right now, it is corrected: `panel minutes --date DAY --final --correct REASON --by NAME --role ROLE`.",
    ),
    meaning(
        "sealed-missing",
        "A file of a final record is not there any more, or final.yaml itself, which vouches for the others.",
        "Put it back from a copy or from git.",
    ),
    meaning(
        "after-sealing",
        "A decision that the sealed minutes do not have, or a correction of the meeting's own record. An amendment and a correction are a warning: they may well come after the minutes.",
        "Send it to whoever has the minutes; where nobody knows of it, find out who made it.",
    ),
    meaning(
        "seal-unreadable",
        "What vouches for a final record cannot be used, so nothing can be said of its files.",
        "Put final.yaml back as `panel minutes --final` wrote it, from a copy or from git.",
    ),
    meaning(
        "unreadable",
        "A record cannot be read, so nothing can be said of it.",
        "Put right what `panel check` tells of it.",
    ),
    meaning(
        "lost",
        "A record was there and is not any more: a referral, a meeting's own file, a decision, what became true after it, or what vouches for a final record.",
        "Put it back from a copy or from git. A request that nobody makes any more is withdrawn, a meeting that was not held is cancelled, and a decision that was wrong is amended: none is taken away.",
    ),
    meaning(
        "gap",
        "An amendment stands without the decision that it amends, or one of several in a row is missing.",
        "Put back what is missing, from a copy or from git.",
    ),
    meaning(
        "orphan",
        "A decision without its referral; or a record, a letter or a note of what came after, without its decision.",
        "Put back what is missing, or take away what was left over.",
    ),
    meaning(
        "duplicate",
        "Two files speak for one referral, or for one decision.",
        "Keep the one that was decided, and take the other away.",
    ),
    meaning(
        "misplaced",
        "A decision lies in the folder of another meeting, or bears the name of another referral.",
        "Put it where it belongs: meetings/DAY/decisions/REFERENCE.yaml.",
    ),
    meaning(
        "unexplained-amendment",
        "A later decision does not say which earlier one it takes the place of, or why.",
        "Where the chair decided it, have it written with its reason: move the file out of the folder and give `panel decide REFERENCE --date DAY --amend REASON --from FILE`. Where nobody decided it, take it away.",
    ),
    meaning(
        "not-recorded-anew",
        "What was recorded for a decision before it was amended stands as if it had been for the amendment.",
        "Put it under `before_amendment`, and record it anew when it is done for the decision in force.",
    ),
    meaning(
        "meeting-not-held",
        "A decision of a meeting that was called off, is still to come, or is none; or one whose own day is still to come.",
        "Find out who made it and where; a decision belongs to a meeting that was held, and bears the day on which it was made.",
    ),
    meaning(
        "out-of-date",
        "Minutes, a record or a letter were made before the decision that is now in force.",
        "Make them again with --write.",
    ),
    meaning(
        "no-digest",
        "A decision does not hold the digest of its referral, or a paper does not say what it was made from; so nobody can tell whether it was edited.",
        "Compare them by eye; make the paper again with --write.",
    ),
    meaning(
        "names-another-child",
        "A referral, a decision or what became true names a child who is neither a brother or sister nor on the same request.",
        "Say it without the name; a decision stays as it is, and papers leave the name out.",
    ),
    meaning(
        "left-out",
        "A record of a meeting is left out by `exclude` in panel.toml, so nobody looks at it: an error where its referral is in the folder.",
        "Take the pattern out of `exclude`, or write one that leaves the record in.",
    ),
    meaning(
        "restored",
        "A decision was edited or taken away once, and has been put back as it was.",
        "Nothing is to be done.",
    ),
];

/// What an id means; nothing where `verify` finds nothing of that name.
pub(crate) fn meaning_of(id: &str) -> Option<&'static Meaning> {
    MEANINGS.iter().find(|meaning| meaning.id == id)
}
