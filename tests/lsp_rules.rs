//! `panel lsp` in rule files: what a key and a name are, which clause asks, and what can be written.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use support::client::{Client, labels, uri};

const NOW: &str = "2026-11-24T09:00";

/// A conversation about one rule file, in which `|` marks the cursor.
struct Talk {
    client: Client,
    uri: String,
    _folder: tempfile::TempDir,
}

impl Talk {
    fn begin() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut client = Client::ready(&[], NOW);
        let uri = uri(&folder.path().join("ours.toml"));
        client.open(&uri, "[council]\nname = \"Ours\"\n");
        Self {
            client,
            uri,
            _folder: folder,
        }
    }

    /// Writes a text, and gives the cursor's place in it.
    fn write(&mut self, marked: &str) -> (usize, usize) {
        let at = marked.find('|').expect("a mark");
        let text = format!("{}{}", &marked[..at], &marked[at + 1..]);
        let before = &marked[..at];
        let line = before.matches('\n').count();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        self.client.change(&self.uri, 2, &text);
        (line, before[start..].encode_utf16().count())
    }

    fn offered(&mut self, marked: &str) -> Vec<Value> {
        let (line, character) = self.write(marked);
        self.client.complete(&self.uri, line, character)
    }

    fn pointed(&mut self, marked: &str) -> String {
        let (line, character) = self.write(marked);
        self.client.hover(&self.uri, line, character)
    }
}

/// The one offer of that name, as it would be written.
fn new_text<'o>(offers: &'o [Value], label: &str) -> &'o str {
    let offer = offers.iter().find(|offer| offer["label"] == label);
    let offer = offer.unwrap_or_else(|| panic!("{label} is not among {:?}", labels(offers)));
    offer["textEdit"]["newText"].as_str().expect("a text")
}

const COUNCIL: &str = "[council]\nname = \"Ours\"\n";

#[test]
fn keys_of_the_group_are_proposed_and_no_others() {
    let mut talk = Talk::begin();
    for marked in [
        "[[sign_off]]\nclause = \"1.13\"\n|\n",
        "[[sign_off]]\nclause = \"1.13\"\nro|\n",
        "[[sign_off]]\r\nclause = \"1.13\"\r\nro|\r\n\r\n[cut_off]\r\n",
    ] {
        let offers = talk.offered(&format!("{COUNCIL}{marked}"));
        assert_eq!(new_text(&offers, "role"), "role = ", "{marked:?}");
        assert!(
            !labels(&offers).contains(&"clause"),
            "it is there already: {marked:?}"
        );
        assert!(
            !labels(&offers).contains(&"working_days_before"),
            "it belongs elsewhere: {marked:?}"
        );
    }
    let inline = talk.offered(&format!(
        "{COUNCIL}[meetings]\nbank_holiday = {{ move = \"keep\", | }}\n"
    ));
    assert_eq!(new_text(&inline, "assumption"), "assumption = ");
    assert!(!labels(&inline).contains(&"move"));
    assert!(!labels(&inline).contains(&"venue"));
    let threshold = talk.offered(&format!("{COUNCIL}[thresholds.panel]\n|\n"));
    assert_eq!(new_text(&threshold, "amount"), "amount = ");
}

#[test]
fn headings_are_proposed_between_brackets() {
    let mut talk = Talk::begin();
    for marked in ["[|", "[cut|]\n", "[[sign|]]\n", "[[|\n\n[meetings]\n"] {
        let offers = talk.offered(&format!("{COUNCIL}{marked}"));
        assert_eq!(new_text(&offers, "cut_off"), "cut_off", "{marked:?}");
        assert_eq!(new_text(&offers, "sign_off"), "sign_off", "{marked:?}");
        assert!(
            !labels(&offers).contains(&"extends"),
            "it is no group: {marked:?}"
        );
    }
    let words = talk.offered(&format!("{COUNCIL}[[words.|]]\n"));
    assert_eq!(new_text(&words, "role"), "role");
    assert!(!labels(&words).contains(&"cut_off"));
}

