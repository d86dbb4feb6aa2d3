//! The points that a council's panel will ask, on its form.

use super::form::Form;
use super::layout::{Part, at, comment, key};
use crate::findings::Severity;

impl Form<'_> {
    /// The points that the panel will ask, where they are no part of the form themselves.
    pub(super) fn checklist_parts(&self, parts: &mut Vec<Part>) {
        if self.is_weighed() {
            return;
        }
        for point in self.council.checklist.iter().filter(|point| point.on_form) {
            if let Some(note) = self.note(&point.question, &point.basis, point.when.as_ref()) {
                at(parts, &format!("checklist.{}", point.id))
                    .notes
                    .push(note);
            }
        }
    }

    /// Whether the council weighs a point of its checklist: then it is a part of the form.
    fn is_weighed(&self) -> bool {
        self.council.checklist.iter().any(|point| {
            point.on_form
                && point
                    .basis
                    .severity
                    .is_some_and(|weight| weight != Severity::Note)
        })
    }

    /// The checklist as a part of the form.
    pub(super) fn weighed_checklist(&self, parts: &mut Vec<Part>) {
        if !self.is_weighed() {
            return;
        }
        for point in self.council.checklist.iter().filter(|point| point.on_form) {
            let Some(note) = self.note(&point.question, &point.basis, point.when.as_ref()) else {
                continue;
            };
            let part = at(parts, "checklist");
            if part.notes.is_empty() {
                part.notes.push(
                    "The panel's questions; where one does not arise, write `not-applicable: REASON` in quotation marks"
                        .to_owned(),
                );
            }
            at(parts, &format!("checklist.{}", point.id))
                .notes
                .push(note);
        }
    }

    /// What the panel will ask, as comments: answers may be given beforehand.
    pub(super) fn checklist(&self) -> String {
        let mut text = String::new();
        if self.is_weighed() {
            return text;
        }
        for point in self.council.checklist.iter().filter(|point| point.on_form) {
            let Some(note) = self.note(&point.question, &point.basis, point.when.as_ref()) else {
                continue;
            };
            if text.is_empty() {
                text.push('\n');
                comment(
                    &mut text,
                    "The panel will ask; answers may be written down here beforehand:",
                    0,
                );
                text.push_str("# checklist:\n");
            }
            // Taking the first `#` of each line away leaves a block to fill in.
            let mut block = String::new();
            comment(&mut block, &note, 1);
            for line in block.lines() {
                text.push_str(&format!("# {line}\n"));
            }
            text.push_str(&format!("#   {}:\n", key(&point.id)));
        }
        text
    }
}
