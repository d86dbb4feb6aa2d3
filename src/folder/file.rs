//! One file: its bytes, what its text says, and what could not be read.

use super::decode::decode;
use super::disk::{read_file, read_walked};
use super::fault::{Fault, FaultKind};
use super::limits::{Limits, MOST_FAULTS, keep_first};
use super::load::FolderError;
use super::meetings::DecisionFile;
use super::order::keys_of;
use super::tree::Node;
use super::{quick, yaml};
use crate::findings::Span;
use crate::records::{Decision, Meeting, Referral, Seal};
use sha2::Digest;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

/// The bytes of a file, as they stand on the disk.
#[derive(Debug, Clone)]
enum Bytes {
    /// Kept, shared.
    Kept(Arc<[u8]>),
    /// Read again from below this folder whenever they are asked for: for a look at very many files,
    /// of few of which the text is needed.
    On(Arc<Path>),
}

/// A byte order mark, with which some editors begin a file; it is no part of the text.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// One file read: its bytes, and what its text says.
#[derive(Debug, Clone)]
pub(crate) struct File<T> {
    /// Path from the case folder, with `/` on every system.
    pub(crate) path: String,
    bytes: Bytes,
    /// What it says; what could not be read is at its default. Shared, as the bytes are, so that a
    /// part of a folder can be looked at by itself without copying it.
    pub(crate) record: Arc<T>,
    /// What could not be read, and why.
    pub(crate) faults: Vec<Fault>,
    /// Whether it is written so plainly that it was read the quick way.
    pub(crate) is_plain: bool,
}

/// Finds places in the text of one file.
pub(crate) struct Places<'f> {
    text: Cow<'f, str>,
    is_plain: bool,
    /// The keys of such a file, in the order of the form.
    order: &'static [&'static str],
    tree: OnceCell<Option<Node>>,
}

impl Places<'_> {
    /// The stretch to show for a path of keys; none where the text cannot be read.
    pub(crate) fn of(&self, path: &str) -> Option<Span> {
        let skimmed = || {
            self.is_plain
                .then(|| quick::locate(&self.text, path, self.order))?
        };
        let tree = || self.tree.get_or_init(|| yaml::parse(&self.text).0);
        skimmed().or_else(|| {
            tree()
                .as_ref()
                .map(|tree| tree.locate_among(path, self.order))
        })
    }
}

impl<T> File<T> {
    /// A file that says this, for a test that has no text of it.
    #[cfg(test)]
    pub(crate) fn saying(path: String, record: T) -> Self {
        Self {
            path,
            bytes: Bytes::Kept(Arc::default()),
            record: Arc::new(record),
            faults: Vec::new(),
            is_plain: false,
        }
    }

    /// The bytes as they stand on the disk.
    pub(crate) fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.bytes {
            Bytes::Kept(bytes) => Cow::Borrowed(bytes),
            // A file that went away meanwhile has no text to show.
            Bytes::On(root) => Cow::Owned(read_file(&root.join(&self.path)).unwrap_or_default()),
        }
    }

    /// The text, without a byte order mark.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self.bytes() {
            Cow::Borrowed(bytes) => text_of(bytes),
            Cow::Owned(bytes) => Cow::Owned(match String::from_utf8(bytes) {
                Ok(text) if !text.as_bytes().starts_with(MARK) => text,
                Ok(text) => text_of(text.as_bytes()).into_owned(),
                Err(error) => text_of(error.as_bytes()).into_owned(),
            }),
        }
    }

    /// Where things stand in the text.
    pub(crate) fn places(&self) -> Places<'_>
    where
        T: serde::de::DeserializeOwned,
    {
        self.places_in(self.text())
    }

    /// Where things stand in the text, which somebody has asked for already.
    pub(crate) fn places_in<'t>(&self, text: Cow<'t, str>) -> Places<'t>
    where
        T: serde::de::DeserializeOwned,
    {
        Places {
            text,
            is_plain: self.is_plain,
            order: keys_of::<T>(),
            tree: OnceCell::new(),
        }
    }

    /// The tree of the text again; none where it cannot be read.
    pub(crate) fn tree(&self) -> Option<Node> {
        yaml::parse(&self.text()).0
    }

    /// The file's name without folder and ending.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// `sha256:` and the digest of the bytes, as `sha256sum` gives it.
    pub(crate) fn digest(&self) -> String {
        digest_of(&self.bytes())
    }

    /// Whether nothing at all could be read from the text.
    pub(crate) fn is_unreadable(&self) -> bool {
        self.faults
            .iter()
            .any(|fault| fault.kind == FaultKind::Syntax)
    }

    /// The name of the file, with its ending.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether the value at this path was there and could not be read.
    pub(crate) fn has_fault_at(&self, path: &str) -> bool {
        self.faults
            .iter()
            .any(|fault| !fault.is_harmless && fault.path == path)
    }
}

