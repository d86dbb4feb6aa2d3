//! Single marks after a decision: who was told, who disagrees, where the child went, who signed.

use super::{Args, Decided, disagreements};
use crate::commands::changes::{Record, not_to_come, now, person, post, spoken};
use crate::commands::session::Trouble;
use crate::council::{Council, MetBy, Use};
use crate::folder::Written;
use crate::output::resting_on;
use crate::records::Moment;
use crate::rules::is_owed;

pub(super) fn told_family(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    if !args.told_family {
        return Ok(());
    }
    decided.not_before_decision("the family cannot have been told", decided.on)?;
    record.set(&["told_family"], &Written::word(decided.on))
}

/// Who disagrees and what they say; or, of a disagreement that is recorded, to whom it was taken.
pub(super) fn disagreement(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let escalated_to = match &args.escalated_to {
        Some(name) => Some(spoken("--escalated-to", name)?),
        None => None,
    };
    let Some((who, note)) = args.disagreement.zip(args.note.as_ref()) else {
        let Some(escalated_to) = escalated_to else {
            return Ok(());
        };
        return disagreements::taken_further(args.who(), escalated_to, decided, record);
    };
    decided.not_before_meeting("nobody can have disagreed", decided.on)?;
    let mut entries = vec![
        ("by", Written::word(who.word())),
        ("on", Written::word(decided.on)),
        ("note", spoken("--note", note)?),
    ];
    entries.extend(escalated_to.map(|to| ("escalated_to", to)));
    disagreements::add(who.word(), Written::Group(entries), decided, record)
}

/// A placement can have begun before the panel sat.
pub(super) fn placed(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    if !args.placed {
        return Ok(());
    }
    let mut entries = vec![("on", Written::word(decided.on))];
    if let Some(name) = &args.provider {
        let mut provider = vec![("name", spoken("--provider", name)?)];
        provider.extend(args.external.map(|is| ("external", Written::word(is))));
        provider.extend(args.registered.map(|is| ("registered", Written::word(is))));
        if let Some(sector) = &args.sector {
            provider.push(("sector", spoken("--sector", sector)?));
        }
        entries.push(("provider", Written::Group(provider)));
    }
    record.set(&["placed"], &Written::Group(entries))
}

/// That the request has another first day of the placement, in words: the log counts from the day that
/// is recorded now. What goes on with an earlier placement has that one's.
pub(super) fn placed_before(decided: &Decided<'_, '_>) -> Option<String> {
    let referral = decided.case.referral();
    let began = referral.placed_on.filter(|began| *began != decided.on)?;
    let is_going_on = referral.request.review_of.is_some()
        || matches!(decided.case.kind(), "continue-placement" | "review");
    (decided.made.is_approval() && !is_going_on).then(|| {
        format!(
            "the request says that the placement began on {}, and the log of spend counts from {} now; where the child has lived there since, put `placed.on` right in the file in after/",
            began.in_words(),
            decided.on.in_words()
        )
    })
}

/// A search can have begun before the panel sat; whether it may have is a rule's to say.
pub(super) fn search_started(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    if !args.search_started {
        return Ok(());
    }
    record.set(&["search_started"], &Written::word(decided.on))
}

