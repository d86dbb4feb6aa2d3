//! A case folder that is shared through git, with real repositories, clones and commits: what
//! `--since` looks at, and what the samples of `panel init` stop.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders of their own, and say where they were left out"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Output;
use support::git::{commit, copied, git, git_in, has_git, path, repository};
use support::{change, copy_of, panel, status, stderr, stdout};

const NOW: &str = "2026-11-23T09:00";

fn panel_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = panel();
    command
        .env("PATH", path())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("PANEL_AS_OF", NOW)
        .arg("--folder")
        .arg(folder);
    command.args(args).output().expect("it runs")
}

fn files(output: &Output) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&stdout(output)).expect("JSON");
    let findings = json["findings"].as_array().expect("a list");
    let mut files: Vec<String> = findings
        .iter()
        .map(|finding| finding["file"].as_str().expect("text").to_owned())
        .collect();
    files.dedup();
    files
}

fn since(cases: &Path, revision: &str) -> Output {
    panel_in(cases, &["check", "--since", revision, "--format", "json"])
}

#[test]
fn where_nothing_has_changed_nothing_was_looked_at() {
    if !has_git() {
        return;
    }
    for inside in ["", "cases of the panel"] {
        let (_top, cases) = repository(inside);
        let output = since(&cases, "HEAD");
        assert_eq!(status(&output), 3);
        let told = stderr(&output);
        assert!(told.contains("has changed since HEAD"), "{told}");
    }
}

#[test]
fn where_a_record_is_gone_every_record_is_looked_at() {
    if !has_git() {
        return;
    }
    let (_top, cases) = repository("cases");
    let gone = support::git::referral(&cases);
    let name = gone.strip_prefix(&cases).expect("it lies within");
    let name = name.display().to_string();
    let reference = gone.file_stem().expect("a name").to_string_lossy();
    let text = format!(
        "referral: {reference}\nmeeting: 2026-11-26\noutcome: decline\nrationale: No.\ndecided_by: {{name: M. Osei, role: deputy-director}}\n"
    );
    let decision = format!("meetings/2026-11-26/decisions/{reference}.yaml");
    let place = cases.join(&decision);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
    std::fs::write(place, text).expect("written");
    commit(&cases, "Decided");
    std::fs::remove_file(&gone).expect("it was there");
    let output = since(&cases, "HEAD");
    let found = files(&output);
    assert!(found.contains(&decision), "{found:?}\n{}", stderr(&output));
    assert!(found.contains(&name), "{found:?}");
    let told = stderr(&output);
    assert!(
        told.contains("1 record is gone since HEAD, so every record is looked at"),
        "{told}"
    );
}

/// What `check --since HEAD` finds that is gone: `weight file`, and the exit status.
fn lost(cases: &Path) -> (Vec<String>, i32) {
    let output = since(cases, "HEAD");
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let findings = json["findings"].as_array().expect("a list");
    let found = findings.iter().filter(|finding| finding["rule"] == "lost");
    let told = found.map(|finding| {
        let text = |key: &str| finding[key].as_str().expect("text").to_owned();
        assert!(text("help").contains("put it back from git"), "{finding}");
        format!("{} {}", text("severity"), text("file"))
    });
    (told.collect(), status(&output))
}