/// `sha256:` and the digest of bytes, as `sha256sum` gives it.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().fold("sha256:".to_owned(), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))
        .unwrap_or(name)
}

fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(MARK).unwrap_or(bytes))
}

/// Reads part of a decision from a file of its own, for `panel decide --from`. A path counts from
/// where the command is given, or, where nothing is there, from the case folder: so do the paths
/// that findings name.
pub(crate) fn read_decision_draft(
    path: &Path,
    folder: &Path,
) -> Result<File<Decision>, FolderError> {
    let bytes = match read_file(path) {
        Err(first) if path.is_relative() => {
            read_file(&folder.join(path)).map_err(|_also_not_there| first)?
        }
        read => read?,
    };
    Ok(read_record(path.display().to_string(), bytes, &[]))
}

/// Whether the bytes of a file are kept once it has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// They are.
    Text,
    /// They are read again when they are asked for. What only the thorough way could read keeps
    /// them, as they will be asked for.
    Nothing,
}

/// Without these keys a referral cannot be used.
const OF_A_REFERRAL: [&str; 4] = ["reference", "child", "worker", "request"];

/// Reads a referral from bytes, whatever they are.
pub(crate) fn read_referral(path: String, bytes: Vec<u8>) -> File<Referral> {
    named(read_record(path, bytes, &OF_A_REFERRAL))
}

/// Reads a referral that was met while the folder was walked, through a buffer that may be used
/// again.
pub(super) fn read_walked_referral(
    root: &Arc<Path>,
    path: &str,
    buffer: &mut Vec<u8>,
    keep: Keep,
) -> File<Referral> {
    let path = path.to_owned();
    if let Err(error) = read_walked(&root.join(&path), buffer) {
        return told(read_referral(path, Vec::new()), &error);
    }
    let said = Said::of(buffer, &OF_A_REFERRAL);
    let bytes = if keep == Keep::Nothing && said.is_plain {
        Bytes::On(root.clone())
    } else {
        Bytes::Kept(buffer.as_slice().into())
    };
    named(said.in_file(path, bytes))
}

/// Promise 1: a referral with a fault in its first line is still on a list.
fn named(mut file: File<Referral>) -> File<Referral> {
    if file.record.reference.is_empty() && file.path != "-" {
        Arc::make_mut(&mut file.record).reference = file.stem().into();
    }
    file
}

pub(super) fn read_record<T>(path: String, bytes: Vec<u8>, required: &[&str]) -> File<T>
where
    T: serde::de::DeserializeOwned + Default,
{
    Said::of(&bytes, required).in_file(path, Bytes::Kept(bytes.into()))
}

/// What the bytes of a file say.
struct Said<T> {
    record: Arc<T>,
    faults: Vec<Fault>,
    is_plain: bool,
}

impl<T: serde::de::DeserializeOwned + Default> Said<T> {
    fn of(bytes: &[u8], required: &[&str]) -> Self {
        let (record, faults, is_plain) = match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
                let limits = Limits::now();
                let quickly =
                    || (!limits.may_be_passed_by(text)).then(|| quick::read(text, required))?;
                if let Some(fault) = limits.refused(text) {
                    (T::default(), vec![fault], false)
                } else if let Some(record) = quickly() {
                    (record, Vec::new(), true)
                } else if let Some(tree) = quick::tree(text) {
                    let (record, faults) = decoded(&tree, Vec::new(), required);
                    (record, faults, true)
                } else {
                    let (record, faults) = with_faults(text, required);
                    (record, faults, false)
                }
            }
            Err(error) => {
                let fault = not_text(bytes, error.valid_up_to());
                (T::default(), vec![fault], false)
            }
        };
        Self {
            record: Arc::new(record),
            faults,
            is_plain,
        }
    }

    fn in_file(self, path: String, bytes: Bytes) -> File<T> {
        let Self {
            record,
            faults,
            is_plain,
        } = self;
        File {
            path,
            bytes,
            record,
            faults,
            is_plain,
        }
    }
}

