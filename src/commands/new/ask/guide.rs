//! Going through the questions: which is next, what an answer is worth, what is kept.

use super::super::super::session::{Trouble, World};
use super::super::form;
use super::answers::{Meant, meant};
use super::asker::{Asker, Reply, Shown};
use super::draft::Draft;
use super::questions::{self, Kind, Question, Source};
use crate::council::condition::Condition;
use crate::council::{FileKind, schema_of};
use crate::desk::Desk;
use crate::findings::{Finding, Severity};
use crate::folder::{FaultKind, read_referral, said};
use crate::output::{count, resting_on, visible};
use crate::rules;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeSet;

/// Rules that say of an answer that it is none, or cannot stand where it is.
const REFUSING: [&str; 8] = [
    "bad-value",
    "duplicate-key",
    "incomplete-section",
    "missing-views",
    "missing-alternatives",
    "missing-costs",
    "checklist-unanswered",
    "unexplained-no",
];

/// How it came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Every question has been asked.
    Through,
    /// Whoever answers has stopped.
    Stopped,
}

/// A draft that is being filled in.
pub(super) struct Guide {
    pub(super) world: World,
    pub(super) draft: Draft,
    pub(super) reference: String,
    schema: Value,
    /// Questions that are left for later, or need no answer any more.
    passed: BTreeSet<String>,
    /// Lists that are to get another row.
    more: BTreeSet<String>,
    has_emergency: bool,
    /// Questions that have been asked, the last one last.
    asked: Vec<String>,
}

/// What a draft comes to as it stands.
struct Look {
    questions: Vec<Question>,
    findings: Vec<Finding>,
}

impl Guide {
    pub(super) fn new(world: World, draft: Draft, reference: String) -> Result<Self> {
        let mut guide = Self {
            schema: schema_of(FileKind::Referral, Some(&world.council)),
            world,
            draft,
            reference,
            passed: BTreeSet::new(),
            more: BTreeSet::new(),
            has_emergency: false,
            asked: Vec::new(),
        };
        guide.read();
        Ok(guide)
    }

    /// Says how it goes, and how much there is to ask.
    pub(super) fn greet(&self, asker: &mut dyn Asker) {
        let about = &self.world.council.about;
        let open = self
            .look()
            .questions
            .iter()
            .filter(|q| q.now.is_none())
            .count();
        let begun = if self.draft.kept.is_some() {
            format!(
                "{} has been begun; what is still open is asked: {}.",
                self.draft.place,
                count(open, "question")
            )
        } else {
            format!("A referral to the {} of {}.", about.panel, about.name)
        };
        asker.tell(&begun);
        asker.tell(
            "Each answer is saved at once. Nothing (Enter) leaves a question for later, `:b` goes back to the one before, `:q` stops.",
        );
    }

    /// Asks one question after another until none is open or somebody stops.
    pub(super) fn go(&mut self, asker: &mut dyn Asker) -> Result<Ended> {
        let mut look = self.look();
        let mut wanted: Option<String> = None;
        loop {
            let open: Vec<&Question> = look
                .questions
                .iter()
                .filter(|question| question.now.is_none() && !self.is_passed(&question.id))
                .collect();
            let named = wanted
                .take()
                .and_then(|id| look.questions.iter().find(|question| question.id == id));
            let Some(question) = named.or_else(|| open.first().copied()).cloned() else {
                return Ok(Ended::Through);
            };
            let text = shown(&question, open.len(), &look.findings);
            let reply = asker.ask(&Shown {
                text: &text,
                now: question.now.as_deref(),
                has_lines: question.kind == Kind::Text,
            })?;
            match reply {
                Reply::Stop => return Ok(Ended::Stopped),
                Reply::Back => {
                    wanted = self.before(&look, asker);
                    wanted.get_or_insert(question.id);
                }
                Reply::Later => {
                    self.leave(&question);
                    self.asked.push(question.id);
                }
                Reply::Text(text) => match self.answer(&question, &text, &look, asker)? {
                    Some(next) => {
                        self.asked.push(question.id);
                        look = next;
                    }
                    None => wanted = Some(question.id),
                },
            }
        }
    }

    /// Errors that stand against the draft.
    pub(super) fn errors(&self) -> usize {
        let findings = self.look().findings;
        findings.iter().filter(|finding| finding.is_error()).count()
    }

    /// The question before, where there was one.
    fn before(&mut self, look: &Look, asker: &mut dyn Asker) -> Option<String> {
        while let Some(id) = self.asked.pop() {
            if look.questions.iter().any(|question| question.id == id) {
                return Some(id);
            }
        }
        asker.tell("there is no question before this one");
        None
    }

