//! What panel.toml says of a case folder: the council, and what is to be read how.

use super::decode::decode;
use super::disk::read_file;
use super::exclude::Exclude;
use super::fault::{Fault, FaultKind};
use super::limits::Limits;
use super::load::FolderError;
use crate::findings::Span;
use crate::records::Day;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What panel.toml says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// A built-in council's id, or a path to a rule file that begins with `./`.
    pub(crate) council: Option<String>,
    /// Entries turned on by their ids that the council's file, or one that it builds on, leaves
    /// off: the law's timers among them.
    pub(crate) turn_on: Vec<String>,
    /// Where each of them stands in panel.toml.
    #[serde(skip)]
    pub(crate) turn_on_at: Vec<Span>,
    /// Bank holidays proclaimed since the built-in list was verified: day and name.
    pub(crate) bank_holidays: BTreeMap<Day, String>,
    /// The most that a record may hold.
    pub(crate) limits: Limits,
    /// Patterns of files below `referrals/` and `meetings/` that are no records.
    #[serde(rename = "exclude")]
    exclude_written: Vec<String>,
    /// The same, made ready.
    #[serde(skip)]
    pub(crate) exclude: Exclude,
}

pub(super) fn load_settings(root: &Path) -> Result<Settings, FolderError> {
    let bytes = read_file(&root.join("panel.toml"))?;
    let text = String::from_utf8_lossy(&bytes);
    let (tree, mut faults) = super::toml::parse(&text);
    let (mut settings, more): (Settings, _) = decode(&tree, &["council"]);
    faults.extend(more);
    settings.turn_on_at = (0..settings.turn_on.len())
        .map(|index| tree.locate(&format!("turn_on[{index}]")))
        .collect();
    match settings.limits.fault() {
        None => settings.limits.hold(),
        Some((key, why)) => {
            let span = tree.locate(&format!("limits.{key}"));
            faults.push(Fault::at(FaultKind::BadValue, span, why));
        }
    }
    match Exclude::of(&settings.exclude_written) {
        Ok(exclude) => settings.exclude = exclude,
        Err((index, why)) => {
            let span = tree.locate(&format!("exclude[{index}]"));
            faults.push(Fault::at(FaultKind::BadValue, span, why));
        }
    }
    if faults.is_empty() {
        return Ok(settings);
    }
    let told: Vec<String> = faults
        .iter()
        .map(|fault| {
            let help = fault
                .help
                .as_deref()
                .map(|help| format!("; {help}"))
                .unwrap_or_default();
            format!(
                "panel.toml:{}:{}: {}{help}",
                fault.span.line, fault.span.column, fault.message
            )
        })
        .collect();
    Err(FolderError::Settings(told.join("\n")))
}
