//! What open files are judged in: a case folder is read once, and again when something was saved;
//! at each change only the open text is laid over it.

use crate::commands::session::{Session, Trouble, World};
use crate::council::{Council, CouncilError, FileKind, schema_of};
use crate::desk::Scope;
use crate::folder::{Folder, read_referral};
use serde_json::Value;
use std::path::Path;

/// A case folder, or what stands for one around a lone file.
pub(super) struct Place {
    /// The folder and its council, or why they could not be read.
    pub(super) world: Result<World, String>,
    /// Whether something was saved since it was read.
    pub(super) is_stale: bool,
    schemas: Vec<(FileKind, Value)>,
}

impl Place {
    /// Reads a case folder.
    pub(super) fn read(session: &Session<'_>, root: &Path) -> Self {
        Self::of(session.world_in(root))
    }

    /// A council with no folder: that of the command line.
    pub(super) fn alone(session: &Session<'_>) -> Self {
        Self::of(session.alone(Vec::new(), None))
    }

    /// Around a rule file: it is judged by itself, and only its keys are wanted.
    pub(super) fn of_rules() -> Self {
        Self {
            world: Err(String::new()),
            is_stale: false,
            schemas: Vec::new(),
        }
    }

    fn of(world: anyhow::Result<World>) -> Self {
        Self {
            world: world.map_err(|error| why(&error)),
            is_stale: false,
            schemas: Vec::new(),
        }
    }

    /// The council, where it could be read.
    pub(super) fn council(&self) -> Option<&Council> {
        self.world.as_ref().ok().map(|world| &world.council)
    }

    /// The records, where they could be read.
    pub(super) fn folder(&self) -> Option<&Folder> {
        let world = self.world.as_ref().ok()?;
        (world.scope == Scope::Folder).then_some(&world.folder)
    }

    /// Makes the schema of a kind of file ready.
    pub(super) fn learn(&mut self, kind: FileKind) {
        if self.schemas.iter().all(|(known, _)| *known != kind) {
            let schema = schema_of(kind, self.council());
            self.schemas.push((kind, schema));
        }
    }

    /// The schema of a kind of file that was made ready.
    pub(super) fn schema(&self, kind: FileKind) -> &Value {
        let known = self.schemas.iter().find(|(known, _)| *known == kind);
        known.map_or(&Value::Null, |(_, schema)| schema)
    }

    /// Puts a lone referral in the place of the one before.
    pub(super) fn hold(&mut self, name: &str, text: &str) {
        if let Ok(world) = &mut self.world {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            world.folder.referrals = vec![read_referral(name.to_owned(), text.into())];
        }
    }
}

/// Why a folder or a council could not be read, on one line.
fn why(error: &anyhow::Error) -> String {
    if let Some(CouncilError::Faulty { file, faults, .. }) = error.downcast_ref()
        && let Some(first) = faults.first()
    {
        let line = first.span.line;
        return format!(
            "the council's rules cannot be used, so nothing is judged: {file}:{line}: {}",
            first.message
        );
    }
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let hint = error
        .downcast_ref::<Trouble>()
        .and_then(|trouble| trouble.hint.as_ref())
        .map(|hint| format!("; {hint}"))
        .unwrap_or_default();
    format!("nothing is judged: {}{hint}", causes.join(": "))
}
