//! The words of a generated folder: a council's sound folder with other people, days and sums.

use super::ledger::{Day, Hearing, Ledger, Made, Request, Sat};
use super::two_years::Dice;
use sha2::Digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Something that panels are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offer {
    pub(crate) item: &'static str,
    pub(crate) provision: Option<&'static str>,
    kind: &'static str,
    provider: &'static str,
}

/// The offers, help at home first.
const OFFERS: [Offer; 4] = [
    Offer {
        item: "home-support",
        provision: None,
        kind: "additional-support",
        provider: "",
    },
    Offer {
        item: "placement",
        provision: Some("in-house-fostering"),
        kind: "new-placement",
        provider: "{name: Own fostering service, external: false, registered: true}",
    },
    Offer {
        item: "placement",
        provision: Some("independent-fostering"),
        kind: "new-placement",
        provider: "{name: Larkfield Fostering, external: true, registered: true, sector: private}",
    },
    Offer {
        item: "placement",
        provision: Some("external-residential"),
        kind: "new-placement",
        provider: "{name: Harbour House, external: true, registered: true, sector: private}",
    },
];

const FIRST_NAMES: [&str; 16] = [
    "Aisha", "Ben", "Chloe", "Dev", "Ella", "Finn", "Grace", "Hana", "Isaac", "Jade", "Kofi",
    "Lena", "Mateo", "Nadia", "Oscar", "Zoë",
];
const WORKERS: [&str; 8] = [
    "A. Thorne",
    "B. Achebe",
    "C. Lindqvist",
    "D. Marsh",
    "E. Qureshi",
    "F. Nolan",
    "G. Petrov",
    "H. Adair",
];
const MANAGERS: [&str; 4] = ["P. Nowak", "R. Iyer", "S. Calder", "T. Obi"];

/// A council's sound folder, in pieces.
#[derive(Debug)]
pub(crate) struct Council {
    pub(crate) id: &'static str,
    pub(crate) offers: &'static [Offer],
    pub(crate) has_one_panel: bool,
    /// Whether the council has the panel ratify each emergency.
    pub(crate) is_ratifying: bool,
    /// Days before its meeting that the sound request was sent.
    pub(crate) sent_before: usize,
    met_on: Day,
    sent_on: Day,
    referral: Blocks,
    meeting: Blocks,
    decision: Blocks,
    has_log: bool,
}

/// The entries of a file, each with its lines, by key.
type Blocks = Vec<(String, String)>;

pub(crate) fn council(id: &'static str) -> Council {
    let base = super::project().join(match id {
        "bexley" => "tests/pages/base".to_owned(),
        other => format!("tests/bases/{other}"),
    });
    let read = |path: &str| {
        let path = base.join(path);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let referral = read("referrals/2026/R-2026-0001.yaml");
    let meeting = super::cases::meeting_of(&base);
    let met_on = meeting
        .file_name()
        .expect("it has a name")
        .to_string_lossy();
    let met_on = Day::of(&met_on[..10]);
    let sent_on = Day::of(&after(&referral, "submitted: ")[..10]);
    let rules = std::fs::read_to_string(super::project().join(format!("councils/{id}.toml")));
    let rules = rules.expect("a built-in council has its file");
    Council {
        id,
        offers: &OFFERS,
        has_one_panel: !rules.contains("\n[[panel]]"),
        is_ratifying: rules.contains("\n[emergency]"),
        has_log: rules.contains("\n[expenditure_log]"),
        sent_before: usize::try_from(met_on.since(sent_on)).expect("it was sent before"),
        met_on,
        sent_on,
        referral: blocks(&referral),
        meeting: blocks(&read(&format!("meetings/{met_on}/meeting.yaml"))),
        decision: blocks(&read("decisions/R-2026-0001.yaml")),
    }
}

impl Council {
    pub(crate) fn kind_of(&self, offer: usize, is_review: bool) -> &'static str {
        if is_review {
            "review"
        } else {
            self.offers[offer].kind
        }
    }
}

/// What follows the first time that something is written.
fn after<'t>(text: &'t str, mark: &str) -> &'t str {
    let (_, rest) = text
        .split_once(mark)
        .unwrap_or_else(|| panic!("{mark} is there"));
    rest
}

