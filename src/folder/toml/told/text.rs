//! How a line reads that somebody wrote, and how it is shown again.

/// The longest text that is shown again as it should be written.
const LONGEST_SHOWN: usize = 60;

/// `: "text"`, as it should be written; nothing where that is long or holds quotation marks.
pub(super) fn quoted(text: &str) -> String {
    shown(text).map_or_else(String::new, |text| format!(": {text}"))
}

pub(super) fn shown(text: &str) -> Option<String> {
    let text = text.trim();
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST_SHOWN;
    (is_short && !text.contains(['"', '\\', '“', '”'])).then(|| format!("\"{text}\""))
}

/// What somebody wrote behind a key, or a sign that it goes on.
pub(super) fn in_short(value: &str) -> &str {
    if value.is_empty() || value.chars().count() > LONGEST_SHOWN {
        "…"
    } else {
        value
    }
}

pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// Whether a text begins like a key with its sign of equality.
pub(super) fn is_key(text: &str) -> bool {
    text.split_once('=')
        .is_some_and(|(key, value)| is_word(key.trim()) && !value.starts_with('='))
}

/// Whether the name of a month stands in it, or the signs of a date.
pub(super) fn is_dated(lower: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| MONTHS.iter().any(|month| word.starts_with(month)))
}

/// Where the quotation mark stands that a line opens and does not close.
pub(super) fn open_quotation(line: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut is_escaped = false;
    for (at, sign) in line.char_indices() {
        match open {
            Some((_, '"')) if is_escaped => is_escaped = false,
            Some((_, '"')) if sign == '\\' => is_escaped = true,
            Some((_, mark)) if sign == mark => open = None,
            Some(_) => {}
            None if sign == '#' => break,
            None if matches!(sign, '"' | '\'') => open = Some((at, sign)),
            None => {}
        }
    }
    open.map(|(at, _)| at)
}

/// Where the brackets stand that a text opens behind a sign of equality and does not close.
pub(super) fn open_brackets(text: &str) -> Vec<usize> {
    let mut open = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_name = open.is_empty() && line.trim_start().starts_with('[');
        let mut quotation: Option<char> = None;
        for (at, sign) in line.char_indices().filter(|_| !is_name) {
            match (quotation, sign) {
                (Some(mark), sign) => quotation = Some(mark).filter(|mark| *mark != sign),
                (None, '#') => break,
                (None, '"' | '\'') => quotation = Some(sign),
                (None, '[' | '{') => open.push(start + at),
                (None, ']' | '}') => {
                    open.pop();
                }
                (None, _) => {}
            }
        }
        start += line.len();
    }
    open
}

/// Where the line begins that names the group in which a place stands; 0 before the first.
pub(in crate::folder::toml) fn group_of(text: &str, at: usize) -> usize {
    let mut group = 0;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        if line.starts_with('[') {
            group = start;
        }
        start += line.len();
    }
    group
}