/// Reads a record in the way that knows every place and tells every fault.
pub(super) fn with_faults<T>(text: &str, required: &[&str]) -> (T, Vec<Fault>)
where
    T: serde::de::DeserializeOwned + Default,
{
    match yaml::parse(text) {
        (Some(tree), faults) => decoded(&tree, faults, required),
        (None, faults) => (T::default(), faults),
    }
}

/// The record of a tree, and what is wrong in it beside the faults that are known.
fn decoded<T>(tree: &Node, mut faults: Vec<Fault>, required: &[&str]) -> (T, Vec<Fault>)
where
    T: serde::de::DeserializeOwned + Default,
{
    let (record, mut more) = decode(tree, required);
    more.truncate(MOST_FAULTS + 1);
    // What is refused as a whole is told once: nothing can be read at its place.
    let is_told = |fault: &Fault| {
        let node = tree.find(&fault.path).filter(|node| !node.has_parts());
        node.is_some_and(|node| faults.iter().any(|told| node.span.holds(told.span)))
    };
    let more: Vec<Fault> = more.into_iter().filter(|fault| !is_told(fault)).collect();
    faults.extend(more);
    keep_first(&mut faults);
    (record, faults)
}

/// One file that the system would not give is a fault of that file; the others are still read.
pub(super) fn told<T>(mut file: File<T>, error: &FolderError) -> File<T> {
    let why = match error {
        FolderError::Disk { source, .. } => source.to_string(),
        other => other.to_string(),
    };
    // What stands for a byte that is no letter is looked for in vain under that name.
    let (why, help) = if file.path.contains(char::REPLACEMENT_CHARACTER) {
        (
            "its name is not UTF-8 text".to_owned(),
            "name the file anew, after its reference, like R-2026-0142.yaml: the name was written on a machine that keeps letters in another way",
        )
    } else {
        (
            why,
            "ask whoever keeps the case folder to put it right, or remove it",
        )
    };
    let what = match file.path.ends_with(".yaml") || file.path.ends_with(".yml") {
        true => "file",
        false => "folder",
    };
    let fault = Fault::at(
        FaultKind::Syntax,
        Span::START,
        format!("this {what} could not be read: {why}"),
    );
    file.faults = vec![fault.help(help)];
    file
}

fn not_text(bytes: &[u8], up_to: usize) -> Fault {
    let before = text_of(&bytes[..up_to]);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let line = number(before.matches('\n').count() + 1);
    let column = number(before.rsplit('\n').next().unwrap_or("").chars().count() + 1);
    Fault::at(
        FaultKind::Syntax,
        Span::on_line(line, column, column + 1),
        "this is not UTF-8 text",
    )
    .help("save the file as UTF-8; in most editors: Save as, Encoding, UTF-8")
}

/// Reads a meeting's own record from a text that is kept of it.
pub(crate) fn read_meeting(path: String, bytes: Vec<u8>) -> File<Meeting> {
    read_record(path, bytes, &[])
}

/// Reads what vouches for a meeting's final record.
pub(crate) fn read_seal(path: String, bytes: Vec<u8>) -> File<Seal> {
    read_record(path, bytes, &["sealed_by", "sealed_on", "files"])
}

/// A decision that has been written down but not yet put in its place, so that it can be judged.
pub(crate) fn read_decision(path: String, bytes: Vec<u8>, number: u32) -> DecisionFile {
    DecisionFile {
        file: read_record(
            path,
            bytes,
            &["referral", "meeting", "outcome", "decided_by"],
        ),
        number,
    }
}