#[test]
fn each_record_that_is_gone_is_a_finding_in_every_form() {
    if !has_git() {
        return;
    }
    let examples = copy_of("examples/bexley");
    let cases = examples.path();
    git(cases, &["init", "--quiet", "-b", "main"]);
    commit(cases, "Begin");
    let (found, before) = lost(cases);
    assert_eq!((found.len(), before), (0, 3));
    let meeting = "meetings/2026-11-19";
    let inside = |folder: &str| {
        let folder = cases.join(meeting).join(folder);
        let mut files = std::fs::read_dir(folder).expect("a folder");
        let file = files.next().expect("a file").expect("an entry").path();
        let file = file.strip_prefix(cases).expect("it lies within");
        file.display().to_string()
    };
    let undecided = "referrals/2026/R-2026-0121.yaml".to_owned();
    for file in [
        undecided.clone(),
        format!("{meeting}/meeting.yaml"),
        inside("decisions"),
        inside("after"),
    ] {
        std::fs::remove_file(cases.join(&file)).expect("it was there");
        assert_eq!(lost(cases), (vec![format!("error {file}")], 1));
        for format in ["human", "concise", "sarif", "github", "gitlab"] {
            let output = panel_in(
                cases,
                &["-q", "check", "--since", "HEAD", "--format", format],
            );
            assert_eq!(status(&output), 1, "{format}: {}", stderr(&output));
            let told = stdout(&output);
            assert!(
                told.contains(&file) && told.contains("taken away"),
                "{told}"
            );
        }
        // Beside the rules it can be chosen and left out by its name.
        let only = [
            "check", "--since", "HEAD", "--only", "lost", "--format", "concise",
        ];
        let only = stdout(&panel_in(cases, &only));
        assert!(only.contains(&file), "{only}");
        let skip = [
            "check", "--since", "HEAD", "--skip", "lost", "--format", "concise",
        ];
        let skip = stdout(&panel_in(cases, &skip));
        assert!(!skip.contains("taken away"), "{skip}");
        git(cases, &["checkout", "--quiet", "--", &file]);
    }
    // One that was moved is there, under its own name or under the right one.
    git(cases, &["mv", &undecided, "referrals/R-2026-0121.yaml"]);
    assert_eq!(lost(cases).0, [""; 0]);
    commit(cases, "Move");
    git(
        cases,
        &["mv", "referrals/R-2026-0121.yaml", "referrals/wrong.yaml"],
    );
    commit(cases, "Misname");
    git(cases, &["mv", "referrals/wrong.yaml", &undecided]);
    assert_eq!(lost(cases).0, [""; 0]);
    commit(cases, "Name right");
    // A draft was before nobody: it is told, and stops nothing.
    let draft = cases.join("referrals/R-2026-9001.yaml");
    std::fs::write(&draft, "reference: R-2026-9001\nchild: {name: Ann B.}\n").expect("written");
    commit(cases, "Begin a draft");
    std::fs::remove_file(&draft).expect("it was there");
    let gone = "warning referrals/R-2026-9001.yaml".to_owned();
    assert!(lost(cases).0 == [gone], "{:?}", lost(cases));
    commit(cases, "Drop the draft");
    // What is left out is no record.
    let training = cases.join("referrals/training.yaml");
    std::fs::write(&training, "a: 1\n").expect("written");
    let settings = cases.join("panel.toml");
    let text = std::fs::read_to_string(&settings).expect("it is there");
    let text = text + "exclude = [\"referrals/training.yaml\"]\n";
    std::fs::write(settings, text).expect("written");
    commit(cases, "Train");
    std::fs::remove_file(training).expect("it was there");
    assert_eq!(lost(cases), (Vec::new(), 3));
}

#[test]
fn what_was_changed_renamed_staged_or_is_not_followed_yet_is_looked_at_under_any_name() {
    if !has_git() {
        return;
    }
    for inside in ["", "cases of the \"panel\""] {
        let (top, cases) = repository(inside);
        copied(&cases, "not followed é \"yet\".yaml");
        copied(&cases, "deep/staged\tname.yaml");
        git(&cases, &["add", "referrals/deep"]);
        let output = since(&cases, "HEAD");
        assert_eq!(
            files(&output),
            [
                "referrals/deep/staged\tname.yaml",
                "referrals/not followed é \"yet\".yaml"
            ],
            "{}",
            stderr(&output)
        );
        assert_eq!(status(&output), 1);
        assert!(stderr(&output).contains("2 of "), "{}", stderr(&output));
        commit(top.path(), "More");
        assert_eq!(status(&since(&cases, "HEAD")), 3);
        git(&cases, &["mv", "referrals/deep", "referrals/moved"]);
        let moved = since(&cases, "HEAD");
        assert_eq!(files(&moved), ["referrals/moved/staged\tname.yaml"]);
        // What lies outside the case folder is nobody's record.
        std::fs::write(top.path().join("outside.yaml"), "a: 1\n").expect("written");
        assert_eq!(
            files(&since(&cases, "HEAD")),
            ["referrals/moved/staged\tname.yaml"]
        );
    }
}