fn blocks(text: &str) -> Blocks {
    let mut all: Blocks = Vec::new();
    for line in text.lines() {
        if let Some((key, _)) = line
            .split_once(':')
            .filter(|_| !line.starts_with([' ', '#', '-']))
        {
            all.push((key.to_owned(), String::new()));
        }
        if let Some((_, block)) = all.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    all
}

/// The blocks as one text, some of them replaced; an empty one is left out.
fn joined(blocks: &Blocks, own: &BTreeMap<&str, String>) -> String {
    let mut text = String::new();
    for (key, block) in blocks {
        text.push_str(own.get(key.as_str()).unwrap_or(block));
    }
    for (key, block) in own {
        if !blocks.iter().any(|(known, _)| known == key) {
            text.push_str(block);
        }
    }
    text
}

/// Every day of a text so many days later, dates of birth apart.
fn shifted(text: &str, days: i64) -> String {
    let is_day = |at: usize| {
        let word = text.as_bytes().get(at..at + 10);
        let digits = |range: std::ops::Range<usize>| {
            word.is_some_and(|word| word[range].iter().all(u8::is_ascii_digit))
        };
        word.is_some_and(|word| word[4] == b'-' && word[7] == b'-')
            && digits(0..4)
            && digits(5..7)
            && digits(8..10)
            && !text[..at].ends_with("date_of_birth: ")
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for (at, _) in text.match_indices("20") {
        if at >= rest && is_day(at) {
            let day = Day::of(&text[at..at + 10]);
            let moved = match usize::try_from(days) {
                Ok(days) => day.plus(days),
                Err(_) => day.minus(usize::try_from(-days).expect("below nought")),
            };
            out.push_str(&text[rest..at]);
            let _ = write!(out, "{moved}");
            rest = at + 10;
        }
    }
    out.push_str(&text[rest..]);
    out
}

fn pounds(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

fn digest(text: &str) -> String {
    let digest = sha2::Sha256::digest(text.as_bytes());
    let mut words = "sha256:".to_owned();
    for byte in digest {
        let _ = write!(words, "{byte:02x}");
    }
    words
}

/// Writes every file.
pub(crate) fn write(folder: &Path, council: &Council, ledger: &Ledger, dice: &mut Dice) {
    let put = |path: String, text: &str| {
        let path = folder.join(path);
        let place = path.parent().expect("it lies in a folder");
        std::fs::create_dir_all(place).expect("the folder can be written");
        std::fs::write(&path, text).expect("the folder can be written");
    };
    for request in &ledger.requests {
        let text = referral(council, ledger, request);
        let year = &request.reference[2..6];
        put(
            format!("referrals/{year}/{}.yaml", request.reference),
            &text,
        );
        let digest = digest(&text);
        for (number, heard) in request.hearings.iter().enumerate() {
            let place = &ledger.meetings[heard.meeting];
            let is_last = number + 1 == request.hearings.len();
            // What was put off and came back was another text then.
            let digest = if is_last && heard.made[0].outcome != "defer" {
                digest.clone()
            } else {
                format!("sha256:{:064x}", number + 1)
            };
            for (version, made) in heard.made.iter().enumerate() {
                let name = match version {
                    0 => request.reference.clone(),
                    _ => format!("{}.{}", request.reference, version + 1),
                };
                let text = decision(council, request, place, made, &digest);
                put(
                    format!("meetings/{}/decisions/{name}.yaml", place.id),
                    &text,
                );
            }
            if let Some(text) = afterwards(council, heard) {
                put(
                    format!("meetings/{}/after/{}.yaml", place.id, request.reference),
                    &text,
                );
            }
        }
    }
    for (index, sat) in ledger.meetings.iter().enumerate() {
        if sat.is_held {
            let text = meeting(council, ledger, index, sat, dice);
            put(format!("meetings/{}/meeting.yaml", sat.id), &text);
        }
    }
}

fn referral(council: &Council, ledger: &Ledger, request: &Request) -> String {
    let offer = &council.offers[request.offer];
    let aimed_at = ledger.meetings[request.aimed_at].day;
    let sent = request
        .submitted
        .unwrap_or(aimed_at.minus(council.sent_before));
    let mut own = BTreeMap::new();
    own.insert("reference", format!("reference: {}\n", request.reference));
    own.insert("panel", String::new());
    let mut when = match request.submitted {
        Some(day) => format!("submitted: {day}T{:02}:00\n", request.hour),
        None => String::new(),
    };
    if let Some(day) = request.resubmitted {
        let _ = writeln!(when, "resubmitted: {day}T09:30");
    }
    if let Some(day) = request.withdrawn {
        let _ = writeln!(
            when,
            "withdrawn: {{on: {day}, agreed_by: {{name: MANAGER, role: service-manager}}}}"
        );
    }
    own.insert("submitted", when);
    own.insert("request", asked(council, ledger, request));
    own.insert(
        "costs",
        if request.is_newly {
            String::new()
        } else {
            costs("costs", offer, request)
        },
    );
    let total = request.pence_a_week * i64::try_from(request.weeks).expect("few") + request.once;
    let total = format!("total: {}\n", pounds(total));
    own.insert(
        "total",
        if request.is_newly {
            String::new()
        } else {
            total
        },
    );
    let provider = match offer.provision {
        Some(_) => format!("provider: {}\n", offer.provider),
        None => String::new(),
    };
    own.insert("provider", provider);
    if let Some(day) = request.placed_on {
        own.insert("placed_on", format!("placed_on: {day}\n"));
        own.insert(
            "emergency",
            format!(
                "emergency: {{ground: section-20, approved_by: {{name: MANAGER, role: service-manager}}, approved_on: {day}}}\n"
            ),
        );
    }
    if let Some(sibling) = request.sibling {
        own.insert(
            "siblings",
            format!("siblings: [{}]\n", ledger.requests[sibling].reference),
        );
    }
    let text = shifted_but_own(&council.referral, &own, sent.since(council.sent_on));
    with_people(council, request, &text)
}

/// The sound folder's blocks with their days moved, the request's own as they are.
fn shifted_but_own(blocks: &Blocks, own: &BTreeMap<&str, String>, days: i64) -> String {
    let moved: Blocks = blocks
        .iter()
        .map(|(key, block)| match own.contains_key(key.as_str()) {
            true => (key.clone(), String::new()),
            false => (key.clone(), shifted(block, days)),
        })
        .collect();
    joined(&moved, own)
}

fn block<'b>(blocks: &'b Blocks, key: &str) -> &'b str {
    blocks
        .iter()
        .find(|(known, _)| known == key)
        .map_or("", |(_, block)| block)
}

/// The name in a block such as `worker: {name: C. Doyle, …}` or `  name: Robin E.`.
fn name_in<'b>(blocks: &'b Blocks, key: &str) -> Option<&'b str> {
    let (_, rest) = block(blocks, key).split_once("name: ")?;
    rest.split([',', '}', '\n']).next()
}

