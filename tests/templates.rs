//! A folder's own template, and the conditions of its rule file: they read nothing and run nothing,
//! and what has no end is stopped.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make folders of their own"
)]

mod support;

use std::fs;
use std::path::Path;
use support::limited::{KILOBYTES, run};
use support::{copy_of, on_every_core, project};

fn put(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().expect("it lies in the folder")).expect("a folder");
    fs::write(file, text).expect("a temporary file");
}

/// A variable that a loop makes longer, forty times.
fn grown(by: &str) -> String {
    format!(
        "{{% set ns = namespace(s=\"xxxxxxxxxxxxxxxx\", l=[1]) %}}{{% for a in range(40) %}}{{% set {by} %}}{{% endfor %}}"
    )
}

fn within(text: &str, depth: usize, begin: &str, end: &str) -> String {
    format!("{}{text}{}", begin.repeat(depth), end.repeat(depth))
}

#[test]
fn what_has_no_end_or_reads_a_file_is_stopped() {
    let templates = [
        ("a file of the system", "{% include \"/etc/passwd\" %}".to_owned(), "non-existing"),
        ("a file above", "{% include \"../panel.toml\" %}".to_owned(), "non-existing"),
        ("a file of the folder", "{% import \"../own.md\" as x %}".to_owned(), "non-existing"),
        ("a template to extend", "{% extends \"/etc/passwd\" %}".to_owned(), "does not exist"),
        ("what makes no sense", "{% import 'x' as 0 %}".to_owned(), "gave up on it"),
        ("itself", "{% include \"diary.md.j2\" %}".to_owned(), "recursion"),
        ("a macro that calls itself", "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}".to_owned(), "recursion"),
        ("a macro that calls itself twice", "{% macro m(n) %}{% if n > 0 %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}x{% endmacro %}{{ m(60) }}".to_owned(), "too many steps"),
        ("a loop in a loop", "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}".to_owned(), "too many steps"),
        ("a loop that prints", format!("{{% for a in range(100000) %}}{{% for b in range(100000) %}}{}{{% endfor %}}{{% endfor %}}", "x".repeat(500)), "too many steps"),
        ("a loop that calls itself", "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}".to_owned(), "recursion"),
        ("a long range", "{{ range(1000000000)|list }}".to_owned(), "too many"),
        ("a text many times", "{{ \"x\" * 1000000000 }}".to_owned(), "too many steps"),
        ("a list many times", "{% set x = [1] * 1000000000 %}".to_owned(), "too large"),
        ("a text far in", "{{ \"x\"|indent(1000000000) }}".to_owned(), "too many steps"),
        ("a power", "{{ 9 ** 9 ** 9 }}".to_owned(), "unable to calculate"),
        ("a text that doubles", grown("ns.s = ns.s ~ ns.s"), "too many steps"),
        ("a text that is added to itself", grown("ns.s = ns.s + ns.s"), "too many steps"),
        ("a list that doubles", grown("ns.l = ns.l + ns.l"), "too many steps"),
        ("a text that is replaced", grown("ns.s = ns.s|replace(\"x\", \"xxxx\")"), "too many steps"),
        ("a list that is joined", grown("ns.s = [ns.s, ns.s, ns.s]|join"), "too many steps"),
        ("a text that is escaped", grown("ns.s = (ns.s ~ \"*\" ~ ns.s)|paragraphs|string"), "too many steps"),
        ("a block that doubles", "{% set x = \"xxxxxxxx\" %}".to_owned() + &"{% set x %}{{ x }}{{ x }}{% endset %}".repeat(40), "too many steps"),
        ("deep brackets", format!("{{{{ {} }}}}", within("1", 20_000, "(", ")")), "recursion"),
        ("deep lists", format!("{{{{ {} }}}}", within("", 20_000, "[", "]")), "recursion"),
        ("deep blocks", "{% if 1 %}".repeat(5_000), "recursion"),
        ("a long template", "x".repeat(70_000), "no template has more than"),
        ("a long chain", format!("{{{{ {}1 }}}}", "not ".repeat(100_000)), "no template has more than"),
        ("a huge template", "x".repeat(6_000_000), "could not be read"),
    ];
    let faults: Vec<String> = on_every_core(&templates, |(name, template, why)| {
        let folder = copy_of("examples/bexley");
        put(folder.path(), "templates/diary.md.j2", template);
        let came = run(folder.path(), &["diary", "--format", "markdown"]);
        let is_stopped = came.status == Some(2) && came.told.is_empty();
        let is_told =
            came.talk.contains("diary.md.j2") && came.talk.contains(why) && came.talk.len() < 500;
        let is_held = came.kilobytes < KILOBYTES;
        (!is_stopped || !is_told || !is_held).then(|| {
            format!(
                "{name}: {:?}, {} kB: {:.300}",
                came.status, came.kilobytes, came.talk
            )
        })
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    eprintln!("{} templates, each stopped", templates.len());
}

#[test]
fn a_chain_as_long_as_a_template_may_be_takes_no_more_than_its_stack() {
    let chains = [
        "1{}",
        "-1",
        "1|e",
        "1+1",
        "1~1",
        "1 and 1",
        "1 if 1 else 1",
        "not 1",
    ];
    let faults: Vec<String> = on_every_core(&chains, |chain| {
        let (before, after) = match *chain {
            "-1" => ("-", ""),
            "not 1" => ("not ", ""),
            "1{}" => ("", "()"),
            chain => ("", &chain[1..]),
        };
        let links = 59_900 / (before.len() + after.len());
        let folder = copy_of("examples/bexley");
        let text = format!("{{{{ {}1{} }}}}", before.repeat(links), after.repeat(links));
        put(folder.path(), "templates/diary.md.j2", &text);
        let came = run(folder.path(), &["diary", "--format", "markdown"]);
        let is_held = matches!(came.status, Some(0 | 2)) && came.kilobytes < KILOBYTES;
        (!is_held).then(|| {
            format!(
                "{chain}: {:?}, {} kB: {:.300}",
                came.status, came.kilobytes, came.talk
            )
        })
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_template_prints_nothing_raw() {
    let folder = copy_of("examples/bexley");
    put(
        folder.path(),
        "templates/diary.md.j2",
        "a\u{1b}[31mred\u{7}\u{202e}b {{ \"\u{1b}[32m\" }}{{ \"\u{9b}x\"|safe }}\u{e0041}\n",
    );
    let came = run(folder.path(), &["diary", "--format", "markdown"]);
    assert_eq!(came.status, Some(0), "{}", came.talk);
    let raw = came
        .told
        .chars()
        .find(|c| *c != '\n' && support::injected::raw(*c));
    assert_eq!(raw, None, "{:?}", came.told);
}

#[test]
fn conditions_and_messages_of_a_rule_file_loop_and_read_nothing() {
    let conditions = [
        within("request.kind == 'legal'", 20_000, "(", ")"),
        within("request.kind == 'legal'", 100_000, "(", ")"),
        format!("{}request.kind == 'legal'", "not ".repeat(100_000)),
        format!(
            "request.kind == 'legal'{}",
            " or request.kind == 'legal'".repeat(20_000)
        ),
        format!("cost.total > {}'£1'", "-".repeat(100_000)),
        format!("cost.total > '£1'{}", " + '£1'".repeat(50_000)),
        format!("request.kind in {}", within("", 50_000, "[", "]")),
        "range(1000000000)".to_owned(),
        "request.kind == include('/etc/passwd')".to_owned(),
        "'x' * 1000000000 == request.kind".to_owned(),
        "{% for x in y %}".to_owned(),
    ];
    let rules = fs::read_to_string(project().join("councils/bexley.toml")).expect("a rule file");
    let rule = |when: &str, message: &str| {
        format!(
            "{rules}\n[[rule]]\nid = \"own\"\nseverity = \"note\"\nwhen = \"{when}\"\nmessage = \"{message}\"\nclause = \"1\"\n"
        )
    };
    let mut texts: Vec<String> = conditions.iter().map(|when| rule(when, "x")).collect();
    for message in [
        "{include('/etc/passwd')}",
        "{range(1000000000)}",
        "{% include '/etc/passwd' %}",
        &"{".repeat(40_000),
    ] {
        texts.push(rule("request.kind == 'legal'", message));
    }
    let faults: Vec<String> = on_every_core(&texts, |text| {
        let folder = copy_of("examples/bexley");
        put(folder.path(), "panel.toml", "council = \"./own.toml\"\n");
        put(folder.path(), "own.toml", text);
        let came = run(folder.path(), &["check"]);
        let end: String = text.chars().rev().take(120).collect();
        let is_refused = came.status == Some(2) && came.talk.contains("own.toml");
        let is_short = came.talk.len() < 100_000 && came.kilobytes < KILOBYTES;
        (!is_refused || !is_short).then(|| {
            format!(
                "{end}: {:?}, {} kB, {} bytes: {:.300}",
                came.status,
                came.kilobytes,
                came.talk.len(),
                came.talk
            )
        })
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_that_a_record_says_leads_a_paper_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let ways = [
        "../../out",
        "/tmp/out",
        "a/../../../out",
        "C:\\\\out",
        "\\\\\\\\server\\\\out",
        "..",
        "R-2026-0105/../../../out",
        "\u{202e}out",
    ];
    for way in ways {
        let outside = tempfile::tempdir().expect("a temporary folder");
        let folder = outside.path().join("cases");
        support::injected::make(&folder, "x");
        let before = names(outside.path());
        // A reference that leads away, in the referral and in its decision.
        for file in [
            "referrals/2026/R-2026-0105.yaml",
            "meetings/2026-11-19/decisions/R-2026-0105.yaml",
        ] {
            let text = fs::read_to_string(folder.join(file)).expect("it was made");
            fs::write(
                folder.join(file),
                text.replacen("\"R-2026-0105\"", &format!("\"{way}\""), 1),
            )
            .expect("a temporary file");
        }
        for args in [
            &["record", "R-2026-0105", "--write"][..],
            &["letter", "R-2026-0105", "--write"],
            &["record", way, "--write"],
            &["minutes", "--date", "2026-11-19", "--write"],
            &[
                "minutes",
                "--date",
                "2026-11-19",
                "--final",
                "--by",
                "x",
                "--role",
                "business-support",
            ],
            &["new", way],
            &["act", way, "--action", "1"],
            &["withdraw", way, "--by", "x", "--role", "service-manager"],
            &[
                "decide",
                way,
                "--date",
                "2026-11-26",
                "--outcome",
                "decline",
                "--by",
                "x",
                "--role",
                "deputy-director",
                "--rationale",
                "x",
                "--basis",
                "chair",
            ],
        ] {
            run(&folder, args);
            let new: Vec<String> = names(outside.path())
                .into_iter()
                .filter(|name| !before.contains(name))
                .collect();
            let is_inside = new.iter().all(|name| name.starts_with("cases/"));
            assert!(is_inside, "{way}: {args:?} wrote {new:?}");
        }
    }
    // A folder of the papers that is a link to elsewhere.
    let outside = tempfile::tempdir().expect("a temporary folder");
    let folder = outside.path().join("cases");
    support::injected::make(&folder, "x");
    let away = outside.path().join("away");
    fs::create_dir(&away).expect("a folder");
    symlink(&away, folder.join("records")).expect("a link");
    let came = run(&folder, &["record", "R-2026-0105", "--write"]);
    assert_eq!(came.status, Some(2), "{}", came.talk);
    assert_eq!(names(&away), Vec::<String>::new());
}

fn names(folder: &Path) -> Vec<String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry
                .path()
                .strip_prefix(folder)
                .expect("it lies there")
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !name.starts_with("cases/.") || name.ends_with(".tmp"))
        .collect()
}

#[test]
fn what_lies_among_the_templates_and_makes_no_document_is_told() {
    let said = |name: &str, made: &dyn Fn(&Path)| {
        let folder = copy_of("examples/bexley");
        let own = folder.path();
        let templates = own.join("templates");
        fs::create_dir_all(&templates).expect("made");
        made(&templates.join(name));
        let letter = support::run(own, "2026-12-01T09:00", &["letter", "R-2026-0116"]);
        let check = support::run(own, "2026-12-01T09:00", &["check", "--format", "concise"]);
        (
            support::status(&letter),
            support::stderr(&letter),
            support::stderr(&check),
        )
    };
    let own_words = |place: &Path| fs::write(place, "OWN WORDS\n").expect("written");
    for (name, near) in [
        ("Letter.md.j2", "did you mean letter.md.j2?"),
        ("leter.md.j2", "did you mean letter.md.j2?"),
        ("letter.md", "did you mean letter.md.j2?"),
    ] {
        let (_, letter, check) = said(name, &own_words);
        for told in [letter, check] {
            assert!(
                told.contains(&format!("templates/{name} is used for no document")),
                "{told}"
            );
            assert!(told.contains(near), "{told}");
        }
    }
    // What has the name of one and cannot be read stops the paper: somebody else's words would go out.
    let folder_in_its_place = |place: &Path| fs::create_dir(place).expect("made");
    let (letter, told, _) = said("letter.md.j2", &folder_in_its_place);
    assert_eq!(letter, 2, "{told}");
    assert!(told.contains("it is no file"), "{told}");
    #[cfg(unix)]
    {
        let link = |place: &Path| std::os::unix::fs::symlink("/etc/hostname", place).expect("made");
        let (letter, told, _) = said("letter.md.j2", &link);
        assert_eq!(letter, 2, "{told}");
        assert!(told.contains("it is a link"), "{told}");
    }
    let (letter, told, _) = said("README.md", &own_words);
    assert_eq!((letter, told.as_str()), (0, ""));
}