#[test]
fn words_are_proposed_in_quotation_marks_where_they_belong() {
    let mut talk = Talk::begin();
    for marked in [
        "[[section]]\nseverity = |\n",
        "[[section]]\nseverity = \"|\n",
        "[[section]]\nseverity = \"wa|rning\"\n",
    ] {
        let offers = talk.offered(&format!("{COUNCIL}{marked}"));
        assert_eq!(
            labels(&offers),
            ["\"error\"", "\"warning\"", "\"note\""],
            "{marked:?}"
        );
    }
    let own = "[[words.role]]\nid = \"panel-clerk\"\nlabel = \"Clerk\"\n\n[[member]]\nrole = \"virtual-school\"\n";
    for marked in [
        "[[sign_off]]\nrole = |\n",
        "[[sign_off]]\nrole = \"team|\"\n",
        "[[quorum]]\nof = [\"team-manager\", |]\n",
        "[[quorum]]\nof = [\n  \"team-manager\",\n  |\n\n[cut_off]\n",
    ] {
        let offers = talk.offered(&format!("{COUNCIL}{own}{marked}"));
        for role in ["social-worker", "panel-clerk", "virtual-school"] {
            let quoted = format!("\"{role}\"");
            assert_eq!(new_text(&offers, &quoted), quoted, "{marked:?}");
        }
    }
    let truth = talk.offered(&format!("{COUNCIL}[observers]\noff = |\n"));
    assert_eq!(labels(&truth), ["true", "false"]);
    for marked in [
        "# severity = |\n",
        "[[section]]\nlabel = \"\"\"\nsays |\n\"\"\"\n",
    ] {
        let offers = talk.offered(&format!("{COUNCIL}{marked}"));
        assert_eq!(labels(&offers), Vec::<&str>::new(), "{marked:?}");
    }
}

#[test]
fn names_are_proposed_within_conditions() {
    let mut talk = Talk::begin();
    let thresholds = "[thresholds.high]\namount = 5000\n";
    for marked in [
        "[[criterion]]\nid = \"x\"\nwhen = \"|\"\n",
        "[[criterion]]\nid = \"x\"\nwhen = \"child.ag|\"\n",
        "[[criterion]]\nid = \"x\"\nwhen = \"not (child.age < 5 and ch|\n",
        "[[timer]]\nid = \"x\"\nmet_when = '|'\n",
        "[cut_off]\nexempt = \"|\"\n",
    ] {
        let offers = talk.offered(&format!("{COUNCIL}{thresholds}{marked}"));
        assert_eq!(new_text(&offers, "child.age"), "child.age", "{marked:?}");
        assert_eq!(new_text(&offers, "threshold.high"), "threshold.high");
    }
    // Only the name that is begun is replaced.
    let marked = "[[criterion]]\nwhen = \"child.age < 5 and ch|\"\n";
    let offers = talk.offered(marked);
    let line = "when = \"child.age < 5 and ";
    for offer in &offers {
        let range = &offer["textEdit"]["range"];
        assert_eq!(range["start"]["character"], line.len());
        assert_eq!(range["end"]["character"], line.len() + 2);
    }
    assert!(!offers.is_empty());
}

#[test]
fn pointing_says_what_a_key_is_and_which_clause_asks() {
    let mut talk = Talk::begin();
    let told = talk.pointed(&format!(
        "{COUNCIL}[cut_off]\nworking_da|ys_before = 3\nclause = \"1.9\"\n"
    ));
    assert!(told.contains("**working_days_before**"), "{told}");
    assert!(told.contains("Asked for by clause 1.9"), "{told}");
    let told = talk.pointed(&format!(
        "{COUNCIL}[cu|t_off]\nworking_days_before = 3\nclause = [\"1.9\", \"1.10\"]\n"
    ));
    assert!(told.contains("**cut_off**"), "{told}");
    assert!(told.contains("Asked for by clause 1.9, 1.10"), "{told}");
    let two = "[[sign_off]]\nrole = \"team-manager\"\nclause = \"1.13\"\n\n[[sign_off]]\nro|le = \"service-manager\"\nassumption = \"The policy names <none>.\"\n";
    let told = talk.pointed(&format!("{COUNCIL}{two}"));
    assert!(
        told.contains("Assumption: The policy names \\<none\\>."),
        "{told}"
    );
    assert!(!told.contains("1.13"), "that is the other's: {told}");
    let told = talk.pointed(&format!(
        "{COUNCIL}[meetings]\nclause = \"1.5\"\nbank_holiday = {{ mo|ve = \"keep\" }}\n"
    ));
    assert!(told.contains("Asked for by clause 1.5"), "{told}");
    let told = talk.pointed(&format!(
        "{COUNCIL}[[criterion]]\nwhen = \"child.looked_af|ter and child.age < 5\"\n"
    ));
    assert!(told.contains("**child.looked_after**"), "{told}");
    assert!(told.contains("looked-after child"), "{told}");
    assert_eq!(talk.pointed(&format!("{COUNCIL}\n|\n")), "");
    assert_eq!(talk.client.end().0, 0);
}

#[test]
fn what_is_found_in_a_rule_file_is_told_where_one_points() {
    let mut talk = Talk::begin();
    let marked = "[council]\nname = \"Ours\"\npanel = \"P\"\n[cut_off]\nworking_dys|_before = 3\n";
    talk.write(marked);
    talk.client.diagnostics(&talk.uri.clone());
    let told = talk.pointed(marked);
    assert!(told.contains("unknown-field"), "{told}");
    assert!(told.contains("working_days_before"), "{told}");
}
