//! The template engine: the built-in templates, a folder's own in their place, and nothing else.

use super::{Document, DocumentError, TakenOut};
use crate::folder::{Folder, nearest};
use crate::output::markdown;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::AssertUnwindSafe;
use std::sync::Once;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Pieces that several templates use.
const PARTS: &str = "parts.md.j2";

/// The built-in templates.
const BUILT_IN: [(&str, &str); 15] = [
    (PARTS, include_str!("../templates/parts.md.j2")),
    ("agenda.md.j2", include_str!("../templates/agenda.md.j2")),
    ("minutes.md.j2", include_str!("../templates/minutes.md.j2")),
    ("record.md.j2", include_str!("../templates/record.md.j2")),
    ("letter.md.j2", include_str!("../templates/letter.md.j2")),
    ("chase.md.j2", include_str!("../templates/chase.md.j2")),
    ("diary.md.j2", include_str!("../templates/diary.md.j2")),
    (
        "calendar.md.j2",
        include_str!("../templates/calendar.md.j2"),
    ),
    (
        "deadlines.md.j2",
        include_str!("../templates/deadlines.md.j2"),
    ),
    (
        "open-deadlines.md.j2",
        include_str!("../templates/open-deadlines.md.j2"),
    ),
    ("spend.md.j2", include_str!("../templates/spend.md.j2")),
    (
        "attendance.md.j2",
        include_str!("../templates/attendance.md.j2"),
    ),
    ("report.md.j2", include_str!("../templates/report.md.j2")),
    ("show.md.j2", include_str!("../templates/show.md.j2")),
    (
        "report-lists.md.j2",
        include_str!("../templates/report-lists.md.j2"),
    ),
];

/// What lies in the folder of templates and is used for no document, each with the nearest name that
/// would be; a page that explains them to people is none of it.
pub(crate) fn idle_templates(folder: &Folder) -> Vec<(&str, Option<&'static str>)> {
    let known = || BUILT_IN.iter().map(|(known, _)| *known);
    let names = folder.templates.keys().map(String::as_str);
    names
        .filter(|name| {
            !known().any(|known| known == *name) && !name.to_lowercase().starts_with("readme")
        })
        .map(|name| (name, nearest(&name.to_lowercase(), known())))
        .collect()
}

/// A document from its view: the template is given the view and nothing else. It is put into words
/// only when somebody asks for them: a long list for a program or a spreadsheet needs none.
pub(super) fn document(
    folder: &Folder,
    name: &'static str,
    view: serde_json::Value,
    place: String,
) -> Document {
    let template = Template::of(folder, name);
    Document {
        view,
        template,
        place,
        taken_out: TakenOut::new(),
    }
}

/// A template by its name, and the texts it is made of.
#[derive(Debug)]
pub(super) struct Template {
    name: &'static str,
    /// The template and the pieces that it may use, the folder's own in the place of the built-in.
    /// Only these are read, so that a mistake in another template stops no document.
    texts: Texts,
    /// Whether one of them is the folder's own, so that nobody here knows what it does.
    has_own: bool,
}

impl Template {
    fn of(folder: &Folder, name: &'static str) -> Self {
        let used = || {
            let known = BUILT_IN.iter();
            known.filter(|(known, _)| *known == name || *known == PARTS)
        };
        let has_own = used().any(|(known, _)| folder.templates.contains_key(*known));
        let texts = used()
            .map(|&(known, built_in)| {
                let text = folder
                    .template(known)
                    .map(|own| own.unwrap_or(built_in).to_owned())
                    .map_err(str::to_owned);
                (known, text)
            })
            .collect();
        Self {
            name,
            texts,
            has_own,
        }
    }

    /// The template, filled from the view.
    pub(super) fn filled(&self, view: &serde_json::Value) -> Result<String, DocumentError> {
        self.render(view)
            .map_err(|error| mistake(self.name, &error))
    }

