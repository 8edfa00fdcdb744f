//! The data folder, and how sled is kept in bounds in it.
//!
//! ```text
//! FORMAT      version of the whole folder      LOCK      held by the running program
//! CURRENT     name of the sled folder in use   clean     sequence at the last orderly end
//! sled-NNNN/  sled's files                     ballast   room to give free when the disk is full
//! journal/    segments                         drafts/   what is being typed
//! ```
//!
//! A sled folder that is not trusted is never changed or removed: a new number is built from the journal beside it, and
//! `CURRENT` is pointed there. As sled can panic on its own threads or loop for ever while opening, a folder in doubt is
//! first opened by a child of this same program (`probe.rs`).

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::durable;
use super::fault::StoreError;
use super::probe::{Probe, Verdict};
use super::sled::SledMap;
use crate::arrange::Arrange;

/// The version of the folder that this program writes.
pub const FORMAT: u32 = 1;
/// Bytes that must be free before a save is begun.
pub const FREE_NEEDED: u64 = 8 << 20;
/// Bytes of the ballast file.
const BALLAST: u64 = 4 << 20;
/// The ballast is made only where so much is free.
const BALLAST_WORTH: u64 = 64 << 20;
/// How long another program may hold the folder before it is an error.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// What a folder looked like when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The version of its format.
    pub format: u32,
    /// Nothing was there before.
    pub is_new: bool,
    /// The sequence at the last orderly end; `None` after a crash, or when never closed. Only where the journal's last
    /// number agrees was the end clean.
    pub clean: Option<u64>,
    /// The end was orderly, and the map's files were changed since by something else.
    pub is_map_changed: bool,
}

/// The data folder, held against other programs as long as this lives.
#[derive(Debug)]
pub struct DataFolder {
    root: PathBuf,
    _lock: File,
}

impl DataFolder {
    /// Opens the folder, or makes it, and keeps other programs out. Takes the clean mark away.
    ///
    /// # Errors
    /// `NewerFormat` (before anything is changed), `Locked` after two seconds, `ReadOnly`, `DiskFull`.
    pub fn open(root: &Path) -> Result<(DataFolder, Found), StoreError> {
        let told = read_format(root)?;
        if let Some(found) = told.filter(|found| *found > FORMAT) {
            return Err(StoreError::NewerFormat {
                found,
                supported: FORMAT,
            });
        }
        durable::make_folder(root)?;
        ignore_size_signal();
        let lock = lock(root)?;
        let is_new = told.is_none() && !root.join("journal").is_dir() && !root.join("CURRENT").exists();
        if told.is_none() {
            // Lost, or a folder just begun: what is in the journal says its own version.
            durable::write_whole(&root.join("FORMAT"), format!("{FORMAT}\n").as_bytes())?;
        }
        let folder = DataFolder {
            root: root.to_path_buf(),
            _lock: lock,
        };
        let mark = folder.take_clean_mark();
        Ok((
            folder,
            Found {
                format: told.unwrap_or(FORMAT),
                is_new,
                clean: mark.filter(|(_, agrees)| *agrees).map(|(seq, _)| seq),
                is_map_changed: mark.is_some_and(|(_, agrees)| !agrees),
            },
        ))
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the journal is.
    pub fn journal(&self) -> PathBuf {
        self.root.join("journal")
    }

    /// Where the drafts are.
    pub fn drafts(&self) -> PathBuf {
        self.root.join("drafts")
    }

    /// Writes the version, after a migration.
    pub fn set_format(&self, version: u32) -> Result<(), StoreError> {
        durable::write_whole(&self.root.join("FORMAT"), format!("{version}\n").as_bytes())
    }

    /// The sled folder in use, if one was ever put in use and is there. Where `CURRENT` cannot be read, none: in doubt it
    /// is rebuilt.
    pub fn current(&self) -> Option<PathBuf> {
        let name = fs::read_to_string(self.root.join("CURRENT")).ok()?;
        let name = name.trim_end();
        sled_number(name)?;
        Some(self.root.join(name)).filter(|folder| folder.is_dir())
    }

    /// A sled folder that nobody has used: one number above all that are there.
    pub fn next(&self) -> Result<PathBuf, StoreError> {
        let entries = fs::read_dir(&self.root).map_err(StoreError::at(&self.root))?;
        let numbers = entries.filter_map(|entry| sled_number(entry.ok()?.file_name().to_str()?));
        let named = self
            .current()
            .and_then(|folder| sled_number(folder.file_name()?.to_str()?));
        let highest = numbers.chain(named).max().unwrap_or(0);
        Ok(self.root.join(format!("sled-{:04}", highest + 1)))
    }

    /// Puts a sled folder in use, once it is complete and synced. The one before stays where it is.
    pub fn put_in_use(&self, folder: &Path) -> Result<(), StoreError> {
        durable::sync_folder(&self.root)?;
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        durable::write_whole(&self.root.join("CURRENT"), format!("{name}\n").as_bytes())
    }

    /// Marks an orderly end, when journal and map are synced and both stand at `seq`. The mark also says how the files of
    /// the map look (names, lengths, times): whoever changes one of them afterwards makes it a matter of doubt.
    pub fn leave_clean_mark(&self, seq: u64) -> Result<(), StoreError> {
        let text = format!("{seq} {:016x}\n", self.look_of_map());
        durable::write_whole(&self.root.join("clean"), text.as_bytes())
    }

    /// Reads the mark and takes it away. That need not be synced: should the mark come back after a power cut, the
    /// journal stands at another number as soon as anything was saved.
    /// With it goes whether the map's files look as they did then.
    fn take_clean_mark(&self) -> Option<(u64, bool)> {
        let path = self.root.join("clean");
        let text = fs::read_to_string(&path).ok()?;
        fs::remove_file(&path).ok()?;
        let (seq, look) = text.trim_end().split_once(' ')?;
        let agrees = u64::from_str_radix(look, 16).ok()? == self.look_of_map();
        seq.parse().ok().map(|seq| (seq, agrees))
    }

    /// A number that changes when a file of the map in use is changed, added or removed.
    fn look_of_map(&self) -> u64 {
        let mut files = Vec::new();
        if let Some(folder) = self.current() {
            list_files(&folder, &mut files);
        }
        files.arrange();
        let bytes = files.join("\n").into_bytes();
        u64::from(crc32c::crc32c(&bytes)) << 32 | bytes.len() as u64
    }

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

/// Each file below a folder, with its length and the time of its last change.
fn list_files(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            list_files(&entry.path(), files);
            continue;
        }
        let changed = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let changed = changed.map_or(0, |since| since.as_nanos());
        files.push(format!(
            "{} {} {changed}",
            entry.file_name().to_string_lossy(),
            metadata.len()
        ));
    }
}

