//! Guesses what was meant by a name or a word that is not known.

/// Help for an unknown name: the one that was meant, or those of the same family.
pub(super) fn name_help(unknown: &str, mut known: Vec<String>) -> Option<String> {
    known.sort();
    // The hyphen rule of thresholds is the one surprise in names.
    let minus_meant = unknown.starts_with("threshold.")
        && known.iter().any(|name| {
            unknown
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.starts_with('-'))
        });
    if minus_meant {
        return Some(
            "a hyphen belongs to the name of a threshold: put spaces around a minus".to_owned(),
        );
    }
    let mut best: Option<(f64, &str)> = None;
    for name in &known {
        if let Some(likeness) = likeness(unknown, name)
            && best.is_none_or(|(so_far, _)| likeness > so_far)
        {
            best = Some((likeness, name));
        }
    }
    if let Some((_, name)) = best {
        return Some(format!("did you mean `{name}`?"));
    }
    let (family, _) = ends(unknown);
    let relatives: Vec<String> = known
        .iter()
        .filter(|name| ends(name).0 == family)
        .map(|name| format!("`{name}`"))
        .collect();
    (!relatives.is_empty()).then(|| format!("the names that begin so are {}", relatives.join(", ")))
}

/// Help for an unknown word: the one that was meant, or all of them.
pub(super) fn word_help(unknown: &str, known: &[String]) -> String {
    let mut best: Option<(f64, &str)> = None;
    for word in known {
        let likeness = strsim::jaro_winkler(unknown, word);
        if likeness >= 0.8 && best.is_none_or(|(so_far, _)| likeness > so_far) {
            best = Some((likeness, word));
        }
    }
    match best {
        Some((_, word)) => format!("did you mean '{word}'?"),
        None => format!("the words are {}", known.join(", ")),
    }
}

/// How alike two names are, if alike enough to be worth saying.
///
/// A shared first or last segment counts beside the letters: `case.kind` is a slip for
/// `request.kind`, though few of their letters agree.
fn likeness(unknown: &str, name: &str) -> Option<f64> {
    let letters = strsim::normalized_damerau_levenshtein(unknown, name);
    let ((first, last), (its_first, its_last)) = (ends(unknown), ends(name));
    let same_last = last == its_last;
    let same_first = first == its_first && unknown.contains('.');
    let rest_is_close = strsim::normalized_damerau_levenshtein(last, its_last) >= 0.5;
    let plausible = same_last || letters >= 0.7 || (same_first && rest_is_close);
    let bonus = |shared: bool, weight: f64| if shared { weight } else { 0.0 };
    plausible.then(|| letters + bonus(same_last, 0.5) + bonus(same_first, 0.25))
}

/// The first and the last segment.
fn ends(name: &str) -> (&str, &str) {
    let first = name.split_once('.').map_or(name, |(first, _)| first);
    let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn help(unknown: &str) -> Option<String> {
        let known = [
            "request.kind",
            "request.start",
            "cost.total",
            "cost.weekly",
            "child.age",
            "threshold.panel",
        ];
        name_help(unknown, known.map(str::to_owned).to_vec())
    }

    #[test]
    fn a_slip_of_the_fingers_finds_the_name() {
        assert_eq!(
            help("request.knd").as_deref(),
            Some("did you mean `request.kind`?")
        );
        assert_eq!(
            help("reqest.start").as_deref(),
            Some("did you mean `request.start`?")
        );
    }

    #[test]
    fn a_right_last_segment_finds_its_family() {
        assert_eq!(help("age").as_deref(), Some("did you mean `child.age`?"));
        assert_eq!(
            help("case.kind").as_deref(),
            Some("did you mean `request.kind`?")
        );
    }

    #[test]
    fn a_right_family_alone_lists_its_names() {
        let listed = "the names that begin so are `cost.total`, `cost.weekly`";
        assert_eq!(help("cost.per_annum").as_deref(), Some(listed));
        assert_eq!(help("zebra"), None);
    }

    #[test]
    fn a_minus_glued_to_a_threshold_is_told_from_a_slip() {
        let help = help("threshold.panel-500").expect("some help");
        assert!(help.contains("spaces around a minus"), "{help}");
    }
}
