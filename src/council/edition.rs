//! Which panel, and which days, a set of rules is that of.

use super::Council;
use crate::records::Day;

/// The panel or part, and the stretch of days, that one set of rules holds for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Id of the panel or part; none where the council has one panel.
    pub(crate) panel: Option<String>,
    /// The first day; none is always was.
    pub(crate) from: Option<Day>,
    /// The day after the last; none is for good.
    pub(crate) until: Option<Day>,
}

impl Edition {
    /// Whether a day is one of its days.
    pub(crate) fn includes(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// As the end of "the rules …".
impl std::fmt::Display for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(panel) = &self.panel {
            write!(f, "of {panel}")?;
        }
        let gap = if self.panel.is_some() { " " } else { "" };
        match (self.from, self.until) {
            (Some(from), Some(until)) => write!(f, "{gap}from {from} until {until}"),
            (Some(from), None) => write!(f, "{gap}from {from}"),
            (None, Some(until)) => write!(f, "{gap}before {until}"),
            (None, None) => Ok(()),
        }
    }
}

impl Council {
    /// The rules of a panel or part on a day; of the first panel where none is named, and of the
    /// first panel too where the name is not known.
    pub(crate) fn at(&self, panel: Option<&str>, day: Day) -> &Self {
        let wanted = panel.or(self.first_panel());
        let all = || std::iter::once(self).chain(&self.others);
        let of_panel = |id: Option<&str>| {
            all().find(|rules| rules.edition.panel.as_deref() == id && rules.edition.includes(day))
        };
        of_panel(wanted)
            .or_else(|| of_panel(self.first_panel()))
            .unwrap_or(self)
    }

    /// Id of the panel that a referral goes to which names none; none where there is one panel.
    pub(crate) fn first_panel(&self) -> Option<&str> {
        self.panels.first().map(|panel| panel.id.as_str())
    }

    /// What a panel or part is called: its own label, after that of the panel which it is a part
    /// of; where the council has one panel, what the file's head calls it.
    pub(crate) fn panel_in_full(&self, panel: Option<&str>) -> String {
        let of = |id: &str| self.panels.iter().find(|known| known.id == id);
        match panel.and_then(of) {
            None => self.about.panel.clone(),
            Some(known) => match known.part_of.as_deref().and_then(of) {
                Some(whole) => format!("{}: {}", whole.label, known.label),
                None => known.label.clone(),
            },
        }
    }

    /// What the panel or part of these rules is called.
    pub(crate) fn panel_name(&self) -> &str {
        self.panels
            .iter()
            .find(|panel| Some(panel.id.as_str()) == self.edition.panel.as_deref())
            .map_or(&self.about.panel, |panel| &panel.label)
    }

    /// The panel that sits for a panel or part: itself, or the one that it is a part of.
    pub(crate) fn sits_as<'a>(&'a self, panel: &'a str) -> &'a str {
        self.panels
            .iter()
            .find(|known| known.id == panel)
            .and_then(|known| known.part_of.as_deref())
            .unwrap_or(panel)
    }

    /// Every set of rules of a panel, whatever its days.
    pub(crate) fn editions_of<'a>(
        &'a self,
        panel: Option<&'a str>,
    ) -> impl Iterator<Item = &'a Self> {
        std::iter::once(self)
            .chain(&self.others)
            .filter(move |rules| rules.edition.panel.as_deref() == panel)
    }

    /// Adds bank holidays that a case folder knows of, for every panel and day.
    pub(crate) fn add_holidays(&mut self, days: &[(Day, String)]) {
        self.holidays = std::mem::take(&mut self.holidays).with_extra(days.iter().cloned());
        for other in &mut self.others {
            other.add_holidays(days);
        }
    }
}
