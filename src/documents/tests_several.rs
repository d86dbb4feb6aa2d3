//! Several panels, and parts of one, on the agenda and in the calendar.

use super::Options;
use super::tests_council::{BEFORE, agenda, as_files, at, holds, referral};

#[test]
fn items_of_a_part_stand_under_it() {
    let rules = r#"
[[panel]]
id = "main"
label = "Placement Panel"
assumption = "Made up."

[[panel]]
id = "complex"
label = "Complex cases"
part_of = "main"
when = "request.complex"
assumption = "Made up."

[[distribution]]
paper = "agenda"
to = ["finance", "the members"]
assumption = "Made up."
"#;
    let files = [
        referral("R-1", "request: {kind: new-placement, complex: true}\n"),
        referral("R-2", "request: {kind: new-placement}\n"),
    ];
    let text = agenda(rules, &as_files(&files));
    let order: Vec<usize> = [
        "# Agenda: Placement Panel",
        "### Placement Panel",
        "| Child 2",
        "### Complex cases",
        "| Child 1",
        "## Goes to",
        "- The members",
    ]
    .iter()
    .map(|wanted| {
        text.find(wanted)
            .unwrap_or_else(|| panic!("`{wanted}` is not in\n{text}"))
    })
    .collect();
    assert!(order.is_sorted(), "{order:?}\n{text}");
    holds(&text, &["| Part "]);
}

#[test]
fn a_calendar_of_several_panels_names_each() {
    let rules = r#"
[[panel]]
id = "main"
label = "Placement Panel"
assumption = "Made up."

[[panel]]
id = "support"
label = "Support Panel"
assumption = "Made up."
"#;
    let text = at(rules, BEFORE, &[], |desk| {
        let meetings: Vec<_> = desk.meetings().iter().collect();
        super::calendar(desk, &meetings, Options::default()).words()
    });
    holds(
        &text,
        &[
            "- Placement Panel meets every week on Thursday",
            "| Panel ",
            "| Support Panel ",
        ],
    );
}
