//! Papers, permissions, and the council's own checks.
use super::super::check::{Checker, join, judged};
use super::super::raw::*;
use super::super::*;

pub(super) fn documents(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<DocumentAsked> {
    let mut all = Vec::new();
    for (index, rule) in raw.document.iter().enumerate() {
        let path = format!("document[{index}]");
        if rule.any_of.is_empty() {
            check.needed::<String>(&path, "any_of", None);
        }
        for (place, kind) in rule.any_of.iter().enumerate() {
            check.word(&format!("{path}.any_of[{place}]"), Use::Document, kind);
        }
        if let Some(role) = &rule.given_by {
            check.post(&join(&path, "given_by"), role);
        }
        let kinds: Vec<String> = rule
            .any_of
            .iter()
            .map(|kind| check.words.label(Use::Document, kind).to_lowercase())
            .collect();
        let label = rule.label.clone().unwrap_or_else(|| kinds.join(" or "));
        let id = rule.id.clone().unwrap_or_else(|| rule.any_of.join("-or-"));
        let when = check.when(&path, rule.when.as_ref());
        let shown: &'static [&'static str] = match rule.given_by {
            Some(_) => &["agenda", "check"],
            None => &["check", "new"],
        };
        let basis = check.entry(
            &path,
            format!("document/{id}"),
            rule,
            format!("With the referral: {label}."),
            &judged("The form", shown),
        );
        all.push(DocumentAsked {
            id,
            any_of: rule.any_of.clone(),
            label,
            when,
            not_older_than: rule.not_older_than,
            given_by: rule.given_by.clone(),
            basis,
        });
    }
    all
}

pub(super) fn permissions(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<PermissionAsked> {
    let mut all = Vec::new();
    for (index, rule) in raw.permission.iter().enumerate() {
        let path = format!("permission[{index}]");
        let Some(what) = check.needed(&path, "for", rule.r#for.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "for"), Use::Permission, &what);
        check.some_posts(&path, "by", &rule.by.0);
        if let Some(via) = &rule.via {
            check.post(&join(&path, "via"), via);
        }
        let when = check.when(&path, rule.when.as_ref());
        let eased_when = check.condition(&join(&path, "eased_when"), rule.eased_when.as_ref());
        let id = rule.id.clone().unwrap_or_else(|| what.clone());
        let text = format!(
            "{}: permission of {}.",
            check.words.label(Use::Permission, &what),
            check.roles_in_words(&rule.by.0)
        );
        let basis = check.entry(
            &path,
            format!("permission/{id}"),
            rule,
            text,
            &judged("The form", &["check", "new"]),
        );
        all.push(PermissionAsked {
            what,
            by: rule.by.0.clone(),
            via: rule.via.clone(),
            when,
            before: rule.before,
            eased_when,
            basis,
        });
    }
    all
}

pub(super) fn own_rules(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<OwnRule> {
    let mut all = Vec::new();
    check.distinct(
        "rule",
        &raw.rule
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, rule) in raw.rule.iter().enumerate() {
        let path = format!("rule[{index}]");
        let id = check.needed(&path, "id", rule.id.as_ref());
        let written = check.needed(&path, "message", rule.message.as_ref());
        check.needed(&path, "when", rule.when.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        if let Some(id) = &id {
            check.own_id(&join(&path, "id"), id);
            if raw.timer.iter().any(|timer| timer.id.as_ref() == Some(id)) {
                check.fault(
                    &join(&path, "id"),
                    format!("`{id}` is the id of a timer too"),
                    "give each finding an id of its own",
                );
            }
        }
        let message = written
            .as_deref()
            .map_or_else(Vec::new, |text| check.pieces(&join(&path, "message"), text));
        if let (Some(id), Some(written), Some(when)) = (id, written, when) {
            let of = rule.of.unwrap_or(RuleOf::Referral);
            let at = rule.at.clone().unwrap_or_else(|| {
                let least = match of {
                    RuleOf::Referral => "request",
                    RuleOf::Decision => "outcome",
                };
                least.to_owned()
            });
            let basis = check.entry(
                &path,
                format!("rule/{id}"),
                rule,
                written,
                &judged("The council's own checks", &["check"]),
            );
            all.push(OwnRule {
                id,
                when,
                message,
                help: rule.help.clone(),
                at,
                of,
                basis,
            });
        }
    }
    all
}

impl Checker<'_> {
    /// A message and the names whose values stand in it.
    fn pieces(&mut self, path: &str, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                self.fault(
                    path,
                    "a `{` in this message has no `}` after it",
                    "write {request.staffing.days} to put in a value",
                );
                break;
            };
            pieces.push(Piece::Text(before.to_owned()));
            let thresholds: Vec<String> = self
                .thresholds
                .iter()
                .map(|id| format!("threshold.{id}"))
                .collect();
            let known = NAMES
                .iter()
                .map(|known| known.name)
                .chain(thresholds.iter().map(String::as_str));
            if self.one_of(path, name.trim(), known) {
                pieces.push(Piece::Name(name.trim().to_owned()));
            }
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        pieces
    }
}