/// Other people in place of those of the sound folder.
fn with_people(council: &Council, request: &Request, text: &str) -> String {
    let base = &council.referral;
    let child = request.child;
    let known = name_in(base, "child").expect("the child has a name");
    let (known_first, _) = known.split_once(' ').expect("a first name and a letter");
    let first = FIRST_NAMES[child % FIRST_NAMES.len()];
    let letter = char::from(b'A' + u8::try_from(child / FIRST_NAMES.len() % 26).expect("few"));
    let number = after(block(base, "child"), "case_id: \"")
        .split('"')
        .next()
        .expect("a number");
    let born = &after(block(base, "child"), "date_of_birth: ")[..10];
    let own_born = format!(
        "{}-{:02}-{:02}",
        2009 + child % 12,
        1 + child % 12,
        1 + child % 28
    );
    let mut text = text
        .replace(known, &format!("{first} {letter}."))
        .replace(known_first, first)
        .replace(number, &format!("{:07}", 2_000_000 + child))
        .replace(born, &own_born);
    let worker = WORKERS[child % WORKERS.len()];
    let manager = MANAGERS[child % MANAGERS.len()];
    if let Some(known) = name_in(base, "worker") {
        text = text.replace(known, worker);
    }
    if let Some(known) = name_in(base, "service_manager") {
        text = text.replace(known, manager);
    }
    text.replace("MANAGER", manager)
}

fn asked(council: &Council, ledger: &Ledger, request: &Request) -> String {
    let offer = &council.offers[request.offer];
    let own_keys = ["kind", "provision", "from", "to", "search_started"];
    let mut text = "request:\n".to_owned();
    let kind = if request.is_newly {
        "newly-looked-after"
    } else {
        request.kind
    };
    let _ = writeln!(text, "  kind: {kind}");
    if let Some(provision) = offer.provision {
        let _ = writeln!(text, "  provision: {provision}");
    }
    for line in block(&council.referral, "request").lines().skip(1) {
        let key = line.trim_start().split(':').next().unwrap_or("");
        if !own_keys.contains(&key) {
            text.push_str(line);
            text.push('\n');
        }
    }
    let _ = writeln!(text, "  from: {}", request.from);
    let _ = writeln!(text, "  to: {}", request.from.plus(request.weeks * 7));
    if let Some(of) = request.under_review {
        let _ = writeln!(text, "  review_of: {}", ledger.requests[of].reference);
    }
    text
}

