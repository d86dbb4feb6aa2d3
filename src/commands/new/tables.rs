//! The tables of a council's form: costs, papers, permissions and people.

use super::form::{Form, cited};
use super::layout::{Part, at};
use crate::council::{SignedBy, Use};

impl Form<'_> {
    pub(super) fn costs(&self, parts: &mut Vec<Part>) {
        let Some(costs) = &self.council.costs else {
            return;
        };
        let label = format!(
            "What it costs, a row for each thing; at most {} weeks count",
            costs.most_weeks
        );
        let Some(note) = self.note(&label, &costs.basis, costs.when.as_ref()) else {
            return;
        };
        let items = self.council.words.ids(Use::Item).join(", ");
        let row = vec![
            Part::blank("item").note(format!("One of {items}")),
            Part::blank("description"),
            Part::blank("weekly").note("Pounds, like 4250.00"),
            Part::blank("weeks"),
            Part::blank("one_off"),
        ];
        parts.push(Part::rows("costs", vec![row]).note(note));
        parts.push(Part::blank("total").note("The sum of the rows: weekly × weeks + one_off"));
    }

    /// Other funders, and what they were asked.
    pub(super) fn funding(&self, parts: &mut Vec<Part>) {
        let Some(asked) = &self.council.funding_sources else {
            return;
        };
        let words = &self.council.words;
        let funders = words.ids(Use::Funder).join(", ");
        let label = format!("Other funders whose part is needed, any of {funders}");
        let Some(note) = self.note(&label, &asked.basis, asked.when.as_ref()) else {
            return;
        };
        parts.push(Part::with("needs", "[]").note(note));
        let statuses = words.ids(Use::FundingStatus).join(", ");
        let row = vec![
            Part::blank("source"),
            Part::blank("status").note(format!("One of {statuses}")),
            Part::blank("share").note("Per cent"),
            Part::blank("note"),
        ];
        let note = "A row for each of them: what they were asked and said; where they were not asked, the reason as its note";
        parts.push(Part::rows("funding", vec![row]).note(note));
    }

    pub(super) fn alternatives(&self, parts: &mut Vec<Part>) {
        if let Some(asked) = &self.council.alternatives
            && let Some(note) = self.note(
                "What was tried before, and why it did not suffice",
                &asked.basis,
                asked.when.as_ref(),
            )
        {
            let row = vec![Part::blank("tried"), Part::blank("outcome")];
            parts.push(Part::rows("alternatives", vec![row]).note(note));
        }
    }

    /// The placements that were looked at, the council's own among them.
    pub(super) fn placements(&self, parts: &mut Vec<Part>) {
        let asked = [
            (
                &self.council.options,
                "The placements that were looked at, a row for each: whether it is available, whether it is suitable, what it costs",
            ),
            (
                &self.council.in_house_first,
                "The council's own provision, and why it does not serve",
            ),
        ];
        let notes: Vec<String> = asked
            .into_iter()
            .filter_map(|(asked, label)| {
                let asked = asked.as_ref()?;
                self.note(label, &asked.basis, asked.when.as_ref())
            })
            .collect();
        if notes.is_empty() {
            return;
        }
        let provisions = self.council.words.ids(Use::Provision).join(", ");
        let row = vec![
            Part::blank("provision").note(format!("One of {provisions}")),
            Part::blank("provider"),
            Part::blank("available"),
            Part::blank("suitable"),
            Part::blank("weekly"),
            Part::blank("note"),
        ];
        let mut rows = Part::rows("options", vec![row]);
        rows.notes = notes;
        parts.push(rows);
        at(parts, "provider.name")
            .notes
            .push("Who would provide it".to_owned());
        at(parts, "provider.external")
            .notes
            .push("Whether they are outside the council: true or false".to_owned());
    }

    /// Days that the panel's rules count from or compare with.
    pub(super) fn dates(&self, parts: &mut Vec<Part>) {
        let words = &self.council.words;
        for asked in &self.council.searches {
            let label = match &asked.permission {
                None => {
                    "The day the search for a placement began: not before the panel has decided"
                        .to_owned()
                }
                Some(what) => format!(
                    "The day the search for a placement began: not before the permission ({})",
                    words.label(Use::Permission, what).to_lowercase()
                ),
            };
            if let Some(note) = self.note(&label, &asked.basis, asked.when.as_ref()) {
                at(parts, "request.search_started").notes.push(note);
            }
        }
        if let Some(asked) = &self.council.notice
            && let Some(note) = self.note(
                "Notice on the present placement, where there is one",
                &asked.basis,
                asked.when.as_ref(),
            )
        {
            at(parts, "request.notice").notes.push(note);
            at(parts, "request.notice.given");
            at(parts, "request.notice.ends");
        }
        if let Some(asked) = &self.council.before_filing
            && let Some(note) = self.note(
                "The day the plan is filed with the court, where it is",
                &asked.basis,
                asked.when.as_ref(),
            )
        {
            at(parts, "request.court.plan_filed").notes.push(note);
        }
    }

    /// Other panels to which cases of some kinds go.
    pub(super) fn other_panels(&self, parts: &mut Vec<Part>) {
        let notes: Vec<String> = self
            .council
            .other_panels
            .iter()
            .filter(|other| other.when.is_some())
            .filter_map(|other| {
                let label = format!("{} (`panel: {}`)", other.label, other.id);
                self.note(&label, &other.basis, other.when.as_ref())
            })
            .collect();
        if notes.is_empty() {
            return;
        }
        let row = vec![
            Part::blank("panel"),
            Part::blank("on").note("The day, and what came of it"),
            Part::blank("outcome"),
            Part::blank("not_needed").note("Or why it need not go there"),
        ];
        let mut rows = Part::rows("referred_to", vec![row]);
        rows.notes = notes;
        parts.push(rows);
    }

    /// A row for each paper. The kind is left to whoever lists it: a row that names one says that
    /// the paper is there.
    pub(super) fn papers(&self, parts: &mut Vec<Part>) {
        let mut rows = Vec::new();
        let mut from_others = Vec::new();
        for (entry, asked) in self.council.documents.iter().enumerate() {
            let age = asked
                .not_older_than
                .map(|age| format!(", not older than {age} on the day of the meeting"))
                .unwrap_or_default();
            let label = match &asked.given_by {
                Some(post) => format!(
                    "{}: given by {}, you need not list it",
                    asked.label,
                    self.council.one_of_posts(std::slice::from_ref(post))
                ),
                None => format!("{} (`{}`){age}", asked.label, asked.any_of.join("` or `")),
            };
            let Some(note) = self.note(&capital(&label), &asked.basis, asked.when.as_ref()) else {
                continue;
            };
            if asked.given_by.is_some() {
                from_others.push(note);
                continue;
            }
            rows.push(vec![
                Part::blank("kind")
                    .note(note)
                    .choose(&asked.any_of)
                    .of(entry),
                Part::blank("title"),
                Part::blank("dated"),
                Part::blank("file"),
            ]);
        }
        if rows.is_empty() && from_others.is_empty() {
            return;
        }
        let mut papers = if rows.is_empty() {
            Part::with("documents", "[]")
        } else {
            Part::rows("documents", rows)
        };
        papers.notes = from_others;
        parts.push(papers);
    }

    /// A row for each leave, to be filled in when it is given.
    pub(super) fn permissions(&self, parts: &mut Vec<Part>) {
        let words = &self.council.words;
        let mut rows = Vec::new();
        for (entry, asked) in self.council.permissions.iter().enumerate() {
            let via = asked
                .via
                .as_ref()
                .map(|via| {
                    let post = self.council.one_of_posts(std::slice::from_ref(via));
                    format!(", asked for through {post} (`via: {via}`)")
                })
                .unwrap_or_default();
            let label = format!(
                "{} (`{}`), permitted by {}{via}",
                words.label(Use::Permission, &asked.what),
                asked.what,
                self.council.one_of_posts(&asked.by)
            );
            let Some(note) = self.note(&label, &asked.basis, asked.when.as_ref()) else {
                continue;
            };
            let mut row = vec![
                Part::blank("for")
                    .note(note)
                    .choose([&asked.what])
                    .of(entry),
                Part::blank("role").choose(self.plain_posts(&asked.by)),
                Part::blank("name"),
            ];
            row.extend(
                asked
                    .via
                    .as_ref()
                    .map(|via| Part::blank("via").choose([via])),
            );
            row.push(Part::blank("on"));
            rows.push(row);
        }
        if !rows.is_empty() {
            parts.push(Part::rows("permissions", rows));
        }
    }

    pub(super) fn people(&self, parts: &mut Vec<Part>) {
        let mut coming = Vec::new();
        for (entry, presenter) in self.council.presenters.iter().enumerate() {
            let who = self.council.one_of_posts(&presenter.any_of);
            let label = format!("Who presents the case: {who}");
            let Some(note) = self.note(&label, &presenter.basis, presenter.when.as_ref()) else {
                continue;
            };
            // Blank, because a post that stands here says that somebody in it comes.
            let role = format!("Write {}", presenter.any_of.join(" or "));
            coming.push(vec![
                Part::blank("name").note(note).of(entry),
                Part::blank("role")
                    .note(role)
                    .choose(self.plain_posts(&presenter.any_of)),
            ]);
        }
        if !coming.is_empty() {
            parts.push(Part::rows("attending", coming));
        }
        for asked in &self.council.not_invited {
            let who = self.council.one_of_posts(&asked.roles);
            if let Some(note) = self.note(
                &format!("Not invited: {who}"),
                &asked.basis,
                asked.when.as_ref(),
            ) {
                at(parts, "attending").notes.push(note);
            }
        }
        if let Some(asked) = &self.council.duty_cover {
            let note = format!("Duty cover does not present a case{}", cited(&asked.basis));
            at(parts, "attending").notes.push(note);
        }
        let mut rows: Vec<Vec<Part>> = Vec::new();
        for (entry, sign_off) in self.council.sign_offs.iter().enumerate() {
            let Some(role) = sign_off.any_of.first() else {
                continue;
            };
            let role = role.trim_end_matches(crate::council::OR_MORE_SENIOR);
            let who = match sign_off.any_of.as_slice() {
                [one] if one == role => self.council.role_label(role).to_owned(),
                several => capital(&self.council.one_of_posts(several)),
            };
            let by = match sign_off.by {
                Some(SignedBy::Submission) => ", before it is sent",
                Some(SignedBy::CutOff) => ", by the cut-off",
                Some(SignedBy::Meeting) => ", before the meeting begins",
                None => "",
            };
            let label = format!("{who}, once they have read it{by}");
            let Some(note) = self.note(&label, &sign_off.basis, sign_off.when.as_ref()) else {
                continue;
            };
            // One post may sign by different moments in different cases.
            let known = rows.iter_mut().find(|row| row[0].value == role);
            match known {
                Some(row) => row[0].notes.push(note),
                None => rows.push(vec![
                    Part::with("role", role)
                        .note(note)
                        .choose(self.plain_posts(&sign_off.any_of))
                        .of(entry),
                    Part::blank("name"),
                    Part::blank("on"),
                ]),
            }
        }
        if !rows.is_empty() {
            parts.push(Part::rows("sign_offs", rows));
        }
    }
}

/// A sentence's first letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
