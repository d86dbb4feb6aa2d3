//! How the place of a line in a record is told to whoever writes it.

/// The line of a path, ready to be filled in, and where it goes: `` `ethnicity: …` under `child` ``,
/// `` `name: …` in entry 2 under `family` ``.
pub(super) fn line_at(path: &str) -> String {
    let (above, word) = path.rsplit_once('.').unwrap_or(("", path));
    let line = format!("`{word}: …`");
    if above.is_empty() {
        return line;
    }
    let Some((list, row)) = above
        .strip_suffix(']')
        .and_then(|above| above.rsplit_once('['))
    else {
        return format!("{line} under `{}`", above.replace('.', ": "));
    };
    let number = row.parse::<usize>().map_or(1, |row| row + 1);
    match list.rsplit_once('.') {
        Some((group, list)) => {
            format!("{line} in entry {number} of `{list}`, under `{group}`")
        }
        None => format!("{line} in entry {number} under `{list}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::line_at;

    #[test]
    fn a_line_is_told_with_the_group_that_it_goes_under() {
        assert_eq!(line_at("provider"), "`provider: …`");
        assert_eq!(line_at("child.ethnicity"), "`ethnicity: …` under `child`");
        assert_eq!(
            line_at("family[1].name"),
            "`name: …` in entry 2 under `family`"
        );
        assert_eq!(
            line_at("signs_of_safety.scaling[0].reasons"),
            "`reasons: …` in entry 1 of `scaling`, under `signs_of_safety`"
        );
    }
}
