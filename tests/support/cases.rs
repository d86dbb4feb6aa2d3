//! The folders of `tests/cases`: what each promises, and the folder that it is promised of.

use super::{change, copy_of, project};
use serde::Deserialize;

/// `case.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What is promised, in a sentence.
    pub(crate) says: String,
    /// The moment of judging.
    pub(crate) as_of: String,
    /// The sound folder that is changed; `tests/pages/base` where it is not said.
    pub(crate) base: Option<String>,
    /// Entries laid over the council's rule file.
    pub(crate) rules: Option<String>,
    /// More arguments of `check`.
    #[serde(default)]
    pub(crate) args: Vec<String>,
    /// Whether the panel has decided on the referral.
    #[serde(default)]
    pub(crate) decided: bool,
    /// Whether the referral is changed after the decision, which then keeps the older digest.
    #[serde(default)]
    pub(crate) edited_after: bool,
    /// How many more referrals like the first stand beside it, as R-2026-1001 and on.
    #[serde(default)]
    pub(crate) copies: u32,
    /// What is changed in the sound folder.
    #[serde(default)]
    pub(crate) change: Vec<Change>,
    /// The rule whose bad example in the book it is: it expects exact places, and a finding of that
    /// rule is among them.
    pub(crate) gallery: Option<String>,
    /// The findings of error and warning level: `file:line:column: severity[rule]` where only the
    /// beginning matters, or with the exact place, `file:line:column-line:column: severity[rule]`.
    #[serde(default)]
    pub(crate) expect: Vec<String>,
    /// Notes are told too where this is set.
    #[serde(default)]
    pub(crate) with_notes: bool,
    /// Pieces of text that some message or help must hold.
    #[serde(default)]
    pub(crate) told: Vec<String>,
    /// The exit status.
    pub(crate) exit: i32,
    /// What other commands print of the same folder.
    #[serde(default)]
    pub(crate) shows: Vec<Shows>,
    /// The clauses whose effect it shows.
    #[serde(default)]
    pub(crate) clauses: Vec<String>,
}

/// What a command prints.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shows {
    pub(crate) args: Vec<String>,
    /// The moment, where it is another.
    pub(crate) as_of: Option<String>,
    /// Pieces of text that it must hold.
    #[serde(default)]
    pub(crate) holds: Vec<String>,
    /// Pieces of text that it must not hold.
    #[serde(default)]
    pub(crate) lacks: Vec<String>,
    /// The exit status.
    #[serde(default)]
    pub(crate) exit: i32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    pub(crate) file: String,
    /// The text that stands there; absent for a new file or an addition at the end.
    pub(crate) from: Option<String>,
    pub(crate) to: String,
}

/// Every case below `tests/cases`: its name, and what it promises.
pub(crate) fn cases() -> Vec<(String, std::path::PathBuf, Case)> {
    let root = project().join("tests/cases");
    let mut all: Vec<_> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.file_name() == Some("case.toml".as_ref()))
        .map(|path| {
            let folder = path.parent().expect("it lies in a folder").to_owned();
            let name = folder
                .strip_prefix(&root)
                .expect("it lies below")
                .display()
                .to_string();
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, folder, case)
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

pub(crate) fn base_of(case: &Case) -> &str {
    case.base.as_deref().unwrap_or("tests/pages/base")
}

pub(crate) fn council_of(case: &Case) -> String {
    let path = project().join(base_of(case)).join("panel.toml");
    let text = std::fs::read_to_string(path).expect("a base has its settings");
    let settings: toml::Table = text.parse().expect("TOML");
    settings["council"].as_str().expect("text").to_owned()
}

/// The folder of the base's one meeting.
pub(crate) fn meeting_of(folder: &std::path::Path) -> std::path::PathBuf {
    std::fs::read_dir(folder.join("meetings"))
        .expect("a base has a meeting")
        .map(|entry| entry.expect("it can be listed").path())
        .min()
        .expect("one")
}

fn digest(file: &std::path::Path) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(std::fs::read(file).expect("a temporary file"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rule file of a case of an invented council: its own, or one that several cases of a council
/// share in the folder above them.
fn own_council(own: &std::path::Path) -> Option<String> {
    [Some(own), own.parent()]
        .into_iter()
        .flatten()
        .find_map(|place| std::fs::read_to_string(place.join("council.toml")).ok())
}

/// Whether a case is judged by other rules than those of its base's council.
pub(crate) fn has_own_rules(own: &std::path::Path, case: &Case) -> bool {
    case.rules.is_some() || own_council(own).is_some()
}

/// The case's folder: its base, changed as it says.
pub(crate) fn prepared(own: &std::path::Path, case: &Case) -> tempfile::TempDir {
    let folder = copy_of(base_of(case));
    let own_rules = own_council(own);
    if let Some(rules) = own_rules.or_else(|| {
        let entries = case.rules.as_ref()?;
        Some(format!("extends = \"{}\"\n\n{entries}", council_of(case)))
    }) {
        std::fs::write(folder.path().join("council.toml"), rules).expect("a temporary file");
        change(
            &folder.path().join("panel.toml"),
            &format!("council = \"{}\"", council_of(case)),
            "council = \"./council.toml\"",
        );
    }
    let meeting = meeting_of(folder.path());
    for part in ["decisions", "after"] {
        let (from, to) = (folder.path().join(part), meeting.join(part));
        if case.decided {
            std::fs::rename(&from, &to).expect("a temporary folder");
        } else {
            std::fs::remove_dir_all(&from).expect("a temporary folder");
        }
    }
    let before = digest(&folder.path().join("referrals/2026/R-2026-0001.yaml"));
    for made in &case.change {
        let file = folder.path().join(&made.file);
        match &made.from {
            Some(from) => change(&file, from, &made.to),
            None => {
                let before = std::fs::read_to_string(&file).unwrap_or_default();
                std::fs::create_dir_all(file.parent().expect("it lies in the folder"))
                    .expect("a temporary folder");
                std::fs::write(&file, before + &made.to).expect("a temporary file");
            }
        }
    }
    let first = folder.path().join("referrals/2026/R-2026-0001.yaml");
    for number in (1001..).take(usize::try_from(case.copies).expect("a count")) {
        let reference = format!("R-2026-{number}");
        let text = std::fs::read_to_string(&first).expect("a temporary file");
        let text = text.replace("R-2026-0001", &reference);
        let file = first.with_file_name(format!("{reference}.yaml"));
        std::fs::write(file, text).expect("a temporary file");
    }
    if case.decided {
        let now = digest(&folder.path().join("referrals/2026/R-2026-0001.yaml"));
        let decision = meeting.join("decisions/R-2026-0001.yaml");
        let text = std::fs::read_to_string(&decision).expect("a temporary file");
        let line = format!(
            "\nreferral_digest: sha256:{}\n",
            if case.edited_after { before } else { now }
        );
        std::fs::write(&decision, text + &line).expect("a temporary file");
    }
    folder
}