    /// A folder's own is filled in a thread of its own, for two reasons: the engine takes one step
    /// down the stack for each operator of a chain, and a stack that is used up ends the program
    /// without a word; and lists added to one another cost it time that no fuel is asked for, so
    /// that it has to be left. What is built in ends by itself, and is waited for however slow the
    /// machine.
    fn render(&self, view: &serde_json::Value) -> Result<String, Error> {
        let fuel = FUEL + FUEL_OF_A_VALUE * pieces(view);
        let (name, texts, view) = (self.name, self.texts.clone(), of_json(view));
        if !self.has_own {
            return rendered(name, texts, view, None);
        }
        let (done, awaited) = mpsc::sync_channel(1);
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || {
                // Nobody awaits it any more where it has taken too long.
                let filled = quietly(|| rendered(name, texts, view, Some(fuel)));
                let _ = done.send(filled);
            })
            .map_err(|error| failed(error.to_string()))?;
        match awaited.recv_timeout(Duration::from_secs(1 + fuel / FUEL_OF_A_SECOND)) {
            Ok(text) => text,
            Err(RecvTimeoutError::Timeout) => Err(ErrorKind::OutOfFuel.into()),
            Err(RecvTimeoutError::Disconnected) => match thread.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(()) => Err(failed("it was left unfinished".to_owned())),
            },
        }
    }
}

thread_local! {
    /// Whether a panic of this thread is an answer, and said as one.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Fills a template that the engine may give up on: it takes some that make no sense, like
/// `{% import 'x' as 0 %}`, for impossible, and panics. That is a mistake of the template.
fn quietly(fill: impl FnOnce() -> Result<String, Error>) -> Result<String, Error> {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                told(panic);
            }
        }));
    });
    IS_QUIET.set(true);
    std::panic::catch_unwind(AssertUnwindSafe(fill)).unwrap_or_else(|_given_up| {
        let why = "the template engine gave up on it: something in it makes no sense, like a number in the place of a name";
        Err(failed(why.to_owned()))
    })
}

/// A template and the pieces that it may use, by name.
type Texts = Vec<(&'static str, Result<String, String>)>;

fn rendered(name: &str, texts: Texts, view: Value, fuel: Option<u64>) -> Result<String, Error> {
    let mut environment = environment()?;
    environment.set_fuel(fuel);
    for (name, text) in texts {
        let text = text.map_err(failed)?;
        if text.len() > LONGEST {
            return Err(failed(format!(
                "it has {} bytes; no template has more than {LONGEST}",
                text.len()
            )));
        }
        environment.add_template_owned(name, text)?;
    }
    let text = environment.get_template(name)?.render(view)?;
    let text = markdown::tidy(&text);
    match text.trim().is_empty() {
        true => Err(failed("it prints nothing at all".to_owned())),
        false => Ok(text),
    }
}

fn failed(why: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

/// Steps that a template may take, 64 bytes of text being one: some forty times what the longest
/// example takes, and an end to a loop or a text without. Made-up templates are tried by the million,
/// and are stopped earlier.
const FUEL: u64 = if cfg!(fuzzing) { 50_000 } else { 500_000 };

/// Steps that it may take besides for each value of its view, so that a large folder has its
/// papers: the built-in templates take three or four.
const FUEL_OF_A_VALUE: u64 = 20;

/// Steps that are awaited in a second: a build that was not made for speed takes more.
const FUEL_OF_A_SECOND: u64 = 200_000;

/// Bytes of a text that are escaped at the cost of one step.
const BYTES_OF_A_STEP: usize = 16;

/// Bytes of a template: four times the longest built-in one. Together with the stack it leaves a
/// chain of operators no way to the stack's end.
const LONGEST: usize = 60_000;

/// Bytes of the stack that a template has; only what is used of them is taken from the machine.
const STACK: usize = 256 * 1024 * 1024;

/// How many values there are in a view, those within others too; a long text counts as several.
fn pieces(view: &serde_json::Value) -> u64 {
    use serde_json::Value as Json;
    match view {
        Json::Array(list) => 1 + list.iter().map(pieces).sum::<u64>(),
        Json::Object(fields) => 1 + fields.values().map(pieces).sum::<u64>(),
        Json::String(text) => 1 + (text.len() / 64) as u64,
        _ => 1,
    }
}

/// Takes the steps that escaping a text costs: the engine knows only of what comes of it.
fn charge(state: &State<'_, '_>, text: &str) -> Result<(), Error> {
    state.consume_fuel((text.len() / BYTES_OF_A_STEP) as u64)
}

/// The engine with what every template may use, and no template yet.
fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let blocks_leave_no_line = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()?;
    environment.set_syntax(blocks_leave_no_line);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, state, value| {
        let is_escaped = value.is_safe() || matches!(state.auto_escape(), AutoEscape::None);
        match value.as_str() {
            _ if value.is_none() => Ok(()),
            Some(text) if is_escaped => out.write_str(text).map_err(Error::from),
            text => {
                let text = text.map_or_else(|| value.to_string().into(), Cow::Borrowed);
                charge(state, &text)?;
                out.write_str(&markdown::inline(&text)).map_err(Error::from)
            }
        }
    });
    environment.add_filter("paragraphs", |state: &State, text: String| {
        charge(state, &text)?;
        Ok::<_, Error>(Value::from_safe_string(markdown::paragraphs(&text)))
    });
    environment.add_filter("lower_first", |text: String| {
        super::common::uncapitalised(&text)
    });
    environment.add_filter("capitalised", |text: String| {
        super::common::capitalised(&text)
    });
    environment.add_filter("times", |count: i64| match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{count} times"),
    });
    environment.add_filter("counted", |count: i64, one: String| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {one}{plural}")
    });
    Ok(environment)
}

