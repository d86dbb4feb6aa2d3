//! What an emergency asks beside the rest of a council's form.

use super::form::{Form, cited};
use super::layout::{Part, at, comment};
use crate::council::Use;

impl Form<'_> {
    /// What an emergency asks beside the rest, as comments: most requests are none.
    pub(super) fn emergency(&self) -> String {
        let council = self.council;
        if council.emergency.is_none() && council.emergency_approvals.is_empty() {
            return String::new();
        }
        let mut text = String::from("\n");
        let basis = council.emergency.as_ref().map(|rule| cited(&rule.basis));
        let head = format!(
            "In an emergency take the `#` away from what follows{}:",
            basis.unwrap_or_default()
        );
        comment(&mut text, &head, 0);
        let mut say = |note: &str| {
            let mut block = String::new();
            comment(&mut block, note, 1);
            for line in block.lines() {
                text.push_str(&format!("# {line}\n"));
            }
        };
        let (open, refused) = self.grounds();
        let never = if refused.is_empty() {
            String::new()
        } else {
            format!("; never {}", refused.join(", "))
        };
        let mut block = vec![("ground", format!("One of {}{never}", open.join(", ")))];
        let approvals: Vec<String> = council
            .emergency_approvals
            .iter()
            .filter_map(|asked| {
                let label = format!("Approved by {}", council.one_of_posts(&asked.any_of));
                self.note(&label, &asked.basis, asked.when.as_ref())
            })
            .collect();
        block.push(("approved_by", approvals.join("; ")));
        block.push(("approved_on", String::new()));
        say("`placed_on`: the day the placement began, where it has");
        text.push_str("# placed_on:\n# emergency:\n");
        for (key, note) in block {
            if !note.is_empty() {
                let mut lines = String::new();
                comment(&mut lines, &note, 1);
                for line in lines.lines() {
                    text.push_str(&format!("# {line}\n"));
                }
            }
            let value = if key == "approved_by" {
                " {name: , role: }"
            } else {
                ""
            };
            text.push_str(&format!("#   {key}:{value}\n"));
        }
        text
    }

    /// What an emergency asks beside the rest, as parts.
    pub(super) fn emergency_parts(&self, parts: &mut Vec<Part>) {
        let council = self.council;
        if council.emergency.is_none() && council.emergency_approvals.is_empty() {
            return;
        }
        let basis = council.emergency.as_ref().map(|rule| cited(&rule.basis));
        at(parts, "placed_on").notes.push(format!(
            "The day the placement began, where it has{}",
            basis.unwrap_or_default()
        ));
        let (open, _) = self.grounds();
        at(parts, "emergency.ground").choices = open;
        at(parts, "emergency.ground")
            .notes
            .push("What makes it an emergency".to_owned());
        let mut posts: Vec<String> = Vec::new();
        for asked in &council.emergency_approvals {
            let label = format!("Approved by {}", council.one_of_posts(&asked.any_of));
            if let Some(note) = self.note(&label, &asked.basis, asked.when.as_ref()) {
                at(parts, "emergency.approved_by.name").notes.push(note);
                posts.extend(self.plain_posts(&asked.any_of));
            }
        }
        at(parts, "emergency.approved_by.name");
        at(parts, "emergency.approved_by.role").choices = posts;
        at(parts, "emergency.approved_on")
            .notes
            .push("When it was approved".to_owned());
    }

    /// Posts without the mark that stands for those above them.
    pub(super) fn plain_posts(&self, posts: &[String]) -> Vec<String> {
        posts
            .iter()
            .map(|post| {
                post.trim_end_matches(crate::council::OR_MORE_SENIOR)
                    .to_owned()
            })
            .collect()
    }

    /// Grounds of an emergency that the council goes by, and those that it refuses.
    fn grounds(&self) -> (Vec<String>, &[String]) {
        let rule = self.council.emergency.as_ref();
        let grounds = rule
            .map(|rule| rule.grounds.clone())
            .filter(|grounds| !grounds.is_empty())
            .unwrap_or_else(|| self.council.words.ids(Use::Ground));
        let refused = rule.map_or(&[][..], |rule| rule.refused.as_slice());
        let open = grounds
            .into_iter()
            .filter(|ground| !refused.contains(ground))
            .collect();
        (open, refused)
    }
}
