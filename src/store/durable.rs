//! Writing that survives a power cut: whole files by temporary name and rename, folders synced with what was put in them.
//!
//! A rename is only safe once the new file's bytes and, afterwards, the folder's own entry are on the disk. Windows keeps
//! folder entries in its own journal and gives no way to sync them, so there the second step is empty.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::fault::StoreError;

/// Syncs a folder's entries, so that a file just made or renamed in it is still there after a power cut.
#[cfg(unix)]
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|handle| handle.sync_all())
        .map_err(StoreError::at(folder))
}

/// Windows journals folder entries by itself; there is nothing to call.
#[cfg(not(unix))]
pub fn sync_folder(_folder: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Makes a folder and those above it that are missing, each synced into the one above.
pub fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(StoreError::io(folder, error)),
        _ => {}
    }
    match folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => sync_folder(parent),
        None => Ok(()),
    }
}

/// Replaces the file at `path` by `bytes` as one step: after a crash there is the old file or the new one, never a part.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let temporary = temporary_name(path);
    let written = write_synced(&temporary, bytes).and_then(|()| put_in_place(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Writes and syncs a file under its final name; only for names nobody looks at yet.
pub(crate) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create(path).map_err(StoreError::at(path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::at(path))
}

/// Renames a synced file to its final name and syncs the folder.
pub(crate) fn put_in_place(temporary: &Path, path: &Path) -> Result<(), StoreError> {
    fs::rename(temporary, path).map_err(StoreError::at(path))?;
    sync_folder(parent_of(path))
}

/// Removes a file that may be absent, and syncs its folder.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(parent_of(path)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io(path, error)),
    }
}

/// The name under which a file is written before it takes its place.
pub(crate) fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".new");
    path.with_file_name(name)
}

fn parent_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_whole_leaves_no_temporary_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/CURRENT");
        make_folder(path.parent().unwrap()).unwrap();
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
