//! Changes to records that are there, as `accept`, `act`, `done` and `withdraw` make them: planned
//! on what was read under the lock, shown with `--dry-run`, written all or none.

mod said;

pub(super) use said::{left_in_diary, not_to_come, now, person, post, spoken, yes_or_no};

use super::others::{Checked, Said};
use super::session::{Session, Trouble, World};
use crate::desk::{Case, Desk, Made, PanelMeeting};
use crate::folder::{
    Before, EditError, File, Folder, Lock, Planned, Written, standing, with_element, with_key,
    without_keys, write,
};
use crate::output;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// The case folder while a command changes records of it.
pub(super) struct Writing {
    /// The folder, as it was read under the lock.
    pub(super) world: World,
    /// None where the change is only shown.
    lock: Option<Lock>,
}

impl Writing {
    /// Reads the case folder. Unless the change is only shown, its lock is held from before that
    /// until after the writing, so that what was judged is what is there.
    pub(super) fn begin(session: &mut Session<'_>, is_dry_run: bool) -> Result<Self> {
        let root = session.root(Path::new("."))?;
        let lock = if is_dry_run {
            None
        } else {
            Some(session.lock(&root)?)
        };
        let world = session.world_in(&root)?;
        Ok(Self { world, lock })
    }

    /// Refuses changes that name another child than the one they are about, unless that was looked at.
    pub(super) fn names_nobody_else(
        &self,
        desk: &Desk<'_>,
        case: &Case<'_>,
        changes: &[Record],
        checked: Checked,
        session: &mut Session<'_>,
    ) -> Result<(), Trouble> {
        for change in changes {
            let value = Value::Object(change.said.clone());
            let said = [Said {
                place: "",
                value: &value,
            }];
            checked.look(desk, &[case], &said, session)?;
        }
        Ok(())
    }

    /// Writes the records and prints their paths, or shows what would change in them.
    pub(super) fn make(&self, changes: &[Record], session: &mut Session<'_>) -> Result<()> {
        self.can_be_read_again(changes)?;
        let Some(lock) = &self.lock else {
            for change in changes {
                session.print(&output::visible_lines(&change.shown()))?;
            }
            return Ok(());
        };
        let planned = planned(changes);
        write(&self.world.folder.root, &planned, lock).context("nothing was written")?;
        for change in changes {
            session.print(&format!("{}\n", output::visible(&change.place)))?;
        }
        Ok(())
    }

    /// What is written has to be read again: a text can be longer than the folder's limits let it be.
    fn can_be_read_again(&self, changes: &[Record]) -> Result<(), Trouble> {
        let before = self.world.folder.unreadable();
        let after = self.folder_with(changes);
        let lost = after.unreadable().into_iter();
        match lost.into_iter().find(|path| !before.contains(path)) {
            Some(path) => Err(Trouble::refused(format!(
                "{path} could not be read any more with that in it: it is longer than [limits] in panel.toml allows; nothing was written"
            ))
            .hint("say it in fewer words, or raise the limit")),
            None => Ok(()),
        }
    }

    /// Says what the changes make of things; what is only shown makes nothing yet.
    pub(super) fn tell(&self, text: &str, session: &mut Session<'_>) {
        match self.lock {
            Some(_) => session.tell(text),
            None => session.tell(&format!("if this were written: {text}")),
        }
    }

    /// The folder as it is with the changes.
    pub(super) fn folder_with(&self, changes: &[Record]) -> Folder {
        self.world.folder.with(&planned(changes))
    }

    /// The desk of such a folder, at the same moment.
    pub(super) fn desk_of<'a>(&'a self, folder: &'a Folder) -> Desk<'a> {
        let world = &self.world;
        Desk::new(folder, &world.council, world.as_of, world.scope)
    }
}

fn planned(changes: &[Record]) -> Vec<Planned> {
    changes.iter().map(Record::planned).collect()
}

/// One record as it was read, and as it is to be.
#[derive(Debug)]
pub(super) struct Record {
    /// Path from the case folder.
    pub(super) place: String,
    read: Option<Vec<u8>>,
    bytes: Vec<u8>,
    /// What somebody says in what was added, by its key.
    said: serde_json::Map<String, Value>,
}

impl Record {
    /// A record that is there.
    pub(super) fn of<T>(file: &File<T>) -> Self {
        Self {
            place: file.path.clone(),
            read: Some(file.bytes().to_vec()),
            bytes: file.bytes().to_vec(),
            said: serde_json::Map::new(),
        }
    }

