//! Who may read and write what is written: as it was for what stood there, and as the folder has it
//! for what is new. Colleagues share a case folder by its group, by lists of who may read, or both.

use super::{WriteError, disk};
use std::fs::{File, Metadata, Permissions};
use std::path::Path;

/// Who may read and write a file, and what else goes with it.
#[derive(Debug)]
pub(super) struct Rights {
    allowed: Permissions,
    #[cfg(unix)]
    owner: u32,
    #[cfg(unix)]
    group: u32,
    /// Lists of who may read it, and whatever else the system keeps beside a file.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    beside: Vec<(std::ffi::CString, Vec<u8>)>,
}

impl Rights {
    /// Those of a file that stands at a place.
    pub(super) fn of(path: &Path, about: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        #[cfg(not(any(target_os = "linux", target_os = "macos")))]
        let _ = path;
        Self {
            allowed: about.permissions(),
            #[cfg(unix)]
            owner: about.uid(),
            #[cfg(unix)]
            group: about.gid(),
            #[cfg(any(target_os = "linux", target_os = "macos"))]
            beside: kept_beside(path),
        }
    }

    /// Gives them to a file that is to stand at a place. Its owner stays whoever writes it, where the
    /// system lets only its keeper give files away; the group has to stay what it was, where it may
    /// read the file at all.
    pub(super) fn give(self, file: &File, path: &Path) -> Result<(), WriteError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
            let made = file.metadata().map_err(disk(path))?;
            if made.uid() != self.owner {
                let _ = fchown(file, Some(self.owner), None);
            }
            if made.gid() != self.group
                && fchown(file, None, Some(self.group)).is_err()
                && is_for_its_group(self.allowed.mode())
            {
                return Err(WriteError::Group(path.to_owned()));
            }
        }
        file.set_permissions(self.allowed).map_err(disk(path))?;
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        for (name, value) in &self.beside {
            use rustix::fs::{XattrFlags, fsetxattr};
            // What only the system itself may write, like a mark of its own, it writes anew.
            let _ = fsetxattr(file, name.as_c_str(), value, XattrFlags::empty());
        }
        Ok(())
    }
}

/// Whether a group may do with a file what not everybody may.
#[cfg(unix)]
const fn is_for_its_group(mode: u32) -> bool {
    (mode >> 3) & 0o7 & !(mode & 0o7) != 0
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn kept_beside(path: &Path) -> Vec<(std::ffi::CString, Vec<u8>)> {
    use rustix::fs::{lgetxattr, llistxattr};
    /// More than any system keeps beside a file.
    const MOST: usize = 65_536;
    let mut names = vec![0; MOST];
    // A disk that keeps nothing beside files says so by an error.
    let Ok(length) = llistxattr(path, names.as_mut_slice()) else {
        return Vec::new();
    };
    names.truncate(length);
    let names = names
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty());
    names
        .filter_map(|name| {
            let name = std::ffi::CString::new(name).ok()?;
            let mut value = vec![0; MOST];
            let length = lgetxattr(path, name.as_c_str(), value.as_mut_slice()).ok()?;
            value.truncate(length);
            Some((name, value))
        })
        .collect()
}

/// Opens what is new to the group of the folder that it lies in as that folder is: who writes first
/// would else shut out all others, by a setting of their own. Where that cannot be, it stays as it is:
/// the system has the last word on who is in a group.
pub(super) fn share_as_folder(folder: &Path, new: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let (Ok(above), Ok(own)) = (folder.metadata(), new.metadata()) else {
            return;
        };
        let open = above.mode() & 0o070;
        if open == 0 {
            return;
        }
        if own.gid() != above.gid() && fchown(new, None, Some(above.gid())).is_err() {
            return;
        }
        let wanted = match own.is_dir() {
            true => open | (above.mode() & 0o2000),
            false => open & 0o060,
        };
        let mode = own.permissions().mode() & 0o7777;
        if mode | wanted != mode {
            let _ = new.set_permissions(Permissions::from_mode(mode | wanted));
        }
    }
    #[cfg(not(unix))]
    let _ = (folder, new);
}