/// The version written in a folder; `None` where there is none or it cannot be read as a number.
fn read_format(root: &Path) -> Result<Option<u32>, StoreError> {
    let path = root.join("FORMAT");
    match fs::read(&path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).trim().parse().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(&path, error)),
    }
}

fn sled_number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("sled-")?;
    (digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Takes the folder's lock, which the system gives back when the program ends in whatever way.
fn lock(root: &Path) -> Result<File, StoreError> {
    let path = root.join("LOCK");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(&path);
    let file = file.map_err(StoreError::at(&path))?;
    let begun = Instant::now();
    loop {
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => return Ok(file),
            Err(fs4::TryLockError::WouldBlock) if begun.elapsed() < LOCK_WAIT => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(fs4::TryLockError::WouldBlock) => {
                return Err(StoreError::Locked {
                    path: root.to_path_buf(),
                });
            }
            Err(fs4::TryLockError::Error(error)) => return Err(StoreError::io(&path, error)),
        }
    }
}

/// A write over a file-size limit ends the program unless its signal is taken; then it is an error like any other.
#[cfg(unix)]
fn ignore_size_signal() {
    // Where even that is refused, the limit ends the program, and what was acknowledged is kept all the same.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
}

/// Windows has no such limit.
#[cfg(not(unix))]
fn ignore_size_signal() {}

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
        None if folder.root.join("CURRENT").exists() => Reason::Gone,
        None => Reason::None,
        Some(current) => {
            let doubt = match last_end {
                LastEnd::Clean => None,
                LastEnd::Doubtful => match probe.run(&current) {
                    Verdict::Sound => None,
                    Verdict::Locked => {
                        return Err(StoreError::Locked {
                            path: folder.root.clone(),
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
    use super::*;
    use crate::store::map::{Batch, OrderedMap, Tree};

    fn folder() -> (tempfile::TempDir, DataFolder) {
        let dir = tempfile::tempdir().unwrap();
        let (folder, found) = DataFolder::open(dir.path()).unwrap();
        assert_eq!(
            found,
            Found {
                format: FORMAT,
                is_new: true,
                clean: None,
                is_map_changed: false
            }
        );
        (dir, folder)
    }

    #[test]
    fn a_second_program_is_told_that_the_folder_is_in_use() {
        let (dir, folder) = folder();
        let begun = Instant::now();
        assert!(matches!(DataFolder::open(dir.path()), Err(StoreError::Locked { .. })));
        assert!(begun.elapsed() >= LOCK_WAIT);
        drop(folder);
        assert!(!DataFolder::open(dir.path()).unwrap().1.is_new);
    }

    #[test]
    fn a_program_that_ends_within_two_seconds_is_waited_for() {
        let (dir, folder) = folder();
        let other = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(300));
            drop(folder);
        });
        DataFolder::open(dir.path()).unwrap();
        other.join().unwrap();
    }

    #[test]
    fn a_newer_folder_is_refused_and_left_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("FORMAT"), "7\n").unwrap();
        assert!(matches!(
            DataFolder::open(dir.path()),
            Err(StoreError::NewerFormat {
                found: 7,
                supported: FORMAT
            })
        ));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_clean_mark_is_seen_once() {
        let (dir, folder) = folder();
        folder.leave_clean_mark(42).unwrap();
        drop(folder);
        let (folder, found) = DataFolder::open(dir.path()).unwrap();
        assert_eq!(found.clean, Some(42));
        drop(folder);
        assert_eq!(DataFolder::open(dir.path()).unwrap().1.clean, None);
    }

    #[test]
    fn a_sled_folder_is_put_aside_by_a_new_number_and_stays() {
        let (dir, folder) = folder();
        assert_eq!(folder.current(), None);
        let first = folder.next().unwrap();
        assert_eq!(first, dir.path().join("sled-0001"));
        fs::create_dir(&first).unwrap();
        folder.put_in_use(&first).unwrap();
        assert_eq!(folder.current(), Some(first.clone()));
        let second = folder.next().unwrap();
        assert_eq!(second, dir.path().join("sled-0002"));
        fs::create_dir(&second).unwrap();
        folder.put_in_use(&second).unwrap();
        assert_eq!(folder.current(), Some(second.clone()));
        assert!(first.is_dir());
        fs::write(dir.path().join("CURRENT"), "../elsewhere\n").unwrap();
        assert_eq!(folder.current(), None, "a name that is none of ours is not followed");
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
