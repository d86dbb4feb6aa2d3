//! What somebody most likely meant who wrote a word where a group of keys belongs.

const BELOW: &str = "on the lines below it, each further in by two spaces";

/// How the word is written with the keys that belong there; empty text where it is no word.
pub(super) fn as_a_group(text: &str, fields: &[&str]) -> String {
    let is_short = !text.is_empty() && !text.contains('\n') && text.len() < 40;
    match (text.to_lowercase().as_str(), fields) {
        // A question of yes or no, which has a key for the answer and one for the reason.
        ("yes" | "no" | "true" | "false", [answers @ .., "explain"]) => {
            let answers: Vec<String> = answers
                .iter()
                .map(|answer| format!("`{answer}: true`"))
                .collect();
            format!(
                "write the answer on a line below it, further in by two spaces, as {}; a no has its reason under `explain`",
                answers.join(" or ")
            )
        }
        (_, fields) if is_short && fields.contains(&"name") => {
            format!("write {{name: {text}}}, and what else belongs to it behind a comma")
        }
        (_, []) => format!("write what belongs to it {BELOW}"),
        (_, fields) if fields.len() <= 12 => {
            format!("write what belongs to it {BELOW}: {}", fields.join(", "))
        }
        _ => format!("write what belongs to it {BELOW}"),
    }
}

/// What to write where a key is missing without which a file cannot be used: a line to fill in.
pub(super) fn line_of(key: &str) -> &str {
    match key {
        "reference" => "reference: R-2026-0142",
        "child" => "child: {name: NAME, case_id: \"NUMBER\"}",
        "worker" => "worker: {name: NAME, role: social-worker}",
        "request" => "request: {kind: KIND, summary: TEXT}",
        "date" => "date: 2026-11-26",
        "referral" => "referral: R-2026-0142",
        "meeting" => "meeting: 2026-11-26",
        "outcome" => "outcome: approve",
        "decided_by" => "decided_by: {name: NAME, role: ROLE}",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{as_a_group, line_of};

    #[test]
    fn a_name_alone_is_shown_as_a_person() {
        let help = as_a_group("A. Singh", &["name", "role", "team"]);
        assert!(help.starts_with("write {name: A. Singh}"), "{help}");
    }

    #[test]
    fn a_bare_no_is_told_where_its_reason_goes() {
        let help = as_a_group("No", &["held", "explain"]);
        assert!(help.contains("as `held: true`; a no has"), "{help}");
        assert!(!help.contains("name"), "{help}");
    }

    #[test]
    fn the_line_for_a_missing_key_can_be_copied() {
        assert_eq!(
            line_of("worker"),
            "worker: {name: NAME, role: social-worker}"
        );
        assert_eq!(line_of("meetings"), "meetings");
    }

    #[test]
    fn any_other_word_is_told_the_keys() {
        let help = as_a_group("soon", &["given", "ends"]);
        assert!(help.ends_with(": given, ends"), "{help}");
    }
}
