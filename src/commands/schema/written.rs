//! `panel schema --write` and `--check`: the schemas that lie in a case folder.

use crate::commands::editing::{NAMES_SCHEMAS, SETTINGS, schemas};
use crate::commands::session::{Exit, Session};
use crate::folder::{self, Before, Planned, read_file};
use anyhow::{Context, Result};
use std::path::Path;

/// How a file of the folder stands to what would be written.
enum Standing {
    Same,
    Other,
    Missing,
}

fn standing(path: &Path, text: &str) -> Standing {
    match read_file(path) {
        Ok(bytes) if bytes == text.as_bytes() => Standing::Same,
        Ok(_) => Standing::Other,
        Err(_) if path.symlink_metadata().is_err() => Standing::Missing,
        Err(_) => Standing::Other,
    }
}

/// Writes the schemas anew, and the settings that name them where there are none.
pub(super) fn write(is_dry: bool, session: &mut Session<'_>) -> Result<Exit> {
    let world = match is_dry {
        true => session.world()?,
        false => session.locked_world()?,
    };
    let root = &world.folder.root;
    let mut planned = Vec::new();
    for (place, text) in schemas(&world.council)? {
        if !matches!(standing(&root.join(place), &text), Standing::Same) {
            planned.push(Planned {
                before: Before::Anything,
                ..Planned::new(place, text)
            });
        }
    }
    let mut remarks = Vec::new();
    for (place, text) in SETTINGS {
        let path = root.join(place);
        match standing(&path, text) {
            Standing::Same => {}
            Standing::Missing => planned.push(Planned::new(place, text)),
            // Other settings stand there too: they are somebody's own.
            Standing::Other => {
                let own = read_file(&path).unwrap_or_default();
                if !String::from_utf8_lossy(&own).contains(NAMES_SCHEMAS) {
                    let told = format!(
                        "{place} is yours and names no schema, so editors will not use them; add:"
                    );
                    remarks.push((told, text.lines().map(str::to_owned).collect::<Vec<_>>()));
                }
            }
        }
    }
    if let Some(lock) = &world.lock {
        folder::write(root, &planned, lock).context("nothing was written")?;
    }
    for file in &planned {
        session.print(&format!("{}\n", file.place))?;
    }
    for (told, lines) in &remarks {
        session.tell_listing(told, lines);
    }
    Ok(Exit::Clean)
}

/// Tells which schemas of the folder are not those that would be written.
pub(super) fn check(session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    let mut is_sound = true;
    for (place, text) in schemas(&world.council)? {
        let told = match standing(&world.folder.root.join(place), &text) {
            Standing::Same => continue,
            Standing::Missing => "not there",
            Standing::Other => "not what the rules of today make",
        };
        is_sound = false;
        session.print(&format!("{place}: {told}\n"))?;
    }
    if is_sound {
        return Ok(Exit::Clean);
    }
    session.tell("`panel schema --write` writes them anew");
    Ok(Exit::Refused)
}
