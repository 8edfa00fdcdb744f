//! How sled is kept in bounds: a map that is not trusted is never changed or removed.
//!
//! As sled can panic on its own threads or loop for ever while opening, a folder in doubt is first opened by a child of
//! this same program (`probe.rs`). One that is not sound stays as it is: a new number is built from the journal beside it,
//! and `CURRENT` is pointed there once it is whole.

use std::path::PathBuf;

use super::fault::StoreError;
use super::folder::DataFolder;
use super::probe::{Probe, Verdict};
use super::sled::SledMap;

/// Why the map is built anew from the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is none yet.
    None,
    /// The folder in use is gone or `CURRENT` cannot be read.
    Gone,
    /// It is damaged, in the words of whoever found out.
    Damaged(String),
    /// Opening it never ended.
    Stuck,
    /// It could not be probed, so nothing is known of it.
    Unknown(String),
    /// It was asked for.
    Asked,
}

/// An opened map, and what is still to be done with it.
#[derive(Debug)]
pub struct OpenedMap {
    /// The map; empty where it is to be built.
    pub map: SledMap,
    /// Where it has to be filled from the journal, synced, and then put in use ([`DataFolder::put_in_use`]): its folder,
    /// and why. Until then the one before counts, so that a crash while building costs nothing.
    pub build: Option<(PathBuf, Reason)>,
}

/// Whether the last end was orderly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastEnd {
    /// The clean mark agrees with the journal: the map is opened at once.
    Clean,
    /// A crash, a power cut, or anything doubtful: the map is probed first.
    Doubtful,
}

/// Opens the map in use if it can be trusted, else an empty one in a folder of its own beside it.
///
/// # Errors
/// `Locked` where another program still has it, and what the disk refuses (full, read-only, gone): a map that cannot be
/// read *now* is no reason to build another.
pub fn open_map(folder: &DataFolder, last_end: LastEnd, probe: &Probe) -> Result<OpenedMap, StoreError> {
    let reason = match folder.current() {
        None if folder.root().join("CURRENT").exists() => Reason::Gone,
        None => Reason::None,
        Some(current) => {
            let doubt = match last_end {
                LastEnd::Clean => None,
                LastEnd::Doubtful => match probe.run(&current) {
                    Verdict::Sound => None,
                    Verdict::Locked => {
                        return Err(StoreError::Locked {
                            path: folder.root().to_path_buf(),
                        });
                    }
                    Verdict::Bad(words) => Some(Reason::Damaged(words)),
                    Verdict::Stuck => Some(Reason::Stuck),
                    Verdict::NotRun(words) => Some(Reason::Unknown(words)),
                },
            };
            match doubt {
                Some(reason) => reason,
                None => match SledMap::open(&current) {
                    Ok(map) => return Ok(OpenedMap { map, build: None }),
                    Err(StoreError::Damaged { what }) => Reason::Damaged(what),
                    Err(error) => return Err(error),
                },
            }
        }
    };
    begin_map(folder, reason)
}

/// An empty map in a folder of its own, to be built from the journal.
pub fn begin_map(folder: &DataFolder, reason: Reason) -> Result<OpenedMap, StoreError> {
    let place = folder.next()?;
    Ok(OpenedMap {
        map: SledMap::open(&place)?,
        build: Some((place, reason)),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::store::map::{Batch, OrderedMap, Tree};

    fn folder() -> (tempfile::TempDir, DataFolder) {
        let dir = tempfile::tempdir().unwrap();
        let (folder, _) = DataFolder::open(dir.path()).unwrap();
        (dir, folder)
    }

    fn filled(folder: &DataFolder) -> PathBuf {
        let place = folder.next().unwrap();
        let map = SledMap::open(&place).unwrap();
        let mut batch = Batch::new();
        for n in 0..500u32 {
            batch.put(Tree::Records, n.to_be_bytes(), vec![n as u8; 300]);
        }
        map.apply(&batch).unwrap();
        map.sync().unwrap();
        folder.put_in_use(&place).unwrap();
        place
    }

    fn never() -> Probe {
        Probe::new("/no/such/program", ["x"], Duration::from_secs(1))
    }

    #[test]
    fn after_an_orderly_end_the_map_is_opened_at_once() {
        let (dir, folder) = folder();
        let opened = open_map(&folder, LastEnd::Doubtful, &never()).unwrap();
        assert_eq!(opened.build, Some((dir.path().join("sled-0001"), Reason::None)));
        drop(opened);
        let place = filled(&folder);
        folder.leave_clean_mark(9).unwrap();
        drop(folder);
        let (folder, found) = DataFolder::open(dir.path()).unwrap();
        assert_eq!(found.clean, Some(9), "closing the map changed none of its files");
        let opened = open_map(&folder, LastEnd::Clean, &never()).unwrap();
        assert_eq!(opened.build, None);
        assert_eq!(opened.map.count(Tree::Records).unwrap(), 500);
        assert_eq!(folder.current(), Some(place));
    }

    #[test]
    fn a_map_changed_behind_our_back_is_no_longer_clean() {
        let (dir, folder) = folder();
        let place = filled(&folder);
        folder.leave_clean_mark(9).unwrap();
        drop(folder);
        let mut bytes = fs::read(place.join("db")).unwrap();
        bytes[1000] ^= 1;
        fs::write(place.join("db"), bytes).unwrap();
        assert_eq!(DataFolder::open(dir.path()).unwrap().1.clean, None);
    }

    #[test]
    fn a_map_that_cannot_be_trusted_is_left_and_another_begun() {
        let (dir, folder) = folder();
        let place = filled(&folder);
        let opened = open_map(&folder, LastEnd::Doubtful, &never()).unwrap();
        let (beside, reason) = opened.build.unwrap();
        assert_eq!(beside, dir.path().join("sled-0002"));
        assert!(matches!(reason, Reason::Unknown(_)));
        assert_eq!(
            folder.current(),
            Some(place),
            "until the new one is put in use the old one counts"
        );
        assert_eq!(opened.map.count(Tree::Records).unwrap(), 0);
    }
}