    fn is_passed(&self, id: &str) -> bool {
        self.passed.iter().any(|passed| {
            id == passed || (passed.ends_with('.') && id.starts_with(passed.as_str()))
        })
    }

    fn leave(&mut self, question: &Question) {
        self.passed.insert(question.id.clone());
        self.passed.extend(question.leaves.clone());
    }

    /// Takes an answer, or tells why it cannot be taken; then the same question is asked again.
    fn answer(
        &mut self,
        question: &Question,
        text: &str,
        before: &Look,
        asker: &mut dyn Asker,
    ) -> Result<Option<Look>> {
        self.passed.remove(&question.id);
        if let Some(leaves) = &question.leaves {
            self.passed.remove(leaves);
        }
        let edits = match meant(question, text) {
            Meant::Edits(edits) => edits,
            Meant::Yes => {
                match question.kind {
                    Kind::Emergency => self.has_emergency = true,
                    _ => {
                        self.more.insert(question.place());
                    }
                }
                self.leave(question);
                return Ok(Some(self.look()));
            }
            Meant::No => {
                match question.kind {
                    Kind::Emergency => self.has_emergency = false,
                    _ => {
                        self.more.remove(&question.place());
                    }
                }
                self.leave(question);
                return Ok(Some(self.look()));
            }
            Meant::Refused(why) => {
                asker.tell(&format!("  ! {why}"));
                return Ok(None);
            }
        };
        let old = self.draft.bytes.clone();
        for edit in &edits {
            match edit.on(&self.draft.bytes) {
                Ok(bytes) => self.draft.bytes = bytes,
                Err(error) => {
                    self.draft.bytes = old;
                    self.leave(question);
                    asker.tell(&format!(
                        "  ! `{}` cannot be written here: {error}; write it into {} by hand",
                        question.place(),
                        self.draft.place
                    ));
                    return Ok(Some(self.look()));
                }
            }
        }
        if self.draft.kept.is_none() && matches!(question.id.as_str(), "for" | "request.kind") {
            // The form that is begun leaves out what this panel does not ask of this kind.
            self.read();
            self.draft.bytes = self.blank_form();
        }
        self.read();
        let next = self.look();
        let place = question.place();
        if let Some(why) = self.refusal(&place, &next) {
            self.draft.bytes = old;
            self.read();
            asker.tell(&format!("  ! {why}"));
            return Ok(None);
        }
        self.draft.save()?;
        for finding in &next.findings {
            let is_here = finding.place.path == place && finding.severity != Severity::Note;
            let is_new = !before
                .findings
                .iter()
                .any(|known| known.rule == finding.rule && known.message == finding.message);
            if is_here && is_new {
                asker.tell(&format!("  kept, but: {}", told(finding)));
            }
        }
        // The row is there: whether there is yet another is asked again.
        if let Some(begins) = &question.begins {
            let list = begins.list.join(".");
            self.more.remove(&list);
            self.passed.remove(&format!("{list}+"));
        }
        Ok(Some(next))
    }

    /// Why what stands at a place is no answer.
    fn refusal(&self, place: &str, look: &Look) -> Option<String> {
        let file = &self.file();
        let fault = file.faults.iter().find(|fault| {
            let is_whole = fault.kind == FaultKind::Syntax;
            !fault.is_harmless && (is_whole || fault.path == place)
        });
        if let Some(fault) = fault {
            let help = fault.help.as_deref().map(|help| format!("; {help}"));
            return Some(format!("{}{}", fault.message, help.unwrap_or_default()));
        }
        let is_part = |path: &str| {
            path == place
                || path
                    .strip_prefix(place)
                    .is_some_and(|rest| rest.starts_with('['))
        };
        look.findings
            .iter()
            .find(|finding| {
                finding.is_error()
                    && REFUSING.contains(&finding.rule.as_str())
                    && is_part(&finding.place.path)
            })
            .map(told)
    }

    /// The form to fill in by hand, for the panel and the kind of request that were named.
    fn blank_form(&self) -> Vec<u8> {
        let referral = &self.file().record;
        let panel = referral.r#for.as_deref();
        let today = crate::records::Day::of(self.world.as_of.date());
        let rules = self.world.council.at(panel, today);
        form::text(
            rules,
            &self.reference,
            panel,
            referral.request.kind.as_deref(),
        )
        .into_bytes()
    }

    fn file(&self) -> &crate::folder::File<crate::records::Referral> {
        let place = &self.draft.place;
        let files = &self.world.folder.referrals;
        let index = files.iter().position(|file| file.path == *place);
        &files[index.expect("it was put there when it was read")]
    }

