//! Other children in what is about to be written: told before anything is, and whose file by its
//! reference only.

use super::session::{Session, Trouble};
use crate::desk::{Case, Desk, NamedBy, SaidOfOther, said_of_others};
use crate::documents::Document;
use crate::output::count;
use serde_json::Value;

/// What every command takes that writes what somebody says.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Checked {
    /// Write it though it names another child: it was looked at, and the name has to be there
    #[arg(long)]
    names_checked: bool,
}

/// What somebody says in a record, and where.
pub(super) struct Said<'v> {
    /// The record's place in the folder; empty where there is only one.
    pub(super) place: &'v str,
    pub(super) value: &'v Value,
}

impl Checked {
    /// It was looked at.
    pub(super) const YES: Self = Self {
        names_checked: true,
    };

    /// Refuses to write what names another child than those that it is about, unless that was
    /// looked at; then it is told all the same.
    pub(super) fn look<'a>(
        self,
        desk: &Desk<'a>,
        about: &[&Case<'_>],
        said: &[Said<'_>],
        session: &mut Session<'_>,
    ) -> Result<(), Trouble> {
        let found = named(desk, about, said);
        if found.is_empty() {
            return Ok(());
        }
        let names = count(found.len(), "mention");
        if self.names_checked {
            let told = format!("note: {names} of another child, as checked:");
            session.tell_listing(&told, &found);
            return Ok(());
        }
        Err(Trouble::refused(format!(
            "{names} of another child in what is about one; nothing was written"
        ))
        .listing(found)
        .hint("say it without the name, like \"another child\"; where it has to be there, give the command again with --names-checked"))
    }
}

/// Each mention of another child in a line: where, by what, whose, and the words around it.
pub(super) fn named(desk: &Desk<'_>, about: &[&Case<'_>], said: &[Said<'_>]) -> Vec<String> {
    let own: Vec<&Case<'_>> = about
        .iter()
        .filter_map(|case| desk.case(case.reference()))
        .collect();
    let others = desk.others_than(&own);
    said.iter()
        .flat_map(|Said { place, value }| {
            let found = said_of_others(value, &others);
            found.into_iter().map(move |own| in_words(place, &own))
        })
        .collect()
}

fn in_words(place: &str, own: &SaidOfOther) -> String {
    let SaidOfOther {
        key,
        by,
        reference,
        around,
    } = own;
    let at = match place {
        "" => key.clone(),
        place => format!("{place}: {key}"),
    };
    match by {
        NamedBy::Reference => format!("{at}: the reference {reference}: {around}"),
        NamedBy::Number => format!("{at}: the case number of the child of {reference}: {around}"),
        NamedBy::FirstName => format!("{at}: the first name of the child of {reference}: {around}"),
        NamedBy::Name | NamedBy::Initial | NamedBy::OneWord => {
            format!("{at}: the name of the child of {reference}: {around}")
        }
    }
}

/// Tells whose names are not on a child's paper though what it was made of says them.
pub(super) fn tell_taken_out(document: &Document, session: &mut Session<'_>) {
    let mut whose: Vec<&str> = document
        .taken_out
        .iter()
        .map(|(_, reference)| reference.as_str())
        .collect();
    whose.sort_unstable();
    whose.dedup();
    if !whose.is_empty() {
        session.tell(&format!(
            "note: what this was made of names {} ({}); it says \"(another child)\" or \"(another request)\" there, so read it before it is filed",
            if whose.len() == 1 { "another child" } else { "other children" },
            whose.join(", ")
        ));
    }
}
