//! `panel withdraw`: record that a referral is taken back, and who agreed.

use super::named::case_of;
use super::session::{Exit, Session, Trouble, day};
use crate::council::Use;
use crate::desk::{Desk, Standing};
use crate::folder::{Lock, nearest, with_key, write_changed};
use crate::output;
use crate::records::{Day, Person};
use crate::rules::withdrawal_objection;
use anyhow::{Context, Result};

/// Record that a referral is taken back
///
/// Writes `withdrawn` into the referral and keeps every other byte of it. Refused where the
/// council's file does not let this post agree to it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel withdraw R-2026-0142 --by 'P. Nowak' --role service-manager --on 2026-11-24")]
pub(crate) struct Args {
    /// Reference of the referral
    reference: String,
    /// Who agreed
    #[arg(long, value_name = "NAME")]
    by: String,
    /// In which post
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// Say which file would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    let desk = world.desk();
    let case = case_of(&desk, &args.reference)?;
    let on = args.on.unwrap_or_else(|| desk.today());
    let reference = case.reference();
    known_role(&desk, &args.role)?;
    if on > desk.today() {
        return Err(Trouble::refused(format!("{} is still to come", on.with_weekday())).into());
    }
    if case.referral().withdrawn.is_some() {
        return Err(
            Trouble::refused(format!("{reference} has been taken back already"))
                .hint(format!(
                    "what is wrong in it is put right in {}",
                    case.file.path
                ))
                .into(),
        );
    }
    let is_settled = matches!(case.standing, Standing::Decided | Standing::InPrinciple);
    if let Some(made) = case.last().filter(|_| is_settled) {
        return Err(Trouble::refused(format!(
            "{reference} was decided on {}; what has been decided is not taken back",
            made.on.with_weekday()
        ))
        .hint(format!(
            "if the resource has ended, write `ended:` in meetings/{}/after/{reference}.yaml",
            made.meeting
        ))
        .into());
    }
    if let Some(rule) = &case.rules.withdrawal {
        let by = Person {
            name: Some(args.by.clone()),
            role: Some(args.role.clone()),
            ..Person::default()
        };
        if let Some((_, message)) = withdrawal_objection(case.rules, rule, case.referral(), &by) {
            return Err(Trouble::refused(message)
                .hint(format!(
                    "it takes the agreement of {}",
                    case.rules.one_of_posts(&rule.agreed_by)
                ))
                .into());
        }
    }
    let value = format!(
        "{{on: {on}, agreed_by: {{{}}}}}",
        person(&args.by, &args.role)
    );
    let place = &case.file.path;
    let bytes = with_key(&case.file.bytes, &["withdrawn"], &value)
        .with_context(|| format!("{place} was not changed"))?;
    if !args.dry_run {
        let lock = Lock::take(&world.folder.root)?;
        let path = world.folder.root.join(place);
        write_changed(&path, &case.file.bytes, &bytes, &lock)
            .with_context(|| format!("{place} was not written"))?;
    }
    session.print(&format!("{}\n", output::visible(place)))?;
    Ok(Exit::Clean)
}

/// Refuses a post that neither the vocabulary nor the council's file knows.
pub(super) fn known_role(desk: &Desk<'_>, role: &str) -> Result<()> {
    let words = &desk.book.words;
    if words.find(Use::Role, role).is_some() {
        return Ok(());
    }
    let trouble = Trouble::usage(format!("`{role}` is not a post that this council knows"));
    let ids = words.ids(Use::Role);
    Err(match nearest(role, ids.iter().map(String::as_str)) {
        Some(near) => trouble.hint(format!("did you mean `{near}`?")),
        None => trouble.hint("posts are written like service-manager"),
    }
    .into())
}

/// `name: P. Nowak, role: service-manager`, the name in quotation marks where YAML needs them.
pub(super) fn person(name: &str, role: &str) -> String {
    let name = name.trim();
    let is_plain = name.starts_with(char::is_alphabetic)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '\''))
        && !matches!(
            name.to_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    let name = if is_plain {
        name.to_owned()
    } else {
        // Text in JSON is text in YAML.
        serde_json::Value::String(name.to_owned()).to_string()
    };
    format!("name: {name}, role: {role}")
}