fn costs(key: &str, offer: &Offer, request: &Request) -> String {
    let what = match offer.item {
        "placement" => "A home and all that goes with it",
        _ => "A family worker, twice a week",
    };
    let mut text = format!(
        "{key}:\n  - {{item: {}, description: \"{what}\", weekly: {}, weeks: {}, one_off: 0}}\n",
        offer.item,
        pounds(request.pence_a_week),
        request.weeks
    );
    if request.once > 0 {
        let once = pounds(request.once);
        let _ = writeln!(
            text,
            "  - {{item: equipment, description: Bedding and clothes, one_off: {once}}}"
        );
    }
    text
}

fn decision(council: &Council, request: &Request, sat: &Sat, made: &Made, digest: &str) -> String {
    let offer = &council.offers[request.offer];
    let mut own = BTreeMap::new();
    own.insert("referral", format!("referral: {}\n", request.reference));
    let day = sat.id.get(..10).unwrap_or(&sat.id);
    own.insert("meeting", format!("meeting: {day}\n"));
    let mut outcome = format!("outcome: {}\nreferral_digest: {digest}\n", made.outcome);
    if let Some(on) = made.decided_on {
        let _ = writeln!(outcome, "decided_on: {on}");
    }
    if made.is_amendment {
        let first = &request.reference;
        let _ = writeln!(
            outcome,
            "amends: {{decision: {first}.yaml, reason: The price was mistyped.}}"
        );
    }
    match made.outcome {
        "approve-alternative" => {
            outcome.push_str("alternative: The same with a worker of our own beside it.\n")
        }
        "pending" => {
            let _ = writeln!(outcome, "decide_by: {}", made.on.plus(7));
        }
        _ => {}
    }
    if let Some(to) = made.deferred_to {
        let by = to.minus(8);
        let _ = writeln!(
            outcome,
            "deferred: {{to: {to}, reason: more-information, needs: [{{what: A plan for the school holidays, from: {}, by: {by}}}]}}",
            WORKERS[request.child % WORKERS.len()]
        );
    }
    if made.endorsed.is_some() {
        outcome.push_str("subject_to: [{role: director-of-childrens-services}]\n");
    }
    own.insert("outcome", outcome);
    let mut actions = String::new();
    for action in &made.actions {
        let start = if actions.is_empty() { "actions:\n" } else { "" };
        let _ = writeln!(
            actions,
            "{start}  - {{what: Write to the family, owner: {}, due: {}}}",
            WORKERS[request.child % WORKERS.len()],
            action.due
        );
    }
    own.insert("actions", actions);
    let none = |own: &mut BTreeMap<&str, String>, keys: &[&'static str]| {
        for key in keys {
            own.insert(*key, String::new());
        }
    };
    if !made.is_approval() {
        none(
            &mut own,
            &[
                "approved",
                "until",
                "review",
                "funding",
                "expenditure_signed",
                "agreements",
                "dissent",
            ],
        );
        return shifted_but_own(&council.decision, &own, made.on.since(council.met_on));
    }
    let line = &made.lines[0];
    let approved = Request {
        pence_a_week: line.pence_a_week,
        ..request.clone()
    };
    own.insert("approved", costs("approved", offer, &approved));
    let until = made.until.map(|until| format!("until: {until}\n"));
    own.insert("until", until.unwrap_or_default());
    let review = match made.review {
        Some(day) => format!("review: {{on: {day}}}\n"),
        None => "review: {none: It ends by itself.}\n".to_owned(),
    };
    own.insert("review", review);
    let funding = made.share.map(|(source, share)| {
        format!("funding: [{{source: {source}, share: {share}, status: agreed}}]\n")
    });
    own.insert("funding", funding.unwrap_or_default());
    shifted_but_own(&council.decision, &own, made.on.since(council.met_on))
}

