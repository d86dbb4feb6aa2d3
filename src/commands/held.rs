//! The lock of the case folder as a run of the program takes it, and what is told of those who were cut
//! off with it in their hands.

use super::session::{Session, World};
use crate::calendar::london_now;
use crate::desk::Scope;
use crate::folder::{Found, Holder, Lock, WriteError, cut_off};
use anyhow::Result;
use std::path::Path;

impl Session<'_> {
    /// What this run says of itself while it holds a lock.
    pub(super) fn holder(&self) -> Holder {
        Holder {
            user: self.runner.user.clone(),
            machine: gethostname::gethostname().to_string_lossy().into_owned(),
            process: std::process::id(),
            command: self.runner.command.clone(),
            since: london_now().format("%Y-%m-%dT%H:%M:%S").to_string(),
        }
    }

    /// Takes the lock of a case folder, and tells what a program that was cut off had left there.
    pub(super) fn lock(&mut self, root: &Path) -> Result<Lock> {
        self.locked(root, Lock::take)
    }

    /// The same in a folder that may not be there yet.
    pub(super) fn lock_in_new(&mut self, root: &Path) -> Result<Lock> {
        self.locked(root, Lock::take_in_new)
    }

    fn locked(&mut self, root: &Path, take: Take) -> Result<Lock> {
        let holder = self.holder();
        let lock = take(root, &holder, &mut |other| {
            self.tell(&format!(
                "waiting for {other}, who is writing in this folder"
            ));
        })?;
        if !lock.found.is_empty() {
            let (what, became) = told(&lock.found);
            self.tell_listing(&what, &became);
        }
        Ok(lock)
    }

    /// The case folder with its council, with its lock held from before reading, so that what is written of it is of no older
    /// state of things than what stands there.
    pub(super) fn locked_world(&mut self) -> Result<World> {
        let root = self.root(Path::new("."))?;
        let lock = self.lock(&root)?;
        let mut world = self.world_in(&root)?;
        world.lock = Some(lock);
        Ok(world)
    }

    /// Says where what is read was written by half: the next command that writes does the rest.
    pub(super) fn tell_cut_off(&mut self, world: &World) {
        if world.scope == Scope::Alone || world.lock.is_some() {
            return;
        }
        if let Some(by) = cut_off(&world.folder.root) {
            let by = match by.process {
                0 => String::new(),
                _ => format!(": {by}"),
            };
            self.tell(&format!(
                "warning: a command was cut off here while it was writing several files{by}; not all of them are there yet, and the next command that writes puts the rest in place"
            ));
        }
    }
}

/// How a lock is taken.
type Take = fn(&Path, &Holder, &mut dyn FnMut(&Holder)) -> Result<Lock, WriteError>;

/// What a program that was cut off had left in the folder, and what became of it.
fn told(found: &Found) -> (String, Vec<String>) {
    let by = &found.by;
    let what = match by.process {
        0 => "an earlier command was cut off here".to_owned(),
        _ => format!("`{}` was cut off here: {by}", by.command),
    };
    let mut became = Vec::new();
    if !found.finished.is_empty() {
        let places = found.finished.join(", ");
        became.push(format!("what it had begun is finished now: {places}"));
    }
    if !found.left.is_empty() {
        let places = found.left.join(", ");
        became.push(format!(
            "changed by somebody since, and left as they are: {places}; look whether what it was to record stands there"
        ));
    }
    if found.finished.is_empty() && found.left.is_empty() {
        became.push("it wrote nothing; what it had made ready was removed".to_owned());
    }
    (what, became)
}
