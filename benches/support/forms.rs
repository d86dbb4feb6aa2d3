//! A case folder of invented requests for measurements: sound forms of about 3.4 kB, one in six
//! with one fault, always the same for the same number.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The moment at which the folder is looked at, London wall-clock time.
pub(crate) const AS_OF: &str = "2026-11-24T09:00";

/// Requests that lie in one folder.
const A_FOLDER: usize = 1_000;

/// Thursdays that the requests ask for, one after another.
const MEETINGS: usize = 40;

/// Writes a case folder of so many requests; one that is there already is left as it is.
pub(crate) fn write(folder: &Path, requests: usize) {
    if folder.join("panel.toml").is_file() {
        return;
    }
    let mut chance = Chance(20_261_124);
    for number in 0..requests {
        let place = folder.join(format!("referrals/2026/{:03}", number / A_FOLDER));
        if number.is_multiple_of(A_FOLDER) {
            fs::create_dir_all(&place).expect("the target folder can be written");
        }
        let reference = reference(number);
        let text = request(&reference, number, &mut chance);
        fs::write(place.join(format!("{reference}.yaml")), text)
            .expect("the target folder can be written");
    }
    // Last, so that a folder half written is written again.
    fs::write(folder.join("panel.toml"), "council = \"bexley\"\n")
        .expect("the target folder can be written");
}

/// Where a request lies, from the case folder.
pub(crate) fn path(number: usize) -> String {
    let reference = reference(number);
    format!("referrals/2026/{:03}/{reference}.yaml", number / A_FOLDER)
}

fn reference(number: usize) -> String {
    format!("R-2026-{number:06}")
}

/// Numbers without a pattern that anybody would see, the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A sentence or two of about so many characters.
    fn prose(&mut self, characters: usize) -> String {
        let mut text = String::with_capacity(characters + 80);
        while text.len() < characters {
            if !text.is_empty() {
                text.push(' ');
            }
            let (who, does, what) = (self.of(&WHO), self.of(&DOES), self.of(&WHAT));
            let _ = write!(text, "{who} {does} {what}.");
        }
        text
    }
}

const NAMES: [&str; 12] = [
    "Aisha", "Ben", "Chloe", "Dev", "Ella", "Finn", "Grace", "Hana", "Idris", "Jo", "Kit", "Lena",
];
const LETTERS: [&str; 8] = ["B.", "D.", "F.", "H.", "K.", "M.", "Q.", "T."];
const WHO: [&str; 8] = [
    "The school",
    "Her grandmother",
    "The health visitor",
    "His older brother",
    "The youth worker",
    "Their neighbour",
    "The foster carer",
    "The family support worker",
];
const DOES: [&str; 8] = [
    "has seen a calmer week since",
    "worries most about",
    "has offered to help with",
    "was there for",
    "told us of",
    "asks for more time for",
    "keeps a diary of",
    "has agreed to share",
];
const WHAT: [&str; 8] = [
    "the mornings before school",
    "contact on Saturdays",
    "the missed appointments",
    "bedtime and the hour before it",
    "the safety plan of October",
    "the arguments in the evening",
    "her brother's café job",
    "the walk home along the river",
];

/// The fault of every sixth request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    None,
    Total,
    Blank,
    SignOff,
    Misspelt,
    Views,
    Date,
}

fn request(reference: &str, number: usize, chance: &mut Chance) -> String {
    let fault = match number % 36 {
        0 => Fault::Total,
        6 => Fault::Blank,
        12 => Fault::SignOff,
        18 => Fault::Misspelt,
        24 => Fault::Views,
        30 => Fault::Date,
        _ => Fault::None,
    };
    let if_it_is = |wanted, then: &'static str, otherwise: &'static str| {
        if fault == wanted { then } else { otherwise }
    };
    let child = chance.of(&NAMES);
    let letter = chance.of(&LETTERS);
    let born = format!(
        "{}-{:02}-{:02}",
        2011 + chance.below(12),
        1 + chance.below(12),
        1 + chance.below(28)
    );
    let weekly = 100 + chance.below(300);
    let weeks = 10 + chance.below(20);
    let total = weekly * weeks + usize::from(fault == Fault::Total);
    let meeting = thursday(number % MEETINGS);
    let (from, to) = (
        thursday(number % MEETINGS + 1),
        thursday(number % MEETINGS + 27),
    );
    let mut text = String::with_capacity(4_096);
    let _ = write!(
        text,
        "reference: {reference}
panel: {meeting}
submitted: 2026-11-20T10:{:02}
child:
  case_id: \"{number:07}\"
  name: {child} {letter}
  date_of_birth: {born}
  ethnicity: White British
  disability: none recorded
  legal_status: child-in-need
worker: {{name: A. Singh, role: social-worker, team: Children in Need {}}}
team_manager: {{name: J. Blake}}
service_manager: {{name: P. Nowak}}
family:
  - {{name: {child} {letter}, date_of_birth: {born}, relationship: self}}
  - {{name: Dana {letter}, date_of_birth: 1988-04-02, relationship: mother}}
network:
  - {{name: S. Hall, role: head of year}}
family_network_meeting: {{held: true}}
safety_plan: {{in_place: true}}
sections:
  main-issues: >-
    {}
    {}
request:
  kind: support-package
  summary: {}
  {}: {}
  care_plan: {}
  from: {from}
  to: {to}
costs:
  - {{item: home-support, description: Family support worker, weekly: {weekly}.00, weeks: {weeks}}}
total: {total}.00
checklist:
  home-first: {}
  in-house-first: {}
  stay-connected: {}
alternatives:
  - {{tried: Parenting group, outcome: She went twice and found it too large.}}
views:
  child: {}
  parents: {}
",
        number % 60,
        1 + number % 5,
        chance.prose(90),
        chance.prose(90),
        chance.prose(60),
        if_it_is(Fault::Misspelt, "reasen", "reason"),
        chance.prose(90),
        chance.prose(60),
        chance.prose(40),
        chance.prose(40),
        chance.prose(40),
        if_it_is(Fault::Views, "TBC", "I like it when she comes and we cook."),
        chance.prose(60),
    );
    let _ = write!(
        text,
        "signs_of_safety:
  past_harm: {}
  future_danger: {}
  complicating_factors: {}
  existing_strengths: {}
  existing_safety: {}
  next_steps: {}
  danger_statement: {}
  safety_goals: {}
  scaling:
    - {{name: Dana {letter}, role: mother, score: 6, reasons: Evenings are calmer.}}
    - {{name: A. Singh, role: social worker, score: 5, reasons: It is early days.}}
sign_offs:
  - {{role: social-worker, name: A. Singh, on: 2026-11-19}}
  - {{role: team-manager, name: J. Blake, on: {}}}
{}attending:
  - {{name: A. Singh, role: social-worker}}
",
        chance.prose(70),
        chance.prose(70),
        chance.prose(70),
        chance.prose(70),
        chance.prose(70),
        chance.prose(70),
        if_it_is(
            Fault::Blank,
            "TBC",
            "We are worried that the evenings get worse again."
        ),
        chance.prose(70),
        if_it_is(Fault::Date, "19/11/2026", "2026-11-19"),
        if_it_is(
            Fault::SignOff,
            "",
            "  - {role: service-manager, name: P. Nowak, on: 2026-11-20}\n"
        ),
    );
    text
}

/// The Thursday so many weeks after 26 November 2026, as files write it.
fn thursday(weeks: usize) -> chrono::NaiveDate {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).expect("it is a day");
    first + chrono::Days::new(7 * weeks as u64)
}