/// What became true afterwards; of what was put off or is pending, nothing did.
fn afterwards(council: &Council, heard: &Hearing) -> Option<String> {
    let made = heard.made.last().expect("something was decided");
    if made.outcome == "pending" {
        return None;
    }
    let mut text = String::new();
    let done: Vec<String> = made
        .actions
        .iter()
        .enumerate()
        .filter_map(|(index, action)| {
            Some(format!("{{action: {}, on: {}}}", index + 1, action.done?))
        })
        .collect();
    if !done.is_empty() {
        let _ = writeln!(text, "actions_done: [{}]", done.join(", "));
    }
    let next = made.decided_on.unwrap_or(made.on).plus(1);
    let _ = writeln!(text, "told_family: {next}\nuploaded: {next}T10:00");
    if let Some(on) = made.placed_on {
        let _ = writeln!(text, "placed: {{on: {on}}}");
    }
    if let Some(Some(on)) = made.endorsed {
        let _ = writeln!(
            text,
            "endorsed: [{{role: director-of-childrens-services, name: E. Ward, on: {on}}}]"
        );
    }
    if council.has_log && made.is_approval() && made.is_signed {
        let _ = writeln!(
            text,
            "log_signed: {{name: M. Osei, role: deputy-director, on: {next}}}"
        );
    }
    if let Some(on) = made.ended {
        let _ = writeln!(
            text,
            "ended: {{on: {on}, reason: The child went home as planned.}}"
        );
    }
    Some(text)
}

fn meeting(council: &Council, ledger: &Ledger, index: usize, sat: &Sat, dice: &mut Dice) -> String {
    let mut own = BTreeMap::new();
    let chair = shifted(block(&council.meeting, "chair"), 0);
    let agreed_by = chair.trim_start_matches("chair:").trim().to_owned();
    let mut date = format!("date: {}\n", sat.day);
    if sat.is_cancelled {
        let before = sat.day.minus(2);
        let _ = writeln!(
            date,
            "cancelled: {{agreed_by: {agreed_by}, agreed: {before}T09:00, told: {before}T11:00, reason: The building was closed.}}"
        );
        return date;
    }
    if sat.on != sat.day {
        let before = sat.day.minus(3);
        let _ = writeln!(
            date,
            "moved: {{to: {}T14:00, agreed_by: {agreed_by}, told: {before}T10:00, reason: The chair was in court.}}",
            sat.on
        );
    }
    if sat.is_extra {
        date.push_str("extra: true\n");
    }
    own.insert("date", date);
    let mut attendance = String::new();
    for (number, line) in block(&council.meeting, "attendance").lines().enumerate() {
        let is_away = number > 3 && dice.per_cent(8);
        let line = if is_away {
            line.replace("status: present", "status: apologies")
        } else {
            line.to_owned()
        };
        attendance.push_str(&line);
        attendance.push('\n');
    }
    own.insert(
        "attendance",
        if sat.is_recorded {
            attendance
        } else {
            String::new()
        },
    );
    let heard: Vec<&Request> = ledger
        .requests
        .iter()
        .filter(|request| request.hearings.iter().any(|heard| heard.meeting == index))
        .collect();
    let mut presented = String::new();
    let mut accepted = String::new();
    for request in &heard {
        let start = if presented.is_empty() {
            "presented:\n"
        } else {
            ""
        };
        presented.push_str(start);
        // Whoever came with the sound request comes with each.
        for line in block(&council.meeting, "presented").lines().skip(1) {
            let role = after(line, "role: ").split(',').next().expect("a role");
            let who = match role {
                "service-manager" => MANAGERS[request.child % MANAGERS.len()],
                "team-manager" => "U. Prior",
                _ => WORKERS[request.child % WORKERS.len()],
            };
            let status = if dice.per_cent(90) {
                "present"
            } else {
                "virtual"
            };
            let _ = writeln!(
                presented,
                "  - {{referral: {}, name: {who}, role: {role}, status: {status}}}",
                request.reference
            );
        }
        if request.is_late && dice.per_cent(60) {
            let start = if accepted.is_empty() {
                "accepted:\n"
            } else {
                ""
            };
            let _ = writeln!(
                accepted,
                "{start}  - {{referral: {}, rule: late-submission, by: {agreed_by}, on: {}, reason: It could not wait.}}",
                request.reference,
                sat.on.minus(1)
            );
        }
    }
    own.insert("presented", presented);
    own.insert("accepted", accepted);
    let mut declarations = "declarations: []\n".to_owned();
    if let Some(request) = heard.first().filter(|_| dice.per_cent(30)) {
        let member = name_in(&council.meeting, "attendance").expect("somebody was there");
        declarations = format!(
            "declarations:\n  - {{member: {member}, referral: {}, nature: Knew the family before.}}\n",
            request.reference
        );
    }
    own.insert("declarations", declarations);
    shifted_but_own(&council.meeting, &own, sat.day.since(council.met_on))
}