pub(super) fn papers(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let words = &decided.made.rules.words;
    let mut kinds: Vec<&str> = Vec::new();
    for written in &args.paper {
        let word = written.trim();
        let known = words.find(Use::Document, word);
        // A part of the form that an emergency was heard without goes by its key there.
        let is_of_the_form = || !word.is_empty() && is_owed(decided.desk, decided.case, word);
        let known = known.map(|known| known.id.as_str());
        let Some(kind) = known.or_else(|| is_of_the_form().then_some(word)) else {
            let trouble = Trouble::usage(format!(
                "`{written}` is no kind of paper; nothing was written"
            ));
            return Err(match words.nearest(Use::Document, written) {
                Some(near) => trouble.hint(format!("did you mean `{near}`?")),
                None => trouble.hint(format!(
                    "kinds of papers: {}",
                    words.ids(Use::Document).join(", ")
                )),
            });
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for kind in kinds {
        let after = decided.made.after;
        let before = after.and_then(|file| {
            let mut rows = file.record.papers.iter();
            rows.find(|row| row.kind.as_deref() == Some(kind))
        });
        if let Some(before) = before {
            let on = before
                .on
                .map(|on| format!(" on {}", on.with_weekday()))
                .unwrap_or_default();
            return Err(Trouble::refused(format!(
                "{kind} is recorded as received{on}; nothing was written"
            ))
            .hint(format!(
                "if that is wrong, put it right by hand in {}",
                record.place
            )));
        }
        let entry = vec![
            ("kind", Written::word(kind)),
            ("on", Written::word(decided.on)),
        ];
        record.add(&["papers"], &Written::Group(entry))?;
    }
    Ok(())
}

pub(super) fn uploaded(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let Some(given) = args.uploaded else {
        return Ok(());
    };
    let at = match (given, args.on) {
        (Some(at), _) => at,
        (None, Some(on)) => Moment::on(on),
        (None, None) => now(decided.desk),
    };
    not_to_come(decided.desk, at.day())?;
    decided.not_before_decision("the record cannot have been uploaded", at.day())?;
    record.set(&["uploaded"], &Written::word(at))
}

/// An endorsement that is awaited, or the signature in the running log.
pub(super) fn signatures(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let Some((by, role)) = args.by.as_ref().zip(args.role.as_ref()) else {
        return Ok(());
    };
    let role = post(decided.desk, role)?;
    let name = spoken("--by", by)?;
    if args.endorsed {
        decided.not_before_decision("it cannot have been endorsed", decided.on)?;
        is_awaited(decided, &role)?;
        let mut entry = vec![("role", Written::word(&role)), ("name", name)];
        entry.push(("on", Written::word(decided.on)));
        record.add(&["endorsed"], &Written::Group(entry))
    } else {
        decided.not_before_decision("the log cannot have been signed for it", decided.on)?;
        signs_log(decided, by, &role)?;
        let mut entry = person(name, &role);
        entry.push(("on", Written::word(decided.on)));
        record.set(&["log_signed"], &Written::Group(entry))
    }
}

/// Refuses an endorsement that nobody waits for.
fn is_awaited(decided: &Decided<'_, '_>, role: &str) -> Result<(), Trouble> {
    let (made, reference) = (decided.made, decided.case.reference());
    let rules = made.rules;
    let mut given = made.endorsed();
    if let Some(given) = given.find(|row| row.role.as_deref() == Some(role)) {
        let name = given.name.as_deref().unwrap_or("somebody");
        let on = given
            .on
            .map(|on| format!(" on {}", on.with_weekday()))
            .unwrap_or_default();
        return Err(Trouble::refused(format!(
            "the decision on {reference} was endorsed by {name} ({}){on}; nothing was written",
            rules.role_label(role)
        )));
    }
    let awaited = made.awaits(decided.desk.today());
    if awaited.contains(&role) {
        return Ok(());
    }
    let label = rules.role_label(role).to_lowercase();
    if awaited.is_empty() {
        return Err(Trouble::refused(format!(
            "the decision on {reference} awaits no endorsement; nothing was written"
        )));
    }
    let basis = rules
        .endorsements
        .iter()
        .find(|entry| awaited.contains(&entry.role.as_str()))
        .map(|entry| resting_on(&entry.basis))
        .unwrap_or_default();
    let posts: Vec<String> = awaited.iter().map(|role| (*role).to_owned()).collect();
    Err(Trouble::refused(format!(
        "the decision on {reference} does not wait for the {label}{basis}; nothing was written"
    ))
    .hint(format!(
        "it awaits the endorsement of {}: --role {}",
        rules.one_of_posts(&posts),
        posts.join(", ")
    )))
}

/// Refuses a signature in the log by a post that the council's file does not let sign it.
fn signs_log(decided: &Decided<'_, '_>, by: &str, role: &str) -> Result<(), Trouble> {
    let reference = decided.case.reference();
    let rules: &Council = decided.made.rules;
    if !decided.made.is_approval() {
        return Err(Trouble::refused(format!(
            "nothing was approved on {reference}, so there is nothing to sign for; nothing was written"
        )));
    }
    match &rules.expenditure_log {
        Some(wanted) if rules.serves(role, &wanted.signed_by) => Ok(()),
        Some(wanted) => Err(Trouble::refused(format!(
            "{} ({}) does not sign the running log{}; nothing was written",
            by.trim(),
            rules.role_label(role),
            resting_on(&wanted.basis)
        ))
        .hint(format!(
            "it is signed by {}",
            rules.one_of_posts(std::slice::from_ref(&wanted.signed_by))
        ))),
        None if rules
            .deadlines
            .iter()
            .any(|rule| rule.met_by == Some(MetBy::LogSigned)) =>
        {
            Ok(())
        }
        None => Err(Trouble::refused(
            "this council's file has no running log that is signed; nothing was written",
        )
        .hint("`panel rules` prints what it has")),
    }
}

/// What was decided can have ended before the panel heard of it, where it had begun before too.
pub(super) fn ended(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let Some(reason) = &args.ended else {
        return Ok(());
    };
    if !had_begun(decided) {
        decided.not_before_meeting(
            "nothing says that it had begun by then, so it cannot have ended",
            decided.on,
        )?;
    }
    let entries = vec![
        ("on", Written::word(decided.on)),
        ("reason", spoken("--ended", reason)?),
    ];
    record.set(&["ended"], &Written::Group(entries))
}

/// Whether what was decided had begun by the day: a placement then, or a package by the day that the
/// form asks for; or it goes on with something that was there when the form was sent.
fn had_begun(decided: &Decided<'_, '_>) -> bool {
    let referral = decided.case.referral();
    let after = decided.made.after.map(|file| &file.record);
    let placed = after.and_then(|after| after.placed.as_ref());
    let days = [
        referral.placed_on,
        referral.request.from,
        placed.and_then(|placed| placed.on),
    ];
    let goes_on = referral.request.review_of.is_some() || !referral.current_costs.is_empty();
    let sent_on = referral.submitted.map(Moment::day);
    let sent_on = sent_on.filter(|_| goes_on);
    let days = days.into_iter().chain([sent_on]);
    days.flatten().any(|day| day <= decided.on)
}
