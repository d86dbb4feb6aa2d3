//! Documents: a view of the desk that can be serialised, and a template that has the words.
//!
//! The view is what `--format json` prints, and exactly what the template is given.

mod accepted;
mod agenda;
mod amended;
pub(crate) use amended::differing;
mod answers;
mod attendance;
mod awaited;
mod budget;
mod calendar;
mod case_item;
mod chase;
mod common;
mod corrected;
pub(crate) use corrected::meeting_differing;
mod deadlines;
mod decided;
mod diary;
mod diary_groups;
mod earlier;
mod followed;
mod form;
mod initials;
mod item_notes;
mod letter;
mod lists;
mod members;
mod minutes;
mod name_words;
mod names;
mod record;
mod render;
mod replay;
mod report;
mod request;
mod running;
mod sections;
mod show;
mod show_files;
mod show_money;
mod show_placements;
mod show_reviews;
mod show_timeline;
mod side_by_side;
mod spend;
mod spend_by;
mod spend_now;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_council;
#[cfg(test)]
mod tests_kept;
#[cfg(test)]
mod tests_odd;
#[cfg(test)]
mod tests_several;
#[cfg(test)]
mod tests_waiting;

pub(crate) use agenda::agenda;
pub(crate) use attendance::attendance;
pub(crate) use calendar::calendar;
pub(crate) use chase::chase;
pub(crate) use deadlines::{Chosen, deadlines, open_deadlines};
pub(crate) use diary::{DiaryAsked, DiaryBy, diary};
pub(crate) use initials::Initials;
pub(crate) use letter::letter;
pub(crate) use minutes::minutes;
pub(crate) use names::TakenOut;
pub(crate) use record::record;
#[cfg(any(test, fuzzing))]
pub(crate) use render::filled;
pub(crate) use render::idle_templates;
pub(crate) use replay::{Changed, DueChanged, Figure, FindingChanged, Replay, replay};
pub(crate) use report::{Asked, Wanted, report, report_lists};
pub(crate) use show::show;
pub(crate) use show_files::{FileAbout, files_about};
pub(crate) use side_by_side::{Aspect, side_by_side};
pub(crate) use spend::{SpendAsked, SpendBy, spend};

/// A document, ready to be printed or put in its place.
#[derive(Debug)]
pub(crate) struct Document {
    /// What its template is given.
    pub(crate) view: serde_json::Value,
    /// What puts it into words, when words are asked for.
    template: render::Template,
    /// Where `--write` puts it: a path from the case folder, with `/`.
    pub(crate) place: String,
    /// Other children whose names were taken out of it.
    pub(crate) taken_out: TakenOut,
}

impl Document {
    /// The document in Markdown: its template, filled from the view.
    ///
    /// # Errors
    ///
    /// A template of the folder's own has a mistake.
    pub(crate) fn text(&self) -> Result<String, DocumentError> {
        self.template.filled(&self.view)
    }

    /// The document with what was taken out of it.
    fn without(self, taken_out: TakenOut) -> Self {
        Self { taken_out, ..self }
    }

    /// The document in Markdown, for a test whose templates have no mistake.
    #[cfg(test)]
    pub(crate) fn words(&self) -> String {
        self.text().expect("a template without a mistake")
    }
}

/// How a document is printed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Children's and families' names as initials.
    pub(crate) initials: bool,
}

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DocumentError {
    /// A template of the folder's own has a mistake.
    #[error("the template {name} cannot be used: {why}")]
    Template {
        /// The template's name.
        name: String,
        /// What is wrong, and on which line.
        why: String,
    },
}
