//! The built-in vocabulary: the words that files may use, as people say them, with the
//! code of the national return (SSDA903) where it has one. A rule file can add words.

/// One word of a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// As files write it.
    pub(crate) id: &'static str,
    /// As people read it.
    pub(crate) label: &'static str,
    /// Its codes in the SSDA903 return; accepted as values too.
    pub(crate) codes: &'static [&'static str],
}

const fn word(id: &'static str, label: &'static str) -> Word {
    Word {
        id,
        label,
        codes: &[],
    }
}

const fn coded(id: &'static str, label: &'static str, codes: &'static [&'static str]) -> Word {
    Word { id, label, codes }
}

/// What can be asked: `request.kind`.
pub(crate) const KINDS: &[Word] = &[
    word("new-placement", "New placement"),
    word("placement-move", "Placement move"),
    word("continue-placement", "Continue a placement"),
    word("review", "Review of an earlier decision"),
    word("additional-support", "Additional support"),
    word("support-package", "Support package"),
    word("retainer", "Retainer"),
    word("staffing-ratio", "Staffing ratio"),
    word("placement-ending", "Placement ending"),
    word("newly-looked-after", "Newly looked after"),
    word(
        "care-leaver-accommodation",
        "Accommodation for a care leaver",
    ),
    word("permanence-support", "Permanence support"),
    word("legal", "Legal proceedings"),
    word("exceptional-accommodation", "Exceptional accommodation"),
    word("homeless-family", "Homeless family"),
    word("transport", "Transport"),
    word("holiday", "Holiday"),
    word("child-minding", "Child-minding"),
    word("day-care", "Day care"),
    word("home-support", "Home support"),
    word("regulation-24", "Temporary approval of a connected person"),
];

/// Where the child would live: `request.provision`.
pub(crate) const PROVISIONS: &[Word] = &[
    word("in-house-fostering", "In-house fostering"),
    word("independent-fostering", "Independent fostering agency"),
    word("connected-carers", "Connected carers"),
    word("in-house-residential", "In-house residential"),
    word("external-residential", "External residential"),
    word("supported-lodgings", "Supported lodgings"),
    word("semi-independent", "Semi-independent"),
    word("parent-and-baby", "Parent and baby"),
    word("short-breaks", "Short breaks"),
    word("specialist", "Specialist placement"),
    word("hotel", "Hotel"),
    word("private-rented", "Private rented"),
];

/// `child.legal_status`.
pub(crate) const LEGAL_STATUSES: &[Word] = &[
    word("child-in-need", "Child in need"),
    coded("section-20", "Section 20", &["V2"]),
    coded("short-breaks", "Short breaks", &["V3", "V4"]),
    coded("epo", "Emergency protection order", &["L2"]),
    coded("child-assessment-order", "Child assessment order", &["L3"]),
    coded("police-protection", "Police protection", &["L1"]),
    coded("interim-care-order", "Interim care order", &["C1"]),
    coded("care-order", "Care order", &["C2"]),
    coded("placement-order", "Placement order", &["E1"]),
    coded("remand", "Remand", &["J1", "J2", "J3"]),
    word("care-leaver", "Care leaver"),
    word("none", "None"),
];

/// `emergency.ground`.
pub(crate) const GROUNDS: &[Word] = &[
    word("epo", "Emergency protection order"),
    word("police-protection", "Police protection"),
    word("section-20", "Section 20"),
    word("unavoidable-disruption", "Unavoidable disruption"),
    word("risk-to-life", "Risk to life"),
    word("planned-court-date", "Planned court date"),
    word("other", "Other"),
];

/// `costs[].item`.
pub(crate) const ITEMS: &[Word] = &[
    word("placement", "Placement"),
    word("staffing", "Staffing"),
    word("therapy", "Therapy"),
    word("assessment", "Assessment"),
    word("education", "Education"),
    word("health", "Health"),
    word("transport", "Transport"),
    word("escort", "Escort"),
    word("retainer", "Retainer"),
    word("child-minding", "Child-minding"),
    word("day-care", "Day care"),
    word("holiday", "Holiday"),
    word("home-support", "Home support"),
    word("equipment", "Equipment"),
    word("other", "Other"),
];

/// `needs` and `funding[].source`.
pub(crate) const FUNDERS: &[Word] = &[
    word("education", "Education"),
    word("health", "Health"),
    word("camhs", "CAMHS"),
    word("yot", "Youth offending team"),
    word("adoption-support-fund", "Adoption support fund"),
    word("adults", "Adults' services"),
    word("housing", "Housing"),
    word("parents", "Parents"),
    word("other", "Other"),
];