/// A template of a folder's own, filled from a view with a value of every kind.
#[cfg(any(test, fuzzing))]
pub(crate) fn filled(own: &str) -> Result<String, DocumentError> {
    let name = "diary.md.j2";
    let folder = Folder {
        templates: [(name.to_owned(), Ok(own.to_owned()))].into(),
        ..Folder::default()
    };
    let view = serde_json::json!({
        "child": "<b>Zo*e*</b>",
        "count": 3,
        "share": 0.5,
        "is_ready": true,
        "nothing": null,
        "days": [{"on": "2026-11-26", "entries": ["one", "two"]}],
    });
    document(&folder, name, view, String::new()).text()
}

/// The view as the engine holds it.
fn of_json(view: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match view {
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(fraction)) => Value::from(fraction),
            (None, None) => Value::from(()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(list) => list.iter().map(of_json).collect(),
        Json::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), of_json(value)))
            .collect::<BTreeMap<String, Value>>()
            .into(),
    }
}

fn mistake(name: &str, error: &Error) -> DocumentError {
    // What went wrong in a piece that it uses is the cause of a fault that only names the piece.
    let mut cause = error;
    while let Some(inner) =
        std::error::Error::source(cause).and_then(|source| source.downcast_ref())
    {
        cause = inner;
    }
    let mut why = match (cause.kind(), cause.detail()) {
        (ErrorKind::OutOfFuel, _) => {
            "it takes too many steps or makes too long a text; look for a loop that has no end, or that doubles what it holds".to_owned()
        }
        (_, Some(detail)) => detail.to_owned(),
        (kind, None) => kind.to_string(),
    };
    if let Some(line) = error.line() {
        let _ = write!(why, " (line {line})");
    }
    DocumentError::Template {
        name: error.name().unwrap_or(name).to_owned(),
        why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_template(text: &str) -> Folder {
        let own = ("diary.md.j2".to_owned(), Ok(text.to_owned()));
        Folder {
            templates: [own].into(),
            ..Folder::default()
        }
    }

    fn told(text: &str) -> String {
        let folder = with_template(text);
        let view = serde_json::json!({"child": "<b>Zo*e*</b>", "nothing": null});
        document(&folder, "diary.md.j2", view, String::new())
            .text()
            .unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn a_folders_own_template_is_used_and_its_values_are_escaped() {
        assert_eq!(
            told("# {{ child }}{{ nothing }}"),
            "# \\<b\\>Zo\\*e\\*\\</b\\>\n"
        );
    }

    #[test]
    fn a_mistake_in_it_is_told_with_its_line() {
        let unknown = told("one\n{{ chidl }}\n");
        assert!(
            unknown.contains("diary.md.j2") && unknown.contains("line 2"),
            "{unknown}"
        );
        let broken = told("one\n\n{% if %}\n");
        assert!(broken.contains("line 3"), "{broken}");
    }
}
