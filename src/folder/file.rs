//! One file: its bytes, what its text says, and what could not be read.

use super::decode::decode;
use super::fault::{Fault, FaultKind};
use super::limits::{Limits, MOST_FAULTS, keep_first};
use super::load::{DecisionFile, FolderError};
use super::order::keys_of;
use super::tree::Node;
use super::{quick, yaml};
use crate::findings::Span;
use crate::records::{Decision, Referral, Seal};
use sha2::Digest;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::io::Read;
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
    /// Whether it was read the quick way.
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

    /// Lets go of the bytes: they are read again when they are asked for. What has a fault keeps
    /// them, as they will be asked for.
    pub(super) fn without_bytes(mut self, root: &Arc<Path>) -> Self {
        if self.faults.is_empty() {
            self.bytes = Bytes::On(root.clone());
        }
        self
    }

    /// The text, without a byte order mark.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self.bytes() {
            Cow::Borrowed(bytes) => text_of(bytes),
            Cow::Owned(bytes) => Cow::Owned(text_of(&bytes).into_owned()),
        }
    }

    /// Where things stand in the text.
    pub(crate) fn places(&self) -> Places<'_>
    where
        T: serde::de::DeserializeOwned,
    {
        Places {
            text: self.text(),
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

/// Reads part of a decision from a file of its own, for `panel decide --from`.
pub(crate) fn read_decision_draft(path: &Path) -> Result<File<Decision>, FolderError> {
    let bytes = read_file(path)?;
    Ok(read_record(path.display().to_string(), bytes, &[]))
}

/// Reads any file as bytes.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, FolderError> {
    let disk = |source| FolderError::Disk {
        path: path.to_owned(),
        source,
    };
    // Looked at before it is opened: opening a pipe would wait for whoever writes into it.
    let about = std::fs::metadata(path).map_err(disk)?;
    if !about.is_file() {
        return Err(disk(std::io::Error::other("it is not a file")));
    }
    let most = Limits::now().bytes as u64;
    let too_large = || {
        let why = format!(
            "it has more than {most} bytes; no form does (`bytes` under [limits] in panel.toml allows more)"
        );
        disk(std::io::Error::other(why))
    };
    if about.len() > most {
        return Err(too_large());
    }
    // Some files of the system say that they have no bytes and never end.
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 1);
    let file = std::fs::File::open(path).map_err(disk)?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(disk)?;
    if bytes.len() as u64 > most {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Reads a referral from bytes, whatever they are.
pub(crate) fn read_referral(path: String, bytes: Vec<u8>) -> File<Referral> {
    let mut file: File<Referral> =
        read_record(path, bytes, &["reference", "child", "worker", "request"]);
    if file.record.reference.is_empty() && file.path != "-" {
        // Promise 1: a referral with a fault in its first line is still on a list.
        Arc::make_mut(&mut file.record).reference = file.stem().to_owned();
    }
    file
}

pub(super) fn read_record<T>(path: String, bytes: Vec<u8>, required: &[&str]) -> File<T>
where
    T: serde::de::DeserializeOwned + Default,
{
    let mut is_plain = false;
    let (record, faults) = match std::str::from_utf8(&bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            let limits = Limits::now();
            let quickly =
                || (!limits.may_be_passed_by(text)).then(|| quick::read(text, required))?;
            match (limits.refused(text), quickly()) {
                (Some(fault), _) => (T::default(), vec![fault]),
                (None, Some(record)) => {
                    is_plain = true;
                    (record, Vec::new())
                }
                (None, None) => with_faults(text, required),
            }
        }
        Err(error) => (T::default(), vec![not_text(&bytes, error.valid_up_to())]),
    };
    File {
        path,
        bytes: Bytes::Kept(bytes.into()),
        record: Arc::new(record),
        faults,
        is_plain,
    }
}

/// Reads a record in the way that knows every place and tells every fault.
pub(super) fn with_faults<T>(text: &str, required: &[&str]) -> (T, Vec<Fault>)
where
    T: serde::de::DeserializeOwned + Default,
{
    let (tree, mut faults) = yaml::parse(text);
    match tree {
        Some(tree) => {
            let (record, mut more) = decode(&tree, required);
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
        None => (T::default(), faults),
    }
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
