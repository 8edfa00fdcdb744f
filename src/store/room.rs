//! Room on the disk: asked for before each save, and a ballast that is given away so that a full disk can be left.
//!
//! A save is refused while there is still room for what comes after it: the map must be able to take what the journal has.

use std::path::PathBuf;

use super::durable;
use super::fault::StoreError;
use super::folder::DataFolder;

/// Bytes that must be free before a save is begun.
pub const FREE_NEEDED: u64 = 8 << 20;
/// Bytes of the ballast file.
const BALLAST: u64 = 4 << 20;
/// The ballast is made only where so much is free.
const BALLAST_WORTH: u64 = 64 << 20;

impl DataFolder {
    /// Refuses with `DiskFull` where less than 8 MB is free (and the ballast, if that was given away), and with
    /// `FolderVanished` where the folder is gone. To be asked before each save.
    pub fn check_room(&self) -> Result<(), StoreError> {
        let free = self.free()?;
        let owed = if self.ballast().exists() { 0 } else { BALLAST };
        let worth_it = free < BALLAST_WORTH;
        if free < FREE_NEEDED + if worth_it { owed } else { 0 } {
            return Err(StoreError::DiskFull {
                path: self.root.clone(),
                free: Some(free),
            });
        }
        Ok(())
    }

    /// Bytes free for this user where the folder is.
    pub fn free(&self) -> Result<u64, StoreError> {
        if !self.root.is_dir() {
            return Err(StoreError::FolderVanished {
                path: self.root.clone(),
            });
        }
        fs4::available_space(&self.root).map_err(StoreError::at(&self.root))
    }

    fn ballast(&self) -> PathBuf {
        self.root.join("ballast")
    }

    /// Makes the ballast where there is ample room; its bytes do not compress, so that it takes what it weighs.
    pub fn keep_ballast(&self) -> Result<(), StoreError> {
        if self.ballast().exists() || self.free()? < BALLAST_WORTH {
            return Ok(());
        }
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let words = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        });
        let bytes: Vec<u8> = words.take(BALLAST as usize / 8).flatten().collect();
        durable::write_whole(&self.ballast(), &bytes)
    }

    /// Gives the ballast's room free, so that a store can be opened on a full disk. Says whether there was any.
    pub fn give_ballast_free(&self) -> Result<bool, StoreError> {
        let there = self.ballast().exists();
        durable::remove(&self.ballast())?;
        Ok(there)
    }
}

/// A write over a file-size limit ends the program unless its signal is taken; then it is an error like any other.
#[cfg(unix)]
pub(super) fn ignore_size_signal() {
    // Where even that is refused, the limit ends the program, and what was acknowledged is kept all the same.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Windows has no such limit.
#[cfg(not(unix))]
pub(super) fn ignore_size_signal() {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder() -> (tempfile::TempDir, DataFolder) {
        let dir = tempfile::tempdir().unwrap();
        let (folder, _) = DataFolder::open(dir.path()).unwrap();
        (dir, folder)
    }

    #[test]
    fn a_folder_that_was_taken_away_refuses_a_save() {
        let (dir, folder) = folder();
        folder.check_room().unwrap();
        fs::rename(dir.path(), dir.path().with_extension("gone")).unwrap();
        assert!(matches!(folder.check_room(), Err(StoreError::FolderVanished { .. })));
        fs::remove_dir_all(dir.path().with_extension("gone")).unwrap();
    }

    #[test]
    fn the_ballast_takes_room_and_gives_it_back() {
        let (dir, folder) = folder();
        folder.keep_ballast().unwrap();
        assert_eq!(fs::metadata(dir.path().join("ballast")).unwrap().len(), BALLAST);
        assert!(folder.give_ballast_free().unwrap());
        assert!(!folder.give_ballast_free().unwrap());
    }
}
