//! The data folder: what lies in it, held against other programs, with its version, its marks and its numbers.
//!
//! ```text
//! FORMAT      version of the whole folder      LOCK      held by the running program
//! CURRENT     name of the sled folder in use   clean     sequence at the last orderly end
//! sled-NNNN/  sled's files                     ballast   room to give free when the disk is full
//! journal/    segments                         drafts/   what is being typed
//! ```
//!
//! Only one program has it at a time. The clean mark says that the last end was orderly, and how the map's files looked
//! then: only where both still hold is the map trusted without a look.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::durable;
use super::fault::StoreError;
use super::room;
use crate::arrange::Arrange;

/// The version of the folder that this program writes.
pub const FORMAT: u32 = 3;
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
    pub(super) root: PathBuf,
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
        room::ignore_size_signal();
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