#[test]
fn a_branch_is_compared_with_where_it_began_and_not_with_what_others_did_meanwhile() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("cases");
    git(top.path(), &["switch", "--quiet", "-c", "mine"]);
    copied(&cases, "mine.yaml");
    commit(top.path(), "Mine");
    git(top.path(), &["switch", "--quiet", "main"]);
    copied(&cases, "theirs.yaml");
    commit(top.path(), "Theirs");
    git(top.path(), &["switch", "--quiet", "mine"]);
    assert_eq!(files(&since(&cases, "main")), ["referrals/mine.yaml"]);
    // Named paths and the revision both narrow.
    let output = panel_in(&cases, &["check", "meetings", "--since", "main"]);
    assert_eq!(status(&output), 3, "{}", stderr(&output));
    // Rules across files still see those that are not told of.
    let json = stdout(&since(&cases, "main"));
    assert!(json.contains("duplicate-reference"), "{json}");
}

#[test]
fn a_clone_on_a_branch_is_compared_with_its_origin() {
    if !has_git() {
        return;
    }
    let (top, _cases) = repository("");
    let clones = tempfile::tempdir().expect("a temporary folder");
    let from = top.path().display().to_string();
    git(clones.path(), &["clone", "--quiet", &from, "clone"]);
    let clone = clones.path().join("clone");
    git(&clone, &["switch", "--quiet", "-c", "mine"]);
    copied(&clone, "mine.yaml");
    commit(&clone, "Mine");
    assert_eq!(
        files(&since(&clone, "origin/main")),
        ["referrals/mine.yaml"]
    );
    // From another folder, as a hook or a build starts it.
    let output = panel()
        .env("PATH", path())
        .env("GIT_DIR", ".git")
        .env("GIT_INDEX_FILE", ".git/index")
        .env("PANEL_AS_OF", NOW)
        .current_dir(clone.join("referrals"))
        .args(["check", "--since", "origin/main", "--format", "json"])
        .output()
        .expect("it runs");
    assert_eq!(
        files(&output),
        ["referrals/mine.yaml"],
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_git_cannot_tell_is_wrong_usage_with_what_to_do() {
    if !has_git() {
        return;
    }
    let (_top, cases) = repository("");
    for revision in ["no-such-branch", "", "--output=x", "HEAD~9"] {
        let revision = format!("--since={revision}");
        let output = panel_in(&cases, &["check", &revision]);
        assert_eq!(status(&output), 2, "{revision}");
        assert!(
            stderr(&output).contains("git knows no revision"),
            "{}",
            stderr(&output)
        );
    }
    let alone = copy_of("tests/pages/base");
    let output = since(alone.path(), "HEAD");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("in no git repository"),
        "{}",
        stderr(&output)
    );
    let output = panel()
        .args(["check", "-", "--council", "bexley", "--since", "HEAD"])
        .output()
        .expect("it runs");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("kept in git"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn without_git_only_since_fails() {
    let folder = copy_of("tests/pages/base");
    let without = |args: &[&str]| {
        let mut command = panel();
        command
            .env("PATH", "/no/such/folder")
            .arg("--folder")
            .arg(folder.path());
        command.args(args).output().expect("it runs")
    };
    let output = without(&["check", "--since", "HEAD"]);
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("git could not be started"),
        "{}",
        stderr(&output)
    );
    assert!(status(&without(&["check"])) < 2);
}

/// A new case folder as `panel init` makes it, in a clone, with its hook switched on.
fn office() -> (tempfile::TempDir, PathBuf) {
    let top = tempfile::tempdir().expect("a temporary folder");
    let made = top.path().join("office");
    let output = panel()
        .args(["init", "--council", "bexley"])
        .arg(&made)
        .output()
        .expect("it runs");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    git(&made, &["init", "--quiet", "-b", "main"]);
    commit(&made, "Begin");
    let from = made.display().to_string();
    git(top.path(), &["clone", "--quiet", &from, "clone"]);
    let clone = top.path().join("clone");
    git(&clone, &["config", "core.hooksPath", ".githooks"]);
    (top, clone)
}

#[cfg(unix)]
#[test]
fn the_hook_stops_a_bad_referral_and_lets_drafts_and_other_files_through() {
    if !has_git() {
        return;
    }
    let (_top, clone) = office();
    std::fs::write(clone.join("notes.md"), "Nothing of the panel's.\n").expect("written");
    commit(&clone, "A note");
    let drafted = panel_in(&clone, &["new", "R-2026-0001"]);
    assert_eq!(status(&drafted), 0, "{}", stderr(&drafted));
    commit(&clone, "A draft");
    let bad = clone.join("referrals/R-2026-0002.yaml");
    std::fs::write(&bad, "reference: R-2026-0002\nsubmitted: 20/11/2026\n").expect("written");
    git(&clone, &["add", "--all"]);
    let output = git_in(&clone, &["commit", "-m", "Bad"]).expect("git is there");
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let told = stdout(&output) + &stderr(&output);
    assert!(
        told.contains("R-2026-0002.yaml") && told.contains("bad-value"),
        "{told}"
    );
    assert!(!told.contains("R-2026-0001.yaml:"), "{told}");
    let log = stdout(&git(&clone, &["log", "--oneline"]));
    assert_eq!(log.lines().count(), 3, "{log}");
    // What is there already stops nobody who changes something else.
    git(
        &clone,
        &["commit", "--no-verify", "--quiet", "-m", "All the same"],
    );
    std::fs::write(clone.join("notes.md"), "Still nothing.\n").expect("written");
    commit(&clone, "Another note");
}

#[cfg(unix)]
#[test]
fn the_first_commit_of_all_is_checked_too() {
    if !has_git() {
        return;
    }
    let top = tempfile::tempdir().expect("a temporary folder");
    let made = top.path().join("office");
    let output = panel()
        .args(["init", "--council", "bexley"])
        .arg(&made)
        .output();
    assert_eq!(status(&output.expect("it runs")), 0);
    git(&made, &["init", "--quiet"]);
    git(&made, &["config", "core.hooksPath", ".githooks"]);
    commit(&made, "Begin");
    assert!(stdout(&git(&made, &["log", "--oneline"])).contains("Begin"));
}

#[test]
fn the_samples_are_yaml_name_no_host_of_ours_and_replace_nothing() {
    let top = tempfile::tempdir().expect("a temporary folder");
    let made = top.path().join("office");
    std::fs::create_dir_all(&made).expect("made");
    std::fs::write(made.join(".gitlab-ci.yml"), "mine: true\n").expect("written");
    let init = || {
        let mut command = panel();
        command.args(["init", "--council", "bexley"]).arg(&made);
        command.output().expect("it runs")
    };
    let refused = init();
    assert_eq!(status(&refused), 2);
    assert!(stderr(&refused).contains(".gitlab-ci.yml is there already"));
    assert_eq!(
        std::fs::read_dir(&made).expect("there").count(),
        1,
        "nothing was written"
    );
    std::fs::remove_file(made.join(".gitlab-ci.yml")).expect("removed");
    assert_eq!(status(&init()), 0);
    for name in [
        ".gitlab-ci.yml",
        ".github/workflows/panel.yml",
        ".pre-commit-config.yaml",
    ] {
        let text = std::fs::read_to_string(made.join(name)).expect("written");
        let value: Result<serde_json::Value, _> = serde_yaml::from_str(&text);
        assert!(value.is_ok_and(|value| value.is_object()), "{name}");
        assert!(!text.contains("http"), "{name}");
    }
}

#[test]
fn excluded_files_are_left_out_of_walking_and_when_named_and_this_is_told() {
    let folder = copy_of("tests/pages/base");
    copied(folder.path(), "training/example.yaml");
    let settings = folder.path().join("panel.toml");
    let before = std::fs::read_to_string(&settings).expect("there");
    let check = |args: &[&str]| {
        let named = ["check", "--format", "json"];
        panel_in(folder.path(), &[&named[..], args].concat())
    };
    assert!(files(&check(&[])).contains(&"referrals/training/example.yaml".to_owned()));
    let with =
        |line: &str| std::fs::write(&settings, format!("{line}\n{before}")).expect("written");
    for pattern in [
        "referrals/training/**",
        "referrals/training",
        "**/example.*",
    ] {
        with(&format!("exclude = [\"{pattern}\"]"));
        let whole = check(&[]);
        let told = files(&whole);
        assert!(
            !told.contains(&"referrals/training/example.yaml".to_owned()),
            "{told:?}"
        );
        assert!(
            stderr(&whole).contains("1 file left out by `exclude`"),
            "{}",
            stderr(&whole)
        );
        let named = check(&["referrals/training/example.yaml"]);
        assert_eq!(status(&named), 3);
        let wanted = format!("`exclude` in panel.toml leaves out `{pattern}`");
        assert!(stderr(&named).contains(&wanted), "{}", stderr(&named));
    }
    for (line, wanted) in [
        (
            "exclude = [\"referrals/[\"]",
            "panel.toml:1:12: `referrals/[` is no pattern",
        ),
        (
            "exclude = [\"/referrals\"]",
            "does not count from the case folder",
        ),
        ("exclude = [\"\"]", "an empty pattern"),
        ("exlude = [\"x\"]", "did you mean `exclude`"),
    ] {
        with(line);
        let output = check(&[]);
        assert_eq!(status(&output), 2, "{line}");
        assert!(
            stderr(&output).contains(wanted),
            "{line}: {}",
            stderr(&output)
        );
    }
    change(&settings, "exlude = [\"x\"]\n", "exclude = \"x\"\n");
    let told = stderr(&check(&[]));
    assert!(told.contains("panel.toml:1:11: "), "{told}");
}

/// Puts a program where a repository's settings can name it; it leaves a trace when it is started.
#[cfg(unix)]
fn tell_tale(top: &Path, name: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let (program, trace) = (top.join(name), top.join("started"));
    // A filter gives on what it is given; who would fetch waits for no answer.
    let then = if name == "upload" { "exit 1" } else { "cat" };
    let text = format!("#!/bin/sh\necho {name} >> '{}'\n{then}\n", trace.display());
    std::fs::write(&program, text).expect("written");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("allowed");
    program.display().to_string()
}

/// What was started since this was asked last.
#[cfg(unix)]
fn started(top: &Path) -> String {
    let trace = top.join("started");
    let told = std::fs::read_to_string(&trace).unwrap_or_default();
    let _ = std::fs::remove_file(trace);
    told
}

/// Looks at a case folder by each command that asks git.
#[cfg(unix)]
fn asks_git(cases: &Path) {
    for args in [
        &["check", "--since", "HEAD"][..],
        &["check", "--since", "HEAD~1"],
        &["verify"],
    ] {
        let output = panel_in(cases, args);
        assert!(status(&output) < 4, "{}", stderr(&output));
    }
}

/// Makes git look into every file: none has the moment of change that it remembers.
#[cfg(unix)]
fn touch_all(cases: &Path) {
    for entry in walkdir::WalkDir::new(cases) {
        let entry = entry.expect("it can be walked");
        let is_git = entry
            .path()
            .components()
            .any(|step| step.as_os_str() == ".git");
        if entry.file_type().is_file() && !is_git {
            let bytes = std::fs::read(entry.path()).expect("read");
            std::fs::write(entry.path(), bytes).expect("written");
        }
    }
}

#[cfg(unix)]
#[test]
fn no_program_that_a_repository_names_is_started() {
    if !has_git() {
        return;
    }
    let (top, cases) = repository("");
    let top_path = tempfile::tempdir().expect("a temporary folder");
    let tales = top_path.path();
    std::fs::write(cases.join("README.md"), "More.\n").expect("written");
    commit(&cases, "Say more");
    for (setting, name) in [
        ("filter.f.clean", "clean"),
        ("filter.f.smudge", "smudge"),
        ("filter.p.process", "process"),
        ("diff.f.textconv", "textconv"),
        ("diff.f.command", "command"),
        ("diff.external", "external"),
        ("core.fsmonitor", "fsmonitor"),
        ("gpg.program", "gpg"),
        ("core.pager", "pager"),
    ] {
        let program = tell_tale(tales, name);
        git(&cases, &["config", setting, &program]);
    }
    git(&cases, &["config", "log.showSignature", "true"]);
    git(&cases, &["config", "filter.f.required", "true"]);
    let hooks = cases.join(".git/hooks");
    std::fs::create_dir_all(&hooks).expect("made");
    let hook = tell_tale(tales, "hook");
    std::fs::copy(hook, hooks.join("post-index-change")).expect("copied");
    let attributes = "* filter=f diff=f\n*.toml filter=p\n";
    std::fs::write(cases.join(".git/info/attributes"), attributes).expect("written");
    touch_all(&cases);
    asks_git(&cases);
    assert_eq!(started(tales), "");
    // Git itself would have started what it was told to.
    git(&cases, &["status"]);
    assert!(started(tales).contains("clean"));
    drop(top);
}

#[cfg(unix)]
#[test]
fn what_a_clone_left_on_a_server_is_not_fetched() {
    if !has_git() {
        return;
    }
    let (_top, cases) = repository("");
    let tales = tempfile::tempdir().expect("a temporary folder");
    let decision = "meetings/2026-11-19/decisions/R-1.yaml";
    let place = cases.join(decision);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("made");
    std::fs::write(&place, "referral: R-1\n").expect("written");
    commit(&cases, "Decide");
    let blob = stdout(&git(&cases, &["rev-parse", &format!("HEAD:{decision}")]));
    let (first, rest) = blob.trim().split_at(2);
    std::fs::write(&place, "referral: R-2\n").expect("written");
    commit(&cases, "Change it");
    std::fs::remove_file(cases.join(".git/objects").join(first).join(rest)).expect("there");
    let upload = tell_tale(tales.path(), "upload");
    for (setting, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &cases.display().to_string()),
        ("remote.origin.uploadpack", &upload),
    ] {
        git(&cases, &["config", setting, value]);
    }
    let paper = cases.join("meetings/2026-11-19/minutes.md");
    let digest = "0".repeat(64);
    let made_from = format!("<!-- made from {decision} sha256:{digest} -->\n");
    std::fs::write(paper, made_from).expect("written");
    asks_git(&cases);
    assert_eq!(started(tales.path()), "");
    let _ = git_in(&cases, &["cat-file", "-e", blob.trim()]);
    assert_ne!(started(tales.path()), "");
}

#[cfg(unix)]
#[test]
fn a_repository_that_lies_among_the_files_is_none() {
    if !has_git() {
        return;
    }
    let (_top, cases) = repository("");
    let tales = tempfile::tempdir().expect("a temporary folder");
    let clean = tell_tale(tales.path(), "clean");
    let fsmonitor = tell_tale(tales.path(), "fsmonitor");
    // A module with settings of its own.
    let module = cases.join("meetings/more");
    std::fs::create_dir_all(&module).expect("made");
    git(&module, &["init", "--quiet", "-b", "main"]);
    std::fs::write(module.join("a.md"), "a\n").expect("written");
    commit(&module, "Begin");
    git(&module, &["config", "core.fsmonitor", &fsmonitor]);
    commit(&cases, "Add a module");
    std::fs::write(module.join("a.md"), "b\n").expect("written");
    asks_git(&cases);
    assert_eq!(started(tales.path()), "");
    // A repository without a folder of its own, as it can lie in what somebody sends.
    std::fs::remove_dir_all(&module).expect("removed");
    let own = cases.join(".git");
    for entry in std::fs::read_dir(&own).expect("a folder") {
        let entry = entry.expect("an entry");
        std::fs::rename(entry.path(), cases.join(entry.file_name())).expect("moved");
    }
    std::fs::remove_dir(own).expect("removed");
    let config = cases.join("config");
    let text = format!(
        "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = {}\n[filter \"f\"]\nclean = {clean}\n",
        cases.display()
    );
    std::fs::write(config, text).expect("written");
    std::fs::write(cases.join("info/attributes"), "* filter=f\n").expect("written");
    touch_all(&cases);
    let output = since(&cases, "HEAD");
    assert_eq!(status(&output), 2);
    let told = stderr(&output);
    assert!(told.contains("in no git repository"), "{told}");
    asks_git(&cases);
    assert_eq!(started(tales.path()), "");
}