    /// Puts the draft as it stands into the folder that is judged.
    fn read(&mut self) {
        let file = read_referral(self.draft.place.clone(), self.draft.bytes.clone());
        let files = &mut self.world.folder.referrals;
        match files.iter().position(|known| known.path == file.path) {
            Some(index) => files[index] = file,
            None => {
                let index = files.partition_point(|known| known.path < file.path);
                files.insert(index, file);
            }
        }
    }

    fn look(&self) -> Look {
        let desk = self.world.desk();
        let findings = rules::judge(&desk)
            .findings
            .into_iter()
            .filter(|finding| finding.place.file == self.draft.place)
            .collect();
        Look {
            questions: self.questions(&desk).unwrap_or_default(),
            findings,
        }
    }

    fn questions(&self, desk: &Desk<'_>) -> Option<Vec<Question>> {
        let case = desk.case(&self.reference)?;
        let referral = case.referral();
        let said = said(&self.draft.bytes)?;
        let holds = |condition: &Condition| desk.holds(Some(condition), case);
        let kind = referral.request.kind.as_deref();
        let panel = referral.r#for.as_deref();
        let blank =
            questions::entries(&form::asked(case.rules, &self.reference, panel, kind, None));
        let parts = form::asked(case.rules, &self.reference, panel, kind, Some(&holds));
        let source = Source {
            council: case.rules,
            schema: &self.schema,
            said: &said,
            blank: &blank,
            more: &self.more,
            has_emergency: self.has_emergency,
        };
        let mut asked = questions::of(&parts, &source);
        if let Some(total) = asked.iter_mut().find(|question| question.id == "total") {
            let sum: crate::records::Money = referral
                .costs
                .iter()
                .map(|line| line.sum(case.rules.most_weeks()))
                .sum();
            total.notes.push(format!("The rows come to {sum}"));
        }
        Some(asked)
    }
}

/// A finding as it is told beside an answer.
fn told(finding: &Finding) -> String {
    let help = finding.help.as_deref().map(|help| format!("; {help}"));
    format!(
        "{}{}{}",
        finding.message,
        help.unwrap_or_default(),
        resting_on(&finding.basis)
    )
}

/// A question as it is shown.
fn shown(question: &Question, open: usize, findings: &[Finding]) -> String {
    let place = question.place();
    // Of a row that is missing the first key is asked for; the others follow from it.
    let is_first = question.leaves.is_some() || !place.contains('[');
    let is_asked_for = findings.iter().any(|finding| {
        let path = finding.place.path.as_str();
        let is_above = place
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || (is_first && rest.starts_with(['.', '['])));
        finding.is_error() && !path.is_empty() && is_above
    });
    let mut lines = vec![format!("[{open} open] {}", question.label)];
    lines.extend(question.notes.iter().map(|note| format!("  {note}")));
    let takes = match question.kind {
        Kind::Text => Some("text of one line or more; an empty line ends it"),
        Kind::YesNo | Kind::Another | Kind::Emergency => Some("yes or no"),
        Kind::Figure(example) => Some(example),
        Kind::Word => Some("one of these, by its number or its word:"),
        Kind::Words => Some("any of these, with commas between them:"),
        Kind::Line | Kind::Is => None,
    };
    if let (Kind::Is, [(id, _)]) = (question.kind, &question.choices[..]) {
        lines.push(format!("  yes (`{id}`) or no"));
    }
    lines.extend(takes.map(|takes| format!("  {takes}")));
    if matches!(question.kind, Kind::Word | Kind::Words) {
        for (number, (id, label)) in (1..).zip(&question.choices) {
            lines.push(format!("  {number:>3} {id}: {label}"));
        }
    }
    let place = question.place();
    lines.push(match (&question.now, question.kind) {
        (_, Kind::Another) => format!("  nothing is no (`{place}`)"),
        (_, Kind::Emergency) => "  nothing is no (`emergency`)".to_owned(),
        (Some(now), _) => format!("  now: {now} (`{place}`)"),
        (None, _) if is_asked_for => {
            format!("  the panel asks for this; it can be left for later, not for good (`{place}`)")
        }
        (None, _) => format!("  may stay blank (`{place}`)"),
    });
    // What stands in a file is told on one line, whatever line breaks it holds.
    let lines: Vec<String> = lines.iter().map(|line| visible(line)).collect();
    format!("\n{}", lines.join("\n"))
}

impl From<crate::folder::EditError> for Trouble {
    fn from(error: crate::folder::EditError) -> Self {
        Self::usage(format!("nothing was written: {error}"))
    }
}
