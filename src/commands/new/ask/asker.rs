//! Who is asked, and how: on a terminal with a line to edit, in a pipe a line for each answer.

use crate::commands::session::Trouble;
use crate::folder::Limits;
use crate::output::visible_lines;
use rustyline::config::{Behavior, Configurer};
use rustyline::error::ReadlineError;
use std::io::{BufRead, Read};

/// What somebody answers to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// This.
    Text(String),
    /// Nothing for now; what stands there stays.
    Later,
    /// The question before, please.
    Back,
    /// No more questions.
    Stop,
}

/// A question as it is shown.
#[derive(Debug)]
pub(super) struct Shown<'q> {
    /// What is asked, what asks for it, what may be answered.
    pub(super) text: &'q str,
    /// What stands there already.
    pub(super) now: Option<&'q str>,
    /// Whether the answer may have several lines, ended by an empty one.
    pub(super) has_lines: bool,
}

/// Somebody who answers.
pub(super) trait Asker {
    /// Tells something that needs no answer.
    fn tell(&mut self, text: &str);

    /// Asks, and waits for the answer.
    fn ask(&mut self, question: &Shown<'_>) -> anyhow::Result<Reply>;
}

/// The words that are no answer.
fn command(line: &str) -> Option<Reply> {
    match line.trim() {
        "" | ":l" | ":later" => Some(Reply::Later),
        ":b" | ":back" => Some(Reply::Back),
        ":q" | ":quit" => Some(Reply::Stop),
        _ => None,
    }
}

/// An answer of one line, or of several up to an empty one; none where there are no more lines.
fn answer(
    has_lines: bool,
    mut next: impl FnMut(bool) -> anyhow::Result<Option<String>>,
) -> anyhow::Result<Reply> {
    let Some(first) = next(true)? else {
        return Ok(Reply::Stop);
    };
    if let Some(reply) = command(&first) {
        return Ok(reply);
    }
    let mut lines = vec![first.trim().to_owned()];
    if !has_lines {
        return Ok(Reply::Text(lines.join("\n")));
    }
    loop {
        match next(false)? {
            None => break,
            Some(line) if line.trim().is_empty() => break,
            // In the middle of a text: what was written before is thought better of.
            Some(line) => match command(&line) {
                Some(reply) => return Ok(reply),
                None => lines.push(line.trim_end().to_owned()),
            },
        }
    }
    Ok(Reply::Text(lines.join("\n")))
}

/// Answers that come from a pipe or a file, a line each.
pub(super) struct Lines<R> {
    from: R,
    is_quiet: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(from: R, is_quiet: bool) -> Self {
        Self { from, is_quiet }
    }

    fn next(&mut self) -> anyhow::Result<Option<String>> {
        // A line without an end would take all memory.
        let most = Limits::now().line;
        let mut line = Vec::new();
        let mut some = (&mut self.from).take(most as u64 + 1);
        some.read_until(b'\n', &mut line)?;
        if line.len() > most {
            return Err(Trouble::usage(format!(
                "an answer has more than {most} bytes in one line; no form has"
            ))
            .hint("what was answered before is in the draft; `line` under [limits] in panel.toml allows more")
            .into());
        }
        let line = String::from_utf8(line)
            .map_err(|_| std::io::Error::other("an answer is not UTF-8 text"))?;
        Ok((!line.is_empty()).then_some(line))
    }
}

impl<R: BufRead> Asker for Lines<R> {
    fn tell(&mut self, text: &str) {
        if !self.is_quiet {
            say(text);
        }
    }

    fn ask(&mut self, question: &Shown<'_>) -> anyhow::Result<Reply> {
        self.tell(question.text);
        answer(question.has_lines, |_| self.next())
    }
}

/// Somebody at a terminal.
pub(super) struct Terminal {
    editor: rustyline::DefaultEditor,
}

impl Terminal {
    pub(super) fn new() -> anyhow::Result<Self> {
        let mut editor = rustyline::DefaultEditor::new()?;
        editor.set_auto_add_history(false);
        // Standard output is for results: it may lead elsewhere.
        let config = rustyline::Config::builder()
            .behavior(Behavior::PreferTerm)
            .build();
        Ok(Self {
            editor: rustyline::DefaultEditor::with_config(config).unwrap_or(editor),
        })
    }
}

impl Asker for Terminal {
    fn tell(&mut self, text: &str) {
        say(text);
    }

    fn ask(&mut self, question: &Shown<'_>) -> anyhow::Result<Reply> {
        say(question.text);
        let now = question.now.filter(|now| !now.contains('\n')).unwrap_or("");
        answer(question.has_lines, |is_first| {
            let read = if is_first {
                self.editor.readline_with_initial("> ", (now, ""))
            } else {
                self.editor.readline("  ")
            };
            match read {
                Ok(line) => Ok(Some(line)),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
    }
}

/// Talk goes to standard error: standard output holds only results.
#[expect(
    clippy::print_stderr,
    reason = "the one who answers is being spoken to"
)]
fn say(text: &str) {
    eprintln!("{}", visible_lines(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(lines: &str, has_lines: bool) -> Reply {
        let question = Shown {
            text: "What?",
            now: None,
            has_lines,
        };
        Lines::new(lines.as_bytes(), true)
            .ask(&question)
            .expect("bytes can be read")
    }

    #[test]
    fn an_answer_is_one_line_or_all_up_to_an_empty_one() {
        assert_eq!(reply("one\ntwo\n", false), Reply::Text("one".to_owned()));
        assert_eq!(
            reply("one\ntwo\n\nthree\n", true),
            Reply::Text("one\ntwo".to_owned())
        );
    }

    #[test]
    fn nothing_leaves_the_question_and_the_end_stops() {
        for (lines, wanted) in [
            ("\n", Reply::Later),
            (":b\n", Reply::Back),
            (":q\n", Reply::Stop),
            ("", Reply::Stop),
        ] {
            assert_eq!(reply(lines, true), wanted, "{lines:?}");
        }
    }
}