/// `documents[].kind`.
pub(crate) const DOCUMENTS: &[Word] = &[
    word("assessment", "Assessment"),
    word("care-plan", "Care plan"),
    word("cin-plan", "Child in need plan"),
    word("cp-plan", "Child protection plan"),
    word("pathway-plan", "Pathway plan"),
    word("risk-assessment", "Risk assessment"),
    word("child-profile", "Child profile"),
    word("specialist-assessment", "Specialist assessment"),
    word("cost-breakdown", "Cost breakdown"),
    word("out-of-area-report", "Out of area report"),
    word("placement-agreement", "Placement agreement"),
    word("permanence-plan", "Permanence plan"),
    word("other", "Other"),
];

/// Posts that every council has; a rule file adds its own.
pub(crate) const ROLES: &[Word] = &[
    word("social-worker", "Social worker"),
    word("personal-advisor", "Personal advisor"),
    word("duty-worker", "Duty worker"),
    word("assistant-team-manager", "Assistant team manager"),
    word("team-manager", "Team manager"),
    word("service-manager", "Service manager"),
    word("head-of-service", "Head of service"),
    word("assistant-director", "Assistant director"),
    word("deputy-director", "Deputy director"),
    word("service-director", "Service director"),
    word(
        "director-of-childrens-services",
        "Director of children's services",
    ),
    word("parent", "Parent"),
    word("carer", "Carer"),
    word("young-person", "Young person"),
];

/// `decision.outcome`.
pub(crate) const OUTCOMES: &[Word] = &[
    word("approve", "Approved"),
    word("approve-alternative", "Alternative approved"),
    word("decline", "Declined"),
    word("defer", "Deferred"),
    word("pending", "Decision to follow"),
    word("note", "Noted"),
    word("void", "Put down by mistake"),
];

/// `deferred.reason`.
pub(crate) const DEFERRAL_REASONS: &[Word] = &[
    word("more-information", "More information is needed"),
    word(
        "beyond-remit",
        "Agreement beyond the panel's remit is needed",
    ),
    word("not-attended", "Nobody presented the case"),
    word("not-ready", "The request was late, incomplete or unsigned"),
];

/// `attendance[].status`.
pub(crate) const ATTENDANCE: &[Word] = &[
    word("present", "Present"),
    word("virtual", "Present by video"),
    word("cover", "Represented by cover"),
    word("apologies", "Apologies"),
    word("absent", "Absent"),
];

/// `decision.basis`.
pub(crate) const BASES: &[Word] = &[
    word("consensus", "By agreement of the panel"),
    word("chair", "As the chair's own decision"),
];

/// `funding[].status`.
pub(crate) const FUNDING_STATUSES: &[Word] = &[
    word("asked", "Asked"),
    word("agreed", "Agreed"),
    word("refused", "Refused"),
    word("not-asked", "Not asked"),
];

/// `permissions[].for`.
pub(crate) const PERMISSIONS: &[Word] = &[
    word("accommodation", "Accommodation"),
    word("search", "Search"),
    word("distance", "Distance"),
    word("out-of-area", "Out of area"),
    word("package", "Package"),
];

/// `request.court.order`.
pub(crate) const COURT_ORDERS: &[Word] = &[
    word("interim-care-order", "Interim care order"),
    word("care-order", "Care order"),
    word("placement-order", "Placement order"),
    word("special-guardianship-order", "Special guardianship order"),
    word("child-arrangements-order", "Child arrangements order"),
    word("adoption-order", "Adoption order"),
    word("other", "Other"),
];

/// `provider.sector`, with the provider codes of the return.
pub(crate) const SECTORS: &[Word] = &[
    coded("parent", "Parent", &["PR0"]),
    coded("own", "Own provision", &["PR1"]),
    coded("other-authority", "Other authority", &["PR2"]),
    coded("other-public", "Other public", &["PR3"]),
    coded("private", "Private", &["PR4"]),
    coded("voluntary", "Voluntary", &["PR5"]),
];

/// `disagreement.by`.
pub(crate) const DISAGREERS: &[Word] = &[
    word("parents", "Parents"),
    word("young-person", "Young person"),
    word("carers", "Carers"),
    word("staff", "Staff"),
];