    /// A meeting's own record, begun with its day where there is none.
    pub(super) fn of_meeting(meeting: &PanelMeeting<'_>) -> Self {
        match meeting.folder.and_then(|folder| folder.meeting.as_ref()) {
            Some(file) => Self::of(file),
            None => {
                let id = meeting.folder.map_or(&meeting.id, |folder| &folder.id);
                Self {
                    place: format!("meetings/{id}/meeting.yaml"),
                    read: None,
                    bytes: format!("date: {}\n", meeting.day).into_bytes(),
                    said: serde_json::Map::new(),
                }
            }
        }
    }

    /// What became true after a decision, begun where nothing has been recorded yet.
    pub(super) fn of_after(made: &Made<'_>, reference: &str) -> Self {
        match made.after {
            Some(file) => Self::of(file),
            None => Self {
                place: format!("meetings/{}/after/{reference}.yaml", made.meeting),
                read: None,
                bytes: Vec::new(),
                said: serde_json::Map::new(),
            },
        }
    }

    /// Sets a key where nothing stands yet; what stands there is put right by hand.
    pub(super) fn set(&mut self, path: &[&str], value: &Written) -> Result<(), Trouble> {
        if let Some((line, text)) = standing(&self.bytes, path) {
            let place = &self.place;
            return Err(Trouble::refused(format!(
                "`{}` has been recorded: {place}:{line} says `{text}`; nothing was written",
                path.join("."),
            ))
            .hint(format!("if that is wrong, put it right by hand in {place}")));
        }
        self.change(path, value)
    }

    /// Records under a key what takes the place of whatever stands there.
    pub(super) fn change(&mut self, path: &[&str], value: &Written) -> Result<(), Trouble> {
        self.hear(path.join("."), value);
        let changed = with_key(&self.bytes, path, value);
        self.take(changed, || {
            let (last, groups) = path.split_last().unwrap_or((&"", &[]));
            let line = format!("{last}: {}", value.in_brackets());
            match groups {
                [] => format!("`{line}`"),
                groups => format!("`{line}` under `{}`", groups.join(".")),
            }
        })
    }

    /// Adds a value to the list under a key.
    pub(super) fn add(&mut self, path: &[&str], value: &Written) -> Result<(), Trouble> {
        self.hear(path.join("."), value);
        let changed = with_element(&self.bytes, path, value);
        self.take(changed, || {
            format!("`{}` to `{}`", value.in_brackets(), path.join("."))
        })
    }

    /// Takes keys of the record's own out of it.
    pub(super) fn remove(&mut self, keys: &[&str]) -> Result<(), Trouble> {
        let changed = without_keys(&self.bytes, keys);
        self.take(changed, || {
            format!("nothing, and take {} out", keys.join(", "))
        })
    }

    /// The record as it is to be written: only if it is still what was read.
    pub(super) fn planned(&self) -> Planned {
        Planned {
            before: match &self.read {
                Some(read) => Before::Bytes(read.clone()),
                None => Before::Nothing,
            },
            ..Planned::new(self.place.clone(), self.bytes.clone())
        }
    }

    fn hear(&mut self, key: String, value: &Written) {
        match value {
            Written::Word(_) => {}
            Written::Text(text) => {
                self.said.insert(key, Value::String(text.clone()));
            }
            Written::List(all) => {
                for (number, value) in all.iter().enumerate() {
                    self.hear(format!("{key}[{number}]"), value);
                }
            }
            Written::Group(all) => {
                for (name, value) in all {
                    self.hear(format!("{key}.{name}"), value);
                }
            }
        }
    }

    fn take(
        &mut self,
        changed: Result<Vec<u8>, EditError>,
        by_hand: impl FnOnce() -> String,
    ) -> Result<(), Trouble> {
        match changed {
            Ok(bytes) => {
                self.bytes = bytes;
                Ok(())
            }
            Err(error) => {
                let trouble = Trouble::usage(format!(
                    "{} was not changed, nothing was written: {error}",
                    self.place
                ));
                Err(match error {
                    EditError::Unreadable => trouble,
                    EditError::Layout => trouble.hint(format!("add {} by hand", by_hand())),
                })
            }
        }
    }

    /// What changes in it, as `diff -u` shows it.
    pub(super) fn shown(&self) -> String {
        let before = String::from_utf8_lossy(self.read.as_deref().unwrap_or_default());
        let after = String::from_utf8_lossy(&self.bytes);
        let from = if self.read.is_some() {
            &self.place
        } else {
            "/dev/null"
        };
        similar::TextDiff::from_lines(&before, &after)
            .unified_diff()
            .context_radius(1)
            .header(from, &self.place)
            .to_string()
    }
}
