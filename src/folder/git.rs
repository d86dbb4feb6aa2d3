//! Asking git. A repository has settings of its own, and those of a folder that came from elsewhere
//! are not to be trusted: git is asked so that it starts no program that they name, and fetches
//! nothing.

use super::changed::GitError;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What holds whatever the repository's own settings say.
const SETTINGS: [&str; 7] = [
    "core.fsmonitor=false",
    // A hook could run where git looks its index over.
    "core.hooksPath=/dev/null",
    "diff.autoRefreshIndex=false",
    // Would start the program that checks signatures, and print among what is read.
    "log.showSignature=false",
    // What the first commit brought is a part of the history.
    "log.showRoot=true",
    // An answer in another encoding could not be read, and would pass for none.
    "i18n.logOutputEncoding=UTF-8",
    // A repository without a folder of its own can lie anywhere among files that were sent.
    "safe.bareRepository=explicit",
];

/// Filters that a repository's own settings name; where the user's own do, they are the user's.
const FILTERS: [&str; 6] = [
    "config",
    "--null",
    "--show-scope",
    "--name-only",
    "--get-regexp",
    r"^filter\..*\.(clean|process)$",
];

/// Git, asked in a case folder that lies in a repository which it agrees to read.
#[derive(Debug)]
pub(super) struct Git<'r> {
    root: &'r Path,
    /// Settings that switch the repository's own filters off.
    without_filters: Vec<String>,
}

impl<'r> Git<'r> {
    /// Git in a case folder.
    pub(super) fn of(root: &'r Path) -> Result<Self, GitError> {
        let mut git = Self {
            root,
            without_filters: Vec::new(),
        };
        let answer = git.run(&["rev-parse", "--is-inside-work-tree"])?;
        if !(answer.status.success() && answer.stdout.starts_with(b"true")) {
            let said = said(&answer);
            let is_none = said.is_empty()
                || said.contains("not a git repository")
                || said.contains("cannot use bare repository");
            return Err(match is_none {
                true => GitError::NoRepository,
                false => GitError::Refused(said),
            });
        }
        git.without_filters = git.own_filters()?;
        Ok(git)
    }

    /// What switches off the programs through which git would put a file before it compares it.
    fn own_filters(&self) -> Result<Vec<String>, GitError> {
        let answer = self.run(&FILTERS)?;
        // 1 says that there is none.
        if !answer.status.success() && answer.status.code() != Some(1) {
            return Err(GitError::Refused(said(&answer)));
        }
        let told = String::from_utf8_lossy(&answer.stdout);
        let mut told = told.split('\0');
        let mut off = Vec::new();
        while let (Some(scope), Some(name)) = (told.next(), told.next()) {
            if matches!(scope, "system" | "global" | "command") {
                continue;
            }
            let filter = name.rsplit_once('.').map_or(name, |(filter, _)| filter);
            // With either, the setting that switches it off would be one of another name.
            if filter.contains(['=', char::REPLACEMENT_CHARACTER]) {
                return Err(GitError::Refused(format!(
                    "the repository's settings have a filter of an odd name, `{filter}`"
                )));
            }
            off.extend(
                ["clean=", "process=", "required=false"].map(|key| format!("{filter}.{key}")),
            );
        }
        Ok(off)
    }

    /// What git answers; nothing where it answers no.
    pub(super) fn ask(&self, question: &[&str]) -> Result<Option<String>, GitError> {
        let answer = self.run(question)?;
        let text = String::from_utf8_lossy(&answer.stdout).into_owned();
        Ok(answer.status.success().then_some(text))
    }

    /// What git answers to what it has to know: that it answers no says that it cannot tell, and
    /// not that there is nothing.
    pub(super) fn told(&self, question: &[&str]) -> Result<String, GitError> {
        let answer = self.run(question)?;
        match answer.status.success() {
            true => Ok(String::from_utf8_lossy(&answer.stdout).into_owned()),
            false => Err(GitError::Refused(said(&answer))),
        }
    }

    /// What git answers to what it has to know, of what it is handed.
    pub(super) fn told_of(&self, question: &[&str], handed: &str) -> Result<String, GitError> {
        let mut command = self.asked(question);
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut git = command.spawn().map_err(GitError::Absent)?;
        let hand = git.stdin.take();
        let answer = std::thread::scope(|scope| {
            // It answers while it is handed more: who waits for the end of one would wait for ever.
            scope.spawn(move || {
                // Where git ends before it has heard all, its status says so.
                hand.map(|mut hand| hand.write_all(handed.as_bytes()))
            });
            git.wait_with_output()
        });
        let answer = answer.map_err(GitError::Absent)?;
        match answer.status.success() {
            true => Ok(String::from_utf8_lossy(&answer.stdout).into_owned()),
            false => Err(GitError::Refused(said(&answer))),
        }
    }

    /// What git answers, and how it ended.
    pub(super) fn run(&self, question: &[&str]) -> Result<Output, GitError> {
        self.asked(question).output().map_err(GitError::Absent)
    }

    fn asked(&self, question: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root);
        let own = self.without_filters.iter().map(String::as_str);
        for setting in SETTINGS.into_iter().chain(own) {
            command.args(["-c", setting]);
        }
        command
            .args(question)
            .stdin(Stdio::null())
            // Its words are looked at, so they have to be in one language.
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // What a clone has left on a server stays there: fetching opens a connection, and starts
            // what the settings name for it. The second is for a git that does not know the first.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            // Another object in the place of one would tell another history.
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            // Nor other parents of a commit than its own.
            .env("GIT_GRAFT_FILE", "");
        // A hook hands these on, as they look from the top of the repository.
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_PREFIX",
            "GIT_COMMON_DIR",
        ] {
            command.env_remove(name);
        }
        command
    }
}

/// The first line of what git complains of.
pub(super) fn said(answer: &Output) -> String {
    let said = String::from_utf8_lossy(&answer.stderr);
    let first = said.lines().next().unwrap_or("");
    first.trim_start_matches("fatal: ").to_owned()
}
