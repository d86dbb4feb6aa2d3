//! What a case folder holds for editors: the schemas of its files, with the council's own words,
//! and the settings that name them.

use crate::council::{Council, FileKind, schema_of};
use crate::output::json;
use anyhow::Result;

/// Every schema by its path from the case folder, in the order in which they are told.
const SCHEMAS: [(&str, FileKind); 5] = [
    (".vscode/referral.schema.json", FileKind::Referral),
    (".vscode/meeting.schema.json", FileKind::Meeting),
    (".vscode/decision.schema.json", FileKind::Decision),
    (".vscode/after.schema.json", FileKind::After),
    (".vscode/council.schema.json", FileKind::Council),
];

/// The settings by their paths: for YAML with VS Code's own, for TOML with those of Taplo, which
/// other editors read as well. They belong to whoever changes them.
pub(super) const SETTINGS: [(&str, &str); 2] = [
    (
        ".vscode/settings.json",
        include_str!("init/samples/vscode-settings.json"),
    ),
    (".taplo.toml", include_str!("init/samples/taplo.toml")),
];

/// What a setting has to hold to name the schemas.
pub(super) const NAMES_SCHEMAS: &str = ".schema.json";

/// The schemas as this council's rules make them: path from the case folder and text.
pub(super) fn schemas(council: &Council) -> Result<Vec<(&'static str, String)>> {
    SCHEMAS
        .iter()
        .map(|(path, kind)| Ok((*path, json::pretty(&schema_of(*kind, Some(council)))?)))
        .collect()
}
