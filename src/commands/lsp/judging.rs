//! Judging what was changed.

use super::judged::{self, Shown};
use super::lines::Lines;
use super::open::{Home, Open, is_referral};
use super::server::Server;
use super::world::Place;
use crate::records::Day;
use crate::rules;
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl Server<'_, '_> {
    /// Judges what was changed, and tells the editor what is new.
    pub(super) fn judge(&mut self) -> Result<()> {
        let mut roots = BTreeSet::new();
        let mut others = Vec::new();
        for (uri, open) in &self.open {
            if !open.is_changed {
                continue;
            }
            match &open.home {
                Home::Record { root, .. } => {
                    roots.insert(root.clone());
                }
                _ => others.push(uri.clone()),
            }
        }
        for root in roots {
            self.judge_folder(&root);
        }
        for uri in others {
            let Some(mut open) = self.open.remove(&uri) else {
                continue;
            };
            open.shown = self.judge_lone(&open);
            self.open.insert(uri, open);
        }
        let mut told = Vec::new();
        for open in self.open.values_mut() {
            open.is_changed = false;
            let diagnostics: Vec<_> = open
                .shown
                .iter()
                .map(|shown| shown.diagnostic.clone())
                .collect();
            if open.published.as_ref() != Some(&diagnostics) {
                // A file that is none of ours is passed over in silence.
                if open.home != Home::Elsewhere {
                    told.push((open.uri.clone(), open.version, diagnostics.clone()));
                }
                open.published = Some(diagnostics);
            }
        }
        for (uri, version, diagnostics) in told {
            self.publish(uri, version, diagnostics)?;
        }
        Ok(())
    }

    fn judge_folder(&mut self, root: &PathBuf) {
        let is_sound = self.places.get(root).is_some_and(|place| !place.is_stale);
        if !is_sound {
            let read = Place::read(self.session, root);
            self.places.insert(root.clone(), read);
        }
        let as_of = self.session.as_of();
        let Some(place) = self.places.get_mut(root) else {
            return;
        };
        let own = self.open.values_mut().filter_map(|open| match &open.home {
            Home::Record {
                root: of, place, ..
            } if of == root => Some((place.clone(), open)),
            _ => None,
        });
        let world = match &mut place.world {
            Ok(world) => world,
            Err(why) => {
                for (_, open) in own {
                    open.shown = judged::trouble(why, &Lines::of(&open.text));
                }
                return;
            }
        };
        world.as_of = as_of;
        let exclude = world.folder.settings.exclude.clone();
        let (left_out, own): (Vec<_>, Vec<_>) =
            own.partition(|(place, _)| exclude.leaves_out(place).is_some());
        for (_, open) in left_out {
            open.shown = Vec::new();
        }
        for (place, open) in &own {
            if open.is_changed || !is_sound {
                world.folder.lay_text(place, &open.text);
            }
        }
        let desk = world.desk();
        let findings = rules::judge(&desk).findings;
        for (place, open) in own {
            let lines = Lines::of(&open.text);
            open.shown =
                judged::of_record(&findings, &world.folder, &world.council, &place, &lines);
        }
    }

    fn judge_lone(&mut self, open: &Open) -> Vec<Shown> {
        let lines = Lines::of(&open.text);
        let as_of = self.session.as_of();
        match &open.home {
            Home::RuleFile { folder, file } => {
                judged::of_rule_file(&open.text, file, folder, Day::of(as_of.date()), &lines)
            }
            Home::Alone { name } if is_referral(&open.text) => {
                let session = &*self.session;
                let place = self.alone.get_or_insert_with(|| Place::alone(session));
                place.hold(name, &open.text);
                match &mut place.world {
                    Ok(world) => {
                        world.as_of = as_of;
                        let desk = world.desk();
                        let findings = rules::judge(&desk).findings;
                        judged::of_record(&findings, &world.folder, &world.council, name, &lines)
                    }
                    Err(why) => judged::trouble(why, &lines),
                }
            }
            _ => Vec::new(),
        }
    }
}
