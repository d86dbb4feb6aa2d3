//! Keys and the names of groups: without a sign, without a bracket, of two words, there twice.

use super::text::{in_short, is_word, shown};
use super::{Place, Told};

impl Place<'_> {
    pub(super) fn twice(&self) -> Told {
        let line = self.line.trim();
        let above = self.text[..self.start].lines().enumerate();
        let (name, first) = if line.starts_with('[') {
            let name = line.trim_matches(['[', ']', ' ']);
            let is_it = |line: &str| line.trim().trim_matches(['[', ']', ' ']) == name;
            let mut above = above.filter(|(_, line)| line.trim().starts_with('['));
            (name, above.find(|(_, line)| is_it(line)).map(|(at, _)| at))
        } else {
            let name = self.there();
            let key = |line: &str| line.split('=').next().unwrap_or(line).trim().to_owned();
            let is_it = |line: &str| {
                let key = key(line);
                key == name || key.starts_with(&format!("{name}."))
            };
            let own: Vec<_> = above.collect();
            let first = own
                .iter()
                .rev()
                .take_while(|(_, line)| !line.trim().starts_with('['))
                .filter(|(_, line)| is_it(line))
                .last();
            (name, first.map(|(at, _)| *at))
        };
        let where_first = first.map_or_else(String::new, |at| {
            format!("the first stands on line {}: ", at + 1)
        });
        let help = if line.starts_with('[') {
            "bring together under one what both say; the parts of a list begin with double brackets, each of them"
        } else {
            "keep one of the two"
        };
        let shown = if line.starts_with('[') { line } else { name };
        let mut twice = self.at(
            format!("`{shown}` is here a second time"),
            format!("{where_first}{help}"),
        );
        twice.is_twice = true;
        twice
    }

    /// The name of a group, with no bracket behind it.
    pub(super) fn group(&self) -> Told {
        let line = self.line.trim();
        let (open, close) = if line.starts_with("[[") {
            ("[[", "]]")
        } else {
            ("[", "]")
        };
        let name = line
            .split(['#', ']'])
            .next()
            .unwrap_or(line)
            .trim_matches(['[', ' ']);
        let from = self.line.len() - self.line.trim_start().len();
        let range = from..from + line.len();
        let right = format!(
            "write {open}{}{close}",
            name.split_whitespace().collect::<Vec<_>>().join("_")
        );
        if name.contains(' ') {
            self.on_line(
                range,
                format!("the name of a group is one word, and `{name}` is not"),
                right,
            )
        } else {
            self.on_line(
                range,
                "the brackets around the name of this group are not closed",
                right,
            )
        }
    }

    /// A line without the sign of equality that belongs behind its key.
    pub(super) fn no_sign(&self) -> Told {
        let line = self.line.trim();
        let from = self.line.len() - self.line.trim_start().len();
        if let Some(part) = line.strip_prefix("- ") {
            return self.on_line(
                from..from + 1,
                "no list begins with dashes here",
                format!(
                    "write lists in brackets, with commas: key = [{}, …]",
                    shown(part).unwrap_or_else(|| "\"…\"".to_owned())
                ),
            );
        }
        if let Some((key, value)) = line.split_once('=') {
            let key = key.trim();
            let is_words = key.split_whitespace().all(is_word);
            if is_words {
                let joined = key.split_whitespace().collect::<Vec<_>>().join("_");
                return self.on_line(
                    from..from + key.len(),
                    format!("a key is one word, and `{key}` is not"),
                    format!("write {joined} = {}", in_short(value.trim())),
                );
            }
        }
        let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if is_word(key)
            && value.trim().starts_with([
                '"', '\'', '[', '{', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
            ])
        {
            return self.on_line(
                from..from + key.len(),
                format!("`=` is missing behind `{key}`"),
                format!("write {key} = {}", in_short(value.trim())),
            );
        }
        self.on_line(
            from..from + line.len(),
            "this line has no `=`, so it is no key",
            "write the key, then `=`, then what it says; put `#` before a remark, and three quotation marks before and behind a text of several lines",
        )
    }

    /// A sign that no key has.
    pub(super) fn no_key(&self) -> Option<Told> {
        let sign = self.rest().chars().next()?;
        let key = self.before().trim();
        Some(match sign {
            ':' if is_word(key) => {
                let value = self.rest()[1..].trim();
                self.at(
                    "a colon stands where `=` belongs",
                    format!("write {key} = {}", in_short(value)),
                )
            }
            '"' | '\'' => self.at(
                "this quotation mark belongs to no key",
                "close a text on the line on which it begins, or put three quotation marks before and behind a text of several lines",
            ),
            '“' | '”' | '‘' | '’' => self.curly(),
            _ => self.at(
                format!("`{sign}` is no part of a key"),
                "a key is one word of letters, digits, `_` and `-`; put `#` before a remark",
            ),
        })
    }

    pub(super) fn curly(&self) -> Told {
        self.at(
            "these are not the quotation marks that are typed",
            "write straight quotation marks, \"like these\"; a word processor makes curly ones of them",
        )
    }
}
